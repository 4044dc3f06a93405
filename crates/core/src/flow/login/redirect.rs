//! The browser's way there and back: the authorize address, and the request on loopback that answers it
//! (aws-sessions.md 3.4, RFC 7636, RFC 8252).

use crate::cache::Registration;
use crate::endpoint::Api;
use crate::flow::call::Operation;
use crate::secret::Secret;
use crate::text::shown;
use crate::time::{SignedDuration, Timestamp, after};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use data_encoding::BASE64URL_NOPAD;
use form_urlencoded::{Serializer, parse};
use sha2::{Digest, Sha256};

/// The path that the browser comes back to.
const CALLBACK: &str = "/oauth/callback";
/// What is registered: any port of loopback will do then. AWS takes no other host.
pub(crate) const REGISTERED_REDIRECT: &str = "http://127.0.0.1/oauth/callback";
/// The grants that a client for the redirect registers with.
pub(crate) const REDIRECT_GRANTS: [&str; 2] = ["authorization_code", "refresh_token"];
/// How long the browser is waited for, as the AWS CLI does.
pub(super) const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(10);

/// A listener on 127.0.0.1, and the random texts that were made for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listening {
    /// Its port.
    pub port: u16,
    /// Comes back with the browser, so that nobody else's answer counts.
    pub state: Secret,
    /// Proves that who redeems the code is who asked for it.
    pub verifier: Secret,
}

/// AWS sent the browser back without a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoCode {
    /// OAuth's word for it, such as `access_denied`.
    pub error: String,
    /// AWS's words for it.
    pub description: String,
}

/// What a request to the listener is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The browser is back.
    Back(Result<Secret, NoCode>),
    /// Somebody else, or something else: to be answered with this HTTP status, and forgotten.
    Stray(u16),
}

/// Reads a request to the listener. Only a GET of the callback with the right state counts.
pub fn arrival(method: &str, path: &str, query: &str, state: &Secret) -> Arrival {
    if path != CALLBACK {
        return Arrival::Stray(404);
    }
    if method != "GET" {
        return Arrival::Stray(405);
    }
    let value = |name: &str| {
        let found = parse(query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
    };
    if value("state").as_deref() != Some(state.expose()) {
        return Arrival::Stray(400);
    }
    match (value("error"), value("code")) {
        (Some(error), _) => Arrival::Back(Err(NoCode {
            error: shown(&error).into_owned(),
            description: shown(&value("error_description").unwrap_or_default()).into_owned(),
        })),
        (None, Some(code)) => Arrival::Back(Ok(Secret::new(code))),
        (None, None) => Arrival::Stray(400),
    }
}

/// Who asks AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// A client of the Identity Center.
    Registered(Registration),
    /// `aws login`, on the device of the browser.
    SameDevice,
    /// `aws login`, on another one.
    CrossDevice,
}

impl Asker {
    /// Its name, where it is one of the two that `aws login` has (aws-sessions.md 2.5).
    pub(super) fn aws_login(&self) -> Option<&'static str> {
        match self {
            Self::Registered(_) => None,
            Self::SameDevice => Some("arn:aws:signin:::devtools/same-device"),
            Self::CrossDevice => Some("arn:aws:signin:::devtools/cross-device"),
        }
    }

    /// What is called for it.
    pub(super) fn api(&self) -> Api {
        match self {
            Self::Registered(_) => Api::SsoOidc,
            Self::SameDevice | Self::CrossDevice => Api::Signin,
        }
    }
}

/// A browser that was sent to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Away {
    pub(super) asker: Asker,
    /// Where it was sent.
    pub(super) page: String,
    redirect: String,
    verifier: Secret,
    /// Where the person carries the code over: what must come with it.
    pub(super) state: Option<Secret>,
    /// When it is waited for no longer.
    pub(super) until: Timestamp,
}

impl Away {
    /// `endpoint` is that of [`Asker::api`].
    pub(super) fn new(
        asker: Asker,
        listening: Listening,
        endpoint: &str,
        scopes: Option<&[String]>,
        now: Timestamp,
    ) -> Self {
        let redirect = format!("http://127.0.0.1:{}{CALLBACK}", listening.port);
        let client = match &asker {
            Asker::Registered(client) => client,
            Asker::SameDevice | Asker::CrossDevice => {
                let page = console_page(&asker, endpoint, &redirect, &listening);
                return Self::at(page, asker, redirect, listening.verifier, now);
            }
        };
        let query = Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", &client.client_id)
            .append_pair("redirect_uri", &redirect)
            .append_pair("state", listening.state.expose())
            .append_pair("code_challenge_method", "S256")
            .append_pair("scopes", &scopes.unwrap_or_default().join(" "))
            .append_pair("code_challenge", &challenge(&listening))
            .finish();
        let page = format!("{}/authorize?{query}", endpoint.trim_end_matches('/'));
        Self::at(page, asker, redirect, listening.verifier, now)
    }

    /// The browser is on another device, and goes to `redirect` there.
    pub(super) fn by_hand(redirect: String, drawn: Listening, endpoint: &str, now: Timestamp) -> Self {
        let page = console_page(&Asker::CrossDevice, endpoint, &redirect, &drawn);
        let away = Self::at(page, Asker::CrossDevice, redirect, drawn.verifier, now);
        Self { state: Some(drawn.state), ..away }
    }

    fn at(page: String, asker: Asker, redirect: String, verifier: Secret, now: Timestamp) -> Self {
        Self { asker, page, redirect, verifier, state: None, until: after(now, LONGEST_WAIT) }
    }

    /// Redeems the code that the browser brought.
    pub(super) fn redeem(&self, code: &Secret) -> Operation {
        let (code, redirect_uri, verifier) = (code.clone(), self.redirect.clone(), self.verifier.clone());
        match &self.asker {
            Asker::Registered(client) => {
                Operation::RedeemCode { client: client.client(), code, redirect_uri, verifier }
            }
            Asker::SameDevice | Asker::CrossDevice => {
                let client_id = self.asker.aws_login().unwrap_or_default().to_owned();
                Operation::RedeemLoginCode { client_id, code, redirect_uri, verifier }
            }
        }
    }
}

/// The page where a person of the console says yes. The method is not called S256 there (aws-sessions.md 2.5).
fn console_page(asker: &Asker, endpoint: &str, redirect: &str, drawn: &Listening) -> String {
    let query = Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", asker.aws_login().unwrap_or_default())
        .append_pair("state", drawn.state.expose())
        .append_pair("code_challenge_method", "SHA-256")
        .append_pair("scope", "openid")
        .append_pair("redirect_uri", redirect)
        .append_pair("code_challenge", &challenge(drawn))
        .finish();
    format!("{}/v1/authorize?{query}", endpoint.trim_end_matches('/'))
}

fn challenge(drawn: &Listening) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(drawn.verifier.expose()))
}

impl NoCode {
    /// The person said no.
    pub(super) fn is_denied(&self) -> bool {
        self.error == "access_denied"
    }

    /// What AWS said, in a few words.
    pub(super) fn said(&self) -> String {
        if self.description.is_empty() { self.error.clone() } else { self.description.trim_end_matches('.').to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrives(method: &str, path: &str, query: &str) -> Arrival {
        arrival(method, path, query, &Secret::new("st&1"))
    }

    #[test]
    fn only_the_callback_with_the_right_state_counts() {
        assert_eq!(arrives("GET", CALLBACK, "code=c%2F1&state=st%261"), Arrival::Back(Ok(Secret::new("c/1"))));
        for (method, path, query, status) in [
            ("GET", "/", "code=c&state=st%261", 404),
            ("GET", "/favicon.ico", "", 404),
            ("GET", "/oauth/callback/", "code=c&state=st%261", 404),
            ("POST", CALLBACK, "code=c&state=st%261", 405),
            ("HEAD", CALLBACK, "code=c&state=st%261", 405),
            ("GET", CALLBACK, "code=c&state=other", 400),
            ("GET", CALLBACK, "code=c", 400),
            ("GET", CALLBACK, "error=access_denied", 400),
            ("GET", CALLBACK, "state=st%261", 400),
            ("GET", CALLBACK, "code=&state=st%261", 400),
        ] {
            assert_eq!(arrives(method, path, query), Arrival::Stray(status), "{method} {path} {query}");
        }
    }

    #[test]
    fn an_error_is_told_in_aws_words_without_control_characters() {
        let Arrival::Back(Err(no_code)) =
            arrives("GET", CALLBACK, "error=access_denied&error_description=no%1b%5B31m+way.&state=st%261&code=c")
        else {
            panic!("the error counts")
        };
        assert!(no_code.is_denied());
        assert!(!no_code.said().contains('\u{1b}') && no_code.said().ends_with("way"), "{}", no_code.said());
    }

    #[test]
    fn the_challenge_is_that_of_the_verifier() {
        // RFC 7636, appendix B.
        let client = Registration {
            client_id: "cid".into(),
            client_secret: Secret::new("cs"),
            expires_at: Timestamp::MAX,
            scopes: None,
            grant_types: None,
        };
        let listening = Listening {
            port: 4711,
            state: Secret::new("st"),
            verifier: Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        };
        let scopes = ["sso:account:access".into(), "x:y".into()];
        let away = Away::new(
            Asker::Registered(client),
            listening,
            "https://oidc.us-east-1.amazonaws.com/",
            Some(&scopes),
            Timestamp::MIN,
        );
        insta::assert_snapshot!(away.page, @"https://oidc.us-east-1.amazonaws.com/authorize?response_type=code&client_id=cid&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Foauth%2Fcallback&state=st&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess+x%3Ay&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}

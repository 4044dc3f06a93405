//! The pages of a sign-in: `/v1/authorize`, and the one that shows a code to carry to another device.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::{CROSS_DEVICE, SAME_DEVICE, denied, invalid};
use crate::fake_aws::answer::{Answer, Refusal};
use crate::fake_aws::client::loopback_path;
use crate::fake_aws::journal::Request;
use crate::fake_aws::model::Model;
use crate::fake_aws::pages;

/// The longest life RFC 6749, 4.1.2 allows a code.
const CODE_LENGTH: Duration = Duration::from_mins(10);

/// A browser that came to sign a client in.
#[derive(Debug)]
pub(super) struct Authorization {
    /// What the page's buttons send back.
    id: String,
    client_id: String,
    redirect_uri: String,
    state: String,
    code_challenge: String,
    progress: Progress,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Progress {
    Asked,
    Approved {
        code: String,
        arn: String,
        expires_at: Timestamp,
    },
    /// Denied, or the code was exchanged.
    Over,
}

impl Model {
    /// `GET` shows the page, `POST` is one of its buttons.
    pub(in crate::fake_aws) fn signin_authorize(&mut self, request: &Request) -> Result<Answer, Refusal> {
        if request.method == "POST" {
            let id = request.form_value("request").unwrap_or_default();
            return self.decide_login(&id, request.form_value("decision").as_deref() == Some("approve"));
        }
        let parameter = |name| request.query_value(name).unwrap_or_default();
        let authorization = Authorization {
            id: self.mint.identifier("login-"),
            client_id: parameter("client_id"),
            redirect_uri: parameter("redirect_uri"),
            state: parameter("state"),
            code_challenge: parameter("code_challenge"),
            progress: Progress::Asked,
        };
        authorization.check(&self.confirmation())?;
        if let Some(refusal) = refused_parameters(request) {
            return Ok(authorization.redirect(&[("error", "invalid_request"), ("error_description", refusal)]));
        }
        let id = authorization.id.clone();
        let page = pages::console_login(&self.signin.browser, &authorization.client_id, &id);
        self.signin.authorizations.push(authorization);
        if self.auto_approve { self.decide_login(&id, true) } else { Ok(Answer::html(page)) }
    }

    /// Shows what the person copies to the device without a browser: `state=…&code=…`, as base64.
    pub(in crate::fake_aws) fn signin_confirmation(&self, request: &Request) -> Answer {
        let value = |name| request.query_value(name).unwrap_or_default();
        let answer = form_urlencoded::Serializer::new(String::new())
            .append_pair("state", &value("state"))
            .append_pair("code", &value("code"))
            .finish();
        Answer::html(pages::authorization_code(&STANDARD.encode(answer)))
    }

    /// Who signed in with this code, which works once.
    pub(super) fn redeem_login_code(
        &mut self,
        code: &str,
        redirect_uri: &str,
        challenge: &str,
        client_id: &str,
    ) -> Result<String, Refusal> {
        let now = self.now();
        let refused = || denied("AUTHCODE_EXPIRED", "The authorization code is expired or was used before");
        let mut approved =
            self.signin.authorizations.iter_mut().filter_map(|authorization| match &authorization.progress {
                Progress::Approved { code: known, arn, expires_at } if known == code => {
                    let (arn, expires_at) = (arn.clone(), *expires_at);
                    Some((authorization, arn, expires_at))
                }
                _ => None,
            });
        let (authorization, arn, expires_at) = approved.next().ok_or_else(refused)?;
        // Also a failed attempt uses the code up: whoever guesses gets one guess.
        authorization.progress = Progress::Over;
        if authorization.client_id != client_id || authorization.redirect_uri != redirect_uri || now >= expires_at {
            return Err(refused());
        }
        if authorization.code_challenge != challenge {
            return Err(invalid("The code verifier does not match the code challenge"));
        }
        Ok(arn)
    }

    fn decide_login(&mut self, id: &str, approved: bool) -> Result<Answer, Refusal> {
        let code = self.mint.secret("login-code-");
        let (arn, expires_at) = (self.signin.browser.clone(), self.now() + CODE_LENGTH);
        let asked = |known: &&mut Authorization| known.id == id && known.progress == Progress::Asked;
        let authorization = self.signin.authorizations.iter_mut().find(asked);
        let authorization = authorization.ok_or_else(|| invalid("This request was answered already"))?;
        if !approved {
            authorization.progress = Progress::Over;
            return Ok(authorization.redirect(&[("error", "access_denied")]));
        }
        let answer = authorization.redirect(&[("code", &code)]);
        authorization.progress = Progress::Approved { code, arn, expires_at };
        Ok(answer)
    }

    /// Where the cross-device client redirects to.
    fn confirmation(&self) -> String {
        format!("{}/v1/sessions/confirmation", self.url)
    }
}

impl Authorization {
    /// What must be right before the browser may be sent anywhere.
    fn check(&self, confirmation: &str) -> Result<(), Refusal> {
        let sound = match self.client_id.as_str() {
            SAME_DEVICE => loopback_path(&self.redirect_uri) == Some("/oauth/callback"),
            CROSS_DEVICE => self.redirect_uri == confirmation,
            _ => return Err(invalid("The client is not known")),
        };
        if sound { Ok(()) } else { Err(invalid("The redirect is not this client's")) }
    }

    fn redirect(&self, parameters: &[(&str, &str)]) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters)
            .append_pair("state", &self.state)
            .finish();
        Answer::redirect(format!("{}?{query}", self.redirect_uri))
    }
}

/// What is wrong with the parameters, told to the client by a redirect.
fn refused_parameters(request: &Request) -> Option<&'static str> {
    let is = |name, wanted| request.query_value(name).as_deref() == Some(wanted);
    let is_missing = |name| request.query_value(name).is_none_or(|value| value.is_empty());
    if !is("response_type", "code") {
        return Some("response_type must be code");
    }
    if !is("scope", "openid") {
        return Some("scope must be openid");
    }
    // Not S256, as elsewhere (aws-sessions.md 2.5).
    if !is("code_challenge_method", "SHA-256") {
        return Some("code_challenge_method must be SHA-256");
    }
    if is_missing("code_challenge") || is_missing("state") {
        return Some("code_challenge and state are required");
    }
    None
}

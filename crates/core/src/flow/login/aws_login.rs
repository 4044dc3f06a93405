//! Signing in as `aws login` does (aws-sessions.md 2.5): no client is registered, the page is the console's, and what
//! comes of it are keys. Where no browser can come back, the person carries the code over by hand.

use super::redirect::{Asker, Away, Listening};
use super::wish::Way;
use super::{SignIn, Step};
use crate::cache::{LoginKeys, LoginToken};
use crate::config::SessionKind;
use crate::endpoint::Api;
use crate::flow::call::Answer;
use crate::flow::renewable::Renewable;
use crate::flow::{Do, Outcome};
use crate::offline::{Jwt, subject};
use crate::secret::Secret;
use crate::text::shown;
use crate::time::{SignedDuration, Timestamp, after, whole_seconds};
use crate::view::By;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD};

/// Where the page of another device shows the code.
const CONFIRMATION: &str = "/v1/sessions/confirmation";

/// What an exchanged code gave.
pub(super) struct Given {
    keys: LoginKeys,
    expires_in: i64,
    refresh_token: Secret,
    id_token: Secret,
    dpop_key: Secret,
}

impl Given {
    /// None where AWS does not say who signed in.
    pub(super) fn of(answer: Answer) -> Option<Self> {
        let Answer::Keys { keys, expires_in, refresh_token, id_token, dpop_key } = answer else { return None };
        Some(Self { keys, expires_in, refresh_token, id_token: id_token?, dpop_key: dpop_key? })
    }
}

impl SignIn {
    pub(super) fn is_aws_login(&self) -> bool {
        self.session.id.kind() == SessionKind::Login
    }

    /// Whether there is a terminal to paste a code into.
    pub(super) fn can_carry(&self) -> bool {
        self.by == By::Terminal
    }

    pub(super) fn begin_aws_login(&mut self) -> Vec<Do> {
        self.tries = 0;
        let mut next;
        match self.way {
            Way::Redirect => {
                self.step = Step::Opening(Asker::SameDevice);
                next = self.publish();
                next.push(Do::Listen);
            }
            Way::Device => {
                self.step = Step::Opening(Asker::CrossDevice);
                next = self.publish();
                next.push(Do::Draw);
            }
        }
        next
    }

    /// Nobody listens: the page shows a code, and the person pastes it.
    pub(super) fn send_to_another_device(&mut self, state: Secret, verifier: Secret, now: Timestamp) -> Vec<Do> {
        let endpoint = match self.target.endpoint(Api::Signin) {
            Ok(endpoint) => endpoint.url,
            Err(error) => return self.fail(error.sentence(), false),
        };
        let redirect = format!("{}{CONFIRMATION}", endpoint.trim_end_matches('/'));
        let away = Away::by_hand(redirect, Listening { port: 0, state, verifier }, &endpoint, now);
        let mut next = self.open(away, now);
        next.push(Do::AskForCode);
        next
    }

    pub(super) fn pasted(&mut self, text: Option<&Secret>, away: Away) -> Vec<Do> {
        let Some(text) = text else { return self.finish(Outcome::Cancelled) };
        if let Some(code) = away.state.as_ref().and_then(|state| carried(text.expose(), state)) {
            return self.came_back(Ok(code), away);
        }
        self.note = Some("That is not the code of this sign-in: copy all of it from the page.".into());
        let mut next = self.publish();
        next.push(Do::AskForCode);
        next
    }

    pub(super) fn given(&mut self, given: Option<Given>, away: &Away, now: Timestamp) -> Vec<Do> {
        let who = given.as_ref().and_then(|given| subject(given.id_token.expose().as_bytes()));
        let (Some(given), Some(who)) = (given, who) else {
            return self.fail("AWS's answer does not say who signed in, so its keys were not kept.".into(), true);
        };
        let wanted = self.session.id.arn().unwrap_or_default().trim();
        if who != wanted {
            return self.fail(another(&who, wanted), true);
        }
        let expires_at = whole_seconds(after(now, SignedDuration::from_secs(given.expires_in)));
        let token = LoginToken {
            keys: given.keys,
            account_id: wanted.split(':').nth(4).unwrap_or_default().into(),
            expires_at,
            expires_zoned: true,
            client_id: away.asker.aws_login().unwrap_or_default().into(),
            refresh_token: given.refresh_token,
            signed_in_at: Jwt::parse(given.id_token.expose().as_bytes()).ok().and_then(|token| token.issued_at),
            id_token: Some(given.id_token),
            identity_token: None,
            dpop_key: given.dpop_key,
            sign_in_region: Some(self.target.region.clone()),
        };
        self.keep(Renewable::Login(Box::new(token)))
    }
}

/// The browser is signed in as somebody else: keys under the wrong name would be used for the wrong account.
fn another(who: &str, wanted: &str) -> String {
    format!(
        "AWS signed in {}, but these profiles are for {}, so nothing was written. In the browser, sign out of the AWS \
         console or choose the other identity, then sign in again; or write login_session = {} into the profile.",
        shown(who),
        shown(wanted),
        shown(who)
    )
}

/// The code in what a person pasted: `state=…&code=…` as base64, with the state of this sign-in.
fn carried(text: &str, state: &Secret) -> Option<Secret> {
    let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let readings = [BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD];
    let bytes = zeroize::Zeroizing::new(readings.iter().find_map(|reading| reading.decode(text.as_bytes()).ok())?);
    let value = |name: &str| form_urlencoded::parse(&bytes).find(|(key, _)| key == name).map(|(_, value)| value);
    let code = value("code").filter(|code| !code.is_empty())?;
    (value("state").as_deref() == Some(state.expose())).then(|| Secret::new(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_with_the_state_of_this_sign_in_however_it_was_copied() {
        let state = Secret::new("st 1");
        let carried = |text: &str| carried(text, &state).map(|code| code.expose().to_owned());
        let whole = BASE64.encode(b"state=st+1&code=c%2F1");
        let (head, tail) = whole.split_at(9);
        for text in [whole.as_str(), whole.trim_end_matches('='), &format!(" {head}\n  {tail}\n")] {
            assert_eq!(carried(text).as_deref(), Some("c/1"), "{text}");
        }
        for other in ["state=st+2&code=c", "code=c", "state=st+1", "state=st+1&code="] {
            assert_eq!(carried(&BASE64.encode(other.as_bytes())), None, "{other}");
        }
        assert_eq!((carried(""), carried("hello!"), carried("state=st+1&code=c")), (None, None, None));
    }
}

//! Tokens that Relight reads and some client does not.

use super::look::{Look, sign_in};
use super::{About, Finding};
use crate::config::SessionId;
use crate::problem::Problem;
use crate::text::shown;
use crate::view::SessionView;
use crate::world::{Content, TokenFile};
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let sessions = &look.view.sessions;
    let found = sessions.iter().filter_map(|session| spelt_utc(look, session));
    found.chain(sessions.iter().filter_map(|session| elsewhere(look, session))).collect()
}

/// Whether a session is signed in to in the older way, which its profiles know nothing of: the token lies under the start
/// URL's name, and they look for one under the session's (aws-sessions.md 2.1).
pub(super) fn is_elsewhere(look: &Look<'_>, session: &SessionView) -> bool {
    let is_live = look.around.tokens_of_urls.get(&session.id).is_some_and(|end| *end > look.now);
    let is_used = || {
        let url = look.world.config.sessions.get(&session.id).map(|session| session.start_url.clone());
        url.is_some_and(|url| look.world.config.sessions.contains_key(&SessionId::Legacy(url)))
    };
    is_live && !is_used()
}

fn elsewhere(look: &Look<'_>, session: &SessionView) -> Option<Finding> {
    if !is_elsewhere(look, session) {
        return None;
    }
    let name = shown(&session.name);
    let message = format!(
        "There is a token of {name} under the name of its start URL, where only profiles look that spell sso_start_url themselves. Those with sso_session = {name} find none: 'Token for {name} does not exist'."
    );
    let problem = Problem::warning("sso-token-elsewhere", message, "Sign in to the session.");
    Some(Finding::new(problem).about(About::Session(session.id.clone())).mended(sign_in(session)))
}

/// A live token whose end is written `…UTC`, as old versions of botocore did (aws-sessions.md 2.3).
fn spelt_utc(look: &Look<'_>, session: &SessionView) -> Option<Finding> {
    let Content::Read(TokenFile { token: Ok(token), .. }) = look.world.token(&session.id) else { return None };
    if !token.expires_spelt_utc || token.expires_at <= look.now {
        return None;
    }
    let message = "The token's expiresAt ends with UTC: the SDKs for Go (Terraform), Java and Rust cannot read that, and the one for JavaScript renews the token on every call.";
    let hint = "Sign in again: a date that all clients read is written then.";
    let problem = Problem::warning("date-not-for-all", message, hint);
    Some(Finding::new(problem).about(About::Session(session.id.clone())).mended(sign_in(session)))
}

//! Tokens that Relight reads and some client does not.

use super::look::{Look, sign_in};
use super::{About, Finding};
use crate::problem::Problem;
use crate::view::SessionView;
use crate::world::{Content, TokenFile};
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    look.view.sessions.iter().filter_map(|session| spelt_utc(look, session)).collect()
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

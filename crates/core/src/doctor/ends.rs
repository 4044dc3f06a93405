//! Sessions and credentials that have ended, or soon will.

use super::look::{Look, sign_in};
use super::shell::unset;
use super::tokens::is_elsewhere;
use super::{About, Finding};
use crate::action::Action;
use crate::config::{ENVIRONMENT_KEY, SessionId, SessionKind};
use crate::fix::Fix;
use crate::problem::Problem;
use crate::settings::Choice;
use crate::status::State;
use crate::text::{ago, clock, listed_of, shown, span};
use crate::time::{Timestamp, until};
use crate::view::{ProfileView, SessionView};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let selected = look.profile(look.selected_name());
    let used = selected.and_then(|profile| look.session_of(profile)).map(|session| &session.id);
    let sessions = look.view.sessions.iter().filter_map(|session| of_session(look, session, used == Some(&session.id)));
    let profiles = look.view.profiles.iter().filter_map(|profile| {
        let is_used = profile.name == ENVIRONMENT_KEY || selected.is_some_and(|selected| selected.name == profile.name);
        of_profile(look, profile, is_used)
    });
    sessions.chain(profiles).collect()
}

/// What is quiet elsewhere is quiet here, unless it is what programs use that are started now.
fn of_session(look: &Look<'_>, session: &SessionView, is_used: bool) -> Option<Finding> {
    if !(session.attention || is_used) || session.login.is_some() || is_elsewhere(look, session) {
        return None;
    }
    let name = shown(&session.name);
    let code = if session.kind == SessionKind::Login { "login-session-expired" } else { "sso-session-expired" };
    let problem = match (session.state, session.person_needed_at.or(session.expires_at)) {
        (State::Expired, Some(end)) => {
            Problem::error(code, format!("The session {name} ended {}.", ago(until(end, look.now))), "Sign in again.")
        }
        (State::Expired, None) => Problem::error(code, format!("The session {name} has ended."), "Sign in again."),
        (State::Expiring, Some(end)) => {
            Problem::warning(code, soon(look, &format!("The session {name}"), end), "Sign in again when it suits you.")
        }
        (State::SignedOut, _) => Problem::warning(
            "sso-never-signed-in",
            format!("Nobody is signed in to {name}, which the selected profile needs."),
            "Sign in.",
        ),
        _ => return None,
    };
    Some(Finding::new(problem).about(About::Session(session.id.clone())).mended(sign_in(session)))
}

/// The sessions that nobody is signed in to and nobody was asked about: that is no fault, and good to know. `found` is what
/// was told of others, or of these.
pub(super) fn not_signed_in(look: &Look<'_>, found: &[Finding]) -> Option<Finding> {
    let told: BTreeSet<_> = found.iter().flat_map(sessions_of).collect();
    let is_out = |session: &&SessionView| matches!(session.state, State::SignedOut | State::Expired);
    let is_muted = |session: &SessionView| look.world.settings.choice(&session.id.to_string()) == Choice::Muted;
    let out = look.view.sessions.iter().filter(is_out);
    let out: Vec<_> =
        out.filter(|session| session.login.is_none() && !is_muted(session) && !told.contains(&session.id)).collect();
    if out.is_empty() || look.around.profile.is_some() {
        return None;
    }
    let with_end = |session: &&SessionView| match session.person_needed_at.or(session.expires_at) {
        Some(end) if session.state == State::Expired => {
            format!("{} (ended {})", shown(&session.name), ago(until(end, look.now)))
        }
        _ => shown(&session.name).into_owned(),
    };
    let names: Vec<_> = out.iter().take(MOST).map(with_end).collect();
    let names: Vec<_> = names.iter().map(AsRef::as_ref).collect();
    let names = listed_of(&names, out.len() - names.len());
    let problem = Problem::info("sso-not-signed-in", format!("Not signed in: {names}."), "Sign in when you need it.");
    // Nobody is asked about each of them by --fix.
    let to_copy = |session: &&SessionView| Fix { action: None, ..sign_in(session) };
    Some(out.iter().take(MOST).map(to_copy).fold(Finding::new(problem), Finding::mended))
}

/// The sessions that a finding is about, or that are signed in to for it.
fn sessions_of(finding: &Finding) -> impl Iterator<Item = &SessionId> {
    let about = match &finding.about {
        Some(About::Session(id)) => Some(id),
        Some(About::Profile(_) | About::Context { .. }) | None => None,
    };
    let signed_in_to = finding.fixes.iter().filter_map(|fix| match &fix.action {
        Some(Action::SignIn(id)) => Some(id),
        _ => None,
    });
    about.into_iter().chain(signed_in_to)
}

/// Of more, the names alone say nothing.
const MOST: usize = 5;

fn of_profile(look: &Look<'_>, profile: &ProfileView, is_used: bool) -> Option<Finding> {
    if !(profile.attention || is_used) || !profile.ends_by_itself() || profile.kind == "bedrock-key" {
        return None;
    }
    let name = shown(&profile.name);
    let of = match profile.name.as_str() {
        ENVIRONMENT_KEY => "The key in the environment".into(),
        _ => format!("The credentials of '{name}'"),
    };
    let end = profile.expires_at?;
    let code = "temporary-credentials-expired";
    let hint = if profile.renew.is_some() { "Renew them." } else { "Renew them with the tool that made them." };
    let problem = match profile.state {
        State::Expired if profile.name == ENVIRONMENT_KEY => Problem::error(
            code,
            format!("{of} ended {}, and most programs take it before any profile.", ago(until(end, look.now))),
            "Unset it, or set a new one.",
        ),
        State::Expired => Problem::error(code, format!("{of} ended {}.", ago(until(end, look.now))), hint),
        State::Expiring => Problem::warning(code, soon(look, &of, end), hint),
        _ => return None,
    };
    let renew = profile.renew.clone().map(|command| Fix::new("Renew them").with_command(command));
    let is_environment = profile.name == ENVIRONMENT_KEY;
    let unset = Fix::new("Unset the key").with_command(unset(look.around.shell, &super::environment::KEY));
    Some(Finding::new(problem).of_profile(&profile.name).mended(renew).mended(is_environment.then_some(unset)))
}

fn soon(look: &Look<'_>, of: &str, end: Timestamp) -> alloc::string::String {
    let zone = &look.world.zone;
    format!("{of} ends in {}, at {}.", span(until(look.now, end)), clock(end, look.now, zone))
}

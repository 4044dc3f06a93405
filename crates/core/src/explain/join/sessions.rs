//! Sessions: is this one really over, and what signs in to it again.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::{Case, problems};
use crate::action::Action;
use crate::config::SessionKind;
use crate::doctor::look::sign_in;
use crate::fix::{Fix, quoted};
use crate::homes::token_path;
use crate::status::State;
use crate::text::{self, ago, shown};
use crate::time::until;
use crate::view::SessionView;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn look(case: &mut Case<'_>) {
    let Some(session) = case.target.session else { return without_session(case) };
    problems::of_session(case);
    stands(case, session);
    match session.state {
        State::Broken if !session.can_sign_in && session.renew.is_none() => {
            if let Some(cause) = session.problems.iter().find_map(problems::cause_of) {
                case.turn_into(cause);
            }
            problems::look(case);
        }
        State::Valid | State::Expiring | State::Endless => in_use_again(case, session),
        State::Stale => {
            let renew = Fix::new(format!("Renew {} silently", quoted(&session.name)));
            let command = text::command("relight refresh", &session.name);
            case.fix(renew.with_command(command).with_action(Action::RefreshAll));
            case.fix(sign_in(session));
        }
        State::Expired | State::SignedOut | State::Unknown | State::Broken => case.fix(sign_in(session)),
    }
}

/// The text is older than the token, or the program does not see it.
fn in_use_again(case: &mut Case<'_>, session: &SessionView) {
    let name = quoted(&session.name);
    match case.cause {
        Cause::SsoTokenUnreadable | Cause::SsoLoginAbandoned => case.fix(sign_in(session)),
        Cause::SsoNeverSignedIn => {
            case.login_helps = false;
            case.says("There is a token now.");
            case.fix(Fix::new("Run the program again"));
            case.fix(Fix::new(
                "If it fails again, it looks elsewhere: compare its home folder, and the name of the session or the start URL in its profile, with the file above",
            ));
        }
        _ => {
            case.says("By its file the session is not over: it was renewed since, or AWS ended it early.");
            case.fix(Fix::new(format!("Run the program again: {name} is signed in now")));
            if session.can_renew() {
                let renew = Fix::new(format!("If it fails again, start a fresh session of {name}"));
                let command = text::command("relight login --renew", &session.name);
                case.fix(renew.with_command(command).with_action(Action::Renew(session.id.clone())));
            } else {
                case.fix(sign_in(session));
            }
        }
    }
}

/// Nothing says which session it is: each that could be.
fn without_session(case: &mut Case<'_>) {
    const MOST: usize = 3;
    let is_login = case.cause == Cause::LoginSessionExpired;
    let over = case.view.sessions.iter().filter(|session| {
        let is_of_kind = (session.kind == SessionKind::Login) == is_login;
        is_of_kind && !matches!(session.state, State::Valid | State::Expiring | State::Stale)
    });
    let mut over: Vec<_> = over.collect();
    over.sort_by_key(|session| !session.attention);
    for session in over.into_iter().take(MOST) {
        stands(case, session);
        case.fix(sign_in(session));
    }
}

/// How it stands, by its file.
fn stands(case: &mut Case<'_>, session: &SessionView) {
    // Of a broken one, the problem says it.
    if session.state != State::Broken {
        case.shows(standing(case, session));
    }
}

pub(super) fn standing(case: &Case<'_>, session: &SessionView) -> Evidence {
    let name = quoted(&session.name);
    let ended = session.person_needed_at.filter(|end| *end <= case.now).or(session.expires_at);
    let what = match (session.state, ended) {
        (State::Expired, Some(end)) => format!("the token of {name} ended {}", ago(until(end, case.now))),
        (State::Stale, Some(end)) => {
            format!("the token of {name} ended {}, and can be renewed without you", ago(until(end, case.now)))
        }
        (State::SignedOut, _) => format!("there is no token of {name}"),
        _ => format!("{name}: {}", text::standing(session, case.now, &case.world.zone)),
    };
    Evidence::new(what).at(token_path(case.world, &session.id), None)
}

/// The portal does not give this role.
pub(super) fn not_assigned(case: &mut Case<'_>) {
    if let Some(profile) = case.target.profile {
        let part = |value: &Option<String>| shown(value.as_deref().unwrap_or("?")).into_owned();
        let (role, account) = (part(&profile.role_name), part(&profile.account_id));
        let what = format!("{} asks for the role {role} in the account {account}", quoted(&profile.name));
        case.shows(case.of_profile(what));
    }
    if let Some(session) = case.target.session {
        let see = Fix::new(format!("See which accounts and roles {} gives you", quoted(&session.name)));
        let command = text::command("relight accounts", &session.name);
        case.fix(see.with_command(command).with_action(Action::ListAccounts(session.id.clone())));
        case.fix(Fix::new("Correct sso_account_id or sso_role_name, where one is misspelt"));
        case.fix(Fix::new("Ask the administrator of your Identity Center to assign the role"));
    }
}

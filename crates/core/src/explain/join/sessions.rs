//! Sessions: is this one really over, and what signs in to it again.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::super::masked::masked;
use super::{Case, problems, region};
use crate::action::Action;
use crate::config::SessionKind;
use crate::doctor::About;
use crate::doctor::look::sign_in;
use crate::fix::{Fix, quoted};
use crate::homes::token_path;
use crate::near::nearest;
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
    let found = |cause| session.problems.iter().any(|problem| problems::cause_of(problem) == Some(cause));
    if found(Cause::SsoWrongRegionOrUrl) {
        // A login cannot work before that is mended.
        case.turn_into(Cause::SsoWrongRegionOrUrl);
        return problems::look(case);
    }
    if let Some(finding) = region::of_session(case, &session.id) {
        case.turn_into(Cause::SsoWrongRegionOrUrl);
        return case.takes(finding);
    }
    stands(case, session);
    if found(Cause::SsoTokenUnreadable) && session.can_sign_in {
        // The programs do not take the token, whatever its end.
        return case.fix(sign_in(session));
    }
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
        State::Expired | State::SignedOut | State::Unknown | State::Broken => {
            elsewhere(case, session);
            case.fix(sign_in(session));
        }
    }
}

/// Somebody signed in, but in the older way, which the session's profiles know nothing of.
fn elsewhere(case: &mut Case<'_>, session: &SessionView) {
    let about = Some(About::Session(session.id.clone()));
    let found = case.findings(|finding| finding.problem.code == "sso-token-elsewhere" && finding.about == about);
    for finding in found {
        case.takes(finding);
    }
}

/// The region or the start URL is not the Identity Center's.
pub(super) fn wrong(case: &mut Case<'_>) {
    problems::look(case);
    let named = case.said.named.region.clone();
    let is_named = named.is_some_and(|region| region::mistyped(case, &region));
    let of_session = case.target.session.filter(|_| !is_named);
    if let Some(finding) = of_session.and_then(|session| region::of_session(case, &session.id)) {
        case.takes(finding);
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
    if let Some(name) = case.said.named.session.clone() {
        return not_here(case, &name);
    }
    let is_login = case.cause == Cause::LoginSessionExpired;
    offer(case, |session| (session.kind == SessionKind::Login) == is_login);
    if is_login && case.fixes.is_empty() {
        case.fix(Fix::new("Sign in again, with the AWS CLI").with_command(String::from("aws login")));
    }
}

/// A sign-in to each session that is over and as wanted, with how it stands.
pub(super) fn offer(case: &mut Case<'_>, is_wanted: impl Fn(&SessionView) -> bool) {
    const MOST: usize = 3;
    let over = case.view.sessions.iter().filter(|session| {
        is_wanted(session) && !matches!(session.state, State::Valid | State::Expiring | State::Stale)
    });
    let mut over: Vec<_> = over.collect();
    over.sort_by_key(|session| !session.attention);
    for session in over.into_iter().take(MOST) {
        stands(case, session);
        case.fix(sign_in(session));
    }
}

/// The text names a session that the files do not have.
fn not_here(case: &mut Case<'_>, name: &str) {
    let shown = quoted(&masked(name));
    let names = case.view.sessions.iter().map(|session| session.name.as_str());
    let near = nearest(name, names).map(|near| format!(", the nearest is {}", quoted(near))).unwrap_or_default();
    case.shows(
        Evidence::new(format!("no session is called {shown} here{near}")).at(&case.world.files().config_path, None),
    );
    case.fix(Fix::new(format!("Correct {shown} in the profile that the program uses, where it is misspelt")));
    case.fix(Fix::new("See that the program reads the files that you mean: HOME and AWS_CONFIG_FILE say which"));
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

//! The program found no credentials: what the files say that it should have found.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::super::phrase::Client;
use super::{Case, expired, files, problems, select, sessions};
use crate::config::{ENVIRONMENT_KEY, FileKind};
use crate::doctor::look::sign_in;
use crate::fix::{Fix, quoted};
use crate::status::State;
use crate::view::ProfileView;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn look(case: &mut Case<'_>) {
    if case.said.matched.as_deref().is_some_and(|words| words.contains("id-token")) {
        case.says("It is a workflow of GitHub's that asks, and not this machine: it may not ask GitHub for the token that it wants to show to AWS.");
        case.fix(Fix::new("Write 'permissions: id-token: write' for the job in the workflow's file, and 'contents: read' where it checks out"));
        return case.fix(Fix::new(
            "A workflow that another one calls, or a pull request of a fork, gets it only where the caller may give it",
        ));
    }
    if case.said.named.profile.is_some() && case.target.profile.is_none() {
        case.turn_into(Cause::ProfileNotFound);
        return files::not_found(case);
    }
    let environment = case.world.environment();
    let is_selected = environment.profile.is_some() || environment.default_profile.is_some();
    if case.target.profile.is_none() && is_selected {
        case.turn_into(Cause::ProfileNotFound);
        return files::not_found(case);
    }
    if files::is_refused(case) {
        case.turn_into(Cause::ConfigUnparsable);
        return files::unparsable(case);
    }
    let Some(profile) = case.target.profile else { return choose(case) };
    if profile.name == ENVIRONMENT_KEY {
        return in_other_environment(case, profile);
    }
    if let Some(cause) = problems::of_profile(case) {
        case.turn_into(cause);
        return problems::look(case);
    }
    if is_unread(case, profile) {
        case.turn_into(Cause::SdkConfigNotLoaded);
        return files::not_loaded(case);
    }
    match (case.target.session, profile.kind) {
        (Some(session), _) => {
            let cause = match session.state {
                State::Expired | State::SignedOut if session.id.arn().is_some() => Cause::LoginSessionExpired,
                State::Expired => Cause::SsoSessionExpired,
                State::SignedOut => Cause::SsoNeverSignedIn,
                State::Broken => Cause::SsoTokenUnreadable,
                State::Valid | State::Expiring | State::Stale | State::Endless | State::Unknown => {
                    return choose(case);
                }
            };
            case.turn_into(cause);
            sessions::look(case);
        }
        (None, "credential-process") => {
            case.turn_into(Cause::CredentialProcessFailed);
            files::process(case);
        }
        (None, "none") => {
            case.shows(case.of_profile(format!("{} has no credentials", quoted(&profile.name))));
            choose(case);
        }
        (None, _) => choose(case),
    }
}

/// Here the environment has a key, which the program did not see.
fn in_other_environment(case: &mut Case<'_>, profile: &ProfileView) {
    case.shows(Evidence::new(expired::key_in_environment(case, profile)));
    case.says("The program saw another environment than this terminal's: that of another terminal, of sudo, of a container, or of a service.");
    case.fix(Fix::new(
        "Run the program from this terminal, or hand the three variables of the key on to it: sudo -E, docker run -e",
    ));
}

/// The profile is in the config file alone, which these SDKs do not read by themselves.
fn is_unread(case: &Case<'_>, profile: &ProfileView) -> bool {
    let words = case.said.matched.as_deref().unwrap_or_default();
    let is_old = case.said.client == Some(Client::Go) && words.contains("no valid providers in chain")
        || case.said.client == Some(Client::Js) && words.contains("Missing credentials in config");
    let in_config = case
        .world
        .config
        .profiles
        .get(&profile.name)
        .is_some_and(|profile| profile.place.file == FileKind::Config && profile.place.line > 0);
    is_old && in_config
}

/// Profiles that would work now; else one that a login makes work.
fn choose(case: &mut Case<'_>) {
    const MOST: usize = 3;
    let is_one = |profile: &&ProfileView| {
        !profile.name.starts_with('(')
            && Some(profile.name.as_str()) != case.target.profile.map(|profile| profile.name.as_str())
    };
    let works = |profile: &&ProfileView| {
        matches!(profile.state, State::Valid | State::Expiring | State::Stale | State::Endless)
    };
    // The CDK says which account it wants.
    let account = case.said.named.account.as_deref().filter(|_| case.said.cause == Cause::WrongAccount);
    let is_of_account = |profile: &&ProfileView| account.is_none() || profile.account_id.as_deref() == account;
    let all: Vec<&ProfileView> = case.view.profiles.iter().filter(is_one).filter(is_of_account).collect();
    let working: Vec<_> = all.iter().copied().filter(works).take(MOST).collect();
    if case.target.profile.is_none() {
        case.shows(Evidence::new("AWS_PROFILE is not set, and there is no profile 'default'"));
    }
    for profile in &working {
        let fix = Fix::new(format!("Use the profile {}, which works now", quoted(&profile.name)));
        case.fix(fix.with_command(select(case, &profile.name)));
    }
    if !working.is_empty() {
        return;
    }
    if let Some(account) = account.filter(|_| all.is_empty()) {
        return case.shows(Evidence::new(format!("no profile here is of the account {account}")));
    }
    if all.is_empty() {
        problems::show(case, |problem| problem.code == "file-unreadable");
        case.shows(Evidence::new("there are no profiles").at(&case.world.files().config_path, None));
        return case.fix(
            Fix::new("Add your organisation, by the address of its access portal")
                .with_command(String::from("relight add URL")),
        );
    }
    let over = case
        .view
        .sessions
        .iter()
        .filter(|session| session.attention || account.is_some())
        .filter(|session| matches!(session.state, State::Expired | State::SignedOut));
    for session in over.take(MOST) {
        // A sign-in alone chooses no profile: the program would fail as before.
        for profile in all.iter().filter(|profile| session.profiles.contains(&profile.name)).take(MOST) {
            let title =
                format!("Use the profile {}, after a sign-in to {}", quoted(&profile.name), quoted(&session.name));
            case.fix(Fix::new(title).with_command(select(case, &profile.name)));
            case.login_helps = true;
        }
        if all.iter().any(|profile| session.profiles.contains(&profile.name)) {
            case.fix(sign_in(session));
        }
    }
}

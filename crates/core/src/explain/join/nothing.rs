//! The program found no credentials: what the files say that it should have found.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::super::phrase::Client;
use super::{Case, files, problems, select, sessions};
use crate::config::FileKind;
use crate::doctor::look::sign_in;
use crate::fix::{Fix, quoted};
use crate::status::State;
use crate::view::ProfileView;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn look(case: &mut Case<'_>) {
    if case.said.named.profile.is_some() && case.target.profile.is_none() {
        case.turn_into(Cause::ProfileNotFound);
        return files::not_found(case);
    }
    if files::is_refused(case) {
        case.turn_into(Cause::ConfigUnparsable);
        return files::unparsable(case);
    }
    let Some(profile) = case.target.profile else { return choose(case) };
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
    let all: Vec<&ProfileView> = case.view.profiles.iter().filter(is_one).collect();
    let working: Vec<_> = all.iter().copied().filter(works).take(MOST).collect();
    if case.target.profile.is_none() {
        let name = case.world.environment().selected_profile();
        case.shows(Evidence::new(format!(
            "no profile is chosen that is in the files: programs look for {}",
            quoted(name)
        )));
    }
    for profile in &working {
        let fix = Fix::new(format!("Use the profile {}, which works now", quoted(&profile.name)));
        case.fix(fix.with_command(select(case, &profile.name)));
    }
    if !working.is_empty() {
        return;
    }
    let over = case
        .view
        .sessions
        .iter()
        .filter(|session| session.attention && matches!(session.state, State::Expired | State::SignedOut));
    for session in over.take(MOST) {
        case.login_helps = true;
        case.fix(sign_in(session));
    }
    if all.is_empty() {
        case.shows(Evidence::new("there are no profiles").at(&case.world.files().config_path, None));
        case.fix(
            Fix::new("Add your organisation, by the address of its access portal")
                .with_command(String::from("relight add URL")),
        );
    }
}

//! Which profile and which session a text is about.

use super::super::Recognised;
use super::super::cause::Cause;
use super::super::regions::is_known;
use crate::config::ENVIRONMENT_KEY;
use crate::doctor::{Surroundings, kubernetes};
use crate::fix::quoted;
use crate::problem::Problem;
use crate::status::State;
use crate::text::shown;
use crate::view::{ProfileView, SessionView, View};
use crate::world::World;
use alloc::format;
use alloc::string::{String, ToString};

/// What was found, and by what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a> {
    pub(super) profile: Option<&'a ProfileView>,
    pub(super) session: Option<&'a SessionView>,
    basis: Basis,
}

/// What led to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    /// The text names it, or nothing was found.
    Text,
    /// The text names account and role, or the session.
    Role,
    /// kubectl's current context takes it.
    Context,
    /// It is the one that programs take now.
    Selected,
    /// There is only one that it can be.
    Only,
}

impl<'a> Target<'a> {
    pub(super) fn find(said: &Recognised, around: &Surroundings, world: &World, view: &'a View) -> Self {
        let named = &said.named;
        let profile = |name: &str| view.profiles.iter().find(|profile| profile.name == name);
        if let Some(name) = &named.profile {
            let found = profile(name);
            return Self {
                profile: found,
                session: found.and_then(|found| session_of(found, view)),
                basis: Basis::Text,
            };
        }
        let by_role = of_role(said, view);
        if let Some(name) = named.session.as_deref() {
            let session = session_called(name, view);
            let of_session = || session.and_then(|session| only_profile(session, view));
            // Of a session that is not here, no other one is meant.
            let profile = by_role.or_else(of_session).or_else(|| dangling(name, view));
            return Self { profile, session, basis: Basis::Text };
        }
        if let Some(found) = by_role {
            return Self { profile: by_role, session: session_of(found, view), basis: Basis::Role };
        }
        if let Some(found) = of_context(said, around).and_then(profile) {
            return Self { profile: Some(found), session: session_of(found, view), basis: Basis::Context };
        }
        let selected = selected(said.cause, world, view);
        let needs_session = needs_session(said.cause);
        let has_session = |found: &&ProfileView| {
            session_of(found, view)
                .is_some_and(|session| is_of_kind(said.cause, session) && is_of_region(said, session))
        };
        if let Some(found) = selected.filter(|found| !needs_session || has_session(found)) {
            return Self { profile: selected, session: session_of(found, view), basis: Basis::Selected };
        }
        let session = if needs_session { only_session(said.cause, view) } else { None };
        let session = session.filter(|session| is_of_region(said, session));
        Self { profile: session.and_then(|session| only_profile(session, view)), session, basis: Basis::Only }
    }

    /// Nothing that the files have.
    pub(super) fn none() -> Self {
        Self { profile: None, session: None, basis: Basis::Text }
    }

    /// Why it is this one, where the text does not say.
    pub(super) fn words(&self, world: &World) -> Option<String> {
        let name = shown(&self.profile?.name);
        let named = world.environment().profile.is_some() || world.environment().default_profile.is_some();
        match self.basis {
            Basis::Text | Basis::Only => None,
            Basis::Role => Some(format!("Account and role in the text are those of the profile '{name}'.")),
            Basis::Context => Some(format!("kubectl's current context has the profile '{name}'.")),
            Basis::Selected if name == ENVIRONMENT_KEY => {
                Some("The text names no profile; programs take the key in the environment now.".to_string())
            }
            Basis::Selected if named => {
                Some(format!("The text names no profile; '{name}' is the one that the environment selects."))
            }
            Basis::Selected => Some(format!("The text names no profile; '{name}' is used where none is chosen.")),
        }
    }

    /// Whether the text itself names the profile, or what leads to it.
    pub(super) fn is_certain(&self) -> bool {
        matches!(self.basis, Basis::Text | Basis::Role | Basis::Context)
    }
}

/// Whether a cause is about a session alone.
fn needs_session(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::SsoSessionExpired
            | Cause::SsoNeverSignedIn
            | Cause::SsoTokenUnreadable
            | Cause::SsoConfigIncomplete
            | Cause::SsoWrongRegionOrUrl
            | Cause::SsoLoginAbandoned
            | Cause::SsoRoleNotAssigned
            | Cause::LoginSessionExpired
            | Cause::LoginPermissionMissing
    )
}

fn is_login(cause: Cause) -> bool {
    matches!(cause, Cause::LoginSessionExpired | Cause::LoginPermissionMissing)
}

fn session_of<'a>(profile: &ProfileView, view: &'a View) -> Option<&'a SessionView> {
    let id = profile.session.as_deref()?;
    view.sessions.iter().find(|session| session.id.to_string() == id)
}

fn is_of_kind(cause: Cause, session: &SessionView) -> bool {
    session.id.arn().is_some() == is_login(cause)
}

/// Whether it may be the session in whose region a host was looked for in vain.
fn is_of_region(said: &Recognised, session: &SessionView) -> bool {
    let region = said.named.region.as_deref().filter(|region| !is_known(region));
    said.cause != Cause::SsoWrongRegionOrUrl || region.is_none_or(|region| session.region == region)
}

/// The profile that names a session which is not there.
fn dangling<'a>(name: &str, view: &'a View) -> Option<&'a ProfileView> {
    let is_it = |problem: &Problem| problem.code == "dangling-sso-session" && problem.message.contains(&quoted(name));
    view.profiles.iter().find(|profile| profile.problems.iter().any(is_it))
}

fn session_called<'a>(name: &str, view: &'a View) -> Option<&'a SessionView> {
    let is_it = |session: &&SessionView| {
        session.name == name || session.id.name() == name || session.start_url == name || session.id.arn() == Some(name)
    };
    view.sessions.iter().find(is_it)
}

fn only_profile<'a>(session: &SessionView, view: &'a View) -> Option<&'a ProfileView> {
    let [one] = session.profiles.as_slice() else { return None };
    view.profiles.iter().find(|profile| profile.name == *one)
}

/// The profile of the account and role in the text, if there is one of them.
fn of_role<'a>(said: &Recognised, view: &'a View) -> Option<&'a ProfileView> {
    let (account, name) = role_parts(said.named.role.as_deref()?);
    let account = account.or(said.named.account.as_deref())?;
    let is_it = |profile: &&ProfileView| {
        profile.role_name.as_deref() == Some(name) && profile.account_id.as_deref() == Some(account)
    };
    let mut found = view.profiles.iter().filter(is_it);
    found.next().filter(|_| found.next().is_none())
}

/// Account and name of a role's ARN; the name that the Identity Center's administrator gave it.
pub(super) fn role_parts(role: &str) -> (Option<&str>, &str) {
    let account = role.split(':').nth(4).filter(|account| !account.is_empty());
    let name = role.rsplit(['/', ':']).next().unwrap_or(role);
    let of_center = name.strip_prefix("AWSReservedSSO_").and_then(|name| name.rsplit_once('_'));
    (account, of_center.map_or(name, |(name, _)| name))
}

/// The profile of kubectl's current context, for what kubectl says.
fn of_context<'a>(said: &Recognised, around: &'a Surroundings) -> Option<&'a str> {
    let of_kubectl = |cause: Cause| cause == Cause::KubernetesCredentials;
    let is_its = of_kubectl(said.cause) || said.also.iter().any(|(cause, _)| of_kubectl(*cause));
    if is_its { kubernetes::current(around)?.profile } else { None }
}

/// What a program takes that is told nothing.
fn selected<'a>(cause: Cause, world: &World, view: &'a View) -> Option<&'a ProfileView> {
    let profile = |name: &str| view.profiles.iter().find(|profile| profile.name == name);
    let key = profile(ENVIRONMENT_KEY).filter(|_| !needs_session(cause));
    key.or_else(|| profile(world.environment().selected_profile()))
}

/// The session that it must be: the only one of its kind, or the only one of those in use that has this trouble.
fn only_session(cause: Cause, view: &View) -> Option<&SessionView> {
    let of_kind = |session: &&SessionView| is_of_kind(cause, session);
    let mut all = view.sessions.iter().filter(of_kind);
    if let (Some(one), None) = (all.next(), all.next()) {
        return Some(one);
    }
    let is_over = |session: &&SessionView| {
        let ended = matches!(session.state, State::Expired | State::Broken);
        // The portal refuses a role to those alone who are signed in.
        if cause == Cause::SsoRoleNotAssigned {
            !ended && session.state != State::SignedOut
        } else {
            session.attention && ended
        }
    };
    let mut over = view.sessions.iter().filter(of_kind).filter(is_over);
    over.next().filter(|_| over.next().is_none())
}

//! How a profile stands: by its own key, its session, or the profile that its role starts from.

use super::attention::attention;
use super::expiry_key::KeyExpiry;
use super::{SessionStatus, State};
use crate::config::{Credentials, ENVIRONMENT_KEY, Identity, Profile, Role, RoleSource, SessionId, SessionKind};
use crate::offline::{BedrockKey, Jwt};
use crate::problem::Problem;
use crate::settings::Choice;
use crate::text::shown;
use crate::time::{Timestamp, until};
use crate::world::{Content, World};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;
use serde::Serialize;

/// What tells a profile's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ExpiresBasis {
    /// The session's token.
    SsoToken,
    /// Role credentials that the AWS CLI cached.
    RoleCache,
    /// The profile that its role starts from.
    SourceProfile,
    /// A key that the tool wrote which made the credentials, or a variable of the environment.
    FileKey,
    /// The `exp` claim of a web identity token.
    Jwt,
    /// The token file of `aws login`.
    LoginToken,
    /// The date inside a Bedrock key.
    BedrockKey,
    /// What its `credential_process` said when a person last ran it.
    Process,
    /// Nothing.
    None,
}

/// What is true of a profile at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileStatus<'a> {
    /// How it stands.
    pub state: State,
    /// When its credentials end.
    pub expires_at: Option<Timestamp>,
    /// What tells so.
    pub expires_basis: ExpiresBasis,
    /// The key that tells so, for [`ExpiresBasis::FileKey`].
    pub expires_key: Option<&'static str>,
    /// The session that it or its source signs in to.
    pub session: Option<&'a SessionId>,
    /// Whether it counts for the icon, the left click and notices.
    pub attention: bool,
}

/// How every profile stands at `now`, given how the sessions do.
pub fn profiles<'a>(
    world: &'a World,
    sessions: &BTreeMap<&'a SessionId, SessionStatus>,
    now: Timestamp,
) -> BTreeMap<&'a str, ProfileStatus<'a>> {
    let mut known: BTreeMap<&str, ProfileStatus<'a>> = BTreeMap::new();
    for profile in world.config.profiles.values() {
        // From the profile down its chain of sources to one that is known or stands by itself, then back up. Without
        // recursion, and each profile once: chains may be of any length. Circles are broken (see `check_sources`).
        let mut chain: Vec<(&Profile, &Role)> = Vec::new();
        let mut at = profile;
        let mut below = loop {
            if let Some(status) = known.get(at.name.as_str()) {
                break *status;
            }
            match &at.credentials {
                Credentials::AssumeRole(role) if !at.is_broken() => {
                    chain.push((at, role));
                    match &role.source {
                        RoleSource::Profile(source) => match world.config.profiles.get(source) {
                            Some(Profile { own_key: Some(key), .. }) => break of_key(world, at, key, now),
                            Some(next) => at = next,
                            None => break plain(State::Broken),
                        },
                        RoleSource::Environment => break of_environment(world, sessions, now),
                        RoleSource::Machine => break plain(State::Unknown),
                        RoleSource::Missing => break plain(State::Broken),
                    }
                }
                _ => {
                    let status = by_itself(world, at, sessions, now);
                    known.insert(&at.name, status);
                    break status;
                }
            }
        };
        while let Some((profile, role)) = chain.pop() {
            below = of_role(world, profile, role, below, now);
            known.insert(&profile.name, below);
        }
    }
    known
}

fn by_itself<'a>(
    world: &World,
    profile: &'a Profile,
    sessions: &BTreeMap<&SessionId, SessionStatus>,
    now: Timestamp,
) -> ProfileStatus<'a> {
    if profile.is_broken() {
        return plain(State::Broken);
    }
    let of_end = |end, basis| of_end(world, profile, end, basis, now);
    match &profile.credentials {
        Credentials::Sso { .. } | Credentials::Login { .. } => of_session(world, profile, sessions),
        Credentials::Static { .. } | Credentials::Temporary { .. } | Credentials::Environment { .. } => {
            of_key(world, profile, &profile.credentials, now)
        }
        Credentials::WebIdentity(identity) => of_identity(world, profile, identity, now),
        Credentials::CredentialProcess { .. } => {
            match profile.process().and_then(|process| world.processes.get(&process)) {
                Some(None) => endless(world, profile, now),
                // When it is past, the program would give new ones: that is no end that anybody knows.
                Some(Some(end)) if *end > now => {
                    ProfileStatus { state: State::Valid, ..of_end(*end, ExpiresBasis::Process) }
                }
                Some(Some(_)) | None => plain(State::Unknown),
            }
        }
        Credentials::BedrockKey(Some(BedrockKey::ShortTerm { expires_at, .. })) => {
            of_end(*expires_at, ExpiresBasis::BedrockKey)
        }
        Credentials::AssumeRole(_) | Credentials::Container | Credentials::BedrockKey(_) | Credentials::None => {
            plain(State::Unknown)
        }
    }
}

fn of_session<'a>(
    world: &World,
    profile: &'a Profile,
    sessions: &BTreeMap<&SessionId, SessionStatus>,
) -> ProfileStatus<'a> {
    let Some((id, session)) = profile.session().and_then(|id| sessions.get(id).map(|session| (id, session))) else {
        return plain(State::Broken);
    };
    let basis = match id.kind() {
        SessionKind::Login => ExpiresBasis::LoginToken,
        SessionKind::SsoSession | SessionKind::Legacy => ExpiresBasis::SsoToken,
    };
    ProfileStatus {
        state: session.state,
        expires_at: session.expires_at,
        expires_basis: if session.expires_at.is_some() { basis } else { ExpiresBasis::None },
        expires_key: None,
        session: Some(id),
        attention: own_choice(world, profile, session.attention),
    }
}

/// `credential_source = Environment`: this program's environment may be another one than its user's.
fn of_environment<'a>(
    world: &'a World,
    sessions: &BTreeMap<&SessionId, SessionStatus>,
    now: Timestamp,
) -> ProfileStatus<'a> {
    let key = world.config.profiles.get(ENVIRONMENT_KEY);
    key.map_or(plain(State::Unknown), |key| by_itself(world, key, sessions, now))
}

/// The token is renewed by whoever wrote it; until its end the role can be assumed. What the AWS CLI cached of the role
/// works on without the token.
fn of_identity(world: &World, profile: &Profile, identity: &Identity, now: Timestamp) -> ProfileStatus<'static> {
    let cached = world.roles.get(&identity.cache).map(|role| role.expires_at).filter(|end| *end > now);
    let of_token = match world.web_token(&identity.token_file) {
        _ if !identity.is_absolute() => plain(State::Unknown),
        // Whoever writes it writes a new one in time: its end needs a person when it is past.
        Content::Read(Ok(Jwt { expires_at: Some(end), .. })) => {
            let status = of_end(world, profile, *end, ExpiresBasis::Jwt, now);
            ProfileStatus { state: if *end > now { State::Valid } else { State::Expired }, ..status }
        }
        Content::Read(Ok(Jwt { expires_at: None, .. })) => endless(world, profile, now),
        Content::Missing | Content::Unreadable { .. } | Content::Read(Err(_)) => plain(State::Broken),
    };
    match cached {
        Some(end) if matches!(of_token.state, State::Broken | State::Expired | State::Unknown) => {
            of_end(world, profile, end, ExpiresBasis::RoleCache, now)
        }
        Some(_) | None => of_token,
    }
}

/// What is wrong with a web identity token's file.
pub(crate) fn problem(world: &World, profile: &Profile) -> Option<Problem> {
    let Credentials::WebIdentity(identity) = &profile.credentials else { return None };
    let (message, hint) = match world.web_token(&identity.token_file) {
        _ if !identity.is_absolute() => return None,
        Content::Read(Ok(_)) => return None,
        Content::Missing => (
            "The web identity token is not there.".into(),
            "Let the program that writes it run, or correct web_identity_token_file.",
        ),
        Content::Unreadable { reason } => {
            (format!("The web identity token cannot be read: {reason}."), "Correct the file's permissions.")
        }
        Content::Read(Err(why)) => (
            format!("The web identity token cannot be used: {why}."),
            "Let the program that writes it make it anew, or correct web_identity_token_file.",
        ),
    };
    Some(Problem::error("web-identity-token", message, hint).at(shown(&identity.token_file), None))
}

fn of_key<'a>(world: &World, profile: &Profile, key: &Credentials, now: Timestamp) -> ProfileStatus<'a> {
    let (Credentials::Temporary { expiry, .. } | Credentials::Environment { expiry: Some(expiry), .. }) = key else {
        return endless(world, profile, now);
    };
    let (expires_key, end) = match expiry {
        KeyExpiry::At { key, at } => (*key, Some(*at)),
        KeyExpiry::Local { key, at } => (*key, world.zone.to_timestamp(*at).ok()),
        KeyExpiry::Unreadable { .. } | KeyExpiry::Unknown => return plain(State::Unknown),
    };
    let Some(end) = end else { return plain(State::Unknown) };
    ProfileStatus { expires_key: Some(expires_key), ..of_end(world, profile, end, ExpiresBasis::FileKey, now) }
}

/// A role stands as its source does. Where that has ended or needs a person, what the AWS CLI cached still works.
fn of_role<'a>(
    world: &World,
    profile: &Profile,
    role: &Role,
    source: ProfileStatus<'a>,
    now: Timestamp,
) -> ProfileStatus<'a> {
    let cached = world.roles.get(&role.cache).map(|role| role.expires_at);
    let usable = matches!(source.state, State::Valid | State::Expiring | State::Stale | State::Endless);
    let as_source = || ProfileStatus {
        expires_basis: match source.expires_basis {
            // An end that is none to the source is none to the role.
            ExpiresBasis::Process | ExpiresBasis::None => source.expires_basis,
            _ => ExpiresBasis::SourceProfile,
        },
        expires_key: None,
        attention: own_choice(world, profile, source.attention),
        ..source
    };
    match cached {
        _ if usable && !role.needs_mfa => as_source(),
        Some(end) if end > now || role.needs_mfa => {
            ProfileStatus { session: source.session, ..of_end(world, profile, end, ExpiresBasis::RoleCache, now) }
        }
        // Whether an MFA role works cannot be told without typing a code.
        None if role.needs_mfa && usable => ProfileStatus { session: source.session, ..plain(State::Unknown) },
        Some(_) | None => as_source(),
    }
}

/// A profile counts as what it depends on does, unless a person chose otherwise.
fn own_choice(world: &World, profile: &Profile, usual: bool) -> bool {
    match world.settings.choice(&profile.name) {
        Choice::Muted => false,
        Choice::Pinned => true,
        Choice::Usual => usual,
    }
}

/// Something that ends at `end` and is renewed by nobody here.
fn of_end(
    world: &World,
    profile: &Profile,
    end: Timestamp,
    basis: ExpiresBasis,
    now: Timestamp,
) -> ProfileStatus<'static> {
    let soon = world.settings.lead_times(None).first().is_some_and(|lead| until(now, end) <= *lead);
    let state = match end > now {
        true if soon => State::Expiring,
        true => State::Valid,
        false => State::Expired,
    };
    let attention = attention(state, Some(end), &profile.name, &world.settings, now);
    ProfileStatus { state, expires_at: Some(end), expires_basis: basis, attention, ..plain(state) }
}

fn endless(world: &World, profile: &Profile, now: Timestamp) -> ProfileStatus<'static> {
    let attention = attention(State::Endless, None, &profile.name, &world.settings, now);
    ProfileStatus { attention, ..plain(State::Endless) }
}

fn plain(state: State) -> ProfileStatus<'static> {
    ProfileStatus {
        state,
        expires_at: None,
        expires_basis: ExpiresBasis::None,
        expires_key: None,
        session: None,
        attention: false,
    }
}

//! How a profile stands: by its own key, its session, or the profile that its role starts from.

use super::attention::attention;
use super::expiry_key::KeyExpiry;
use super::{SessionStatus, State};
use crate::config::{Credentials, Profile, Role, RoleSource, SessionId};
use crate::time::{Timestamp, until};
use crate::world::World;
use alloc::collections::BTreeMap;
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
    /// A key that the tool wrote which made the credentials.
    FileKey,
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
                        RoleSource::Surroundings => break plain(State::Unknown),
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
    match &profile.credentials {
        Credentials::Sso { session, .. } => match session.as_ref().and_then(|id| sessions.get(id)) {
            Some(session) => ProfileStatus {
                state: session.state,
                expires_at: session.expires_at,
                expires_basis: if session.expires_at.is_some() { ExpiresBasis::SsoToken } else { ExpiresBasis::None },
                expires_key: None,
                session: profile.session(),
                attention: session.attention && !world.settings.muted.contains(&profile.name),
            },
            None => plain(State::Broken),
        },
        Credentials::Static { .. } | Credentials::Temporary { .. } => of_key(world, profile, &profile.credentials, now),
        Credentials::AssumeRole(_)
        | Credentials::WebIdentity
        | Credentials::CredentialProcess
        | Credentials::Login
        | Credentials::None => plain(State::Unknown),
    }
}

fn of_key<'a>(world: &World, profile: &Profile, key: &Credentials, now: Timestamp) -> ProfileStatus<'a> {
    let Credentials::Temporary { expiry, .. } = key else {
        let attention = attention(State::Endless, None, &profile.name, &world.settings, now);
        return ProfileStatus { attention, ..plain(State::Endless) };
    };
    let (expires_key, expires_at) = match expiry {
        KeyExpiry::At { key, at } => (Some(*key), Some(*at)),
        KeyExpiry::Local { key, at } => (Some(*key), world.zone.to_timestamp(*at).ok()),
        KeyExpiry::Unreadable { .. } | KeyExpiry::Unknown => (None, None),
    };
    let Some(end) = expires_at else { return plain(State::Unknown) };
    let state = by_end(world, end, now);
    let attention = attention(state, Some(end), &profile.name, &world.settings, now);
    ProfileStatus { state, expires_at, expires_basis: ExpiresBasis::FileKey, expires_key, session: None, attention }
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
    let muted = world.settings.muted.contains(&profile.name);
    if usable && !role.needs_mfa {
        let expires_basis = if source.expires_at.is_some() { ExpiresBasis::SourceProfile } else { ExpiresBasis::None };
        return ProfileStatus { expires_basis, expires_key: None, attention: source.attention && !muted, ..source };
    }
    match cached {
        Some(end) if end > now || role.needs_mfa => {
            let state = by_end(world, end, now);
            let attention = attention(state, Some(end), &profile.name, &world.settings, now);
            ProfileStatus {
                state,
                expires_at: Some(end),
                expires_basis: ExpiresBasis::RoleCache,
                expires_key: None,
                session: source.session,
                attention,
            }
        }
        // Whether an MFA role works cannot be told without typing a code.
        None if role.needs_mfa && usable => plain(State::Unknown),
        Some(_) | None => {
            let expires_basis =
                if source.expires_at.is_some() { ExpiresBasis::SourceProfile } else { ExpiresBasis::None };
            ProfileStatus { expires_basis, expires_key: None, attention: source.attention && !muted, ..source }
        }
    }
}

fn by_end(world: &World, end: Timestamp, now: Timestamp) -> State {
    let soon = world.settings.lead_times(None).first().is_some_and(|lead| until(now, end) <= *lead);
    match end > now {
        true if soon => State::Expiring,
        true => State::Valid,
        false => State::Expired,
    }
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

//! The profiles that a role starts from: ones that are not there, ones without credentials, and circles
//! (aws-sessions.md 2.2).

use super::{Config, Credentials, Files, Profile, Role, RoleSource};
use crate::problem::Problem;
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a chain of sources comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chain<'a> {
    /// The credentials of this profile.
    Sound(&'a str),
    /// This profile names a source that is not there.
    Missing(&'a str),
    /// This profile names a source that has no credentials.
    Empty(&'a str),
    /// Back to where it was.
    Circle,
}

/// Finds sources that are not there or have nothing to give, and chains that never end.
pub(super) fn check(profiles: &mut BTreeMap<String, Profile>, files: &Files) {
    // Every profile is walked over once, whatever the chains: a known one ends the walk.
    let mut known: BTreeMap<&str, Chain<'_>> = BTreeMap::new();
    for start in profiles.values().filter(|profile| source_of(profile).is_some()) {
        let (walked, end) = walk(start, profiles, &known);
        known.extend(walked.into_iter().map(|name| (name, end)));
        // Its own key is for others that start from it; it must not come back to itself, but at once.
        if end == Chain::Sound(&start.name)
            && start.own_key.is_some()
            && source_of(start).is_some_and(|source| source != start.name)
        {
            known.insert(&start.name, Chain::Circle);
        }
    }
    let faults: Vec<_> =
        known.into_iter().filter_map(|(name, chain)| Some((name.to_owned(), chain.fault(name, profiles)?))).collect();
    for (name, (message, hint)) in faults {
        if let Some(profile) = profiles.get_mut(&name) {
            profile.problems.push(files.place(Problem::error("source-profile-broken", message, hint), profile.place));
        }
    }
}

/// The profiles from `start` to one that is known or ends the chain, and what they come to.
fn walk<'a>(
    start: &'a Profile,
    profiles: &'a BTreeMap<String, Profile>,
    known: &BTreeMap<&'a str, Chain<'a>>,
) -> (Vec<&'a str>, Chain<'a>) {
    let mut walked: Vec<&str> = Vec::new();
    let mut on_the_way: BTreeSet<&str> = BTreeSet::new();
    let mut at = start;
    loop {
        if let Some(chain) = known.get(at.name.as_str()) {
            return (walked, *chain);
        }
        if !on_the_way.insert(&at.name) {
            return (walked, Chain::Circle);
        }
        walked.push(&at.name);
        match source_of(at).map(|source| profiles.get(source)) {
            None => return (walked, Chain::Sound(&at.name)),
            Some(None) => return (walked, Chain::Missing(&at.name)),
            Some(Some(next)) if next.own_key.is_some() => return (walked, Chain::Sound(&next.name)),
            Some(Some(next)) if has_nothing(next) => return (walked, Chain::Empty(&at.name)),
            Some(Some(next)) => at = next,
        }
    }
}

impl Chain<'_> {
    /// What is wrong with the profile `name` itself, in words, and what to do; the ones behind it stand as it does.
    fn fault(self, name: &str, profiles: &BTreeMap<String, Profile>) -> Option<(String, &'static str)> {
        let source = shown(source_of(profiles.get(name)?)?);
        match self {
            Self::Missing(at) if at == name => Some((
                format!("source_profile names '{source}', and there is no such profile."),
                "Correct the name, or add the profile.",
            )),
            Self::Empty(at) if at == name => Some((
                format!("source_profile names '{source}', which has no credentials."),
                "Give that profile credentials, or name another. Where aws-vault keeps its key, start programs with 'aws-vault exec'.",
            )),
            Self::Circle if source == name => Some((
                "source_profile names the profile itself, which has no key.".to_owned(),
                "Name a profile that has credentials, or add its key here.",
            )),
            Self::Circle => Some((
                format!("source_profile leads from '{name}' through '{source}' in a circle."),
                "Let the last profile of the chain have credentials of its own.",
            )),
            Self::Sound(_) | Self::Missing(_) | Self::Empty(_) => None,
        }
    }
}

/// Whether a profile gives no credentials: also one that names an Identity Center session without account and role.
fn has_nothing(profile: &Profile) -> bool {
    let is_bearer = matches!(&profile.credentials, Credentials::Sso { account_id: None, role_name: None, .. });
    profile.credentials == Credentials::None || is_bearer
}

/// A step on the way to a profile's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A profile's own key, because a role starts from it.
    Key {
        /// Whose.
        profile: &'a Profile,
        /// What is known of it.
        key: &'a Credentials,
    },
    /// What gives the first credentials.
    First(&'a Profile),
    /// A role that the credentials so far assume, and the profile that says so.
    Assume(&'a Profile, &'a Role),
}

impl Config {
    /// The steps to the credentials of the profile `name`, the first one first. None where a client would refuse it.
    pub fn steps(&self, name: &str) -> Option<Vec<Step<'_>>> {
        let mut steps = Vec::new();
        let mut at = self.profiles.get(name)?;
        loop {
            if at.is_broken() || at.credentials == Credentials::None {
                return None;
            }
            let Credentials::AssumeRole(role) = &at.credentials else {
                steps.push(Step::First(at));
                break;
            };
            steps.push(Step::Assume(at, role));
            match &role.source {
                RoleSource::Profile(source) => at = self.profiles.get(source)?,
                RoleSource::Environment | RoleSource::Machine => break,
                RoleSource::Missing => return None,
            }
            if let Some(key) = &at.own_key {
                steps.push(Step::Key { profile: at, key });
                break;
            }
        }
        steps.reverse();
        Some(steps)
    }
}

/// The profile that `profile`'s role starts from.
fn source_of(profile: &Profile) -> Option<&str> {
    match &profile.credentials {
        Credentials::AssumeRole(Role { source: RoleSource::Profile(source), .. }) => Some(source),
        _ => None,
    }
}

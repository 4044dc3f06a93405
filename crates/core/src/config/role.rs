//! Roles that a profile assumes, and the profiles that they start from (aws-sessions.md 2.2).

use super::{Credentials, Files, Keys, Profile};
use crate::cache::CacheName;
use crate::problem::Problem;
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a profile says about the role it assumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Whose credentials assume it.
    pub source: RoleSource,
    /// Whether a person must type an MFA code for it.
    pub needs_mfa: bool,
    /// The AWS CLI's cache of it, for what this profile says.
    pub cache: CacheName,
    /// The account in its ARN.
    pub account_id: Option<String>,
    /// The name in its ARN.
    pub role_name: Option<String>,
}

/// Where a role starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleSource {
    /// A profile; itself too, where it has a key of its own.
    Profile(String),
    /// `credential_source`: the environment, a container or an instance.
    Surroundings,
    /// Neither is named, or something that is not there.
    Missing,
}

pub(super) fn read(keys: &Keys<'_>, problems: &mut Vec<Problem>, files: &Files) -> Role {
    let arn = keys.get("role_arn").unwrap_or_default();
    let (source, place) = (keys.get("source_profile"), keys.place_of("role_arn"));
    let source = match (source, keys.get("credential_source")) {
        (Some(_), Some(_)) => {
            let problem = Problem::error(
                "source-profile-broken",
                "There are both source_profile and credential_source.",
                "Keep one of them.",
            );
            problems.push(files.place(problem, keys.place_of("credential_source")));
            RoleSource::Missing
        }
        (Some(source), None) => RoleSource::Profile(source.to_owned()),
        (None, Some("Ec2InstanceMetadata" | "EcsContainer" | "Environment")) => RoleSource::Surroundings,
        (None, Some(other)) => {
            let problem = Problem::error(
                "source-profile-broken",
                format!("credential_source is '{}', which no client knows.", shown(other)),
                "Write Environment, EcsContainer or Ec2InstanceMetadata.",
            );
            problems.push(files.place(problem, keys.place_of("credential_source")));
            RoleSource::Missing
        }
        (None, None) => {
            let problem = Problem::error(
                "source-profile-broken",
                "There is a role_arn but nothing to assume it with.",
                "Add source_profile or credential_source.",
            );
            problems.push(files.place(problem, place));
            RoleSource::Missing
        }
    };
    let (account_id, role_name) = parts_of(arn);
    Role { source, needs_mfa: keys.get("mfa_serial").is_some(), cache: cache_name(keys), account_id, role_name }
}

/// `arn:aws:iam::ACCOUNT:role/path/NAME`
fn parts_of(arn: &str) -> (Option<String>, Option<String>) {
    let mut parts = arn.splitn(6, ':').skip(4);
    let account = parts.next().filter(|account| !account.is_empty());
    let role =
        parts.next().and_then(|resource| resource.strip_prefix("role/")).and_then(|path| path.rsplit('/').next());
    (account.map(ToOwned::to_owned), role.map(ToOwned::to_owned))
}

/// Keys sorted, separators `, ` and `: `, as Python writes them (aws-sessions.md 2.3).
fn cache_name(keys: &Keys<'_>) -> CacheName {
    let mut arguments = Vec::new();
    if let Some(seconds) = keys.get("duration_seconds").and_then(|text| text.parse::<u32>().ok()) {
        arguments.push(format!("\"DurationSeconds\": {seconds}"));
    }
    for (argument, key) in [
        ("ExternalId", "external_id"),
        ("RoleArn", "role_arn"),
        ("RoleSessionName", "role_session_name"),
        ("SerialNumber", "mfa_serial"),
    ] {
        if let Some(text) = keys.get(key) {
            arguments.push(format!("\"{argument}\": {}", crate::cache::python_string(text)));
        }
    }
    CacheName::of(&format!("{{{}}}", arguments.join(", ")))
}

/// Finds sources that are not there and chains that never end.
pub(super) fn check_sources(profiles: &mut BTreeMap<String, Profile>, files: &Files) {
    // Every profile is walked over once, whatever the chains: a known one ends the walk.
    let mut known: BTreeMap<&str, Chain> = BTreeMap::new();
    for profile in profiles.values() {
        let mut walked: Vec<&str> = Vec::new();
        let mut on_the_way: BTreeSet<&str> = BTreeSet::new();
        let mut at = profile;
        let end = loop {
            if let Some(chain) = known.get(at.name.as_str()) {
                break chain.behind();
            }
            if !on_the_way.insert(&at.name) {
                break Chain::Loop;
            }
            walked.push(&at.name);
            match source_of(at).map(|source| profiles.get(source)) {
                None => break Chain::Sound,
                Some(Some(next)) if next.own_key.is_some() => break Chain::Sound,
                Some(Some(next)) => at = next,
                Some(None) => {
                    walked.pop();
                    known.insert(&at.name, Chain::Missing);
                    break Chain::BehindFault;
                }
            }
        };
        known.extend(walked.into_iter().map(|name| (name, end)));
    }
    let faulty = known.into_iter().filter(|(_, chain)| matches!(chain, Chain::Missing | Chain::Loop));
    let faulty: Vec<_> = faulty.map(|(name, chain)| (name.to_owned(), chain)).collect();
    for (name, chain) in faulty {
        let Some(profile) = profiles.get_mut(&name) else { continue };
        let source = shown(source_of(profile).unwrap_or_default()).into_owned();
        let (message, hint) = match chain {
            Chain::Missing => (
                format!("source_profile names '{source}', and there is no such profile."),
                "Correct the name, or add the profile.",
            ),
            _ => (
                format!("source_profile leads from '{name}' through '{source}' in a circle."),
                "Let the last profile of the chain have credentials of its own.",
            ),
        };
        profile.problems.push(files.place(Problem::error("source-profile-broken", message, hint), profile.place));
    }
}

/// What a chain of sources comes to.
#[derive(Clone, Copy)]
enum Chain {
    /// A profile with credentials.
    Sound,
    /// The profile names a source that is not there.
    Missing,
    /// The profile is in a circle, or leads into one.
    Loop,
    /// A profile behind this one is at fault; this one stands as that one does.
    BehindFault,
}

impl Chain {
    /// For a profile whose source's chain is this.
    fn behind(self) -> Self {
        match self {
            Self::Missing => Self::BehindFault,
            Self::Sound | Self::Loop | Self::BehindFault => self,
        }
    }
}

/// The profile that `profile`'s role starts from.
fn source_of(profile: &Profile) -> Option<&str> {
    match &profile.credentials {
        Credentials::AssumeRole(Role { source: RoleSource::Profile(source), .. }) => Some(source),
        _ => None,
    }
}

//! Roles that a profile assumes, and the profiles that they start from (aws-sessions.md 2.2).

use super::{Credentials, Files, Keys, Profile};
use crate::cache::CacheName;
use crate::problem::Problem;
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
    /// Another profile.
    Profile(String),
    /// This profile's own key, which names itself as its source.
    OwnKey(alloc::boxed::Box<Credentials>),
    /// `credential_source`: the environment, a container or an instance.
    Surroundings,
    /// Neither is named, or something that is not there.
    Missing,
}

pub(super) fn read(name: &str, keys: &Keys, problems: &mut Vec<Problem>, files: &Files) -> Role {
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
        (Some(source), None) if source == name => own_key(name, keys, problems, files),
        (Some(source), None) => RoleSource::Profile(source.to_owned()),
        (None, Some("Ec2InstanceMetadata" | "EcsContainer" | "Environment")) => RoleSource::Surroundings,
        (None, Some(other)) => {
            let problem = Problem::error(
                "source-profile-broken",
                format!("credential_source is '{other}', which no client knows."),
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

/// `source_profile = itself` is allowed only with a key of its own.
fn own_key(name: &str, keys: &Keys, problems: &mut Vec<Problem>, files: &Files) -> RoleSource {
    if keys.get("aws_access_key_id").is_none() {
        let problem = Problem::error(
            "source-profile-broken",
            format!("source_profile names the profile itself ({name}), which has no key of its own."),
            "Name another profile.",
        );
        problems.push(files.place(problem, keys.place_of("source_profile")));
        return RoleSource::Missing;
    }
    RoleSource::OwnKey(alloc::boxed::Box::new(super::profile::key(keys, problems, files)))
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
fn cache_name(keys: &Keys) -> CacheName {
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
    let mut found = Vec::new();
    // A profile whose chain was followed to an end once need not be followed again: chains of any length stay linear.
    let mut sound: BTreeSet<&str> = BTreeSet::new();
    for profile in profiles.values() {
        let mut chain: Vec<&Profile> = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut at = profile;
        let fault = loop {
            if sound.contains(at.name.as_str()) {
                break None;
            }
            if !seen.insert(&at.name) {
                break Some(Fault::Loop);
            }
            chain.push(at);
            let Some(source) = source_of(at) else { break None };
            match profiles.get(source) {
                Some(next) if next.has_key() => break None,
                Some(next) => at = next,
                None => break Some(Fault::Missing),
            }
        };
        match fault {
            None => sound.extend(chain.iter().map(|profile| profile.name.as_str())),
            // The profile that names what is not there is at fault; those behind it follow its state.
            Some(Fault::Missing) if chain.len() > 1 => {}
            Some(fault) => found.push((profile.name.clone(), fault)),
        }
    }
    for (name, fault) in found {
        let Some(profile) = profiles.get_mut(&name) else { continue };
        let source = source_of(profile).unwrap_or_default().to_owned();
        let (message, hint) = match fault {
            Fault::Missing => (
                format!("source_profile names '{source}', and there is no such profile."),
                "Correct the name, or add the profile.",
            ),
            Fault::Loop => (
                format!("source_profile leads from '{name}' through '{source}' in a circle."),
                "Let the last profile of the chain have credentials of its own.",
            ),
        };
        profile.problems.push(files.place(Problem::error("source-profile-broken", message, hint), profile.place));
    }
}

enum Fault {
    Missing,
    Loop,
}

/// The profile that `profile`'s role starts from.
fn source_of(profile: &Profile) -> Option<&str> {
    match &profile.credentials {
        Credentials::AssumeRole(Role { source: RoleSource::Profile(source), .. }) => Some(source),
        _ => None,
    }
}

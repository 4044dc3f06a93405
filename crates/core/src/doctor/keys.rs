//! Long-term keys: how long this machine has held each unchanged, by its own history. No call is made for it.

use super::Finding;
use super::look::Look;
use crate::cache::CacheName;
use crate::config::{Config, Credentials, FileKind, Files, Profile};
use crate::fix::Fix;
use crate::ini::Document;
use crate::problem::Problem;
use crate::secret::masked_key_id;
use crate::text::{command, listed, shown, span};
use crate::time::{SignedDuration, until};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

/// AWS advises to replace long-term keys that are older (IAM best practices, and Security Hub's control IAM.3).
const OLD: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The long-term keys in the files, by a hash of their id, and the profiles that have them.
pub fn long_term_keys(config: &Config) -> BTreeMap<CacheName, Vec<&Profile>> {
    let mut keys: BTreeMap<CacheName, Vec<&Profile>> = BTreeMap::new();
    for profile in config.profiles.values() {
        if let Some(id) = long_term(profile) {
            keys.entry(CacheName::sha256(id)).or_default().push(profile);
        }
    }
    keys
}

/// Which file each access key stands in, by a hash of its id; of both, the credentials file.
pub fn files_of_keys(files: &Files) -> BTreeMap<CacheName, FileKind> {
    let of = |document: &'_ Document, kind: FileKind| {
        let all = document.sections.iter().flat_map(|section| &section.properties);
        let keys = all.filter(|property| property.key == "aws_access_key_id");
        keys.map(|property| (CacheName::sha256(&property.value), kind)).collect::<Vec<_>>()
    };
    let config = of(&files.config, FileKind::Config);
    config.into_iter().chain(of(&files.credentials, FileKind::Credentials)).collect()
}

fn long_term(profile: &Profile) -> Option<&str> {
    match profile.own_key.as_ref().unwrap_or(&profile.credentials) {
        Credentials::Static { access_key_id } => Some(access_key_id.as_str()).filter(|id| !id.is_empty()),
        _ => None,
    }
}

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let keys = long_term_keys(&look.world.config).into_iter();
    keys.filter_map(|(key, profiles)| {
        let held = until(*look.around.held_since.get(&key)?, look.now);
        if held < OLD {
            return None;
        }
        let first = profiles.first()?;
        let names: Vec<_> = profiles.iter().map(|profile| format!("'{}'", shown(&profile.name))).collect();
        let names: Vec<_> = names.iter().map(alloc::string::String::as_str).collect();
        let message = format!(
            "The long-term key {} of {} has been on this machine unchanged for {}.",
            masked_key_id(long_term(first)?),
            listed(&names),
            span(held)
        );
        let hint = "Make a new key, put it in the old one's place, and delete the old one; or sign in instead of keeping keys.";
        let problem = Problem::warning("key-old", message, hint);
        let list = Fix::new("See the user's keys").with_command(command("aws iam list-access-keys --profile", &first.name));
        Some(Finding::new(problem).of_profile(&first.name).mended(list))
    })
    .collect()
}

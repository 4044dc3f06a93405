//! Everything that is wrong on this machine, or will be: what the files and sessions say, and what other tools, variables
//! and permissions make of it. Each check is a file of its own.

mod access;
pub(crate) mod accounts;
pub(crate) mod bedrock;
mod docker;
mod endpoints;
mod ends;
pub(crate) mod environment;
mod finding;
mod keys;
mod known;
pub(crate) mod kubernetes;
pub(crate) mod look;
pub(crate) mod mend;
mod misspelt;
mod network;
mod online;
mod region;
pub(crate) mod sdk;
pub(crate) mod shell;
mod spelling;
#[cfg(test)]
mod tests;
mod tokens;
mod typos;
mod values;
mod variables;
mod wsl;

pub use access::{Mode, Protected};
pub use finding::{About, Finding};
pub use keys::{files_of_keys, long_term_keys};
pub use online::{Asked, Identity, Unknown, online_findings, skew, whom_to_ask};
pub use variables::Variables;

use crate::cache::CacheName;
use crate::config::SessionId;
use crate::page::{Shell, WslHome};
use crate::time::Timestamp;
use crate::tools::{FileOf, KubeconfigText, LookedUp, OldSdk, RegistryLogin};
use crate::view::View;
use crate::world::World;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use look::Look;

/// What the doctor looks at besides what the other rules do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The profile to judge by; none for the one that the environment selects.
    pub profile: Option<String>,
    /// What else the environment says.
    pub variables: Variables,
    /// The person's shell, for what they copy.
    pub shell: Shell,
    /// The SDKs of the older generation that the project in the current folder uses.
    pub old_sdks: Vec<FileOf<OldSdk>>,
    /// What the CDK looked up for the project in the current folder.
    pub lookups: Option<FileOf<Vec<LookedUp>>>,
    /// The files that kubectl merges, in its order.
    pub kubeconfigs: Vec<FileOf<KubeconfigText>>,
    /// Logins to container registries.
    pub registries: Vec<FileOf<Vec<RegistryLogin>>>,
    /// Permissions of what should be its owner's alone; empty where the system has none such.
    pub modes: Vec<Mode>,
    /// Programs of a `credential_process`, by their whole path, that are not there.
    pub missing_programs: BTreeSet<String>,
    /// Sessions without a token whose start URL has one under its own name, where profiles look that spell `sso_start_url`
    /// themselves; and that token's end.
    pub tokens_of_urls: BTreeMap<SessionId, Timestamp>,
    /// On Windows: distributions of WSL that run, and each home folder in them that has AWS files.
    pub wsl_homes: Vec<WslHome>,
    /// Since when this machine has held a long-term key, by the name that [`long_term_keys`] gives it.
    pub held_since: BTreeMap<CacheName, Timestamp>,
}

/// What is wrong, the worst first. `view` is of `world`, at its own moment.
pub fn findings(around: &Surroundings, world: &World, view: &View) -> Vec<Finding> {
    let look = Look { around, world, view, now: view.now };
    let checks = [
        known::check,
        ends::check,
        tokens::check,
        environment::check,
        misspelt::check,
        endpoints::check,
        keys::check,
        region::check,
        typos::check,
        spelling::check,
        values::check,
        accounts::check,
        bedrock::check,
        sdk::check,
        kubernetes::check,
        docker::check,
        access::check,
        network::check,
        wsl::check,
    ];
    let mut found: Vec<Finding> = checks.iter().flat_map(|check| check(&look)).collect();
    found.extend(ends::not_signed_in(&look, &found));
    if around.profile.is_some() {
        found.retain(|finding| look.concerns_selected(finding));
    }
    found.sort_by(|one, other| one.place_in_list().cmp(&other.place_in_list()));
    found
}

//! What files of other tools say about AWS: kubeconfig, Docker's logins, the CDK's lookups, and the SDKs that a project
//! uses. Readers only, of bytes or of plain values: nothing is ever written to these files.

mod cdk;
mod docker;
mod kubeconfig;
mod kubeconfig_text;
mod project;
mod yaml;

pub use cdk::{LookedUp, lookups};
pub use docker::{RegistryLogin, registry_logins};
pub use kubeconfig::{Cluster, Context, Exec, GetsToken, Kubeconfig, KubeconfigText, Tool, User, cluster_arn};
pub use kubeconfig_text::read_kubeconfig;
pub use project::{OldSdk, old_go_sdk, old_javascript_sdk};

use alloc::string::String;

/// What a file of another tool says, and which file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOf<T> {
    /// As a person would write it.
    pub path: String,
    /// What it says.
    pub content: T,
}

/// The line, from 1, on which `what` stands first.
fn line_of(text: &str, what: &str) -> Option<u32> {
    let at = text.lines().position(|line| line.contains(what))?;
    u32::try_from(at + 1).ok()
}

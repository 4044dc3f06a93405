//! The clients: which home folder each has, and how a person calls several.

use super::{Platform, Surroundings};
use crate::config::Sdk;
use crate::text::listed;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

/// The reference first.
const ORDER: [Sdk; 5] = [Sdk::Rust, Sdk::Java, Sdk::Js, Sdk::Botocore, Sdk::Go];

/// Some of the clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clients([bool; ORDER.len()]);

impl Clients {
    /// All of them.
    pub const ALL: Self = Self([true; ORDER.len()]);

    /// One.
    pub fn of(client: Sdk) -> Self {
        Self(ORDER.map(|other| other == client))
    }

    /// One more.
    pub fn add(&mut self, client: Sdk) {
        self.0 = core::array::from_fn(|at| ORDER.get(at) == Some(&client) || self.0.get(at) == Some(&true));
    }

    /// Whether `client` is among them.
    pub fn has(self, client: Sdk) -> bool {
        self.each().any(|other| other == client)
    }

    /// One after the other, the reference first.
    pub fn each(self) -> impl Iterator<Item = Sdk> {
        ORDER.into_iter().zip(self.0).filter_map(|(client, is_one)| is_one.then_some(client))
    }

    /// Their names, one by one.
    pub fn names(self) -> Vec<&'static str> {
        let names: fn(Sdk) -> &'static [&'static str] = |client| match client {
            Sdk::Botocore => &["AWS CLI", "boto3"],
            Sdk::Go => &["SDK for Go"],
            Sdk::Java => &["SDK for Java"],
            Sdk::Js => &["SDK for JavaScript"],
            Sdk::Rust => &["SDK for Rust"],
        };
        self.each().flat_map(names).copied().collect()
    }

    /// `boto3, the AWS CLI and the SDKs for Go and Rust`
    pub fn words(self) -> String {
        let sdks = [Sdk::Go, Sdk::Java, Sdk::Js, Sdk::Rust].into_iter().filter(|sdk| self.has(*sdk));
        let named = |sdk| match sdk {
            Sdk::Botocore => "boto3",
            Sdk::Go => "Go",
            Sdk::Java => "Java",
            Sdk::Js => "JavaScript",
            Sdk::Rust => "Rust",
        };
        let sdks: Vec<_> = sdks.map(named).collect();
        let sdks = match sdks.as_slice() {
            [] => None,
            [one] => Some(format!("the SDK for {one}")),
            several => Some(format!("the SDKs for {}", listed(several))),
        };
        let botocore: &[&str] = if self.has(Sdk::Botocore) { &["boto3", "the AWS CLI"] } else { &[] };
        let all: Vec<_> = botocore.iter().copied().chain(sdks.as_deref()).collect();
        listed(&all)
    }
}

impl Serialize for Clients {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.names().serialize(serializer)
    }
}

/// aws-sessions.md 1.1, the table.
pub(super) fn home(around: &Surroundings<'_>, client: Sdk) -> Option<String> {
    let variable = around.variable;
    let system = || around.system_home.map(ToOwned::to_owned);
    let user_profile = || variable("USERPROFILE");
    // Each has its own idea of a drive that is not told.
    let drive_and_path = |drive: Option<&str>| {
        let drive = variable("HOMEDRIVE").or_else(|| drive.map(ToOwned::to_owned));
        Some(drive? + &variable("HOMEPATH")?)
    };
    let home = || variable("HOME");
    match (around.platform, client) {
        (_, Sdk::Js) => home().or_else(user_profile).or_else(|| drive_and_path(Some("C:"))).or_else(system),
        (Platform::Unix, Sdk::Rust) => home(),
        (Platform::Unix, Sdk::Botocore | Sdk::Go | Sdk::Java) => home().or_else(system),
        (Platform::Windows, Sdk::Rust) => home().or_else(user_profile).or_else(|| drive_and_path(None)),
        (Platform::Windows, Sdk::Java) => home().or_else(user_profile).or_else(|| drive_and_path(None)).or_else(system),
        (Platform::Windows, Sdk::Botocore) => user_profile().or_else(|| drive_and_path(Some(""))),
        (Platform::Windows, Sdk::Go) => user_profile(),
    }
}

//! What the config and credentials files mean: profiles, the sessions they sign in to, and what is wrong with them.

mod account;
mod chain;
mod endpoint;
mod environment;
mod joined;
mod key;
mod location;
mod merge;
mod narrow;
pub(crate) mod portal;
mod profile;
mod provider;
mod refusal;
mod remote;
mod role;
mod session;
mod sso;
pub mod wsl;

pub use chain::Step;
pub use endpoint::{Endpoints, Overrides};
pub(crate) use endpoint::{endpoint_line, is_true};
pub use environment::{ENVIRONMENT_KEY, Environment};
pub use joined::Homes;
pub use location::{Clients, Home, Located, Platform, Surroundings, expand};
pub use merge::{Keys, Merged, Value};
pub use profile::{Credentials, Profile};
pub use provider::{Provider, Sdk};
pub use refusal::Verdicts;
pub use remote::Remote;
pub use role::{AssumeRole, Identity, Role, RoleSource};
pub use session::{Session, SessionId, SessionKind};

use crate::ini::Document;
use crate::problem::Problem;
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `~/.aws/config`
    Config,
    /// `~/.aws/credentials`
    Credentials,
}

/// A line of one of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which file.
    pub file: FileKind,
    /// Its line, from 1.
    pub line: u32,
}

/// The two files as read, and how a person would write their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The config file; empty when there is none.
    pub config: Document,
    /// The credentials file; empty when there is none.
    pub credentials: Document,
    /// Such as `~/.aws/config`.
    pub config_path: String,
    /// Such as `~/.aws/credentials`.
    pub credentials_path: String,
}

impl Files {
    /// The path to show for `file`.
    pub fn path(&self, file: FileKind) -> &str {
        match file {
            FileKind::Config => &self.config_path,
            FileKind::Credentials => &self.credentials_path,
        }
    }

    fn document(&self, file: FileKind) -> &Document {
        match file {
            FileKind::Config => &self.config,
            FileKind::Credentials => &self.credentials,
        }
    }

    /// `problem`, found at `place`.
    pub(crate) fn place(&self, problem: Problem, place: Place) -> Problem {
        problem.at(self.path(place.file).to_owned(), Some(place.line))
    }
}

/// The meaning of both files together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// By name; what the environment gives is among them, by names in parentheses, which no file can have.
    pub profiles: BTreeMap<String, Profile>,
    /// By id: every `[sso-session]`, one for each start URL that profiles spell themselves, one for each
    /// `login_session`.
    pub sessions: BTreeMap<SessionId, Session>,
    /// What is wrong with the files as such, and with the environment; what is wrong with one profile or session stands there.
    pub problems: Vec<Problem>,
    /// Which home's files say what.
    pub homes: Homes,
}

impl Config {
    /// What to call a session: by a name that no other one has, as in the view.
    pub fn name_of(&self, session: &SessionId) -> String {
        let is_alike = |other: &&SessionId| other.name() == session.name();
        let is_only = self.sessions.keys().filter(is_alike).count() <= 1;
        shown(if is_only { session.name() } else { session.long_name() }).into_owned()
    }

    /// Gives meaning to what was read.
    pub fn new(files: &Files, environment: &Environment) -> Self {
        Self::of_homes(files, core::iter::empty(), environment)
    }

    /// Gives meaning to what was read in Relight's own home, and in others.
    pub fn of_homes<'a>(own: &Files, others: impl Iterator<Item = &'a Files>, environment: &Environment) -> Self {
        let mut config = Self::of_files(own, environment);
        for files in others {
            config.join(Self::of_files(files, environment), files);
        }
        config.problems.extend(environment.problems(&config.profiles, own));
        let surroundings = environment.profiles().into_iter();
        config.profiles.extend(surroundings.map(|profile| (profile.name.clone(), profile)));
        config
    }

    fn of_files(files: &Files, environment: &Environment) -> Self {
        let merged = Merged::new(files);
        let mut sessions = session::declared(&merged, files);
        let mut profiles = BTreeMap::new();
        for (name, keys) in &merged.profiles {
            let mut profile = profile::read(name, keys, &mut sessions, files);
            profile.endpoints = endpoint::of_profile(keys, &merged, &environment.overrides);
            profiles.insert((*name).to_owned(), profile);
        }
        chain::check(&mut profiles, files);
        endpoint::assign(&mut sessions, &profiles, &environment.overrides);
        let mut problems = refusal::problems(files);
        problems.extend(merged.problems);
        Self { profiles, sessions, problems, homes: Homes::default() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Both files from their texts, at their usual paths.
    pub(crate) fn files(config: &str, credentials: &str) -> Files {
        Files {
            config: Document::parse(config.as_bytes()),
            credentials: Document::parse(credentials.as_bytes()),
            config_path: "~/.aws/config".into(),
            credentials_path: "~/.aws/credentials".into(),
        }
    }

    /// Their meaning, in an empty environment.
    pub(crate) fn config(config: &str, credentials: &str) -> Config {
        Config::new(&files(config, credentials), &Environment::default())
    }
}

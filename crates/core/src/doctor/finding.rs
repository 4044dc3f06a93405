//! One thing that is wrong, with its proof and what mends it.

use crate::config::SessionId;
use crate::fix::Fix;
use crate::problem::{Problem, Severity};
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;
use serde::Serialize;

/// Something that is wrong, or will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Finding {
    /// What, and where.
    #[serde(flatten)]
    pub problem: Problem,
    /// Whose problem it is; none for the machine's or a file's.
    pub about: Option<About>,
    /// What proves it: the line as it stands, secrets masked.
    pub proof: Option<String>,
    /// What mends it, in the order to try.
    pub fixes: Vec<Fix>,
}

/// Whose problem something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A profile's.
    Profile(String),
    /// A session's.
    Session(SessionId),
    /// A kubectl context's.
    Context {
        /// Its name.
        name: String,
        /// The profile that its user takes.
        profile: Option<String>,
    },
}

impl Finding {
    /// Of the machine or of a file, without a fix.
    pub fn new(problem: Problem) -> Self {
        Self { problem, about: None, proof: None, fixes: Vec::new() }
    }

    /// Whose it is.
    #[must_use]
    pub fn about(mut self, about: About) -> Self {
        self.about = Some(about);
        self
    }

    /// A profile's.
    #[must_use]
    pub fn of_profile(self, name: impl Into<String>) -> Self {
        self.about(About::Profile(name.into()))
    }

    /// And what proves it.
    #[must_use]
    pub fn proven(mut self, proof: impl Into<Option<String>>) -> Self {
        self.proof = proof.into();
        self
    }

    /// And one more way to mend it.
    #[must_use]
    pub fn mended(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fixes.extend(fix.into());
        self
    }

    /// Whether it counts as wrong; else it is worth knowing.
    pub fn is_wrong(&self) -> bool {
        self.problem.severity > Severity::Info
    }

    /// The worst first, then as they stand in the files.
    pub(super) fn place_in_list(&self) -> (Reverse<Severity>, Option<&str>, Option<u32>) {
        (Reverse(self.problem.severity), self.problem.file.as_deref(), self.problem.line)
    }
}

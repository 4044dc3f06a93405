//! What `relight explain` answers: one value for the terminal, `--json` and the window. It has no secret in it.

use super::cause::Cause;
use crate::config::SessionId;
use crate::fix::Fix;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

/// The answer. Fields keep their meaning within version 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Answer {
    /// Of this format.
    pub version: u8,
    /// The words in the text that tell the cause.
    pub matched: Option<String>,
    /// Which program or SDK says so, such as `boto3`; none where any may.
    pub client: Option<&'static str>,
    /// The cause, after this machine's files were asked.
    pub cause: Cause,
    /// It in a few words.
    pub title: &'static str,
    /// The profile that it is about: named in the text, or the one that this machine's state leads to.
    // What is no profile of the files has a name in parentheses, and none in JSON: programs would use it.
    #[serde(serialize_with = "of_files")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub profile: Option<String>,
    /// The session that it is about.
    pub session: Option<SessionId>,
    /// The account that the text names, else the profile's.
    pub account: Option<String>,
    /// The region that the text names, else the profile's.
    pub region: Option<String>,
    /// The role that the text names, else the profile's.
    pub role: Option<String>,
    /// What it means, in sentences.
    pub explanation: String,
    /// What this machine's files say to it.
    pub evidence: Vec<Evidence>,
    /// What to do, in this order.
    pub fixes: Vec<Fix>,
    /// Whether signing in is a cure.
    pub login_helps: bool,
    /// Whether credentials have to do with it at all.
    pub credential_problem: bool,
    /// Other causes that the text has.
    pub also: Vec<Also>,
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn of_files<S: Serializer>(name: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    name.as_ref().filter(|name| !name.starts_with('(')).serialize(serializer)
}

/// Something that the files say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Evidence {
    /// A sentence without its full stop. Values that may be secret are masked.
    pub what: String,
    /// The file, as the person would write it.
    pub file: Option<String>,
    /// Its line there, from 1.
    pub line: Option<u32>,
}

/// Another cause in the same text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Also {
    /// Which.
    pub cause: Cause,
    /// The words that tell it.
    pub matched: String,
}

impl Evidence {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), file: None, line: None }
    }

    pub(super) fn at(mut self, file: impl Into<String>, line: Option<u32>) -> Self {
        self.file = Some(file.into());
        self.line = line;
        self
    }
}

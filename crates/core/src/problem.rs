//! What is wrong, where, and what to do about it.

use alloc::format;
use alloc::string::String;
use serde::Serialize;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Some client stumbles over it, or it soon will.
    Warning,
    /// What it is about does not work.
    Error,
}

/// One thing that is wrong, in words for a person and a code for a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Problem {
    /// Stable name, such as `duplicate-section`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: one sentence or two.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The file it was found in, as the person would write it (`~/.aws/config`).
    pub file: Option<String>,
    /// Its line there, from 1.
    pub line: Option<u32>,
}

impl Problem {
    /// Something that does not work.
    pub fn error(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into(), hint.into())
    }

    /// Something that some client stumbles over.
    pub fn warning(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into(), hint.into())
    }

    /// Something worth knowing.
    pub fn info(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(code, Severity::Info, message.into(), hint.into())
    }

    /// Says where it was found.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>, line: Option<u32>) -> Self {
        self.file = Some(file.into());
        self.line = line;
        self
    }

    /// In a line, with its place and what to do.
    pub fn sentence(&self) -> String {
        let place = match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{file}:{line}: "),
            // The message names its file.
            (Some(_), None) | (None, _) => String::new(),
        };
        format!("{place}{} {}", self.message, self.hint)
    }

    fn new(code: &'static str, severity: Severity, message: String, hint: String) -> Self {
        Self { code, severity, message, hint, file: None, line: None }
    }
}

/// At most this many problems of one code are listed: a file with 10,000 duplicates is one thing to mend.
const MOST_OF_A_CODE: usize = 20;

/// Adds `problem` unless its code fills the list already.
pub fn add(problems: &mut alloc::vec::Vec<Problem>, problem: Problem) {
    if problems.iter().rev().filter(|other| other.code == problem.code).take(MOST_OF_A_CODE).count() < MOST_OF_A_CODE {
        problems.push(problem);
    }
}

//! What single clients really make of the config and credentials file, quirks and all.
//!
//! [`crate::ini`] and [`crate::config`] read by the reference grammar. The readers here answer another question: which
//! profiles a program sees that is built on botocore or on the SDK for JavaScript. Each follows its client step by
//! step, also where that client is odd, and is compared with it by the tests: over named files and random ones.

pub mod botocore;
mod difference;
pub mod js;
pub mod rust;

pub use difference::{Difference, SectionKind, differences};

use crate::config::FileKind;
use alloc::collections::BTreeMap;
use alloc::string::String;

/// Keys and values of one section.
pub type Keys = BTreeMap<String, Value>;

/// Sections by name.
pub type Sections = BTreeMap<String, Keys>;

/// Both files, as one client sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What the client finds when it is asked for a profile by name. The SDK for JavaScript also finds
    /// `sso-session.NAME`, `services.NAME` and, from the credentials file, `profile.NAME` here.
    pub profiles: Sections,
    /// Its sign-in sessions.
    pub sso_sessions: Sections,
    /// Its sections of endpoints.
    pub services: Sections,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One value; botocore joins the lines that continue it with line feeds.
    Text(String),
    /// `s3 =` and indented lines below, for botocore. The SDK for JavaScript has no such thing: it makes keys such as
    /// `s3.addressing_style`, which it cannot tell from keys spelt so in the file, and neither does this.
    Block(BTreeMap<String, String>),
}

/// A client refuses a file, and with it every profile in both files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which file.
    pub file: FileKind,
    /// The line, from 1, that the client's error names. It names none for [`Why::NotUtf8`], where this is the line of
    /// the first bad byte, and for [`Why::NestedNoEquals`], where it is the first such line of the file. Lines end as
    /// the client sees it: for botocore a lone carriage return ends one, too.
    pub line: u32,
    /// What it cannot read.
    pub why: Why,
}

/// What makes a client refuse a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// Something before the first header; a byte order mark is something.
    NoHeader,
    /// A header that stood before.
    DuplicateSection,
    /// A key that stood before in its section.
    DuplicateKey,
    /// A line with neither `=` nor `:`.
    NoEquals,
    /// A line with nothing before its `=` or `:`.
    NoKey,
    /// A line of a nested block without `=`.
    NestedNoEquals,
}

impl Why {
    /// What is wrong, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotUtf8 => "the file is not valid UTF-8",
            Self::NoHeader => "something stands before the first section header",
            Self::DuplicateSection => "a section stands twice",
            Self::DuplicateKey => "a key stands twice in its section",
            Self::NoEquals => "a line has no '='",
            Self::NoKey => "a line has nothing before its '='",
            Self::NestedNoEquals => "a nested line has no '='",
        }
    }
}

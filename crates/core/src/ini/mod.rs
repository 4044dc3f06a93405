//! The literal parse of a config or credentials file: sections, keys, values and their lines, without meaning.
//!
//! The grammar is the SDKs' reference grammar (aws-sessions.md 1.2). Bad input never loses the rest: every breach is
//! a [`Fault`], and what can be salvaged is in [`Document::sections`].

mod edit;
pub mod encoding;
mod fault;
mod parse;

pub use edit::{Edit, EditError, Edited, Span, ValueTrouble, edit, edit_all};
pub use encoding::Encoding;
pub use fault::{Client, Fault, Refusal, Trouble, looks_like_a_key};

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A file as it stands.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its sections in the order of the file; a name that stands twice is here twice.
    pub sections: Vec<Section>,
    /// What some client stumbles over, in the order of the file.
    pub faults: Vec<Fault>,
    bytes: Vec<u8>,
}

/// `[name]` and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The text between the brackets, trimmed: `profile dev`.
    pub name: String,
    /// The line of the header, from 1.
    pub line: u32,
    /// Whether the header is written in a way that not every client reads: spaces too many, a tab, something behind it.
    pub is_odd: bool,
    /// Its properties in the order of the file.
    pub properties: Vec<Property>,
}

/// `key = value`, with the lines that continue it.
#[derive(Clone, PartialEq, Eq)]
pub struct Property {
    /// In lower case (ASCII), as the reference grammar has it.
    pub key: String,
    /// Trimmed; continuation lines joined with a line feed.
    pub value: String,
    /// Its line, from 1.
    pub line: u32,
    /// The last line that continues it, else its own.
    pub last_line: u32,
}

impl Document {
    /// Reads a whole file. Never fails: see [`Document::faults`].
    pub fn parse(bytes: &[u8]) -> Self {
        parse::parse(bytes)
    }

    /// The file itself.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The sections whose header says `name`, however many blanks stand in it: they are read as one.
    pub fn sections_named(&self, name: &str) -> impl DoubleEndedIterator<Item = &Section> {
        self.sections.iter().filter(move |section| is_same_section(&section.name, name))
    }

    /// The property that counts for `key` (lower case) in the sections of this name: the last one.
    pub fn property(&self, section: &str, key: &str) -> Option<&Property> {
        self.sections_named(section).flat_map(|section| &section.properties).rfind(|property| property.key == key)
    }

    /// Whether the SDK for Rust takes this file for an empty one, because it is not UTF-8.
    pub fn is_empty_to_rust(&self) -> bool {
        self.faults.iter().any(|fault| matches!(fault.trouble, Trouble::NotUtf8 | Trouble::Utf16))
    }

    /// Why `client` refuses this whole file, if it does.
    pub fn refused_by(&self, client: Client) -> Option<Refusal> {
        // It looks no further then.
        let is_empty = client == Client::Rust && self.is_empty_to_rust();
        self.faults.iter().filter(|_| !is_empty).find_map(|fault| fault.refusal(client))
    }
}

/// The identifiers that every client reads alike.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-/.%@:+".contains(&byte))
}

/// Whether the reference grammar reads two headers as one section: it splits at the first blank, and trims.
fn is_same_section(one: &str, other: &str) -> bool {
    parts(one) == parts(other)
}

fn parts(header: &str) -> (&str, &str) {
    let header = header.trim_matches(parse::BLANK);
    let (prefix, name) = header.split_once(parse::BLANK).unwrap_or((header, ""));
    (prefix, name.trim_matches(parse::BLANK))
}

/// Values may be secrets.
impl fmt::Debug for Property {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Property").field("key", &self.key).field("line", &self.line).finish_non_exhaustive()
    }
}

/// The bytes have secrets in them.
impl fmt::Debug for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sections, faults, bytes: _ } = self;
        formatter.debug_struct("Document").field("sections", sections).field("faults", faults).finish_non_exhaustive()
    }
}

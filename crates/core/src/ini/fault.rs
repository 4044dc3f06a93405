//! Where a file breaks the grammar, and which clients refuse it for that (aws-sessions.md 1.3).

use crate::text::shown;
use alloc::format;
use alloc::string::String;

/// A breach of the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which one.
    pub trouble: Trouble,
    /// Its line, from 1.
    pub line: u32,
}

/// The breaches there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// The file is not UTF-8.
    NotUtf8,
    /// A header without its `]`.
    OpenHeader,
    /// A header that does not begin at the line's start.
    IndentedHeader,
    /// A property before the first header.
    OutsideSection,
    /// An indented line with nothing to continue.
    NothingToContinue,
    /// A property without `=`; `colon` where it has a `:`, which Python takes instead.
    NoEquals {
        /// Whether the line has a `:`.
        colon: bool,
    },
    /// `= value`.
    NoKey,
    /// A line inside a nested block without `=`.
    NestedNoEquals,
    /// `= value` inside a nested block.
    NestedNoKey,
    /// A header that stood before.
    DuplicateSection {
        /// The header's text.
        name: String,
        /// The line of the first one.
        first: u32,
    },
    /// A key that stood before in its section.
    DuplicateKey {
        /// The key.
        key: String,
        /// The line of the first one.
        first: u32,
    },
}

/// Families of clients that read the files alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    /// boto3, the AWS CLI and all else built on botocore.
    Botocore,
    /// The AWS SDK for JavaScript v3.
    Js,
    /// The AWS SDK for Rust, which is the reference grammar.
    Rust,
}

/// A whole file refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why, in words.
    pub message: String,
    /// The line that is the reason.
    pub line: u32,
}

impl Fault {
    /// The refusal this causes in `client`, if it causes one.
    pub fn refusal(&self, client: Client) -> Option<Refusal> {
        let refuses = match client {
            Client::Botocore => self.trouble.stops_botocore(),
            Client::Js => false,
            Client::Rust => self.trouble.stops_rust(),
        };
        refuses.then(|| Refusal { message: self.trouble.words(), line: self.line })
    }
}

impl Trouble {
    /// Python's strict `RawConfigParser`.
    fn stops_botocore(&self) -> bool {
        match self {
            Self::ByteOrderMark
            | Self::NotUtf8
            | Self::OutsideSection
            | Self::NoEquals { colon: false }
            | Self::NoKey
            | Self::OpenHeader
            | Self::DuplicateSection { .. }
            | Self::DuplicateKey { .. } => true,
            Self::IndentedHeader
            | Self::NothingToContinue
            | Self::NoEquals { colon: true }
            | Self::NestedNoEquals
            | Self::NestedNoKey => false,
        }
    }

    fn stops_rust(&self) -> bool {
        match self {
            Self::DuplicateSection { .. } | Self::DuplicateKey { .. } => false,
            Self::ByteOrderMark
            | Self::NotUtf8
            | Self::OpenHeader
            | Self::IndentedHeader
            | Self::OutsideSection
            | Self::NothingToContinue
            | Self::NoEquals { .. }
            | Self::NoKey
            | Self::NestedNoEquals
            | Self::NestedNoKey => true,
        }
    }

    /// Stable name of the problem this makes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ByteOrderMark => "byte-order-mark",
            Self::NotUtf8 => "not-utf8",
            Self::OpenHeader | Self::IndentedHeader => "bad-section-header",
            Self::OutsideSection => "property-outside-section",
            Self::NothingToContinue => "stray-indented-line",
            Self::NoEquals { .. } | Self::NoKey | Self::NestedNoEquals | Self::NestedNoKey => "bad-property",
            Self::DuplicateSection { .. } => "duplicate-section",
            Self::DuplicateKey { .. } => "duplicate-key",
        }
    }

    /// What is wrong, in words.
    pub fn words(&self) -> String {
        match self {
            Self::ByteOrderMark => String::from("the file begins with a byte order mark (BOM)"),
            Self::NotUtf8 => String::from("the file is not valid UTF-8"),
            Self::OpenHeader => String::from("a section header lacks its closing ']'"),
            Self::IndentedHeader => String::from("a section header is indented"),
            Self::OutsideSection => String::from("a property stands before the first section header"),
            Self::NothingToContinue => String::from("an indented line has no property above it to continue"),
            Self::NoEquals { .. } => String::from("a line has no '='"),
            Self::NoKey => String::from("a line has nothing before its '='"),
            Self::NestedNoEquals => String::from("a nested line has no '='"),
            Self::NestedNoKey => String::from("a nested line has nothing before its '='"),
            Self::DuplicateSection { name, .. } => format!("[{}] stands twice", shown(name)),
            Self::DuplicateKey { key, .. } => format!("'{}' stands twice in its section", shown(key)),
        }
    }

    /// What to do about it, given the line it was found on.
    pub fn hint(&self, line: u32) -> String {
        match self {
            Self::ByteOrderMark => String::from("Save the file as UTF-8 without a byte order mark."),
            Self::NotUtf8 => format!("Save the file as UTF-8; line {line} has bytes that are not."),
            Self::OpenHeader => format!("Add ']' at the end of line {line}."),
            Self::IndentedHeader => format!("Remove the spaces at the start of line {line}."),
            Self::OutsideSection => format!("Move line {line} below the [section] it belongs to."),
            Self::NothingToContinue => format!("Remove the spaces at the start of line {line}, or the line."),
            Self::NoEquals { colon: true } => format!("Write '=' instead of ':' on line {line}."),
            Self::NoEquals { colon: false } | Self::NestedNoEquals => {
                format!("Write line {line} as 'key = value', or begin it with '#' to make it a comment.")
            }
            Self::NoKey | Self::NestedNoKey => format!("Write the key before the '=' on line {line}."),
            Self::DuplicateSection { first, .. } => format!("Merge lines {first} and {line} into one section."),
            Self::DuplicateKey { first, .. } => format!("Keep one of lines {first} and {line}."),
        }
    }
}

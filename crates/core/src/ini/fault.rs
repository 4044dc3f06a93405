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
    /// The file is UTF-16.
    Utf16,
    /// The file is not UTF-8, or has what is no text in UTF-16 either.
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
    /// `[]`
    EmptyHeader,
    /// A comment behind a value, which is a part of the value to botocore.
    InlineComment {
        /// The key.
        key: String,
    },
    /// A key with upper case in it, which JavaScript does not lower.
    UpperCaseKey {
        /// The key as it stands.
        key: String,
    },
    /// A key with a `:`, where botocore ends it.
    ColonInKey {
        /// The key as it stands.
        key: String,
    },
    /// A key with spaces or the like, which the reference grammar ignores.
    OddKey {
        /// The key as it stands.
        key: String,
    },
    /// A comment that is indented below a property, which is a part of its value to the reference grammar.
    IndentedComment {
        /// Whether it is a line of a block, which must have a `=`.
        stops_rust: bool,
    },
    /// A value that goes on in the next line, which JavaScript leaves out or takes for another key.
    Continued {
        /// The key.
        key: String,
    },
    /// A nested block that is indented unevenly, or has lines that clients take apart differently.
    OddBlock {
        /// The key.
        key: String,
    },
    /// A character that only some clients take for white space, or for the end of a line.
    OddCharacter,
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
            | Self::Utf16
            | Self::NotUtf8
            | Self::OutsideSection
            | Self::NoEquals { colon: false }
            | Self::NoKey
            | Self::OpenHeader
            | Self::EmptyHeader
            | Self::NestedNoEquals
            | Self::DuplicateSection { .. }
            | Self::DuplicateKey { .. } => true,
            Self::IndentedHeader
            | Self::NothingToContinue
            | Self::NoEquals { colon: true }
            | Self::NestedNoKey
            | Self::InlineComment { .. }
            | Self::UpperCaseKey { .. }
            | Self::ColonInKey { .. }
            | Self::OddKey { .. }
            | Self::IndentedComment { .. }
            | Self::Continued { .. }
            | Self::OddBlock { .. }
            | Self::OddCharacter => false,
        }
    }

    fn stops_rust(&self) -> bool {
        match self {
            Self::DuplicateSection { .. }
            | Self::DuplicateKey { .. }
            | Self::EmptyHeader
            | Self::InlineComment { .. }
            | Self::UpperCaseKey { .. }
            | Self::ColonInKey { .. }
            | Self::OddKey { .. }
            | Self::Continued { .. }
            | Self::OddBlock { .. }
            | Self::OddCharacter
            // It takes such a file for an empty one.
            | Self::Utf16
            | Self::NotUtf8 => false,
            Self::IndentedComment { stops_rust } => *stops_rust,
            Self::ByteOrderMark
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
            Self::Utf16 => "utf-16",
            Self::NotUtf8 => "not-utf8",
            Self::OpenHeader | Self::IndentedHeader | Self::EmptyHeader => "bad-section-header",
            Self::InlineComment { .. } => "inline-comment",
            Self::UpperCaseKey { .. } => "upper-case-key",
            Self::ColonInKey { .. } | Self::OddKey { .. } => "key-not-for-all",
            Self::IndentedComment { .. } => "indented-comment",
            Self::Continued { .. } => "continued-value",
            Self::OddBlock { .. } => "uneven-block",
            Self::OddCharacter => "odd-character",
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
            Self::Utf16 => String::from("the file is UTF-16, which Windows PowerShell's '>' writes"),
            Self::NotUtf8 => String::from("the file is not valid UTF-8"),
            Self::OpenHeader => String::from("a section header lacks its closing ']'"),
            Self::IndentedHeader => String::from("a section header is indented"),
            Self::OutsideSection => String::from("a property stands before the first section header"),
            Self::NothingToContinue => String::from("an indented line has no property above it to continue"),
            Self::NoEquals { .. } => String::from("a line has no '='"),
            Self::NoKey => String::from("a line has nothing before its '='"),
            Self::NestedNoEquals => String::from("a nested line has no '='"),
            Self::NestedNoKey => String::from("a nested line has nothing before its '='"),
            Self::EmptyHeader => String::from("a section header has no name"),
            Self::InlineComment { key } => format!("there is a comment behind the value of {}", named(key)),
            Self::UpperCaseKey { key } => format!("{} is not in lower case", named(key)),
            Self::ColonInKey { key } => format!("there is a ':' in the key {}", named(key)),
            Self::OddKey { key } if shell_line(key).is_some() => {
                format!("'{}' is a line for a shell, not a key", shown(key))
            }
            Self::OddKey { key } => format!("{} is not a key that every client reads", named(key)),
            Self::IndentedComment { .. } => String::from("a comment is indented below a property"),
            Self::Continued { key } => format!("the value of {} goes on in the next line", named(key)),
            Self::OddBlock { key } => format!("the lines below {} are not written alike", named(key)),
            Self::OddCharacter => String::from("a line has a control character or an unusual space"),
            Self::DuplicateSection { name, .. } => format!("[{}] stands twice", shown(name)),
            Self::DuplicateKey { key, .. } => format!("{} stands twice in its section", named(key)),
        }
    }

    /// What becomes of it, where no client refuses the file for it.
    pub fn effect(&self) -> &'static str {
        match self {
            Self::InlineComment { .. } => "boto3 and the AWS CLI take the comment for a part of the value",
            Self::UpperCaseKey { .. } => "the AWS SDK for JavaScript does not see it",
            Self::ColonInKey { .. } => "boto3 and the AWS CLI end the key there",
            Self::OddKey { .. } => "some clients ignore it, others do not",
            Self::IndentedComment { .. } => "the AWS SDK for Rust takes it for a part of the value above",
            Self::Continued { .. } => "the AWS SDK for JavaScript leaves that line out, or takes it for a key",
            Self::ByteOrderMark
            | Self::Utf16
            | Self::NotUtf8
            | Self::OpenHeader
            | Self::IndentedHeader
            | Self::OutsideSection
            | Self::NothingToContinue
            | Self::NoEquals { .. }
            | Self::NoKey
            | Self::NestedNoEquals
            | Self::NestedNoKey
            | Self::EmptyHeader
            | Self::OddBlock { .. }
            | Self::OddCharacter
            | Self::DuplicateSection { .. }
            | Self::DuplicateKey { .. } => "clients read this differently",
        }
    }

    /// What to do about it, given the line it was found on.
    pub fn hint(&self, line: u32) -> String {
        match self {
            Self::ByteOrderMark => String::from("Save the file as UTF-8 without a byte order mark."),
            Self::Utf16 => String::from(
                "Save the file as UTF-8 without a byte order mark: until then the AWS SDKs find nothing in it.",
            ),
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
            Self::EmptyHeader => format!("Write a name between the brackets on line {line}, or remove the section."),
            Self::InlineComment { .. } => String::from("Move the comment to a line of its own."),
            Self::UpperCaseKey { key } if looks_like_a_key(key) => format!("Write '{}'.", key.to_ascii_lowercase()),
            Self::UpperCaseKey { .. } => String::from(
                "If it is the rest of the value above, put both on one line; else write the key in lower case.",
            ),
            Self::OddKey { key } if shell_line(key).is_some() => {
                format!(
                    "Write '{} = …', without quotes.",
                    shown(&shell_line(key).unwrap_or_default().to_ascii_lowercase())
                )
            }
            Self::ColonInKey { .. } | Self::OddKey { .. } => {
                String::from("Write the key with letters, digits, '_' and '-' only, or remove the line.")
            }
            Self::IndentedComment { .. } => format!("Begin line {line} with the '#' itself, without spaces before it."),
            Self::Continued { .. } => String::from("Write the value on one line, or remove the spaces before a key."),
            Self::OddBlock { .. } => {
                String::from("Indent these lines alike, each with 'name = value' and without empty values.")
            }
            Self::OddCharacter => format!("Write line {line} anew, with plain spaces."),
            Self::DuplicateSection { first, .. } => format!("Merge lines {first} and {line} into one section."),
            Self::DuplicateKey { first, .. } => format!("Keep one of lines {first} and {line}."),
        }
    }
}

/// Whether a text can be shown as a key. What follows a broken line may be the rest of a token, which a `=` ends, too.
pub fn looks_like_a_key(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.: ".contains(&byte);
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    let small = text.bytes().skip(1).filter(u8::is_ascii_lowercase).count();
    text.len() <= 64 && text.bytes().all(is_letter) && (capitals <= 2 || small == 0)
}

/// `'region'`, or no name where it may be no key.
fn named(key: &str) -> String {
    if looks_like_a_key(key) || shell_line(key).is_some() {
        format!("'{}'", shown(key))
    } else {
        String::from("a line")
    }
}

/// The variable that a shell would set: `export NAME=…`, `SET NAME=…`, `$Env:NAME=…`.
fn shell_line(key: &str) -> Option<&str> {
    let name = ["export ", "set ", "$env:"].iter().find_map(|start| {
        let (head, name) = key.split_at_checked(start.len())?;
        head.eq_ignore_ascii_case(start).then_some(name)
    });
    name.map(str::trim).filter(|name| name.to_ascii_uppercase().starts_with("AWS_"))
}

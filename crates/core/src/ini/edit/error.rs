//! Why a file is left as it is.

use crate::ini::Trouble;
use crate::text::shown;
use alloc::string::String;
use core::fmt;

/// Why an edit was not made. Shown, it is a sentence that says so, and one that says what to do. It holds no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// There is no such section.
    NoSuchSection {
        /// Its header's text.
        section: String,
    },
    /// The section is there already.
    SectionExists {
        /// Its header's text.
        section: String,
        /// The line of its header.
        line: u32,
    },
    /// There is no such key in the section.
    NoSuchKey {
        /// The section.
        section: String,
        /// The key.
        key: String,
    },
    /// The key is there already.
    KeyExists {
        /// The key.
        key: String,
        /// Its line.
        line: u32,
    },
    /// The same key was given twice for a new section.
    KeyTwice {
        /// The key.
        key: String,
    },
    /// Not a header that every client reads alike.
    BadSection {
        /// The text for it.
        section: String,
    },
    /// Not a key that every client reads alike.
    BadKey {
        /// The text for it.
        key: String,
    },
    /// Not a value that every client reads alike.
    BadValue {
        /// Its key.
        key: String,
        /// What is wrong with it.
        trouble: ValueTrouble,
    },
    /// The section has a line that breaks the grammar: what belongs to what is not certain there.
    Broken {
        /// The line.
        line: u32,
        /// What is wrong with it.
        trouble: Trouble,
    },
    /// The file has bytes that are no text in its own encoding: what they were is not certain.
    NoText {
        /// The line of the first of them.
        line: u32,
    },
    /// The new file would say something else than was asked, because of what is wrong elsewhere in it.
    Misread,
}

/// What clients read differently in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueTrouble {
    /// It is empty, and JavaScript drops it.
    Empty,
    /// It has a line break, a tab, another control character or a space that not all clients take for one.
    Control,
    /// It begins or ends with white space.
    Edge,
    /// It has a `#` or `;` where a comment would begin.
    Comment,
}

impl fmt::Display for EditError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchSection { section } => {
                write!(out, "[{}] is not in the file. Add it first.", shown(section))
            }
            Self::SectionExists { section, line } => {
                write!(out, "[{}] is in the file already. Change the one on line {line}.", shown(section))
            }
            Self::NoSuchKey { section, key } => {
                write!(out, "'{}' is not in [{}]. Look at the file again.", shown(key), shown(section))
            }
            Self::KeyExists { key, line } => {
                write!(out, "'{}' is there already. Change or remove it on line {line}.", shown(key))
            }
            Self::KeyTwice { key } => write!(out, "'{}' is given twice. Give it once.", shown(key)),
            Self::BadSection { section } => write!(
                out,
                "Not every client would read the header [{}]. Write default, or a name, or profile, sso-session or services and a name; a name has letters, digits and _-/.%@:+ only.",
                shown(section)
            ),
            Self::BadKey { key } => write!(
                out,
                "Not every client would read the key '{}'. Write it with lower-case letters, digits and _-/.%@+ only.",
                shown(key)
            ),
            Self::BadValue { key, trouble } => {
                let key = shown(key);
                match trouble {
                    ValueTrouble::Empty => {
                        write!(out, "The value of '{key}' is empty. Give it one, or remove the key.")
                    }
                    ValueTrouble::Control => {
                        write!(out, "The value of '{key}' has a line break, a tab or an unusual space. Write it on one line, with plain spaces.")
                    }
                    ValueTrouble::Edge => {
                        write!(out, "The value of '{key}' begins or ends with white space. Write it without.")
                    }
                    ValueTrouble::Comment => write!(
                        out,
                        "The value of '{key}' has a '#' or ';' at its start or behind a space, where a comment begins. Write it without."
                    ),
                }
            }
            Self::Broken { line, trouble } => {
                write!(
                    out,
                    "On line {line}, in the section to change, {}. {}",
                    trouble.words(),
                    trouble.hint(*line)
                )
            }
            Self::NoText { line } => write!(
                out,
                "Line {line} has bytes that are no text, so the file was left as it is. Save it as UTF-8 in an editor, and look at that line there."
            ),
            Self::Misread => out.write_str(
                "The file would be read differently in another place too, so it was left as it is. Correct what else is wrong in it first, or change it in an editor.",
            ),
        }
    }
}

impl core::error::Error for EditError {}

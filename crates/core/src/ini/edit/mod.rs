//! Edits of a config or credentials file that keep everything else byte for byte (aws-sessions.md 1.3, writer).
//!
//! An edit gives all of the new file, or says why not. What comes out is read again: it must say what was asked and,
//! everywhere else, what the file said before. A file keeps its encoding and its line ends; [`Edit::ToUtf8`] alone
//! changes the one.

mod allowed;
mod check;
mod error;
mod lines;
mod plan;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use error::{EditError, ValueTrouble};

use super::encoding::{self, Encoding, NoText};
use super::{Document, Section};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;
use core::slice;
use lines::Lines;

/// One change. A `section` is the text between the brackets, as in [`super::Section::name`]: `profile dev`. Keys are in
/// lower case. Of sections that stand twice, all are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Gives a key its value, whether it was there or not. Lines that continued the old value go; a comment behind it,
    /// which boto3 would read as part of the value, moves to a line of its own.
    SetKey {
        /// Its section, which must be there.
        section: String,
        /// The key.
        key: String,
        /// The new value: one line, not empty.
        value: String,
    },
    /// Removes a key with its value, wherever it stands in the section.
    RemoveKey {
        /// Its section.
        section: String,
        /// The key.
        key: String,
    },
    /// Writes a key differently. To the same key: in lower case, where it is not.
    RenameKey {
        /// Its section.
        section: String,
        /// The key as it is.
        key: String,
        /// The key as it shall be.
        to: String,
    },
    /// Appends a section that is not there yet.
    AddSection {
        /// `default`, `NAME`, or `profile NAME`, `sso-session NAME`, `services NAME`.
        section: String,
        /// Its keys and values, in this order.
        keys: Vec<(String, String)>,
    },
    /// Removes a section with its keys and the comments in it. What stands directly above the next header belongs to that.
    RemoveSection {
        /// The section.
        section: String,
    },
    /// Writes a header differently. What refers to the section by its name (`source_profile`) is not followed.
    RenameSection {
        /// The section as it is.
        section: String,
        /// The section as it shall be; as for [`Edit::AddSection`].
        to: String,
    },
    /// Writes the file as UTF-8 without a byte order mark, as every client reads it. All it says stays, line for line.
    ToUtf8,
}

/// A file after an edit.
#[derive(Clone, PartialEq, Eq)]
pub struct Edited {
    /// All of it.
    pub bytes: Vec<u8>,
    /// What is different, in the order of the file. None: it already said so.
    pub spans: Vec<Span>,
}

/// Bytes that were replaced; either side may be empty. Between two of them, both files are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where the old bytes stood.
    pub old: Range<usize>,
    /// Where the new ones stand.
    pub new: Range<usize>,
}

/// Makes one change to a file.
pub fn edit(bytes: &[u8], edit: &Edit) -> Result<Edited, EditError> {
    together(bytes, slice::from_ref(edit))
}

/// Makes several changes, each to what the one before it left. What is different is not told.
pub fn edit_all(bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, EditError> {
    // Thousands of sections come or go at once, and reading the file again for each would take seconds.
    let mut runs = edits.chunk_by(|one, next| {
        matches!(
            (one, next),
            (Edit::AddSection { .. }, Edit::AddSection { .. })
                | (Edit::RemoveSection { .. }, Edit::RemoveSection { .. })
        )
    });
    runs.try_fold(bytes.to_vec(), |bytes, run| together(&bytes, run).map(|edited| edited.bytes))
}

/// Makes changes to a file that do not touch each other: one, or sections that all come or all go.
fn together(bytes: &[u8], edits: &[Edit]) -> Result<Edited, EditError> {
    let encoding = Encoding::of(bytes);
    if !encoding.is_utf16() {
        return in_utf8(bytes, edits);
    }
    let text = encoding::text(bytes)?;
    let edited = in_utf8(text.as_bytes(), edits)?;
    if edits.contains(&Edit::ToUtf8) {
        let all = Span { old: 0..bytes.len(), new: 0..edited.bytes.len() };
        return Ok(Edited { bytes: edited.bytes, spans: Vec::from([all]) });
    }
    let (old, new) = (&text, core::str::from_utf8(&edited.bytes).map_err(|_| EditError::Misread)?);
    let place = |text: &str, of: &Range<usize>| encoding.place(text, of.start)..encoding.place(text, of.end);
    let spans = edited.spans.iter().map(|span| Span { old: place(old, &span.old), new: place(new, &span.new) });
    Ok(Edited { spans: spans.collect(), bytes: encoding.bytes_of(new) })
}

fn in_utf8(bytes: &[u8], edits: &[Edit]) -> Result<Edited, EditError> {
    let (before, lines) = (Document::parse(bytes), Lines::of(bytes));
    for edit in edits {
        allowed::allowed(edit)?;
        check::can_begin(&before, &lines, edit)?;
    }
    let edited = patched(bytes, plan::patches(&before, &lines, edits)?);
    check::says_so(&before, &Document::parse(&edited.bytes), edits)?;
    Ok(edited)
}

/// New bytes in the place of old ones.
struct Patch {
    old: Range<usize>,
    new: Vec<u8>,
}

fn patched(bytes: &[u8], mut patches: Vec<Patch>) -> Edited {
    patches.sort_by_key(|patch| (patch.old.start, patch.old.end));
    let mut edited = Edited { bytes: Vec::with_capacity(bytes.len()), spans: Vec::new() };
    let mut kept = 0;
    for Patch { old, new } in patches {
        if bytes.get(old.clone()) == Some(&new) {
            continue;
        }
        edited.bytes.extend_from_slice(bytes.get(kept..old.start).unwrap_or_default());
        let start = edited.bytes.len();
        edited.bytes.extend_from_slice(&new);
        kept = old.end;
        edited.spans.push(Span { old, new: start..edited.bytes.len() });
    }
    edited.bytes.extend_from_slice(bytes.get(kept..).unwrap_or_default());
    edited
}

/// Each section with its lines: from its header to the next.
fn extents(document: &Document) -> impl Iterator<Item = (&Section, Range<u32>)> {
    let next = document.sections.iter().skip(1).map(|section| section.line).chain([u32::MAX]);
    document.sections.iter().zip(next).map(|(section, next)| (section, section.line..next))
}

impl Edit {
    /// The section that it changes; none where it is about the whole file.
    fn section(&self) -> Option<&str> {
        match self {
            Self::SetKey { section, .. }
            | Self::RemoveKey { section, .. }
            | Self::RenameKey { section, .. }
            | Self::AddSection { section, .. }
            | Self::RemoveSection { section }
            | Self::RenameSection { section, .. } => Some(section),
            Self::ToUtf8 => None,
        }
    }
}

impl From<NoText> for EditError {
    fn from(NoText { line }: NoText) -> Self {
        Self::NoText { line }
    }
}

/// The file may hold secrets.
impl core::fmt::Debug for Edited {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.debug_struct("Edited").field("spans", &self.spans).finish_non_exhaustive()
    }
}

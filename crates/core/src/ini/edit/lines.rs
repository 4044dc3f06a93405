//! The lines of a file with their places in it, numbered as [`crate::ini::Document`] numbers them.

use crate::ini::Property;
use crate::ini::parse::{BLANK, without_comment};
use alloc::vec::Vec;
use core::ops::Range;

/// All lines of a file.
pub(super) struct Lines<'a> {
    all: Vec<Line<'a>>,
    /// Behind the byte order mark, if there is one.
    pub(super) start: usize,
    /// The line break that new lines get.
    pub(super) ending: &'static str,
}

/// A line.
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: u32,
    /// Where it begins in the file.
    pub(super) start: usize,
    /// Without its line break.
    pub(super) text: &'a [u8],
    /// Where the next line begins.
    pub(super) end: usize,
    has_break: bool,
}

/// Where the parts of `key = value # comment` stand.
pub(super) struct Parts<'a> {
    pub(super) key: Range<usize>,
    /// All that is behind the `=` where the value is empty.
    pub(super) value: Range<usize>,
    pub(super) value_is_empty: bool,
    /// Whether a blank stands before the `=`, and whether before or behind it.
    pub(super) blank_before: bool,
    pub(super) blank: bool,
    /// From its `#` or `;` to the end of the line; empty without one.
    pub(super) comment: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let mut at = start;
        let pieces = bytes.get(start..).unwrap_or_default().split_inclusive(|byte| *byte == b'\n');
        let lines: Vec<_> = (1..=u32::MAX)
            .zip(pieces)
            .map(|(number, piece)| {
                let text = piece.strip_suffix(b"\n").unwrap_or(piece);
                let has_break = text.len() < piece.len();
                let text = text.strip_suffix(b"\r").unwrap_or(text);
                let line = Line { number, start: at, text, end: at + piece.len(), has_break };
                at = line.end;
                line
            })
            .collect();
        let with_return =
            lines.first().is_some_and(|line| line.has_break && line.end - line.start - line.text.len() == 2);
        Self { all: lines, start, ending: if with_return { "\r\n" } else { "\n" } }
    }

    /// The lines of these numbers.
    pub(super) fn range(&self, numbers: Range<u32>) -> impl DoubleEndedIterator<Item = &Line<'a>> {
        let from = self.all.partition_point(|line| line.number < numbers.start);
        let to = self.all.partition_point(|line| line.number < numbers.end).max(from);
        self.all.get(from..to).unwrap_or_default().iter()
    }

    pub(super) fn get(&self, number: u32) -> Option<&Line<'a>> {
        self.range(number..number.saturating_add(1)).next()
    }

    pub(super) fn last(&self) -> Option<&Line<'a>> {
        self.all.last()
    }

    /// The lines that continue a property. Blank lines and comments may stand between them.
    pub(super) fn continuing(&self, property: &Property) -> impl Iterator<Item = &Line<'a>> {
        self.range(property.line.saturating_add(1)..property.last_line.saturating_add(1))
            .filter(|line| !line.is_blank() && !line.is_comment())
    }

    /// What must be written behind a line before another can follow: its line break, where it has none.
    pub(super) fn missing_break(&self, line: &Line<'_>) -> &'static str {
        if line.has_break {
            ""
        } else if line.text.len() < line.end - line.start {
            // The file ends in the first half of one.
            "\n"
        } else {
            self.ending
        }
    }
}

impl<'a> Line<'a> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.iter().all(|byte| b" \t".contains(byte))
    }

    pub(super) fn is_comment(&self) -> bool {
        self.text.starts_with(b"#") || self.text.starts_with(b";")
    }

    /// The parts of a property's line that is not indented; none where it is not one.
    pub(super) fn parts(&self) -> Option<Parts<'a>> {
        let text = core::str::from_utf8(self.text).ok()?;
        let said = without_comment(text);
        let (key, behind) = said.split_once('=')?;
        let value = behind.trim_matches(BLANK);
        let from = self.start + key.len() + 1;
        let indent = behind.len() - behind.trim_start_matches(BLANK).len();
        let key_end = self.start + key.trim_end_matches(BLANK).len();
        Some(Parts {
            key: self.start..key_end,
            value: if value.is_empty() {
                from..from + behind.len()
            } else {
                from + indent..from + indent + value.len()
            },
            value_is_empty: value.is_empty(),
            blank_before: key.ends_with(BLANK),
            blank: key.ends_with(BLANK) || behind.starts_with(BLANK),
            comment: text.get(said.len()..).unwrap_or_default(),
        })
    }
}

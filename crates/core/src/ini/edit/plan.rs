//! Which bytes an edit replaces by which.

use super::lines::{Line, Lines};
use super::{Edit, EditError, Patch, extents};
use crate::ini::parse::BLANK;
use crate::ini::{Document, Property, Section, is_same_section};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

pub(super) fn patches(document: &Document, lines: &Lines<'_>, edits: &[Edit]) -> Result<Vec<Patch>, EditError> {
    let mut patches = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        patches.extend(patches_of(document, lines, edit, at == 0)?);
    }
    Ok(patches)
}

fn patches_of(document: &Document, lines: &Lines<'_>, edit: &Edit, is_first: bool) -> Result<Vec<Patch>, EditError> {
    match edit {
        Edit::SetKey { section, key, value } => {
            if let Some(property) = document.property(section, key) {
                return replace_value(property, lines, value);
            }
            let section = document.sections_named(section).next_back().ok_or(EditError::Misread)?;
            Ok(Vec::from([add_key(section, lines, key, value)]))
        }
        Edit::RemoveKey { section, key } => {
            let properties = named(document, section, key)?;
            Ok(properties.into_iter().flat_map(|property| remove_property(property, lines)).collect())
        }
        Edit::RenameKey { section, key, to } => rename_key(document, lines, (section, key), to),
        Edit::AddSection { section, keys } => Ok(Vec::from([add_section(lines, section, keys, is_first)])),
        Edit::RemoveSection { section } => Ok(remove_section(document, lines, section)),
        Edit::RenameSection { section, to } => {
            let headers = document.sections_named(section).filter_map(|section| lines.get(section.line));
            Ok(headers.filter_map(|line| Some(patch(header_text(line)?, to))).collect())
        }
        Edit::ToUtf8 => Ok(Vec::from([patch(0..lines.start, "")])),
    }
}

/// The properties of this key, wherever they stand in the sections of this name.
fn named<'a>(document: &'a Document, section: &str, key: &str) -> Result<Vec<&'a Property>, EditError> {
    let properties = document.sections_named(section).flat_map(|section| &section.properties);
    let properties: Vec<_> = properties.filter(|property| property.key.eq_ignore_ascii_case(key)).collect();
    if properties.is_empty() {
        return Err(EditError::NoSuchKey { section: section.into(), key: key.into() });
    }
    Ok(properties)
}

fn replace_value(property: &Property, lines: &Lines<'_>, value: &str) -> Result<Vec<Patch>, EditError> {
    let line = lines.get(property.line).ok_or(EditError::Misread)?;
    let parts = line.parts().ok_or(EditError::Misread)?;
    let mut patches = Vec::new();
    let mut old = parts.value;
    if !parts.comment.is_empty() {
        patches.push(patch(line.start..line.start, &format!("{}{}", parts.comment, lines.ending)));
        old.end = line.start + line.text.len();
    }
    let space = if parts.value_is_empty && parts.blank_before { " " } else { "" };
    patches.push(patch(old, &format!("{space}{value}")));
    for line in lines.continuing(property) {
        let indent = line.text.iter().take_while(|byte| b" \t".contains(byte)).count();
        // Somebody's comment, even though the reference grammar reads it as more of the value.
        let is_comment = line.text.get(indent).is_some_and(|byte| b"#;".contains(byte));
        patches.push(patch(line.start..if is_comment { line.start + indent } else { line.end }, ""));
    }
    Ok(patches)
}

/// Behind the section's last property, in the way the others are written.
fn add_key(section: &Section, lines: &Lines<'_>, key: &str, value: &str) -> Patch {
    let last = section.properties.last().map_or(section.line, |property| property.last_line);
    let mut others = section.properties.iter().filter_map(|property| lines.get(property.line)?.parts()).peekable();
    let equals = if others.peek().is_some() && others.all(|parts| !parts.blank) { "=" } else { " = " };
    let (at, missing) = end_of(lines.get(last), lines);
    patch(at..at, &format!("{missing}{key}{equals}{value}{}", lines.ending))
}

fn remove_property(property: &Property, lines: &Lines<'_>) -> Vec<Patch> {
    let all = lines.get(property.line).into_iter().chain(lines.continuing(property));
    all.map(|line| patch(line.start..line.end, "")).collect()
}

fn rename_key(
    document: &Document,
    lines: &Lines<'_>,
    (section, key): (&str, &str),
    to: &str,
) -> Result<Vec<Patch>, EditError> {
    let properties = named(document, section, key)?;
    if let (false, Some(there)) = (key.eq_ignore_ascii_case(to), document.property(section, to)) {
        return Err(EditError::KeyExists { key: to.into(), line: there.line });
    }
    let written = properties.iter().filter_map(|property| lines.get(property.line)?.parts());
    Ok(written.map(|parts| patch(parts.key, to)).collect())
}

/// `is_first`: behind what the file has, and not behind another new section.
fn add_section(lines: &Lines<'_>, section: &str, keys: &[(String, String)], is_first: bool) -> Patch {
    let ending = lines.ending;
    let (at, missing) = end_of(lines.last(), lines);
    let (missing, blank) = match lines.last() {
        _ if !is_first => ("", ending),
        last => (missing, if last.is_none_or(Line::is_blank) { "" } else { ending }),
    };
    let mut text = format!("{missing}{blank}[{section}]{ending}");
    for (key, value) in keys {
        text.push_str(&format!("{key} = {value}{ending}"));
    }
    patch(at..at, &text)
}

fn remove_section(document: &Document, lines: &Lines<'_>, section: &str) -> Vec<Patch> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for (_, extent) in extents(document).filter(|(one, _)| is_same_section(&one.name, section)) {
        match runs.last_mut() {
            Some(run) if run.end == extent.start => run.end = extent.end,
            _ => runs.push(extent),
        }
    }
    runs.into_iter().filter_map(|run| remove_lines(run, lines)).collect()
}

/// Removes sections from their first header up to the comments directly above the next one. The blank lines before
/// those stay where something stands directly above the first header: it must not seem to be about what follows now.
fn remove_lines(run: Range<u32>, lines: &Lines<'_>) -> Option<Patch> {
    let first = lines.get(run.start)?;
    let is_last = lines.get(run.end).is_none();
    let stands_apart = lines.get(run.start - 1).is_none_or(Line::is_blank);
    let mut kept = lines.range(run).rev().peekable();
    if !is_last {
        while kept.next_if(|line| line.is_comment()).is_some() {}
        while !stands_apart && kept.next_if(|line| line.is_blank()).is_some() {}
    }
    let last = kept.next()?;
    Some(patch(first.start..last.end, ""))
}

/// What stands between the brackets of a sound header.
fn header_text(line: &Line<'_>) -> Option<Range<usize>> {
    let text = core::str::from_utf8(line.text).ok()?;
    let header = text.split(['#', ';']).next()?.trim_matches(BLANK);
    let inner = header.strip_prefix('[')?.strip_suffix(']')?;
    Some(line.start + 1..line.start + 1 + inner.len())
}

/// Where a line can be added behind this one, and the line break that is missing before it.
fn end_of(line: Option<&Line<'_>>, lines: &Lines<'_>) -> (usize, &'static str) {
    line.map_or((lines.start, ""), |line| (line.end, lines.missing_break(line)))
}

fn patch(old: Range<usize>, new: &str) -> Patch {
    Patch { old, new: new.into() }
}

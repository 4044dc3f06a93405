//! Before an edit: whether its section is there and sound. After it: whether the file says what was asked, and the rest
//! what it said before.

use super::lines::Lines;
use super::{Edit, EditError, extents};
use crate::ini::encoding;
use crate::ini::{Client, Document, Trouble, is_same_section};
use alloc::vec::Vec;

pub(super) fn can_begin(document: &Document, lines: &Lines<'_>, edit: &Edit) -> Result<(), EditError> {
    let absent = |name: &str| match document.sections_named(name).next() {
        Some(section) => Err(EditError::SectionExists { section: name.into(), line: section.line }),
        None => Ok(()),
    };
    let Some(section) = edit.section() else {
        return Ok(encoding::text(document.bytes()).map(drop)?);
    };
    if let Edit::AddSection { .. } = edit {
        return absent(section);
    }
    if document.sections_named(section).next().is_none() {
        return Err(EditError::NoSuchSection { section: section.into() });
    }
    if let Edit::RenameSection { to, .. } = edit
        && !is_same_section(section, to)
    {
        absent(to)?;
    }
    sound(document, lines, section)
}

/// Whether the reference grammar reads every line of the sections of this name.
fn sound(document: &Document, lines: &Lines<'_>, section: &str) -> Result<(), EditError> {
    for (_, extent) in extents(document).filter(|(one, _)| is_same_section(&one.name, section)) {
        let fault = document.faults.iter().find(|fault| {
            // These are about the file; the last is looked for below, for each line by itself.
            !matches!(fault.trouble, Trouble::ByteOrderMark | Trouble::Utf16 | Trouble::NotUtf8)
                && extent.contains(&fault.line)
                && fault.refusal(Client::Rust).is_some()
        });
        if let Some(fault) = fault {
            return Err(EditError::Broken { line: fault.line, trouble: fault.trouble.clone() });
        }
        if let Some(line) = lines.range(extent).find(|line| core::str::from_utf8(line.text).is_err()) {
            return Err(EditError::Broken { line: line.number, trouble: Trouble::NotUtf8 });
        }
    }
    Ok(())
}

/// Compares what a file says after edits with what it said before, the edits applied. Nor may it have more faults.
pub(super) fn says_so(before: &Document, after: &Document, edits: &[Edit]) -> Result<(), EditError> {
    let mut wanted = said(before);
    for edit in edits {
        apply(&mut wanted, edit);
    }
    let good = wanted == said(after) && after.faults.len() <= before.faults.len();
    good.then_some(()).ok_or(EditError::Misread)
}

/// What a file says, without its lines.
type Said<'a> = Vec<(&'a str, Vec<(&'a str, &'a str)>)>;

fn said(document: &Document) -> Said<'_> {
    let sections = document.sections.iter();
    sections
        .map(|section| {
            let properties = section.properties.iter();
            (section.name.as_str(), properties.map(|one| (one.key.as_str(), one.value.as_str())).collect())
        })
        .collect()
}

fn apply<'a>(said: &mut Said<'a>, edit: &'a Edit) {
    let Some(section) = edit.section() else { return };
    if let Edit::AddSection { section, keys } = edit {
        return said.push((section, keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()));
    }
    if let Edit::RemoveSection { section } = edit {
        return said.retain(|(name, _)| !is_same_section(name, section));
    }
    let mut of_name: Vec<_> = said.iter_mut().filter(|(name, _)| is_same_section(name, section)).collect();
    match edit {
        Edit::SetKey { key, value, .. } => {
            let there = of_name.iter_mut().flat_map(|(_, properties)| properties).rfind(|(one, _)| one == key);
            if let Some((_, there)) = there {
                *there = value;
            } else if let Some((_, properties)) = of_name.last_mut() {
                properties.push((key, value));
            }
        }
        Edit::RemoveKey { key, .. } => {
            for (_, properties) in of_name {
                properties.retain(|(one, _)| !one.eq_ignore_ascii_case(key));
            }
        }
        Edit::RenameKey { key, to, .. } => {
            let properties = of_name.iter_mut().flat_map(|(_, properties)| properties);
            properties.filter(|(one, _)| one.eq_ignore_ascii_case(key)).for_each(|(one, _)| *one = to);
        }
        Edit::RenameSection { to, .. } => of_name.iter_mut().for_each(|(name, _)| *name = to),
        Edit::AddSection { .. } | Edit::RemoveSection { .. } | Edit::ToUtf8 => {}
    }
}

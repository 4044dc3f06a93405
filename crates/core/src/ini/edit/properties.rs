//! Whatever the file and the edit: what was not asked for stays as it is.

use super::tests::{add_section, remove, remove_section, rename, rename_section, set};
use super::{Edit, EditError, Edited, edit};
use crate::ini::encoding::{self, Encoding};
use crate::ini::{Client, Document, is_same_section};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use proptest::collection::vec;
use proptest::prelude::*;

const SECTIONS: [&str; 4] = ["default", "profile a", "sso-session a", "a"];
const KEYS: [&str; 4] = ["region", "sso_region", "k", "s3"];

/// Files with few names in them, so that edits find something, and everything odd between.
fn odd_file() -> impl Strategy<Value = Vec<u8>> {
    let sound = sound_line();
    let unsound = prop_oneof!["[a-z\\-_ #;:=\"\\[\\]]{0,12}", "  \\[profile a\\]", "\\[profile b", "= x", "k : v"];
    let no_text = vec(any::<u8>(), 0..12);
    let line = prop_oneof![
        12 => sound.prop_map(String::into_bytes),
        1 => unsound.prop_map(String::into_bytes),
        1 => no_text,
    ];
    encoded(file_of(line))
}

/// The same without anything that the reference grammar refuses.
fn sound_file() -> impl Strategy<Value = Vec<u8>> {
    let file = file_of(sound_line().prop_map(String::into_bytes));
    encoded(file.prop_filter("sound", |file| Document::parse(file).refused_by(Client::Rust).is_none()))
}

/// The file as an editor or PowerShell may have written it.
fn encoded(file: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let encoding = prop_oneof![
        6 => Just(Encoding::Utf8),
        1 => Just(Encoding::Utf8Mark),
        1 => Just(Encoding::Utf16Le),
        1 => Just(Encoding::Utf16Be),
    ];
    (file, encoding).prop_map(|(file, encoding)| match core::str::from_utf8(&file) {
        Ok(text) => encoding.bytes_of(text),
        Err(_) => [encoding.bytes_of(""), file].concat(),
    })
}

/// What an edited file says, in UTF-8: with the mark it has, and bytes that are no text.
fn plain(file: &[u8]) -> Cow<'_, [u8]> {
    match encoding::text(file) {
        Ok(text) if Encoding::of(file).is_utf16() => Cow::Owned(text.into_owned().into_bytes()),
        _ => Cow::Borrowed(file),
    }
}

fn sound_line() -> impl Strategy<Value = String> {
    let value = prop_oneof!["[a-z#;=\" ]{0,8}", "[\\PC]{0,6}", "eu-west-1 [#;] ?note"];
    let header = (prop::sample::select(&SECTIONS[..]), prop::sample::select(&["", "", " ; c", "#c"][..]));
    let key = (prop::sample::select(&KEYS[..]), any::<bool>(), prop::sample::select(&["=", " = ", " =", "\t=  "][..]));
    prop_oneof![
        3 => header.prop_map(|(name, comment)| format!("[{name}]{comment}")),
        1 => Just("[ profile   a ]".into()),
        6 => (key, value).prop_map(|((key, upper, equals), value)| {
            format!("{}{equals}{value}", if upper { key.to_uppercase() } else { key.into() })
        }),
        2 => "[ \t]{1,3}[a-z]{1,3} ?= ?[a-z#; ]{0,4}",
        1 => "[ \t]{1,3}[#;] ?[a-z=]{0,4}",
        2 => "[#;][a-z =]{0,8}",
        2 => "[ \t]{0,2}",
    ]
}

/// With one line ending or both, with a last one or without.
fn file_of(line: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let endings = prop::sample::select(&[&["\n", "\n"], &["\r\n", "\r\n"], &["\n", "\r\n"]][..]);
    let first = prop_oneof![1 => Just(""), 4 => Just("[default]"), 4 => Just("[profile a] # c")];
    let lines = vec((line, any::<bool>()), 0..24);
    (first, lines, endings, any::<bool>()).prop_map(|(first, lines, endings, last)| {
        let mut file = [first, endings[0]].concat().into_bytes();
        for (line, other) in lines {
            file.extend(line);
            file.extend(endings[usize::from(other)].bytes());
        }
        if !last && file.ends_with(b"\n") {
            file.pop();
        }
        file
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let section = || prop::sample::select(&SECTIONS[..]);
    let key = || prop::sample::select(&KEYS[..]);
    let value = || prop_oneof!["[a-z0-9:/.\\-]{1,12}", "[\\PC]{1,8}", "[a-z #;=\"]{1,8}"];
    prop_oneof![
        6 => (section(), key(), value()).prop_map(|(section, key, value)| set(section, key, &value)),
        2 => (section(), key()).prop_map(|(section, key)| remove(section, key)),
        1 => (section(), key(), key()).prop_map(|(section, key, to)| rename(section, key, to)),
        1 => (section(), value()).prop_map(|(section, value)| add_section(section, &[("k", &value), ("region", "x")])),
        2 => section().prop_map(remove_section),
        1 => (section(), section()).prop_map(|(section, to)| rename_section(section, to)),
        1 => Just(Edit::ToUtf8),
    ]
}

/// Between the spans, both files are the same.
fn rest_is_kept(old: &[u8], Edited { bytes, spans }: &Edited) -> bool {
    let ends = [old.len()..old.len(), bytes.len()..bytes.len()];
    let mut at = (0, 0);
    let all = spans.iter().map(|span| [span.old.clone(), span.new.clone()]).chain([ends]);
    all.into_iter().all(|[of_old, of_new]| {
        let is_same = old[at.0..of_old.start] == bytes[at.1..of_new.start];
        at = (of_old.end, of_new.end);
        is_same
    })
}

/// What a file says, but for the sections of this name.
fn elsewhere<'a>(document: &'a Document, names: &[&str]) -> Vec<(&'a str, Vec<(&'a str, &'a str)>)> {
    let sections = document.sections.iter();
    sections
        .filter(|section| !names.iter().any(|name| is_same_section(&section.name, name)))
        .map(|section| (section.name.as_str(), others(&section.properties, &[])))
        .collect()
}

fn others<'a>(
    properties: impl IntoIterator<Item = &'a crate::ini::Property>,
    keys: &[&str],
) -> Vec<(&'a str, &'a str)> {
    let properties = properties.into_iter().map(|property| (property.key.as_str(), property.value.as_str()));
    properties.filter(|(key, _)| !keys.contains(key)).collect()
}

/// The keys of a section but these.
fn beside<'a>(document: &'a Document, section: &str, keys: &[&str]) -> Vec<(&'a str, &'a str)> {
    others(document.sections_named(section).flat_map(|section| &section.properties), keys)
}

/// The lines that are comments, and the texts behind values, sorted.
fn comments(file: &[u8]) -> Vec<&[u8]> {
    let lines = file.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut comments: Vec<_> = lines.filter(|line| matches!(line.first(), Some(b'#' | b';'))).collect();
    comments.sort_unstable();
    comments
}

fn has_all<'a>(mut all: Vec<&'a [u8]>, some: &[&'a [u8]]) -> bool {
    some.iter().all(|one| all.iter().position(|other| other == one).map(|at| all.swap_remove(at)).is_some())
}

fn value<'a>(document: &'a Document, section: &str, key: &str) -> Option<&'a str> {
    document.property(section, key).map(|property| property.value.as_str())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_what_was_asked_for_is_changed(file in odd_file(), one in any_edit()) {
        let Ok(edited) = edit(&file, &one) else { return Ok(()) };
        prop_assert!(rest_is_kept(&file, &edited), "{edited:?}");
        let (before, after) = (Document::parse(&file), Document::parse(&edited.bytes));
        match &one {
            Edit::SetKey { section, key, value: new } => {
                prop_assert_eq!(value(&after, section, key), Some(new.as_str()));
                prop_assert_eq!(beside(&before, section, &[key]), beside(&after, section, &[key]));
            }
            Edit::RemoveKey { section, key } => {
                prop_assert_eq!(value(&after, section, key), None);
                prop_assert_eq!(beside(&before, section, &[key]), beside(&after, section, &[]));
            }
            Edit::RenameKey { section, key, to } => {
                prop_assert_eq!(value(&after, section, to), value(&before, section, key));
                prop_assert_eq!(beside(&before, section, &[key, to]), beside(&after, section, &[key, to]));
            }
            Edit::AddSection { section, .. } => prop_assert_eq!(beside(&after, section, &[]).len(), 2),
            Edit::RemoveSection { section } => prop_assert!(after.sections_named(section).next().is_none()),
            Edit::RenameSection { section, to } => {
                prop_assert_eq!(beside(&before, section, &[]), beside(&after, to, &[]));
            }
            Edit::ToUtf8 => prop_assert_eq!(encoding::text(&file).map(Cow::into_owned), Ok(String::from_utf8(edited.bytes.clone())?)),
        }
        let mut named: Vec<_> = one.section().into_iter().collect();
        if let Edit::RenameSection { to, .. } = &one {
            named.push(to);
        }
        prop_assert_eq!(elsewhere(&before, &named), elsewhere(&after, &named));
    }

    #[test]
    fn what_is_said_again_changes_nothing(file in odd_file(), one in any_edit()) {
        let Ok(edited) = edit(&file, &one) else { return Ok(()) };
        let good = match (&one, edit(&edited.bytes, &one)) {
            (_, Ok(again)) => again.spans.is_empty() && again.bytes == edited.bytes,
            (Edit::SetKey { .. } | Edit::ToUtf8, Err(_)) => false,
            (Edit::AddSection { .. }, Err(error)) => matches!(error, EditError::SectionExists { .. }),
            (Edit::RemoveKey { .. } | Edit::RenameKey { .. }, Err(error)) => matches!(error, EditError::NoSuchKey { .. }),
            (Edit::RemoveSection { .. } | Edit::RenameSection { .. }, Err(error)) => {
                matches!(error, EditError::NoSuchSection { .. })
            }
        };
        prop_assert!(good);
    }

    #[test]
    fn comments_and_line_endings_stay(file in odd_file(), one in any_edit()) {
        let Ok(edited) = edit(&file, &one) else { return Ok(()) };
        let (file, edited) = (plain(&file), plain(&edited.bytes));
        if !matches!(one, Edit::RemoveSection { .. } | Edit::ToUtf8) {
            prop_assert!(has_all(comments(&edited), &comments(&file)));
        }
        let bare = |file: &[u8]| file.iter().zip([&b'\n'].into_iter().chain(file)).filter(|(at, before)| **at == b'\n' && **before != b'\r').count();
        let breaks = |file: &[u8]| file.iter().filter(|byte| **byte == b'\n').count();
        if breaks(&file) > 0 && bare(&file) == 0 {
            prop_assert_eq!(bare(&edited), 0);
        }
        if bare(&file) == breaks(&file) && !file.ends_with(b"\r") {
            prop_assert_eq!(bare(&edited), breaks(&edited));
        }
    }

    /// The last check is for what is unsound elsewhere: in a sound file, nothing needs it. Two spellings of one header,
    /// which become one, are the exception.
    #[test]
    fn in_a_sound_file_every_edit_is_made(file in sound_file(), one in any_edit()) {
        let is_rename = matches!(one, Edit::RenameSection { .. });
        match edit(&file, &one) {
            Err(EditError::Misread) => prop_assert!(is_rename),
            Err(EditError::Broken { .. }) => prop_assert!(false, "nothing is broken"),
            _ => {}
        }
    }

    #[test]
    fn a_file_keeps_its_encoding_and_is_edited_alike_in_each(file in sound_file(), one in any_edit()) {
        let text = encoding::text(&file).unwrap();
        let alike = edit(text.as_bytes(), &one).map(|edited| String::from_utf8(edited.bytes).unwrap());
        let of_file = if one == Edit::ToUtf8 { Encoding::Utf8 } else { Encoding::of(&file) };
        let edited = edit(&file, &one).map(|edited| edited.bytes);
        prop_assert_eq!(edited, alike.map(|text| of_file.bytes_of(&text)));
    }

    #[test]
    fn any_bytes_are_edited_or_refused(file in vec(any::<u8>(), 0..400), one in any_edit()) {
        if let Ok(edited) = edit(&file, &one) {
            prop_assert!(rest_is_kept(&file, &edited));
        }
    }
}

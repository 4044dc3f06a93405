//! The two files as the AWS SDK for JavaScript v3 reads them.
//!
//! Its loader (@smithy/core 3.41) never refuses a file: a line it cannot use is passed over. A section exists only
//! once it has a key with a value.

use super::{Keys, Reading, Sections, Value};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The kinds of sections in the config file.
const KINDS: [&str; 3] = ["profile", "sso-session", "services"];

/// Names that every JavaScript object has from the start: a profile called so is not found.
const TAKEN: [&str; 12] = [
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Whether every JavaScript object has something of this name, so that none can be given to it, or is not found.
pub(crate) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// Reads both files, `None` for a file that does not exist.
pub fn read(config: Option<&[u8]>, credentials: Option<&[u8]>) -> Reading {
    let sections = parse(config.unwrap_or_default());
    let mut reading = Reading::default();
    for (name, keys) in &sections {
        if name == "default" {
            reading.profiles.insert(name.clone(), keys.clone());
        }
    }
    for (name, keys) in sections {
        let Some((kind, rest)) = name.split_once('.').filter(|(kind, _)| KINDS.contains(kind)) else { continue };
        if kind == "sso-session" {
            reading.sso_sessions.insert(rest.to_owned(), keys.clone());
        }
        // Sections of the other kinds stay beside the profiles under their full names. A section replaces one of the
        // same name whole, and so [profile default] does with [default], wherever it stands.
        let name = if kind == "profile" { rest.to_owned() } else { name };
        reading.profiles.insert(name, keys);
    }
    // Looked up by that full name, a profile called services.x is a services section as well.
    for (name, keys) in &reading.profiles {
        if let Some(name) = name.strip_prefix("services.") {
            reading.services.insert(name.to_owned(), keys.clone());
        }
    }
    for (name, keys) in parse(credentials.unwrap_or_default()) {
        reading.profiles.entry(name).or_default().extend(keys);
    }
    reading.profiles.retain(|name, _| !TAKEN.contains(&name.as_str()));
    reading
}

/// The sections of one file in the order of their first values.
fn parse(bytes: &[u8]) -> Vec<(String, Keys)> {
    let text = String::from_utf8_lossy(bytes);
    let mut order: Vec<String> = Vec::new();
    let mut sections = Sections::new();
    let mut current: Option<String> = None;
    let mut nested: Option<&str> = None;
    // A carriage return at the end is white space like any other.
    for line in text.split('\n') {
        let trimmed = without_comment(line).trim_matches(is_space);
        if let Some(header) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            if ["__proto__", "profile __proto__"].contains(&header) {
                // The loader throws here, and its caller takes the file for an empty one.
                return Vec::new();
            }
            current = section_name(header);
            nested = None;
            continue;
        }
        let (Some(name), Some((key, value))) = (&current, trimmed.split_once('=')) else { continue };
        let (key, value) = (key.trim_end_matches(is_space), value.trim_start_matches(is_space));
        if key.is_empty() {
            continue;
        }
        if value.is_empty() {
            nested = Some(key);
            continue;
        }
        if !line.starts_with(is_space) {
            nested = None;
        }
        let keys = sections.entry(name.clone()).or_insert_with(|| {
            order.push(name.clone());
            BTreeMap::new()
        });
        let key = nested.map_or_else(|| key.to_owned(), |outer| format!("{outer}.{key}"));
        // This name cannot be set on a JavaScript object.
        if key != "__proto__" {
            keys.insert(key, Value::Text(value.to_owned()));
        }
    }
    order.into_iter().filter_map(|name| sections.remove_entry(&name)).collect()
}

/// JavaScript's white space: Unicode's without U+0085, and the byte order mark.
fn is_space(letter: char) -> bool {
    (letter.is_whitespace() && letter != '\u{85}') || letter == '\u{feff}'
}

/// Cut at the first `#` or `;` that is first in the line or follows white space.
fn without_comment(line: &str) -> &str {
    let marks = line.match_indices(['#', ';']).filter_map(|(at, _)| line.get(..at));
    marks.into_iter().find(|before| before.is_empty() || before.ends_with(is_space)).unwrap_or(line)
}

/// `KIND NAME`, the name quoted or not, becomes `KIND.NAME`, and nothing if there is no such kind. Any other header is
/// the section's name as it stands, spaces and all; a header `profile.a` therefore means what `profile a` does.
fn section_name(header: &str) -> Option<String> {
    match prefix_and_name(header) {
        Some((kind, name)) => KINDS.contains(&kind).then(|| format!("{kind}.{name}")),
        None => Some(header.to_owned()).filter(|header| !header.is_empty()),
    }
}

fn prefix_and_name(header: &str) -> Option<(&str, &str)> {
    // Exactly one space, of any sort.
    let (kind, name) = header.split_once(is_space)?;
    let name = match name.chars().next() {
        Some(quote @ ('"' | '\'')) => name.strip_prefix(quote)?.strip_suffix(quote)?,
        _ => name,
    };
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let is_kind = !kind.is_empty() && kind.bytes().all(is_word);
    let is_name = !name.is_empty() && name.bytes().all(|byte| is_word(byte) || b"@+.%:/".contains(&byte));
    (is_kind && is_name).then_some((kind, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(sections: &Sections) -> String {
        let mut out = String::new();
        for (name, keys) in sections {
            out.push_str(&format!("{name}:"));
            for (key, value) in keys {
                let Value::Text(text) = value else { panic!() };
                out.push_str(&format!(" {key}={text}"));
            }
            out.push(';');
        }
        out
    }

    fn profiles(config: &str, credentials: &str) -> String {
        shown(&read(Some(config.as_bytes()), Some(credentials.as_bytes())).profiles)
    }

    #[test]
    fn headers_that_make_a_profile() {
        let config = "\u{feff}[profile 'a']\nk=1\n[profile  b]\nk=2\n[profile c]#d\nk=3\n[profile.e f]\nk=4\n[g]\nk=5";
        assert_eq!(profiles(config, "[ h ]\nk=6\n[profile i]\nk=7"), " h : k=6;a: k=1;e f: k=4;profile.i: k=7;");
        assert_eq!(profiles("[profile a]\n[profile toString]\nk=1", "[b]\nk="), "");
        assert_eq!(profiles("[profile a]\nk=1\n[profile __proto__]", ""), "");
    }

    #[test]
    fn the_prefixed_default_wins_once_it_has_a_value() {
        assert_eq!(profiles("[profile default]\nk=1\n[default]\nl=2", "[default]\nm=3"), "default: k=1 m=3;");
        assert_eq!(profiles("[profile default]\n[default]\nl=2", ""), "default: l=2;");
    }

    #[test]
    fn an_empty_value_opens_a_block_for_indented_lines() {
        let config = "[profile a]\nK = x ;c\n b\ns3 = #c\n  x = 1\n  y =\n  z = 2\nl : m\nn=o#p\n= q";
        assert_eq!(profiles(config, ""), "a: K=x n=o#p s3.x=1 y.z=2;");
    }

    #[test]
    fn sessions_and_services_stand_among_the_profiles_too() {
        let reading = read(Some(b"[sso-session s]\nk=1\n[services v]\nk=2\n[profile services.v]\nk=3"), None);
        assert_eq!(shown(&reading.profiles), "services.v: k=3;sso-session.s: k=1;");
        assert_eq!((shown(&reading.sso_sessions), shown(&reading.services)), ("s: k=1;".into(), "v: k=3;".into()));
    }
}

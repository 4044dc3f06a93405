//! What may be written: only what every client reads alike (aws-sessions.md 1.3).

use super::{Edit, EditError, ValueTrouble};
use crate::ini::is_name;
use crate::ini::parse::has_odd_character;

pub(super) fn allowed(edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::SetKey { key, value, .. } => key_and_value(key, value),
        Edit::RenameKey { to, .. } => allowed_key(to),
        Edit::AddSection { section, keys } => {
            allowed_section(section)?;
            for (at, (key, value)) in keys.iter().enumerate() {
                key_and_value(key, value)?;
                if keys.iter().take(at).any(|(earlier, _)| earlier == key) {
                    return Err(EditError::KeyTwice { key: key.clone() });
                }
            }
            Ok(())
        }
        Edit::RenameSection { to, .. } => allowed_section(to),
        Edit::RemoveKey { .. } | Edit::RemoveSection { .. } | Edit::ToUtf8 => Ok(()),
    }
}

/// boto3 gives all that stands in `[DEFAULT]` to every section.
fn allowed_section(section: &str) -> Result<(), EditError> {
    let name = match section.split_once(' ') {
        Some(("profile" | "sso-session" | "services", name)) => name,
        _ => section,
    };
    let good = is_name(name) && section != "DEFAULT";
    good.then_some(()).ok_or_else(|| EditError::BadSection { section: section.into() })
}

fn key_and_value(key: &str, value: &str) -> Result<(), EditError> {
    allowed_key(key)?;
    match value_trouble(value) {
        Some(trouble) => Err(EditError::BadValue { key: key.into(), trouble }),
        None => Ok(()),
    }
}

/// boto3 takes a `:` for the end of the key.
fn allowed_key(key: &str) -> Result<(), EditError> {
    let good = is_name(key) && !key.contains(|character: char| character.is_ascii_uppercase() || character == ':');
    good.then_some(()).ok_or_else(|| EditError::BadKey { key: key.into() })
}

/// Any white space counts: Python and JavaScript trim and cut at more of it than the reference grammar does.
fn value_trouble(value: &str) -> Option<ValueTrouble> {
    let comment = |(at, _)| {
        let before = value.get(..at).unwrap_or_default();
        before.chars().next_back().is_none_or(char::is_whitespace)
    };
    if value.is_empty() {
        Some(ValueTrouble::Empty)
    } else if value.contains(char::is_control) || has_odd_character(value) {
        Some(ValueTrouble::Control)
    } else if value.trim() != value {
        Some(ValueTrouble::Edge)
    } else if value.match_indices(['#', ';']).any(comment) {
        Some(ValueTrouble::Comment)
    } else {
        None
    }
}

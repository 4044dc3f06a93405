//! The two files as the AWS SDK for Rust reads them: the reference grammar, but for a file that is not UTF-8, which it
//! takes for an empty one.

use super::{Keys, Reading, Sections, Value};
use crate::config::{self, Files, Merged};
use crate::ini::{Client, Document};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;

/// Reads both files; none where it refuses one (see [`Document::refused_by`]).
pub fn read(files: &Files) -> Option<Reading> {
    let seen = |document: &Document| {
        if document.is_empty_to_rust() { Document::default() } else { document.clone() }
    };
    let seen = Files { config: seen(&files.config), credentials: seen(&files.credentials), ..Files::default() };
    let refuses = |document: &Document| document.refused_by(Client::Rust).is_some();
    if refuses(&seen.config) || refuses(&seen.credentials) {
        return None;
    }
    Some(reference(&seen))
}

/// What the reference grammar salvages of both files, refused or not.
pub(super) fn reference(files: &Files) -> Reading {
    let merged = Merged::new(files);
    Reading {
        profiles: sections(&merged.profiles),
        sso_sessions: sections(&merged.sso_sessions),
        services: sections(&merged.services),
    }
}

fn sections(of: &BTreeMap<&str, config::Keys<'_>>) -> Sections {
    of.iter().map(|(name, keys)| ((*name).to_owned(), texts(keys))).collect()
}

fn texts(keys: &config::Keys<'_>) -> Keys {
    keys.values.iter().map(|(key, value)| ((*key).to_owned(), Value::Text(value.text.to_owned()))).collect()
}

//! Where a client reads another value than the reference grammar does, or sees what that does not, or less.

use super::rust::reference;
use super::{Keys, Reading, Sections, Value, botocore, js, rust};
use crate::config::{Files, Merged, Place};
use crate::ini::Client;
use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// One key that a client reads differently. A client that refuses the files reads nothing, which is not listed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Who.
    pub client: Client,
    /// Of what kind the section is.
    pub kind: SectionKind,
    /// The section's name.
    pub name: String,
    /// The key; of a nested block, `s3.addressing_style`.
    pub key: String,
    /// What the client reads; none where it sees nothing.
    pub reads: Option<String>,
    /// Where it stands, where the reference grammar sees it too.
    pub place: Option<Place>,
}

/// The kinds of sections that clients look into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// `[profile NAME]`
    Profile,
    /// `[sso-session NAME]`
    SsoSession,
    /// `[services NAME]`
    Services,
}

impl SectionKind {
    /// As a header begins.
    pub fn word(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::SsoSession => "sso-session",
            Self::Services => "services",
        }
    }
}

/// By section and key. A key without a value is as good as none, and so is a section without keys: no client does
/// anything else for them.
type Flat = BTreeMap<(SectionKind, String, String), String>;

/// What each client reads differently, client by client, in the order of the names.
pub fn differences(files: &Files) -> Vec<Difference> {
    let usual = flat(reference(files));
    let (config, credentials) = (files.config.bytes(), files.credentials.bytes());
    let readings = [
        (Client::Botocore, botocore::read(Some(config), Some(credentials)).ok()),
        (Client::Js, Some(js::read(Some(config), Some(credentials)))),
        (Client::Rust, rust::read(files)),
    ];
    let places = places(files);
    let mut found = Vec::new();
    for (client, reading) in readings {
        let Some(reading) = reading.map(flat) else { continue };
        let names: BTreeSet<_> = usual.keys().chain(reading.keys()).collect();
        found.extend(names.into_iter().filter(|name| usual.get(*name) != reading.get(*name)).map(|name| {
            let (kind, section, key) = name.clone();
            let place =
                places.get(&(kind, section.clone(), key.split('.').next().unwrap_or_default().to_owned())).copied();
            Difference { client, kind, name: section, key, reads: reading.get(name).cloned(), place }
        }));
    }
    found
}

fn flat(reading: Reading) -> Flat {
    let Reading { mut profiles, sso_sessions, services } = reading;
    // JavaScript finds these by their full names too, which nobody asks for.
    let is_twin = |name: &str| {
        let of =
            |prefix, sections: &Sections| name.strip_prefix(prefix).is_some_and(|name| sections.contains_key(name));
        of("sso-session.", &sso_sessions) || of("services.", &services)
    };
    profiles.retain(|name, _| !is_twin(name));
    let kinds =
        [(SectionKind::Profile, profiles), (SectionKind::SsoSession, sso_sessions), (SectionKind::Services, services)];
    let mut flat = Flat::new();
    for (kind, sections) in kinds {
        for (name, keys) in sections {
            let with_name = |(key, value)| ((kind, name.clone(), key), value);
            flat.extend(flat_keys(keys).into_iter().map(with_name));
        }
    }
    flat
}

fn flat_keys(keys: Keys) -> Vec<(String, String)> {
    let mut flat = Vec::new();
    for (key, value) in keys {
        match value {
            Value::Block(block) => flat.extend(block.into_iter().map(|(name, text)| (format!("{key}.{name}"), text))),
            Value::Text(text) => match text.strip_prefix('\n') {
                Some(block) => flat.extend(block.split('\n').filter_map(|line| {
                    let (name, text) = line.split_once('=')?;
                    Some((
                        format!("{key}.{}", name.trim_matches([' ', '\t'])),
                        text.trim_matches([' ', '\t']).to_owned(),
                    ))
                })),
                None => flat.push((key, text)),
            },
        }
    }
    flat.retain(|(_, text)| !text.is_empty());
    flat
}

fn places(files: &Files) -> BTreeMap<(SectionKind, String, String), Place> {
    let merged = Merged::new(files);
    let kinds = [
        (SectionKind::Profile, &merged.profiles),
        (SectionKind::SsoSession, &merged.sso_sessions),
        (SectionKind::Services, &merged.services),
    ];
    let mut places = BTreeMap::new();
    for (kind, sections) in kinds {
        for (name, keys) in sections {
            let with_name = |(key, value): (&&str, &crate::config::Value<'_>)| {
                ((kind, (*name).to_owned(), (*key).to_owned()), value.place)
            };
            places.extend(keys.values.iter().map(with_name));
        }
    }
    places
}

//! The profiles of Chromium and its relatives.

use super::{MOST, is_plain};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct LocalState {
    profile: Profiles,
}

#[derive(Deserialize)]
struct Profiles {
    /// By folder.
    info_cache: BTreeMap<String, Value>,
}

/// The name and folder of each profile in a `Local State`; two of one name have their folder in it.
pub fn profiles(json: &[u8]) -> Vec<(String, String)> {
    let Ok(LocalState { profile }) = serde_json::from_slice(json) else { return Vec::new() };
    let named = profile.info_cache.into_iter().filter_map(|(folder, about)| {
        let name = about.get("name").and_then(Value::as_str).unwrap_or(&folder).to_string();
        (is_plain(&name) && is_plain(&folder)).then_some((name, folder))
    });
    let mut profiles: Vec<_> = named.collect();
    profiles.sort();
    profiles.truncate(MOST);
    let names: Vec<_> = profiles.iter().map(|(name, _)| name.clone()).collect();
    for (name, folder) in &mut profiles {
        if names.iter().filter(|other| *other == name).count() > 1 {
            *name = format!("{name} ({folder})");
        }
    }
    profiles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_read_by_the_names_that_people_gave_them() {
        let json = br#"{"browser":{},"profile":{"info_cache":{
            "Default":{"name":"Kim","gaia_name":"Kim Example","user_name":"kim@example.com"},
            "Profile 1":{"name":"work","is_ephemeral":false},"Profile 3":{"name":"work"},"Profile 2":{}},"last_used":"Default"}}"#;
        let said: Vec<_> = profiles(json).into_iter().map(|(name, folder)| format!("{name}: {folder}")).collect();
        assert_eq!(
            said,
            ["Kim: Default", "Profile 2: Profile 2", "work (Profile 1): Profile 1", "work (Profile 3): Profile 3"]
        );
        for broken in [&b"{"[..], b"{}", br#"{"profile":{"info_cache":[]}}"#, b"\xff"] {
            assert_eq!(profiles(broken), []);
        }
    }
}

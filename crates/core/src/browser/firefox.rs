//! Firefox's profiles, and the containers in them.

use super::{MOST, is_plain};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Deserialize;

/// A profile of Firefox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// What `-P` takes.
    pub name: String,
    /// Its folder: from the folder of `profiles.ini` on, or whole.
    pub folder: String,
}

/// What `profiles.ini` lists: a section `[Profile0]` and so on for each, with `Name` and `Path`.
pub fn profiles(text: &str) -> Vec<Profile> {
    let mut profiles: Vec<Profile> = Vec::new();
    let mut in_profile = false;
    for line in text.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            in_profile = section.starts_with("Profile");
            if in_profile {
                profiles.push(Profile::default());
            }
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| in_profile) else { continue };
        let Some(profile) = profiles.last_mut() else { continue };
        match key {
            "Name" => profile.name = value.to_string(),
            "Path" => profile.folder = value.to_string(),
            _ => {}
        }
    }
    profiles.retain(|profile| is_plain(&profile.name));
    profiles.sort_by(|a, b| a.name.cmp(&b.name));
    profiles.dedup_by(|a, b| a.name == b.name);
    profiles.truncate(MOST);
    profiles
}

#[derive(Deserialize)]
struct Containers {
    identities: Vec<Container>,
}

#[derive(Deserialize)]
struct Container {
    name: Option<String>,
    #[serde(default)]
    public: bool,
}

/// The names of the containers in a `containers.json`. Those that came with Firefox have none there until a person
/// renames them: theirs depend on its language.
pub fn containers(json: &[u8]) -> Vec<String> {
    let Ok(Containers { identities }) = serde_json::from_slice(json) else { return Vec::new() };
    let public = identities.into_iter().filter(|container| container.public);
    let mut names: Vec<_> = public.filter_map(|container| container.name).filter(|name| is_plain(name)).collect();
    names.sort();
    names.dedup();
    names.truncate(MOST);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_read_and_other_sections_are_none() {
        let text = "[Install4F96D1932A9F858E]\nDefault=ab.default-release\nLocked=1\n\n[Profile1]\nName=work\nIsRelative=1\nPath=cd.work\n\n\
                    [Profile0]\r\nName=default-release\r\nIsRelative=0\r\nPath=/data/ff=1\r\nDefault=1\r\n\n[General]\nName=no\n[Profile2]\nPath=nameless\n[Profile3]\nName=-P\n[Profile4]\nName=work\nPath=twice\n";
        let profile = |name: &str, folder: &str| Profile { name: name.into(), folder: folder.into() };
        assert_eq!(profiles(text), [profile("default-release", "/data/ff=1"), profile("work", "cd.work")]);
        assert_eq!(profiles(""), []);
        assert_eq!(profiles("Name=x\n[\n=\n"), []);
        let many: String = (0..50).map(|i| format!("[Profile{i}]\nName=p{i}\n")).collect();
        assert_eq!(profiles(&many).len(), MOST);
    }

    #[test]
    fn containers_with_a_name_of_their_own_are_read() {
        let json = br#"{"version":5,"lastUserContextId":7,"identities":[
            {"icon":"fingerprint","color":"blue","l10nId":"user-context-personal","public":true,"userContextId":1},
            {"icon":"","color":"","name":"userContextIdInternal.thumbnail","public":false,"userContextId":5},
            {"icon":"briefcase","color":"red","name":"prod & root","public":true,"userContextId":7},
            {"icon":"briefcase","color":"orange","name":"AWS","public":true,"userContextId":6}]}"#;
        assert_eq!(containers(json), ["AWS", "prod & root"]);
        for broken in [&b"{"[..], b"[]", br#"{"identities":{}}"#, b"\xff"] {
            assert_eq!(containers(broken), [""; 0]);
        }
    }
}

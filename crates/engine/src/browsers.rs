//! Finds the browsers of this machine, with their profiles and containers. Reads a few small files, and starts nothing.

use crate::command_line;
use crate::paths::{BrowserFolders, Paths};
use crate::read;
use relight_core::browser::{
    Family, FirefoxProfile, FoundBrowser, KNOWN, Root, Start, Way, chromium_profiles, firefox_containers,
    firefox_profiles,
};
use relight_core::text::shown;
use relight_core::world::Content;
use std::path::{Path, PathBuf};

/// Nobody looks for one among more.
const MOST: usize = 100;

/// The ways to open a page in browsers that are installed. Blocks.
pub fn found(paths: &Paths) -> Vec<FoundBrowser> {
    find(&paths.home, &paths.browsers)
}

fn find(home: &Path, folders: &BrowserFolders) -> Vec<FoundBrowser> {
    let mut found = Vec::new();
    for known in KNOWN {
        let Some(start) = start(known.start, folders) else { continue };
        let of = known.folders.iter().map(|(root, folder)| match root {
            Root::Home => home.join(folder),
            Root::Config => folders.config.join(folder),
        });
        found.extend(ways(known.family, of).into_iter().map(|way| FoundBrowser {
            browser: known.name.to_owned(),
            name: shown(&way.name).into_owned(),
            command: command_line::join(start.iter().chain(&way.arguments)),
        }));
    }
    found.truncate(MOST);
    found
}

/// The words that start it, where it is installed.
fn start(start: Start, folders: &BrowserFolders) -> Option<Vec<String>> {
    match start {
        Start::Programs(names) => {
            let program = names.iter().find(|name| is_there(name, folders) && !is_snap(name, folders))?;
            Some(vec![(*program).to_owned()])
        }
        Start::Snap(name) => is_snap(name, folders).then(|| vec!["snap".into(), "run".into(), name.into()]),
        Start::Flatpak(id) => {
            let installed = is_there("flatpak", folders) && folders.flatpaks.iter().any(|apps| apps.join(id).is_dir());
            installed.then(|| vec!["flatpak".into(), "run".into(), id.into()])
        }
    }
}

fn is_there(program: &str, folders: &BrowserFolders) -> bool {
    folders.programs.iter().any(|folder| folder.join(program).is_file())
}

/// Where there is a snap, the program of that name elsewhere only starts it.
fn is_snap(program: &str, folders: &BrowserFolders) -> bool {
    folders.programs.iter().any(|folder| folder.ends_with("snap/bin") && folder.join(program).is_file())
}

/// The ways of a browser whose profiles are listed in the first of these `folders` that has any.
fn ways(family: Family, folders: impl IntoIterator<Item = PathBuf>) -> Vec<Way> {
    let of = |folder: PathBuf| match family {
        Family::Firefox => firefox(&folder),
        Family::Chromium(_) => chromium(&folder),
    };
    let mut ways = folders.into_iter().map(of).find(|ways| !ways.is_empty()).unwrap_or_default();
    ways.push(Way::private(family));
    ways
}

fn firefox(folder: &Path) -> Vec<Way> {
    let profiles = firefox_profiles(&String::from_utf8_lossy(&bytes(&folder.join("profiles.ini"))));
    let containers = profiles.iter().flat_map(|FirefoxProfile { name, folder: path }| {
        // A path that is whole takes the folder's place.
        let file = folder.join(path).join("containers.json");
        firefox_containers(&bytes(&file)).into_iter().map(move |container| Way::firefox_container(name, &container))
    });
    profiles.iter().map(|profile| Way::firefox_profile(&profile.name)).chain(containers).collect()
}

fn chromium(folder: &Path) -> Vec<Way> {
    let profiles = chromium_profiles(&bytes(&folder.join("Local State")));
    profiles.iter().map(|(name, folder)| Way::chromium_profile(name, folder)).collect()
}

/// What is there; a browser that was never started has nothing.
fn bytes(path: &Path) -> Vec<u8> {
    match read::content(path) {
        Content::Read(bytes) => bytes,
        Content::Missing | Content::Unreadable { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn put(home: &Path, path: &str, text: &str) {
        files::write_whole(&home.join(path), text).unwrap();
    }

    /// A home, and programs in it.
    fn said(home: &Path) -> String {
        let folders = BrowserFolders {
            config: home.join(".config"),
            programs: vec![home.join("bin"), home.join("snap/bin")],
            flatpaks: vec![home.join("flatpak/app")],
        };
        let lines = find(home, &folders).into_iter();
        lines.map(|found| format!("{}: {}: {}\n", found.browser, found.name, found.command)).collect()
    }

    // Linux alone is known here, and POSIX quotes are its own.
    #[cfg(not(windows))]
    #[test]
    fn what_is_installed_is_found_with_its_profiles_and_containers() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path();
        assert_eq!(said(home), "");
        // Profiles of what is not installed any more are none.
        put(home, ".config/vivaldi/Local State", r#"{"profile":{"info_cache":{"Default":{"name":"old"}}}}"#);
        put(
            home,
            ".mozilla/firefox/profiles.ini",
            "[Profile0]\nName=it's me\nPath=a.me\n[Profile1]\nName=work\nPath=b.work\n",
        );
        put(
            home,
            ".mozilla/firefox/b.work/containers.json",
            r#"{"identities":[{"name":"AWS & co","public":true},{"name":"hidden","public":false}]}"#,
        );
        put(home, ".config/mozilla/firefox/profiles.ini", "[Profile0]\nName=new\nPath=c.new\n");
        put(home, "bin/firefox", "");
        put(
            home,
            ".config/google-chrome/Local State",
            r#"{"profile":{"info_cache":{"Default":{"name":"Kim"},"Profile 1":{"name":"Work"}}}}"#,
        );
        put(home, "bin/google-chrome-stable", "");
        put(home, "snap/bin/chromium", "");
        put(home, "bin/chromium", "");
        put(home, "bin/flatpak", "");
        put(home, "flatpak/app/com.microsoft.Edge/current", "");
        insta::assert_snapshot!(said(home), @r"
        Firefox: profile it's me: firefox -P 'it'\''s me'
        Firefox: profile work: firefox -P work
        Firefox: container AWS & co of profile work (needs the extension “Open external links in a container”): firefox -P work 'ext+container:name=AWS%20%26%20co&url={url_encoded}'
        Firefox: private window: firefox --private-window
        Chrome: profile Kim: google-chrome-stable '--profile-directory=Default'
        Chrome: profile Work: google-chrome-stable '--profile-directory=Profile 1'
        Chrome: private window: google-chrome-stable --incognito
        Chromium (snap): private window: snap run chromium --incognito
        Edge (Flatpak): private window: flatpak run com.microsoft.Edge --inprivate
        ");
    }
}

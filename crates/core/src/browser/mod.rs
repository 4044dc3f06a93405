//! Which browser opens a page: the command that a person chose for a session, and the ways that this machine offers.

mod chromium;
mod command;
mod firefox;

pub use chromium::profiles as chromium_profiles;
pub use command::with_address;
pub use firefox::{Profile as FirefoxProfile, containers as firefox_containers, profiles as firefox_profiles};

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use serde::Serialize;

/// A way to open pages that was found on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FoundBrowser {
    /// The browser, such as `Firefox (snap)`.
    pub browser: String,
    /// Which of its ways, such as `profile work`.
    pub name: String,
    /// What to set as the session's browser command.
    pub command: String,
}

/// A browser that Relight knows, as it is installed in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What people call it.
    pub name: &'static str,
    /// How it keeps profiles.
    pub family: Family,
    /// What starts it.
    pub start: Start,
    /// Where its profiles are listed: in the first of these that is there.
    pub folders: &'static [(Root, &'static str)],
}

/// How a browser keeps profiles, and takes arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `profiles.ini`, and `containers.json` in each profile.
    Firefox,
    /// `Local State`. The argument opens a private window.
    Chromium(&'static str),
}

/// What starts a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The first of these programs that is there, and comes from no snap.
    Programs(&'static [&'static str]),
    /// A program that comes from a snap.
    Snap(&'static str),
    /// An application of Flatpak.
    Flatpak(&'static str),
}

/// A folder of the person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// The home folder.
    Home,
    /// `~/.config`, or `XDG_CONFIG_HOME`.
    Config,
}

/// A way to open pages: what it is called, and what to add to the words that start the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Such as `profile work`.
    pub name: String,
    /// The arguments; the address goes to their end, or to its place in them.
    pub arguments: Vec<String>,
}

impl Way {
    /// A window that forgets everything.
    pub fn private(family: Family) -> Self {
        let argument = match family {
            Family::Firefox => "--private-window",
            Family::Chromium(argument) => argument,
        };
        Self { name: "private window".to_string(), arguments: vec![argument.to_string()] }
    }

    /// A profile of Firefox, by its name.
    pub fn firefox_profile(name: &str) -> Self {
        Self { name: format!("profile {name}"), arguments: vec!["-P".to_string(), name.to_string()] }
    }

    /// A container in a profile of Firefox. Firefox itself takes no argument for it: the extension takes an address.
    pub fn firefox_container(profile: &str, container: &str) -> Self {
        let address = format!("ext+container:name={}&url={}", command::encoded(container), command::ENCODED_PLACE);
        Self {
            name: format!(
                "container {container} of profile {profile} (needs the extension “Open external links in a container”)"
            ),
            arguments: vec!["-P".to_string(), profile.to_string(), address],
        }
    }

    /// A profile of Chromium and its relatives, by its folder.
    pub fn chromium_profile(name: &str, folder: &str) -> Self {
        Self { name: format!("profile {name}"), arguments: vec![format!("--profile-directory={folder}")] }
    }
}

/// How many profiles or containers of one file are offered.
const MOST: usize = 20;

/// A name that can be shown and typed.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && !name.chars().any(char::is_control)
}

const INCOGNITO: Family = Family::Chromium("--incognito");
const IN_PRIVATE: Family = Family::Chromium("--inprivate");

const fn known(name: &'static str, family: Family, start: Start, folders: &'static [(Root, &'static str)]) -> Known {
    Known { name, family, start, folders }
}

/// The browsers that Relight knows, on Linux. Firefox from version 147 on goes to the second of its folders where the
/// first is not there.
pub const KNOWN: [Known; 14] = [
    known(
        "Firefox",
        Family::Firefox,
        Start::Programs(&["firefox", "firefox-esr"]),
        &[(Root::Home, ".mozilla/firefox"), (Root::Config, "mozilla/firefox")],
    ),
    known(
        "Firefox (snap)",
        Family::Firefox,
        Start::Snap("firefox"),
        &[(Root::Home, "snap/firefox/common/.mozilla/firefox")],
    ),
    known(
        "Firefox (Flatpak)",
        Family::Firefox,
        Start::Flatpak("org.mozilla.firefox"),
        &[
            (Root::Home, ".var/app/org.mozilla.firefox/.mozilla/firefox"),
            (Root::Home, ".var/app/org.mozilla.firefox/config/mozilla/firefox"),
        ],
    ),
    known(
        "Chrome",
        INCOGNITO,
        Start::Programs(&["google-chrome", "google-chrome-stable"]),
        &[(Root::Config, "google-chrome")],
    ),
    known(
        "Chrome (Flatpak)",
        INCOGNITO,
        Start::Flatpak("com.google.Chrome"),
        &[(Root::Home, ".var/app/com.google.Chrome/config/google-chrome")],
    ),
    known("Chromium", INCOGNITO, Start::Programs(&["chromium", "chromium-browser"]), &[(Root::Config, "chromium")]),
    known("Chromium (snap)", INCOGNITO, Start::Snap("chromium"), &[(Root::Home, "snap/chromium/common/chromium")]),
    known(
        "Chromium (Flatpak)",
        INCOGNITO,
        Start::Flatpak("org.chromium.Chromium"),
        &[(Root::Home, ".var/app/org.chromium.Chromium/config/chromium")],
    ),
    known(
        "Edge",
        IN_PRIVATE,
        Start::Programs(&["microsoft-edge", "microsoft-edge-stable"]),
        &[(Root::Config, "microsoft-edge")],
    ),
    known(
        "Edge (Flatpak)",
        IN_PRIVATE,
        Start::Flatpak("com.microsoft.Edge"),
        &[(Root::Home, ".var/app/com.microsoft.Edge/config/microsoft-edge")],
    ),
    known(
        "Brave",
        INCOGNITO,
        Start::Programs(&["brave-browser", "brave"]),
        &[(Root::Config, "BraveSoftware/Brave-Browser")],
    ),
    known(
        "Brave (Flatpak)",
        INCOGNITO,
        Start::Flatpak("com.brave.Browser"),
        &[(Root::Home, ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser")],
    ),
    known("Vivaldi", INCOGNITO, Start::Programs(&["vivaldi", "vivaldi-stable"]), &[(Root::Config, "vivaldi")]),
    known(
        "Vivaldi (Flatpak)",
        INCOGNITO,
        Start::Flatpak("com.vivaldi.Vivaldi"),
        &[(Root::Home, ".var/app/com.vivaldi.Vivaldi/config/vivaldi")],
    ),
];

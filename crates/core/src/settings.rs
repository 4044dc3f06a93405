//! What a person may choose.

use crate::config::SessionId;
use crate::time::SignedDuration;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The choices, as they stand in `settings.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Settings {
    /// Minutes before an end that needs a person at which a notice comes, longest first.
    pub warn_before: Vec<u32>,
    /// Renew tokens without asking while that is possible.
    pub silent_refresh: bool,
    /// Ids of sessions that are renewed only when a person asks.
    #[cfg_attr(test, ts(type = "Array<string>"))]
    pub renew_by_hand: BTreeSet<String>,
    /// Where clients have unlike home folders: write each token to all of them. None until the person says.
    pub both_homes: Option<bool>,
    /// Variables to assume where a program is not started with them, as from a menu: see [`ASSUMED`].
    #[cfg_attr(test, ts(type = "{ [variable: string]: string }"))]
    pub environment: BTreeMap<String, String>,
    /// On Windows: distributions of WSL whose sessions are shown while they run, and the home folder in each.
    #[cfg_attr(test, ts(type = "{ [distribution: string]: string }"))]
    pub wsl: BTreeMap<String, String>,
    /// Start the tray when the person logs in.
    pub start_at_login: bool,
    /// How much the log tells.
    pub log_level: LogLevel,
    /// By session: the command that opens its pages.
    #[cfg_attr(test, ts(type = "{ [session: string]: string }"))]
    pub browsers: BTreeMap<String, String>,
    /// Ids of sessions, and names of profiles, that always deserve attention.
    #[cfg_attr(test, ts(type = "Array<string>"))]
    pub pinned: BTreeSet<String>,
    /// Ids of sessions, and names of profiles, that never do.
    #[cfg_attr(test, ts(type = "Array<string>"))]
    pub muted: BTreeSet<String>,
}

/// What a person said about a session's counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing: it counts while it is signed in, and for a time after.
    Usual,
    /// It always counts.
    Pinned,
    /// It never counts, also where it is pinned.
    Muted,
}

/// How much the log tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum LogLevel {
    /// What went wrong.
    Warn,
    /// And what was done.
    Info,
    /// And why.
    Debug,
}

/// One choice made anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "key", content = "value", rename_all = "kebab-case")]
pub enum Setting {
    /// [`Settings::warn_before`]
    WarnBefore(Vec<u32>),
    /// [`Settings::silent_refresh`]
    SilentRefresh(bool),
    /// [`Settings::renew_by_hand`]
    RenewByHand {
        /// A session's id.
        name: String,
        /// Whether it is.
        on: bool,
    },
    /// [`Settings::both_homes`]
    BothHomes(bool),
    /// [`Settings::environment`]
    Environment {
        /// One of [`ASSUMED`].
        variable: String,
        /// None for what the program is started with.
        value: Option<String>,
    },
    /// [`Settings::wsl`]
    Wsl {
        /// Its name.
        distribution: String,
        /// The home folder in it; none to leave it alone.
        home: Option<String>,
    },
    /// [`Settings::start_at_login`]
    StartAtLogin(bool),
    /// [`Settings::log_level`]
    LogLevel(LogLevel),
    /// [`Settings::browsers`]
    Browser {
        /// Whose pages.
        session: SessionId,
        /// None for the person's usual browser.
        command: Option<String>,
    },
    /// [`Settings::pinned`]
    Pinned {
        /// A session's id or a profile's name.
        name: String,
        /// Whether it is.
        on: bool,
    },
    /// [`Settings::muted`]
    Muted {
        /// A session's id or a profile's name.
        name: String,
        /// Whether it is.
        on: bool,
    },
}

/// The variables that settings may give: where files are, and what is chosen of them. None of them is a secret.
pub const ASSUMED: [&str; 9] = [
    "HOME",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_LOGIN_CACHE_DIRECTORY",
    "AWS_CA_BUNDLE",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
];

/// A warning longer before the end than a day says nothing.
pub const LONGEST_WARNING: u32 = 24 * 60;

impl Default for Settings {
    fn default() -> Self {
        Self {
            warn_before: vec![15, 5],
            silent_refresh: true,
            renew_by_hand: BTreeSet::new(),
            both_homes: None,
            environment: BTreeMap::new(),
            wsl: BTreeMap::new(),
            start_at_login: false,
            log_level: LogLevel::Info,
            browsers: BTreeMap::new(),
            pinned: BTreeSet::new(),
            muted: BTreeSet::new(),
        }
    }
}

impl Settings {
    /// The warning times for a session of `length`: none is longer than a quarter of it, so that a session of
    /// 15 minutes does not warn as it begins. Longest first, no two alike.
    pub fn lead_times(&self, length: Option<SignedDuration>) -> Vec<SignedDuration> {
        let most = length.map_or(SignedDuration::MAX, |length| length / 4);
        let minutes = |minutes: &u32| SignedDuration::from_mins((*minutes).into());
        let mut times: Vec<_> = self.warn_before.iter().map(|lead| minutes(lead).min(most)).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        times.dedup();
        times
    }

    /// What was said about the session of this id, or the profile of this name.
    pub fn choice(&self, name: &str) -> Choice {
        match (self.muted.contains(name), self.pinned.contains(name)) {
            (true, _) => Choice::Muted,
            (false, true) => Choice::Pinned,
            (false, false) => Choice::Usual,
        }
    }
}

/// Longest first, no two alike, none outside of what makes sense.
pub fn in_order(mut minutes: Vec<u32>) -> Vec<u32> {
    minutes.retain(|minutes| (1..=LONGEST_WARNING).contains(minutes));
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    minutes.dedup();
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_session_warns_in_its_last_quarter() {
        let settings = Settings::default();
        assert_eq!(
            settings.lead_times(Some(SignedDuration::from_hours(8))),
            [SignedDuration::from_mins(15), SignedDuration::from_mins(5)]
        );
        assert_eq!(
            settings.lead_times(Some(SignedDuration::from_mins(40))),
            [SignedDuration::from_mins(10), SignedDuration::from_mins(5)]
        );
        assert_eq!(settings.lead_times(Some(SignedDuration::from_mins(16))), [SignedDuration::from_mins(4)]);
        assert_eq!(settings.lead_times(None).len(), 2);
    }

    #[test]
    fn warning_times_are_put_in_order_and_what_makes_no_sense_is_left_out() {
        assert_eq!(in_order(vec![5, 30, 5, 0, 9999]), [30, 5]);
    }
}

//! What a person may choose.

use crate::time::SignedDuration;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The choices that the rules look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long before an end that needs a person a notice comes, longest first.
    pub warn_before: Vec<SignedDuration>,
    /// Renew tokens without asking while that is possible.
    pub silent_refresh: bool,
    /// Ids of sessions, and names of profiles, that always deserve attention.
    pub pinned: BTreeSet<String>,
    /// Ids of sessions, and names of profiles, that never do.
    pub muted: BTreeSet<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            warn_before: vec![SignedDuration::from_mins(15), SignedDuration::from_mins(5)],
            silent_refresh: true,
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
        let mut times: Vec<_> = self.warn_before.iter().map(|lead| (*lead).min(most)).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        times.dedup();
        times
    }
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
}

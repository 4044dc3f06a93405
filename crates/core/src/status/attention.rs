//! What counts for the icon, the left click and the notices.

use super::State;
use crate::settings::{Choice, Settings};
use crate::time::{SignedDuration, Timestamp, until};

/// How long after its end something is still asked for: Friday's session on Monday, but not last year's.
pub const ATTENTION_AFTER_END: SignedDuration = SignedDuration::from_hours(72);

/// Whether something deserves attention. `ended_at` is its end where it is past, or the last time that a broken file
/// was changed; `key` is the session's id or the profile's name.
pub(super) fn attention(
    state: State,
    ended_at: Option<Timestamp>,
    key: &str,
    settings: &Settings,
    now: Timestamp,
) -> bool {
    let recent = ended_at.is_some_and(|end| until(end, now) <= ATTENTION_AFTER_END);
    match settings.choice(key) {
        Choice::Muted => false,
        Choice::Pinned => true,
        Choice::Usual => match state {
            State::Valid | State::Expiring => true,
            State::Stale | State::Expired | State::Broken => recent,
            State::SignedOut | State::Endless | State::Unknown => false,
        },
    }
}

/// The worst of `states`: the one that the icon shows. `SignedOut` says nothing.
pub fn worst(states: impl Iterator<Item = State>) -> Option<State> {
    states.filter(|state| rank(*state) > 0).max_by_key(|state| rank(*state))
}

fn rank(state: State) -> u8 {
    match state {
        State::Expired => 7,
        State::Expiring => 6,
        State::Broken => 5,
        State::Stale => 4,
        State::Unknown => 3,
        State::Valid => 2,
        State::Endless => 1,
        State::SignedOut => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(state: State, hours_ago: i64) -> bool {
        let now: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap_or_default();
        attention(state, Some(now - SignedDuration::from_hours(hours_ago)), "s", &Settings::default(), now)
    }

    #[test]
    fn fridays_session_is_asked_for_on_monday_and_last_years_is_not() {
        assert!(seen(State::Expired, 72));
        assert!(!seen(State::Expired, 73));
        assert!(!seen(State::SignedOut, 0));
    }

    #[test]
    fn pinned_counts_always_and_muted_never() {
        let now = Timestamp::UNIX_EPOCH;
        let mut settings = Settings::default();
        settings.pinned.insert("s".into());
        assert!(attention(State::SignedOut, None, "s", &settings, now));
        settings.muted.insert("s".into());
        assert!(!attention(State::Expired, Some(now), "s", &settings, now));
    }

    #[test]
    fn the_worst_is_what_needs_a_person_first() {
        assert_eq!(worst([State::Valid, State::Stale, State::Expiring].into_iter()), Some(State::Expiring));
        assert_eq!(worst([State::SignedOut].into_iter()), None);
    }
}

//! The fake's own clock. No other file of the fake reads the time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Real time plus an offset, so that a test passes hours in no time and still talks to
/// clients that live in real time.
#[derive(Debug, Default)]
pub(super) struct Clock {
    offset: SignedDuration,
    /// What of it is time that passed for the fake alone.
    passed: SignedDuration,
}

impl Clock {
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::now() + self.offset
    }

    /// The time that a client believes in which does not know of [`Clock::advance`].
    pub(super) fn of_clients(&self) -> Timestamp {
        self.now() - self.passed
    }

    pub(super) fn advance(&mut self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.offset = self.offset.saturating_add(by);
        self.passed = self.passed.saturating_add(by);
    }

    pub(super) fn set_offset(&mut self, offset: SignedDuration) {
        self.offset = offset;
        self.passed = SignedDuration::ZERO;
    }
}

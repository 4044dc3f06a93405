//! The fake's own clock. No other file of the fake reads the time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Real time plus an offset, so that a test passes hours in no time and still talks to
/// clients that live in real time.
#[derive(Debug, Default)]
pub(super) struct Clock {
    offset: SignedDuration,
}

impl Clock {
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::now() + self.offset
    }

    pub(super) fn advance(&mut self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.offset = self.offset.saturating_add(by);
    }

    pub(super) fn set_offset(&mut self, offset: SignedDuration) {
        self.offset = offset;
    }
}

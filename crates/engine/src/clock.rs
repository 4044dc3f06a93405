//! The only reader of the clock, and the only sleeper.
#![expect(clippy::disallowed_methods, reason = "everything else gets the time from here")]

use relight_core::time::{SignedDuration, Timestamp, until};

/// The time now.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// This machine's time zone, read anew each time: laptops travel.
pub fn zone() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::try_system().unwrap_or(jiff::tz::TimeZone::UTC)
}

/// No sleep is longer: where the system does not tell of a clock that was set or a machine that slept, it is found
/// out by then.
const LONGEST_SLEEP: SignedDuration = SignedDuration::from_secs(60);

/// What ended a sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woke {
    /// The moment came, or the longest sleep was over.
    InTime,
    /// The clock was set, or the machine slept.
    ClockChanged,
}

/// Sleeps until the wall clock says `at`, but no longer than a minute.
pub struct Sleeper(sleeper::Sleeper);

impl Sleeper {
    /// Makes the timer.
    pub fn new() -> Self {
        Self(sleeper::Sleeper::new())
    }

    /// Sleeps; may be dropped at any time.
    pub async fn until(&self, at: Timestamp) -> Woke {
        let left = until(now(), at).clamp(SignedDuration::ZERO, LONGEST_SLEEP);
        self.0.sleep(left).await
    }
}

impl Default for Sleeper {
    fn default() -> Self {
        Self::new()
    }
}

/// A pause inside an operation, such as before a file is read again.
pub async fn pause(length: std::time::Duration) {
    tokio::time::sleep(length).await;
}

/// A pause of this thread, where files are changed.
pub fn block(length: std::time::Duration) {
    std::thread::sleep(length);
}

#[cfg(target_os = "linux")]
mod sleeper {
    //! A timer on the wall clock. Linux cancels it when the clock is set and when the machine wakes.

    use super::{SignedDuration, Timestamp, Woke, now};
    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
    };
    use std::os::fd::OwnedFd;
    use tokio::io::unix::AsyncFd;

    pub(super) struct Sleeper(Option<AsyncFd<OwnedFd>>);

    impl Sleeper {
        #[expect(
            deprecated,
            reason = "sound for an OwnedFd, whose descriptor cannot change; its successor is unsafe to call"
        )]
        pub(super) fn new() -> Self {
            let timer = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC);
            Self(timer.ok().and_then(|timer| AsyncFd::new(timer).ok()))
        }

        pub(super) async fn sleep(&self, length: SignedDuration) -> Woke {
            let Some(timer) = &self.0 else { return sleep(length).await };
            match arm(timer, now(), length) {
                Ok(()) => {}
                // The clock was set since the last sleep.
                Err(Errno::CANCELED) => return Woke::ClockChanged,
                Err(_) => return sleep(length).await,
            }
            loop {
                let Ok(mut ready) = timer.readable().await else { return Woke::InTime };
                let mut count = [0; 8];
                match rustix::io::read(timer, &mut count) {
                    Err(Errno::AGAIN) => ready.clear_ready(),
                    Err(Errno::CANCELED) => return Woke::ClockChanged,
                    Ok(_) | Err(_) => return Woke::InTime,
                }
            }
        }
    }

    async fn sleep(length: SignedDuration) -> Woke {
        tokio::time::sleep(length.unsigned_abs()).await;
        Woke::InTime
    }

    fn arm(timer: &AsyncFd<OwnedFd>, now: Timestamp, length: SignedDuration) -> rustix::io::Result<()> {
        let at = relight_core::time::after(now, length.max(SignedDuration::from_millis(1)));
        let it_value = Timespec { tv_sec: at.as_second(), tv_nsec: at.subsec_nanosecond().into() };
        let spec = Itimerspec { it_interval: Timespec { tv_sec: 0, tv_nsec: 0 }, it_value };
        timerfd_settime(timer, TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET, &spec).map(drop)
    }
}

#[cfg(not(target_os = "linux"))]
mod sleeper {
    use super::{SignedDuration, Woke};

    pub(super) struct Sleeper;

    impl Sleeper {
        pub(super) fn new() -> Self {
            Self
        }

        pub(super) async fn sleep(&self, length: SignedDuration) -> Woke {
            tokio::time::sleep(length.unsigned_abs()).await;
            Woke::InTime
        }
    }
}

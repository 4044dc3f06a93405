//! A device authorization that waits for a person's approval (RFC 8628).

use crate::cache::Registration;
use crate::flow::call::{CallError, ErrorKind, Operation};
use crate::flow::pause;
use crate::secret::Secret;
use crate::text::shown;
use crate::time::{SignedDuration, Timestamp, after};
use alloc::string::String;

/// The poll interval where the answer names none (RFC 8628 3.2).
const DEFAULT_INTERVAL: i64 = 5;
/// A server that names a longer one is polled all the same.
const LONGEST_INTERVAL: i64 = 30;
/// What `slow_down` adds to it, for good (RFC 8628 3.5).
const SLOW_DOWN: SignedDuration = SignedDuration::from_secs(5);
/// How long a device code lives where the answer does not say.
const DEFAULT_LIFE: i64 = 600;
/// No code is waited for longer.
pub(super) const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(30);
/// The longest pause between polls while the network is away.
pub(super) const LONGEST_RETRY: SignedDuration = SignedDuration::from_secs(30);

/// What AWS gave for one sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Device {
    pub(super) client: Registration,
    code: Secret,
    pub(super) user_code: String,
    pub(super) verification_uri: String,
    pub(super) verification_uri_complete: String,
    expires_at: Timestamp,
    pub(super) interval: SignedDuration,
    /// Polls in a row that found no AWS.
    lost: u32,
    /// What went wrong with the last of them.
    trouble: Option<String>,
}

/// What a poll that brought no token comes to.
pub(super) enum Polled {
    /// Ask again after this time.
    Again(SignedDuration),
    /// The code has ended.
    TimedOut(Option<String>),
    /// The person said no.
    Denied,
    /// AWS does not know the client any more.
    UnknownClient,
    /// It cannot come to anything.
    Failed(String),
}

/// The page is opened, so its address is kept whole.
fn on_one_line(mut url: String) -> String {
    url.retain(|character| !character.is_control());
    url
}

impl Device {
    /// From the answer to `StartDeviceAuthorization`: lengths in seconds, as they come.
    pub(super) fn new(
        client: Registration,
        code: Secret,
        user_code: &str,
        pages: (String, String),
        expires_in: i64,
        interval: Option<i64>,
        now: Timestamp,
    ) -> Self {
        let life = if expires_in > 0 { expires_in } else { DEFAULT_LIFE };
        Self {
            client,
            code,
            user_code: shown(user_code).into_owned(),
            verification_uri: shown(&pages.0).into_owned(),
            verification_uri_complete: on_one_line(pages.1),
            expires_at: after(now, SignedDuration::from_secs(life).min(LONGEST_WAIT)),
            interval: SignedDuration::from_secs(interval.unwrap_or(DEFAULT_INTERVAL).clamp(1, LONGEST_INTERVAL)),
            lost: 0,
            trouble: None,
        }
    }

    /// Asks whether the person approved.
    pub(super) fn poll(&self) -> Operation {
        Operation::CreateToken { client: self.client.client(), device_code: self.code.clone() }
    }

    /// Whether the code has ended, with the last trouble.
    pub(super) fn ended(&self, now: Timestamp) -> Option<Polled> {
        (self.expires_at <= now).then(|| Polled::TimedOut(self.trouble.clone()))
    }

    /// When to ask again, not later than the code's end.
    pub(super) fn next_poll(&self, wait: SignedDuration, now: Timestamp) -> Timestamp {
        after(now, wait).min(self.expires_at)
    }

    /// What a failed poll means (aws-sessions.md 3.6).
    pub(super) fn failed(&mut self, error: &CallError) -> Polled {
        match error.kind {
            ErrorKind::AuthorizationPending => {
                (self.lost, self.trouble) = (0, None);
                Polled::Again(self.interval)
            }
            ErrorKind::SlowDown => {
                self.interval += SLOW_DOWN;
                Polled::Again(self.interval)
            }
            ErrorKind::ExpiredToken => Polled::TimedOut(None),
            ErrorKind::AccessDenied => Polled::Denied,
            ErrorKind::InvalidClient | ErrorKind::UnauthorizedClient => Polled::UnknownClient,
            _ if error.passes() => {
                self.lost += 1;
                self.trouble = Some(error.sentence());
                Polled::Again(self.interval.max(pause(self.lost, LONGEST_RETRY)))
            }
            _ => Polled::Failed(error.sentence()),
        }
    }
}

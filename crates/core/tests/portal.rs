//! An Identity Center whose sessions end after a fixed time, whatever is refreshed, for tests that live through days.

use crate::simulation::{Answered, error, registered};
use relight_core::flow::{Answer, ErrorKind, Operation};
use relight_core::secret::Secret;
use relight_core::time::{SignedDuration, Timestamp};

pub(crate) struct Aws {
    /// How long a session lasts.
    pub(crate) cap: SignedDuration,
    /// Whether tokens end with their session at the latest.
    pub(crate) caps_tokens: bool,
    pub(crate) is_reachable: bool,
    /// From the sign-in's begin until the person is signed in at the page, and until they approve.
    pub(crate) person: (SignedDuration, SignedDuration),
    /// The session that the browser keeps: its end.
    session: Option<Timestamp>,
    asked_at: Timestamp,
    /// The session of the newest refresh token, which alone works.
    refresh: Option<(String, Timestamp)>,
    given: u32,
}

impl Aws {
    pub(crate) fn new(cap: SignedDuration, caps_tokens: bool) -> Self {
        Self {
            cap,
            caps_tokens,
            is_reachable: true,
            person: (SignedDuration::from_secs(20), SignedDuration::from_secs(31)),
            session: None,
            asked_at: Timestamp::MIN,
            refresh: None,
            given: 0,
        }
    }

    /// The end of the session that the browser keeps, which no client is told.
    pub(crate) fn ends_at(&self) -> Timestamp {
        self.session.unwrap()
    }

    /// An administrator revokes the person's session: refreshes are refused from now on.
    pub(crate) fn revoke(&mut self) {
        (self.session, self.refresh) = (None, None);
    }

    pub(crate) fn answer(&mut self, operation: &Operation, now: Timestamp) -> Answered {
        if !self.is_reachable {
            return error(ErrorKind::Network);
        }
        match operation {
            Operation::RegisterClient { .. } => registered(),
            Operation::StartDeviceAuthorization { .. } => {
                self.asked_at = now;
                Ok(Answer::Started {
                    device_code: Secret::new("dc-1"),
                    user_code: "KJTX-QWPM".into(),
                    verification_uri: "https://device.example".into(),
                    verification_uri_complete: "https://device.example?user_code=KJTX-QWPM".into(),
                    expires_in: 600,
                    interval: Some(5),
                })
            }
            Operation::CreateToken { .. } if now < self.asked_at + self.person.1 => {
                error(ErrorKind::AuthorizationPending)
            }
            Operation::CreateToken { .. } => {
                let joined = self.session.filter(|end| *end > self.asked_at);
                let end = *self.session.insert(joined.unwrap_or(self.asked_at + self.person.0 + self.cap));
                Ok(self.token(end, now))
            }
            Operation::RefreshToken { refresh_token, .. } => match self.refresh.clone() {
                Some((newest, end)) if newest == refresh_token.expose() && now < end => Ok(self.token(end, now)),
                _ => error(ErrorKind::InvalidGrant),
            },
            Operation::Logout { .. } => {
                let lived = self.session.take().is_some_and(|end| now < end);
                if lived { Ok(Answer::LoggedOut) } else { error(ErrorKind::Unauthorized) }
            }
            // Its person compares codes at AWS's own address, and lists nothing.
            _ => error(ErrorKind::Other),
        }
    }

    fn token(&mut self, end: Timestamp, now: Timestamp) -> Answer {
        self.given += 1;
        let newest = format!("rt-{}", self.given);
        self.refresh = Some((newest.clone(), end));
        let left = end.duration_since(now).as_secs();
        Answer::Token {
            access_token: Secret::new("at"),
            expires_in: if self.caps_tokens { left.min(3600) } else { 3600 },
            refresh_token: Some(Secret::new(newest)),
        }
    }
}

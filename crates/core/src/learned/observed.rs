//! The sessions of one start URL that were watched.

use super::length::{Evidence, JITTER, Length};
use super::{End, What};
use crate::cache::CacheName;
use crate::time::{SignedDuration, Timestamp};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The sessions of one start URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Observed {
    /// The portal ended all sessions then, and no sign-in is known since: the next one starts a full session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logged_out: Option<i64>,
    /// Oldest first.
    #[serde(default)]
    sessions: Vec<Session>,
}

/// A session as it was seen through one token file, from a sign-in on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Session {
    file: CacheName,
    /// It began no earlier, where that is known; at `latest` if it surely began with this sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    earliest: Option<i64>,
    /// It began no later.
    latest: i64,
    /// When AWS last gave a token.
    accepted: i64,
    /// When AWS refused to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<i64>,
    /// The end of that token.
    token: i64,
    /// Signed out, or another sign-in took its place.
    #[serde(default)]
    over: bool,
}

/// What is learned fits into few sessions; those that add nothing are forgotten first.
const MOST: usize = 16;

impl Observed {
    pub(super) fn add(&mut self, file: &CacheName, at: i64, what: What) {
        if self.knows(file, at, what) {
            return;
        }
        // The clock was set back: how long a session that runs has lasted is no longer known.
        self.sessions.retain(|session| session.is_done() || session.accepted <= at);
        self.logged_out = self.logged_out.filter(|out| *out <= at);
        match what {
            What::SignedIn(token) => {
                let is_full = self.logged_out.is_some();
                self.begin(file, at, is_full, token.as_second());
            }
            What::Accepted { of, new } => {
                if let Some(session) = self.going_on(file, of.as_second(), at) {
                    (session.accepted, session.token, session.refused) = (at, new.as_second(), None);
                }
            }
            What::Refused(of) => {
                if let Some(session) = self.going_on(file, of.as_second(), at) {
                    session.refused = Some(at);
                }
            }
            What::LoggedOut => {
                self.sessions.iter_mut().for_each(|session| session.over = true);
                self.logged_out = Some(at);
            }
        }
        self.forget();
    }

    pub(super) fn length(&self) -> Length {
        self.length_without(None)
    }

    pub(super) fn end(&self, file: &CacheName, token: i64, now: i64) -> Option<End> {
        let (place, session) = self.running(file)?;
        let (length, most) = self.good_length(place)?;
        let earliest = session.earliest?;
        let ends_at = earliest.saturating_add(length);
        let over_at = earliest.saturating_add(most).saturating_add(JITTER);
        let is_before_start = now.saturating_add(JITTER) < session.latest;
        let was_wrong = session.accepted >= over_at;
        // Revoked, perhaps; it says nothing of when the session in the browser ends.
        let ended_early = session.refused.is_some_and(|refused| refused < ends_at.saturating_sub(JITTER));
        if is_before_start || was_wrong || ended_early {
            return None;
        }
        Some(End {
            ends_at: Timestamp::from_second(session.refused.unwrap_or(ends_at).min(ends_at)).ok()?,
            over_at: Timestamp::from_second(over_at).ok()?,
            length: SignedDuration::from_secs(length),
            refused: session.refused.is_some(),
            is_of_token: session.token == token,
        })
    }

    /// Half-way through the bracket; once that is narrow enough to be shown, when the session must be over by what is
    /// shown, so that a change is noticed at once.
    pub(super) fn probe_at(&self, file: &CacheName, token: i64, now: i64) -> Option<i64> {
        let (place, session) = self.running(file)?;
        if session.refused.is_some() || session.token != token {
            return None;
        }
        let at = if let Some((_, most)) = self.good_length(place) {
            session.earliest?.saturating_add(most).saturating_add(JITTER)
        } else {
            let length = self.length_without(Some(place));
            let (least, most) = (length.at_least.as_secs(), length.at_most?.as_secs());
            let has_joined = session.earliest.is_some_and(|earliest| earliest < session.latest);
            let is_past = now > session.latest.saturating_add(most);
            if has_joined || is_past {
                return None;
            }
            session.latest.saturating_add(least.midpoint(most))
        };
        (session.accepted < at).then_some(at)
    }

    /// When something was last heard of it.
    pub(super) fn last_at(&self) -> i64 {
        let of_sessions = self.sessions.iter().map(|session| session.refused.unwrap_or(session.accepted));
        of_sessions.chain(self.logged_out).max().unwrap_or(i64::MIN)
    }

    fn knows(&self, file: &CacheName, at: i64, what: What) -> bool {
        let mut of_file = self.sessions.iter().filter(|session| session.file == *file);
        match what {
            What::SignedIn(_) => of_file.any(|session| session.latest == at),
            What::Accepted { new, .. } => {
                of_file.any(|session| session.token == new.as_second() && session.accepted >= at)
            }
            What::Refused(of) => of_file.any(|session| session.token == of.as_second() && session.refused.is_some()),
            What::LoggedOut => self.logged_out == Some(at),
        }
    }

    /// The session that a token file is about.
    fn running(&self, file: &CacheName) -> Option<(usize, &Session)> {
        let mut newest_first = self.sessions.iter().enumerate().rev();
        newest_first.find(|(_, session)| session.file == *file && !session.over)
    }

    /// The session of `file` that goes on. A token that nobody here knows is another client's: it refreshed, or signed
    /// in; who knows which.
    fn going_on(&mut self, file: &CacheName, token: i64, at: i64) -> Option<&mut Session> {
        match self.running(file) {
            Some((place, session)) if session.token == token => self.sessions.get_mut(place),
            _ => {
                self.begin(file, at, false, token);
                self.sessions.last_mut()
            }
        }
    }

    fn begin(&mut self, file: &CacheName, at: i64, is_full: bool, token: i64) {
        let earliest = if is_full { Some(at) } else { self.joined(at) };
        let before = self.sessions.iter_mut().filter(|session| session.file == *file);
        before.for_each(|session| session.over = true);
        let file = file.clone();
        self.sessions.push(Session { file, earliest, latest: at, accepted: at, refused: None, token, over: false });
        self.logged_out = None;
    }

    /// The start of the session that a sign-in at `at` joins, if it joins one that is known: it lives on in the browser
    /// until its end or a Logout.
    fn joined(&self, at: i64) -> Option<i64> {
        let place = self.sessions.len().checked_sub(1)?;
        let last = self.sessions.get(place).filter(|session| !session.over)?;
        let earliest = last.earliest?;
        let length = self.length_without(Some(place));
        let must_be_over = |most: SignedDuration| at >= earliest.saturating_add(most.as_secs()).saturating_add(JITTER);
        let has_ended = last.refused.is_some_and(|refused| {
            refused.saturating_sub(earliest) >= length.at_least.as_secs().saturating_sub(JITTER)
        });
        (!has_ended && !length.at_most.is_some_and(must_be_over)).then_some(earliest)
    }

    /// The length's bounds in seconds, by all sessions but the one at `place`, where they are good enough to be shown.
    fn good_length(&self, place: usize) -> Option<(i64, i64)> {
        let length = self.length_without(Some(place));
        let most = length.at_most.filter(|_| length.is_good_enough())?;
        Some((length.at_least.as_secs(), most.as_secs()))
    }

    fn length_without(&self, place: Option<usize>) -> Length {
        let sessions = self.sessions.iter().enumerate().filter(|(at, _)| Some(*at) != place);
        Length::of(&sessions.map(|(_, session)| session.evidence()).collect::<Vec<_>>())
    }

    fn forget(&mut self) {
        while self.sessions.len() > MOST {
            let length = self.length();
            // The newest is never one of them.
            let places = 0..self.sessions.len().saturating_sub(1);
            let idle = places.into_iter().find(|place| self.length_without(Some(*place)) == length);
            self.sessions.remove(idle.unwrap_or_default());
        }
    }
}

impl Session {
    fn evidence(&self) -> Evidence {
        let over = self.refused.zip(self.earliest).map(|(refused, earliest)| refused.saturating_sub(earliest));
        Evidence { lasted: self.accepted.saturating_sub(self.latest), over }
    }

    /// Whether nothing more will be heard of it.
    fn is_done(&self) -> bool {
        self.over || self.refused.is_some()
    }
}

//! How long the sessions of an Identity Center last, learned from the refreshes that it accepted and refused: the end
//! of a session is written nowhere, and no refresh moves it (aws-sessions.md 2.7, 3.7).
//!
//! Only a sign-in after a proven Logout certainly starts a session. Any other may join one that the browser has kept,
//! so it tells how long sessions last at least, and nothing of their end.

mod length;
mod observed;

pub use length::{GOOD_ENOUGH, Length};

use crate::cache::CacheName;
use crate::config::Session;
use crate::flow::Outcome;
use crate::time::{SignedDuration, Timestamp};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use observed::Observed;
use serde::{Deserialize, Serialize};

/// What was learned, by start URL. Times in it are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(BTreeMap<String, Observed>);

/// Something that happened to a session, whoever of Relight's processes did it. To add it twice does no harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Whose session.
    pub start_url: String,
    /// Its token file: several may share a session in the browser.
    pub file: CacheName,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What happened. A token is named by its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A person signed in, and got the token that ends at this moment.
    SignedIn(Timestamp),
    /// A refresh was accepted.
    Accepted {
        /// The token that was renewed.
        of: Timestamp,
        /// The one that AWS gave for it.
        new: Timestamp,
    },
    /// AWS said that the grant behind this token is over.
    Refused(Timestamp),
    /// The portal ended the session.
    LoggedOut,
}

impl What {
    /// What a refresh that is over tells, and when it happened.
    pub fn of_refresh(outcome: &Outcome, now: Timestamp) -> Option<(Self, Timestamp)> {
        match outcome {
            Outcome::Refreshed { expires_at, of, at } => Some((Self::Accepted { of: *of, new: *expires_at }, *at)),
            Outcome::Refused { expires_at, grant_is_over: true, .. } => Some((Self::Refused(*expires_at), now)),
            _ => None,
        }
    }
}

impl Fact {
    /// Of a session of the files.
    pub fn of(session: &Session, what: What, at: Timestamp) -> Self {
        Self { start_url: session.start_url.clone(), file: session.id.token_file(), at, what }
    }
}

/// The learned end of a session that runs, or has just ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The earliest that it can be: every session that was watched lasted that long.
    pub ends_at: Timestamp,
    /// The latest: every session that was watched was over by then.
    pub over_at: Timestamp,
    /// From its start to `ends_at`.
    pub length: SignedDuration,
    /// Whether AWS has said that it is over.
    pub refused: bool,
    /// Whether the token that was asked about is surely one of this session.
    pub is_of_token: bool,
}

/// An organisation that nobody signs in to any more is forgotten when there are more than these.
const MOST: usize = 64;

impl History {
    /// Takes a fact in.
    pub fn add(&mut self, fact: &Fact) {
        let key = key(&fact.start_url);
        let observed = self.0.entry(key.to_owned()).or_default();
        observed.add(&fact.file, fact.at.as_second(), fact.what);
        if self.0.len() > MOST {
            let others = self.0.iter().filter(|(url, _)| *url != key);
            let oldest = others.min_by_key(|(_, observed)| observed.last_at()).map(|(url, _)| url.clone());
            oldest.map(|url| self.0.remove(&url));
        }
    }

    /// How long the sessions of this start URL last.
    pub fn length(&self, start_url: &str) -> Length {
        self.0.get(key(start_url)).map_or_else(Length::default, Observed::length)
    }

    /// The end of the session behind the token in `file` that ends at `token`, where enough is known of it.
    pub fn end(&self, start_url: &str, file: &CacheName, token: Timestamp, now: Timestamp) -> Option<End> {
        self.0.get(key(start_url))?.end(file, token.as_second(), now.as_second())
    }

    /// When one refresh more than the token needs would tell something of the length; at most one in a session.
    pub fn probe_at(&self, start_url: &str, file: &CacheName, token: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let at = self.0.get(key(start_url))?.probe_at(file, token.as_second(), now.as_second())?;
        Timestamp::from_second(at).ok()
    }
}

/// One Identity Center has one address, but people write it with and without what follows the path.
fn key(start_url: &str) -> &str {
    start_url.split(['#', '?']).next().unwrap_or(start_url).trim_end_matches('/')
}

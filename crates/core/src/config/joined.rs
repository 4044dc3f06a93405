//! The meaning of the files of several homes together. What Relight's own home says comes first.

use super::{Config, Files, Profile, SessionId};
use crate::problem::Problem;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

/// Which home's files say what; empty where there is but one home.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Homes {
    /// By home: the sessions that its files have.
    sessions: Vec<BTreeSet<SessionId>>,
}

impl Config {
    /// The files of one more home.
    pub(super) fn join(&mut self, other: Self, files: &Files) {
        if self.homes.sessions.is_empty() {
            self.homes.sessions.push(self.sessions.keys().cloned().collect());
        }
        self.homes.sessions.push(other.sessions.keys().cloned().collect());
        for (id, session) in other.sessions {
            match self.sessions.get_mut(&id) {
                Some(known) => {
                    let new: Vec<_> =
                        session.profiles.into_iter().filter(|name| !self.profiles.contains_key(name)).collect();
                    known.profiles.extend(new);
                }
                None => _ = self.sessions.insert(id, session),
            }
        }
        for (name, profile) in other.profiles {
            if let Some(known) = self.profiles.get_mut(&name) {
                known.problems.extend(difference(known, &profile, files));
            } else {
                self.profiles.insert(name, profile);
            }
        }
        let new: Vec<_> = other.problems.into_iter().filter(|problem| !self.problems.contains(problem)).collect();
        self.problems.extend(new);
    }

    /// Whether the files of this home have the session.
    pub fn is_in(&self, session: &SessionId, home: usize) -> bool {
        match self.homes.sessions.get(home) {
            Some(sessions) => sessions.contains(session),
            None => self.homes.sessions.is_empty() && self.sessions.contains_key(session),
        }
    }

    /// The home whose files have the session, the first of several.
    pub fn home_of(&self, session: &SessionId) -> usize {
        self.homes.sessions.iter().position(|sessions| sessions.contains(session)).unwrap_or_default()
    }
}

/// Two profiles of one name that are not the same: each client takes its own home's.
fn difference(own: &Profile, other: &Profile, files: &Files) -> Option<Problem> {
    let is_same = own.credentials == other.credentials && own.region == other.region;
    (!is_same).then(|| {
        let file = files.path(other.place.file);
        let message = format!("{file} has a profile of this name too, and says something else.");
        let hint = "Make them alike, or give one another name: clients with another home folder take that one.";
        Problem::warning("profile-of-two-homes", message, hint)
    })
}

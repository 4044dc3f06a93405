//! What the flows that end tell about the length of sessions.

use super::App;
use super::flows::Kind;
use crate::config::SessionId;
use crate::flow::{Began, Outcome};
use crate::learned::{Fact, What};
use crate::status::EndsBasis;
use crate::time::Timestamp;
use crate::view::SessionView;
use alloc::vec;
use alloc::vec::Vec;

impl App {
    /// What a flow that ended in `outcome` tells of its session, in order. What came to nothing, for want of a network
    /// or because the client is not known, tells nothing.
    pub(super) fn learned_from(&self, session: &SessionId, outcome: &Outcome, kind: Kind, now: Timestamp) -> Vec<Fact> {
        let facts = match (kind, outcome) {
            (Kind::Login, Outcome::SignedIn { expires_at, began: Began::Anew(ended_at) }) => {
                vec![(What::LoggedOut, *ended_at), (What::SignedIn(*expires_at), now)]
            }
            (Kind::Login, Outcome::SignedIn { expires_at, .. }) => vec![(What::SignedIn(*expires_at), now)],
            (Kind::Refresh, Outcome::Refreshed { expires_at, of, at }) => {
                vec![(What::Accepted { of: *of, new: *expires_at }, *at)]
            }
            (Kind::Refresh, Outcome::Refused { expires_at, grant_is_over: true, .. }) => {
                vec![(What::Refused(*expires_at), now)]
            }
            (Kind::Logout, Outcome::SignedOut { warning: None }) => vec![(What::LoggedOut, now)],
            (Kind::Login | Kind::Refresh | Kind::Logout | Kind::Listing, _) => Vec::new(),
        };
        let Some(configured) = self.world.config.sessions.get(session) else { return Vec::new() };
        let fact = |(what, at)| Fact { start_url: configured.start_url.clone(), file: session.token_file(), at, what };
        facts.into_iter().map(fact).collect()
    }

    /// When a session whose end is learned must be over.
    pub(super) fn over_at(&self, session: &SessionView, now: Timestamp) -> Option<Timestamp> {
        let token = session.expires_at.filter(|_| session.ends_basis == EndsBasis::Learned)?;
        let end = self.world.learned.end(&session.start_url, &session.id.token_file(), token, now)?;
        Some(end.over_at)
    }
}

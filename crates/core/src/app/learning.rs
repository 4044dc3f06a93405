//! What the flows that end tell about the length of sessions.

use super::flows::Kind;
use super::{App, Effect};
use crate::config::{SessionId, SessionKind};
use crate::flow::Outcome;
use crate::learned::{Fact, What};
use crate::status::EndsBasis;
use crate::time::Timestamp;
use crate::view::SessionView;

impl App {
    /// What a flow that ended in `outcome` tells of its session. What came to nothing, for want of a network or because
    /// the client is not known, tells nothing; nor does `aws login`, whose end is known.
    pub(super) fn learned_from(
        &self,
        session: &SessionId,
        outcome: &Outcome,
        kind: Kind,
        now: Timestamp,
    ) -> Option<Fact> {
        if session.kind() == SessionKind::Login {
            return None;
        }
        let what = match (kind, outcome) {
            (Kind::Login, Outcome::SignedIn { expires_at, .. }) => Some((What::SignedIn(*expires_at), now)),
            (Kind::Refresh, outcome) => What::of_refresh(outcome, now),
            (Kind::Logout, Outcome::SignedOut { warning: None }) => Some((What::LoggedOut, now)),
            (Kind::Login | Kind::Logout | Kind::Listing, _) => None,
        };
        let (what, at) = what?;
        Some(Fact::of(self.world.config.sessions.get(session)?, what, at))
    }

    /// Takes a fact in, for all processes.
    pub(super) fn learn(&mut self, fact: Fact) -> Effect {
        self.world.learned.add(&fact);
        Effect::Learn(fact)
    }

    /// When a session whose end is learned must be over.
    pub(super) fn over_at(&self, session: &SessionView, now: Timestamp) -> Option<Timestamp> {
        let token = session.expires_at.filter(|_| session.ends_basis == EndsBasis::Learned)?;
        let end = self.world.learned.end(&session.start_url, &session.id.token_file(), token, now)?;
        Some(end.over_at)
    }
}

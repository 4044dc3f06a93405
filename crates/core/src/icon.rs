//! Which icon to show: told apart by shape as well as colour by whoever draws it.

use crate::status::State;
use crate::time::{Timestamp, until};
use crate::view::View;

/// The five icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A ring.
    SignedIn {
        /// How much is left, in twelfths, at least one.
        left: u8,
    },
    /// A short arc and a dot.
    EndsSoon {
        /// How much is left, in twelfths, at least one.
        left: u8,
    },
    /// A disc with a mark.
    Ended,
    /// Three dots.
    SigningIn,
    /// A dashed ring.
    NoData,
}

impl Icon {
    /// The icon for `view`. A sign-in under way wins; data that could not be renewed or read looks so.
    pub fn of(view: &View, now: Timestamp) -> Self {
        if view.logins().next().is_some() {
            return Self::SigningIn;
        }
        let failed = view.sessions.iter().any(|session| {
            session.attention
                && session.state == State::Stale
                && (session.refresh_failure().is_some() || session.is_offline())
        });
        match view.worst {
            Some(State::Expired | State::Broken) => Self::Ended,
            // The warning begins at a quarter at the most; a profile's own length is not known.
            Some(State::Expiring) => Self::EndsSoon { left: twelfths(view, now).min(3) },
            Some(State::Stale) if failed => Self::NoData,
            Some(State::Stale | State::Valid | State::Endless) => Self::SignedIn { left: twelfths(view, now) },
            Some(State::Unknown | State::SignedOut) | None => Self::NoData,
        }
    }
}

/// How much is left of the session that needs a person next. Those that renew themselves look whole.
fn twelfths(view: &View, now: Timestamp) -> u8 {
    let live = view
        .sessions
        .iter()
        .filter(|session| session.attention && matches!(session.state, State::Valid | State::Expiring));
    live.filter_map(|session| {
        let left = until(now, session.person_needed_at?).as_secs().max(0);
        let length = session.length?.as_secs().max(1);
        u8::try_from((left.min(length) * 12 + length - 1) / length).ok()
    })
    .min()
    .unwrap_or(12)
    .clamp(1, 12)
}

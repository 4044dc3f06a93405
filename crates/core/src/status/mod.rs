//! What is true of every session and profile at a moment (aws-sessions.md 2.7).

mod attention;
pub(crate) mod expiry_key;
mod profile;
mod session;

pub use attention::{ATTENTION_AFTER_END, worst};
pub use expiry_key::KeyExpiry;
pub(crate) use profile::problem as profile_problem;
pub use profile::{ExpiresBasis, ProfileStatus, profiles};
pub use session::{EndsBasis, SessionStatus, session};

use serde::Serialize;

/// How a session or profile stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Signed in.
    Valid,
    /// Signed in, and inside the warning time before an end that needs a person.
    Expiring,
    /// The access token is past, and a silent refresh will renew it.
    Stale,
    /// A person must sign in.
    Expired,
    /// There is no token.
    SignedOut,
    /// Never ends.
    Endless,
    /// Cannot be told without a call.
    Unknown,
    /// A problem makes it unusable.
    Broken,
}

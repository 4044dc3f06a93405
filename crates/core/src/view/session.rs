//! A session as it is shown.

use super::{Failing, Login, optional_date};
use crate::config::{Session, SessionId, SessionKind};
use crate::problem::Problem;
use crate::settings::Choice;
use crate::status::{EndsBasis, SessionStatus, State};
use crate::text::{self, shown};
use crate::time::{SignedDuration, Timestamp};
use crate::world::World;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SessionView {
    /// `sso-session:NAME`, `sso-legacy:START_URL` or `login:ARN`.
    pub id: SessionId,
    /// `sso-session`, `sso-legacy` or `login`.
    #[serde(serialize_with = "kind")]
    #[cfg_attr(test, ts(type = "string"))]
    pub kind: SessionKind,
    /// The name to show.
    pub name: String,
    /// Where a person signs in; empty for `aws login`.
    pub start_url: String,
    /// The region of its Identity Center.
    pub region: String,
    /// How it stands.
    pub state: State,
    /// When the access token ends.
    #[serde(serialize_with = "optional_date")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub expires_at: Option<Timestamp>,
    /// Whether a silent refresh can be tried.
    pub refreshable: bool,
    /// When the session itself ends, where that is known.
    #[serde(serialize_with = "optional_date")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub ends_at: Option<Timestamp>,
    /// How surely.
    pub ends_basis: EndsBasis,
    /// A sign-in under way, in this process or another.
    pub login: Option<Login>,
    /// Whether it counts for the icon, the left click and notices.
    pub attention: bool,
    /// Names of the profiles that use it.
    pub profiles: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What the person said about its counting.
    #[serde(skip)]
    pub choice: Choice,
    /// Whether Relight can sign a person in: the files say enough.
    pub can_sign_in: bool,
    /// What to type in a terminal to sign in, where Relight cannot.
    pub renew: Option<String>,
    /// The next end that needs a person; none while it renews itself and no end is known.
    #[serde(serialize_with = "optional_date")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub person_needed_at: Option<Timestamp>,
    /// Seconds from its making to that end, where the file's own time tells.
    #[serde(serialize_with = "optional_seconds")]
    #[cfg_attr(test, ts(type = "number | null"))]
    pub length: Option<SignedDuration>,
}

const REFRESH_FAILED: &str = "refresh-failed";
const OFFLINE: &str = "offline";

impl SessionView {
    /// Why the last silent refresh failed, if it did.
    pub fn refresh_failure(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.code == REFRESH_FAILED)
    }

    /// Whether it cannot be renewed because the network does not lead to AWS.
    pub fn is_offline(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == OFFLINE)
    }

    /// Whether there is a session to end at AWS, so that a full one begins with the next sign-in.
    pub fn can_renew(&self) -> bool {
        let lives = matches!(self.state, State::Valid | State::Expiring);
        lives && self.can_sign_in && self.login.is_none() && self.kind != SessionKind::Login
    }

    /// Whether its learned end, which is the earliest it can be, is past.
    pub fn is_past_learned_end(&self, now: Timestamp) -> bool {
        self.ends_basis == EndsBasis::Learned && self.person_needed_at.is_some_and(|end| end <= now)
    }

    pub(super) fn new(
        world: &World,
        session: &Session,
        status: SessionStatus,
        login: Option<Login>,
        failing: Option<&Failing>,
    ) -> Self {
        let mut problems = session.problems.clone();
        problems.extend(status.problems);
        let hint = "Relight tries again by itself.";
        problems.extend(failing.map(|failing| match failing {
            Failing::Offline(reason) => Problem::info(OFFLINE, reason, hint),
            Failing::Failed(reason) => {
                Problem::warning(REFRESH_FAILED, alloc::format!("The last silent refresh failed: {reason}"), hint)
            }
        }));
        SessionView {
            id: session.id.clone(),
            choice: world.settings.choice(&session.id.to_string()),
            kind: session.id.kind(),
            name: shown(session.id.name()).into_owned(),
            start_url: session.start_url.clone(),
            region: session.region.clone(),
            state: status.state,
            expires_at: status.expires_at,
            refreshable: status.refreshable,
            ends_at: status.ends_at,
            ends_basis: status.ends_basis,
            login,
            can_sign_in: session.is_complete(),
            renew: renew_login(session).filter(|_| !session.is_complete()),
            attention: status.attention,
            profiles: session.profiles.clone(),
            problems,
            person_needed_at: status.person_needed_at,
            length: status.length,
        }
    }
}

/// `aws login`, for one of the profiles that use the session.
fn renew_login(session: &Session) -> Option<String> {
    let profile = session.profiles.first().filter(|_| session.id.kind() == SessionKind::Login)?;
    match profile.as_str() {
        "default" => Some("aws login".to_string()),
        name => text::command("aws login --profile", name),
    }
}

#[expect(clippy::ref_option, reason = "the shape that serde asks for")]
fn optional_seconds<S: Serializer>(length: &Option<SignedDuration>, serializer: S) -> Result<S::Ok, S::Error> {
    length.map(|length| length.as_secs()).serialize(serializer)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn kind<S: Serializer>(kind: &SessionKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match kind {
        SessionKind::SsoSession => "sso-session",
        SessionKind::Legacy => "sso-legacy",
        SessionKind::Login => "login",
    })
}

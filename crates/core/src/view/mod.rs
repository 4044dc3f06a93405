//! The one snapshot that crosses to the tray, the window, the terminal and `--json`. It has no secret in it.

mod profile;
mod session;

pub use profile::ProfileView;
pub use session::SessionView;

use crate::config::{Home, SessionId};
use crate::problem::Problem;
use crate::status::{self, SessionStatus, State};
use crate::text::shown;
use crate::time::{Timestamp, write_date};
use crate::world::World;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize, Serializer};

/// Everything that is true at a moment. Fields keep their meaning within version 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct View {
    /// Of this format.
    pub version: u8,
    /// The moment.
    #[serde(serialize_with = "date")]
    #[cfg_attr(test, ts(type = "string"))]
    pub now: Timestamp,
    /// The worst state among what deserves attention.
    pub worst: Option<State>,
    /// Ordered by id.
    pub sessions: Vec<SessionView>,
    /// Ordered by name.
    pub profiles: Vec<ProfileView>,
    /// What is wrong with the files as such.
    pub problems: Vec<Problem>,
    /// Home folders of clients that have another one than Relight; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<Home>>"))]
    pub other_homes: Vec<Home>,
}

/// Why a session's last silent refresh brought nothing: a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failing {
    /// The network does not lead to AWS.
    Offline(String),
    /// Anything else.
    Failed(String),
}

/// A sign-in under way. The same text stands in its attempt file, so that every process can show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Login {
    /// How the person signs in.
    pub flow: Flow,
    /// To compare with the page; none until AWS gave it. Not a secret.
    pub user_code: Option<String>,
    /// The page where the code is typed.
    pub verification_uri: Option<String>,
    /// The page with the code filled in.
    pub verification_uri_complete: Option<String>,
    /// When it began.
    pub since: String,
    /// How far it is.
    pub state: LoginState,
    /// Who sees it through.
    pub by: By,
    /// Why it is not the usual way to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub note: Option<String>,
    /// Why no browser could be started, so that the person must open the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub browser_error: Option<String>,
}

/// The ways to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Authorization code with PKCE: the browser comes back by itself.
    Pkce,
    /// Device authorization: a code is compared.
    Device,
}

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum LoginState {
    /// Another sign-in has the person's browser.
    WaitingForTurn,
    /// Asking AWS for a page.
    Starting,
    /// The person has the page.
    WaitingForApproval,
    /// Approved; the token file is being written.
    Saving,
}

/// Which of Relight's programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// `relight-tray`
    Tray,
    /// `relight`
    Terminal,
    /// `relight-window`
    Window,
}

impl View {
    /// What is true of `world` at `now`. `logins` are those of this process, which are newer than their files;
    /// `failing` says why the last silent refresh of a session failed.
    pub fn new(
        world: &World,
        logins: &BTreeMap<SessionId, Login>,
        failing: &BTreeMap<SessionId, Failing>,
        now: Timestamp,
    ) -> Self {
        let statuses: BTreeMap<&SessionId, SessionStatus> =
            world.config.sessions.iter().map(|(id, session)| (id, status::session(world, session, now))).collect();
        let of_profiles = status::profiles(world, &statuses, now);
        let profiles: Vec<_> = world
            .config
            .profiles
            .values()
            .filter_map(|profile| {
                of_profiles.get(profile.name.as_str()).map(|status| ProfileView::new(world, profile, status))
            })
            .collect();
        let sessions: Vec<_> = statuses
            .into_iter()
            .filter_map(|(id, status)| {
                let login = logins.get(id).or_else(|| world.attempts.get(&id.token_file()));
                let session = world.config.sessions.get(id)?;
                Some(SessionView::new(world, session, status, login.cloned(), failing.get(id)))
            })
            .collect();
        let sessions = with_unlike_names(sessions);
        let with_attention = sessions.iter().filter(|session| session.attention).map(|session| session.state);
        let of_own_end =
            profiles.iter().filter(|profile| profile.attention && profile.has_own_end()).map(|profile| profile.state);
        let worst = status::worst(with_attention.chain(of_own_end));
        let problems = world.unreadable.iter().chain(&world.config.problems).chain(&world.settings_problems).cloned();
        let problems = problems.chain(world.homes_problems()).collect();
        let other_homes = world.homes().iter().skip(1).cloned().collect();
        Self { version: 1, now, worst, sessions, profiles, problems, other_homes }
    }

    /// Whether the same is true as in `other`, whatever the moment.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { version, now: _, worst, sessions, profiles, problems, other_homes } = self;
        *version == other.version
            && *worst == other.worst
            && *sessions == other.sessions
            && *profiles == other.profiles
            && *problems == other.problems
            && *other_homes == other.other_homes
    }

    /// The sign-ins under way.
    pub fn logins(&self) -> impl Iterator<Item = (&SessionView, &Login)> {
        self.sessions.iter().filter_map(|session| session.login.as_ref().map(|login| (session, login)))
    }

    /// The sessions that a sign-in cures now, the most urgent first: ended ones, the last ended first, then those
    /// inside their warning time, the next end first.
    pub fn to_cure(&self) -> Vec<&SessionView> {
        let mut sessions: Vec<_> = self
            .sessions
            .iter()
            .filter(|session| session.attention && session.login.is_none() && session.can_sign_in)
            .filter(|session| {
                matches!(session.state, State::Expired | State::Expiring | State::Broken | State::SignedOut)
            })
            .collect();
        sessions.sort_by_key(|session| {
            let end = session.person_needed_at.map_or(0, Timestamp::as_second);
            (session.state == State::Expiring, if session.state == State::Expiring { end } else { -end })
        });
        sessions
    }
}

/// A legacy session is called by its whole address where its short name is another session's too.
fn with_unlike_names(mut sessions: Vec<SessionView>) -> Vec<SessionView> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for session in &sessions {
        *counts.entry(session.name.clone()).or_default() += 1;
    }
    let alike = |session: &&mut SessionView| counts.get(&session.name).is_some_and(|count| *count > 1);
    for session in sessions.iter_mut().filter(alike) {
        session.name = shown(session.id.long_name()).into_owned();
    }
    sessions
}

fn date<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&write_date(*at))
}

#[expect(clippy::ref_option, reason = "the shape that serde asks for")]
fn optional_date<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => date(at, serializer),
        None => serializer.serialize_none(),
    }
}

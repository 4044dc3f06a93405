//! The one snapshot that crosses to the tray, the window, the terminal and `--json`. It has no secret in it.

use crate::config::{Credentials, Profile, RoleSource, Session, SessionId, SessionKind};
use crate::offline::BedrockKey;
use crate::problem::Problem;
use crate::secret::masked_key_id;
use crate::settings::Choice;
use crate::status::{self, EndsBasis, ExpiresBasis, ProfileStatus, SessionStatus, State};
use crate::text::{self, shown};
use crate::time::{SignedDuration, Timestamp, write_date};
use crate::world::World;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
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
}

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

/// A profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProfileView {
    /// Its name.
    pub name: String,
    /// Such as `sso` or `assume-role`.
    pub kind: &'static str,
    /// The session it signs in to, its own or its source's.
    pub session: Option<String>,
    /// The profile that its role starts from.
    pub source_profile: Option<String>,
    /// The account that the files name, or that the key carries.
    pub account_id: Option<String>,
    /// The role that the files name.
    pub role_name: Option<String>,
    /// What to type in a terminal to get new credentials, where the files show which tool makes them.
    pub renew: Option<String>,
    /// The key's first and last four characters.
    pub access_key: Option<String>,
    /// Its default region.
    pub region: Option<String>,
    /// How it stands.
    pub state: State,
    /// When its credentials end.
    #[serde(serialize_with = "optional_date")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub expires_at: Option<Timestamp>,
    /// What tells so.
    pub expires_basis: ExpiresBasis,
    /// The key that tells so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub expires_key: Option<&'static str>,
    /// When the role credentials end that the AWS CLI cached.
    #[serde(serialize_with = "optional_date")]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub role_expires_at: Option<Timestamp>,
    /// Whether it counts for the icon, the left click and notices.
    pub attention: bool,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
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
    /// Device authorization.
    Device,
}

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum LoginState {
    /// Asking AWS for a code.
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
        failing: &BTreeMap<SessionId, String>,
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
                of_profiles.get(profile.name.as_str()).map(|status| profile_view(world, profile, status))
            })
            .collect();
        let sessions: Vec<_> = statuses
            .into_iter()
            .filter_map(|(id, status)| {
                let login = logins.get(id).or_else(|| world.attempts.get(&id.token_file()));
                let session = world.config.sessions.get(id)?;
                Some(session_view(world, session, status, login.cloned(), failing.get(id)))
            })
            .collect();
        let with_attention = sessions.iter().filter(|session| session.attention).map(|session| session.state);
        let of_own_end =
            profiles.iter().filter(|profile| profile.attention && profile.has_own_end()).map(|profile| profile.state);
        let worst = status::worst(with_attention.chain(of_own_end));
        let problems =
            world.unreadable.iter().chain(&world.config.problems).chain(&world.settings_problems).cloned().collect();
        Self { version: 1, now, worst, sessions, profiles, problems }
    }

    /// Whether the same is true as in `other`, whatever the moment.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { version, now: _, worst, sessions, profiles, problems } = self;
        *version == other.version
            && *worst == other.worst
            && *sessions == other.sessions
            && *profiles == other.profiles
            && *problems == other.problems
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

impl ProfileView {
    /// Whether its end is not simply its session's.
    pub fn has_own_end(&self) -> bool {
        !matches!(self.kind, "sso" | "login")
    }

    /// Whether that end is nobody else's: no session or other profile tells of it.
    pub fn ends_by_itself(&self) -> bool {
        match self.expires_basis {
            ExpiresBasis::RoleCache | ExpiresBasis::FileKey | ExpiresBasis::Jwt | ExpiresBasis::BedrockKey => true,
            ExpiresBasis::SsoToken
            | ExpiresBasis::SourceProfile
            | ExpiresBasis::LoginToken
            | ExpiresBasis::Process
            | ExpiresBasis::None => false,
        }
    }
}

impl SessionView {
    /// Why the last silent refresh failed, if it did.
    pub fn refresh_failure(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.code == REFRESH_FAILED)
    }
}

const REFRESH_FAILED: &str = "refresh-failed";

fn session_view(
    world: &World,
    session: &Session,
    status: SessionStatus,
    login: Option<Login>,
    failing: Option<&String>,
) -> SessionView {
    let mut problems = session.problems.clone();
    problems.extend(status.problems);
    if let Some(reason) = failing {
        let hint = "Relight tries again by itself.";
        problems.push(Problem::warning(
            REFRESH_FAILED,
            alloc::format!("The last silent refresh failed: {reason}"),
            hint,
        ));
    }
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
        renew: renew_login(session),
        attention: status.attention,
        profiles: session.profiles.clone(),
        problems,
        person_needed_at: status.person_needed_at,
        length: status.length,
    }
}

fn profile_view(world: &World, profile: &Profile, status: &ProfileStatus<'_>) -> ProfileView {
    let mut problems = profile.problems.clone();
    problems.extend(status::profile_problem(world, profile));
    let mut view = ProfileView {
        name: profile.name.clone(),
        kind: kind_of(&profile.credentials),
        session: status.session.or(profile.session()).map(ToString::to_string),
        source_profile: None,
        account_id: profile.account_id.clone(),
        role_name: None,
        renew: None,
        access_key: None,
        region: profile.region.clone(),
        state: status.state,
        expires_at: status.expires_at,
        expires_basis: status.expires_basis,
        expires_key: status.expires_key,
        role_expires_at: profile.role_cache().and_then(|cache| world.roles.get(cache)).map(|role| role.expires_at),
        attention: status.attention,
        problems,
    };
    match &profile.credentials {
        Credentials::Sso { role_name, .. } => view.role_name.clone_from(role_name),
        Credentials::WebIdentity(identity) => view.role_name.clone_from(&identity.role_name),
        Credentials::AssumeRole(role) => {
            view.role_name.clone_from(&role.role_name);
            // It asks for the code, and keeps what it gets for it in its cache.
            let ask = || text::command("aws sts get-caller-identity --profile", &profile.name);
            view.renew = role.needs_mfa.then(ask).flatten();
            match &role.source {
                RoleSource::Profile(source) => view.source_profile = Some(source.clone()),
                RoleSource::Environment | RoleSource::Machine | RoleSource::Missing => {}
            }
        }
        Credentials::Temporary { access_key_id, renew, .. } => {
            view.access_key = Some(masked_key_id(access_key_id));
            view.renew.clone_from(renew);
        }
        Credentials::Static { access_key_id } | Credentials::Environment { access_key_id, .. } => {
            view.access_key = Some(masked_key_id(access_key_id));
        }
        Credentials::BedrockKey(Some(BedrockKey::ShortTerm { region, .. })) => {
            view.region = Some(shown(region).into_owned());
        }
        Credentials::CredentialProcess { .. }
        | Credentials::Login { .. }
        | Credentials::Container
        | Credentials::BedrockKey(_)
        | Credentials::None => {}
    }
    view
}

/// `aws login`, for one of the profiles that use the session.
fn renew_login(session: &Session) -> Option<String> {
    let profile = session.profiles.first().filter(|_| session.id.kind() == SessionKind::Login)?;
    match profile.as_str() {
        "default" => Some("aws login".to_string()),
        name => text::command("aws login --profile", name),
    }
}

fn kind_of(credentials: &Credentials) -> &'static str {
    match credentials {
        Credentials::Sso { .. } => "sso",
        Credentials::AssumeRole(_) => "assume-role",
        Credentials::WebIdentity(_) => "web-identity",
        Credentials::CredentialProcess { .. } => "credential-process",
        Credentials::Login { .. } => "login",
        Credentials::Static { .. } => "static",
        Credentials::Temporary { .. } => "temporary",
        Credentials::Environment { .. } => "environment",
        Credentials::Container => "container",
        Credentials::BedrockKey(_) => "bedrock-key",
        Credentials::None => "none",
    }
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

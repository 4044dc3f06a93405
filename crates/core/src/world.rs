//! All that was read of this machine, still without a moment: what the rules look at.

mod file;

pub use file::IS_FOLDER;
pub(crate) use file::read;

use crate::cache::{CacheName, Damage, LoginToken, RoleCredentials, Token};
use crate::config::{Config, Credentials, Environment, Files, Home, Profile, Remote, SessionId, SessionKind};
use crate::homes::{self, Other, Writing, best};
use crate::learned::History;
use crate::offline::{Jwt, NoJwt};
use crate::problem::Problem;
use crate::settings::Settings;
use crate::time::{SignedDuration, Timestamp};
use crate::view::Login;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use jiff::tz::TimeZone;

/// What became of reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<T> {
    /// It is not there.
    Missing,
    /// It is there, but cannot be read.
    Unreadable {
        /// What the system says, in words.
        reason: String,
    },
    /// It was read.
    Read(T),
}

/// A file with a token, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// Its content.
    pub token: Result<T, Damage>,
    /// When it was last changed, by its own time.
    pub modified: Option<Timestamp>,
}

/// A token that AWS took no more before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// The end that the token says: which token it is about.
    pub end: Timestamp,
    /// When AWS did not take it.
    pub at: Timestamp,
}

/// A token file of an Identity Center.
pub type TokenFile = Dated<Token>;
/// A token file of `aws login`.
pub type LoginFile = Dated<Box<LoginToken>>;

impl<T> Content<T> {
    /// With something else made of what was read.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Content<U> {
        match self {
            Self::Missing => Content::Missing,
            Self::Unreadable { reason } => Content::Unreadable { reason },
            Self::Read(read) => Content::Read(change(read)),
        }
    }
}

impl<T> Dated<T> {
    /// With something else made of the token.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Dated<U> {
        Dated { token: self.token.map(change), modified: self.modified }
    }
}

/// How a person would write the paths that problems name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownPaths {
    /// Such as `~/.aws/config`.
    pub config: String,
    /// Such as `~/.aws/credentials`.
    pub credentials: String,
    /// Such as `~/.aws/sso/cache`, by home.
    pub sso_caches: Vec<String>,
    /// Such as `~/.aws/login/cache`, by home.
    pub login_caches: Vec<String>,
}

/// Something that was read, or read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The config file.
    Config(Content<Vec<u8>>),
    /// The credentials file.
    Credentials(Content<Vec<u8>>),
    /// A token file.
    Token(CacheName, Content<TokenFile>),
    /// A token file of `aws login`.
    Login(CacheName, Content<LoginFile>),
    /// A web identity token, by its path.
    WebToken(String, Content<Result<Jwt, NoJwt>>),
    /// What each `credential_process` that a person ran said last of its end; none where it said none.
    Processes(BTreeMap<CacheName, Option<Timestamp>>),
    /// A role's cached credentials; none where there are none that can be read.
    Role(CacheName, Option<RoleCredentials>),
    /// Refreshes that AWS refused: the token file, and the end of the token that it refused to renew.
    Refused(BTreeMap<CacheName, Timestamp>),
    /// Tokens that AWS took no more before their end, by file.
    Revoked(BTreeMap<CacheName, Revoked>),
    /// What was learned of how long sessions last.
    Learned(History),
    /// A sign-in that another process has under way, or its end.
    Attempt(CacheName, Option<Login>),
    /// This machine's time zone.
    Zone(TimeZone),
    /// What a person chose, and what is wrong with the file that says so.
    Settings(Settings, Vec<Problem>),
    /// How far AWS's clock is ahead of this machine's.
    Skew(SignedDuration),
    /// A file of another home, by its number.
    Elsewhere(usize, Box<Seen>),
}

/// The whole of it.
#[derive(Clone, Debug)]
pub struct World {
    /// What the two files mean.
    pub config: Config,
    /// By file.
    tokens: BTreeMap<CacheName, Content<TokenFile>>,
    logins: BTreeMap<CacheName, Content<LoginFile>>,
    /// By path.
    web_tokens: BTreeMap<String, Content<Result<Jwt, NoJwt>>>,
    /// By the command's name (see [`crate::config::Profile::process`]).
    pub processes: BTreeMap<CacheName, Option<Timestamp>>,
    /// By file; those that are there.
    pub roles: BTreeMap<CacheName, RoleCredentials>,
    /// By token file: the end of the token that AWS refused to renew.
    pub refused: BTreeMap<CacheName, Timestamp>,
    /// By token file: that AWS took the token no more.
    pub revoked: BTreeMap<CacheName, Revoked>,
    /// How long sessions last, as far as it was learned.
    pub learned: History,
    /// By token file: what other processes have under way.
    pub attempts: BTreeMap<CacheName, Login>,
    /// What a person chose.
    pub settings: Settings,
    /// What is wrong with the file of settings.
    pub settings_problems: Vec<Problem>,
    /// Whose local times some tools write.
    pub zone: TimeZone,
    /// How far AWS's clock is ahead of this machine's, as far as an answer of AWS has told.
    pub skew: SignedDuration,
    /// How paths are shown.
    pub paths: ShownPaths,
    /// What is wrong with a file as a whole: it cannot be read.
    pub unreadable: Vec<Problem>,
    environment: Environment,
    files: Files,
    others: Vec<Other>,
    config_unreadable: Option<Problem>,
    credentials_unreadable: Option<Problem>,
}

impl World {
    /// A machine of which nothing was read yet.
    pub fn new(paths: ShownPaths, environment: Environment) -> Self {
        let files = Files {
            config_path: paths.config.clone(),
            credentials_path: paths.credentials.clone(),
            ..Files::default()
        };
        let others = match environment.homes.as_slice() {
            [own, others @ ..] => others.iter().map(|home| Other::new(home, own, &paths)).collect(),
            [] => Vec::new(),
        };
        Self {
            config: Config::default(),
            tokens: BTreeMap::new(),
            logins: BTreeMap::new(),
            web_tokens: BTreeMap::new(),
            processes: BTreeMap::new(),
            roles: BTreeMap::new(),
            refused: BTreeMap::new(),
            revoked: BTreeMap::new(),
            learned: History::default(),
            attempts: BTreeMap::new(),
            settings: Settings::default(),
            settings_problems: Vec::new(),
            zone: TimeZone::UTC,
            skew: SignedDuration::ZERO,
            paths,
            unreadable: Vec::new(),
            environment,
            files,
            others,
            config_unreadable: None,
            credentials_unreadable: None,
        }
    }

    /// Takes in what was read. Both files' meaning is worked out once, after all of `seen`.
    pub fn take(&mut self, seen: Vec<Seen>) {
        let mut meaning_changed = false;
        for seen in seen {
            match seen {
                Seen::Config(content) => {
                    let named = self.environment.config_named_by.map(|by| (by, "config"));
                    self.config_unreadable = read(content, &mut self.files.config, &self.paths.config, named);
                    meaning_changed = true;
                }
                Seen::Credentials(content) => {
                    let named = self.environment.credentials_named_by.map(|by| (by, "credentials"));
                    self.credentials_unreadable =
                        read(content, &mut self.files.credentials, &self.paths.credentials, named);
                    meaning_changed = true;
                }
                Seen::Token(name, Content::Missing) => _ = self.tokens.remove(&name),
                Seen::Token(name, content) => _ = self.tokens.insert(name, content),
                Seen::Login(name, content) => _ = self.logins.insert(name, content),
                Seen::WebToken(path, content) => _ = self.web_tokens.insert(path, content),
                Seen::Processes(processes) => self.processes = processes,
                Seen::Role(name, Some(role)) => _ = self.roles.insert(name, role),
                Seen::Role(name, None) => _ = self.roles.remove(&name),
                Seen::Refused(refused) => self.refused = refused,
                Seen::Revoked(revoked) => self.revoked = revoked,
                Seen::Learned(learned) => self.learned = learned,
                Seen::Attempt(name, Some(login)) => _ = self.attempts.insert(name, login),
                Seen::Attempt(name, None) => _ = self.attempts.remove(&name),
                Seen::Zone(zone) => self.zone = zone,
                Seen::Skew(skew) => self.skew = skew,
                Seen::Elsewhere(number, seen) => {
                    let other = number.checked_sub(1).and_then(|at| self.others.get_mut(at));
                    meaning_changed |= other.is_some_and(|other| other.take(*seen));
                }
                Seen::Settings(settings, problems) => (self.settings, self.settings_problems) = (settings, problems),
            }
        }
        if meaning_changed {
            let others = self.others.iter().map(|other| &other.files);
            self.config = Config::of_homes(&self.files, others, &self.environment);
            self.unreadable = self.config_unreadable.iter().chain(&self.credentials_unreadable).cloned().collect();
            for problem in self.others.iter().flat_map(Other::unreadable) {
                if self.unreadable.iter().all(|known| known.file != problem.file) {
                    self.unreadable.push(problem.clone());
                }
            }
        }
    }

    /// The token file of a session; of several homes, the one that counts.
    pub fn token(&self, session: &SessionId) -> &Content<TokenFile> {
        let name = session.token_file();
        self.tokens_of(&name).nth(best(self.tokens_of(&name))).unwrap_or(&Content::Missing)
    }

    /// The token files of this name, by home.
    pub(crate) fn tokens_of(&self, name: &CacheName) -> impl Iterator<Item = &Content<TokenFile>> {
        let own = self.tokens.get(name).unwrap_or(&Content::Missing);
        core::iter::once(own).chain(self.others.iter().map(|other| other.token(name)))
    }

    /// When the access token of a session ends, by its file.
    pub fn token_end(&self, session: &SessionId) -> Option<Timestamp> {
        match self.token(session) {
            Content::Read(TokenFile { token: Ok(token), .. }) => Some(token.expires_at),
            _ => None,
        }
    }

    /// When AWS took the token of a session no more that says that it ends at `end`.
    pub fn revoked_at(&self, session: &SessionId, end: Timestamp) -> Option<Timestamp> {
        self.revoked.get(&session.token_file()).filter(|revoked| revoked.end == end).map(|revoked| revoked.at)
    }

    /// The token file of a session of `aws login`; of several homes, the one that counts.
    pub fn login(&self, session: &SessionId) -> &Content<LoginFile> {
        let name = session.token_file();
        self.logins_of(&name).nth(best(self.logins_of(&name))).unwrap_or(&Content::Missing)
    }

    /// The token files of `aws login` of this name, by home.
    pub(crate) fn logins_of(&self, name: &CacheName) -> impl Iterator<Item = &Content<LoginFile>> {
        let own = self.logins.get(name).unwrap_or(&Content::Missing);
        core::iter::once(own).chain(self.others.iter().map(|other| other.login(name)))
    }

    /// The home folders that clients have, Relight's own first.
    pub fn homes(&self) -> &[Home] {
        &self.environment.homes
    }

    /// What is wrong with the variables and settings that tell where files are.
    pub fn paths_problems(&self) -> Vec<Problem> {
        self.environment.paths_problems().iter().cloned().chain(self.homes_problems()).collect()
    }

    /// That homes differ, and what the settings say of variables that does not count yet.
    pub(crate) fn homes_problems(&self) -> impl Iterator<Item = Problem> {
        homes::differ(self).into_iter().chain(self.environment.outdated(&self.settings.environment))
    }

    /// Where tokens are written.
    pub fn writing(&self) -> Writing {
        let elsewhere = self.config.sessions.keys().map(|session| (session, self.config.home_of(session)));
        let all_wsl: BTreeSet<_> =
            self.homes().iter().enumerate().filter(|(_, home)| home.wsl.is_some()).map(|(number, _)| number).collect();
        let having = |id: &SessionId| all_wsl.iter().copied().filter(|home| self.config.is_in(id, *home)).collect();
        let wsl = self.config.sessions.keys().map(|id| (id.token_file(), having(id)));
        Writing {
            everywhere: self.settings.both_homes == Some(true),
            wsl: wsl.collect(),
            all_wsl: all_wsl.clone(),
            elsewhere: elsewhere.filter(|(_, home)| *home > 0).map(|(id, home)| (id.token_file(), home)).collect(),
        }
    }

    /// Whether the token file of a session can be read; then, when it was last changed, where its own time tells.
    pub fn token_made(&self, session: &SessionId) -> Option<Option<Timestamp>> {
        match session.kind() {
            SessionKind::Login => match self.login(session) {
                Content::Read(LoginFile { token: Ok(_), modified }) => Some(*modified),
                _ => None,
            },
            SessionKind::SsoSession | SessionKind::Legacy => match self.token(session) {
                Content::Read(TokenFile { token: Ok(_), modified }) => Some(*modified),
                _ => None,
            },
        }
    }

    /// The web identity token at `path`.
    pub fn web_token(&self, path: &str) -> &Content<Result<Jwt, NoJwt>> {
        self.web_tokens.get(path).unwrap_or(&Content::Missing)
    }

    /// What this program's environment says.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Why a browser cannot come back to this machine, if it cannot.
    pub fn remote(&self) -> Option<Remote> {
        self.environment.remote
    }

    /// The files as they stand, for the literal parse.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Why a profile or session may be missing that a file has: the file cannot be read, or is not what it should be.
    pub fn what_hides(&self) -> Option<&Problem> {
        let given_up = self.files.given_up_at();
        let is_there = |problem: &&Problem| {
            given_up.is_some_and(|at| {
                problem.line == Some(at.line) && problem.file.as_deref() == Some(self.files.path(at.file))
            })
        };
        self.unreadable.first().or_else(|| self.config.problems.iter().find(is_there))
    }

    /// The token files of all sessions, in either cache.
    pub fn session_files(&self) -> impl Iterator<Item = CacheName> {
        self.config.sessions.keys().map(SessionId::token_file)
    }

    /// The token files in `sso/cache` that the sessions use.
    pub fn token_files(&self) -> impl Iterator<Item = CacheName> {
        let of_identity_center = |session: &&SessionId| session.kind() != SessionKind::Login;
        self.config.sessions.keys().filter(of_identity_center).map(SessionId::token_file)
    }

    /// The token files in `login/cache` that the sessions use.
    pub fn login_files(&self) -> impl Iterator<Item = CacheName> {
        let of_login = |session: &&SessionId| session.kind() == SessionKind::Login;
        self.config.sessions.keys().filter(of_login).map(SessionId::token_file)
    }

    /// The web identity tokens that the profiles use, where their paths mean one file.
    pub fn web_token_files(&self) -> BTreeSet<&str> {
        let identities = self.config.profiles.values().filter_map(|profile| match &profile.credentials {
            Credentials::WebIdentity(identity) => Some(identity),
            _ => None,
        });
        identities.filter(|identity| identity.is_absolute()).map(|identity| identity.token_file.as_str()).collect()
    }

    /// The files of cached role credentials that the profiles use.
    pub fn role_files(&self) -> impl Iterator<Item = &CacheName> {
        self.config.profiles.values().filter_map(Profile::role_cache)
    }
}

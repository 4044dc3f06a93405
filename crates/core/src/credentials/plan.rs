//! What leads to a profile's credentials, step by step, and which cache serves each step.

use super::{AccessKeys, Failure, NoKeys};
use crate::cache::CacheName;
use crate::config::{
    AssumeRole, Config, Credentials, Environment, Files, Merged, Profile, Role, RoleSource, Session, SessionKind, Step,
};
use crate::endpoint::{Api, endpoint};
use crate::flow::Target;
use crate::secret::Secret;
use crate::status::KeyExpiry;
use crate::text::shown;
use crate::time::Timestamp;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use jiff::tz::TimeZone;

/// The way to a profile's credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whose.
    pub profile: String,
    /// The first one first; each following one uses what the one before gave.
    pub steps: Vec<Source>,
}

/// What gives credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// They stand in a file.
    Keys(AccessKeys),
    /// They stand in the environment.
    Environment,
    /// The portal's `GetRoleCredentials`.
    Portal {
        /// Who must be signed in.
        session: Session,
        /// Where its calls go.
        target: Target,
        /// `sso_account_id`
        account_id: String,
        /// `sso_role_name`
        role_name: String,
        /// In `cli/cache`.
        cache: CacheName,
    },
    /// The keys of `aws login`.
    Login {
        /// Of which session.
        session: Session,
    },
    /// A program that prints them. The person named the profile.
    Process {
        /// Whose it is.
        profile: String,
        /// Its command line.
        command: Secret,
    },
    /// sts `AssumeRole`, with the credentials of the step before.
    Assume {
        /// The profile that says so.
        profile: String,
        /// What to ask for.
        request: AssumeRole,
        /// Where.
        sts: Sts,
        /// In `cli/cache`.
        cache: CacheName,
    },
    /// sts `AssumeRoleWithWebIdentity`
    WebIdentity {
        /// The profile that says so.
        profile: String,
        /// The token's path.
        token_file: String,
        /// What to ask for.
        request: AssumeRole,
        /// Where.
        sts: Sts,
        /// In `cli/cache`.
        cache: CacheName,
    },
}

/// Where sts is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sts {
    /// Its region.
    pub region: String,
    /// Its address.
    pub endpoint: String,
}

impl Plan {
    /// The plan for the profile `name`, which is in `config`, or why there is none. `zone` is this machine's:
    /// some tools write the end of their keys as local time.
    pub fn new(
        name: &str,
        files: &Files,
        config: &Config,
        environment: &Environment,
        zone: impl FnOnce() -> TimeZone,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let Some(steps) = config.steps(name) else { return Err(Failure::World(why_none(name, config))) };
        let mut planning = Planning { name, files, config, environment, now, zone: Some(zone) };
        let first_is_elsewhere = matches!(steps.first(), Some(Step::Assume(..)));
        let mut sources = Vec::new();
        if let (true, Some(Step::Assume(profile, role))) = (first_is_elsewhere, steps.first()) {
            sources.push(started_elsewhere(profile, role).map_err(Failure::World)?);
        }
        for step in &steps {
            sources.push(planning.source(step)?);
        }
        Ok(Self { profile: name.to_owned(), steps: sources })
    }

    /// The profiles whose `credential_process` is run.
    pub fn programs_of(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            Source::Process { profile, .. } => Some(profile.as_str()),
            _ => None,
        })
    }
}

impl Source {
    /// The file in `cli/cache` that serves it.
    pub fn cache(&self) -> Option<&CacheName> {
        match self {
            Self::Portal { cache, .. } | Self::Assume { cache, .. } | Self::WebIdentity { cache, .. } => Some(cache),
            Self::Keys(_) | Self::Environment | Self::Login { .. } | Self::Process { .. } => None,
        }
    }
}

struct Planning<'a, Z> {
    name: &'a str,
    files: &'a Files,
    config: &'a Config,
    environment: &'a Environment,
    now: Timestamp,
    zone: Option<Z>,
}

impl<Z: FnOnce() -> TimeZone> Planning<'_, Z> {
    fn source(&mut self, step: &Step<'_>) -> Result<Source, Failure> {
        match step {
            Step::Assume(profile, role) => Ok(Source::Assume {
                profile: profile.name.clone(),
                request: role.request.clone(),
                sts: self.sts(profile, &role.request).map_err(Failure::World)?,
                cache: role.cache.clone(),
            }),
            // Which profile it is of: the one that the next step starts from.
            Step::Key { profile, key } => self.keys(profile, key),
            Step::First(profile) => match &profile.credentials {
                key @ (Credentials::Static { .. } | Credentials::Temporary { .. }) => self.keys(profile, key),
                _ => self.first(profile).map_err(Failure::World),
            },
        }
    }

    fn first(&self, profile: &Profile) -> Result<Source, String> {
        let name = shown(&profile.name);
        match &profile.credentials {
            Credentials::Environment { .. } => Ok(Source::Environment),
            Credentials::Sso { session, account_id: Some(account_id), role_name: Some(role_name), cache } => {
                let session = session.as_ref().and_then(|id| self.config.sessions.get(id));
                let session = session.filter(|session| session.is_complete());
                let Some((session, cache)) = session.zip(cache.as_ref()) else {
                    return Err(unusable_session(profile, self.config));
                };
                let endpoints = self.config.endpoints_for(session, Some(&profile.name));
                Ok(Source::Portal {
                    target: Target::new(session, endpoints),
                    session: session.clone(),
                    account_id: account_id.clone(),
                    role_name: role_name.clone(),
                    cache: cache.clone(),
                })
            }
            Credentials::Sso { .. } => Err(format!(
                "'{name}' only signs in: it names no account and role. Add sso_account_id and sso_role_name."
            )),
            Credentials::WebIdentity(identity) => Ok(Source::WebIdentity {
                profile: profile.name.clone(),
                token_file: identity.token_file.clone(),
                sts: self.sts(profile, &identity.request)?,
                request: identity.request.clone(),
                cache: identity.cache.clone(),
            }),
            Credentials::CredentialProcess { command } => {
                Ok(Source::Process { profile: profile.name.clone(), command: command.clone() })
            }
            Credentials::Login { session, .. } => {
                let session =
                    self.config.sessions.get(session).ok_or_else(|| unusable_session(profile, self.config))?;
                Ok(Source::Login { session: session.clone() })
            }
            Credentials::Container => Err(machine(&name)),
            Credentials::BedrockKey(_) => {
                Err(format!("{name} is a bearer key for Bedrock, and no access key: programs read it themselves."))
            }
            Credentials::Static { .. }
            | Credentials::Temporary { .. }
            | Credentials::AssumeRole(_)
            | Credentials::None => Err(why_none(&profile.name, self.config)),
        }
    }

    /// Keys that have ended are for a person to renew.
    fn keys(&mut self, profile: &Profile, key: &Credentials) -> Result<Source, Failure> {
        let name = shown(&profile.name);
        let (end, renew) = match key {
            Credentials::Temporary { expiry, renew, .. } => (self.end(expiry), renew.as_deref()),
            _ => (None, None),
        };
        let merged = Merged::new(self.files);
        let keys = merged.profiles.get(profile.name.as_str());
        let keys = keys.ok_or(NoKeys::Missing).and_then(|keys| AccessKeys::of_profile(keys, end));
        let keys = keys.map_err(|why| Failure::World(format!("The key of '{name}' cannot be used: {why}.")))?;
        if !keys.is_live(self.now) {
            let cure = renew.map_or_else(
                || "Renew it with the tool that made it.".to_owned(),
                |command| format!("To renew it, run: {command}"),
            );
            return Err(Failure::Person(format!("The key of '{name}' has ended. {cure}")));
        }
        Ok(Source::Keys(keys))
    }

    fn end(&mut self, expiry: &KeyExpiry) -> Option<Timestamp> {
        match expiry {
            KeyExpiry::At { at, .. } => Some(*at),
            KeyExpiry::Local { at, .. } => self.zone.take().and_then(|zone| zone().to_timestamp(*at).ok()),
            KeyExpiry::Unreadable { .. } | KeyExpiry::Unknown => None,
        }
    }

    /// As botocore does it: what the person named decides, then what names the role (aws-sessions.md 5.1).
    fn sts(&self, profile: &Profile, request: &AssumeRole) -> Result<Sts, String> {
        let named = self.config.profiles.get(self.name);
        let region = self.environment.region.clone();
        let region = region.or_else(|| named.and_then(|named| named.region.clone())).or_else(|| profile.region.clone());
        let region = region.unwrap_or_else(|| region_of_partition(&request.role_arn).to_owned());
        let mut endpoints = named.map_or_else(|| profile.endpoints.clone(), |named| named.endpoints.clone());
        endpoints.sts = endpoints.sts.or_else(|| profile.endpoints.sts.clone());
        let found = endpoint(Api::Sts, &endpoints.parameters(Api::Sts, &region))
            .map_err(|error| format!("'{}' cannot assume its role: {error}.", shown(&profile.name)))?;
        // An address of one's own may say nothing of its region.
        let region = if found.signing_region.is_empty() { region } else { found.signing_region };
        Ok(Sts { region, endpoint: found.url })
    }
}

/// A role whose first credentials no profile gives.
fn started_elsewhere(profile: &Profile, role: &Role) -> Result<Source, String> {
    match role.source {
        RoleSource::Environment => Ok(Source::Environment),
        RoleSource::Machine => Err(machine(&shown(&profile.name))),
        RoleSource::Profile(_) | RoleSource::Missing => {
            Err(format!("'{}' has nothing to assume its role with.", shown(&profile.name)))
        }
    }
}

fn machine(name: &str) -> String {
    format!(
        "'{name}' starts from credentials of the container or machine that it runs on, which the programs there get by themselves: Relight does not."
    )
}

/// Where a profile says no region, one that the role's partition surely has.
fn region_of_partition(arn: &str) -> &'static str {
    match arn.split(':').nth(1) {
        Some("aws-cn") => "cn-north-1",
        Some("aws-us-gov") => "us-gov-west-1",
        Some("aws-eusc") => "eusc-de-east-1",
        _ => "us-east-1",
    }
}

fn unusable_session(profile: &Profile, config: &Config) -> String {
    let session = profile.session().and_then(|id| config.sessions.get(id));
    let problem = session.and_then(|session| session.problems.first());
    let why = problem.map(|problem| format!("{} {}", problem.message, problem.hint));
    let kind = session.map_or(SessionKind::SsoSession, |session| session.id.kind());
    why.unwrap_or_else(|| match kind {
        SessionKind::SsoSession | SessionKind::Legacy => {
            format!("'{}' names no Identity Center session that can be used.", shown(&profile.name))
        }
        SessionKind::Login => format!("'{}' names no session of aws login.", shown(&profile.name)),
    })
}

/// Why no client gets credentials from this profile: the first thing that is wrong on the way.
fn why_none(name: &str, config: &Config) -> String {
    let mut at = config.profiles.get(name);
    // As many steps as there are profiles: a circle is a problem of its own, and found on the way.
    for _ in 0..=config.profiles.len() {
        let Some(profile) = at else { break };
        let problem = profile.problems.iter().find(|problem| problem.severity == crate::problem::Severity::Error);
        if let Some(problem) = problem {
            return format!("'{}' cannot be used: {} {}", shown(&profile.name), problem.message, problem.hint);
        }
        match &profile.credentials {
            Credentials::AssumeRole(Role { source: RoleSource::Profile(source), .. }) => {
                at = config.profiles.get(source);
            }
            _ => break,
        }
    }
    format!("'{}' has no credentials. Give it some, or name another profile.", shown(name))
}

//! Profiles: which credentials each one uses.

use super::endpoint::Endpoints;
use super::provider::{Kinds, Provider, Sdk};
use super::role::{self, Identity, Role};
use super::{Files, Keys, Place, Session, SessionId, account, key, provider, session, sso};
use crate::cache::CacheName;
use crate::offline::BedrockKey;
use crate::problem::Problem;
use crate::secret::Secret;
use crate::status::expiry_key::KeyExpiry;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// A profile as the files describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// What it gets its credentials from.
    pub credentials: Credentials,
    /// Its own key, whatever it gets its credentials from: a role that starts from this profile uses it first.
    pub own_key: Option<Credentials>,
    /// The account that its credentials are for, where the files tell.
    pub account_id: Option<String>,
    /// Its default region.
    pub region: Option<String>,
    /// Where its session's calls go, when not to AWS's own endpoint.
    pub endpoints: Endpoints,
    /// Why no client can use it, or what some client stumbles over.
    pub problems: Vec<Problem>,
    /// Where it begins.
    pub place: Place,
}

/// The kinds of credentials there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Role credentials that an Identity Center session gives.
    Sso {
        /// None where the files do not say which.
        session: Option<SessionId>,
        /// The account.
        account_id: Option<String>,
        /// The permission set.
        role_name: Option<String>,
        /// The AWS CLI's cache of the role's credentials.
        cache: Option<CacheName>,
    },
    /// A role that another profile's credentials assume.
    AssumeRole(Role),
    /// A role that a token file of another identity provider assumes.
    WebIdentity(Identity),
    /// A program that prints credentials. It is run only when a person asks.
    CredentialProcess {
        /// Its command line, which may have a password in it.
        command: Secret,
    },
    /// `aws login`.
    Login {
        /// `login_session`: who signed in.
        arn: String,
        /// The session it uses.
        session: SessionId,
    },
    /// A long-term key.
    Static {
        /// Shown masked.
        access_key_id: String,
    },
    /// A key with a session token.
    Temporary {
        /// Shown masked.
        access_key_id: String,
        /// What the tool that wrote it says about its end.
        expiry: KeyExpiry,
        /// The command that makes it anew, where the file shows which.
        renew: Option<String>,
    },
    /// The key in this program's environment.
    Environment {
        /// Shown masked.
        access_key_id: String,
        /// None for a long-term key.
        expiry: Option<KeyExpiry>,
    },
    /// A container's own credentials: its agent renews them.
    Container,
    /// A bearer key for Bedrock in this program's environment; none when it is not one.
    BedrockKey(Option<BedrockKey>),
    /// None of these.
    None,
}

impl Profile {
    /// The caches of its role's credentials, where it uses a role: one name in each client's folder.
    pub fn role_cache(&self) -> Option<&CacheName> {
        match &self.credentials {
            Credentials::Sso { cache, .. } => cache.as_ref(),
            Credentials::AssumeRole(role) => Some(&role.cache),
            Credentials::WebIdentity(identity) => Some(&identity.cache),
            _ => None,
        }
    }

    /// The session it signs in to itself.
    pub fn session(&self) -> Option<&SessionId> {
        match &self.credentials {
            Credentials::Sso { session, .. } => session.as_ref(),
            Credentials::Login { session, .. } => Some(session),
            _ => None,
        }
    }

    /// Its `credential_process`, by a name that changes with the command: what was seen of another one does not count.
    pub fn process(&self) -> Option<CacheName> {
        match &self.credentials {
            Credentials::CredentialProcess { command } => Some(CacheName::sha256(command.expose())),
            _ => None,
        }
    }

    /// Whether a problem makes it unusable.
    pub fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == crate::problem::Severity::Error)
    }
}

/// Decides in botocore's order (aws-sessions.md 2.1), and says where others decide differently. Adds the session that
/// the profile spells, and the profile to its session.
pub(super) fn read(name: &str, keys: &Keys<'_>, sessions: &mut BTreeMap<SessionId, Session>, files: &Files) -> Profile {
    let mut problems = Vec::new();
    let kinds = Kinds::of(keys);
    // Alone, a session is no credentials to botocore, but to bearer services (CodeCatalyst) and to the other SDKs.
    let provider = Sdk::Botocore.first_of(&kinds).or(kinds.names_session().then_some(Provider::Sso));
    let credentials = match provider {
        Some(Provider::Role) => Credentials::AssumeRole(role::read(keys, &mut problems, files)),
        Some(Provider::WebIdentity) => Credentials::WebIdentity(role::identity(keys, &mut problems, files)),
        Some(Provider::Sso) => sso::read(name, keys, sessions, &mut problems, files),
        Some(Provider::KeyOfCredentials | Provider::KeyOfConfig) => key::read(name, keys, &mut problems, files),
        Some(Provider::Login) => login(name, keys, sessions),
        Some(Provider::Process) => {
            Credentials::CredentialProcess { command: Secret::new(keys.get("credential_process").unwrap_or_default()) }
        }
        None => Credentials::None,
    };
    if kinds.lacks_role() {
        problems.push(role::without_arn(credentials == Credentials::None, keys, files));
    }
    problems.extend(super::endpoint::wrong_switches(keys, files));
    match account::problem(name, &credentials, keys, files) {
        // Which clients take the key of another account is said there.
        Some(problem) => problems.push(problem),
        None => problems.extend(provider::problems(&kinds, keys, files)),
    }
    let has = |key| keys.get(key).is_some();
    let whole_key = kinds.has_key() && has("aws_access_key_id") && has("aws_secret_access_key");
    Profile {
        name: name.to_owned(),
        own_key: whole_key.then(|| key::read(name, keys, &mut Vec::new(), files)),
        account_id: account::of(&credentials, keys),
        credentials,
        region: keys.get("region").map(ToOwned::to_owned),
        endpoints: Endpoints::default(),
        problems,
        place: keys.place,
    }
}

fn login(name: &str, keys: &Keys<'_>, sessions: &mut BTreeMap<SessionId, Session>) -> Credentials {
    let arn = keys.get("login_session").unwrap_or_default();
    let id = SessionId::Login(arn.to_owned());
    let session = sessions.entry(id.clone()).or_insert_with(|| session::of_login(arn, keys));
    session.profiles.push(name.to_owned());
    Credentials::Login { arn: arn.to_owned(), session: id }
}

//! Profiles: which credentials each one uses.

use super::endpoint::Endpoints;
use super::role::{self, Role};
use super::{FileKind, Files, Keys, Place, Session, SessionId, SessionKind};
use crate::cache::{CacheName, sso_role_key};
use crate::problem::Problem;
use crate::status::expiry_key::{self, KeyExpiry};
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
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
    WebIdentity,
    /// A program that prints credentials.
    CredentialProcess,
    /// `aws login`.
    Login,
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
    },
    /// None of these.
    None,
}

impl Profile {
    /// The AWS CLI's cache of its role's credentials, where it uses a role.
    pub fn role_cache(&self) -> Option<&CacheName> {
        match &self.credentials {
            Credentials::Sso { cache, .. } => cache.as_ref(),
            Credentials::AssumeRole(role) => Some(&role.cache),
            _ => None,
        }
    }

    /// The session it signs in to itself.
    pub fn session(&self) -> Option<&SessionId> {
        match &self.credentials {
            Credentials::Sso { session, .. } => session.as_ref(),
            _ => None,
        }
    }

    /// Whether a problem makes it unusable.
    pub fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == crate::problem::Severity::Error)
    }
}

/// Decides in botocore's order: role, web identity, SSO, key of the credentials file, login, process, key of the
/// config file (aws-sessions.md 2.1). Adds the legacy session that the profile spells, and the profile to its session.
pub(super) fn read(name: &str, keys: &Keys<'_>, sessions: &mut BTreeMap<SessionId, Session>, files: &Files) -> Profile {
    let mut problems = Vec::new();
    let has = |key: &&str| keys.get(key).is_some();
    let has_key = KEY_KEYS.iter().any(has);
    let key_is_first = has_key && keys.place_of("aws_access_key_id").file == FileKind::Credentials;
    let has_sso = SSO_ROLE_KEYS.iter().any(has) || SSO_SESSION_KEYS.iter().any(has) && !has_key;
    let credentials = if has(&"role_arn") && !has(&"web_identity_token_file") {
        Credentials::AssumeRole(role::read(keys, &mut problems, files))
    } else if has(&"role_arn") {
        Credentials::WebIdentity
    } else if has_sso {
        sso(name, keys, sessions, &mut problems, files)
    } else if key_is_first {
        key(keys, &mut problems, files)
    } else if has(&"login_session") {
        Credentials::Login
    } else if has(&"credential_process") {
        Credentials::CredentialProcess
    } else if has_key {
        key(keys, &mut problems, files)
    } else {
        Credentials::None
    };
    let own_key = KEY_KEYS.iter().all(has).then(|| key(keys, &mut Vec::new(), files));
    Profile {
        name: name.to_owned(),
        credentials,
        own_key,
        region: keys.get("region").map(ToOwned::to_owned),
        endpoints: Endpoints::default(),
        problems,
        place: keys.place,
    }
}

const KEY_KEYS: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];
const SSO_ROLE_KEYS: [&str; 2] = ["sso_account_id", "sso_role_name"];
const SSO_SESSION_KEYS: [&str; 2] = ["sso_session", "sso_start_url"];

/// A key pair as it stands.
fn key(keys: &Keys<'_>, problems: &mut Vec<Problem>, files: &Files) -> Credentials {
    for (has, lacks) in [("aws_access_key_id", "aws_secret_access_key"), ("aws_secret_access_key", "aws_access_key_id")]
    {
        if keys.get(has).is_some() && keys.get(lacks).is_none() {
            let problem = Problem::error(
                "partial-credentials",
                format!("There is {has} but no {lacks}."),
                format!("Add {lacks}, or remove {has}."),
            );
            problems.push(files.place(problem, keys.place_of(has)));
        }
    }
    let access_key_id = keys.get("aws_access_key_id").unwrap_or_default().to_owned();
    let has_token = keys.get("aws_session_token").is_some() || keys.get("aws_security_token").is_some();
    if access_key_id.starts_with("ASIA") && !has_token {
        let problem = Problem::error(
            "session-token-missing",
            "This is a temporary key (ASIA…) without its aws_session_token: AWS refuses it.",
            "Copy all three values: aws_access_key_id, aws_secret_access_key and aws_session_token.",
        );
        problems.push(files.place(problem, keys.place_of("aws_access_key_id")));
    }
    if has_token || access_key_id.starts_with("ASIA") {
        let expiry = expiry_key::find(keys);
        if let KeyExpiry::Unreadable { key, .. } = &expiry {
            let problem = Problem::warning(
                "expiry-unreadable",
                format!(
                    "The value of {key} is no date that can be told for certain, so this profile's end is not known."
                ),
                format!("Write {key} with its zone, such as 2026-11-22T18:00:00Z."),
            );
            problems.push(files.place(problem, keys.place_of(key)));
        }
        Credentials::Temporary { access_key_id, expiry }
    } else {
        Credentials::Static { access_key_id }
    }
}

fn sso(
    name: &str,
    keys: &Keys<'_>,
    sessions: &mut BTreeMap<SessionId, Session>,
    problems: &mut Vec<Problem>,
    files: &Files,
) -> Credentials {
    let session = match keys.get("sso_session") {
        Some(session) => named_session(session, keys, sessions, problems, files),
        None => legacy_session(keys, sessions, problems, files),
    };
    let (account_id, role_name) = (keys.get("sso_account_id"), keys.get("sso_role_name"));
    let bearer_only = account_id.is_none()
        && role_name.is_none()
        && session.as_ref().is_some_and(|id| id.kind() == SessionKind::SsoSession);
    let missing: Vec<_> = [("sso_account_id", account_id), ("sso_role_name", role_name)]
        .iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| *key)
        .collect();
    if !missing.is_empty() && !bearer_only {
        problems.push(files.place(incomplete(&missing), keys.place));
    }
    if let Some(session) = session.as_ref().and_then(|id| sessions.get_mut(id)) {
        session.profiles.push(name.to_owned());
    }
    let cache = match (account_id, role_name, &session) {
        (Some(account_id), Some(role_name), Some(session)) => Some(sso_role_key(account_id, role_name, session)),
        _ => None,
    };
    Credentials::Sso {
        session,
        account_id: account_id.map(ToOwned::to_owned),
        role_name: role_name.map(ToOwned::to_owned),
        cache,
    }
}

fn named_session(
    name: &str,
    keys: &Keys<'_>,
    sessions: &BTreeMap<SessionId, Session>,
    problems: &mut Vec<Problem>,
    files: &Files,
) -> Option<SessionId> {
    let id = SessionId::SsoSession(name.to_owned());
    let Some(session) = sessions.get(&id) else {
        let problem = Problem::error(
            "dangling-sso-session",
            format!(
                "sso_session names '{0}', but there is no [sso-session {0}] in {1}.",
                shown(name),
                files.config_path
            ),
            known_sessions(sessions),
        );
        problems.push(files.place(problem, keys.place_of("sso_session")));
        return None;
    };
    for (key, value) in [("sso_start_url", &session.start_url), ("sso_region", &session.region)] {
        match keys.get(key) {
            Some(own) if own != value => {
                let problem = Problem::error(
                    "sso-session-inconsistent",
                    format!(
                        "{key} differs from the one in [sso-session {name}]: boto3 and the AWS CLI refuse this profile."
                    ),
                    format!("Remove {key} from the profile."),
                );
                problems.push(files.place(problem, keys.place_of(key)));
            }
            Some(_) => {
                let problem = Problem::warning(
                    "sso-key-repeated",
                    format!(
                        "{key} stands in the profile and in [sso-session {name}]: the AWS SDK for Rust refuses that."
                    ),
                    format!("Remove {key} from the profile."),
                );
                problems.push(files.place(problem, keys.place_of(key)));
            }
            None => {}
        }
    }
    Some(id)
}

fn known_sessions(sessions: &BTreeMap<SessionId, Session>) -> String {
    let names: Vec<_> =
        sessions.keys().filter(|id| id.kind() == SessionKind::SsoSession).map(SessionId::name).take(5).collect();
    if names.is_empty() {
        String::from("Add the section with sso_start_url and sso_region, or run 'aws configure sso'.")
    } else {
        format!("Write one that is there ({}), or add the section.", names.join(", "))
    }
}

fn legacy_session(
    keys: &Keys<'_>,
    sessions: &mut BTreeMap<SessionId, Session>,
    problems: &mut Vec<Problem>,
    files: &Files,
) -> Option<SessionId> {
    let (start_url, region) = (keys.get("sso_start_url"), keys.get("sso_region"));
    let missing: Vec<_> = [("sso_start_url", start_url), ("sso_region", region)]
        .iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| *key)
        .collect();
    if !missing.is_empty() {
        problems.push(files.place(incomplete(&missing), keys.place));
    }
    problems.extend(super::session::wrong_values(keys, files));
    let (start_url, region) = (start_url?, region.unwrap_or_default());
    let id = SessionId::Legacy(start_url.to_owned());
    let session = sessions.entry(id.clone()).or_insert_with(|| Session {
        id: id.clone(),
        start_url: start_url.to_owned(),
        region: region.to_owned(),
        scopes: None,
        profiles: Vec::new(),
        endpoints: Endpoints::default(),
        problems: Vec::new(),
        place: keys.place,
    });
    if session.region.is_empty() {
        region.clone_into(&mut session.region);
    } else if !region.is_empty() && session.region != region {
        let problem = Problem::warning(
            "sso-regions-differ",
            format!(
                "sso_region is {} here and {} in another profile with the same sso_start_url; an Identity Center has one region for sign-in.",
                shown(region),
                shown(&session.region)
            ),
            "Write the same sso_region in both.",
        );
        problems.push(files.place(problem, keys.place_of("sso_region")));
    }
    Some(id)
}

fn incomplete(missing: &[&str]) -> Problem {
    let missing = missing.join(" and ");
    Problem::error(
        "sso-config-incomplete",
        format!("This profile is for SSO but lacks {missing}."),
        format!("Add {missing}, or run 'aws configure sso'."),
    )
}

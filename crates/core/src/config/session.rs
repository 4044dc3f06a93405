//! Sessions: what a person signs in to.

use super::endpoint::Endpoints;
use super::{Files, Keys, Merged, Place};
use crate::cache::{CacheName, login_file};
use crate::endpoint::{Partition, is_region};
use crate::problem::Problem;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Names a session for good: it is what the person's files call it. As text, `sso-session:NAME`, `sso-legacy:URL` or
/// `login:ARN`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
pub enum SessionId {
    /// `[sso-session NAME]`
    SsoSession(String),
    /// Profiles that spell `sso_start_url` themselves: one session for each URL, byte for byte.
    Legacy(String),
    /// `login_session`: one session for each ARN.
    Login(String),
}

/// The kinds of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// Refreshable tokens.
    SsoSession,
    /// Tokens without a refresh token.
    Legacy,
    /// `aws login`: no Identity Center, and keys instead of tokens.
    Login,
}

/// A session as the files describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name for good.
    pub id: SessionId,
    /// Where the person signs in; empty when the file does not say, and for `aws login`.
    pub start_url: String,
    /// The region of its Identity Center, empty when the file does not say; where `aws login` signs in.
    pub region: String,
    /// Scopes to register with; none for the legacy spelling, which registers without.
    pub scopes: Option<Vec<String>>,
    /// Names of the profiles that use it.
    pub profiles: Vec<String>,
    /// Where its calls go, when not to AWS's own endpoint.
    pub endpoints: Endpoints,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Where it begins.
    pub place: Place,
}

impl SessionId {
    /// Which kind.
    pub fn kind(&self) -> SessionKind {
        match self {
            Self::SsoSession(_) => SessionKind::SsoSession,
            Self::Legacy(_) => SessionKind::Legacy,
            Self::Login(_) => SessionKind::Login,
        }
    }

    /// The name to show: the session's own, or what tells a start URL from others. Two spellings of one URL are two
    /// sessions, so only the usual spelling is shortened: `https://corp.awsapps.com/start` is `corp`. Of an ARN, the
    /// account and who it is: `111122223333:user/me`.
    pub fn name(&self) -> &str {
        match self {
            Self::SsoSession(name) => name,
            Self::Legacy(url) => {
                let address = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
                address.strip_suffix(".awsapps.com/start").filter(|name| !name.is_empty()).unwrap_or(address)
            }
            Self::Login(arn) => arn.split_once("::").map(|(_, who)| who).filter(|who| !who.is_empty()).unwrap_or(arn),
        }
    }

    /// The name to show where another session is called the same: of a start URL, the whole address.
    pub fn long_name(&self) -> &str {
        match self {
            Self::Legacy(url) => url.split_once("://").map_or(url.as_str(), |(_, address)| address),
            Self::SsoSession(_) | Self::Login(_) => self.name(),
        }
    }

    /// The identity that `aws login` signs in.
    pub fn arn(&self) -> Option<&str> {
        match self {
            Self::Login(arn) => Some(arn),
            Self::SsoSession(_) | Self::Legacy(_) => None,
        }
    }

    /// The file of its token (aws-sessions.md 2.3): in `sso/cache`, and in `login/cache` for [`SessionId::Login`].
    pub fn token_file(&self) -> CacheName {
        match self {
            Self::SsoSession(key) | Self::Legacy(key) => CacheName::token(key),
            Self::Login(arn) => login_file(arn),
        }
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SsoSession(name) => write!(formatter, "sso-session:{name}"),
            Self::Legacy(url) => write!(formatter, "sso-legacy:{url}"),
            Self::Login(arn) => write!(formatter, "login:{arn}"),
        }
    }
}

/// What a session's id must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSessionId;

impl fmt::Display for NoSessionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a session's id begins with sso-session:, sso-legacy: or login:")
    }
}

impl FromStr for SessionId {
    type Err = NoSessionId;

    fn from_str(text: &str) -> Result<Self, NoSessionId> {
        match text.split_once(':') {
            Some(("sso-session", name)) => Ok(Self::SsoSession(name.into())),
            Some(("sso-legacy", url)) => Ok(Self::Legacy(url.into())),
            Some(("login", arn)) => Ok(Self::Login(arn.into())),
            _ => Err(NoSessionId),
        }
    }
}

impl Serialize for SessionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SessionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Session {
    /// Whether the files say enough to call AWS for it.
    pub fn is_complete(&self) -> bool {
        if self.id.kind() == SessionKind::Login {
            return is_region(&self.region) && self.endpoints.are_sound();
        }
        is_web_address(&self.start_url) && is_region(&self.region) && self.endpoints.are_sound()
    }

    /// The session's name in a client registration's key (aws-sessions.md 2.3).
    pub fn registration_name(&self) -> Option<&str> {
        match &self.id {
            SessionId::SsoSession(name) => Some(name),
            SessionId::Legacy(_) | SessionId::Login(_) => None,
        }
    }
}

/// The session of `aws login` that a profile names.
pub(super) fn of_login(arn: &str, keys: &Keys<'_>) -> Session {
    Session {
        id: SessionId::Login(arn.to_owned()),
        start_url: String::new(),
        region: keys.get("region").unwrap_or_else(|| home_region(arn)).to_owned(),
        scopes: None,
        profiles: Vec::new(),
        endpoints: Endpoints::default(),
        problems: Vec::new(),
        place: keys.place,
    }
}

/// Where `aws login` signs in when no profile names a region: the first region of the ARN's partition.
fn home_region(arn: &str) -> &'static str {
    match arn.split(':').nth(1) {
        Some("aws-cn") => "cn-north-1",
        Some("aws-us-gov") => "us-gov-west-1",
        Some("aws-eusc") => "eusc-de-east-1",
        Some("aws-iso") => "us-iso-east-1",
        Some("aws-iso-b") => "us-isob-east-1",
        Some("aws-iso-e") => "eu-isoe-west-1",
        Some("aws-iso-f") => "us-isof-south-1",
        _ => "us-east-1",
    }
}

/// What is there but cannot be right.
pub(super) fn wrong_values(keys: &Keys<'_>, files: &Files) -> Vec<Problem> {
    let mut problems = Vec::new();
    if keys.get("sso_start_url").is_some_and(|url| !is_web_address(url)) {
        let problem = Problem::error(
            "sso-wrong-region-or-url",
            "sso_start_url is not a web address.",
            "Write the address of your access portal, such as https://example.awsapps.com/start.",
        );
        problems.push(files.place(problem, keys.place_of("sso_start_url")));
    }
    if keys.get("sso_region").is_some_and(|region| !is_region(region)) {
        let problem = Problem::error(
            "sso-wrong-region-or-url",
            "sso_region is not the name of a region.",
            "Write the region of your Identity Center, such as us-east-1.",
        );
        problems.push(files.place(problem, keys.place_of("sso_region")));
    }
    let region = keys.get("sso_region").filter(|region| is_region(region));
    problems
        .extend(region.and_then(without_identity_center).map(|found| files.place(found, keys.place_of("sso_region"))));
    problems
}

/// A region in which AWS has no Identity Center, as far as its own clients know.
fn without_identity_center(region: &str) -> Option<Problem> {
    let message = match Partition::find(region) {
        Some(partition) if partition.has_identity_center => return None,
        Some(partition) => {
            format!("AWS has no Identity Center in the partition {}, to which {region} belongs.", partition.id)
        }
        None => format!("AWS names no region like '{region}'."),
    };
    let hint = "Write the region of your Identity Center, such as us-east-1; your administrator knows it.";
    Some(Problem::warning("sso-wrong-region-or-url", message, hint))
}

/// `http://host…` or `https://host…`
pub(super) fn is_web_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', ':', '?', '#']))
        && !text.chars().any(|character| character.is_whitespace() || character.is_control())
}

/// Every `[sso-session]`, used or not.
pub(super) fn declared(merged: &Merged<'_>, files: &Files) -> BTreeMap<SessionId, Session> {
    merged
        .sso_sessions
        .iter()
        .map(|(name, keys)| {
            let id = SessionId::SsoSession((*name).to_owned());
            (id.clone(), declare(id, name, keys, files))
        })
        .collect()
}

fn declare(id: SessionId, name: &str, keys: &Keys<'_>, files: &Files) -> Session {
    let missing: Vec<_> = ["sso_start_url", "sso_region"].into_iter().filter(|key| keys.get(key).is_none()).collect();
    let mut problems = Vec::new();
    if !missing.is_empty() {
        let problem = Problem::error(
            "sso-config-incomplete",
            format!("[sso-session {name}] lacks {}.", missing.join(" and ")),
            format!("Add {} to [sso-session {name}]; your administrator knows the values.", missing.join(" and ")),
        );
        problems.push(files.place(problem, keys.place));
    }
    problems.extend(wrong_values(keys, files));
    Session {
        id,
        start_url: keys.get("sso_start_url").unwrap_or_default().to_owned(),
        region: keys.get("sso_region").unwrap_or_default().to_owned(),
        scopes: Some(scopes(keys.get("sso_registration_scopes"))),
        profiles: Vec::new(),
        endpoints: Endpoints::default(),
        problems,
        place: keys.place,
    }
}

/// The scope that the portal API needs, which the AWS CLI asks for when the file names none.
const DEFAULT_SCOPE: &str = "sso:account:access";

fn scopes(text: Option<&str>) -> Vec<String> {
    let named: Vec<_> = text
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|scope| !scope.is_empty())
        .map(ToString::to_string)
        .collect();
    if named.is_empty() { vec![DEFAULT_SCOPE.to_owned()] } else { named }
}

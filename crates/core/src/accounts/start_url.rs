//! The address of an access portal as people paste it, and the `[sso-session]` that is made of it (aws-sessions.md 3.5).

use super::pattern::slug;
use crate::config::{Config, Session, SessionId};
use crate::endpoint::{Partition, is_region};
use crate::ini::{Edit, is_name};
use crate::portal::{self, Portal};
use crate::text::shown;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A portal's address as it belongs in the config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartUrl {
    /// Without what the portal puts behind it (`#/`, `?tab=`).
    pub url: String,
    /// Where the host says it.
    pub region: Option<String>,
    /// What a session for it could be called.
    pub name: String,
}

/// Why an address is none of an access portal. Shown, it is a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartUrlError {
    /// Not `https://…`.
    NoWebAddress,
    /// The host is none of AWS's.
    NotOfAws(String),
    /// The host is AWS's, but what tells the organisation is missing.
    NoOrganisation(String),
}

/// An `[sso-session]` to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Its name.
    pub name: String,
    /// Its `sso_start_url`.
    pub start_url: String,
    /// Its `sso_region`.
    pub region: String,
}

/// Why a session cannot be added. Shown, it is a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionError {
    /// Its name is that of a session with another address.
    NameTaken(String),
    /// Not every client would read the name.
    BadName(String),
    /// Neither the address nor the person says the region.
    NoRegion,
    /// Not the name of a region.
    BadRegion(String),
    /// AWS has no Identity Center there, as far as its own clients know.
    NoIdentityCenter(String),
}

impl StartUrl {
    /// Reads what a person pasted: with or without `https://`, and whatever the portal put behind it.
    pub fn read(pasted: &str) -> Result<Self, StartUrlError> {
        let pasted = pasted.trim();
        let rest = match pasted.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => rest,
            Some(_) => return Err(StartUrlError::NoWebAddress),
            None => pasted,
        };
        let address = rest.split(['?', '#']).next().unwrap_or_default();
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        let host = host.to_ascii_lowercase();
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        if !host.contains('.') || !host.bytes().all(is_host) {
            return Err(StartUrlError::NoWebAddress);
        }
        let mut path = path.split('/').filter(|part| !part.is_empty());
        let (first, second) = (path.next(), path.next());
        let label = host.split('.').next().unwrap_or_default();
        let unnamed = || StartUrlError::NoOrganisation(host.clone());
        let (url, name) = match portal::at(&host) {
            Some(Portal::Whole) => (format!("https://{host}"), label),
            Some(Portal::Start) => (format!("https://{host}/start"), label),
            Some(Portal::Directory) => {
                let id = second.filter(|id| first == Some("directory") && is_name(id)).ok_or_else(unnamed)?;
                (format!("https://{host}/directory/{id}"), id)
            }
            Some(Portal::Issuer) => {
                let id = first.filter(|id| is_name(id)).ok_or_else(unnamed)?;
                (format!("https://{host}/{id}"), id)
            }
            None => return Err(StartUrlError::NotOfAws(host)),
        };
        Ok(Self { region: portal::region_in(&host), name: slug(name), url })
    }
}

impl NewSession {
    /// For `url`, called `name` or what the address suggests, in `region` or where the address says.
    pub fn new(
        url: &StartUrl,
        name: Option<&str>,
        region: Option<&str>,
        config: &Config,
    ) -> Result<Self, SessionError> {
        let name = name.unwrap_or(&url.name);
        if !is_name(name) {
            return Err(SessionError::BadName(name.into()));
        }
        if config.sessions.contains_key(&SessionId::SsoSession(name.into())) {
            return Err(SessionError::NameTaken(name.into()));
        }
        let region = region.or(url.region.as_deref()).ok_or(SessionError::NoRegion)?;
        if !is_region(region) {
            return Err(SessionError::BadRegion(region.into()));
        }
        if Partition::find(region).is_none_or(|partition| !partition.has_identity_center) {
            return Err(SessionError::NoIdentityCenter(region.into()));
        }
        Ok(Self { name: name.into(), start_url: url.url.clone(), region: region.into() })
    }

    /// The session that has this address already, however it is spelled; `[sso-session]` rather than the legacy kind.
    pub fn there<'a>(url: &StartUrl, config: &'a Config) -> Option<&'a Session> {
        let same = |session: &&Session| StartUrl::read(&session.start_url).is_ok_and(|other| other.url == url.url);
        config.sessions.values().filter(same).find(|session| matches!(session.id, SessionId::SsoSession(_)))
    }

    /// Its name for good.
    pub fn id(&self) -> SessionId {
        SessionId::SsoSession(self.name.clone())
    }

    /// What its section says. The scope is what the portal asks for, and what brings a token that renews itself
    /// (aws-sessions.md 3.2).
    pub fn keys(&self) -> Vec<(String, String)> {
        let keys = [
            ("sso_start_url", self.start_url.as_str()),
            ("sso_region", self.region.as_str()),
            ("sso_registration_scopes", "sso:account:access"),
        ];
        keys.map(|(key, value)| (key.into(), value.into())).into()
    }

    /// The edit that adds it.
    pub fn edit(&self) -> Edit {
        Edit::AddSection { section: format!("sso-session {}", self.name), keys: self.keys() }
    }

    /// It, as a person reads it before they agree.
    pub fn preview(&self, file: &str) -> String {
        let keys: String = self.keys().iter().map(|(key, value)| format!("  {key} = {value}\n")).collect();
        format!("Add to {file}:\n\n  [sso-session {}]\n{keys}", self.name)
    }
}

impl fmt::Display for StartUrlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWebAddress => out.write_str(
                "That is not the address of an access portal. Copy it from the browser: https://example.awsapps.com/start.",
            ),
            Self::NotOfAws(host) => write!(
                out,
                "{} is no host of AWS's access portals. Open it in the browser, and copy the address that it leads to.",
                shown(host)
            ),
            Self::NoOrganisation(host) => write!(
                out,
                "Behind {} the address must name the organisation. Copy the whole address of your access portal.",
                shown(host)
            ),
        }
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameTaken(name) => {
                write!(out, "There is an [sso-session {}] with another address already. Choose another name.", shown(name))
            }
            Self::BadName(name) => write!(
                out,
                "Not every client would read the name '{}'. Use letters, digits and _-/.%@:+ only.",
                shown(name)
            ),
            Self::NoRegion => out.write_str(
                "The address does not say the region of the Identity Center. Your administrator knows it; it is often where the organisation began, such as us-east-1.",
            ),
            Self::BadRegion(region) => {
                write!(out, "'{}' is not the name of a region, such as us-east-1.", shown(region))
            }
            Self::NoIdentityCenter(region) => write!(
                out,
                "AWS knows no region '{}' with an Identity Center. It is one such as us-east-1; your administrator knows it.",
                shown(region)
            ),
        }
    }
}

impl core::error::Error for StartUrlError {}
impl core::error::Error for SessionError {}

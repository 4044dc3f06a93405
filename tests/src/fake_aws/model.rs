//! The state of the fake AWS. The operations on it live in a file each.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;

use super::access_key::AccessKey;
use super::authorize::Authorization;
use super::client::Client;
use super::clock::Clock;
use super::device::DeviceAuthorization;
use super::mint::Mint;
use super::organisation::Organisation;
use super::session::{AccessToken, RefreshToken, Session};
use super::signin::Signin;

/// Everything the server knows.
///
/// What ended or was used up stays here with its state, so that a late or repeated request is
/// refused for the right reason.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) url: String,
    pub(super) clock: Clock,
    pub(super) mint: Mint,
    pub(super) auto_approve: bool,
    pub(super) poll_interval: Duration,
    pub(super) organisations: Vec<Organisation>,
    /// Paths of a company's own server, and where they lead.
    pub(super) ways: HashMap<String, String>,
    pub(super) clients: HashMap<String, Client>,
    pub(super) devices: Vec<DeviceAuthorization>,
    pub(super) authorizations: Vec<Authorization>,
    pub(super) sessions: Vec<Session>,
    pub(super) access_tokens: HashMap<String, AccessToken>,
    pub(super) refresh_tokens: HashMap<String, RefreshToken>,
    pub(super) access_keys: HashMap<String, AccessKey>,
    /// Codes of MFA devices that were taken: none is taken twice.
    pub(super) used_codes: HashSet<String>,
    pub(super) signin: Signin,
}

impl Model {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            clock: Clock::default(),
            mint: Mint::default(),
            auto_approve: false,
            // What the service asks for (aws-sessions.md 3.1).
            poll_interval: Duration::from_secs(1),
            organisations: Vec::new(),
            ways: HashMap::new(),
            clients: HashMap::new(),
            devices: Vec::new(),
            authorizations: Vec::new(),
            sessions: Vec::new(),
            access_tokens: HashMap::new(),
            refresh_tokens: HashMap::new(),
            access_keys: HashMap::new(),
            used_codes: HashSet::new(),
            signin: Signin::default(),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Adds an organisation, in place of one with the same start URL.
    pub(super) fn add_organisation(&mut self, organisation: Organisation) {
        let other = |known: &Organisation| !known.answers_to(&organisation.start_url);
        self.organisations.retain(other);
        self.organisations.push(organisation);
    }

    pub(super) fn organisation(&self, start_url: &str) -> Option<&Organisation> {
        let mut organisations = self.organisations.iter();
        organisations.find(|organisation| organisation.answers_to(start_url))
    }

    pub(super) fn organisation_mut(&mut self, start_url: &str) -> Option<&mut Organisation> {
        let mut organisations = self.organisations.iter_mut();
        organisations.find(|organisation| organisation.answers_to(start_url))
    }
}

//! What a test does to the fake AWS, and what it asks of it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::client::RegisterClientInput;
use super::lock::lock;
use super::model::Model;
use super::{FakeAws, FaultPlan, Operation, Organisation, Request};

/// A device that waits for a person to approve or deny it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingDevice {
    /// The code that the person compares.
    pub user_code: String,
    /// The organisation it wants to sign in to.
    pub start_url: String,
    /// The name its client registered with.
    pub client_name: String,
    /// When the code is over.
    pub expires_at: Timestamp,
}

/// A sign-in made directly in the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The organisation's start URL, as it was added.
    pub start_url: String,
    /// The organisation's region.
    pub region: String,
    /// The access token.
    pub access_token: String,
    /// The refresh token, unless the organisation issues none.
    pub refresh_token: Option<String>,
    /// The client's id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// When the access token expires.
    pub expires_at: Timestamp,
    /// When the client's registration expires.
    pub registration_expires_at: Timestamp,
}

/// A user's long-term access key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserKey {
    /// `AKIA…`
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
}

/// The person and the administrator.
impl FakeAws {
    /// Adds an organisation, in place of one with the same start URL.
    pub fn add_organisation(&self, organisation: Organisation) {
        self.model(|model| model.add_organisation(organisation));
    }

    /// Lets `path` of this server redirect to `start_url`, as a company's own start URL does.
    pub fn lead(&self, path: &str, start_url: &str) {
        self.model(|model| model.ways.insert(path.to_owned(), start_url.to_owned()));
    }

    /// The devices that wait for a person, oldest first.
    pub fn pending(&self) -> Vec<PendingDevice> {
        self.model(|model| {
            let devices = model.pending_devices();
            let pending = devices.map(|device| PendingDevice {
                user_code: device.user_code.clone(),
                start_url: device.start_url.clone(),
                client_name: model
                    .clients
                    .get(&device.client_id)
                    .map_or_else(String::new, |client| client.name.clone()),
                expires_at: device.expires_at,
            });
            pending.collect()
        })
    }

    /// Approves a pending device; fails when none waits with this code.
    pub fn approve(&self, user_code: &str) -> Result<(), String> {
        self.model(|model| model.approve(user_code))
    }

    /// Denies a pending device; fails when none waits with this code.
    pub fn deny(&self, user_code: &str) -> Result<(), String> {
        self.model(|model| model.deny(user_code))
    }

    /// Lets the code of a pending device be over; fails when none waits with this code.
    pub fn expire(&self, user_code: &str) -> Result<(), String> {
        self.model(|model| model.expire(user_code))
    }

    /// Whether every device is approved at its first poll and every `/authorize` at once.
    pub fn auto_approve(&self, approve: bool) {
        self.model(|model| model.auto_approve = approve);
    }

    /// Sets the poll interval of device authorizations from now on. Clients are told its whole
    /// seconds.
    pub fn set_poll_interval(&self, interval: Duration) {
        self.model(|model| model.poll_interval = interval);
    }

    /// Signs in without any flow: registers a client with scopes, approves and issues tokens.
    ///
    /// # Panics
    ///
    /// When there is no such organisation.
    #[track_caller]
    pub fn grant(&self, start_url: &str) -> Grant {
        let grant = self.model(|model| grant(model, start_url));
        grant.unwrap_or_else(|| panic!("no organisation at {start_url}"))
    }

    /// Ends the organisation's Identity Center session, if one lives.
    pub fn end_session(&self, start_url: &str) {
        self.model(|model| {
            if let Some(session) = model.live_session(start_url) {
                model.end_session(session);
            }
        });
    }

    /// When the organisation's live Identity Center session ends. Clients cannot see this.
    pub fn session_ends_at(&self, start_url: &str) -> Option<Timestamp> {
        self.model(|model| Some(model.session(model.live_session(start_url)?).ends_at))
    }

    /// Revokes an access token. Its refresh token goes on working.
    ///
    /// # Panics
    ///
    /// When the token was never issued.
    #[track_caller]
    pub fn revoke_token(&self, access_token: &str) {
        let revoke = |model: &mut Model| {
            let token = model.access_tokens.get_mut(access_token)?;
            token.revoked = true;
            Some(())
        };
        self.model(revoke).expect("the access token was issued by this fake AWS");
    }

    /// Forgets every registered client.
    pub fn forget_clients(&self) {
        self.model(|model| model.clients.clear());
    }

    /// Takes a role away from the person.
    ///
    /// # Panics
    ///
    /// When the person did not have it.
    #[track_caller]
    pub fn unassign(&self, start_url: &str, account_id: &str, role_name: &str) {
        let unassign = |model: &mut Model| {
            let mut accounts = model.organisation_mut(start_url)?.accounts.iter_mut();
            let account = accounts.find(|account| account.id == account_id)?;
            let role = account.roles.iter().position(|role| role.name == role_name)?;
            Some(account.roles.remove(role))
        };
        let role = self.model(unassign);
        role.unwrap_or_else(|| panic!("{role_name} in {account_id} is not assigned"));
    }

    /// Makes a long-term access key for sts.
    pub fn add_user_key(&self, account_id: &str, user_name: &str) -> UserKey {
        let (access_key_id, secret_access_key) = self.model(|model| model.issue_user_key(account_id, user_name));
        UserKey { access_key_id, secret_access_key }
    }
}

/// Time and faults.
impl FakeAws {
    /// The fake's own time.
    pub fn now(&self) -> Timestamp {
        self.model(|model| model.now())
    }

    /// Lets time pass for the fake alone.
    pub fn advance(&self, by: Duration) {
        self.model(|model| model.clock.advance(by));
    }

    /// Sets how far the fake's clock is ahead of the real one; negative is behind.
    pub fn set_clock_offset(&self, offset: SignedDuration) {
        self.model(|model| model.clock.set_offset(offset));
    }

    /// Orders a fault: until [`FakeAws::clear_faults`], or as often as [`super::Fault::times`]
    /// says. Several for one operation strike one after the other.
    pub fn fault(&self, operation: Operation, fault: impl Into<FaultPlan>) {
        lock(&self.world.faults).add(operation, fault.into());
    }

    /// Takes back every fault that did not strike yet.
    pub fn clear_faults(&self) {
        lock(&self.world.faults).clear();
    }
}

/// What was seen and issued.
impl FakeAws {
    /// Every request so far, in the order they came in.
    pub fn requests(&self) -> Vec<Request> {
        self.world.journal.requests()
    }

    /// How many requests of this operation came in.
    pub fn count(&self, operation: Operation) -> usize {
        self.world.journal.count(operation)
    }

    /// Waits until this many requests of this operation came in since the start; they may not
    /// be answered yet. The error says how many came.
    pub fn wait_for(&self, operation: Operation, count: usize, timeout: Duration) -> Result<(), String> {
        self.world.journal.wait_for(operation, count, timeout)
    }

    /// Every secret issued so far: access and refresh tokens, client secrets, device and
    /// authorization codes, secret access keys, session tokens. None may show in any output.
    pub fn secrets(&self) -> Vec<String> {
        self.model(|model| model.mint.secrets().to_vec())
    }

    pub(super) fn model<T>(&self, act: impl FnOnce(&mut Model) -> T) -> T {
        act(&mut lock(&self.world.model))
    }
}

fn grant(model: &mut Model, start_url: &str) -> Option<Grant> {
    let session = model.sign_in(start_url)?;
    let client_id = model.register(RegisterClientInput {
        client_name: "granted".to_owned(),
        scopes: vec!["sso:account:access".to_owned()],
        ..RegisterClientInput::default()
    });
    let tokens = model.issue_tokens(session, &client_id);
    let organisation = model.organisation(start_url)?;
    let client = &model.clients[&client_id];
    Some(Grant {
        start_url: organisation.start_url.clone(),
        region: organisation.region.clone(),
        access_token: tokens.access_token,
        refresh_token: tokens.refresh_token,
        client_secret: client.secret.clone(),
        expires_at: tokens.expires_at,
        registration_expires_at: client.expires_at,
        client_id,
    })
}

//! What a test says about an organisation: its Identity Center, its accounts and roles.

use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

/// One organisation with its Identity Center and the one person who signs in to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The start URL, such as `https://example.awsapps.com/start`.
    pub start_url: String,
    /// The region of the Identity Center.
    pub region: String,
    /// The person's user name, the session name of every role taken through the portal.
    pub user_name: String,
    /// How long a sign-in lasts. No refresh moves that end.
    pub session_length: Duration,
    /// How long a refreshable access token lasts, within the session.
    pub access_token_length: Duration,
    /// Whether refresh tokens are issued. Even then a client gets one only when it registered
    /// with scopes (aws-sessions.md 3.2).
    pub refresh_tokens: bool,
    /// The accounts, in the order the portal lists them.
    pub accounts: Vec<Account>,
}

impl Organisation {
    /// An organisation without accounts in `us-east-1`: sessions of 8 hours, access tokens of
    /// one, refresh tokens on (aws-sessions.md 3.7).
    #[must_use]
    pub fn new(start_url: impl Into<String>) -> Self {
        Self {
            start_url: start_url.into(),
            region: "us-east-1".to_owned(),
            user_name: "jane@example.com".to_owned(),
            session_length: 8 * HOUR,
            access_token_length: HOUR,
            refresh_tokens: true,
            accounts: Vec::new(),
        }
    }

    /// [`Organisation::new`] with two accounts and three roles, for whoever only needs some.
    #[must_use]
    pub fn example(start_url: impl Into<String>) -> Self {
        Self::new(start_url)
            .with_account(
                Account::new("111122223333", "Production")
                    .with_role(Role::new("ReadOnly"))
                    .with_role(Role::new("Administrator")),
            )
            .with_account(
                Account::new("444455556666", "Development")
                    .with_role(Role::new("Administrator").with_session_length(4 * HOUR)),
            )
    }

    /// Sets the region of the Identity Center.
    #[must_use]
    pub fn with_region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Sets the person's user name.
    #[must_use]
    pub fn with_user_name(mut self, user_name: impl Into<String>) -> Self {
        self.user_name = user_name.into();
        self
    }

    /// Sets how long a sign-in lasts.
    #[must_use]
    pub fn with_session_length(mut self, length: Duration) -> Self {
        self.session_length = length;
        self
    }

    /// Sets how long a refreshable access token lasts.
    #[must_use]
    pub fn with_access_token_length(mut self, length: Duration) -> Self {
        self.access_token_length = length;
        self
    }

    /// No client gets a refresh token here, whatever its scopes.
    #[must_use]
    pub fn without_refresh_tokens(mut self) -> Self {
        self.refresh_tokens = false;
        self
    }

    /// Adds an account.
    #[must_use]
    pub fn with_account(mut self, account: Account) -> Self {
        self.accounts.push(account);
        self
    }

    pub(super) fn role(&self, account_id: &str, role_name: &str) -> Option<&Role> {
        let account = self.accounts.iter().find(|account| account.id == account_id)?;
        account.roles.iter().find(|role| role.name == role_name)
    }

    /// The service takes a start URL with and without the slash and the `#` that portals hand
    /// out (aws-sessions.md 3.5).
    pub(super) fn answers_to(&self, start_url: &str) -> bool {
        let bare = |url: &str| url.trim_end_matches(['/', '#']).to_owned();
        bare(&self.start_url) == bare(start_url)
    }

    /// The ARN partition of its accounts (aws-sessions.md 3.5).
    pub(super) fn partition(&self) -> &'static str {
        match self.region.split('-').next() {
            Some("cn") => "aws-cn",
            Some("eusc") => "aws-eusc",
            Some("us") if self.region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }
}

/// An AWS account that is assigned to the person through at least one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// The account's name.
    pub name: String,
    /// The e-mail address of its root user.
    pub email: String,
    /// The roles the person may take. Without any, the portal does not list the account.
    pub roles: Vec<Role>,
}

impl Account {
    /// An account without roles; its address is made from its name.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        let name = name.into();
        let mailbox = name.to_lowercase().replace(' ', "-");
        Self { id: id.into(), email: format!("{mailbox}@example.com"), name, roles: Vec::new() }
    }

    /// Adds a role.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.roles.push(role);
        self
    }
}

/// A permission set, as the portal shows it: a role of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The role's name.
    pub name: String,
    /// How long its credentials last: 1 to 12 hours (aws-sessions.md 4).
    pub session_length: Duration,
}

impl Role {
    /// A role whose credentials last one hour.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), session_length: HOUR }
    }

    /// Sets how long its credentials last.
    #[must_use]
    pub fn with_session_length(mut self, length: Duration) -> Self {
        self.session_length = length;
        self
    }
}

//! Access keys: long-term ones of users and temporary ones of roles.

use jiff::Timestamp;

use super::model::Model;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A key that the model issued, found by its id.
#[derive(Debug)]
pub(super) struct AccessKey {
    pub(super) identity: Identity,
    pub(super) secret_access_key: String,
    /// Only temporary keys have a session token and an end.
    pub(super) temporary: Option<Temporary>,
}

#[derive(Debug)]
pub(super) struct Temporary {
    pub(super) session_token: String,
    pub(super) expires_at: Timestamp,
}

/// Whom a key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) account_id: String,
    pub(super) arn: String,
    pub(super) user_id: String,
    /// A role's session, as against a user.
    pub(super) is_role: bool,
}

/// Temporary credentials as they go to a client.
#[derive(Debug)]
pub(super) struct Credentials {
    pub(super) access_key_id: String,
    pub(super) secret_access_key: String,
    pub(super) session_token: String,
    pub(super) expires_at: Timestamp,
}

impl Model {
    /// Issues a temporary key.
    pub(super) fn issue_credentials(&mut self, identity: Identity, expires_at: Timestamp) -> Credentials {
        let credentials = Credentials {
            access_key_id: self.access_key_id("ASIA", &identity.account_id),
            secret_access_key: self.mint.secret_access_key(),
            session_token: self.mint.secret("session-token-"),
            expires_at,
        };
        let key = AccessKey {
            identity,
            secret_access_key: credentials.secret_access_key.clone(),
            temporary: Some(Temporary { session_token: credentials.session_token.clone(), expires_at }),
        };
        self.access_keys.insert(credentials.access_key_id.clone(), key);
        credentials
    }

    /// Issues a long-term key of a user, and returns its id and secret.
    pub(super) fn issue_user_key(&mut self, account_id: &str, user: &str) -> (String, String) {
        let id = self.access_key_id("AKIA", account_id);
        let identity = Identity {
            account_id: account_id.to_owned(),
            arn: format!("arn:aws:iam::{account_id}:user/{user}"),
            user_id: self.mint.identifier("AIDAFAKE"),
            is_role: false,
        };
        let key = AccessKey { identity, secret_access_key: self.mint.secret_access_key(), temporary: None };
        let secret = key.secret_access_key.clone();
        self.access_keys.insert(id.clone(), key);
        (id, secret)
    }

    /// 20 characters that carry the account as real ones do (aws-sessions.md 5.2), and end in
    /// `FAKE`.
    fn access_key_id(&mut self, prefix: &str, account_id: &str) -> String {
        let account = account_id.parse::<u64>().unwrap_or_default();
        // 60 bits: a one, 40 of the account, 19 that tell keys of one account apart.
        let bits = 1 << 59 | account << 19 | (self.mint.serial() & 0x7_ffff);
        let letter = |place: u32| BASE32[(bits >> (5 * place) & 31) as usize] as char;
        let id: String = (0..12).rev().map(letter).collect();
        format!("{prefix}{id}FAKE")
    }
}

impl Identity {
    /// A role's session.
    pub(super) fn of_role(partition: &str, account_id: &str, role: &str, role_id: &str, session: &str) -> Self {
        Self {
            account_id: account_id.to_owned(),
            arn: format!("arn:{partition}:sts::{account_id}:assumed-role/{role}/{session}"),
            user_id: format!("{role_id}:{session}"),
            is_role: true,
        }
    }
}

//! The sign-in service: what `aws login` and the SDKs speak with (aws-sessions.md 2.5).

mod authorize;
mod dpop;
mod token;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::json;

use super::access_key::{Credentials, Identity};
use super::answer::Refusal;
use super::model::Model;
use authorize::Authorization;
pub(super) use dpop::thumbprint;

/// The client whose browser runs on its own device.
pub(super) const SAME_DEVICE: &str = "arn:aws:signin:::devtools/same-device";
/// The client whose person carries the code over by hand.
pub(super) const CROSS_DEVICE: &str = "arn:aws:signin:::devtools/cross-device";

/// Who the browser is signed in as until a test says otherwise.
const SOMEBODY: &str = "arn:aws:iam::111122223333:user/me";
/// No refresh goes beyond it.
const SESSION_LENGTH: Duration = Duration::from_hours(12);
/// The longest life of keys.
const KEY_LENGTH: Duration = Duration::from_mins(15);

/// What this service knows.
#[derive(Debug)]
pub(super) struct Signin {
    /// Who the browser is signed in as at the console.
    pub(super) browser: String,
    /// People whom no policy lets call `CreateOAuth2Token`.
    pub(super) forbidden: HashSet<String>,
    authorizations: Vec<Authorization>,
    sessions: Vec<Session>,
    refresh_tokens: HashMap<String, RefreshToken>,
    /// The `jti` of every proof so far.
    proofs: HashSet<String>,
}

/// One sign-in of a person.
#[derive(Debug)]
struct Session {
    arn: String,
    client_id: String,
    ends_at: Timestamp,
    /// Of the key that all its proofs are signed with.
    thumbprint: String,
    over: bool,
    credentials_changed: bool,
}

#[derive(Debug)]
struct RefreshToken {
    session: usize,
    used: bool,
}

/// What a client gets.
#[derive(Debug)]
pub(super) struct LoginTokens {
    pub(super) keys: Credentials,
    pub(super) refresh_token: String,
    pub(super) expires_in: i64,
}

impl Default for Signin {
    fn default() -> Self {
        Self {
            browser: SOMEBODY.to_owned(),
            forbidden: HashSet::new(),
            authorizations: Vec::new(),
            sessions: Vec::new(),
            refresh_tokens: HashMap::new(),
            proofs: HashSet::new(),
        }
    }
}

impl Model {
    /// Starts a session, and gives its first keys and the token that says who signed in.
    pub(super) fn start_login(&mut self, arn: &str, client_id: &str, thumbprint: String) -> (LoginTokens, String) {
        let session = Session {
            arn: arn.to_owned(),
            client_id: client_id.to_owned(),
            ends_at: self.now() + SESSION_LENGTH,
            thumbprint,
            over: false,
            credentials_changed: false,
        };
        self.signin.sessions.push(session);
        let tokens = self.issue_login(self.signin.sessions.len() - 1);
        (tokens, self.id_token(arn, client_id))
    }

    /// Ends the sessions of this person; keys that were given out live on.
    pub(super) fn end_logins(&mut self, arn: &str) {
        self.signin.sessions_of(arn).for_each(|session| session.over = true);
    }

    /// The person has another password: their sessions are not renewed any more.
    pub(super) fn change_credentials(&mut self, arn: &str) {
        self.signin.sessions_of(arn).for_each(|session| session.credentials_changed = true);
    }

    /// Uses up a refresh token of `client_id`, whose proof was signed with the key of this thumbprint.
    fn refresh_login(&mut self, token: &str, client_id: &str, thumbprint: &str) -> Result<LoginTokens, Refusal> {
        let now = self.now();
        let over = || denied("TOKEN_EXPIRED", "The refresh token is expired or was used before");
        let found = self.signin.refresh_tokens.get(token).filter(|token| !token.used).ok_or_else(over)?;
        let number = found.session;
        let session = &self.signin.sessions[number];
        if session.client_id != client_id || session.over || now >= session.ends_at {
            return Err(over());
        }
        if session.thumbprint != thumbprint {
            return Err(invalid("The DPoP proof was signed with another key than at the sign-in"));
        }
        if session.credentials_changed {
            return Err(denied("USER_CREDENTIALS_CHANGED", "The user's credentials have changed"));
        }
        if self.signin.forbidden.contains(&session.arn) {
            return Err(denied("INSUFFICIENT_PERMISSIONS", "Not authorized to perform signin:CreateOAuth2Token"));
        }
        self.signin.refresh_tokens.entry(token.to_owned()).and_modify(|token| token.used = true);
        Ok(self.issue_login(number))
    }

    /// Keys never outlive the session.
    fn issue_login(&mut self, number: usize) -> LoginTokens {
        let now = self.now();
        let session = &self.signin.sessions[number];
        let expires_at = session.ends_at.min(now + KEY_LENGTH);
        let identity = identity(&session.arn);
        let keys = self.issue_credentials(identity, expires_at);
        let refresh_token = self.mint.secret("login-refresh-");
        self.signin.refresh_tokens.insert(refresh_token.clone(), RefreshToken { session: number, used: false });
        LoginTokens { keys, refresh_token, expires_in: expires_at.duration_since(now).as_secs() }
    }

    fn id_token(&mut self, arn: &str, client_id: &str) -> String {
        let now = self.now().as_second();
        let header = json!({ "typ": "JWT", "alg": "ES384" }).to_string();
        let claims = json!({
            "sub": arn,
            "aud": client_id,
            "iss": "https://signin.aws.amazon.com/signin",
            "session_arn": arn,
            "exp": now + 900,
            "iat": now,
        });
        let [header, claims] = [header, claims.to_string()].map(|part| URL_SAFE_NO_PAD.encode(part));
        let signature = self.mint.secret("id-token-");
        format!("{header}.{claims}.{signature}")
    }
}

impl Signin {
    fn sessions_of(&mut self, arn: &str) -> impl Iterator<Item = &mut Session> {
        self.sessions.iter_mut().filter(move |session| session.arn == arn)
    }
}

/// `AccessDeniedException`, whose member `error` tells these apart. Its status is not in the model.
fn denied(error: &'static str, message: &str) -> Refusal {
    Refusal::new(403, error, message)
}

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "ValidationException", message)
}

fn identity(arn: &str) -> Identity {
    Identity {
        account_id: arn.split(':').nth(4).unwrap_or_default().to_owned(),
        arn: arn.to_owned(),
        user_id: "AIDAFAKELOGIN".to_owned(),
        is_role: arn.contains(":assumed-role/"),
    }
}

//! What a silent refresh renews: the token of an Identity Center, or the keys of `aws login`. One transaction serves
//! both; here is where they differ.

use super::Do;
use super::call::{Answer, Client, Operation, Target};
use crate::cache::{CacheName, LoginToken, Token};
use crate::secret::Secret;
use crate::time::{SignedDuration, Timestamp, after, before, until, whole_seconds};
use alloc::boxed::Box;

/// Before botocore's 15 minutes, so that no other process ever needs to refresh (aws-sessions.md 3.7).
const REFRESH_BEFORE_END: SignedDuration = SignedDuration::from_mins(20);
/// A token of less than an hour is refreshed at a third of its life.
const SHORT_LIFE: SignedDuration = SignedDuration::from_hours(1);
/// Before the five minutes at which the AWS CLI and the SDKs renew keys of `aws login` (aws-sessions.md 2.5).
const REFRESH_LOGIN_BEFORE_END: SignedDuration = SignedDuration::from_mins(6);

/// When a token made at `made` is to be refreshed.
pub fn refresh_due(expires_at: Timestamp, made: Option<Timestamp>) -> Timestamp {
    let ahead = match life(expires_at, made) {
        Some(life) if life < SHORT_LIFE => life / 3,
        _ => REFRESH_BEFORE_END,
    };
    before(expires_at, ahead)
}

/// When keys of `aws login` made at `made` are to be refreshed; the last ones before the session's end live shorter.
pub fn login_refresh_due(expires_at: Timestamp, made: Option<Timestamp>) -> Timestamp {
    let half = life(expires_at, made).map(|life| life / 2);
    before(expires_at, half.map_or(REFRESH_LOGIN_BEFORE_END, |half| half.min(REFRESH_LOGIN_BEFORE_END)))
}

fn life(expires_at: Timestamp, made: Option<Timestamp>) -> Option<SignedDuration> {
    made.map(|made| until(made, expires_at)).filter(SignedDuration::is_positive)
}

/// A token that may be renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewable {
    /// Of an Identity Center.
    Token(Token),
    /// Of `aws login`.
    Login(Box<LoginToken>),
}

impl Renewable {
    pub(super) fn expires_at(&self) -> Timestamp {
        match self {
            Self::Token(token) => token.expires_at,
            Self::Login(login) => login.expires_at,
        }
    }

    /// When nothing renews it any more, where the file tells that; else when it ends.
    pub(super) fn lives_until(&self) -> Timestamp {
        match self {
            Self::Token(token) => token.expires_at,
            Self::Login(login) => login.ends_at().unwrap_or(login.expires_at),
        }
    }

    /// What another sign-in changes.
    pub(super) fn mark(&self) -> &Secret {
        match self {
            Self::Token(token) => &token.access_token,
            Self::Login(login) => &login.dpop_key,
        }
    }

    pub(super) fn refresh_token(&self) -> Option<&Secret> {
        match self {
            Self::Token(token) => token.refresh_token.as_ref(),
            Self::Login(login) => Some(&login.refresh_token),
        }
    }

    pub(super) fn can_refresh(&self, now: Timestamp) -> bool {
        match self {
            Self::Token(token) => token.can_refresh(now),
            Self::Login(login) => !login.is_over(now),
        }
    }

    pub(super) fn due(&self, made: Option<Timestamp>) -> Timestamp {
        match self {
            Self::Token(token) => refresh_due(token.expires_at, made),
            Self::Login(login) => login_refresh_due(login.expires_at, made),
        }
    }

    /// The call that renews it, as `target` says or as the file knows better; none where it has not what that takes.
    pub(super) fn refresh(&self, target: &Target) -> Option<(Target, Operation)> {
        match self {
            Self::Token(token) => {
                let client = token.client.as_ref()?;
                let client = Client { id: client.id.clone(), secret: client.secret.clone() };
                let refresh_token = token.refresh_token.clone()?;
                Some((target.of_token(token), Operation::RefreshToken { client, refresh_token }))
            }
            Self::Login(login) => {
                let region = login.sign_in_region.clone().unwrap_or_else(|| target.region.clone());
                let operation = Operation::RefreshLogin {
                    client_id: login.client_id.clone(),
                    refresh_token: login.refresh_token.clone(),
                    dpop_key: login.dpop_key.clone(),
                };
                Some((Target { region, ..target.clone() }, operation))
            }
        }
    }

    /// It after a refresh; an answer without a refresh token keeps the old one. Other clients need the start URL and
    /// region of an Identity Center, so they are filled in where the file had none. None for an answer of another kind.
    pub(super) fn renewed(&self, answer: Answer, start_url: &str, region: &str, now: Timestamp) -> Option<Self> {
        let end = |expires_in| whole_seconds(after(now, SignedDuration::from_secs(expires_in)));
        match (self, answer) {
            (Self::Token(with), Answer::Token { access_token, expires_in, refresh_token }) => {
                Some(Self::Token(Token {
                    access_token,
                    expires_at: end(expires_in),
                    expires_zoned: true,
                    expires_spelt_utc: false,
                    refresh_token: refresh_token.or_else(|| with.refresh_token.clone()),
                    start_url: with.start_url.clone().or_else(|| Some(start_url.into())),
                    region: with.region.clone().or_else(|| Some(region.into())),
                    client: with.client.clone(),
                }))
            }
            (Self::Login(with), Answer::Keys { keys, expires_in, refresh_token, .. }) => {
                // What the sign-in gave stays, above all the token that says when it was.
                let login = LoginToken {
                    keys,
                    expires_at: end(expires_in),
                    expires_zoned: true,
                    refresh_token,
                    ..(**with).clone()
                };
                Some(Self::Login(Box::new(login)))
            }
            _ => None,
        }
    }

    pub(super) fn write(&self, file: CacheName) -> Do {
        match self {
            Self::Token(token) => Do::WriteToken(file, token.write()),
            Self::Login(login) => Do::WriteLogin(file, login.write()),
        }
    }
}

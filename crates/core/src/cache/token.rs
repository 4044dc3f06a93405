//! Token files in `sso/cache`: read generously, written strictly.

use super::{date, object, python_string, text};
use crate::secret::Secret;
use crate::time::{Timestamp, whole_seconds, write_date};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What a token file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Whose Identity Center it is for.
    pub start_url: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Shown to the portal.
    pub access_token: Secret,
    /// When the access token ends; the Identity Center session's own end is written nowhere.
    pub expires_at: Timestamp,
    /// False where the date has no zone, so that clients disagree about it.
    pub expires_zoned: bool,
    /// Whether its zone is written as `UTC`, which most SDKs cannot read.
    pub expires_spelt_utc: bool,
    /// The client registration that it was made with.
    pub client: Option<TokenClient>,
    /// Renews it, once.
    pub refresh_token: Option<Secret>,
}

/// The registration that a token belongs to, as the token file repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenClient {
    /// `clientId`
    pub id: String,
    /// `clientSecret`
    pub secret: Secret,
    /// `registrationExpiresAt`
    pub expires_at: Timestamp,
}

/// How a cache file is damaged. Says never what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Nothing but white space.
    Empty,
    /// Cut off, or with something behind its end.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// JSON, but no object.
    NotAnObject,
    /// A field that must be there is not.
    Missing {
        /// Its name.
        field: &'static str,
    },
    /// A field that must be text is not.
    WrongType {
        /// Its name.
        field: &'static str,
    },
    /// A field that must be a date is not.
    NoDate {
        /// Its name.
        field: &'static str,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("it is empty"),
            Self::NotJson { line, column } => write!(formatter, "it is not whole JSON (line {line}, column {column})"),
            Self::NotAnObject => formatter.write_str("it is not a JSON object"),
            Self::Missing { field } => write!(formatter, "it has no {field}"),
            Self::WrongType { field } => write!(formatter, "its {field} is not text"),
            Self::NoDate { field } => write!(formatter, "its {field} is not a date"),
        }
    }
}

impl Token {
    /// Reads what any client wrote (aws-sessions.md 2.3). What only a refresh needs may be missing or unreadable.
    pub fn parse(bytes: &[u8]) -> Result<Self, Damage> {
        let object = object(bytes)?;
        let required = |field| text(&object, field)?.ok_or(Damage::Missing { field });
        let access_token = Secret::new(required("accessToken")?);
        let expires = date(&object, "expiresAt")?.ok_or(Damage::Missing { field: "expiresAt" })?;
        let optional = |field| text(&object, field).ok().flatten();
        let client = match (optional("clientId"), optional("clientSecret"), date(&object, "registrationExpiresAt")) {
            (Some(id), Some(secret), Ok(Some(until))) => {
                Some(TokenClient { id: id.to_owned(), secret: Secret::new(secret), expires_at: until.at })
            }
            _ => None,
        };
        Ok(Self {
            start_url: optional("startUrl").map(ToOwned::to_owned),
            region: optional("region").map(ToOwned::to_owned),
            access_token,
            // Without its fraction: what other files remember of this end has none.
            expires_at: whole_seconds(expires.at),
            expires_zoned: expires.zoned,
            expires_spelt_utc: expires.spelt_utc,
            client,
            refresh_token: optional("refreshToken").map(Secret::new),
        })
    }

    /// Whether a refresh can be tried at `now`: there are a refresh token and a live registration.
    pub fn can_refresh(&self, now: Timestamp) -> bool {
        self.refresh_token.is_some() && self.client.as_ref().is_some_and(|client| client.expires_at > now)
    }

    /// The file's text: one line, the AWS CLI's field order and date form, nothing of our own (aws-sessions.md 2.3a, 2.4).
    pub fn write(&self) -> Secret {
        let mut fields: Vec<(&str, String)> = Vec::new();
        let mut add = |field, value: &str| fields.push((field, python_string(value)));
        add("startUrl", self.start_url.as_deref().unwrap_or_default());
        add("region", self.region.as_deref().unwrap_or_default());
        add("accessToken", self.access_token.expose());
        add("expiresAt", &write_date(self.expires_at));
        if let Some(client) = &self.client {
            add("clientId", &client.id);
            add("clientSecret", client.secret.expose());
            add("registrationExpiresAt", &write_date(client.expires_at));
        }
        if let Some(refresh_token) = &self.refresh_token {
            add("refreshToken", refresh_token.expose());
        }
        let fields: Vec<_> = fields.iter().map(|(field, value)| format!("\"{field}\": {value}")).collect();
        Secret::new(format!("{{{}}}", fields.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"startUrl": "https://d-1234567890.awsapps.com/start", "region": "us-east-1", "accessToken": "at-1", "expiresAt": "2026-11-22T02:27:06Z", "clientId": "cid", "clientSecret": "csecret", "registrationExpiresAt": "2027-02-20T01:27:05Z", "refreshToken": "rt-1"}"#;

    #[test]
    fn what_the_aws_cli_wrote_is_written_back_the_same() {
        assert_eq!(Token::parse(WHOLE.as_bytes()).map(|token| token.write()), Ok(Secret::new(WHOLE)));
    }

    #[test]
    fn a_legacy_token_has_no_refresh_token() {
        let legacy = r#"{"startUrl": "https://c", "region": "eu-west-1", "accessToken": "a", "expiresAt": "2026-11-22T02:27:06Z"}"#;
        let token = Token::parse(legacy.as_bytes());
        assert_eq!(token.as_ref().map(|token| token.can_refresh(Timestamp::MIN)), Ok(false));
        assert_eq!(token.map(|token| token.write()), Ok(Secret::new(legacy)));
    }

    #[test]
    fn a_refresh_needs_a_live_registration() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap_or_default();
        let can = |now| Token::parse(WHOLE.as_bytes()).map(|token| token.can_refresh(now));
        assert_eq!(can(at("2027-02-20T01:27:04Z")), Ok(true));
        assert_eq!(can(at("2027-02-20T01:27:05Z")), Ok(false));
    }

    #[test]
    fn damage_is_named_without_the_content() {
        let damage = |text: &str| {
            Token::parse(text.as_bytes()).err().map(|damage| alloc::format!("{damage}")).unwrap_or_default()
        };
        let cut = WHOLE.get(..90).unwrap_or_default();
        let cases = [
            "",
            " \n",
            cut,
            &alloc::format!("{WHOLE}\"}}"),
            "[1]",
            r#"{"accessToken": "a"}"#,
            r#"{"accessToken": 1}"#,
            r#"{"accessToken": "a", "expiresAt": 1700000000}"#,
            r#"{"accessToken": "a", "expiresAt": "soon"}"#,
        ];
        let said: Vec<_> = cases.iter().map(|text| damage(text)).collect();
        insta::assert_snapshot!(said.join("\n"), @"
        it is empty
        it is empty
        it is not whole JSON (line 1, column 90)
        it is not whole JSON (line 1, column 257)
        it is not a JSON object
        it has no expiresAt
        its accessToken is not text
        its expiresAt is not text
        its expiresAt is not a date
        ");
    }
}

//! An access key with what belongs to it.

use crate::config::Keys;
use crate::offline::account_of;
use crate::secret::Secret;
use crate::time::{SignedDuration, Timestamp, read_date, until, whole_seconds};
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

/// Credentials as AWS takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKeys {
    /// `AKIA…` or `ASIA…`
    pub access_key_id: Secret,
    /// What requests are signed with.
    pub secret_access_key: Secret,
    /// None for a long-term key.
    pub session_token: Option<Secret>,
    /// None for a long-term key, and where nobody says.
    pub expires_at: Option<Timestamp>,
    /// Whose key it is, where that is known.
    pub account_id: Option<String>,
}

/// Cached credentials that end sooner are not used where new ones can be had, by the AWS CLI neither (aws-sessions.md 3.7).
pub const FRESH_FOR: SignedDuration = SignedDuration::from_mins(15);

/// Why some texts are no credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoKeys {
    /// The id or the secret is missing.
    Missing,
    /// There is white space, or what is not ASCII: it can be sent in no header.
    OddCharacters,
}

impl fmt::Display for NoKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "its id or its secret is missing",
            Self::OddCharacters => "it has characters that no key of AWS has",
        })
    }
}

impl AccessKeys {
    /// Takes texts for credentials; an empty one counts as missing.
    pub fn new(
        access_key_id: &str,
        secret_access_key: &str,
        session_token: Option<&str>,
        expires_at: Option<Timestamp>,
    ) -> Result<Self, NoKeys> {
        let session_token = session_token.filter(|text| !text.is_empty());
        if access_key_id.is_empty() || secret_access_key.is_empty() {
            return Err(NoKeys::Missing);
        }
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        if ![Some(access_key_id), Some(secret_access_key), session_token].into_iter().flatten().all(is_plain) {
            return Err(NoKeys::OddCharacters);
        }
        Ok(Self {
            account_id: account_of(access_key_id),
            access_key_id: Secret::new(access_key_id),
            secret_access_key: Secret::new(secret_access_key),
            session_token: session_token.map(Secret::new),
            expires_at: expires_at.map(whole_seconds),
        })
    }

    /// For this account, where it is known from elsewhere.
    #[must_use]
    pub fn of_account(mut self, account_id: Option<&str>) -> Self {
        self.account_id = account_id.filter(|id| !id.is_empty()).map(ToOwned::to_owned).or(self.account_id);
        self
    }

    /// What stands in a profile.
    pub(super) fn of_profile(keys: &Keys<'_>, expires_at: Option<Timestamp>) -> Result<Self, NoKeys> {
        let value = |key| keys.get(key).unwrap_or_default();
        let token = keys.get("aws_session_token").or_else(|| keys.get("aws_security_token"));
        let own = Self::new(value("aws_access_key_id"), value("aws_secret_access_key"), token, expires_at)?;
        Ok(own.of_account(keys.get("aws_account_id")))
    }

    /// What the environment gives; `variable` gives the value of one that is set and not empty.
    pub fn of_environment(variable: impl Fn(&str) -> Option<Secret>) -> Result<Self, NoKeys> {
        let value = |name| variable(name).unwrap_or_else(|| Secret::new(""));
        // botocore looks for the older name first (aws-sessions.md 2.1).
        let token = variable("AWS_SECURITY_TOKEN").or_else(|| variable("AWS_SESSION_TOKEN"));
        let end = variable("AWS_CREDENTIAL_EXPIRATION").and_then(|text| read_date(text.expose()));
        let own = Self::new(
            value("AWS_ACCESS_KEY_ID").expose(),
            value("AWS_SECRET_ACCESS_KEY").expose(),
            token.as_ref().map(Secret::expose),
            end.filter(|date| date.zoned).map(|date| date.at),
        )?;
        Ok(own.of_account(variable("AWS_ACCOUNT_ID").as_ref().map(Secret::expose)))
    }

    /// Whether they last long enough at `now` to be used rather than renewed.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| until(now, end) >= FRESH_FOR)
    }

    /// Whether they have not ended.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| end > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_no_key_are_refused() {
        let new = |id, secret, token| AccessKeys::new(id, secret, token, None).err();
        assert_eq!(new("AKIA", "s", None), None);
        assert_eq!(new("", "s", None), Some(NoKeys::Missing));
        assert_eq!(new("AKIA", "", None), Some(NoKeys::Missing));
        assert_eq!(new("AKIA", "s s", None), Some(NoKeys::OddCharacters));
        assert_eq!(new("AKIA", "s", Some("t\n")), Some(NoKeys::OddCharacters));
    }

    #[test]
    fn the_environment_is_read_as_botocore_does() {
        let read = |set: &[(&str, &str)]| {
            let value = |name: &str| set.iter().find(|(is, _)| *is == name).map(|(_, text)| Secret::new(*text));
            AccessKeys::of_environment(value)
        };
        let key = [("AWS_ACCESS_KEY_ID", "ASIAY34FZKBOKMUTVV7A"), ("AWS_SECRET_ACCESS_KEY", "x")];
        let end = ("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T02:27:06+00:00");
        let both = [key[0], key[1], ("AWS_SESSION_TOKEN", "new"), ("AWS_SECURITY_TOKEN", "old"), end];
        let keys = read(&both);
        assert_eq!(keys.as_ref().map(|keys| keys.session_token.clone()), Ok(Some(Secret::new("old"))));
        assert_eq!(keys.map(|keys| keys.expires_at.map(Timestamp::as_second)), Ok(Some(1_795_314_426)));
        assert_eq!(read(&key).map(|keys| keys.account_id), Ok(Some("609629065308".into())));
        assert_eq!(read(&[]), Err(NoKeys::Missing));
    }
}

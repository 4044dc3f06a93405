//! Role credentials in the AWS CLI's own cache, in its own forms (aws-sessions.md 2.3): what one client writes, the
//! other uses.

use super::AccessKeys;
use crate::cache::python_string;
use crate::secret::Secret;
use crate::time::{read_date, write_date};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;

/// What sts answers to `AssumeRole` and `AssumeRoleWithWebIdentity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// The role's credentials.
    pub keys: AccessKeys,
    /// `AROA…:session-name`
    pub assumed_role_id: String,
    /// `arn:aws:sts::…:assumed-role/…`
    pub arn: String,
    /// The answer's own id.
    pub request_id: String,
}

impl AccessKeys {
    /// Reads what any client cached of a role; none where the file is no whole one.
    pub fn from_cache(bytes: &[u8]) -> Option<Self> {
        // Borrowed, so that the keys are copied once.
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct File<'a> {
            #[serde(borrow)]
            credentials: Credentials<'a>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Credentials<'a> {
            #[serde(borrow)]
            access_key_id: Cow<'a, str>,
            #[serde(borrow)]
            secret_access_key: Cow<'a, str>,
            #[serde(borrow)]
            session_token: Cow<'a, str>,
            #[serde(borrow)]
            expiration: Cow<'a, str>,
            #[serde(borrow)]
            account_id: Option<Cow<'a, str>>,
        }
        let Credentials { access_key_id, secret_access_key, session_token, expiration, account_id } =
            serde_json::from_slice::<File<'_>>(bytes).ok()?.credentials;
        let end = read_date(&expiration)?.at;
        let keys = Self::new(&access_key_id, &secret_access_key, Some(&session_token), Some(end)).ok()?;
        Some(keys.of_account(account_id.as_deref()))
    }

    /// Reads the keys out of a token file of `aws login` (aws-sessions.md 2.5); none where it is no whole one.
    pub fn from_login(bytes: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct File<'a> {
            #[serde(borrow)]
            access_token: Keys<'a>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Keys<'a> {
            #[serde(borrow)]
            access_key_id: Cow<'a, str>,
            #[serde(borrow)]
            secret_access_key: Cow<'a, str>,
            #[serde(borrow)]
            session_token: Cow<'a, str>,
            #[serde(borrow)]
            account_id: Cow<'a, str>,
            #[serde(borrow)]
            expires_at: Cow<'a, str>,
        }
        let Keys { access_key_id, secret_access_key, session_token, account_id, expires_at } =
            serde_json::from_slice::<File<'_>>(bytes).ok()?.access_token;
        let end = read_date(&expires_at)?.at;
        let keys = Self::new(&access_key_id, &secret_access_key, Some(&session_token), Some(end)).ok()?;
        Some(keys.of_account(Some(&account_id)))
    }

    /// The members of `Credentials`; `zone` is how the date ends.
    fn members(&self, zone: &str) -> String {
        let mut members: Vec<String> = Vec::new();
        let mut add = |name: &str, value: &str| members.push(format!("\"{name}\": {}", python_string(value)));
        add("AccessKeyId", self.access_key_id.expose());
        add("SecretAccessKey", self.secret_access_key.expose());
        add("SessionToken", self.session_token.as_ref().map(Secret::expose).unwrap_or_default());
        let end = self.expires_at.map(write_date).unwrap_or_default();
        add("Expiration", &format!("{}{zone}", end.trim_end_matches('Z')));
        if let Some(account_id) = &self.account_id {
            add("AccountId", account_id);
        }
        members.join(", ")
    }
}

/// The file of an Identity Center role.
pub fn write_sso(keys: &AccessKeys) -> Secret {
    Secret::new(format!("{{\"ProviderType\": \"sso\", \"Credentials\": {{{}}}}}", keys.members("Z")))
}

impl Assumed {
    /// The file of a role that was assumed: the whole answer, as the AWS CLI v2 keeps it.
    pub fn write(&self) -> Secret {
        let Self { keys, assumed_role_id, arn, request_id } = self;
        Secret::new(format!(
            "{{\"Credentials\": {{{}}}, \"AssumedRoleUser\": {{\"AssumedRoleId\": {}, \"Arn\": {}}}, \"ResponseMetadata\": {{\"RequestId\": {}, \"HTTPStatusCode\": 200, \"HTTPHeaders\": {{}}, \"RetryAttempts\": 0}}}}",
            keys.members("+00:00"),
            python_string(assumed_role_id),
            python_string(arn),
            python_string(request_id),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SSO: &str = r#"{"ProviderType": "sso", "Credentials": {"AccessKeyId": "ASIADUMMY", "SecretAccessKey": "DUMMY", "SessionToken": "DUMMY=", "Expiration": "2026-11-22T02:27:06Z", "AccountId": "111122223333"}}"#;

    #[test]
    fn what_the_aws_cli_cached_is_written_back_the_same() {
        let keys = AccessKeys::from_cache(SSO.as_bytes());
        assert_eq!(keys.as_ref().and_then(|keys| keys.account_id.as_deref()), Some("111122223333"));
        assert_eq!(keys.map(|keys| write_sso(&keys)), Some(Secret::new(SSO)));
        let without = SSO.replace(r#", "AccountId": "111122223333""#, "");
        assert_eq!(AccessKeys::from_cache(without.as_bytes()).map(|keys| write_sso(&keys)), Some(Secret::new(without)));
    }

    #[test]
    fn an_assumed_role_is_kept_as_the_whole_answer() {
        let keys = AccessKeys::from_cache(SSO.as_bytes());
        let (assumed_role_id, arn) = ("AROADUMMY:me".into(), "arn:aws:sts::111122223333:assumed-role/R/me".into());
        let text = keys.map(|keys| Assumed { keys, assumed_role_id, arn, request_id: "1".into() }.write());
        let text = text.as_ref().map(Secret::expose).unwrap_or_default();
        insta::assert_snapshot!(text, @r#"{"Credentials": {"AccessKeyId": "ASIADUMMY", "SecretAccessKey": "DUMMY", "SessionToken": "DUMMY=", "Expiration": "2026-11-22T02:27:06+00:00", "AccountId": "111122223333"}, "AssumedRoleUser": {"AssumedRoleId": "AROADUMMY:me", "Arn": "arn:aws:sts::111122223333:assumed-role/R/me"}, "ResponseMetadata": {"RequestId": "1", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0}}"#);
        assert_eq!(AccessKeys::from_cache(text.as_bytes()), AccessKeys::from_cache(SSO.as_bytes()));
    }

    #[test]
    fn the_keys_of_aws_login_are_read() {
        let text = r#"{"accessToken":{"accessKeyId":"ASIADUMMY","secretAccessKey":"DUMMY","sessionToken":"DUMMY=","accountId":"111122223333","expiresAt":"2026-11-22T02:27:06.000Z"},"tokenType":"aws_sigv4","refreshToken":"DUMMY"}"#;
        assert_eq!(AccessKeys::from_login(text.as_bytes()), AccessKeys::from_cache(SSO.as_bytes()));
        assert_eq!(AccessKeys::from_login(b"{}"), None);
    }

    #[test]
    fn half_a_file_gives_nothing() {
        for part in [0, 1, 40, SSO.len() - 1] {
            assert_eq!(AccessKeys::from_cache(SSO.get(..part).unwrap_or_default().as_bytes()), None, "{part}");
        }
        assert_eq!(AccessKeys::from_cache(format!("{SSO}\"}}}}").as_bytes()), None);
    }
}

//! Role credentials that the AWS CLI cached in `cli/cache`: only their end is read, never the keys.

use super::{CacheName, python_string};
use crate::config::SessionId;
use crate::time::{Timestamp, read_date};
use alloc::borrow::Cow;
use alloc::format;
use serde::Deserialize;

/// What is kept of a role's cached credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleCredentials {
    /// When they end.
    pub expires_at: Timestamp,
}

impl RoleCredentials {
    /// Reads the end out of either form that the AWS CLI writes (aws-sessions.md 2.3); none where there is none.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        // Typed and borrowed: 10,000 of these are read at a start, and the keys in them are not even copied.
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
            expiration: Cow<'a, str>,
        }
        let file: File<'_> = serde_json::from_slice(bytes).ok()?;
        Some(Self { expires_at: read_date(&file.credentials.expiration)?.at })
    }
}

/// The cache of an SSO profile's role; none for a session that gives no roles. The key is compact JSON, unlike an
/// assumed role's.
pub fn sso_role_key(account_id: &str, role_name: &str, session: &SessionId) -> Option<CacheName> {
    let (field, value) = match session {
        SessionId::SsoSession(name) => ("sessionName", name),
        SessionId::Legacy(url) => ("startUrl", url),
        SessionId::Login(_) => return None,
    };
    Some(CacheName::of(&format!(
        r#"{{"accountId":{},"roleName":{},"{field}":{}}}"#,
        python_string(account_id),
        python_string(role_name),
        python_string(value)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_real_clients_made() {
        let session = SessionId::SsoSession("corp".into());
        let name = |session| sso_role_key("111111111111", "Admin", session).map(|name| name.as_str().to_owned());
        assert_eq!(name(&session).as_deref(), Some("d7467b2ce0aaa46d5fc3753e3bbaaf372cba5c68.json"));
        let legacy = SessionId::Legacy("https://d-1234567890.awsapps.com/start".into());
        assert_eq!(name(&legacy).as_deref(), Some("286e93c3018b44f21e1f9bca8bfbca4be8834fc9.json"));
    }

    #[test]
    fn the_end_is_read_in_each_clients_form() {
        for date in ["2026-11-22T02:27:06Z", "2026-11-22T02:27:06+00:00", "2026-11-22T02:27:06UTC"] {
            let text = format!(
                r#"{{"ProviderType": "sso", "Credentials": {{"AccessKeyId": "ASIAEXAMPLE", "Expiration": "{date}"}}}}"#
            );
            assert_eq!(
                RoleCredentials::parse(text.as_bytes()).map(|role| role.expires_at.as_second()),
                Some(1_795_314_426),
                "{date}"
            );
        }
        assert_eq!(RoleCredentials::parse(b"{}"), None);
    }
}

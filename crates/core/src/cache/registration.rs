//! Client registrations in `sso/cache`, in the AWS CLI's format (aws-sessions.md 2.3, 2.3a).

use super::{CacheName, Damage, date, object, python_string, text};
use crate::secret::Secret;
use crate::time::{SignedDuration, Timestamp, until, write_date};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde_json::Value;

/// A client that is registered with an Identity Center.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// `clientId`
    pub client_id: String,
    /// `clientSecret`
    pub client_secret: Secret,
    /// When it ends, 90 days after it began.
    pub expires_at: Timestamp,
    /// The scopes it asked for.
    pub scopes: Option<Vec<String>>,
    /// The grants it was made for; none for the device flow.
    pub grant_types: Option<Vec<String>>,
}

/// Whose registration it is: part of the key that names the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The AWS CLI's: read, never written.
    Botocore,
    /// Ours, for the device flow.
    Relight,
    /// Ours, for the redirect. The AWS CLI keeps both in one file, where each flow replaces the other's.
    RelightPkce,
}

/// A registration with less time left than this is made anew, as the AWS CLI does (aws-sessions.md 3.3).
const LEAST_LEFT: SignedDuration = SignedDuration::from_mins(15);

/// The file of a registration. `session_name` and `scopes` are none for the legacy spelling.
pub fn registration_key(
    tool: Tool,
    region: &str,
    start_url: &str,
    session_name: Option<&str>,
    scopes: Option<&[String]>,
) -> CacheName {
    let or_null = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
    let scopes = or_null(scopes.map(list));
    let session = or_null(session_name.map(python_string));
    let tool = match tool {
        Tool::Botocore => "botocore",
        Tool::Relight => "relight",
        Tool::RelightPkce => "relight-pkce",
    };
    let (region, start_url) = (python_string(region), python_string(start_url));
    CacheName::of(&format!(
        r#"{{"region": {region}, "scopes": {scopes}, "session_name": {session}, "startUrl": {start_url}, "tool": "{tool}"}}"#
    ))
}

impl Registration {
    /// Reads a registration file.
    pub fn parse(bytes: &[u8]) -> Result<Self, Damage> {
        let object = object(bytes)?;
        let required = |field| text(&object, field)?.ok_or(Damage::Missing { field });
        let strings = |field: &str| match object.get(field) {
            Some(Value::Array(values)) => {
                Some(values.iter().filter_map(Value::as_str).map(ToString::to_string).collect())
            }
            _ => None,
        };
        Ok(Self {
            client_id: required("clientId")?.to_owned(),
            client_secret: Secret::new(required("clientSecret")?),
            expires_at: date(&object, "expiresAt")?.ok_or(Damage::Missing { field: "expiresAt" })?.at,
            scopes: strings("scopes"),
            grant_types: strings("grantTypes"),
        })
    }

    /// Whether the device flow may use it: long enough alive, and not made for the browser redirect.
    pub fn serves_device_flow(&self, now: Timestamp) -> bool {
        self.lives(now) && !self.is_for_redirect()
    }

    /// Whether the redirect may use it: long enough alive, and made for it.
    pub fn serves_redirect(&self, now: Timestamp) -> bool {
        self.lives(now) && self.is_for_redirect()
    }

    fn lives(&self, now: Timestamp) -> bool {
        until(now, self.expires_at) > LEAST_LEFT
    }

    fn is_for_redirect(&self) -> bool {
        self.grant_types.iter().flatten().any(|grant| grant == "authorization_code")
    }

    /// The file's text.
    pub fn write(&self) -> Secret {
        let mut out = format!(
            r#"{{"clientId": {}, "clientSecret": {}, "expiresAt": "{}""#,
            python_string(&self.client_id),
            python_string(self.client_secret.expose()),
            write_date(self.expires_at)
        );
        for (field, values) in [("scopes", &self.scopes), ("grantTypes", &self.grant_types)] {
            if let Some(values) = values {
                out.push_str(&format!(", \"{field}\": {}", list(values)));
            }
        }
        out.push('}');
        Secret::new(out)
    }
}

fn list(values: &[String]) -> String {
    let values: Vec<_> = values.iter().map(|value| python_string(value)).collect();
    format!("[{}]", values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_aws_clis_own_files_are_found_and_ours_are_others() {
        let scopes = [String::from("sso:account:access")];
        let url = "https://d-1234567890.awsapps.com/start";
        let named = |tool| registration_key(tool, "us-east-1", url, Some("corp"), Some(&scopes));
        assert_eq!(named(Tool::Botocore).as_str(), "bc8a1afdb0f5cdc2c789b8a6cd51898e2be3c37c.json");
        assert_eq!(
            registration_key(Tool::Botocore, "us-east-1", url, None, None).as_str(),
            "365414a68be7c9bfc776c660981dbdbd942acea4.json"
        );
        assert_ne!(named(Tool::Relight), named(Tool::Botocore));
    }

    #[test]
    fn what_the_aws_cli_wrote_is_written_back_the_same() {
        for text in [
            r#"{"clientId": "cid", "clientSecret": "csecret", "expiresAt": "2027-02-20T01:27:05Z", "scopes": ["sso:account:access"]}"#,
            r#"{"clientId": "cid", "clientSecret": "csecret", "expiresAt": "2027-02-20T01:27:07Z", "scopes": ["sso:account:access"], "grantTypes": ["authorization_code", "refresh_token"]}"#,
        ] {
            assert_eq!(
                Registration::parse(text.as_bytes()).map(|registration| registration.write()),
                Ok(Secret::new(text))
            );
        }
    }

    #[test]
    fn one_that_ends_soon_or_was_made_for_the_redirect_does_not_serve() {
        let now: Timestamp = "2027-02-20T01:12:05Z".parse().unwrap_or_default();
        let registration = |grants: &str, expires: &str| {
            let text = format!(r#"{{"clientId": "c", "clientSecret": "s", "expiresAt": "{expires}"{grants}}}"#);
            Registration::parse(text.as_bytes()).map(|registration| registration.serves_device_flow(now))
        };
        assert_eq!(registration("", "2027-02-20T01:27:06Z"), Ok(true));
        assert_eq!(registration("", "2027-02-20T01:27:05Z"), Ok(false));
        assert_eq!(registration(r#", "grantTypes": ["authorization_code"]"#, "2027-02-20T02:27:05Z"), Ok(false));
    }
}

//! Token files of `aws login` in `login/cache` (aws-sessions.md 2.5): read generously, written strictly.

use super::{CacheName, Damage, date, object, python_string, text};
use crate::offline::Jwt;
use crate::secret::Secret;
use crate::time::{SignedDuration, Timestamp, after, whole_seconds, write_date};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::Value;

/// What the token file of a `login_session` says. A file that is read has all that a refresh needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginToken {
    /// The keys that programs sign their requests with.
    pub keys: LoginKeys,
    /// Whose keys they are.
    pub account_id: String,
    /// When the keys end; clients renew them until the session's own end.
    pub expires_at: Timestamp,
    /// False where the date has no zone, so that clients disagree about it.
    pub expires_zoned: bool,
    /// The client that signed in: on the browser's device, or on another one.
    pub client_id: String,
    /// Renews the keys, once.
    pub refresh_token: Secret,
    /// `idToken`: says who signed in and when.
    pub id_token: Option<Secret>,
    /// `identityToken`: what Go's SDK calls it.
    pub identity_token: Option<Secret>,
    /// Signs the proof that each refresh carries: SEC1, as PEM.
    pub dpop_key: Secret,
    /// Where the person signed in, which beats the profile's region; few clients write it.
    pub sign_in_region: Option<String>,
    /// When the person signed in; none where the file does not say.
    pub signed_in_at: Option<Timestamp>,
}

/// Temporary keys, for a quarter of an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginKeys {
    /// `ASIA…`
    pub access_key_id: Secret,
    /// Its secret.
    pub secret_access_key: Secret,
    /// Goes with it.
    pub session_token: Secret,
}

/// A `login_session` can be renewed for this long after the sign-in ("Sign in for AWS local development" in the AWS
/// documentation).
pub const LOGIN_LENGTH: SignedDuration = SignedDuration::from_hours(12);

impl LoginToken {
    /// Reads what any client wrote. What every client needs must be there.
    pub fn parse(bytes: &[u8]) -> Result<Self, Damage> {
        let object = object(bytes)?;
        let keys = match object.get("accessToken") {
            Some(Value::Object(keys)) => keys,
            None | Some(Value::Null) => return Err(Damage::Missing { field: "accessToken" }),
            Some(_) => return Err(Damage::WrongType { field: "accessToken" }),
        };
        let of_keys = |field| text(keys, field)?.map(Secret::new).ok_or(Damage::Missing { field });
        let required = |field| text(&object, field)?.ok_or(Damage::Missing { field });
        let optional = |field| text(&object, field).ok().flatten();
        let (id_token, identity_token) = (optional("idToken"), optional("identityToken"));
        let expires = || date(keys, "expiresAt")?.ok_or(Damage::Missing { field: "expiresAt" });
        Ok(Self {
            keys: LoginKeys {
                access_key_id: of_keys("accessKeyId")?,
                secret_access_key: of_keys("secretAccessKey")?,
                session_token: of_keys("sessionToken")?,
            },
            account_id: text(keys, "accountId")?.ok_or(Damage::Missing { field: "accountId" })?.to_owned(),
            expires_at: whole_seconds(expires()?.at),
            expires_zoned: expires()?.zoned,
            client_id: required("clientId")?.to_owned(),
            refresh_token: Secret::new(required("refreshToken")?),
            dpop_key: Secret::new(required("dpopKey")?),
            signed_in_at: id_token.or(identity_token).and_then(issued_at),
            id_token: id_token.map(Secret::new),
            identity_token: identity_token.map(Secret::new),
            sign_in_region: optional("signInRegion").map(ToOwned::to_owned),
        })
    }

    /// When nothing renews it any more, where the file tells.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.signed_in_at.map(|at| after(at, LOGIN_LENGTH))
    }

    /// Whether it certainly cannot be renewed any more. Without the sign-in's own time, its last keys count from the end.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at().unwrap_or(after(self.expires_at, LOGIN_LENGTH)) <= now
    }

    /// The file's text: the AWS CLI's fields, order and date form, and nothing of our own.
    pub fn write(&self) -> Secret {
        let keys = fields(&[
            ("accessKeyId", Some(self.keys.access_key_id.expose())),
            ("secretAccessKey", Some(self.keys.secret_access_key.expose())),
            ("sessionToken", Some(self.keys.session_token.expose())),
            ("accountId", Some(&self.account_id)),
            ("expiresAt", Some(&write_date(self.expires_at))),
        ]);
        let rest = fields(&[
            ("tokenType", Some("aws_sigv4")),
            ("clientId", Some(&self.client_id)),
            ("refreshToken", Some(self.refresh_token.expose())),
            ("idToken", self.id_token.as_ref().map(Secret::expose)),
            ("identityToken", self.identity_token.as_ref().map(Secret::expose)),
            ("dpopKey", Some(self.dpop_key.expose())),
            ("signInRegion", self.sign_in_region.as_deref()),
        ]);
        Secret::new(format!(r#"{{"accessToken": {{{}}}, {}}}"#, keys.expose(), rest.expose()))
    }
}

/// The file of a `login_session`, by its ARN. The SDKs for Rust and Go trim it, which an INI value is anyway.
pub fn login_file(login_session: &str) -> CacheName {
    CacheName::sha256(login_session.trim())
}

fn issued_at(id_token: &str) -> Option<Timestamp> {
    Jwt::parse(id_token.as_bytes()).ok()?.issued_at
}

/// Those that are there.
fn fields(fields: &[(&str, Option<&str>)]) -> Secret {
    let present = fields.iter().filter_map(|(field, value)| Some((field, (*value)?)));
    let written: Vec<_> = present.map(|(field, value)| format!("\"{field}\": {}", python_string(value))).collect();
    Secret::new(written.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID_TOKEN: &str = "e30.eyJpYXQiOjE3OTUzMTA4MjZ9.x";

    fn whole() -> String {
        format!(
            r#"{{"accessToken": {{"accessKeyId": "ASIADUMMY", "secretAccessKey": "DUMMY", "sessionToken": "DUMMY", "accountId": "012345678901", "expiresAt": "2026-11-22T02:27:06Z"}}, "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "DUMMY", "idToken": "{ID_TOKEN}", "dpopKey": "-----BEGIN EC PRIVATE KEY-----\nDUMMY\n-----END EC PRIVATE KEY-----\n"}}"#
        )
    }

    fn without(field: &str) -> Result<LoginToken, Damage> {
        LoginToken::parse(whole().replace(&format!("\"{field}\""), "\"other\"").as_bytes())
    }

    fn rewritten(text: &str) -> Result<String, Damage> {
        LoginToken::parse(text.as_bytes()).map(|token| token.write().expose().to_owned())
    }

    #[test]
    fn names_are_those_that_real_clients_made() {
        assert_eq!(
            login_file("arn:aws:iam::111111111111:user/me").as_str(),
            "f588fbe994a0abe4d250a61f6da847b285b7ffe841c32dc31fbeed4f0bc75d30.json"
        );
        assert_eq!(
            login_file("arn:aws:sts::012345678910:assumed-role/Admin/admin").as_str(),
            "4b0ba8f99f075c0633e122fd73346ce203a3faf18ea0310eb2d29df1bab2e255.json"
        );
    }

    #[test]
    fn what_a_client_wrote_is_written_back_the_same() {
        let whole = whole();
        let of_go = whole.replace("idToken", "identityToken");
        let with_region = whole.replace("}\n", "").replace("-\\n\"}", "-\\n\", \"signInRegion\": \"eu-west-1\"}");
        assert_ne!(with_region, whole);
        for text in [whole, of_go, with_region] {
            assert_eq!(rewritten(&text), Ok(text));
        }
    }

    #[test]
    fn dates_and_forms_of_other_clients_become_the_one_form() {
        let whole = whole();
        for other in [
            // The SDKs for JavaScript and Rust write fractions, and neither needs tokenType.
            whole.replace("06Z", "06.123Z"),
            whole.replace("06Z", "06.123456Z"),
            whole.replace("\"tokenType\": \"aws_sigv4\", ", ""),
            whole.replace(", \"dpopKey\"", ",\n  \"ours\": {\"x\": 1},\n  \"dpopKey\""),
        ] {
            assert_ne!(other, whole);
            assert_eq!(rewritten(&other).as_ref(), Ok(&whole));
        }
    }

    #[test]
    fn the_session_ends_twelve_hours_after_the_sign_in() {
        let token = without("");
        assert_eq!(token.as_ref().map(|token| token.expires_at.as_second()), Ok(1_795_314_426));
        let end = 1_795_310_826 + 12 * 3600;
        assert_eq!(token.as_ref().map(|token| token.ends_at().map(Timestamp::as_second)), Ok(Some(end)));
        let is_over = |token: &Result<LoginToken, Damage>, second| {
            token.clone().map(|token| token.is_over(Timestamp::from_second(second).unwrap_or_default()))
        };
        assert_eq!((is_over(&token, end - 1), is_over(&token, end)), (Ok(false), Ok(true)));
        let token = without("idToken");
        assert_eq!(token.as_ref().map(LoginToken::ends_at), Ok(None));
        let end = 1_795_314_426 + 12 * 3600;
        assert_eq!((is_over(&token, end - 1), is_over(&token, end)), (Ok(false), Ok(true)));
    }

    #[test]
    fn what_every_client_needs_must_be_there() {
        for field in [
            "accessToken",
            "accessKeyId",
            "secretAccessKey",
            "sessionToken",
            "accountId",
            "expiresAt",
            "clientId",
            "refreshToken",
            "dpopKey",
        ] {
            assert_eq!(without(field), Err(Damage::Missing { field }));
        }
        assert_eq!(LoginToken::parse(br#"{"accessToken":"x"}"#), Err(Damage::WrongType { field: "accessToken" }));
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let printed = format!("{:?}", without(""));
        assert!(!printed.contains("DUMMY") && !printed.contains(ID_TOKEN), "{printed}");
    }
}

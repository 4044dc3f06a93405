//! Tokens of `aws login` in `login/cache` (aws-sessions.md 2.5): when they end, never their keys.

use super::{CacheName, Damage, date, object, text};
use crate::offline::Jwt;
use crate::time::{SignedDuration, Timestamp, after, whole_seconds};
use alloc::borrow::ToOwned;
use alloc::string::String;
use serde_json::Value;

/// What is kept of a `login_session`'s token. A file that is read has all that a refresh needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginToken {
    /// When the keys end; clients renew them until the session's own end.
    pub expires_at: Timestamp,
    /// False where the date has no zone, so that clients disagree about it.
    pub expires_zoned: bool,
    /// Whose keys they are.
    pub account_id: String,
    /// When the person signed in; none where the file does not say.
    pub signed_in_at: Option<Timestamp>,
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
        for field in ["accessKeyId", "secretAccessKey", "sessionToken"] {
            text(keys, field)?.ok_or(Damage::Missing { field })?;
        }
        let account_id = text(keys, "accountId")?.ok_or(Damage::Missing { field: "accountId" })?.to_owned();
        let expires = date(keys, "expiresAt")?.ok_or(Damage::Missing { field: "expiresAt" })?;
        for field in ["clientId", "refreshToken", "dpopKey"] {
            text(&object, field)?.ok_or(Damage::Missing { field })?;
        }
        // Go's SDK calls it identityToken.
        let id_token = ["idToken", "identityToken"].into_iter().find_map(|field| text(&object, field).ok().flatten());
        let signed_in_at = id_token.and_then(|token| Jwt::parse(token.as_bytes()).ok()?.issued_at);
        Ok(Self { expires_at: whole_seconds(expires.at), expires_zoned: expires.zoned, account_id, signed_in_at })
    }

    /// When nothing renews it any more, where the file tells.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.signed_in_at.map(|at| after(at, LOGIN_LENGTH))
    }
}

/// The file of a `login_session`, by its ARN. The SDKs for Rust and Go trim it, which an INI value is anyway.
pub fn login_file(login_session: &str) -> CacheName {
    CacheName::sha256(login_session.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    const ID_TOKEN: &str = "e30.eyJpYXQiOjE3OTUzMTA4MjZ9.x";

    fn file(without: &str) -> Result<LoginToken, Damage> {
        let whole = format!(
            r#"{{"accessToken":{{"accessKeyId":"ASIADUMMY","secretAccessKey":"DUMMY","sessionToken":"DUMMY","accountId":"012345678901","expiresAt":"2026-11-22T02:27:06Z"}},"tokenType":"aws_sigv4","clientId":"arn:aws:signin:::devtools/same-device","refreshToken":"DUMMY","idToken":"{ID_TOKEN}","dpopKey":"DUMMY"}}"#
        );
        LoginToken::parse(whole.replace(&format!("\"{without}\""), "\"other\"").as_bytes())
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
    fn the_session_ends_twelve_hours_after_the_sign_in() {
        let token = file("");
        assert_eq!(token.as_ref().map(|token| token.expires_at.as_second()), Ok(1_795_314_426));
        assert_eq!(token.map(|token| token.ends_at().map(Timestamp::as_second)), Ok(Some(1_795_310_826 + 12 * 3600)));
        assert_eq!(file("idToken").map(|token| token.ends_at()), Ok(None));
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
            assert_eq!(file(field), Err(Damage::Missing { field }));
        }
        assert_eq!(LoginToken::parse(br#"{"accessToken":"x"}"#), Err(Damage::WrongType { field: "accessToken" }));
    }
}

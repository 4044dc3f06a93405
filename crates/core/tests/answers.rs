//! What AWS answers, and what a file holds after it.

use crate::simulation::{Answered, NOW, at};
use relight_core::cache::{LoginKeys, LoginToken};
use relight_core::flow::{Answer, CallError, Client, ErrorKind};
use relight_core::secret::Secret;
use relight_core::time::Timestamp;

pub(crate) fn registered() -> Answered {
    Ok(Answer::Registered {
        client: Client { id: "cid-1".into(), secret: Secret::new("cs-1") },
        expires_at: at("2027-02-20T10:00:00Z"),
    })
}

pub(crate) fn started() -> Answered {
    Ok(Answer::Started {
        device_code: Secret::new("dc-1"),
        user_code: "KJTX-QWPM".into(),
        verification_uri: "https://device.example".into(),
        verification_uri_complete: "https://device.example?user_code=KJTX-QWPM".into(),
        expires_in: 600,
        interval: Some(1),
    })
}

pub(crate) fn token(seconds: i64, refresh_token: Option<&str>) -> Answered {
    Ok(Answer::Token {
        access_token: Secret::new("at-1"),
        expires_in: seconds,
        refresh_token: refresh_token.map(Secret::new),
    })
}

pub(crate) fn keys(seconds: i64, refresh_token: &str) -> Answered {
    let secret = || Secret::new("SECRET-new");
    Ok(Answer::Keys {
        keys: LoginKeys { access_key_id: secret(), secret_access_key: secret(), session_token: secret() },
        expires_in: seconds,
        refresh_token: Secret::new(refresh_token),
        id_token: None,
        dpop_key: None,
    })
}

/// The keys that a code gave to `who`.
pub(crate) fn first_keys(who: &str) -> Answered {
    let Ok(Answer::Keys { keys, expires_in, refresh_token, .. }) = keys(900, "SECRET-1") else { unreachable!() };
    let claims = format!(r#"{{"sub":"{who}","iat":{}}}"#, at(NOW).as_second());
    let claims = data_encoding::BASE64URL_NOPAD.encode(claims.as_bytes());
    let id_token = Some(Secret::new(format!("e30.{claims}.SECRET")));
    Ok(Answer::Keys { keys, expires_in, refresh_token, id_token, dpop_key: Some(Secret::new("SECRET-key")) })
}

pub(crate) fn error(kind: ErrorKind) -> Answered {
    Err(CallError { kind, address: "oidc.us-east-1".into(), said: format!("{kind:?}") })
}

/// What the file of `login()` says.
pub(crate) fn login_token(expires_at: Timestamp, signed_in_at: Option<Timestamp>) -> LoginToken {
    let secret = || Secret::new("SECRET");
    LoginToken {
        keys: LoginKeys { access_key_id: secret(), secret_access_key: secret(), session_token: secret() },
        account_id: "111122223333".into(),
        expires_at,
        expires_zoned: true,
        client_id: "arn:aws:signin:::devtools/same-device".into(),
        refresh_token: Secret::new("SECRET-refresh"),
        id_token: signed_in_at.map(|at| {
            let claims = data_encoding::BASE64URL_NOPAD.encode(format!(r#"{{"iat":{}}}"#, at.as_second()).as_bytes());
            Secret::new(format!("e30.{claims}.SECRET"))
        }),
        identity_token: None,
        dpop_key: secret(),
        sign_in_region: None,
        signed_in_at,
    }
}

//! JSON Web Tokens, as a file's bytes, and with the bytes as their claims.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight_core::offline::Jwt;

fuzz_target!(|bytes: &[u8]| {
    let _ = Jwt::parse(bytes).map_err(|why| why.to_string());
    let token = format!("e30.{}.x", data_encoding::BASE64URL_NOPAD.encode(bytes));
    // Numbers of absurd size are skipped where nobody asks for them.
    if let (Ok(jwt), Ok(claims)) = (Jwt::parse(token.as_bytes()), serde_json::from_slice::<serde_json::Value>(bytes)) {
        assert_eq!(jwt.expires_at.is_some(), claims.get("exp").is_some_and(|exp| !exp.is_null()));
    }
});

//! The caches' JSON: what is read and written again says the same, and nothing that is said of damage has a secret in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight_core::cache::{LoginToken, Registration, RoleCredentials, Token};
use relight_core::credentials::{AccessKeys, write_sso};
use relight_core::offline::keys_of_output;

fuzz_target!(|bytes: &[u8]| {
    match Token::parse(bytes) {
        Ok(token) => {
            let again = Token::parse(token.write().expose().as_bytes()).expect("what was written can be read");
            assert_eq!((again.expires_at, &again.access_token), (token.expires_at, &token.access_token));
            assert_eq!(again.refresh_token, token.refresh_token);
            assert_eq!(again.client.map(|client| client.id), token.client.map(|client| client.id));
        }
        Err(damage) => assert!(damage.to_string().len() < 80),
    }
    if let Ok(registration) = Registration::parse(bytes) {
        let again = Registration::parse(registration.write().expose().as_bytes());
        assert_eq!(again.map(|again| again.write()), Ok(registration.write()));
    }
    if let Ok(login) = LoginToken::parse(bytes) {
        assert!(login.ends_at().is_none() || login.signed_in_at.is_some());
        let again = LoginToken::parse(login.write().expose().as_bytes()).expect("what was written can be read");
        assert_eq!(again, LoginToken { expires_zoned: true, ..login });
    }
    let _ = RoleCredentials::parse(bytes);
    let _ = keys_of_output(bytes);
    if let Some(keys) = AccessKeys::from_cache(bytes) {
        let again = AccessKeys::from_cache(write_sso(&keys).expose().as_bytes());
        assert_eq!(again.map(|again| again.session_token), Some(keys.session_token));
    }
});

//! Access key ids and Bedrock keys, as text, and with the text as the request inside a short-term key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight_core::offline::{BedrockKey, account_of};
use relight_core::secret::masked_key_id;

fuzz_target!(|text: &str| {
    if let Some(account) = account_of(text) {
        assert!(account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()), "{account}");
        assert_eq!(text.trim().len(), 20);
    }
    assert!(masked_key_id(text).chars().count() <= 9);
    let _ = BedrockKey::parse(text).map_err(|why| why.to_string());
    let request = data_encoding::BASE64.encode(text.as_bytes());
    let _ = BedrockKey::parse(&format!("bedrock-api-key-{request}")).map_err(|why| why.to_string());
});

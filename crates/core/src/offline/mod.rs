//! What credentials say about themselves, without a call.

mod access_key;
mod bedrock_key;
mod jwt;
mod process;

pub use access_key::account_of;
pub use bedrock_key::{BedrockKey, NoBedrockKey};
pub use jwt::{Jwt, NoJwt, subject};
pub use process::{NoOutput, OutputEnd, end_of_output, keys_of_output};

/// Whether JSON begins like an object: a list would be taken for the fields in their order.
fn is_object(json: &[u8]) -> bool {
    json.trim_ascii_start().starts_with(b"{")
}

//! Names of cache files: hashes of their keys.

use alloc::format;
use alloc::string::String;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};
use sha2::Sha256;

/// The name of a file in one of the caches, such as `ee0b….json`. Always a hash: it cannot lead out of its folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CacheName(String);

impl CacheName {
    /// SHA-1 of `key` in hexadecimal, and `.json`.
    pub fn of(key: &str) -> Self {
        Self::hexadecimal(&Sha1::digest(key.as_bytes()))
    }

    /// SHA-256 of `key` in hexadecimal, and `.json`.
    pub fn sha256(key: &str) -> Self {
        Self::hexadecimal(&Sha256::digest(key.as_bytes()))
    }

    fn hexadecimal(hash: &[u8]) -> Self {
        let mut name = String::with_capacity(2 * hash.len() + 5);
        HEXLOWER.encode_append(hash, &mut name);
        name.push_str(".json");
        Self(name)
    }

    /// The token of an sso-session, by its name, or of a legacy profile, by its start URL: both verbatim.
    pub fn token(session_name_or_start_url: &str) -> Self {
        Self::of(session_name_or_start_url)
    }

    /// The file's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `text` as Python's `json.dumps` writes it: quoted, with everything but ASCII escaped.
pub fn python_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(character),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_real_clients_made() {
        for (key, name) in [
            ("corp", "ee0bfd2552fbd840c02cc48b6e823320543c450f.json"),
            ("my sso ü", "027a6f66b8f85d14e4f40eff17561c1644320bbd.json"),
            ("https://d-1234567890.awsapps.com/start", "7487b5b67d5fa1132cf33fa93ae51ef38cc37752.json"),
            ("https://d-1234567890.awsapps.com/start/", "ae4321de83751a696d13fbefb87d776773c41e1c.json"),
        ] {
            assert_eq!(CacheName::token(key).as_str(), name, "{key}");
        }
    }

    #[test]
    fn strings_are_escaped_as_python_does() {
        assert_eq!(python_string("a\"\\\n\u{7f}é😀"), r#""a\"\\\n\u007f\u00e9\ud83d\ude00""#);
    }
}

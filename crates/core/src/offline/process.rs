//! What a `credential_process` prints ("Sourcing credentials with an external process" in the AWS SDKs and Tools
//! reference guide): its end is kept, the keys never.

use super::is_object;
use crate::time::{Timestamp, read_date};
use alloc::string::String;
use core::fmt;
use serde::Deserialize;
use serde_json::Value;

/// Why an output is of no use. Says never what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoOutput {
    /// Not a JSON object.
    NotJson,
    /// Its `Version` is not 1.
    Version,
    /// It has no key.
    NoKey,
    /// Its `Expiration` is no date with a zone.
    NoDate,
}

impl fmt::Display for NoOutput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotJson => "it printed no JSON object",
            Self::Version => "it did not print \"Version\": 1",
            Self::NoKey => "it printed no AccessKeyId or no SecretAccessKey",
            Self::NoDate => "the Expiration that it printed is no date with a zone",
        })
    }
}

/// The end that the output names; none where it names none, which clients take as never.
pub fn end_of_output(bytes: &[u8]) -> Result<Option<Timestamp>, NoOutput> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Output {
        version: Option<Value>,
        access_key_id: Option<Value>,
        secret_access_key: Option<Value>,
        expiration: Option<String>,
    }
    if !is_object(bytes) {
        return Err(NoOutput::NotJson);
    }
    let output: Output = serde_json::from_slice(bytes).map_err(|_| NoOutput::NotJson)?;
    if output.version.and_then(|version| version.as_u64()) != Some(1) {
        return Err(NoOutput::Version);
    }
    let is_text = |value: Option<Value>| value.is_some_and(|value| value.as_str().is_some_and(|text| !text.is_empty()));
    if !is_text(output.access_key_id) || !is_text(output.secret_access_key) {
        return Err(NoOutput::NoKey);
    }
    let end = output.expiration.filter(|text| !text.is_empty());
    end.map(|text| read_date(&text).filter(|date| date.zoned).map(|date| date.at).ok_or(NoOutput::NoDate)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> Result<Option<i64>, NoOutput> {
        end_of_output(text.as_bytes()).map(|end| end.map(Timestamp::as_second))
    }

    #[test]
    fn the_end_is_read_and_what_is_wrong_is_named() {
        let keys = r#""Version": 1, "AccessKeyId": "ASIADUMMY", "SecretAccessKey": "DUMMY""#;
        assert_eq!(
            end(&alloc::format!(r#"{{{keys}, "SessionToken": "DUMMY", "Expiration": "2026-11-22T02:27:06Z"}}"#)),
            Ok(Some(1_795_314_426))
        );
        assert_eq!(end(&alloc::format!("{{{keys}}}\n")), Ok(None));
        assert_eq!(end(&alloc::format!(r#"{{{keys}, "Expiration": "soon"}}"#)), Err(NoOutput::NoDate));
        assert_eq!(end(r#"{"Version": 2}"#), Err(NoOutput::Version));
        assert_eq!(end(r#"{"Version": 1, "AccessKeyId": ""}"#), Err(NoOutput::NoKey));
        assert_eq!(end("Enter your code:"), Err(NoOutput::NotJson));
        assert_eq!(end(r#"[1, "ASIADUMMY", "DUMMY", null]"#), Err(NoOutput::NotJson));
    }
}

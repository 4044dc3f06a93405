//! What a `credential_process` prints ("Sourcing credentials with an external process" in the AWS SDKs and Tools
//! reference guide): its end is kept, the keys never.

use super::is_object;
use crate::time::{Timestamp, read_date};
use alloc::borrow::Cow;
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

/// What an output says of the end of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputEnd {
    /// A moment.
    At(Timestamp),
    /// Long-term keys.
    Never,
    /// Temporary keys, and nothing about their end: clients take them as endless, AWS does not.
    Unsaid,
}

/// The end that the output names.
pub fn end_of_output(bytes: &[u8]) -> Result<OutputEnd, NoOutput> {
    // Borrowed, so that the keys are not copied.
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Output<'a> {
        version: Option<Value>,
        #[serde(borrow)]
        access_key_id: Option<Cow<'a, str>>,
        #[serde(borrow)]
        secret_access_key: Option<Cow<'a, str>>,
        #[serde(borrow)]
        session_token: Option<Cow<'a, str>>,
        #[serde(borrow)]
        expiration: Option<Cow<'a, str>>,
    }
    if !is_object(bytes) {
        return Err(NoOutput::NotJson);
    }
    let output: Output<'_> = serde_json::from_slice(bytes).map_err(|_| NoOutput::NotJson)?;
    if output.version.and_then(|version| version.as_u64()) != Some(1) {
        return Err(NoOutput::Version);
    }
    let is_there = |text: &Option<Cow<'_, str>>| text.as_ref().is_some_and(|text| !text.is_empty());
    if !is_there(&output.access_key_id) || !is_there(&output.secret_access_key) {
        return Err(NoOutput::NoKey);
    }
    let is_temporary = is_there(&output.session_token) || output.access_key_id.is_some_and(|id| id.starts_with("ASIA"));
    match output.expiration.filter(|text| !text.is_empty()) {
        Some(text) => {
            read_date(&text).filter(|date| date.zoned).map(|date| OutputEnd::At(date.at)).ok_or(NoOutput::NoDate)
        }
        None if is_temporary => Ok(OutputEnd::Unsaid),
        None => Ok(OutputEnd::Never),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> Result<OutputEnd, NoOutput> {
        end_of_output(text.as_bytes())
    }

    #[test]
    fn the_end_is_read_and_what_is_wrong_is_named() {
        let keys = r#""Version": 1, "AccessKeyId": "ASIADUMMY", "SecretAccessKey": "DUMMY""#;
        assert_eq!(
            end(&alloc::format!(r#"{{{keys}, "SessionToken": "DUMMY", "Expiration": "2026-11-22T02:27:06Z"}}"#)),
            Ok(OutputEnd::At(Timestamp::from_second(1_795_314_426).unwrap_or_default()))
        );
        assert_eq!(end(&alloc::format!("{{{keys}}}\n")), Ok(OutputEnd::Unsaid));
        assert_eq!(end(&alloc::format!("{{{}}}", keys.replace("ASIA", "AKIA"))), Ok(OutputEnd::Never));
        assert_eq!(end(&alloc::format!(r#"{{{keys}, "Expiration": "soon"}}"#)), Err(NoOutput::NoDate));
        assert_eq!(end(r#"{"Version": 2}"#), Err(NoOutput::Version));
        assert_eq!(end(r#"{"Version": 1, "AccessKeyId": ""}"#), Err(NoOutput::NoKey));
        assert_eq!(end("Enter your code:"), Err(NoOutput::NotJson));
        assert_eq!(end(r#"[1, "ASIADUMMY", "DUMMY", null]"#), Err(NoOutput::NotJson));
    }
}

//! What a `credential_process` prints ("Sourcing credentials with an external process" in the AWS SDKs and Tools
//! reference guide). Where only its end is asked for, the keys are not even copied.

use super::is_object;
use crate::credentials::AccessKeys;
use crate::secret::Secret;
use crate::time::{Timestamp, read_date};
use alloc::borrow::{Cow, ToOwned};
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
    Output::read(bytes)?.end()
}

/// The credentials in the output.
pub fn keys_of_output(bytes: &[u8]) -> Result<AccessKeys, NoOutput> {
    let output = Output::read(bytes)?;
    let end = match output.end()? {
        OutputEnd::At(end) => Some(end),
        OutputEnd::Never | OutputEnd::Unsaid => None,
    };
    let text = |text: &Option<Cow<'_, str>>| text.as_deref().unwrap_or_default().to_owned();
    let (id, secret) = (text(&output.access_key_id), Secret::new(text(&output.secret_access_key)));
    let keys = AccessKeys::new(&id, secret.expose(), output.session_token.as_deref(), end);
    Ok(keys.map_err(|_| NoOutput::NoKey)?.of_account(output.account_id.as_deref()))
}

/// Borrowed, so that the keys are not copied.
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
    #[serde(borrow)]
    account_id: Option<Cow<'a, str>>,
}

impl<'a> Output<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, NoOutput> {
        if !is_object(bytes) {
            return Err(NoOutput::NotJson);
        }
        let output: Self = serde_json::from_slice(bytes).map_err(|_| NoOutput::NotJson)?;
        if output.version.as_ref().and_then(Value::as_u64) != Some(1) {
            return Err(NoOutput::Version);
        }
        if !is_there(output.access_key_id.as_deref()) || !is_there(output.secret_access_key.as_deref()) {
            return Err(NoOutput::NoKey);
        }
        Ok(output)
    }

    fn end(&self) -> Result<OutputEnd, NoOutput> {
        let is_asia = self.access_key_id.as_ref().is_some_and(|id| id.starts_with("ASIA"));
        let is_temporary = is_there(self.session_token.as_deref()) || is_asia;
        match self.expiration.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => {
                read_date(text).filter(|date| date.zoned).map(|date| OutputEnd::At(date.at)).ok_or(NoOutput::NoDate)
            }
            None if is_temporary => Ok(OutputEnd::Unsaid),
            None => Ok(OutputEnd::Never),
        }
    }
}

fn is_there(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty())
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
        let keys = keys_of_output(alloc::format!(r#"{{{keys}, "AccountId": "111122223333"}}"#).as_bytes());
        assert_eq!(keys.map(|keys| keys.account_id), Ok(Some("111122223333".into())));
        assert_eq!(end(r#"[1, "ASIADUMMY", "DUMMY", null]"#), Err(NoOutput::NotJson));
    }
}

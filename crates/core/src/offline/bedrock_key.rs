//! Bedrock's bearer keys (aws-sessions.md 5.6): a short-term key is a presigned request, and names its own end.

use super::account_of;
use crate::time::{SignedDuration, Timestamp, after};
use alloc::string::String;
use core::fmt;
use data_encoding::BASE64;
use jiff::civil::DateTime;

/// What a bearer key says of itself. Nothing of it is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BedrockKey {
    /// Belongs to an IAM user; its end was chosen when it was made, and stands nowhere in it.
    LongTerm,
    /// A presigned request.
    ShortTerm {
        /// At the latest: the session that signed it may end before.
        expires_at: Timestamp,
        /// The region that it was signed for.
        region: String,
        /// The account of the key that signed it, where that tells.
        account_id: Option<String>,
    },
}

/// Why a text is no such key. Says never what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBedrockKey {
    /// It begins like neither kind.
    Unknown,
    /// It begins like a short-term key, but what follows is not base64.
    NotBase64,
    /// It decodes, but not to a signed request with a date and a life.
    NoRequest,
}

impl fmt::Display for NoBedrockKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unknown => "it begins like no Bedrock API key",
            Self::NotBase64 => "it is cut off or has characters that do not belong to it",
            Self::NoRequest => "it has no date that it ends at",
        })
    }
}

const SHORT_TERM: &str = "bedrock-api-key-";
const LONG_TERM: &str = "ABSK";
/// AWS gives no short-term key a longer life.
const LONGEST: i64 = 43_200;

impl BedrockKey {
    /// Reads the value of `AWS_BEARER_TOKEN_BEDROCK`.
    pub fn parse(text: &str) -> Result<Self, NoBedrockKey> {
        let text = text.trim();
        let Some(encoded) = text.strip_prefix(SHORT_TERM) else {
            return if text.starts_with(LONG_TERM) { Ok(Self::LongTerm) } else { Err(NoBedrockKey::Unknown) };
        };
        let request = BASE64.decode(encoded.as_bytes()).map_err(|_| NoBedrockKey::NotBase64)?;
        let query = request.splitn(2, |byte| *byte == b'?').nth(1).ok_or(NoBedrockKey::NoRequest)?;
        let (mut scope, mut date, mut life) = (None, None, None);
        for (name, value) in form_urlencoded::parse(query) {
            match name.as_ref() {
                "X-Amz-Credential" => scope = Some(value),
                "X-Amz-Date" => date = value.strip_suffix('Z').and_then(|stamp| stamp.parse::<DateTime>().ok()),
                "X-Amz-Expires" => life = value.parse::<i64>().ok().filter(|life| (0..=LONGEST).contains(life)),
                _ => {}
            }
        }
        let (Some(scope), Some(date), Some(life)) = (scope, date, life) else { return Err(NoBedrockKey::NoRequest) };
        let signed = date.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| NoBedrockKey::NoRequest)?.timestamp();
        // KEY/DATE/REGION/bedrock/aws4_request
        let mut scope = scope.split('/');
        let account_id = scope.next().and_then(account_of);
        let region = scope.nth(1).filter(|region| !region.is_empty()).ok_or(NoBedrockKey::NoRequest)?;
        let expires_at = after(signed, SignedDuration::from_secs(life));
        Ok(Self::ShortTerm { expires_at, region: region.into(), account_id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn short_term(query: &str) -> String {
        format!("{SHORT_TERM}{}", BASE64.encode(format!("bedrock.amazonaws.com/?{query}").as_bytes()))
    }

    const QUERY: &str = "Action=CallWithBearerToken&X-Amz-Credential=ASIAY34FZKBOKMUTVV7A%2F20261122%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-Date=20261122T012806Z&X-Amz-Expires=43200&X-Amz-Security-Token=DUMMY&Version=1";

    #[test]
    fn a_short_term_key_names_its_end_region_and_account() {
        assert_eq!(
            BedrockKey::parse(&short_term(QUERY)),
            Ok(BedrockKey::ShortTerm {
                expires_at: "2026-11-22T13:28:06Z".parse().unwrap_or_default(),
                region: "us-east-1".into(),
                account_id: Some("609629065308".into()),
            })
        );
    }

    #[test]
    fn a_long_term_key_names_nothing() {
        assert_eq!(BedrockKey::parse("ABSKDUMMY"), Ok(BedrockKey::LongTerm));
    }

    #[test]
    fn what_is_no_key_is_named_without_its_content() {
        for (text, why) in [
            ("hello".into(), NoBedrockKey::Unknown),
            (format!("{SHORT_TERM}%%%"), NoBedrockKey::NotBase64),
            (format!("{SHORT_TERM}{}", BASE64.encode(b"bedrock.amazonaws.com/")), NoBedrockKey::NoRequest),
            (short_term("X-Amz-Date=20261122T012806Z"), NoBedrockKey::NoRequest),
            (short_term(&QUERY.replace("43200", "-1")), NoBedrockKey::NoRequest),
            (short_term(&QUERY.replace("20261122T012806Z", "20261322T012806Z")), NoBedrockKey::NoRequest),
        ] {
            assert_eq!(BedrockKey::parse(&text), Err(why), "{text}");
        }
    }
}

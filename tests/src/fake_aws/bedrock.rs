//! Bedrock: one model, which answers whoever may ask. A bearer key comes before a signature (aws-sessions.md 5.6).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::answer::{Answer, Refusal};
use super::journal::Request;
use super::model::Model;

impl Model {
    pub(super) fn converse(&self, request: &Request) -> Result<Answer, Refusal> {
        let refuse = |message: &str| Refusal::new(403, "AccessDeniedException", message);
        match request.header("authorization").and_then(|value| value.strip_prefix("Bearer ")) {
            Some(key) => {
                let end = end_of(key)
                    .ok_or_else(|| refuse("Authentication failed: Please make sure your API Key is valid."))?;
                if end <= self.now() {
                    return Err(refuse("Bearer Token has expired"));
                }
            }
            None => self.caller(request).map(drop)?,
        }
        Ok(Answer::json(&json!({
            "output": { "message": { "role": "assistant", "content": [{ "text": "Hello." }] } },
            "stopReason": "end_turn",
            "usage": { "inputTokens": 1, "outputTokens": 1, "totalTokens": 2 },
            "metrics": { "latencyMs": 1 }
        })))
    }
}

/// When a short-term key is over: it is the signed address of a call.
fn end_of(key: &str) -> Option<Timestamp> {
    let address = STANDARD.decode(key.strip_prefix("bedrock-api-key-")?).ok()?;
    let address = String::from_utf8(address).ok()?;
    let value = |name: &str| {
        let (_, query) = address.split_once('?')?;
        let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name)?;
        Some(value.into_owned())
    };
    let begin = DateTime::strptime("%Y%m%dT%H%M%SZ", value("X-Amz-Date")?).ok()?;
    let begin = begin.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(begin + SignedDuration::from_secs(value("X-Amz-Expires")?.parse().ok()?))
}

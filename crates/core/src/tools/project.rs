//! The SDKs of the older generation in a project's `package.json` and `go.mod`: both read the config file only where
//! `AWS_SDK_LOAD_CONFIG` is set (their documentation on shared config).

use super::line_of;
use alloc::string::String;
use serde_json::{Map, Value};

/// An SDK that a project uses itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldSdk {
    /// As its users call it.
    pub name: &'static str,
    /// Where the file names it.
    pub line: Option<u32>,
}

/// The AWS SDK for JavaScript v2, where a `package.json` names it.
pub fn old_javascript_sdk(bytes: &[u8]) -> Option<OldSdk> {
    let text = core::str::from_utf8(bytes).ok()?;
    let package: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    let kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
    let is_used = kinds.into_iter().any(|kind| package.get(kind).is_some_and(|all| all.get("aws-sdk").is_some()));
    is_used.then(|| OldSdk { name: "the AWS SDK for JavaScript v2", line: line_of(text, "\"aws-sdk\"") })
}

/// The AWS SDK for Go v1, where a `go.mod` requires it directly: what another module needs it for is that one's concern.
pub fn old_go_sdk(bytes: &[u8]) -> Option<OldSdk> {
    let text = core::str::from_utf8(bytes).ok()?;
    let mut is_required = false;
    for (number, line) in (1..).zip(text.lines()) {
        let (said, comment) = line.split_once("//").unwrap_or((line, ""));
        let mut words = said.split_whitespace();
        let mut word = words.next();
        match word {
            Some("require") if words.clone().next() == Some("(") => is_required = true,
            Some(")") => is_required = false,
            Some("require") => word = words.next(),
            _ if !is_required => continue,
            _ => {}
        }
        if word == Some("github.com/aws/aws-sdk-go") && !comment.trim_start().starts_with("indirect") {
            return Some(OldSdk { name: "the AWS SDK for Go v1", line: Some(number) });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_sdks_are_found_where_they_are_used_directly() {
        let javascript = |text: &str| old_javascript_sdk(text.as_bytes()).map(|sdk| sdk.line);
        assert_eq!(javascript("{\n\"name\": \"x\",\n\"devDependencies\": {\n\"aws-sdk\": \"^2.1\"}}"), Some(Some(4)));
        assert_eq!(javascript(r#"{"dependencies": {"@aws-sdk/client-s3": "3"}}"#), None);
        assert_eq!(javascript(r#"{"dependencies": "aws-sdk"}"#), None);
        assert_eq!(javascript("{"), None);

        let go = |text: &str| old_go_sdk(text.as_bytes()).map(|sdk| sdk.line);
        assert_eq!(go("module x\nrequire github.com/aws/aws-sdk-go v1.55.0\n"), Some(Some(2)));
        assert_eq!(go("require (\n\tx.y/z v1\n\tgithub.com/aws/aws-sdk-go v1.55.0\n)\n"), Some(Some(3)));
        assert_eq!(go("require (\n\tgithub.com/aws/aws-sdk-go v1.55.0 // indirect\n)\n"), None);
        assert_eq!(go("require (\n\tgithub.com/aws/aws-sdk-go-v2 v1.30.0\n)\n"), None);
        assert_eq!(go("require (\n\tx.y/z v1\n)\nreplace github.com/aws/aws-sdk-go => ../x\n"), None);
    }
}

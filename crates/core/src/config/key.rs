//! Keys that stand in a file: whole or not, how long they live, and what renews them.

use super::{Credentials, Files, Keys};
use crate::problem::Problem;
use crate::status::expiry_key::{self, KeyExpiry};
use crate::text;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A key pair as it stands. `name` is the profile's.
pub(super) fn read(name: &str, keys: &Keys<'_>, problems: &mut Vec<Problem>, files: &Files) -> Credentials {
    for (has, lacks) in [("aws_access_key_id", "aws_secret_access_key"), ("aws_secret_access_key", "aws_access_key_id")]
    {
        if keys.get(has).is_some() && keys.get(lacks).is_none() {
            let problem = Problem::error(
                "partial-credentials",
                format!("There is {has} but no {lacks}."),
                format!("Add {lacks}, or remove {has}."),
            );
            problems.push(files.place(problem, keys.place_of(has)));
        }
    }
    let access_key_id = keys.get("aws_access_key_id").unwrap_or_default().to_owned();
    let has_token = keys.get("aws_session_token").is_some() || keys.get("aws_security_token").is_some();
    if access_key_id.starts_with("ASIA") && !has_token {
        let problem = Problem::error(
            "session-token-missing",
            "This is a temporary key (ASIA…) without its aws_session_token: AWS refuses it.",
            "Copy all three values: aws_access_key_id, aws_secret_access_key and aws_session_token.",
        );
        problems.push(files.place(problem, keys.place_of("aws_access_key_id")));
    }
    if !has_token && !access_key_id.starts_with("ASIA") {
        return Credentials::Static { access_key_id };
    }
    let expiry = expiry_key::find(keys);
    if let KeyExpiry::Unreadable { key, .. } = &expiry {
        let problem = Problem::warning(
            "expiry-unreadable",
            format!("The value of {key} is no date that can be told for certain, so this profile's end is not known."),
            format!("Write {key} with its zone, such as 2026-11-22T18:00:00Z."),
        );
        problems.push(files.place(problem, keys.place_of(key)));
    }
    Credentials::Temporary { access_key_id, expiry, renew: renew(name, keys) }
}

/// The command that makes these keys anew, where the keys beside them show whose they are (aws-sessions.md 2.6).
fn renew(name: &str, keys: &Keys<'_>) -> Option<String> {
    let has = |key| keys.get(key).is_some();
    if keys.get("manager") == Some("awsume") || has("autoawsume") {
        return Some(String::from("awsume"));
    }
    let command = match () {
        () if has("x_security_token_expires") && has("x_principal_arn") => "saml2aws login --profile",
        () if has("aws_expiration") => "aws-azure-login --profile",
        () if has("aws_credential_expiration") => "aws-vault export --format=ini",
        () if has("expiration") && (has("assumed_role") || has("aws_security_token")) => "aws-mfa --profile",
        () => return None,
    };
    text::command(command, name)
}

#[cfg(test)]
mod tests {
    use super::super::Credentials;
    use super::super::tests::config;
    use alloc::format;
    use alloc::string::String;

    fn renew(name: &str, lines: &str) -> Option<String> {
        let text = format!("[{name}]\naws_access_key_id=ASIAX\naws_secret_access_key=x\naws_session_token=y\n{lines}");
        match config("", &text).profiles.get(name).map(|profile| profile.credentials.clone()) {
            Some(Credentials::Temporary { renew, .. }) => renew,
            _ => None,
        }
    }

    #[test]
    fn the_tool_that_made_a_key_is_told_by_what_it_wrote_beside_it() {
        let said = |lines| renew("dev", lines).unwrap_or_default();
        assert_eq!(said("x_security_token_expires = 1\nx_principal_arn = arn"), "saml2aws login --profile dev");
        assert_eq!(said("x_security_token_expires = 1"), "");
        assert_eq!(said("aws_expiration = 1"), "aws-azure-login --profile dev");
        assert_eq!(said("expiration = 1\nassumed_role = False"), "aws-mfa --profile dev");
        assert_eq!(said("expiration = 1\nmanager = awsume"), "awsume");
        assert_eq!(said("aws_credential_expiration = 1"), "aws-vault export --format=ini dev");
        assert_eq!(renew("50%", "aws_expiration = 1"), None);
    }
}

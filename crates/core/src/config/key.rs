//! Keys that stand in a file: whole or not, how long they live, and what renews them.

use super::{Credentials, Files, Keys};
use crate::problem::Problem;
use crate::status::expiry_key::{self, KeyExpiry};
use crate::text;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const PARTS: [&str; 3] = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];

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
    let is_quoted = |key: &&str| keys.get(key).is_some_and(|value| value.starts_with(['"', '\'']));
    if let Some(key) = PARTS.into_iter().find(is_quoted) {
        let message = format!("{key} stands in quotes, which every client takes for a part of it: AWS refuses it.");
        problems.push(files.place(Problem::error("quoted-key", message, "Remove the quotes."), keys.place_of(key)));
    }
    let file_of = |key: &str| keys.get(key).map(|_| keys.place_of(key).file);
    let is_apart =
        |key: &&str| file_of(key).is_some() && file_of(PARTS[0]).is_some() && file_of(key) != file_of(PARTS[0]);
    if let Some(key) = PARTS.into_iter().find(is_apart) {
        let message = format!(
            "{key} and aws_access_key_id stand in different files: boto3 and the AWS CLI do not put them together, other clients do."
        );
        let problem = Problem::warning("key-in-two-files", message, "Keep the whole key in the credentials file.");
        problems.push(files.place(problem, keys.place_of(key)));
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
            format!("{key} is no date, or one without a time zone, so this profile's end is not known."),
            "If you wrote it yourself, write it like 2026-11-22T18:00:00Z; else see whether its tool has an update.",
        );
        problems.push(files.place(problem, keys.place_of(key)));
    }
    Credentials::Temporary { access_key_id, expiry, renew: renew(name, keys) }
}

/// The command that makes these keys anew, where the keys beside them show whose they are (aws-sessions.md 2.6).
fn renew(name: &str, keys: &Keys<'_>) -> Option<String> {
    let has = |key| keys.get(key).is_some();
    if keys.get("manager") == Some("awsume") || has("autoawsume") {
        // It keeps the words that it was started with.
        let words = keys.get("awsumepy_command").or_else(|| name.strip_prefix("autoawsume-"))?;
        let are_plain = words.split(' ').all(text::is_plain);
        return are_plain.then(|| format!("awsume {words}"));
    }
    let command = match () {
        () if has("x_security_token_expires") && has("x_principal_arn") => "saml2aws login --profile",
        () if has("aws_expiration") => "aws-azure-login --profile",
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
        assert_eq!(said("expiration = 1\nmanager = awsume"), "");
        assert_eq!(said("expiration = 1\nmanager = awsume\nawsumepy_command = corp-admin -a"), "awsume corp-admin -a");
        assert_eq!(said("expiration = 1\nmanager = awsume\nawsumepy_command = $(x)"), "");
        assert_eq!(renew("autoawsume-corp", "expiration = 1\nautoawsume = true").as_deref(), Some("awsume corp"));
        assert_eq!(renew("50%", "aws_expiration = 1").as_deref(), Some("aws-azure-login --profile '50%'"));
    }
}

//! Words out of a person's text, without what may be a secret: people paste logs with everything in them.

use crate::secret::masked_key_id;
use crate::text::shown;
use alloc::string::String;

/// `text` on one line, not endless, with what looks like a key, a token or a password taken out.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Whether the word before names a secret, and whether the next one is one.
    let (mut named, mut hides) = (false, false);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let name = word.to_ascii_lowercase();
        // Bedrock speaks of a Bearer Token.
        out.push_str(&word_masked(word, hides && name != "token"));
        hides = matches!(word, "=" | ":") && named || announces_a_secret(&name);
        named = names_a_secret(name.trim_end_matches(['"', '\'']));
    }
    shown(&out).into_owned()
}

/// Whether what follows `word` is one: `aws_session_token=`, `Bearer`, `--password`.
fn announces_a_secret(word: &str) -> bool {
    let name = word.trim_end_matches(['=', ':']);
    let is_named = name.len() < word.len() && names_a_secret(name.trim_end_matches(['"', '\'']));
    is_named || word.ends_with("bearer") || word == "--password"
}

fn names_a_secret(name: &str) -> bool {
    [
        "secret_access_key",
        "secretaccesskey",
        "session_token",
        "sessiontoken",
        "security_token",
        "password",
        "client_secret",
        "clientsecret",
        "refreshtoken",
        "refresh_token",
        "accesstoken",
        "access_token",
    ]
    .iter()
    .any(|secret| name.ends_with(secret))
}

fn word_masked(word: &str, hides: bool) -> String {
    if hides && word.len() > 1 {
        return "…".into();
    }
    // A JSON Web Token, with its three parts.
    if let Some(at) = word.find("eyJ").filter(|_| word.matches('.').count() >= 2) {
        return alloc::format!("{}…", word.get(..at).unwrap_or_default());
    }
    if let Some((name, value)) = word.split_once(['=', ':'])
        && !value.is_empty()
        && names_a_secret(name.to_ascii_lowercase().trim_end_matches('"'))
    {
        let end = word.len() - value.len();
        return alloc::format!("{}…", word.get(..end).unwrap_or_default());
    }
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "+/=".contains(letter);
    let mut out = String::new();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let length = rest.find(|letter: char| !is_part(letter)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(if length == 0 { letter.len_utf8() } else { length });
        if is_key_id(run) {
            out.push_str(&masked_key_id(run));
        } else if is_secret(run) {
            out.push('…');
        } else {
            out.push_str(run);
        }
        rest = behind;
    }
    out
}

/// `AKIA…` and its relatives (aws-sessions.md 5.2).
fn is_key_id(run: &str) -> bool {
    let kinds = ["AKIA", "ASIA", "ABIA", "ACCA"];
    (16..=32).contains(&run.len())
        && kinds.iter().any(|kind| run.starts_with(kind))
        && run.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Long, and of large and small letters and digits as chance makes them, without the marks that names have.
fn is_secret(run: &str) -> bool {
    const SHORTEST: usize = 32;
    let has = |is: fn(&u8) -> bool| run.as_bytes().iter().any(is);
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit);
    let is_token = ["ABSK", "eyJ"].iter().any(|start| run.starts_with(start)) && run.len() > 20;
    // A path has short names.
    let is_path = run.starts_with('/') && run.split('/').all(|name| name.len() < 20);
    is_token || run.len() >= SHORTEST && is_mixed && !is_path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_secret_is_never_shown() {
        for (text, shown) in [
            ("key AKIAIOSFODNN7EXAMPLE is\n  unknown", "key AKIA…MPLE is unknown"),
            ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "…"),
            ("aws_secret_access_key = hunter2", "aws_secret_access_key = …"),
            ("AWS_SESSION_TOKEN=hunter2 x", "AWS_SESSION_TOKEN=… x"),
            (r#""SecretAccessKey": "hunter2","#, r#""SecretAccessKey": …"#),
            ("a change in your password using x", "a change in your password using x"),
            ("Authorization: Bearer hunter2", "Authorization: Bearer …"),
            ("Bearer Token has expired", "Bearer Token has expired"),
            ("x=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl y", "x=… y"),
            (
                "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_ReadOnly_0123456789abcdef/jane",
                "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_ReadOnly_0123456789abcdef/jane",
            ),
            (
                "~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
                "~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
            ),
        ] {
            assert_eq!(masked(text), shown, "{text}");
        }
    }
}

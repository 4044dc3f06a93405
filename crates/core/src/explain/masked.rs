//! Words out of a person's text, without what may be a secret: people paste logs with everything in them.

use crate::secret::masked_key_id;
use crate::text::shown;
use alloc::borrow::Cow;
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
        "x-amz-signature",
        "x-amz-security-token",
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
    // A query has several names with values.
    let parts = without_userinfo(word);
    parts.split_inclusive(['?', '&', ';']).map(part_masked).collect()
}

/// A word, or a part of it that may be a name with its value.
fn part_masked(part: &str) -> String {
    if let Some((name, value)) = part.split_once(['=', ':'])
        && !value.trim_end_matches(['&', ';']).is_empty()
        && names_a_secret(name.to_ascii_lowercase().trim_end_matches('"'))
    {
        let end = part.len() - value.len();
        let mark = if value.ends_with('&') { "&" } else { "" };
        return alloc::format!("{}…{mark}", part.get(..end).unwrap_or_default());
    }
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "+/=".contains(letter);
    let mut out = String::new();
    let mut rest = part;
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

/// Without the name and the password that stand before the host, in an address or where one is meant.
fn without_userinfo(word: &str) -> Cow<'_, str> {
    let Some((before, host)) = word.rsplit_once('@') else { return Cow::Borrowed(word) };
    let start = before.find("://").map(|at| at + 3);
    let inside = start.and_then(|start| before.get(start..));
    let start = match inside {
        Some(inside) if inside.contains(':') || !inside.contains('/') => start.unwrap_or_default(),
        Some(_) => return Cow::Borrowed(word),
        None => before.rfind(['/', '=', '"', '\'', '(', '<', ',', '[']).map_or(0, |at| at + 1),
    };
    let has_password =
        before.get(start..).and_then(|user| user.split_once(':')).is_some_and(|(_, word)| !word.is_empty());
    // `repository:tag@sha256:…` names an image.
    if host.starts_with("sha256:") || inside.is_none() && !has_password {
        return Cow::Borrowed(word);
    }
    Cow::Owned(alloc::format!("{}…@{host}", before.get(..start).unwrap_or_default()))
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
    // A signature, also one whose name was cut off.
    let is_signature = run.len() == 64 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token || is_signature || run.len() >= SHORTEST && is_mixed && !is_path
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
            ("\"http://jane:hunter2pw@proxy.corp:3128\"", "\"http://…@proxy.corp:3128\""),
            ("https://jane:p@ss/word@corp.example/start does", "https://…@corp.example/start does"),
            ("HTTPS_PROXY=jane:hunter2@proxy:3128", "HTTPS_PROXY=…@proxy:3128"),
            ("https://ghp0token@github.com/x", "https://…@github.com/x"),
            (
                "at file:///x/node_modules/@aws-sdk/core jane@corp.example",
                "at file:///x/node_modules/@aws-sdk/core jane@corp.example",
            ),
            ("x/repo:1@sha256:ab", "x/repo:1@sha256:ab"),
            (
                "https://b.s3.amazonaws.com/k?X-Amz-Date=20261122T010000Z&X-Amz-Signature=0a1b2c&X-Amz-Security-Token=FwoG&x=1",
                "https://b.s3.amazonaws.com/k?X-Amz-Date=20261122T010000Z&X-Amz-Signature=…&X-Amz-Security-Token=…&x=1",
            ),
            ("X-Amz-Signature: 0a1b2c3d x", "X-Amz-Signature: … x"),
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

//! An edit as lines that go and lines that come. Values are shown where the key's are none of a secret, and nowhere else.

use crate::ini::Edited;
use crate::secret::masked_key_id;
use crate::text::shown;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// What is different, with the headers that it stands under.
pub(super) fn lines(before: &[u8], edited: &Edited) -> Vec<String> {
    let mut out = Vec::new();
    let mut last = None;
    for span in &edited.spans {
        let (old, new) = (whole_lines(before, &span.old), whole_lines(&edited.bytes, &span.new));
        let header = header_above(&edited.bytes, new.start);
        let (mut gone, mut come) = (texts(before, old), texts(&edited.bytes, new));
        trim_common(&mut gone, &mut come);
        if header.is_some() && header != last && !gone.iter().chain(&come).any(|line| line.starts_with('[')) {
            out.push(format!("  {}", header.as_deref().unwrap_or_default()));
        }
        last = header;
        out.extend(gone.iter().map(|line| format!("- {}", masked(line))));
        out.extend(come.iter().map(|line| format!("+ {}", masked(line))));
    }
    out
}

/// A line of the config or credentials file as it may be shown: a header, or a key with its value where that is never a
/// secret.
pub fn masked(line: &str) -> String {
    let trimmed = line.trim_end();
    if trimmed.trim_start().starts_with(['#', ';']) {
        // Old keys are kept in comments.
        return trimmed.trim_start().chars().take(1).chain(" …".chars()).collect();
    }
    if trimmed.starts_with('[') {
        return shown(trimmed).into_owned();
    }
    let Some((key, value)) = trimmed.split_once('=') else {
        return if trimmed.is_empty() { String::new() } else { "…".into() };
    };
    let name = key.trim().to_ascii_lowercase();
    let space: String = value.chars().take_while(|character| *character == ' ').collect();
    match name.as_str() {
        _ if !crate::ini::looks_like_a_key(&name) => "…".into(),
        "aws_access_key_id" if is_key_id(value.trim()) => format!("{}={space}{}", shown(key), masked_key_id(value)),
        name if PLAIN.contains(&name) => shown(trimmed).into_owned(),
        _ => format!("{}={space}…", shown(key)),
    }
}

/// What stands there may be a secret that was pasted into the wrong line.
fn is_key_id(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (value.starts_with("AKIA") || value.starts_with("ASIA")) && value.len() <= 32 && value.bytes().all(is_plain)
}

/// Keys whose values are no secrets.
const PLAIN: [&str; 24] = [
    "aws_account_id",
    "credential_source",
    "duration_seconds",
    "endpoint_url",
    "granted_sso_account_id",
    "login_session",
    "mfa_serial",
    "output",
    "region",
    "role_arn",
    "role_session_name",
    "services",
    "source_profile",
    "sso_account_id",
    "sso_account_name",
    "sso_region",
    "sso_registration_scopes",
    "sso_role_name",
    "sso_session",
    "sso_start_url",
    "sts_regional_endpoints",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
    "web_identity_token_file",
];

fn whole_lines(bytes: &[u8], span: &Range<usize>) -> Range<usize> {
    if span.is_empty() {
        return span.clone();
    }
    let start = bytes.get(..span.start).and_then(|before| before.iter().rposition(|byte| *byte == b'\n'));
    let behind = span.end - 1;
    let end = bytes.get(behind..).and_then(|after| after.iter().position(|byte| *byte == b'\n'));
    start.map_or(0, |at| at + 1)..end.map_or(bytes.len(), |at| behind + at + 1)
}

fn texts(bytes: &[u8], lines: Range<usize>) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes.get(lines).unwrap_or_default()).into_owned();
    text.lines().map(Into::into).collect()
}

/// A line that stands on both sides only touches what is different.
fn trim_common(gone: &mut Vec<String>, come: &mut Vec<String>) {
    let at_start = gone.iter().zip(&*come).take_while(|(one, other)| one == other).count();
    gone.drain(..at_start);
    come.drain(..at_start);
    let at_end = gone.iter().rev().zip(come.iter().rev()).take_while(|(one, other)| one == other).count();
    gone.truncate(gone.len() - at_end);
    come.truncate(come.len() - at_end);
}

/// The last header above a place.
fn header_above(bytes: &[u8], at: usize) -> Option<String> {
    let text = String::from_utf8_lossy(bytes.get(..at)?).into_owned();
    let header = text.lines().rfind(|line| line.starts_with('['))?;
    Some(shown(header.trim_end()).into_owned())
}

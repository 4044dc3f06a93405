//! What each client makes of `~` and of variables in a path (aws-sessions.md 1.1).

use super::{Platform, Surroundings};
use crate::config::Sdk;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// `~` and `~/x` as the reference reads them. Nothing else is expanded.
pub fn expand(platform: Platform, path: &str, home: &str) -> String {
    tilde(platform, path, Some(home), |character| platform.is_separator(character))
}

/// `value` as `client` reads it, whose home folder is `home`.
pub(super) fn by(around: &Surroundings<'_>, client: Sdk, value: &str, home: Option<&str>) -> String {
    let platform = around.platform;
    let any = |character| platform.is_separator(character);
    match client {
        Sdk::Botocore => tilde(platform, &variables(around, value), home, any),
        Sdk::Rust => tilde(platform, value, home, any),
        Sdk::Java if value != "~" => tilde(platform, value, home, any),
        Sdk::Js if value != "~" => tilde(platform, value, home, |character| character == '/'),
        Sdk::Java | Sdk::Js | Sdk::Go => value.to_owned(),
    }
}

/// `~user` is left alone: who that is, only the system knows.
fn tilde(platform: Platform, path: &str, home: Option<&str>, ends: impl Fn(char) -> bool) -> String {
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with(&ends) => {
            platform.join(home, &[rest.trim_start_matches(|character| platform.is_separator(character))])
        }
        _ => path.to_owned(),
    }
}

/// Python's `os.path.expandvars`: `$NAME` and `${NAME}`, on Windows `%NAME%` too; what is not set stays as it stands.
pub(super) fn variables(around: &Surroundings<'_>, value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(['$', '%', '\'']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let is_windows = around.platform == Platform::Windows;
        let (whole, name) = match from.chars().next() {
            Some('$') => of_dollar(from),
            Some('%') if is_windows => between(from, 1, '%'),
            // There, what stands in single quotes is left alone.
            Some('\'') if is_windows => (between(from, 1, '\'').0, ""),
            _ => (0, ""),
        };
        // A mark that begins nothing.
        let whole = if whole == 0 { 1 } else { whole };
        let (text, after) = from.split_at_checked(whole).unwrap_or((from, ""));
        let known = if name.is_empty() { None } else { (around.variable)(name) };
        out.push_str(known.as_deref().unwrap_or(text));
        rest = after;
    }
    out + rest
}

/// How long `$NAME` or `${NAME}` is, and the name.
fn of_dollar(from: &str) -> (usize, &str) {
    let behind = from.get(1..).unwrap_or_default();
    if behind.starts_with('{') {
        return between(from, 2, '}');
    }
    let is_of_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let length = behind.find(|character| !is_of_name(character)).unwrap_or(behind.len());
    (1 + length, behind.get(..length).unwrap_or_default())
}

/// How long it is up to `end`, and what stands between; nothing where it has no end.
fn between(from: &str, start: usize, end: char) -> (usize, &str) {
    let inside = from.get(start..).unwrap_or_default();
    inside.find(end).map_or((0, ""), |length| (start + length + 1, inside.get(..length).unwrap_or_default()))
}

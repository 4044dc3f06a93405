//! The files of texts: read, and the part that clients say written anew.

use super::clients::Client;
use super::situations::Situation;
use crate::setting::Result;
use std::fs;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Value};

/// What comes below is made anew.
const MARK: &str =
    "# ---- What the real client said here. Made anew by RELIGHT_TEXTS=1 (README.md), nothing below is kept. ----\n";
const SEEN: &str = " against the fake";

/// One text, and what it means.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) name: String,
    pub(super) cause: String,
    pub(super) seen: String,
    /// What is to be found in it: profile, session, account, region, role.
    pub(super) found: Vec<(&'static str, String)>,
    pub(super) text: String,
}

const FOUND: [&str; 5] = ["profile", "session", "account", "region", "role"];

impl Text {
    /// What a client said of a situation. What is to be found there is what is there.
    pub(super) fn of(situation: &Situation, client: Client, name: String, seen: String, text: String) -> Self {
        let words = [
            ("profile", situation.profile),
            ("session", "acme"),
            ("session", "arn:aws:iam::111122223333:user/jane"),
            ("role", "arn:aws:iam::444455556666:role/deploy"),
        ];
        let is_there = |(what, word): &(&str, &str)| {
            let sessions_arn = *what == "session" && word.starts_with("arn:");
            text.contains(word) && *word != "default" && (!sessions_arn || situation.config.contains("login_session"))
        };
        let found = words.into_iter().filter(is_there).map(|(what, word)| (what, word.to_owned())).collect();
        Self { name, cause: situation.cause_of(client).to_owned(), seen, found, text }
    }

    /// Whether a real client said it here.
    pub(super) fn is_heard(&self) -> bool {
        self.seen.ends_with(SEEN)
    }

    fn toml(&self) -> String {
        let line = |name: &str, value: &str| format!("{name} = {}\n", Value::from(value));
        let mut lines = format!("\n[[text]]\n{}{}", line("name", &self.name), line("cause", &self.cause));
        lines.extend(self.found.iter().map(|(what, word)| line(what, word)));
        lines + &line("seen", &self.seen) + &line("text", &self.text)
    }
}

/// Where they lie.
pub(super) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("texts")
}

pub(super) fn read(path: &Path) -> Result<Vec<Text>> {
    let document: DocumentMut = fs::read_to_string(path)?.parse()?;
    assert_eq!(document.len(), 1, "{}: nothing but texts", path.display());
    let tables = document["text"].as_array_of_tables().ok_or("no texts")?;
    tables
        .iter()
        .map(|table| {
            let known = |key: &str| ["name", "cause", "seen", "text"].contains(&key) || FOUND.contains(&key);
            if let Some((key, _)) = table.iter().find(|(key, _)| !known(key)) {
                return Err(format!("{}: no such field: {key}", path.display()).into());
            }
            let value = |key: &str| table.get(key).and_then(|value| value.as_str()).map(str::to_owned);
            let needed =
                |key: &str| value(key).ok_or_else(|| format!("{}: a text without {key}: {table}", path.display()));
            let found = FOUND.into_iter().filter_map(|what| Some((what, value(what)?))).collect();
            Ok(Text {
                name: needed("name")?,
                cause: needed("cause")?,
                seen: needed("seen")?,
                found,
                text: needed("text")?,
            })
        })
        .collect()
}

pub(super) fn write_gathered(client: Client, texts: &[Text]) -> Result<()> {
    let path = folder().join(format!("{}.toml", client.name()));
    let before = fs::read_to_string(&path)?;
    let by_hand = before.split(MARK).next().unwrap_or_default().trim_end();
    let made: String = texts.iter().map(Text::toml).collect();
    fs::write(&path, format!("{by_hand}\n\n{MARK}{made}"))?;
    println!("{}: {} texts", client.name(), texts.len());
    Ok(())
}

/// The causes that explain knows.
pub(super) fn causes() -> &'static [&'static str] {
    &[
        "sso-session-expired",
        "sso-never-signed-in",
        "sso-token-unreadable",
        "sso-config-incomplete",
        "sso-wrong-region-or-url",
        "sso-login-abandoned",
        "sso-role-not-assigned",
        "login-session-expired",
        "login-permission-missing",
        "temporary-credentials-expired",
        "credentials-unknown-to-aws",
        "secret-key-wrong",
        "clock-skew",
        "access-denied",
        "assume-role-denied",
        "mfa-required",
        "no-credentials",
        "partial-credentials",
        "profile-not-found",
        "config-unparsable",
        "source-profile-broken",
        "credential-process-failed",
        "environment-shadows-profile",
        "missing-region",
        "region-not-enabled",
        "sdk-config-not-loaded",
        "sdk-module-missing",
        "wrong-account",
        "kubernetes-credentials",
        "container-registry-token-expired",
        "bedrock-bearer-token",
        "bedrock-model-access",
        "network",
        "tls-interception",
        "throttled",
        "unknown",
    ]
}

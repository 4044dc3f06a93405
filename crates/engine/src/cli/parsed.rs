//! `relight profiles --parsed`: the files as the reference grammar reads them. Keys and tokens are masked.

use super::ending::Ending;
use super::out;
use relight_core::config::{FileKind, Files, Keys, Merged, Verdicts};
use relight_core::ini::{Client, Refusal, Trouble, looks_like_a_key};
use relight_core::problem::Problem;
use relight_core::reading::{Difference, differences};
use relight_core::secret::masked_key_id;
use relight_core::world::World;
use relight_engine::paths::Paths;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn run(as_json: bool, paths: &Paths) -> Ending {
    let app = super::read(paths);
    let files = app.world.files();
    let merged = Merged::new(files);
    let printed = if as_json {
        let problems: Vec<_> = app.world.unreadable.iter().chain(&app.world.config.problems).collect();
        out::json(&document(&merged, files, &problems))
    } else {
        out::print(&text(&merged, files))
    };
    if !as_json {
        app.world.unreadable.iter().chain(refusals(&app.world)).for_each(|problem| out::complain(&problem.sentence()));
    }
    printed.map_or_else(Into::into, |()| Ending::Fine)
}

/// Why some client reads none of a file.
fn refusals(world: &World) -> impl Iterator<Item = &Problem> {
    let verdicts = Verdicts::new(world.files());
    let refused = [verdicts.botocore, verdicts.js, verdicts.rust].into_iter().flatten();
    let mut places: BTreeSet<_> =
        refused.map(|(refusal, file)| (world.files().path(file).to_owned(), refusal.line)).collect();
    // What stands first is why; there may be more about that line.
    let is_why =
        move |problem: &&Problem| problem.file.clone().zip(problem.line).is_some_and(|place| places.remove(&place));
    world.config.problems.iter().filter(is_why)
}

fn document(merged: &Merged<'_>, files: &Files, problems: &[&Problem]) -> Value {
    let verdicts = Verdicts::new(files);
    let secrets = secret_lines(merged, files);
    let verdict =
        |verdict: &Option<(Refusal, FileKind)>| verdict.as_ref().map(|(refusal, file)| refused(refusal, *file, files));
    let mut document = json!({
        "profiles": sections(&merged.profiles, &secrets),
        "sso_sessions": sections(&merged.sso_sessions, &secrets),
        "services": sections(&merged.services, &secrets),
        "problems": problems,
        "verdicts": {
            "botocore": verdict(&verdicts.botocore),
            "js": verdict(&verdicts.js),
            "rust": verdict(&verdicts.rust),
            "differences": differences(files).iter().map(|one| difference(one, &secrets, files)).collect::<Vec<_>>(),
        },
    });
    // The reference grammar is the SDK for Rust's.
    if let (Some(refused), Some(document)) = (verdict(&verdicts.rust), document.as_object_mut()) {
        document.insert("refused".to_owned(), refused);
    }
    document
}

fn refused(refusal: &Refusal, file: FileKind, files: &Files) -> Value {
    json!({ "message": refusal.message, "line": refusal.line, "file": files.path(file) })
}

/// What a client reads where it does not read what stands in the document. `secrets` are lines that go on with a hidden
/// value, which a client may take for keys.
fn difference(one: &Difference, secrets: &[&str], files: &Files) -> Value {
    let client = match one.client {
        Client::Botocore => "botocore",
        Client::Js => "js",
        Client::Rust => "rust",
    };
    let key = one.key.to_lowercase();
    let is_secret = is_among(secrets, &one.key);
    let value = |text: &String| if is_secret { HIDDEN.to_owned() } else { shown(&key, text) };
    json!({
        "client": client,
        "kind": one.kind.word(),
        "name": one.name,
        "key": if is_secret { HIDDEN } else { &one.key },
        "reads": one.reads.as_ref().map(value),
        "file": one.place.map(|place| files.path(place.file)),
        "line": one.place.map(|place| place.line),
    })
}

/// The lines that go on with a value that is hidden: indented ones, and what stands in a key's place below it.
fn secret_lines<'a>(merged: &Merged<'a>, files: &'a Files) -> Vec<&'a str> {
    let all = merged.profiles.values().chain(merged.sso_sessions.values());
    let hidden = all.flat_map(|keys| &keys.values).filter(|(key, _)| is_hidden(key));
    let mut secrets: Vec<_> = hidden.flat_map(|(_, value)| value.text.lines().skip(1)).collect();
    for document in [&files.config, &files.credentials] {
        let no_keys = document.faults.iter().filter(|fault| match &fault.trouble {
            Trouble::UpperCaseKey { key } | Trouble::OddKey { key } | Trouble::ColonInKey { key } => {
                !looks_like_a_key(key)
            }
            _ => false,
        });
        let no_keys: BTreeSet<_> = no_keys.map(|fault| fault.line).collect();
        for section in &document.sections {
            let mut goes_on = false;
            for property in &section.properties {
                let is_rest = goes_on && no_keys.contains(&property.line);
                secrets.extend(is_rest.then_some(property.key.as_str()));
                goes_on = is_rest || is_hidden(&property.key);
            }
        }
    }
    secrets
}

/// Whether a key is one of those lines, or a part of one.
fn is_among(secrets: &[&str], key: &str) -> bool {
    secrets.iter().any(|line| line.to_lowercase().contains(&key.to_lowercase()))
}

fn sections(sections: &BTreeMap<&str, Keys<'_>>, secrets: &[&str]) -> Map<String, Value> {
    let named = |key: &str| if is_among(secrets, key) { HIDDEN.to_owned() } else { key.to_owned() };
    let keys =
        |keys: &Keys<'_>| keys.values.iter().map(|(key, value)| (named(key), json!(shown(key, value.text)))).collect();
    sections.iter().map(|(name, section)| ((*name).to_owned(), Value::Object(keys(section)))).collect()
}

fn text(merged: &Merged<'_>, files: &Files) -> String {
    let secrets = secret_lines(merged, files);
    let mut out = String::new();
    for (kind, sections) in
        [("profile", &merged.profiles), ("sso-session", &merged.sso_sessions), ("services", &merged.services)]
    {
        for (name, keys) in sections {
            out.push_str(&out::heading(&format!("[{kind} {name}]")));
            for (key, value) in &keys.values {
                let named = if is_among(&secrets, key) { HIDDEN } else { key };
                out.push_str(&format!("{named} = {}\n", shown(key, value.text).replace('\n', "\n    ")));
            }
        }
    }
    out
}

/// What may be shown of a value: also of lines that continue it, which may be other keys indented by mistake.
fn shown(key: &str, value: &str) -> String {
    if is_hidden(key) {
        return HIDDEN.to_owned();
    }
    let mut lines = value.split('\n');
    let mut out = masked(key, lines.next().unwrap_or_default());
    for line in lines {
        let name = line.split(['=', ':']).next().unwrap_or_default().trim().to_lowercase();
        out.push('\n');
        match line.split_once('=') {
            _ if is_hidden(&line.to_lowercase()) => out.push_str(HIDDEN),
            Some((nested, value)) => out.push_str(&format!("{nested}={}", masked(&name, value))),
            None => out.push_str(&masked(key, line)),
        }
    }
    out
}

fn masked(key: &str, value: &str) -> String {
    let names_one = ["aws_secret", "aws_session_token", "aws_security_token"];
    match key {
        _ if is_hidden(key) || names_one.iter().any(|name| value.to_lowercase().contains(name)) => HIDDEN.to_owned(),
        _ if key.contains("aws_access_key_id") => masked_key_id(value),
        // Its words may have a password among them.
        "credential_process" => match value.split_once(char::is_whitespace) {
            Some((program, _)) => format!("{program} {HIDDEN}"),
            None => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

const HIDDEN: &str = "…";

/// Whether a key, in lower case, may have a secret as its value: however it is spelt, and whatever stands before it.
fn is_hidden(key: &str) -> bool {
    let is_about_one = ["_expires", "_expiration", "_expiry", "_file"].iter().any(|end| key.ends_with(end));
    let says_so = ["secret_", "_secret", "token", "password", "passwd", "access_key", "private_key", "api_key"];
    !is_about_one && !key.contains("aws_access_key_id") && says_so.iter().any(|word| key.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_secret_is_hidden_however_it_is_spelt() {
        for key in [
            "aws_secret_access_key",
            "aws_session_token",
            "aws_security_token",
            "export aws_secret_access_key",
            "$env:aws_secret_access_key",
            "aws_secret_acess_key",
            "aws_secret_access_key_id",
            "secret_key",
            "password",
        ] {
            assert_eq!(shown(key, "HUSH\nHUSH=="), HIDDEN, "{key}");
        }
        assert_eq!(shown("region", "x\n AWS_SECRET_ACCESS_KEY : HUSH\n b = 1"), "x\n…\n b = 1");
        assert_eq!(shown("export aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"), "AKIA…MPLE");
        assert_eq!(shown("credential_process", "/opt/x --secret HUSH"), "/opt/x …");
        for key in ["web_identity_token_file", "x_security_token_expires", "secret", "region"] {
            assert_eq!(shown(key, "value"), "value", "{key}");
        }
    }
}

//! `relight profiles --parsed`: the files as the reference grammar reads them. Keys and tokens are masked.

use super::ending::Ending;
use super::out;
use relight_core::config::{FileKind, Files, Keys, Merged, Verdicts};
use relight_core::ini::{Client, Refusal};
use relight_core::reading::{Difference, differences};
use relight_core::secret::masked_key_id;
use relight_engine::paths::Paths;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn run(as_json: bool, paths: &Paths) -> Ending {
    let app = super::read(paths);
    let files = app.world.files();
    let merged = Merged::new(files);
    let printed = if as_json {
        out::json(&document(&merged, files, &app.world.config.problems))
    } else {
        out::print(&text(&merged))
    };
    printed.map_or_else(Into::into, |()| Ending::Fine)
}

fn document(merged: &Merged<'_>, files: &Files, problems: &[relight_core::problem::Problem]) -> Value {
    let verdicts = Verdicts::new(files);
    let verdict =
        |verdict: &Option<(Refusal, FileKind)>| verdict.as_ref().map(|(refusal, file)| refused(refusal, *file, files));
    let mut document = json!({
        "profiles": sections(&merged.profiles),
        "sso_sessions": sections(&merged.sso_sessions),
        "services": sections(&merged.services),
        "problems": problems,
        "verdicts": {
            "botocore": verdict(&verdicts.botocore),
            "js": verdict(&verdicts.js),
            "rust": verdict(&verdicts.rust),
            "differences": differences(files).iter().map(|one| difference(one, files)).collect::<Vec<_>>(),
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

/// What a client reads where it does not read what stands in the document.
fn difference(one: &Difference, files: &Files) -> Value {
    let client = match one.client {
        Client::Botocore => "botocore",
        Client::Js => "js",
        Client::Rust => "rust",
    };
    let key = one.key.to_lowercase();
    json!({
        "client": client,
        "kind": one.kind.word(),
        "name": one.name,
        "key": one.key,
        "reads": one.reads.as_ref().map(|text| shown(key.rsplit('.').next().unwrap_or(&key), text)),
        "file": one.place.map(|place| files.path(place.file)),
        "line": one.place.map(|place| place.line),
    })
}

fn sections(sections: &BTreeMap<&str, Keys<'_>>) -> Map<String, Value> {
    let keys = |keys: &Keys<'_>| {
        keys.values.iter().map(|(key, value)| ((*key).to_owned(), json!(shown(key, value.text)))).collect()
    };
    sections.iter().map(|(name, section)| ((*name).to_owned(), Value::Object(keys(section)))).collect()
}

fn text(merged: &Merged<'_>) -> String {
    let mut out = String::new();
    for (kind, sections) in
        [("profile", &merged.profiles), ("sso-session", &merged.sso_sessions), ("services", &merged.services)]
    {
        for (name, keys) in sections {
            out.push_str(&out::heading(&format!("[{kind} {name}]")));
            for (key, value) in &keys.values {
                out.push_str(&format!("{key} = {}\n", shown(key, value.text).replace('\n', "\n    ")));
            }
        }
    }
    out
}

/// What may be shown of a value: also of lines that continue it, which may be other keys indented by mistake.
fn shown(key: &str, value: &str) -> String {
    let mut lines = value.split('\n');
    let mut out = masked(key, lines.next().unwrap_or_default());
    for line in lines {
        let name = line.split(['=', ':']).next().unwrap_or_default().trim().to_lowercase();
        out.push('\n');
        match line.split_once('=') {
            _ if HIDDEN.iter().any(|hidden| line.to_lowercase().contains(hidden)) => out.push('…'),
            Some((nested, value)) => out.push_str(&format!("{nested}={}", masked(&name, value))),
            None => out.push_str(&masked(key, line)),
        }
    }
    out
}

const HIDDEN: [&str; 3] = ["aws_secret_access_key", "aws_session_token", "aws_security_token"];

fn masked(key: &str, value: &str) -> String {
    match key {
        _ if HIDDEN.contains(&key) => "…".to_owned(),
        "aws_access_key_id" => masked_key_id(value),
        _ => value.to_owned(),
    }
}

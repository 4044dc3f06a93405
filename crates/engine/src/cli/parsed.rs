//! `relight profiles --parsed`: the files as the reference grammar reads them. Keys and tokens are masked.

use super::ending::Ending;
use super::out;
use relight_core::config::{FileKind, Files, Keys, Merged, Verdicts};
use relight_core::ini::Refusal;
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
        "verdicts": { "botocore": verdict(&verdicts.botocore), "js": verdict(&verdicts.js), "rust": verdict(&verdicts.rust) },
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
        out.push('\n');
        match line.split_once('=') {
            Some((nested, value)) => {
                out.push_str(&format!("{nested}={}", masked(&nested.trim().to_lowercase(), value)));
            }
            None => out.push_str(&masked(key, line)),
        }
    }
    out
}

fn masked(key: &str, value: &str) -> String {
    match key {
        "aws_secret_access_key" | "aws_session_token" | "aws_security_token" => "…".to_owned(),
        "aws_access_key_id" => masked_key_id(value),
        _ => value.to_owned(),
    }
}

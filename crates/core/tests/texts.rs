//! The texts of errors in `tests/texts` and what they mean, through the recogniser alone, without a machine.

use relight_core::explain::{Cause, recognise};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use toml_edit::{Document, Table};

struct Text {
    client: String,
    name: String,
    table: Table,
}

impl Text {
    fn field(&self, name: &str) -> Option<&str> {
        self.table.get(name).and_then(|item| item.as_str())
    }
}

fn texts() -> Vec<Text> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/texts");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let of_file = |file: &std::path::PathBuf| {
        let client = file.file_stem().unwrap().to_string_lossy().into_owned();
        let document = Document::parse(fs::read_to_string(file).unwrap()).unwrap();
        let texts = document.get("text").and_then(|item| item.as_array_of_tables()).unwrap().clone();
        let of_table = |table: Table| {
            let name = table.get("name").and_then(|name| name.as_str()).unwrap().to_owned();
            Text { client: client.clone(), name, table }
        };
        texts.into_iter().map(of_table).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

/// Every text, with the code of its cause.
pub(crate) fn all() -> Vec<(String, String)> {
    let part = |text: &Text, name| text.field(name).unwrap().to_owned();
    texts().iter().map(|text| (part(text, "text"), part(text, "cause"))).collect()
}

/// Whether the text says so little that it counts only where it is asked about alone.
fn is_bare(text: &str) -> bool {
    const STARTS: [&str; 7] = [
        "'",
        "Expecting value: ",
        "json.decoder.JSONDecodeError: ",
        "KeyError: '",
        "EOFError:",
        "[Errno 2] ",
        "FileNotFoundError: [Errno 2] ",
    ];
    let text = text.trim();
    !text.contains('\n') && STARTS.iter().any(|start| text.starts_with(start))
}

/// As a terminal of that width breaks it, with the sides of a box.
fn wrapped(text: &str, width: usize) -> String {
    let line = |line: &str| {
        let letters: Vec<char> = line.chars().collect();
        let rows = letters.chunks(width).map(|row| row.iter().collect::<String>());
        rows.map(|row| format!("\u{1b}[31m│\u{1b}[0m {row}\r\n")).collect::<String>()
    };
    text.lines().map(line).collect()
}

#[test]
fn a_text_means_the_same_in_a_narrow_coloured_box() {
    let mut wrong = Vec::new();
    for text in texts() {
        let words = text.field("text").unwrap();
        let expected = text.field("cause").unwrap();
        for width in [37, 80] {
            let found = recognise(wrapped(words, width).as_bytes()).cause.code();
            if found != expected && !words.contains('\0') {
                wrong.push(format!("{}/{} at {width}: {found} instead of {expected}", text.client, text.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_text_means_the_same_at_the_end_of_a_long_log() {
    let log = "2026-11-22T09:14:51Z INFO wrote 17 rows to the table of orders\n".repeat(2_000);
    for text in texts().iter().filter(|text| !text.field("text").unwrap().contains('\0')) {
        let words = text.field("text").unwrap();
        let found = recognise(format!("{log}{words}").as_bytes()).cause.code();
        let expected = if is_bare(words) { "unknown" } else { text.field("cause").unwrap() };
        assert_eq!(found, expected, "{}/{}", text.client, text.name);
    }
}

#[test]
fn every_text_has_its_cause_and_the_names_in_it_are_found() {
    let texts = texts();
    let mut table: BTreeMap<(Cause, &str), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for text in &texts {
        let expected = Cause::of_code(text.field("cause").unwrap()).unwrap();
        let found = recognise(text.field("text").unwrap().as_bytes());
        *table.entry((expected, &text.client)).or_default() += 1;
        if found.cause != expected {
            wrong.push(format!(
                "{}/{}: {} instead of {} by {:?}",
                text.client,
                text.name,
                found.cause.code(),
                expected.code(),
                found.matched
            ));
        }
        let named = found.named;
        let names = [
            ("profile", named.profile),
            ("session", named.session),
            ("account", named.account),
            ("region", named.region),
            ("role", named.role),
        ];
        for (field, found) in names {
            let expected = text.field(field);
            if expected.is_some() && found.as_deref() != expected {
                wrong.push(format!("{}/{}: {field} {found:?} instead of {expected:?}", text.client, text.name));
            }
        }
    }
    let mut report = format!("{} texts\n", texts.len());
    for ((cause, client), count) in table {
        report += &format!("{:32} {client:12} {count}\n", cause.code());
    }
    io::stdout().write_all(report.as_bytes()).unwrap();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), texts.len(), wrong.join("\n"));
}

//! What boto3, the SDK for JavaScript and the SDK for Rust really make of the two files, compared with what Relight
//! says of them: over named files, one for each construct that some client reads differently, and over random ones.

mod cases;
mod odd;

use crate::setting::Result;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_runtime::env_config::section::EnvConfigSections;
use aws_types::os_shim_internal::{Env, Fs};
use relight_core::config::{Config, Environment, FileKind, Files, Keys, Merged};
use relight_core::ini::{Document, Trouble};
use relight_core::reading::{Reading, Refused, Sections, Value as Kept, Why, botocore, differences, js, rust};
use relight_tests::world::{World, run};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// One pair of files; none for one that is not there.
struct Case {
    name: String,
    config: Option<Vec<u8>>,
    credentials: Option<Vec<u8>>,
}

/// What the three clients say, by case.
struct Clients {
    botocore: Value,
    js: Value,
    rust: BTreeMap<String, Option<EnvConfigSections>>,
}

fn named() -> Vec<Case> {
    cases::parse(include_str!("../../clients/cases.txt"))
}

pub(crate) fn clients_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("clients")
}

/// Asks each client once for all of `cases`.
fn ask(world: &World, cases: &[Case]) -> Result<Clients> {
    let folder = world.home().join("cases");
    for case in cases {
        let of_case = folder.join(&case.name);
        fs::create_dir_all(&of_case)?;
        for (file, bytes) in [("config", &case.config), ("credentials", &case.credentials)] {
            if let Some(bytes) = bytes {
                fs::write(of_case.join(file), bytes)?;
            }
        }
    }
    let clients = clients_folder();
    let (botocore, js) = ask_python_and_node(world, &clients.join("read_all.py"), &clients.join("read_all.mjs"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let rust = cases.iter().map(|case| (case.name.clone(), runtime.block_on(sdk_for_rust(&folder.join(&case.name)))));
    Ok(Clients { botocore, js, rust: rust.collect() })
}

/// What the two scripts print of the folder `cases`.
pub(crate) fn ask_python_and_node(world: &World, of_python: &Path, of_node: &Path) -> Result<(Value, Value)> {
    let clients = clients_folder();
    let python = clients.join(".venv/bin/python");
    assert!(python.exists() && clients.join("node_modules").exists(), "real clients are missing: run './dev setup'");
    let node = env::var_os("PATH")
        .and_then(|path| env::split_paths(&path).map(|folder| folder.join("node")).find(|node| node.exists()))
        .ok_or("node is not installed")?;
    let asked = |program: PathBuf, script: &Path| -> Result<Value> {
        let printed = run(world.command(program).arg(script).arg(world.home().join("cases")))?;
        assert_eq!(printed.code, Some(0), "{}", printed.err);
        Ok(serde_json::from_str(&printed.out)?)
    };
    Ok((asked(python, of_python)?, asked(node, of_node)?))
}

/// None where it refuses.
async fn sdk_for_rust(folder: &Path) -> Option<EnvConfigSections> {
    // A file that is named but not there would be an error of its own, and so would be none at all.
    if !folder.join("config").exists() && !folder.join("credentials").exists() {
        return Some(EnvConfigSections::default());
    }
    let mut files = EnvConfigFiles::builder();
    for (kind, file) in [(EnvConfigFileKind::Config, "config"), (EnvConfigFileKind::Credentials, "credentials")] {
        if folder.join(file).exists() {
            files = files.with_file(kind, folder.join(file));
        }
    }
    let files = files.build();
    let source = aws_runtime::env_config::source::load(&Env::from_slice(&[]), &Fs::real(), &files).await.ok()?;
    EnvConfigSections::parse(source).ok()
}

fn files(case: &Case) -> Files {
    let document = |bytes: &Option<Vec<u8>>| Document::parse(bytes.as_deref().unwrap_or_default());
    Files { config: document(&case.config), credentials: document(&case.credentials), ..Files::default() }
}

#[test]
fn each_reader_reads_what_its_client_does() -> Result<()> {
    let number = |name: &str, usual: u64| env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seed, count) = (number("SEED", 1), number("COUNT", 400));
    let mut cases = named();
    let with_names = cases.len();
    cases.extend(odd::cases(seed, count));
    let clients = ask(&World::new()?, &cases)?;
    let mut refused = 0;
    for case in &cases {
        let (config, credentials) = (case.config.as_deref(), case.credentials.as_deref());
        let shown = || {
            let text = |bytes: Option<&[u8]>| bytes.unwrap_or_default().escape_ascii().to_string();
            format!("{}: {} | {}", case.name, text(config), text(credentials))
        };
        let (theirs, ours) = (&clients.botocore[&case.name], botocore_json(botocore::read(config, credentials)));
        assert_eq!(without_line_of_nested(ours), without_line_of_nested(theirs.clone()), "botocore, {}", shown());
        assert_eq!(reading_json(&js::read(config, credentials)), clients.js[&case.name], "JavaScript, {}", shown());
        refused += usize::from(!theirs["refused"].is_null());
        // It trims and cuts at white space that the reference does not know.
        let files = files(case);
        let documents = [&files.config, &files.credentials];
        let is_unusual =
            |document: &&Document| document.faults.iter().any(|fault| fault.trouble == Trouble::OddCharacter);
        if documents.iter().any(is_unusual) {
            continue;
        }
        let rust = rust::read(&files);
        let theirs = clients.rust.get(&case.name).and_then(Option::as_ref);
        assert_eq!(rust.is_some(), theirs.is_some(), "Rust, {}", shown());
        // Two spellings of one header are merged in the order of a hash: no two runs agree.
        let has_spellings = documents.iter().any(|document| document.sections.iter().any(|section| section.is_odd));
        if let (Some(ours), Some(theirs), false) = (rust, theirs, has_spellings) {
            assert!(is_what_rust_reads(&ours, theirs), "Rust, {}: {ours:?}", shown());
        }
    }
    println!(
        "{with_names} named and {count} random pairs of files (seed {seed}), read as boto3, JavaScript and Rust read them; boto3 refuses {refused}"
    );
    Ok(())
}

/// botocore's error about such a line names none.
fn without_line_of_nested(mut reading: Value) -> Value {
    if reading["refused"]["error"] == "ValueError" {
        reading["refused"]["line"] = Value::Null;
    }
    reading
}

/// It gives values by key only, so the keys are those that we see; names it lists, one for `[]` too.
fn is_what_rust_reads(ours: &Reading, theirs: &EnvConfigSections) -> bool {
    let same_names = ours.profiles.keys().map(String::as_str).collect::<BTreeSet<_>>()
        == theirs.profiles().filter(|name| !name.is_empty()).collect()
        && ours.sso_sessions.keys().map(String::as_str).collect::<BTreeSet<_>>() == theirs.sso_sessions().collect();
    let is_same = |keys: &BTreeMap<String, Kept>, get: &dyn Fn(&str) -> Option<String>| {
        keys.iter().all(|(key, value)| get(key).as_deref() == Some(text_of(value)))
    };
    same_names
        && ours
            .profiles
            .iter()
            .all(|(name, keys)| is_same(keys, &|key| Some(theirs.get_profile(name)?.get(key)?.to_owned())))
        && ours
            .sso_sessions
            .iter()
            .all(|(name, keys)| is_same(keys, &|key| Some(theirs.sso_session(name)?.get(key)?.to_owned())))
}

fn text_of(value: &Kept) -> &str {
    match value {
        Kept::Text(text) => text,
        Kept::Block(_) => "",
    }
}

#[test]
fn what_relight_prints_of_a_file_is_what_the_clients_do_with_it() -> Result<()> {
    let world = World::new()?;
    let cases = named();
    let clients = ask(&world, &cases)?;
    for case in &cases {
        let folder = world.home().join("cases").join(&case.name);
        let mut relight = world.program("relight")?;
        relight.args(["profiles", "--parsed", "--json", "--config"]).arg(folder.join("config"));
        let printed = run(relight.arg("--credentials").arg(folder.join("credentials")))?;
        let parsed: Value = serde_json::from_str(&printed.out)?;
        let verdicts = &parsed["verdicts"];
        let usual = flat(&parsed, |_, text| text.to_owned());
        for (client, theirs) in [("botocore", &clients.botocore[&case.name]), ("js", &clients.js[&case.name])] {
            let refused = &theirs["refused"];
            assert_eq!(verdicts[client].is_null(), refused.is_null(), "{client}, {}: {verdicts}", case.name);
            if refused["line"].is_number() {
                assert_eq!(verdicts[client]["line"], refused["line"], "{client}, {}", case.name);
                let file = verdicts[client]["file"].as_str().unwrap_or_default();
                assert!(file.ends_with(refused["file"].as_str().unwrap_or("?")), "{client}, {}: {file}", case.name);
            }
            if refused.is_null() {
                let mut read = usual.clone();
                apply(&mut read, &verdicts["differences"], client);
                assert_eq!(read, flat(theirs, masked), "{client}, {}", case.name);
            }
        }
        let rust = clients.rust.get(&case.name).and_then(Option::as_ref);
        // As above: white space that the reference does not know.
        let is_unusual =
            parsed["problems"].as_array().is_some_and(|all| all.iter().any(|one| one["code"] == "odd-character"));
        assert!(is_unusual || verdicts["rust"].is_null() == rust.is_some(), "rust, {}: {verdicts}", case.name);
    }
    println!("{} pairs of files: the verdicts are what boto3, JavaScript and Rust do with them", cases.len());
    Ok(())
}

#[test]
fn whatever_a_client_reads_differently_is_a_problem() {
    let mut cases = named();
    cases.extend(odd::cases(2, 3000));
    for case in cases {
        let files = files(&case);
        let config = Config::new(&files, &Environment::default());
        let refused = botocore::read(case.config.as_deref(), case.credentials.as_deref()).is_err();
        let differs = refused || rust::read(&files).is_none() || !differences(&files).is_empty();
        let shown = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| bytes.escape_ascii().to_string());
        assert!(
            !differs || !config.problems.is_empty(),
            "{}: {:?} {:?} {:?}",
            case.name,
            shown(&case.config),
            shown(&case.credentials),
            differences(&files)
        );
        let told = config.problems.iter().any(|problem| problem.message.starts_with("boto3"));
        assert!(!refused || told, "{}: that boto3 refuses it: {:?}", case.name, config.problems);
        let _: BTreeMap<&str, Keys<'_>> = Merged::new(&files).profiles;
    }
}

type Flat = BTreeMap<(String, String, String), String>;

/// Keys with values, by kind and name of their section. What JavaScript finds by its full name too is left out.
fn flat(reading: &Value, seen: impl Fn(&str, &str) -> String) -> Flat {
    let mut flat = Flat::new();
    let kinds = [("profile", "profiles"), ("sso-session", "sso_sessions"), ("services", "services")];
    for (kind, member) in kinds {
        for (name, keys) in reading[member].as_object().into_iter().flatten() {
            let is_twin = kinds.iter().any(|(other, member)| {
                let full = name.strip_prefix(other).and_then(|name| name.strip_prefix('.'));
                *other != "profile"
                    && kind == "profile"
                    && full.is_some_and(|name| reading[*member].get(name).is_some())
            });
            if is_twin {
                continue;
            }
            let mut add = |key: String, text: &str| {
                if !text.is_empty() {
                    flat.insert((kind.to_owned(), name.clone(), key), text.to_owned());
                }
            };
            for (key, value) in keys.as_object().into_iter().flatten() {
                match value {
                    Value::Object(block) => {
                        for (inner, text) in block {
                            add(format!("{key}.{inner}"), &seen(inner, text.as_str().unwrap_or_default()));
                        }
                    }
                    other => match other.as_str().unwrap_or_default().strip_prefix('\n') {
                        Some(block) => {
                            for (inner, text) in block.split('\n').filter_map(|line| line.split_once('=')) {
                                add(
                                    format!("{key}.{}", inner.trim_matches([' ', '\t'])),
                                    text.trim_matches([' ', '\t']),
                                );
                            }
                        }
                        None => add(key.clone(), &seen(key, other.as_str().unwrap_or_default())),
                    },
                }
            }
        }
    }
    flat
}

fn apply(read: &mut Flat, differences: &Value, client: &str) {
    for one in differences.as_array().into_iter().flatten().filter(|one| one["client"] == client) {
        let part = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        let at = (part("kind"), part("name"), part("key"));
        match one["reads"].as_str() {
            Some(text) => _ = read.insert(at, text.to_owned()),
            None => _ = read.remove(&at),
        }
    }
}

/// As Relight masks what may be secret; the files of the cases have nothing longer in such places.
fn masked(key: &str, text: &str) -> String {
    match key.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "aws_secret_access_key" | "aws_session_token" | "aws_security_token" => "…".to_owned(),
        "aws_access_key_id" => relight_core::secret::masked_key_id(text),
        _ => text.to_owned(),
    }
}

fn botocore_json(read: std::result::Result<Reading, Refused>) -> Value {
    match read {
        Ok(reading) => reading_json(&reading),
        Err(Refused { file, line, why }) => {
            let file = if file == FileKind::Config { "config" } else { "credentials" };
            let error = match why {
                Why::NotUtf8 => "UnicodeDecodeError",
                Why::NoHeader => "MissingSectionHeaderError",
                Why::DuplicateSection => "DuplicateSectionError",
                Why::DuplicateKey => "DuplicateOptionError",
                Why::NoEquals | Why::NoKey => "ParsingError",
                Why::NestedNoEquals => "ValueError",
            };
            let mut all = reading_json(&Reading::default());
            all["refused"] = json!({ "file": file, "line": line, "error": error });
            all
        }
    }
}

fn reading_json(reading: &Reading) -> Value {
    json!({
        "refused": null,
        "profiles": sections_json(&reading.profiles),
        "sso_sessions": sections_json(&reading.sso_sessions),
        "services": sections_json(&reading.services),
    })
}

fn sections_json(sections: &Sections) -> Value {
    let value = |value: &Kept| match value {
        Kept::Text(text) => Value::from(text.as_str()),
        Kept::Block(block) => block.iter().map(|(key, text)| (key.clone(), Value::from(text.as_str()))).collect(),
    };
    let section = |(name, keys): (&String, &BTreeMap<String, Kept>)| {
        (name.clone(), keys.iter().map(|(key, kept)| (key.clone(), value(kept))).collect::<Map<_, _>>().into())
    };
    Value::Object(sections.iter().map(section).collect())
}

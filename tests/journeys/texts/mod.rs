//! The texts of errors that `relight explain` is held to (tests/texts): that they are well-formed, and that real clients
//! say what is written there. `RELIGHT_TEXTS` asks them all, and writes what they say; otherwise each is asked about a few.

mod clients;
mod file;
mod situations;

use crate::setting::Result;
use clients::Client;
use file::{Text, causes, folder, read, write_gathered};
use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

/// What every client is asked about each time.
const A_FEW: [&str; 3] = ["no token file", "refresh refused", "profile not found"];

/// Texts with all that the client tells: its trace, or what it prints for programmers.
const IN_FULL: [&str; 8] = [
    "no token file",
    "refresh refused",
    "token file cut off",
    "token with a date in the old form",
    "token with a date without a zone",
    "portal takes the token no more",
    "base of a role over",
    "profile not found",
];

fn gather(client: Client) -> Result<()> {
    let Some(version) = client.version()? else {
        println!("{} is not installed: it was not asked", client.name());
        return Ok(());
    };
    let seen = format!("{version} against the fake");
    let all = env::var_os("RELIGHT_TEXTS").is_some();
    let mut texts = Vec::new();
    for situation in situations::all().filter(|situation| !situation.without.contains(&client)) {
        let traces = [false, true].into_iter().filter(|trace| match trace {
            false => !situation.only_in_full,
            true => all && client.has_traces() && IN_FULL.contains(&situation.name),
        });
        for trace in traces.filter(|_| all || A_FEW.contains(&situation.name)) {
            let said = client.hear(situation, trace)?;
            let name = format!("{}{}", situation.name, if trace { ", in full" } else { "" });
            // What it says of several things tells none of them apart: the first, and most general, is its meaning.
            if !said.trim().is_empty() && !texts.iter().any(|text: &Text| text.text == said) {
                texts.push(Text::of(situation, client, name, seen.clone(), said));
            }
        }
    }
    if all {
        return write_gathered(client, &texts);
    }
    let kept = read(&folder().join(format!("{}.toml", client.name())))?;
    if !kept.iter().any(|text| text.seen == seen) {
        println!("{version} is not the one whose texts are kept: it was not compared");
        return Ok(());
    }
    for text in texts {
        assert!(
            kept.contains(&text),
            "{} says something else now: gather anew (tests/texts/README.md): {text:#?}",
            client.name()
        );
    }
    Ok(())
}

#[test]
fn gather_from_boto3() -> Result<()> {
    gather(Client::Boto3)
}

#[test]
fn gather_from_the_aws_cli_v1() -> Result<()> {
    gather(Client::CliV1)
}

#[test]
fn gather_from_the_aws_cli_v2() -> Result<()> {
    gather(Client::CliV2)
}

#[test]
fn gather_from_the_sdk_for_javascript() -> Result<()> {
    gather(Client::Js)
}

#[test]
fn gather_from_the_sdk_for_rust() -> Result<()> {
    gather(Client::Rust)
}

#[test]
fn the_texts_are_well_formed() -> Result<()> {
    let (mut texts, mut near_misses, mut met) = (0, 0, BTreeMap::new());
    for entry in fs::read_dir(folder())? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (before, mut names) = (met.len(), BTreeSet::new());
        for text in read(&path)? {
            let place = format!("{file}: {}", text.name);
            assert!(causes().contains(&&*text.cause), "{place}: no such cause: {}", text.cause);
            assert!(!text.name.is_empty() && !text.seen.is_empty(), "{place}: says not where it is from");
            assert!(file == "near-misses" || text.cause != "unknown", "{place}: what is unknown is a near miss");
            for (what, word) in &text.found {
                assert!(text.text.contains(word), "{place}: its {what} is not in it");
            }
            assert!(names.insert(text.name.clone()), "{place}: a name twice");
            let meaning = (text.is_heard(), text.cause.clone());
            // Clients of one family say the same: it must mean the same, and counts once.
            if let Some(other) = met.insert(text.text, meaning.clone()) {
                assert!(meaning.0 && other == meaning, "{place}: the same text stands elsewhere");
            }
        }
        let count = if file == "near-misses" { &mut near_misses } else { &mut texts };
        *count += met.len() - before;
    }
    assert!(texts >= 150 && near_misses >= 40, "{texts} texts and {near_misses} near misses");
    let heard = met.values().filter(|(is_heard, _)| *is_heard).count();
    println!("{texts} texts, {heard} of them said by real clients here, and {near_misses} near misses");
    Ok(())
}

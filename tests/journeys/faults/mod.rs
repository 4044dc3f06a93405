//! The fault table: everything that can go wrong between Relight, its files and AWS, against the real program.

mod disk;
mod ending;
mod expected;
mod killed;
mod many;
mod revoked;
mod table;

use crate::reading::clients_folder;
use crate::setting::{Result, START_URL, in_minutes};
use relight_tests::fake_aws::{FakeAws, Grant};
use relight_tests::world::{Printed, World, token_file, token_text};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;

/// Runs `work` for each of `cases` on so many threads: most of a case is waiting. The results are in the order of the
/// cases.
fn beside_each_other<C: Sync, T: Send>(
    cases: &[C],
    threads: usize,
    work: impl Fn(&C) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let next = Mutex::new(0..cases.len());
    let results: Mutex<Vec<(usize, std::result::Result<T, String>)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads.min(cases.len()) {
            scope.spawn(|| {
                loop {
                    let number = next.lock().ok().and_then(|mut next| next.next());
                    let Some(number) = number else { break };
                    let result = work(&cases[number]).map_err(|error| error.to_string());
                    if let Ok(mut results) = results.lock() {
                        results.push((number, result));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().map_err(|_| "a case panicked")?;
    results.sort_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, result)| result).collect::<std::result::Result<_, _>>()?)
}

/// Gives this world a browser that opens what it is asked to, and follows where that leads.
fn follow_pages(world: &World) -> Result<()> {
    let python = clients_folder().join(".venv/bin/python");
    let opens = "import sys, urllib.request as r; r.build_opener(r.ProxyHandler({})).open(sys.argv[1]).read()";
    world.write("browser", format!("#!/bin/sh\nexec '{}' -c '{opens}' \"$1\"\n", python.display()))?;
    Ok(())
}

/// Where the token of `corp` is.
fn corp_file(world: &World) -> PathBuf {
    world.home().join(token_file("corp"))
}

/// Puts a token of `corp` there that has ended, or ends in `left` minutes, and can be renewed; gives the file's text.
fn renewable(world: &World, aws: &FakeAws, left: i64) -> Result<(Grant, String)> {
    let grant = aws.grant(START_URL);
    let text = token_text(&grant, in_minutes(left));
    world.replace(&token_file("corp"), &text)?;
    Ok((grant, text))
}

/// Everything that must be true of this machine after any fault: what was printed has no secret and no panic in it, the
/// token file is as it was or a whole new one, and nothing stands in the way of the next run.
fn unharmed(world: &World, aws: &FakeAws, printed: &Printed, before: Option<&str>) -> Result<()> {
    let said = format!("{}{}", printed.out, printed.err);
    if said.contains("panicked") || said.contains("RUST_BACKTRACE") {
        return Err(format!("a panic: {said}").into());
    }
    if let Some(secret) = aws.secrets().iter().find(|secret| said.contains(secret.as_str())) {
        return Err(format!("the secret {secret} in: {said}").into());
    }
    let after = fs::read_to_string(corp_file(world)).ok();
    if after.as_deref() != before
        && let Some(text) = &after
    {
        is_whole(text, aws).map_err(|error| format!("{error}: {text}"))?;
    }
    let attempts = fs::read_dir(world.home().join(".local/state/relight/attempts"));
    let left = attempts.into_iter().flatten().flatten().map(|entry| entry.file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().ends_with(".json")).collect();
    // Whoever is killed takes nothing back.
    if !left.is_empty() && printed.code.is_some() {
        return Err(format!("attempts are left: {left:?}").into());
    }
    Ok(())
}

/// Whether `text` is a whole token file, with a token that AWS gave out.
fn is_whole(text: &str, aws: &FakeAws) -> Result<()> {
    let token: Value = serde_json::from_str(text)?;
    let has = |field: &str| token[field].as_str().is_some_and(|text| !text.is_empty());
    let fields =
        ["startUrl", "region", "accessToken", "expiresAt", "clientId", "clientSecret", "registrationExpiresAt"];
    if let Some(field) = fields.into_iter().find(|field| !has(field)) {
        return Err(format!("{field} is missing").into());
    }
    let issued = aws.secrets();
    let is_issued = |field: &str| token[field].as_str().is_some_and(|text| issued.iter().any(|known| known == text));
    if is_issued("accessToken") { Ok(()) } else { Err("its access token was never issued".into()) }
}

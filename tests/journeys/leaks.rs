//! No output has a secret in it: not the JSON, not the words, not the log at its most verbose.

use crate::setting::{OLD, Result, START_URL, aws, in_minutes, world};
use relight_tests::fake_aws::{Fault, Operation};
use relight_tests::world::{token_file, token_text};
use std::fs;

const PLANTED: &str = "PLANTED-SECRET-VALUE";

#[test]
fn a_search_of_every_output_finds_no_secret() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    world.write(
        ".aws/credentials",
        format!("[temp]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = {PLANTED}\naws_session_token = {PLANTED}\naws_expiration = 2030-01-01T00:00:00Z\n"),
    )?;
    let mut outputs = Vec::new();
    let mut run = |words: &[&str]| -> Result<()> {
        let printed = world.relight(words)?;
        outputs.push((words.join(" "), printed.out + &printed.err));
        Ok(())
    };
    aws.auto_approve(true);
    run(&["login", "corp", "--flow", "device", "-vvv"])?;
    run(&["login", "old", "-vvv", "--json"])?;
    world.write(&token_file("corp"), token_text(&aws.grant(START_URL), in_minutes(5)))?;
    world.age(&token_file("corp"), OLD)?;
    run(&["refresh", "-vvv"])?;
    for words in [
        ["status", "-vvv"].as_slice(),
        &["status", "--json", "-vvv"],
        &["profiles", "--parsed", "--json"],
        &["profiles", "--parsed"],
        &["paths", "--json"],
    ] {
        run(words)?;
    }
    run(&["accounts", "corp", "-vvv"])?;
    run(&["accounts", "corp", "--add", "--yes", "--json", "-vvv"])?;
    let token: serde_json::Value = serde_json::from_str(&fs::read_to_string(world.home().join(token_file("corp")))?)?;
    let access_token = token["accessToken"].as_str().ok_or("no access token")?;
    aws.fault(Operation::ListAccounts, Fault::Refuse(format!("bad token {access_token}")).times(1));
    run(&["accounts", "corp", "-vvv"])?;
    // A server that says our secrets back to us.
    let token: serde_json::Value = serde_json::from_str(&fs::read_to_string(world.home().join(token_file("corp")))?)?;
    let refresh_token = token["refreshToken"].as_str().ok_or("no refresh token")?.to_owned();
    let client_secret = token["clientSecret"].as_str().ok_or("no client secret")?;
    world.age(&token_file("corp"), OLD)?;
    aws.fault(Operation::CreateToken, Fault::Refuse(format!("bad token {refresh_token} of {client_secret}")).times(1));
    run(&["refresh", "-vvv"])?;
    run(&["logout", "--all", "-vvv"])?;

    let state = walk(&world.state()?)?;
    outputs.extend(state);
    let secrets: Vec<_> = aws.secrets().into_iter().chain([PLANTED.to_owned()]).collect();
    assert!(secrets.len() > 8, "the model gave secrets out");
    for (what, text) in &outputs {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{what}: {secret}\n{text}");
        }
    }
    Ok(())
}

/// Every file below `folder`, as text.
pub(crate) fn walk(folder: &std::path::Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(walk(&path)?);
        } else {
            found.push((path.display().to_string(), String::from_utf8_lossy(&fs::read(&path)?).into_owned()));
        }
    }
    Ok(found)
}

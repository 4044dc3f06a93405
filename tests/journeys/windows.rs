//! What only Windows has, and the journey that docs/windows.md shows.

use crate::setting::{LEGACY_URL, LONG, OLD, Result, START_URL, approve_at, aws, config, signed_in, world};
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Printed, World, run, token_file};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Set, the transcript is written anew; unset, it must be as the document shows it.
const WRITE: &str = "RELIGHT_WRITE_TRANSCRIPT";
const BEGIN: &str = "<!-- made by the run: begin -->\n```text\n";
const END: &str = "```\n<!-- made by the run: end -->\n";

#[test]
fn from_signed_out_to_signed_in_and_out_again() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let mut transcript = String::new();
    let mut told = |words: &[&str], printed: Printed| {
        let code = printed.code.filter(|code| *code != 0).map(|code| format!("(exit code {code})\n"));
        let said = printed.err + &printed.out + &code.unwrap_or_default();
        let _ = write!(transcript, "> relight {}\n{}\n", words.join(" "), lasting(&said, &world, &aws));
    };
    let status = ["status"].as_slice();
    told(status, world.relight(status)?);
    let login = ["login", "corp", "--flow", "device"].as_slice();
    told(login, sign_in(&world, &aws, login)?);
    told(status, world.relight(status)?);
    for words in [
        ["check", "--profile", "dev", "--needs", "30m"].as_slice(),
        &["guard", "--profile", "dev", "--needs", "30m", "--", "cmd", "/c", "exit 7"],
        &["guard", "--profile", "dev", "--needs", "3h", "--", "cmd", "/c", "exit 7"],
        &["refresh", "corp"],
        &["paths"],
        &["logout", "corp"],
    ] {
        told(words, world.relight(words)?);
    }
    told(status, world.relight(status)?);
    is_documented(&transcript)
}

/// The person approves as soon as the page is there.
fn sign_in(world: &World, aws: &FakeAws, words: &[&str]) -> Result<Printed> {
    let login = world.start_relight(words)?;
    aws.wait_for(Operation::CreateToken, 1, LONG)?;
    approve_at(&world.wait_for_page(1)?)?;
    Ok(login.end()?)
}

/// `said` without what is another one in each run.
fn lasting(said: &str, world: &World, aws: &FakeAws) -> String {
    let said =
        said.replace(&world.home().display().to_string(), r"C:\Users\me").replace(aws.url(), "http://127.0.0.1:PORT");
    let words = said.split_inclusive(char::is_whitespace).map(|word| {
        let plain = word.trim_end().trim_end_matches(['.', ',']);
        let is_code = plain.len() == 9
            && plain.split('-').count() == 2
            && plain.chars().all(|c| c == '-' || c.is_ascii_uppercase());
        let is_time = plain.len() == 5 && plain.split(':').all(|part| part.len() == 2 && part.parse::<u8>().is_ok());
        match () {
            () if is_code => word.replace(plain, "WXYZ-WXYZ"),
            () if is_time => word.replace(plain, "14:30"),
            () => match word.split_once("user_code=") {
                Some((page, code)) => format!("{page}user_code=WXYZ-WXYZ{}", &code[code.trim_end().len()..]),
                None => word.to_owned(),
            },
        }
    });
    words.collect::<String>().replace("58 min", "59 min")
}

fn is_documented(transcript: &str) -> Result<()> {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/windows.md");
    let text = fs::read_to_string(&document)?;
    let (before, rest) = text.split_once(BEGIN).ok_or("docs/windows.md has no place for the transcript")?;
    let (shown, after) = rest.split_once(END).ok_or("docs/windows.md has no end of the transcript")?;
    if std::env::var_os(WRITE).is_some() {
        fs::write(&document, format!("{before}{BEGIN}{transcript}{END}{after}"))?;
    } else {
        assert_eq!(shown, transcript, "docs/windows.md shows another run: set {WRITE}=1 to write this one");
    }
    Ok(())
}

#[test]
fn a_home_of_git_bash_is_read_too_and_written_to_with_the_persons_word() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    world.write(r"bash\.aws\config", config(&aws))?;
    let bash = world.home().join("bash");
    let relight = |words: &[&str]| run(world.program("relight")?.args(words).env("HOME", &bash));
    let paths: Value = serde_json::from_str(&relight(&["paths", "--json"])?.out)?;
    assert_eq!(paths["home"], json!(bash));
    assert_eq!(paths["other_homes"][0]["home"], json!(world.home()));
    assert_eq!(paths["other_homes"][0]["clients"], json!(["AWS CLI", "boto3", "SDK for Go"]));

    // The AWS CLI's own sign-in counts, and stays where it is.
    signed_in(&world, &aws, START_URL, "corp", 3)?;
    world.age(&token_file("corp"), OLD)?;
    let status: Value = serde_json::from_str(&relight(&["status", "--json"])?.out)?;
    let corp = &status["sessions"][0];
    assert_eq!((&corp["name"], &corp["state"]), (&json!("corp"), &json!("valid")), "{status}");
    assert_eq!(corp["problems"][0]["code"], "token-in-one-home", "{status}");

    world.write(r"AppData\Roaming\relight\settings.toml", "both_homes = true\n")?;
    let refreshed = relight(&["refresh", "corp"])?;
    assert_eq!(refreshed.code, Some(0), "{refreshed:?}");
    let [own, other] = [world.home(), &bash].map(|home| fs::read(home.join(token_file("corp"))));
    assert_eq!(own?, other?);
    assert_eq!(relight(&["logout", "corp"])?.code, Some(0));
    assert!([world.home(), &bash].into_iter().all(|home| !home.join(token_file("corp")).exists()));
    Ok(())
}

#[test]
fn credentials_are_set_in_the_command_prompt() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    let commands = world.relight(&["credentials", "dev", "--format", "cmd"])?.out;
    let batch = world.write("set.bat", format!("@echo off\r\n{commands}echo %AWS_ACCESS_KEY_ID%\r\n"))?;
    let printed = run(world.command("cmd").args(["/d", "/c"]).arg(batch))?;
    assert!(printed.out.starts_with("ASIA"), "{printed:?}");
    Ok(())
}

#[test]
fn a_config_of_windows_line_ends_keeps_them() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let config: String = config(&aws).replace('\n', "\r\n");
    world.write(".aws/config", &config)?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 60)?;
    assert_eq!(world.relight(&["accounts", "corp", "--add", "--yes"])?.code, Some(0));
    let after = fs::read_to_string(world.home().join(".aws/config"))?;
    let added = after.strip_prefix(&config).ok_or("what was there is as it was")?;
    assert!(!added.is_empty() && added.matches('\n').count() == added.matches("\r\n").count(), "{added:?}");
    Ok(())
}

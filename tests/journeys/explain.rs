//! `relight explain`, as words, as a file and through a pipe.

use crate::setting::Result;
use relight_tests::world::{Printed, World, run};
use serde_json::Value;
use std::fs::File;

const OVER: &str = "Error when retrieving token from sso: Token has expired and refresh failed";

fn piped(world: &World, text: &[u8], words: &[&str]) -> Result<Printed> {
    let file = world.write("error.txt", text)?;
    let mut command = world.program("relight")?;
    Ok(run(command.args(words).stdin(File::open(file)?))?)
}

#[test]
fn a_text_is_told_by_words_by_a_dash_and_by_a_pipe() -> Result<()> {
    let world = World::new()?;
    let by_words = world.relight(&["explain", OVER, "--json"])?;
    assert_eq!(by_words.code, Some(0), "{by_words:?}");
    let answer: Value = serde_json::from_str(&by_words.out)?;
    assert_eq!(answer["version"], 1);
    assert_eq!(answer["cause"], "sso-session-expired");
    assert_eq!(answer["login_helps"], true);
    for words in [&["explain", "--json"][..], &["explain", "-", "--json"]] {
        assert_eq!(piped(&world, OVER.as_bytes(), words)?.out, by_words.out);
    }
    let human = piped(&world, format!("\u{1b}[31m{OVER}\u{1b}[0m\r\n").as_bytes(), &["explain"])?;
    assert!(human.out.starts_with("The Identity Center session has ended\n"), "{human:?}");
    Ok(())
}

#[test]
fn what_is_not_known_ends_with_1() -> Result<()> {
    let world = World::new()?;
    let printed = piped(&world, b"make: *** [all] Error 2 \xff\0", &["explain", "--json"])?;
    assert_eq!(printed.code, Some(1), "{printed:?}");
    assert_eq!(serde_json::from_str::<Value>(&printed.out)?["cause"], "unknown");
    Ok(())
}

#[test]
fn nothing_is_no_text() -> Result<()> {
    let world = World::new()?;
    assert_eq!(piped(&world, b" \n", &["explain"])?.code, Some(2));
    assert_eq!(world.relight(&["explain", ""])?.code, Some(2));
    Ok(())
}

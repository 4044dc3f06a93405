//! How long sessions last, learned by one process and shown by another.

use crate::setting::{Result, START_URL, aws, world};
use relight_tests::world::World;
use serde_json::{Value, json};
use std::fs;

fn history(world: &World) -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(world.state()?.join("history.json"))?)?)
}

#[test]
fn a_sign_in_after_a_sign_out_of_another_process_starts_a_full_session() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    let login = ["login", "corp", "--flow", "device"].as_slice();
    for words in [login, &["logout", "corp"], login, &["refresh", "corp"]] {
        assert_eq!(world.relight(words)?.code, Some(0), "{words:?}");
    }
    let mut history = history(&world)?;
    let sessions = history["learned"][START_URL]["sessions"].as_array_mut().ok_or("no sessions")?;
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0]["earliest"], Value::Null, "it may have joined an older one");
    let start = sessions[1]["earliest"].as_i64().ok_or("not known to be full")?;
    assert_eq!(sessions[1]["latest"], start);
    let shown = |world: &World| -> Result<Value> {
        let status: Value = serde_json::from_str(&world.relight(&["status", "--json"])?.out)?;
        Ok(status["sessions"][0].clone())
    };
    assert_eq!(shown(&world)?["ends_basis"], "unknown");

    // As if one had lasted 7:58, and had been over after 8 hours.
    let before = start - 100_000;
    let (lasted, over) = (before + 28_680, before + 28_800);
    let past = json!({ "file": sessions[1]["file"], "earliest": before, "latest": before, "accepted": lasted, "refused": over, "token": over, "over": true });
    sessions.insert(1, past);
    fs::write(world.state()?.join("history.json"), history.to_string())?;
    let session = shown(&world)?;
    assert_eq!((&session["ends_basis"], &session["state"]), (&json!("learned"), &json!("valid")));
    let end = jiff::Timestamp::from_second(start + 28_680)?;
    assert_eq!(session["ends_at"], end.to_string());
    let status = world.relight(&["status"])?.out;
    assert!(
        status.contains("7 h 57 min left, until about ") && status.contains(" (learned), renews itself"),
        "{status}"
    );
    Ok(())
}

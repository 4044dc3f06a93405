//! A token that AWS took no more before its end: every process knows it from the state folder.

use super::renewable;
use crate::setting::{Result, aws, world};
use relight_tests::world::token_file;
use serde_json::{Value, json};

#[test]
fn a_revoked_token_is_shown_so_by_every_process_until_there_is_a_new_one() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (_, text) = renewable(&world, &aws, 50)?;
    let token: Value = serde_json::from_str(&text)?;
    let end: jiff::Timestamp = token["expiresAt"].as_str().ok_or("no end")?.parse()?;
    let file = token_file("corp").replace(".aws/sso/cache/", "");
    let revoked = json!({ &file: { "end": end.as_second(), "at": jiff::Timestamp::now().as_second() } });
    let refused = json!({ &file: end.as_second() });
    let session = |refused: &Value| -> Result<Value> {
        let history = json!({ "version": 1, "refused": refused, "revoked": revoked });
        world.write(".local/state/relight/history.json", history.to_string())?;
        let view: Value = serde_json::from_str(&world.relight(&["status", "--json"])?.out)?;
        Ok(view["sessions"][0].clone())
    };
    for (refused, state) in [(json!({}), "stale"), (refused, "expired")] {
        let session = session(&refused)?;
        assert_eq!((&session["state"], &session["problems"][0]["code"]), (&state.into(), &"sso-token-revoked".into()));
    }
    renewable(&world, &aws, 49)?;
    assert_eq!(session(&json!({}))?["state"], "valid");
    Ok(())
}

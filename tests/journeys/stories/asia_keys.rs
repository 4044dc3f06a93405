//! Temporary keys from the access portal, pasted without their third line.

use super::{Story, part};
use crate::setting::Result;
use std::fs;

const ASKS: &str = "AWS_PROFILE=pasted $PYTHON $CLIENTS/role_credentials.py pasted 2>&1 | tail -1";

#[test]
fn the_third_line_is_missing() -> Result<()> {
    let story = Story::signed_in()?.with("AWS_PROFILE", "pasted");
    story.also("[profile pasted]\nregion = us-east-1\n")?;
    let [id, secret, token] = story.copied_keys()?;
    let credentials = format!("[pasted]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
    let file = story.world.write(".aws/credentials", &credentials)?;

    let said = story.says(ASKS)?;
    insta::assert_snapshot!(story.explained(&said)?, @"
    AWS does not know this key
      The security token included in the request is invalid.
      profile pasted · account 111122223333 · region us-east-1 · said by boto3 and the AWS CLI

    AWS found no such access key. There are four reasons: the key was deleted or deactivated; it is a temporary key (ASIA…) without its session token; it belongs to another partition (China, GovCloud); or the region is not enabled for the account. The text names no profile; 'pasted' is the one that the environment selects.

    On this machine
      ~/.aws/credentials:2: This is a temporary key (ASIA…) without its aws_session_token: AWS refuses it

    What to do
      1. Copy all three values: aws_access_key_id, aws_secret_access_key and aws_session_token
      2. Make the keys of 'pasted' anew

    Signing in does not help.
    ");
    assert!(story.doctor()?.contains("~/.aws/credentials:2: "));
    fs::write(&file, format!("{credentials}aws_session_token = {token}\n"))?;

    assert_eq!(story.says(ASKS)?, "ASIA 111122223333\n");
    let explained = story.explained(&said)?;
    assert!(!part(&explained, "On this machine").contains("credentials:"), "{explained}");
    assert!(story.doctor()?.starts_with("Nothing is wrong.\n"));
    Ok(())
}

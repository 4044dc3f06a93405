//! Keys of last month in the credentials file, under the name of a profile that signs in by now.

use super::Story;
use crate::doctor::at_a_terminal;
use crate::setting::{Result, START_URL, signed_in};
use std::fs;
use std::time::Duration;

const ASKS: &str = "AWS_PROFILE=dev $NODE $CLIENTS/assume_role.mjs 2>/dev/null";

#[test]
fn a_section_of_old_keys_goes_and_the_session_gives_credentials() -> Result<()> {
    let story = Story::signed_in()?.with("AWS_PROFILE", "dev");
    let [id, secret, token] = story.copied_keys()?;
    let credentials = format!(
        "[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = DUMMY\n\n\
         [dev]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\naws_session_token = {token}\n"
    );
    story.world.write(".aws/credentials", credentials)?;
    story.aws.advance(Duration::from_secs(2 * 3600));
    signed_in(&story.world, &story.aws, START_URL, "corp", 50)?;

    let said = story.says(ASKS)?;
    insta::assert_snapshot!(story.explained(&said)?, @"
    Temporary credentials have ended
      The security token included in the request is expired
      profile dev · session corp · account 111122223333 · role ReadOnly · region us-east-1

    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew. The session is not over, so the program uses credentials that it got before. The text names no profile; 'dev' is the one that the environment selects.

    On this machine
      ~/.aws/credentials:6: Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK)
      ~/.aws/config:5: 'dev' gets its credentials from 'corp': 49 min left, renews itself

    What to do
      1. Remove the key that hides what 'dev' is for
           relight doctor --fix
      2. Run the program again; restart one that runs all the time

    Signing in does not help.
    ");
    let fixed = at_a_terminal(&story.world, "doctor --fix --profile dev", "y\ny\ny\n")?;
    assert!(fixed.contains("Remove the key that hides what 'dev' is for? [y/N]"), "{fixed}");
    let left = fs::read_to_string(story.world.home().join(".aws/credentials"))?;
    assert!(left.starts_with("[other]\n") && !left.contains("[dev]"), "{left}");

    assert_eq!(story.says(ASKS)?, "444455556666\n");
    let explained = story.explained(&said)?;
    assert!(!explained.contains("~/.aws/credentials"), "{explained}");
    assert!(!story.doctor()?.contains("~/.aws/credentials"));
    Ok(())
}

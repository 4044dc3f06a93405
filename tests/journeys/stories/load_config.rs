//! An old SDK reads the credentials file alone, and the profile is in the config file.

use super::{Story, part};
use crate::setting::Result;

/// As the SDK for JavaScript 2 says it, which nothing here is built on.
const SAID: &str = "Error: Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1";

#[test]
fn a_variable_lets_the_old_sdk_read_the_config_file() -> Result<()> {
    let story = Story::signed_in()?.with("AWS_PROFILE", "dev");
    let package = "{\n  \"dependencies\": {\n    \"aws-sdk\": \"^2.1692.0\"\n  }\n}\n";
    story.world.write("project/package.json", package)?;
    insta::assert_snapshot!(story.explained(SAID)?, @"
    An older SDK did not read ~/.aws/config
      set AWS_SDK_LOAD_CONFIG=1
      profile dev · session corp · account 111122223333 · role ReadOnly · region us-east-1 · said by the AWS SDK for JavaScript

    The SDKs for Go (version 1) and JavaScript (version 2) read only ~/.aws/credentials unless AWS_SDK_LOAD_CONFIG is set, so profiles of the config file are not there for them. The text names no profile; 'dev' is the one that the environment selects.

    On this machine
      ~/.aws/config:5: 'dev' is in the config file alone
      ~/project/package.json:3: This project uses the AWS SDK for JavaScript v2, which does not read the config file while AWS_SDK_LOAD_CONFIG is not set

    What to do
      1. Set AWS_SDK_LOAD_CONFIG
           export AWS_SDK_LOAD_CONFIG=1
      2. Update the program: newer SDKs read both files

    Signing in does not help.

    Also in the text
      The program found no credentials
          Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1
    ");
    assert!(story.doctor()?.contains("~/project/package.json:3: This project uses"));
    let cure = story.first_command(SAID)?;
    assert_eq!(story.says(&format!("{cure}; echo $AWS_SDK_LOAD_CONFIG"))?, "1\n");

    let story = story.with("AWS_SDK_LOAD_CONFIG", "1");
    assert_eq!(story.says("$PYTHON $CLIENTS/role_credentials.py dev")?, "ASIA 111122223333\n");
    let explained = story.explained(SAID)?;
    assert!(!part(&explained, "On this machine").contains("package.json"), "{explained}");
    assert!(explained.contains("AWS_SDK_LOAD_CONFIG is set here now"), "{explained}");
    assert!(story.doctor()?.starts_with("Nothing is wrong.\n"));
    Ok(())
}

//! The CDK looked a project up in one account, and the profile is of another.

use super::Story;
use crate::setting::Result;

/// As the CDK says it, which is not installed here.
const SAID: &str = "[Error at /Api] Need to perform AWS calls for account 444455556666, but the current credentials are for 111122223333";
const LOOKED_UP: &str = "{\n  \"vpc-provider:account=444455556666:filter.vpc-id=vpc-1:region=us-east-1\": {}\n}\n";

#[test]
fn the_file_of_the_lookups_names_the_account_and_the_profile_of_it_works() -> Result<()> {
    let story = Story::signed_in()?.with("AWS_PROFILE", "dev");
    story.also(
        "[profile data]\nsso_session = corp\nsso_account_id = 444455556666\nsso_role_name = Administrator\nregion = us-east-1\n",
    )?;
    story.world.write("project/cdk.context.json", LOOKED_UP)?;
    insta::assert_snapshot!(story.explained(SAID)?, @"
    The credentials are for another account
      Need to perform AWS calls for account 444455556666, but the current credentials are for 111122223333
      profile dev · session corp · account 444455556666 · region us-east-1 · said by the CDK

    The program is to work in one account, and the credentials in use belong to another. The text names no profile; 'dev' is the one that the environment selects.

    On this machine
      ~/project/cdk.context.json:2: The CDK looked things up for this project in account 444455556666, but 'dev' is for account 111122223333

    What to do
      1. Use the profile 'data'
           export AWS_PROFILE=data
      2. Forget what was looked up
           cdk context --clear

    Signing in does not help.
    ");
    assert!(story.doctor()?.contains("~/project/cdk.context.json:2: The CDK looked things up"));
    let cure = story.first_command(SAID)?;
    assert_eq!(cure, "export AWS_PROFILE=data");

    let asks = format!("{cure}; $PYTHON $CLIENTS/role_credentials.py $AWS_PROFILE");
    assert_eq!(story.says(&asks)?, "ASIA 444455556666\n");
    let story = story.with("AWS_PROFILE", "data");
    let explained = story.explained(SAID)?;
    assert!(!explained.contains("cdk.context.json"), "{explained}");
    assert!(story.doctor()?.starts_with("Nothing is wrong.\n"));
    Ok(())
}

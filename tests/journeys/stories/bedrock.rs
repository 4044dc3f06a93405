//! A bearer key of Bedrock from last week, in a variable that beats the session of today.

use super::Story;
use crate::setting::{Result, in_minutes};
use relight_tests::fake_aws::Network;

const ASKS: &str = "$PYTHON $CLIENTS/converse.py";

/// A short-term key that was made for an hour.
fn key(minutes_ago: i64) -> String {
    let begin = in_minutes(-minutes_ago).strftime("%Y%m%dT%H%M%SZ");
    let address = format!(
        "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20261122%2Fus-east-1%2Fbedrock%2Faws4_request\
         &X-Amz-Date={begin}&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=0&Version=1"
    );
    format!("bedrock-api-key-{}", data_encoding::BASE64.encode(address.as_bytes()))
}

#[test]
fn the_variable_goes_and_the_profile_counts() -> Result<()> {
    // The key goes only over TLS.
    let stale = Story::signed_in()?.with("AWS_PROFILE", "dev").with("AWS_BEARER_TOKEN_BEDROCK", &key(200));
    let network = Network::before(&stale.aws, &[])?;
    let authority = stale.world.write("authority.pem", network.authority())?.display().to_string();
    let stale = stale
        .with("AWS_ENDPOINT_URL", &network.url())
        .with("AWS_CA_BUNDLE", &authority)
        .with("NODE_EXTRA_CA_CERTS", &authority)
        .with("NO_PROXY", "localhost");
    let good = format!("AWS_BEARER_TOKEN_BEDROCK={} {ASKS}", key(10));
    assert_eq!(stale.says(&good)?, "Hello.\n", "a key that is not over works");
    let said = stale.says(ASKS)?;
    insta::assert_snapshot!(stale.explained(&said)?, @"
    The Bedrock API key does not work
      Bearer Token has expired
      profile dev · session corp · account 111122223333 · role ReadOnly · region us-east-1 · said by boto3 and the AWS CLI

    The program has a Bedrock API key, mostly from AWS_BEARER_TOKEN_BEDROCK: for Bedrock it beats every profile, while everything else works with the profile. This key is wrong, over, or not allowed to do this. The text names no profile; 'dev' is the one that the environment selects.

    On this machine
      AWS_BEARER_TOKEN_BEDROCK is a short-term key for us-east-1 that ended 2 h 20 min ago: Bedrock refuses every call. Bedrock takes it instead of 'dev'; everything else does not

    What to do
      1. Unset AWS_BEARER_TOKEN_BEDROCK
           unset AWS_BEARER_TOKEN_BEDROCK
      2. Or make a new Bedrock API key, and set it whole

    Signing in does not help.

    Also in the text
      This identity may not do that
          (AccessDeniedException) when calling the Converse operation: Bearer Token has expired
    ");
    assert!(
        stale
            .doctor()?
            .contains("AWS_BEARER_TOKEN_BEDROCK is a short-term key for us-east-1 that ended 2 h 20 min ago")
    );
    let cure = stale.first_command(&said)?;
    assert_eq!(stale.says(&format!("{cure}; {ASKS}"))?, "Hello.\n");

    let story = stale.without("AWS_BEARER_TOKEN_BEDROCK");
    let explained = story.explained(&said)?;
    assert!(explained.contains("AWS_BEARER_TOKEN_BEDROCK is not set here"), "{explained}");
    assert!(story.doctor()?.starts_with("Nothing is wrong.\n"));
    Ok(())
}

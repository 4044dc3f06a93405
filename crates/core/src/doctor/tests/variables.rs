//! Variables with a slip, and addresses that stand in AWS's place.

use super::{Machine, SSO, config, signed_in};
use alloc::format;
use alloc::vec::Vec;

#[test]
fn a_variable_with_a_slip_is_told_and_its_value_is_not() {
    let said = [
        signed_in(config(SSO)).with("AWS_DEFAULT_REGON", "us-east-1"),
        config("").with("AWS_SECRET_ACCES_KEY", "hunter2").with("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
    ];
    let said: Vec<_> = said.into_iter().map(Machine::said).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @r#"
    Warning variable-mistyped AWS_DEFAULT_REGON is set, which is no variable that AWS's clients know: they pass over it. Did you mean AWS_DEFAULT_REGION?
      * Set AWS_DEFAULT_REGION instead of AWS_DEFAULT_REGON: export AWS_DEFAULT_REGION="$AWS_DEFAULT_REGON"; unset AWS_DEFAULT_REGON
    ---
    Error partial-credentials AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not. Set both, or unset AWS_ACCESS_KEY_ID.
      * Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    Warning variable-mistyped AWS_SECRET_ACCES_KEY is set, which is no variable that AWS's clients know: they pass over it. Did you mean AWS_SECRET_ACCESS_KEY?
      * Set AWS_SECRET_ACCESS_KEY instead of AWS_SECRET_ACCES_KEY: export AWS_SECRET_ACCESS_KEY="$AWS_SECRET_ACCES_KEY"; unset AWS_SECRET_ACCES_KEY
    "#);
}

const LOCAL: &str = "[profile a]\nendpoint_url = http://localhost:4566\nregion = x\n[profile b]\nendpoint_url = http://localhost:4566/x\n";

#[test]
fn addresses_in_place_of_aws_are_told() {
    let said = [
        signed_in(config(SSO)).with("AWS_ENDPOINT_URL", "http://localhost:4566"),
        signed_in(config(SSO)).with("AWS_ENDPOINT_URL_S3", "https://me:hunter2@gateway.example/x"),
        signed_in(config(SSO)).with("AWS_ENDPOINT_URL_STS", "https://vpce-1.sts.us-east-1.vpce.amazonaws.com"),
        signed_in(config(SSO)).with("AWS_ENDPOINT_URL_S3", "localhost:4566"),
        signed_in(config(&format!("{SSO}endpoint_url = http://localhost:4566\n"))),
        signed_in(config(&format!("{SSO}{LOCAL}"))),
        signed_in(config(&format!("{SSO}{LOCAL}"))).around(|around| around.profile = Some("b".into())),
        signed_in(config(&format!("{SSO}{LOCAL}"))).around(|around| around.profile = Some("dev".into())),
        signed_in(config(&format!(
            "{SSO}services = x\n[services x]\ns3 =\n  endpoint_url = https://gateway.example\ndynamodb =\n  other = x\n"
        ))),
    ];
    let said: Vec<_> = said.into_iter().map(Machine::said).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @"
    Info endpoint-elsewhere AWS_ENDPOINT_URL sends every call to localhost:4566 instead of to AWS. Unset it to call AWS.
      * Unset AWS_ENDPOINT_URL: unset AWS_ENDPOINT_URL
    ---
    Warning endpoint-elsewhere AWS_ENDPOINT_URL_S3 sends the calls of s3 to gateway.example instead of to AWS. Unset it to call AWS.
      * Unset AWS_ENDPOINT_URL_S3: unset AWS_ENDPOINT_URL_S3
    ---
    Info endpoint-elsewhere AWS_ENDPOINT_URL_STS sends the calls of sts to vpce-1.sts.us-east-1.vpce.amazonaws.com, instead of where AWS's clients send them. Unset it if you did not mean that.
      * Unset AWS_ENDPOINT_URL_STS: unset AWS_ENDPOINT_URL_STS
    ---
    Error endpoint-not-a-web-address AWS_ENDPOINT_URL_S3 is no web address: the calls that it is for fail. Correct it, or remove it: it begins with https:// or http://.
      * Unset AWS_ENDPOINT_URL_S3: unset AWS_ENDPOINT_URL_S3
    ---
    Info endpoint-elsewhere ~/.aws/config:9 endpoint_url of [profile dev] sends calls to localhost:4566 instead of to AWS. Remove it to call AWS.
    ---
    Warning region-mistyped ~/.aws/config:11 region = x in [profile a] is no region of AWS. Correct it.
      | region = x
    Info endpoint-elsewhere ~/.aws/config:10 endpoint_url of [profile a] (and 1 more) sends calls to localhost:4566 instead of to AWS. Remove it to call AWS.
    ---
    Info endpoint-elsewhere ~/.aws/config:13 endpoint_url of [profile b] sends calls to localhost:4566 instead of to AWS. Remove it to call AWS.
    ---

    ---
    Warning endpoint-elsewhere ~/.aws/config:11 endpoint_url for s3 of [services x] sends calls to gateway.example instead of to AWS. Remove it to call AWS.
    ");
    let ignored = config(&format!("{SSO}endpoint_url = http://localhost:4566\n"));
    let ignored =
        ignored.with("AWS_ENDPOINT_URL", "http://localhost").with("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    assert_eq!(signed_in(ignored).said(), "");
    let ignored = format!("{SSO}endpoint_url = http://localhost:4566\nignore_configured_endpoint_urls = true\n");
    assert_eq!(signed_in(config(&ignored)).said(), "");
}

#[test]
fn an_address_that_none_can_call_is_told_once() {
    let said = signed_in(config(SSO)).with("AWS_ENDPOINT_URL", "localhost:4566").said();
    insta::assert_snapshot!(said, @"Error endpoint-not-a-web-address The endpoint that the sign-in to corp is sent to is not a web address. Correct endpoint_url, or AWS_ENDPOINT_URL in the environment: it begins with https:// or http://.");
}

//! Slips of the keyboard: keys, values, regions and what comes of them.

use super::{Machine, SSO, config, signed_in, token};
use crate::doctor::Surroundings;
use alloc::format;
use alloc::vec::Vec;

#[test]
fn regions_are_missing_or_mistyped() {
    let two = "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = R\n";
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{two}"))).said(), @"Info missing-region Without a region: default. Name one with --region, or add it to the profile.");
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{two}"))).with("AWS_PROFILE", "default").said(), @"
    Warning missing-region ~/.aws/config:9 The profile 'default' has no region, and no variable names one: most services cannot be called. Add region to the profile, or set AWS_REGION and AWS_DEFAULT_REGION.
      * Write region = us-east-1 for 'default', as all others have it
          [default]
        + region = us-east-1
    ");
    insta::assert_snapshot!(signed_in(config(SSO)).with("AWS_REGION", "eu-west-1").said(), @"
    Info region-not-for-all AWS_REGION is eu-west-1, and AWS_DEFAULT_REGION is not set: boto3 takes the profile's us-east-1. Set both, or neither.
      * Set AWS_DEFAULT_REGION to eu-west-1, too: export AWS_DEFAULT_REGION=eu-west-1
    ");
    insta::assert_snapshot!(signed_in(config(SSO)).with("AWS_REGION", "eu-west-1").with("AWS_DEFAULT_REGION", "us-east-1").said(), @"Warning region-not-for-all AWS_REGION is eu-west-1 and AWS_DEFAULT_REGION is us-east-1: boto3 uses us-east-1, the AWS CLI v2 and the other SDKs eu-west-1. Set both to the same region, or unset one.");
    insta::assert_snapshot!(signed_in(config(&SSO.replace("us-east-1", "us-esat-1"))).said(), @"
    Warning sso-region-mistyped ~/.aws/config:3 sso_region = us-esat-1 in [sso-session corp] is no region of AWS. Did you mean us-east-1?
      | sso_region = us-esat-1
      * Write sso_region = us-east-1 in [sso-session corp]
          [sso-session corp]
        - sso_region = us-esat-1
        + sso_region = us-east-1
    Warning region-mistyped ~/.aws/config:8 region = us-esat-1 in [profile dev] is no region of AWS. Did you mean us-east-1?
      | region = us-esat-1
      * Write region = us-east-1 in [profile dev]
          [profile dev]
        - region = us-esat-1
        + region = us-east-1
    ");
}

#[test]
fn regions_of_variables_and_in_quotes_are_judged_too() {
    let said = [
        signed_in(config(SSO)).with("AWS_REGION", "us-esat-1"),
        signed_in(config(SSO)).with("AWS_DEFAULT_REGION", "nowhere"),
        signed_in(config(&SSO.replace("\nregion = us-east-1", "\nregion = \"us-east-1\""))),
    ];
    let said: Vec<_> = said.into_iter().map(Machine::said).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @r#"
    Warning region-mistyped AWS_REGION is us-esat-1, which is no region of AWS. Did you mean us-east-1?
      * Set AWS_REGION to us-east-1: export AWS_REGION=us-east-1
    ---
    Warning region-mistyped AWS_DEFAULT_REGION is nowhere, which is no region of AWS. Correct it, or unset it.
      * Unset AWS_DEFAULT_REGION: unset AWS_DEFAULT_REGION
    ---
    Warning region-mistyped ~/.aws/config:8 region = "us-east-1" in [profile dev] stands in quotes, which every client takes for a part of it. Remove the quotes.
      | region = "us-east-1"
      * Write region = us-east-1 in [profile dev]
          [profile dev]
        - region = "us-east-1"
        + region = us-east-1
    "#);
}

#[test]
fn a_region_in_quotes_is_no_other_region() {
    let other = "[profile b]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = dev\n";
    let text = format!("{}{other}", SSO.replace("\nregion = us-east-1", "\nregion = \"us-east-1\""));
    let found = signed_in(config(&text)).with("AWS_PROFILE", "b").findings();
    let fixes: Vec<_> = found.iter().flat_map(|finding| &finding.fixes).map(|fix| fix.title.as_str()).collect();
    assert_eq!(fixes.len(), 2, "{fixes:?}");
}

#[test]
fn keys_with_a_slip_are_told_in_place_of_what_comes_of_them() {
    let slips = "[profile a]\nsso_sesion = corp\nsso_account_id = 111122223333\nsso_role_name = R\nregion = us-east-1\n\
        [profile b]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_porfile = dev\nregion = us-east-1\n";
    let keys = "[c]\naws_acess_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter2\nregion = us-east-1\n";
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{slips}"))).credentials(keys).said(), @"
    Error key-mistyped ~/.aws/config:10 'sso_sesion' in [profile a] is no key that AWS's clients know: they pass over it. Did you mean sso_session?
      | sso_sesion = …
      * Write sso_session instead of sso_sesion in [profile a]
          [profile a]
        - sso_sesion = …
        + sso_session = corp
    Error key-mistyped ~/.aws/config:16 'source_porfile' in [profile b] is no key that AWS's clients know: they pass over it. Did you mean source_profile?
      | source_porfile = …
      * Write source_profile instead of source_porfile in [profile b]
          [profile b]
        - source_porfile = …
        + source_profile = dev
    Error key-mistyped ~/.aws/credentials:2 'aws_acess_key_id' in [c] is no key that AWS's clients know: they pass over it. Did you mean aws_access_key_id?
      | aws_acess_key_id = …
      * Write aws_access_key_id instead of aws_acess_key_id in [c]
          [c]
        - aws_acess_key_id = …
        + aws_access_key_id = AKIA…MPLE
    ");
    // Of other tools, or beside the key that it is like.
    let others = "sso_account_name = x\ngranted_sso_region = x\nregion2 = x\nexpiration = x\n[services x]\ns3 =\n  endpoint_ur = x\n";
    assert_eq!(signed_in(config(&format!("{SSO}{others}"))).said(), "");
}

#[test]
fn values_that_aws_refuses_are_told() {
    let role = "[profile a]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = dev\nregion = us-east-1\n";
    let cases = [
        SSO.replace("111122223333", "12345"),
        SSO.replace("= R", "= Dev Role"),
        format!("{SSO}output = jsn\n"),
        format!("{SSO}{}", role.replace("iam::1", "iam:1")),
        format!("{SSO}{role}duration_seconds = 100000\n"),
        format!("{SSO}{role}mfa_serial = jane\n"),
        format!(
            "{SSO}{role}{}duration_seconds = 7200\n",
            role.replace("[profile a]", "[profile b]").replace("= dev", "= a")
        ),
        format!("{SSO}[profile c]\ncredential_process = ~/bin/tool\nregion = us-east-1\n"),
        format!("{SSO}[profile c]\ncredential_process = /gone/tool --password hunter2\nregion = us-east-1\n"),
    ];
    let said = cases.map(|text| {
        let gone = |around: &mut Surroundings| around.missing_programs = ["/gone/tool".into()].into();
        signed_in(config(&text)).around(gone).said()
    });
    insta::assert_snapshot!(said.join("\n---\n"), @"
    Error value-malformed ~/.aws/config:6 sso_account_id = 12345 in [profile dev] is no account. An account has twelve digits, with the zeros in front.
      | sso_account_id = 12345
    ---
    Error value-malformed ~/.aws/config:7 sso_role_name = Dev Role in [profile dev] is no name of a role. It has letters, digits and _+=,.@- only: 'relight accounts' lists the names.
      | sso_role_name = Dev Role
    ---
    Warning value-malformed ~/.aws/config:9 output = jsn in [profile dev] is no output format of the AWS CLI. Write json, yaml, yaml-stream, text or table.
      | output = jsn
    ---
    Error value-malformed ~/.aws/config:10 role_arn = arn:aws:iam:111122223333:role/A in [profile a] is no ARN of a role. Did you mean arn:aws:iam::111122223333:role/A?
      | role_arn = arn:aws:iam:111122223333:role/A
      * Write role_arn = arn:aws:iam::111122223333:role/A in [profile a]
          [profile a]
        - role_arn = arn:aws:iam:111122223333:role/A
        + role_arn = arn:aws:iam::111122223333:role/A
    ---
    Error value-malformed ~/.aws/config:13 duration_seconds = 100000 in [profile a] is no duration of a role. Write 900 to 43200, and no more than the role allows.
      | duration_seconds = 100000
    ---
    Error value-malformed ~/.aws/config:13 mfa_serial = jane in [profile a] is no MFA device. Write its ARN, like arn:aws:iam::111122223333:mfa/NAME, or the number on the device.
      | mfa_serial = jane
    ---
    Error value-malformed ~/.aws/config:13 duration_seconds = 7200, but 'b' starts from the role of 'a': AWS gives such a chain an hour at most, and refuses more. Write 3600, or leave duration_seconds out.
    ---
    Warning value-malformed ~/.aws/config:10 credential_process in [profile c] begins with ~, which boto3 and the AWS CLI do not expand. Write the whole path of the program.
      | credential_process = …
    ---
    Error value-malformed ~/.aws/config:10 credential_process in [profile c] names a program that is not there. Install it, or correct its path.
      | credential_process = …
    ");
    let sound = format!("{SSO}output = yaml\n{role}duration_seconds = 43200\nmfa_serial = GAHT12345678\n");
    assert_eq!(signed_in(config(&sound)).said(), "");
}

#[test]
fn a_date_that_only_some_clients_read_is_told() {
    let said = |end: &str| config(SSO).token("corp", token("https://corp.awsapps.com/start", end)).said();
    insta::assert_snapshot!(said("2026-11-22T10:50:00UTC"), @"
    Warning date-not-for-all The token's expiresAt ends with UTC: the SDKs for Go (Terraform), Java and Rust cannot read that, and the one for JavaScript renews the token on every call. Sign in again: a date that all clients read is written then.
      * Sign in to 'corp': relight login corp
    ");
    assert_eq!(said("2026-11-22T10:50:00Z"), "");
}

#[test]
fn one_fault_is_told_once() {
    let two = "[profile two]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = dev\ncredential_source = Environment\nregion = us-east-1\n";
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}{two}"))).said(), @"
    Error source-profile-broken ~/.aws/config:12 There are both source_profile and credential_source. Keep one of them.
      | credential_source = Environment
    ");
    insta::assert_snapshot!(signed_in(config(&format!("{SSO}[profile bad\nregion = us-east-1\n"))).said(), @"
    Error bad-section-header ~/.aws/config:9 boto3, the AWS CLI and the AWS SDK for Rust refuse this whole file: a section header lacks its closing ']'. Add ']' at the end of line 9.
      | [profile bad
    ");
    let mut garbage = config("");
    garbage.bytes = Some(b"\x7fELF\x02\xff\xfe\x01\n\x01\x02\xe2\x28\xa1\n\x03\x04".to_vec());
    insta::assert_snapshot!(garbage.said(), @"
    Error not-utf8 ~/.aws/config:1 boto3 and the AWS CLI refuse this whole file: the file is not valid UTF-8. Save the file as UTF-8; line 1 has bytes that are not.
      | …
    ");
}

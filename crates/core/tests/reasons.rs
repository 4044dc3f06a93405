//! What explain finds in the files and in the text itself: lines, registries, programs, times.

use crate::explaining::{EXPIRED, OVER, answer, told, with_environment};
use crate::simulation::{CORP, Machine, corp, minutes};

const UNKNOWN: &str = "operation error STS: GetCallerIdentity, https response error StatusCode: 403, api error InvalidClientTokenId: The security token included in the request is invalid.";

/// CORP with its profile's region and its own as they are written.
fn with_regions(sso_region: &str, region: &str) -> Machine {
    let config = CORP.replace("sso_region = us-east-1", &format!("sso_region = {sso_region}"));
    Machine::new(&format!("{config}region = {region}\n"))
}

#[test]
fn what_other_tools_need_anew_is_told_with_its_command() {
    let machine = Machine::new(CORP);
    insta::assert_snapshot!(told(&machine, "ERROR: 401 Error, Credentials not correct for https://corp-dev-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/main/simple/boto3/"), @"
    container-registry-token-expired of -, -; login does not help
    A login at Amazon ECR or CodeArtifact lasts 12 hours and is the tool's own (docker, pip, npm): signing in to AWS does not renew it.
    1. Log the tool in again, for 12 hours > aws codeartifact login --tool pip --domain corp-dev --domain-owner 111122223333 --region eu-west-1 --repository main --profile dev
    2. If that fails, it is the profile's turn: 'relight explain' knows the message of aws, too > -
    ");
    insta::assert_snapshot!(told(&machine, "Error: failed to download chart: GET \"https://public.ecr.aws/v2/x\": 403: Your authorization token has expired. Reauthenticate and try again."), @"
    container-registry-token-expired of -, -; login does not help
    A login at Amazon ECR or CodeArtifact lasts 12 hours and is the tool's own (docker, pip, npm): signing in to AWS does not renew it.
    1. Remove the login that is over: public.ecr.aws gives to everybody without one > docker logout public.ecr.aws
    2. Or log in anew, for 12 hours, where more is pulled than is given without > aws ecr-public get-login-password --region us-east-1 | docker login --username AWS --password-stdin public.ecr.aws
    ");
    insta::assert_snapshot!(told(&machine, "fatal: unable to access 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/x/': The requested URL returned error: 403"), @r#"
    temporary-credentials-expired of -, -; login does not help
    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew. git tells the number alone: the password that it sent is over, because git keeps what lasts 15 minutes; or the profile's credentials are; or they may not read this repository.
    1. Erase the password that git keeps, and run git again > printf 'protocol=https\nhost=git-codecommit.eu-west-1.amazonaws.com\n\n' | git credential reject
    2. See that nothing but 'aws codecommit credential-helper' answers for that host: neither osxkeychain nor manager > git config --show-origin --get-all credential.helper
    "#);
    insta::assert_snapshot!(told(&machine, "Error: It looks like you might be trying to authenticate with OIDC. Did you mean to set the `id-token` permission?"), @"
    no-credentials of -, -; login does not help
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one. It is a workflow of GitHub's that asks, and not this machine: it may not ask GitHub for the token that it wants to show to AWS.
    1. Write 'permissions: id-token: write' for the job in the workflow's file, and 'contents: read' where it checks out > -
    2. A workflow that another one calls, or a pull request of a fork, gets it only where the caller may give it > -
    ");
    insta::assert_snapshot!(told(&machine, "Amazon.Runtime.AmazonClientException: No valid sso token: Assembly AWSSDK.SSOOIDC could not be found or loaded. This assembly must be available at runtime to use Amazon.Runtime.SSOAWSCredentials."), @"
    sdk-module-missing of -, -; login does not help
    This is not a credential problem. This kind of profile needs a library that the program does not have: awscrt for Python, the modules sso, ssooidc, sts or signin for Java, a package for JavaScript or .NET.
    1. Add the package AWSSDK.SSO to the program > dotnet add package AWSSDK.SSO
    2. Add the package AWSSDK.SSOOIDC to the program > dotnet add package AWSSDK.SSOOIDC
    ");
    insta::assert_snapshot!(told(&machine, "--profile dev operation error S3: HeadBucket, https response error StatusCode: 403, api error Forbidden: Forbidden"), @"
    access-denied of dev, sso-session:corp; login does not help
    This is not a credential problem. AWS knows who you are: the credentials work. A permission is missing, or a policy denies it: of the identity, the resource, the organisation, a boundary or the session. The answer has no reason in it, because only the head was asked for: a key that AWS does not know, or a bucket of somebody else, is answered so, too.
    - ~/.aws/config:4 'dev' is the role Developer in the account 111122223333
    1. See who you are: is it the account and role that you meant? > aws sts get-caller-identity --profile dev
    2. Ask the account's administrator for the permission that the message names > -
    ");
}

#[test]
fn a_region_that_there_is_not_is_shown_where_it_is_written() {
    let center = "Could not connect to the endpoint URL: \"https://oidc.eu-wst-1.amazonaws.com/token\"";
    let mut machine = with_regions("eu-wst-1", "eu-west-1");
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    insta::assert_snapshot!(told(&machine, center), @"
    sso-wrong-region-or-url of dev, sso-session:corp; login does not help
    The Identity Center's region does not know this start URL, and AWS refuses to begin the sign-in; or there is no such region, and its host has no address.
    - ~/.aws/config:3 sso_region = eu-wst-1 in [sso-session corp] is no region of AWS
    1. Write sso_region = eu-west-1 in [sso-session corp] > -
    ");
    // A sign-in cannot work there.
    insta::assert_snapshot!(told(&machine, OVER), @"
    sso-wrong-region-or-url of dev, sso-session:corp; login does not help
    The Identity Center's region does not know this start URL, and AWS refuses to begin the sign-in; or there is no such region, and its host has no address.
    - ~/.aws/config:3 sso_region = eu-wst-1 in [sso-session corp] is no region of AWS
    1. Write sso_region = eu-west-1 in [sso-session corp] > -
    ");
    insta::assert_snapshot!(told(&machine, "Unable to locate credentials"), @"
    no-credentials of -, -; login does not help
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one.
    -  AWS_PROFILE is not set, and there is no profile 'default'
    - ~/.aws/config:3 sso_region = eu-wst-1 in [sso-session corp] is no region of AWS
    1. Write sso_region = eu-west-1 in [sso-session corp] > -
    2. Use the profile 'dev', after a sign-in to 'corp' > export AWS_PROFILE=dev
    ");
    // None of these sessions is in that region.
    insta::assert_snapshot!(told(&Machine::new(CORP), center), @"
    sso-wrong-region-or-url of -, -; login does not help
    The Identity Center's region does not know this start URL, and AWS refuses to begin the sign-in; or there is no such region, and its host has no address.
    -  Relight knows no region eu-wst-1, the nearest is eu-west-1; nothing that Relight reads names it
    1. Write eu-west-1 instead of eu-wst-1 where the program has it from: an option, its own settings or its code > -
    ");
    let bucket = "Could not connect to the endpoint URL: \"https://s3.eu-wst-1.amazonaws.com/\"";
    insta::assert_snapshot!(told(&with_regions("eu-west-1", "eu-wst-1"), bucket), @"
    network of -, -; login does not help
    This is not a credential problem. The name was not found, nothing answered, or the proxy did not let the call through. A region that does not exist looks the same, because its host has no address.
    - ~/.aws/config:8 region = eu-wst-1 in [profile dev] is no region of AWS
    1. Write region = eu-west-1 in [profile dev] > -
    2. Where the region is right, see that this machine is online, with the VPN that it needs > -
    ");
    let plausible = bucket.replace("wst", "west").replace("-1", "-9");
    insta::assert_snapshot!(told(&with_regions("eu-west-1", "eu-west-9"), &plausible), @"
    network of -, -; login does not help
    This is not a credential problem. The name was not found, nothing answered, or the proxy did not let the call through. A region that does not exist looks the same, because its host has no address.
    - ~/.aws/config:8 Relight knows no region eu-west-9, the nearest is eu-west-1
    1. Write eu-west-1 instead of eu-west-9 in line 8 of ~/.aws/config > -
    2. Where the region is right, see that this machine is online, with the VPN that it needs > -
    ");
    insta::assert_snapshot!(told(&Machine::new(CORP), "Error: invalid AWS Region: eu-wst-1"), @"
    missing-region of -, -; login does not help
    This is not a credential problem. The program does not know which region to call: neither the environment nor the profile says, or they name one that AWS does not have.
    -  Relight knows no region eu-wst-1, the nearest is eu-west-1; nothing that Relight reads names it
    1. Write eu-west-1 instead of eu-wst-1 where the program has it from: an option, its own settings or its code > -
    ");
    insta::assert_snapshot!(told(&Machine::new(CORP), "Error: invalid AWS Region: ap-east-2"), @"
    missing-region of -, -; login does not help
    This is not a credential problem. The program does not know which region to call: neither the environment nor the profile says, or they name one that AWS does not have.
    -  ap-east-2 is a region of AWS, which this program is too old to know
    1. Update the program (in Terraform the provider), or turn its check off (skip_region_validation = true) > -
    ");
}

#[test]
fn a_key_that_some_clients_take_before_the_session_is_shown_for_them() {
    let key = "[dev]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\n";
    let machine = Machine::with_credentials(CORP, key);
    insta::assert_snapshot!(told(&machine, &format!("--profile dev {UNKNOWN}")), @"
    credentials-unknown-to-aws of dev, sso-session:corp; login does not help
    AWS found no such access key. There are four reasons: the key was deleted or deactivated; it is a temporary key (ASIA…) without its session token; it belongs to another partition (China, GovCloud); or the region is not enabled for the account.
    - ~/.aws/credentials:2 this program takes the key AKIA…LE00 of 'dev' before its session
    - ~/.aws/credentials:2 Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK)
    1. Remove the key that hides what 'dev' is for > -
    ");
    let boto3 = "--profile dev An error occurred (UnrecognizedClientException) when calling the Converse operation: The security token included in the request is invalid.";
    insta::assert_snapshot!(told(&machine, boto3), @"
    credentials-unknown-to-aws of dev, sso-session:corp; login does not help
    AWS found no such access key. There are four reasons: the key was deleted or deactivated; it is a temporary key (ASIA…) without its session token; it belongs to another partition (China, GovCloud); or the region is not enabled for the account.
    - ~/.aws/credentials:2 Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK)
    1. See whether 'dev' works now: then the program takes another key > aws sts get-caller-identity --profile dev
    2. Restart a program that runs all the time: it may keep a key that AWS took back > -
    ");
}

#[test]
fn temporary_keys_are_shown_where_they_stand() {
    let keys = "[default]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\n";
    let machine = Machine::with_credentials("[default]\nregion = eu-west-1\n", keys);
    insta::assert_snapshot!(told(&machine, EXPIRED), @"
    temporary-credentials-expired of default, -; login does not help
    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew. The text names no profile; 'default' is used where none is chosen.
    - ~/.aws/credentials:2 This is a temporary key (ASIA…) without its aws_session_token: AWS refuses it
    - ~/.aws/credentials:2 'default' has temporary keys, whose end is written nowhere
    1. Copy all three values: aws_access_key_id, aws_secret_access_key and aws_session_token > -
    ");
}

#[test]
fn a_mistyped_key_is_the_one_that_is_missing() {
    let config = CORP.replace("sso_session =", "sso_sesion =");
    let machine = with_environment(&config, "", &[("AWS_PROFILE", "dev")]);
    insta::assert_snapshot!(told(&machine, "The profile 'dev' is configured to use SSO but is missing required configuration: sso_start_url"), @"
    sso-config-incomplete of dev, -; login does not help
    A key such as sso_start_url, sso_region, sso_account_id or sso_role_name is missing, the profile names an [sso-session] that is not there, or profile and session contradict each other.
    - ~/.aws/config:5 'sso_sesion' in [profile dev] is no key that AWS's clients know: they pass over it
    1. Write sso_session instead of sso_sesion in [profile dev] > -
    ");
    insta::assert_snapshot!(told(&machine, "Unable to locate credentials"), @"
    sso-config-incomplete of dev, -; login does not help
    A key such as sso_start_url, sso_region, sso_account_id or sso_role_name is missing, the profile names an [sso-session] that is not there, or profile and session contradict each other. The text names no profile; 'dev' is the one that the environment selects.
    - ~/.aws/config:5 'sso_sesion' in [profile dev] is no key that AWS's clients know: they pass over it
    1. Write sso_session instead of sso_sesion in [profile dev] > -
    ");
}

#[test]
fn a_program_that_the_text_names_is_that_of_its_profile() {
    let machine = Machine::new(&format!("{CORP}[profile cp]\ncredential_process = /opt/missing/tool --x\n"));
    insta::assert_snapshot!(told(&machine, "Error when retrieving credentials from custom-process: /bin/sh: 1: /opt/missing/tool: not found"), @"
    credential-process-failed of cp, -; login does not help
    The profile gets its credentials from a program. It failed, printed something else than the JSON that is expected, named another version, or gave credentials that are over already.
    - ~/.aws/config:8 'cp' gets its credentials from a program
    1. Install the program, or write its whole path where it is now > -
    2. Run the program of 'cp', and read what it says > relight refresh cp
    3. Correct credential_process in the profile > -
    ");
}

#[test]
fn a_role_that_is_refused_is_not_the_one_of_another_profile() {
    let roles = "[profile six]\nrole_arn = arn:aws:iam::444455556666:role/Six\nsource_profile = dev\n";
    let machine = with_environment(&format!("{CORP}{roles}"), "", &[("AWS_PROFILE", "six")]);
    let refused = |role: &str| {
        format!(
            "An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Developer_0123456789abcdef/jane@example.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/{role}"
        )
    };
    insta::assert_snapshot!(told(&machine, &refused("Deploy")), @"
    assume-role-denied of -, -; login does not help
    The credentials work, but AWS does not let them assume the role: the role's trust policy does not name you, you lack sts:AssumeRole, it wants MFA or an external id, the duration is longer than the role allows, or the identity token is not one that the role trusts.
    - ~/.aws/config:4 the identity that asked is that of the profile 'dev'
    1. Compare the identity in the message with the role's trust policy, and the role's ARN with what you meant > -
    2. Where the role wants MFA, add mfa_serial to the profile; where it wants an external id, external_id > -
    3. Where the message speaks of a duration, lower duration_seconds: 3600 at most for a role that a role assumes > -
    ");
    insta::assert_snapshot!(told(&machine, &refused("Six")), @"
    assume-role-denied of six, sso-session:corp; login does not help
    The credentials work, but AWS does not let them assume the role: the role's trust policy does not name you, you lack sts:AssumeRole, it wants MFA or an external id, the duration is longer than the role allows, or the identity token is not one that the role trusts. Account and role in the text are those of the profile 'six'.
    - ~/.aws/config:4 the identity that asked is that of the profile 'dev'
    - ~/.aws/config:8 'six' assumes Six with the credentials of 'dev'
    1. Where the role wants MFA, add mfa_serial to the profile > -
    2. See that the role's trust policy names the identity of 'dev', and that it may call sts:AssumeRole > -
    3. Where the role wants an external id, add external_id; where a duration is refused, lower duration_seconds > -
    ");
    assert_eq!(answer(&machine, &refused("Deploy")).account.as_deref(), Some("444455556666"));
}

#[test]
fn the_times_of_an_xml_answer_tell_how_wrong_the_clock_is() {
    let answer = "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>20261122T080000Z</RequestTime><ServerTime>2026-11-22T10:00:00Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds></Error>";
    insta::assert_snapshot!(told(&Machine::new(CORP), answer), @"
    clock-skew of -, -; login does not help
    This is not a credential problem. AWS takes signed requests for five to fifteen minutes only. The request's time is too far from AWS's own. Virtual machines, WSL and containers get there after a sleep.
    -  the request's time was 2 h behind AWS's: 2026-11-22T08:00:00Z against 2026-11-22T10:00:00Z
    -  this machine's clock agrees with AWS's time in the text: it is 2026-11-22T10:00:00Z now
    1. Set the clock from the network: on Linux 'sudo timedatectl set-ntp true', on Windows 'w32tm /resync', in macOS's Date & Time settings > -
    2. In WSL, end it with 'wsl --shutdown' and start it again; in Docker, restart the virtual machine > -
    ");
}

#[test]
fn every_line_that_a_client_refuses_a_file_for_is_shown() {
    let machine = Machine::new(&format!("{CORP}[profile dev]\nregion = us-east-1\n[profile bad\nfoo\n"));
    insta::assert_snapshot!(told(&machine, "Unable to parse config file: ~/.aws/config"), @"
    config-unparsable of -, -; login does not help
    One line of the AWS config or credentials file is against the rules that this program reads by, so it reads none of it, and no profile works. Other programs may read the same file.
    - ~/.aws/config:8 a section stands twice
    - ~/.aws/config:10 boto3, the AWS CLI and the AWS SDK for Rust refuse this whole file: a section header lacks its closing ']'
    - ~/.aws/config:11 boto3, the AWS CLI and the AWS SDK for Rust refuse this whole file: a line has no '='
    1. Merge lines 4 and 8 into one section (~/.aws/config:8) > -
    2. Add ']' at the end of line 10 (~/.aws/config:10) > -
    3. Write line 11 as 'key = value', or begin it with '#' to make it a comment (~/.aws/config:11) > -
    ");
}

#[test]
fn the_key_of_another_environment_is_no_profile_for_programs() {
    let variables = [("AWS_ACCESS_KEY_ID", "AKIAEXAMPLEEXAMPLE00"), ("AWS_SECRET_ACCESS_KEY", "x")];
    let machine = with_environment(CORP, "", &variables);
    insta::assert_snapshot!(told(&machine, "Unable to locate credentials"), @"
    no-credentials of (environment), -; login does not help
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one. The program saw another environment than this terminal's: that of another terminal, of sudo, of a container, or of a service. The text names no profile; programs take the key in the environment now.
    -  AWS_ACCESS_KEY_ID is set: AKIA…LE00
    1. Run the program from this terminal, or hand the three variables of the key on to it: sudo -E, docker run -e > -
    ");
    let json = serde_json::to_value(answer(&machine, EXPIRED)).unwrap();
    assert_eq!(json["profile"], serde_json::Value::Null);
}

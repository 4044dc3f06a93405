//! What an error text means on a machine: the text's cause beside the state of the files.

use crate::simulation::{CORP, LOGIN, Machine, corp, minutes};
use relight_core::action::Action;
use relight_core::config::Environment;
use relight_core::doctor::Surroundings;
use relight_core::explain::{Answer, Cause, LoginHelps, explain};
use relight_core::tools::{FileOf, read_kubeconfig};
use relight_core::world::{Content, Seen};
use std::fmt::Write;

pub(crate) fn answer(machine: &Machine, text: &str) -> Answer {
    explain(text.as_bytes(), Surroundings::default(), &machine.app.world, &machine.view())
}

/// As a person reads it.
pub(crate) fn told(machine: &Machine, text: &str) -> String {
    as_read(&answer(machine, text))
}

pub(crate) fn as_read(answer: &Answer) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
    let session = answer.session.as_ref().map(ToString::to_string);
    let helps = if answer.login_helps { "login helps" } else { "login does not help" };
    let mut out = format!(
        "{} of {}, {}; {helps}\n{}\n",
        answer.cause.code(),
        name(&answer.profile),
        name(&session),
        answer.explanation
    );
    for evidence in &answer.evidence {
        let line = evidence.line.map(|line| format!(":{line}")).unwrap_or_default();
        writeln!(out, "- {}{line} {}", evidence.file.as_deref().unwrap_or_default(), evidence.what).unwrap();
    }
    for (number, fix) in answer.fixes.iter().enumerate() {
        writeln!(out, "{}. {} > {}", number + 1, fix.title, fix.command.as_deref().unwrap_or("-")).unwrap();
    }
    out
}

pub(crate) const OVER: &str = "Error when retrieving token from sso: Token has expired and refresh failed";
pub(crate) const EXPIRED: &str = "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired";

pub(crate) fn with_environment(config: &str, credentials: &str, variables: &[(&str, &str)]) -> Machine {
    let mut machine = Machine::with_credentials(config, credentials);
    let value = |name: &str| variables.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
    let paths = machine.app.world.paths.clone();
    machine.app.world = relight_core::world::World::new(paths, Environment::read(value));
    let read = |text: &str| Content::Read(text.as_bytes().to_vec());
    machine.app.world.take(vec![Seen::Config(read(config)), Seen::Credentials(read(credentials))]);
    machine
}

#[test]
fn a_session_that_is_over_is_shown_with_its_file_and_its_cure() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    insta::assert_snapshot!(told(&machine, OVER), @"
    sso-session-expired of dev, sso-session:corp; login helps
    The session of your Identity Center (AWS SSO) is over, and nothing can renew it: its token is past its end, or AWS did not take it any more.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json the token of 'corp' ended 3 h ago
    1. Sign in to 'corp' > relight login corp
    ");
    insta::assert_snapshot!(told(&machine, "$ aws s3 ls --profile dev\n\nError loading SSO Token: Token for corp does not exist"), @"
    sso-never-signed-in of dev, sso-session:corp; login helps
    There is no token file for the session. Each session has a file of its own, named after the session (or, in the older spelling, after the start URL, byte for byte), so a token of another session or of another spelling is not found.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json the token of 'corp' ended 3 h ago
    1. Sign in to 'corp' > relight login corp
    ");
}

#[test]
fn a_session_that_was_signed_in_to_since_needs_no_login() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(told(&machine, OVER), @"
    sso-session-expired of dev, sso-session:corp; login helps
    The session of your Identity Center (AWS SSO) is over, and nothing can renew it: its token is past its end, or AWS did not take it any more. By its file the session is not over: it was renewed since, or AWS ended it early.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json 'corp': 1 h left, renews itself
    1. Run the program again: 'corp' is signed in now > -
    2. If it fails again, start a fresh session of 'corp' > relight login --renew corp
    ");
    insta::assert_snapshot!(told(&machine, "Error loading SSO Token: Token for corp does not exist"), @"
    sso-never-signed-in of dev, sso-session:corp; login does not help
    There is no token file for the session. Each session has a file of its own, named after the session (or, in the older spelling, after the start URL, byte for byte), so a token of another session or of another spelling is not found. There is a token now.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json 'corp': 1 h left, renews itself
    1. Run the program again > -
    2. If it fails again, it looks elsewhere: compare its home folder, and the name of the session or the start URL in its profile, with the file above > -
    ");
}

#[test]
fn temporary_credentials_are_renewed_where_they_came_from() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    insta::assert_snapshot!(told(&machine, &format!("aws sts get-caller-identity --profile dev\n{EXPIRED}")), @"
    temporary-credentials-expired of dev, sso-session:corp; login helps
    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json the token of 'corp' ended 3 h ago
    1. Sign in to 'corp' > relight login corp
    ");
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(told(&machine, &format!("aws sts get-caller-identity --profile dev\n{EXPIRED}")), @"
    temporary-credentials-expired of dev, sso-session:corp; login does not help
    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew. The session is not over, so the program uses credentials that it got before.
    - ~/.aws/config:4 'dev' gets its credentials from 'corp': 1 h left, renews itself
    1. Run the program again; restart one that runs all the time > -
    ");
    let keys = "[tmp]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\nx_security_token_expires = 2026-11-22T09:00:00Z\nx_principal_arn = arn\n";
    let machine = Machine::with_credentials("", keys);
    insta::assert_snapshot!(told(&machine, &format!("--profile tmp {EXPIRED}")), @"
    temporary-credentials-expired of tmp, -; login does not help
    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew.
    - ~/.aws/credentials:2 the keys of 'tmp' ended 1 h ago
    1. Make the keys of 'tmp' anew > saml2aws login --profile tmp
    ");
}

#[test]
fn a_key_in_the_environment_or_in_the_files_that_hides_the_session_is_named() {
    let variables = [
        ("AWS_PROFILE", "dev"),
        ("AWS_ACCESS_KEY_ID", "ASIAEXAMPLEEXAMPLE00"),
        ("AWS_SECRET_ACCESS_KEY", "x"),
        ("AWS_SESSION_TOKEN", "y"),
        ("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T08:00:00Z"),
    ];
    insta::assert_snapshot!(told(&with_environment(CORP, "", &variables), EXPIRED), @"
    environment-shadows-profile of (environment), -; login does not help
    AWS_ACCESS_KEY_ID is set, and most programs take it before the profile that AWS_PROFILE names. The text names no profile; programs take the key in the environment now.
    -  AWS_ACCESS_KEY_ID is ASIA…LE00, which ended 2 h ago
    -  AWS_ACCESS_KEY_ID is set, so the profile 'dev' that AWS_PROFILE names is not used by boto3, the AWS CLI and the SDKs for Go, Java and Rust; only the one for JavaScript uses it
    1. Unset the key in the environment, also where it is set for good (such as ~/.bashrc) > unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    ");
    let pasted = "[dev]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\n";
    let go = "operation error S3: ListBuckets, https response error StatusCode: 400, api error ExpiredToken: The provided token has expired.\nError: configuring Terraform AWS Provider: no valid credential sources for dev found, profile \"dev\"";
    insta::assert_snapshot!(told(&Machine::with_credentials(CORP, pasted), go), @"
    temporary-credentials-expired of dev, sso-session:corp; login does not help
    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew.
    - ~/.aws/credentials:2 this program takes the key ASIA…LE00 of 'dev' before its session
    - ~/.aws/credentials:2 Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK)
    1. Remove the key that hides what 'dev' is for > -
    ");
}

#[test]
fn nothing_found_is_diagnosed_by_the_files() {
    let any = "CredentialsProviderError: Could not load credentials from any providers";
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(told(&machine, any), @"
    no-credentials of -, -; login does not help
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one.
    -  AWS_PROFILE is not set, and there is no profile 'default'
    1. Use the profile 'dev', which works now > export AWS_PROFILE=dev
    ");
    let select = [("AWS_PROFILE", "dev")];
    insta::assert_snapshot!(told(&with_environment(CORP, "", &select), any), @"
    sso-never-signed-in of dev, sso-session:corp; login helps
    There is no token file for the session. Each session has a file of its own, named after the session (or, in the older spelling, after the start URL, byte for byte), so a token of another session or of another spelling is not found. The text names no profile; 'dev' is the one that the environment selects.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json there is no token of 'corp'
    1. Sign in to 'corp' > relight login corp
    ");
    let half = "[profile dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";
    insta::assert_snapshot!(told(&with_environment(half, "", &select), any), @"
    partial-credentials of dev, -; login does not help
    A key id stands without its secret, or the secret without the id, or a role without anything to assume it with. The text names no profile; 'dev' is the one that the environment selects.
    - ~/.aws/config:2 There is aws_access_key_id but no aws_secret_access_key
    1. Add aws_secret_access_key, or remove aws_access_key_id > -
    ");
    insta::assert_snapshot!(told(&with_environment(CORP, "", &select), "NoCredentialProviders: no valid providers in chain. Deprecated."), @"
    sdk-config-not-loaded of dev, sso-session:corp; login does not help
    The SDKs for Go (version 1) and JavaScript (version 2) read only ~/.aws/credentials unless AWS_SDK_LOAD_CONFIG is set, so profiles of the config file are not there for them. The text names no profile; 'dev' is the one that the environment selects.
    - ~/.aws/config:4 'dev' is in the config file alone
    1. Set AWS_SDK_LOAD_CONFIG > export AWS_SDK_LOAD_CONFIG=1
    2. Update the program: newer SDKs read both files > -
    ");
    insta::assert_snapshot!(told(&Machine::new(""), "Unable to locate credentials"), @"
    no-credentials of -, -; login does not help
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one.
    -  AWS_PROFILE is not set, and there is no profile 'default'
    - ~/.aws/config there are no profiles
    1. Add your organisation, by the address of its access portal > relight add URL
    ");
}

#[test]
fn a_profile_that_is_not_there_has_a_nearest_name() {
    let machine = Machine::new(CORP);
    insta::assert_snapshot!(told(&machine, "The config profile (dve) could not be found"), @"
    profile-not-found of dve, -; login does not help
    The name is in none of the files that this program reads. In ~/.aws/config a profile's header is [profile NAME], in ~/.aws/credentials [NAME].
    - ~/.aws/config:4 the nearest name is 'dev'
    1. Use the profile 'dev' instead of 'dve' > export AWS_PROFILE=dev
    ");
    insta::assert_snapshot!(told(&machine, "The config profile (staging) could not be found"), @"
    profile-not-found of staging, -; login does not help
    The name is in none of the files that this program reads. In ~/.aws/config a profile's header is [profile NAME], in ~/.aws/credentials [NAME].
    - ~/.aws/config no profile is called 'staging', or nearly so
    1. Correct the name: in AWS_PROFILE, in --profile or in the program's own configuration > -
    2. See that the program reads the files that you mean: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE and HOME say which > -
    ");
    insta::assert_snapshot!(told(&machine, "The config profile (dev) could not be found"), @"
    profile-not-found of dev, sso-session:corp; login does not help
    The name is in none of the files that this program reads. In ~/.aws/config a profile's header is [profile NAME], in ~/.aws/credentials [NAME]. Relight finds the profile, so the program reads other files, or refuses these.
    - ~/.aws/config:4 'dev' is here
    1. Compare HOME, AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE of the program with where the profile is > -
    ");
    let bare = Machine::new("[prod]\nsso_start_url = https://x\nsso_region = eu-west-1\n");
    insta::assert_snapshot!(told(&bare, "The config profile (prod) could not be found"), @"
    profile-not-found of prod, -; login does not help
    The name is in none of the files that this program reads. In ~/.aws/config a profile's header is [profile NAME], in ~/.aws/credentials [NAME].
    - ~/.aws/config:1 [prod] is ignored: in this file a profile's header begins with 'profile'
    1. Write [profile prod] > -
    ");
}

#[test]
fn the_line_that_a_client_stumbles_over_is_shown() {
    let machine = Machine::new("[profile a]\nregion = x\n[profile a]\nregion = y\n");
    insta::assert_snapshot!(told(&machine, "Unable to parse config file: ~/.aws/config"), @"
    config-unparsable of -, -; login does not help
    One line of the AWS config or credentials file is against the rules that this program reads by, so it reads none of it, and no profile works. Other programs may read the same file.
    - ~/.aws/config:3 a section stands twice
    1. Merge lines 1 and 3 into one section (~/.aws/config:3) > -
    ");
    let machine = Machine::new(
        "[profile dev]\nsso_session = crop\nsso_account_id = 111122223333\nsso_role_name = R\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n",
    );
    insta::assert_snapshot!(told(&machine, "aws s3 ls --profile dev\nThe specified sso-session does not exist: \"crop\""), @"
    sso-config-incomplete of dev, -; login does not help
    A key such as sso_start_url, sso_region, sso_account_id or sso_role_name is missing, the profile names an [sso-session] that is not there, or profile and session contradict each other.
    - ~/.aws/config:2 sso_session names 'crop', but there is no [sso-session crop] in ~/.aws/config
    1. Write sso_session = corp in [profile dev] > -
    ");
}

#[test]
fn a_file_that_python_cannot_find_is_the_program_of_a_profile_or_none_of_ours() {
    let missing = "FileNotFoundError: [Errno 2] No such file or directory: '/opt/corp keys'";
    let machine = Machine::new("[profile tool]\ncredential_process = \"/opt/corp keys\" --role x\n");
    let found = answer(&machine, missing);
    assert_eq!((found.cause, found.profile.as_deref()), (Cause::CredentialProcessFailed, Some("tool")));
    let found = answer(&Machine::new(CORP), missing);
    assert_eq!((found.cause, found.matched, found.client), (Cause::Unknown, None, None));
    let no_json = "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)";
    assert_eq!(answer(&machine, no_json).cause, Cause::CredentialProcessFailed);
    assert_eq!(answer(&Machine::new(CORP), no_json).cause, Cause::Unknown);
    let several = Machine::new(&format!("{CORP}[profile tool]\ncredential_process = /opt/tool\n"));
    assert_eq!(answer(&several, no_json).cause, Cause::Unknown, "nothing says that it is the program's");
}

#[test]
fn a_login_is_not_proposed_where_it_cannot_help() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    let refused = "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access";
    insta::assert_snapshot!(told(&machine, &format!("--profile dev {refused}")), @"
    sso-role-not-assigned of dev, sso-session:corp; login does not help
    You are signed in, but the Identity Center does not give you this role in this account: it was never assigned, was taken away, or sso_account_id or sso_role_name is misspelt.
    - ~/.aws/config:4 'dev' asks for the role Developer in the account 111122223333
    1. See which accounts and roles 'corp' gives you > relight accounts corp
    2. Correct sso_account_id or sso_role_name, where one is misspelt > -
    3. Ask the administrator of your Identity Center to assign the role > -
    ");
    insta::assert_snapshot!(told(&machine, "--profile dev An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied"), @"
    access-denied of dev, sso-session:corp; login does not help
    This is not a credential problem. AWS knows who you are: the credentials work. A permission is missing, or a policy denies it: of the identity, the resource, the organisation, a boundary or the session.
    - ~/.aws/config:4 'dev' is the role Developer in the account 111122223333
    1. See who you are: is it the account and role that you meant? > aws sts get-caller-identity --profile dev
    2. Ask the account's administrator for the permission that the message names > -
    ");
    let skew = "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature expired: 20261122T094000Z is now earlier than 20261122T094500Z (20261122T100000Z - 15 min.)";
    insta::assert_snapshot!(told(&machine, skew), @"
    clock-skew of -, -; login does not help
    This is not a credential problem. AWS takes signed requests for five to fifteen minutes only. The request's time is too far from AWS's own. Virtual machines, WSL and containers get there after a sleep.
    -  the request's time was 20 min behind AWS's: 2026-11-22T09:40:00Z against 2026-11-22T10:00:00Z
    1. Set the clock from the network: on Linux 'sudo timedatectl set-ntp true', on Windows 'w32tm /resync', in macOS's Date & Time settings > -
    2. In WSL, end it with 'wsl --shutdown' and start it again; in Docker, restart the virtual machine > -
    ");
}

#[test]
fn other_causes_are_told_with_what_the_text_names() {
    let machine = Machine::new(&format!("{CORP}{LOGIN}"));
    insta::assert_snapshot!(told(&machine, "Need to perform AWS calls for account 111122223333, but the current credentials are for 444455556666"), @"
    wrong-account of -, -; login helps
    The program is to work in one account, and the credentials in use belong to another.
    1. Use the profile 'dev', which is of the account 111122223333 > export AWS_PROFILE=dev
    2. Sign in to 'corp' > relight login corp
    3. Use the profile 'me', which is of the account 111122223333 > export AWS_PROFILE=me
    4. Sign in to '111122223333:user/me' > relight login 111122223333:user/me
    ");
    let push = "The push refers to repository [111122223333.dkr.ecr.us-east-1.amazonaws.com/api]\ndenied: Your authorization token has expired. Reauthenticate and try again.";
    insta::assert_snapshot!(told(&machine, push), @"
    container-registry-token-expired of -, -; login does not help
    A login at Amazon ECR or CodeArtifact lasts 12 hours and is the tool's own (docker, pip, npm): signing in to AWS does not renew it.
    1. Log docker in again, for 12 hours > aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com
    2. If that fails, it is the profile's turn: 'relight explain' knows the message of aws, too > -
    ");
    let opt_in = "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid (https://sts.eu-south-1.amazonaws.com)";
    insta::assert_snapshot!(told(&machine, opt_in), @"
    credentials-unknown-to-aws of -, -; login does not help
    AWS found no such access key. There are four reasons: the key was deleted or deactivated; it is a temporary key (ASIA…) without its session token; it belongs to another partition (China, GovCloud); or the region is not enabled for the account.
    -  eu-south-1 is a region that each account must enable before it can be used
    1. Enable eu-south-1 for the account, or use another region > -
    ");
    insta::assert_snapshot!(told(&machine, "Error loading login session token: Unable to load a existing login session for session arn:aws:iam::111122223333:user/me"), @"
    login-session-expired of me, login:arn:aws:iam::111122223333:user/me; login helps
    A session of aws login lasts 12 hours at most. It also ends when the password changes, and it is looked for in ~/.aws/login/cache or where AWS_LOGIN_CACHE_DIRECTORY says.
    - ~/.aws/login/cache/6eeec053fe13079aaf7fd81065ec5ecbdb93674f20700e51842d0c769b240c8a.json there is no token of '111122223333:user/me'
    1. Sign in to '111122223333:user/me' > relight login 111122223333:user/me
    ");
    insta::assert_snapshot!(told(&machine, "make: *** [all] Error 2"), @"
    unknown of -, -; login does not help
    Nothing in it is an error of AWS credentials that Relight knows.
    1. See how your sessions and profiles stand (relight status) > -
    ");
}

#[test]
fn what_kubectl_says_is_about_the_profile_of_its_current_context() {
    let mut machine = Machine::new(&format!("{CORP}{LOGIN}"));
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    let said = |profile: &str, text: &str| {
        let user = format!(
            "users:\n- name: jane\n  user:\n    exec:\n      command: aws\n      args: [--region, us-east-1, eks, get-token, --cluster-name, main]\n      env: [{{name: AWS_PROFILE, value: {profile}}}]\n"
        );
        let file = format!(
            "contexts: [{{name: main, context: {{cluster: main, user: jane}}}}]\ncurrent-context: main\n{user}"
        );
        let content = read_kubeconfig(file.as_bytes(), |_| Some(true));
        let kubeconfigs = vec![FileOf { path: "~/.kube/config".into(), content }];
        let around = Surroundings { kubeconfigs, ..Surroundings::default() };
        as_read(&explain(text.as_bytes(), around, &machine.app.world, &machine.view()))
    };
    let unauthorized = "error: You must be logged in to the server (Unauthorized)";
    insta::assert_snapshot!(said("dev", unauthorized), @"
    kubernetes-credentials of dev, sso-session:corp; login helps
    kubectl and its relatives ask a program (mostly 'aws eks get-token') for a token. That program failed, or the cluster does not know the identity that its token stands for. kubectl's current context has the profile 'dev'.
    - ~/.kube/config:7 kubectl's current context 'main' uses the profile 'dev', whose session has ended
    - ~/.aws/config:4 'dev': ended 3 h ago
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json the token of 'corp' ended 3 h ago
    1. Sign in to 'corp' > relight login corp
    2. Where the token is fine and the answer is Unauthorized, ask who administers the cluster for an access entry for your role > -
    ");
    insta::assert_snapshot!(said("dve", unauthorized), @"
    kubernetes-credentials of -, -; login does not help
    kubectl and its relatives ask a program (mostly 'aws eks get-token') for a token. That program failed, or the cluster does not know the identity that its token stands for.
    - ~/.kube/config:7 kubectl's current context 'main' uses the profile 'dve', which is not in the AWS files
    1. Write the context anew with the profile 'dev' > aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
    2. Where the token is fine and the answer is Unauthorized, ask who administers the cluster for an access entry for your role > -
    ");
    // The plugin's own message tells more, and no more of the profile.
    let plugin = "aws: The SSO session associated with this profile has expired or is otherwise invalid.\nUnable to connect to the server: getting credentials: exec: executable aws failed with exit code 255";
    insta::assert_snapshot!(said("dev", plugin), @"
    sso-session-expired of dev, sso-session:corp; login helps
    The session of your Identity Center (AWS SSO) is over, and nothing can renew it: its token is past its end, or AWS did not take it any more. kubectl's current context has the profile 'dev'.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json the token of 'corp' ended 3 h ago
    1. Sign in to 'corp' > relight login corp
    ");
}

#[test]
fn secrets_in_the_text_are_not_in_the_answer() {
    let machine = Machine::new(CORP);
    let text = "An error occurred (ExpiredToken) when calling the X operation: AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY aws_session_token=HUSH --profile wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let json = serde_json::to_string(&answer(&machine, text)).unwrap();
    assert!(!json.contains("IOSFODNN7") && !json.contains("wJalr") && !json.contains("HUSH"), "{json}");
}

#[test]
fn no_answer_proposes_a_login_that_its_cause_rules_out() {
    let mut machine = Machine::new(&format!("{CORP}{LOGIN}"));
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    for (text, cause) in crate::texts::all() {
        for context in ["", "--profile dev ", "--profile me "] {
            let answer = answer(&machine, &format!("{context}\n{text}"));
            let signs_in = answer.fixes.iter().any(|fix| {
                matches!(fix.action, Some(Action::SignIn(_) | Action::Renew(_))) || fix.title.starts_with("Sign in")
            });
            assert!(answer.login_helps || !signs_in, "{cause}: {text}");
            assert!(!answer.login_helps || answer.cause.about().login != LoginHelps::No, "{cause}: {text}");
            assert!(answer.cause == Cause::Unknown || !answer.fixes.is_empty(), "{cause}: {text}");
        }
    }
}

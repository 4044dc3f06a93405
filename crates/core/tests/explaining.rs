//! What an error text means on a machine: the text's cause beside the state of the files.

use crate::simulation::{CORP, LOGIN, Machine, corp, minutes};
use relight_core::action::Action;
use relight_core::config::Environment;
use relight_core::explain::{Answer, Cause, LoginHelps, explain};
use relight_core::world::{Content, Seen};
use std::fmt::Write;

fn answer(machine: &Machine, text: &str) -> Answer {
    explain(text.as_bytes(), &machine.app.world, &machine.view())
}

/// As a person reads it.
fn told(machine: &Machine, text: &str) -> String {
    let answer = answer(machine, text);
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

const OVER: &str = "Error when retrieving token from sso: Token has expired and refresh failed";
const EXPIRED: &str = "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired";

fn with_environment(config: &str, credentials: &str, variables: &[(&str, &str)]) -> Machine {
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
    insta::assert_snapshot!(told(&machine, OVER), @"");
    insta::assert_snapshot!(told(&machine, "$ aws s3 ls --profile dev\n\nError loading SSO Token: Token for corp does not exist"), @"");
}

#[test]
fn a_session_that_was_signed_in_to_since_needs_no_login() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(told(&machine, OVER), @"");
    insta::assert_snapshot!(told(&machine, "Error loading SSO Token: Token for corp does not exist"), @"");
}

#[test]
fn temporary_credentials_are_renewed_where_they_came_from() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    insta::assert_snapshot!(told(&machine, &format!("aws sts get-caller-identity --profile dev\n{EXPIRED}")), @"");
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(told(&machine, &format!("aws sts get-caller-identity --profile dev\n{EXPIRED}")), @"");
    let keys = "[tmp]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\nx_security_token_expires = 2026-11-22T09:00:00Z\nx_principal_arn = arn\n";
    let machine = Machine::with_credentials("", keys);
    insta::assert_snapshot!(told(&machine, &format!("--profile tmp {EXPIRED}")), @"");
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
    insta::assert_snapshot!(told(&with_environment(CORP, "", &variables), EXPIRED), @"");
    let pasted = "[dev]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\n";
    let go = "operation error S3: ListBuckets, https response error StatusCode: 400, api error ExpiredToken: The provided token has expired.\nError: configuring Terraform AWS Provider: no valid credential sources for dev found, profile \"dev\"";
    insta::assert_snapshot!(told(&Machine::with_credentials(CORP, pasted), go), @"");
}

#[test]
fn nothing_found_is_diagnosed_by_the_files() {
    let any = "CredentialsProviderError: Could not load credentials from any providers";
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(told(&machine, any), @"");
    let select = [("AWS_PROFILE", "dev")];
    insta::assert_snapshot!(told(&with_environment(CORP, "", &select), any), @"");
    let half = "[profile dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";
    insta::assert_snapshot!(told(&with_environment(half, "", &select), any), @"");
    insta::assert_snapshot!(told(&with_environment(CORP, "", &select), "NoCredentialProviders: no valid providers in chain. Deprecated."), @"");
    insta::assert_snapshot!(told(&Machine::new(""), "Unable to locate credentials"), @"");
}

#[test]
fn a_profile_that_is_not_there_has_a_nearest_name() {
    let machine = Machine::new(CORP);
    insta::assert_snapshot!(told(&machine, "The config profile (dve) could not be found"), @"");
    insta::assert_snapshot!(told(&machine, "The config profile (staging) could not be found"), @"");
    insta::assert_snapshot!(told(&machine, "The config profile (dev) could not be found"), @"");
    let bare = Machine::new("[prod]\nsso_start_url = https://x\nsso_region = eu-west-1\n");
    insta::assert_snapshot!(told(&bare, "The config profile (prod) could not be found"), @"");
}

#[test]
fn the_line_that_a_client_stumbles_over_is_shown() {
    let machine = Machine::new("[profile a]\nregion = x\n[profile a]\nregion = y\n");
    insta::assert_snapshot!(told(&machine, "Unable to parse config file: ~/.aws/config"), @"");
    let machine = Machine::new(
        "[profile dev]\nsso_session = crop\nsso_account_id = 111122223333\nsso_role_name = R\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n",
    );
    insta::assert_snapshot!(told(&machine, "aws s3 ls --profile dev\nThe specified sso-session does not exist: \"crop\""), @"");
}

#[test]
fn a_login_is_not_proposed_where_it_cannot_help() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    let refused = "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access";
    insta::assert_snapshot!(told(&machine, &format!("--profile dev {refused}")), @"");
    insta::assert_snapshot!(told(&machine, "--profile dev An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied"), @"");
    let skew = "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature expired: 20261122T094000Z is now earlier than 20261122T094500Z (20261122T100000Z - 15 min.)";
    insta::assert_snapshot!(told(&machine, skew), @"");
}

#[test]
fn other_causes_are_told_with_what_the_text_names() {
    let machine = Machine::new(&format!("{CORP}{LOGIN}"));
    insta::assert_snapshot!(told(&machine, "Need to perform AWS calls for account 111122223333, but the current credentials are for 444455556666"), @"");
    let push = "The push refers to repository [111122223333.dkr.ecr.us-east-1.amazonaws.com/api]\ndenied: Your authorization token has expired. Reauthenticate and try again.";
    insta::assert_snapshot!(told(&machine, push), @"");
    let opt_in = "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid (https://sts.eu-south-1.amazonaws.com)";
    insta::assert_snapshot!(told(&machine, opt_in), @"");
    insta::assert_snapshot!(told(&machine, "Error loading login session token: Unable to load a existing login session for session arn:aws:iam::111122223333:user/me"), @"");
    insta::assert_snapshot!(told(&machine, "make: *** [all] Error 2"), @"");
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

//! What explain proposes where the text does not say which profile or session it is about.

use crate::explaining::{EXPIRED, OVER, answer, as_read, told, with_environment};
use crate::simulation::{CORP, LOGIN, Machine, corp, minutes};
use relight_core::doctor::Surroundings;
use relight_core::explain::explain;

const TWO: &str = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = R\n[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n[profile prod]\nsso_session = acme\nsso_account_id = 444455556666\nsso_role_name = R\n";

#[test]
fn where_no_profile_is_chosen_one_is_proposed_with_the_sign_in_that_it_needs() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    insta::assert_snapshot!(told(&machine, "Unable to locate credentials"), @"
    no-credentials of -, -; login helps
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one.
    -  AWS_PROFILE is not set, and there is no profile 'default'
    1. Use the profile 'dev', after a sign-in to 'corp' > export AWS_PROFILE=dev
    2. Sign in to 'corp' > relight login corp
    ");
    let cdk = "Need to perform AWS calls for account 444455556666, but no credentials have been configured";
    insta::assert_snapshot!(told(&machine, cdk), @"
    no-credentials of -, -; login does not help
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one.
    -  AWS_PROFILE is not set, and there is no profile 'default'
    -  no profile here is of the account 444455556666
    1. Choose a profile: set AWS_PROFILE, or use the program's own option such as --profile > -
    2. See which profiles there are, and which work (relight status) > -
    ");
    let mut machine = Machine::new(TWO);
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(told(&machine, cdk), @"
    no-credentials of -, -; login helps
    It looked at the environment, at the profile and at the machine's own role, and found nothing. Mostly no profile is chosen and there is no default one.
    -  AWS_PROFILE is not set, and there is no profile 'default'
    1. Use the profile 'prod', after a sign-in to 'acme' > export AWS_PROFILE=prod
    2. Sign in to 'acme' > relight login acme
    ");
    let other = "Need to perform AWS calls for account 444455556666, but the current credentials are for 111122223333";
    insta::assert_snapshot!(told(&machine, other), @"
    wrong-account of -, -; login helps
    The program is to work in one account, and the credentials in use belong to another.
    1. Use the profile 'prod', which is of the account 444455556666 > export AWS_PROFILE=prod
    2. Sign in to 'acme' > relight login acme
    ");
    let unknown = [("AWS_PROFILE", "dve")];
    insta::assert_snapshot!(told(&with_environment(CORP, "", &unknown), "Unable to locate credentials"), @"
    profile-not-found of -, -; login does not help
    The name is in none of the files that this program reads. In ~/.aws/config a profile's header is [profile NAME], in ~/.aws/credentials [NAME].
    -  AWS_PROFILE names the profile 'dve', which is in no file
    - ~/.aws/config:4 the nearest name is 'dev'
    1. Correct AWS_PROFILE, or unset it > -
    2. Use the profile 'dev' instead of 'dve' > export AWS_PROFILE=dev
    ");
}

#[test]
fn of_expired_credentials_without_a_profile_the_session_that_is_over_is_shown() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    insta::assert_snapshot!(told(&machine, EXPIRED), @"
    temporary-credentials-expired of -, -; login helps
    The key is a temporary one with a session token, and its time is over. A sign-in helps where the profile gets its credentials from a session; keys that were copied into a file or the environment must be copied anew.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json the token of 'corp' ended 3 h ago
    1. Sign in to 'corp' > relight login corp
    2. See which profile the program uses, and how it stands > relight status
    3. Where it has keys that were copied, copy them anew; restart a program that runs all the time > -
    ");
}

#[test]
fn a_session_that_is_not_here_is_no_other_one() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    insta::assert_snapshot!(told(&machine, "Error loading SSO Token: Token for crop does not exist"), @"
    sso-never-signed-in of -, -; login helps
    There is no token file for the session. Each session has a file of its own, named after the session (or, in the older spelling, after the start URL, byte for byte), so a token of another session or of another spelling is not found.
    - ~/.aws/config no session is called 'crop' here, the nearest is 'corp'
    1. Correct 'crop' in the profile that the program uses, where it is misspelt > -
    2. See that the program reads the files that you mean: HOME and AWS_CONFIG_FILE say which > -
    ");
    let mut machine = Machine::new(TWO);
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    let refused = "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access";
    let found = answer(&machine, refused).session;
    assert_eq!(found, Some(corp()), "the portal refuses roles to those who are signed in");
    let machine = Machine::new(LOGIN);
    assert_eq!(answer(&machine, OVER).session, None, "a session of aws login is none of an Identity Center");
    let dangling = "[profile dev]\nsso_session = crop\nsso_account_id = 111122223333\nsso_role_name = R\n";
    let machine = Machine::new(&format!("{CORP}{}", dangling.replace("dev", "half")));
    let found = answer(&machine, "The specified sso-session does not exist: \"crop\"");
    assert_eq!((found.profile.as_deref(), found.session), (Some("half"), None));
}

#[test]
fn advice_is_of_what_the_text_is_about() {
    let machine = Machine::new(CORP);
    let first = |text: &str| answer(&machine, text).fixes.swap_remove(0).title;
    let presigned = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>3600</X-Amz-Expires></Error>";
    assert!(first(presigned).starts_with("Make a new presigned address"), "{}", first(presigned));
    let oidc = "Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity";
    assert!(first(oidc).contains("OIDC"), "{}", first(oidc));
    let java =
        "To use Sso related properties in the 'dev' profile, the 'sso' service module must be on the class path.";
    assert!(first(java).contains("software.amazon.awssdk:sso and :ssooidc"), "{}", first(java));
    let local = "Could not connect to the endpoint URL: \"http://localhost:4566/\"";
    assert!(first(local).contains("AWS_ENDPOINT_URL"), "{}", first(local));
    let mfa = "Enter MFA code for arn:aws:iam::111122223333:mfa/jane: \nEOFError: EOF when reading a line";
    assert_eq!(answer(&machine, mfa).role, None);
    let skew = "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature expired: 20261122T094000Z is now earlier than 20261122T094500Z (20261122T100000Z - 15 min.)";
    assert_eq!(answer(&machine, skew).also, []);
    let body = "{\"message\":\"The provided token has expired.\",\"code\":\"ExpiredToken\"}";
    assert_eq!(answer(&machine, body).matched.as_deref(), Some("The provided token has expired."));
}

#[test]
fn a_token_under_the_start_urls_name_is_why_the_session_has_none() {
    let machine = Machine::new(CORP);
    let around =
        Surroundings { tokens_of_urls: [(corp(), machine.now + minutes(300))].into(), ..Surroundings::default() };
    let text = "Error loading SSO Token: Token for corp does not exist";
    let answer = explain(text.as_bytes(), around, &machine.app.world, &machine.view());
    insta::assert_snapshot!(as_read(&answer), @"
    sso-never-signed-in of dev, sso-session:corp; login helps
    There is no token file for the session. Each session has a file of its own, named after the session (or, in the older spelling, after the start URL, byte for byte), so a token of another session or of another spelling is not found.
    - ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json there is no token of 'corp'
    -  There is a token of corp under the name of its start URL, where only profiles look that spell sso_start_url themselves. Those with sso_session = corp find none: 'Token for corp does not exist'
    1. Sign in to 'corp' > relight login corp
    ");
}

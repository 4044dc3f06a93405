//! `relight doctor`: what is wrong around the AWS files, and mending it.

use crate::setting::{Result, START_URL, aws, config, in_minutes, signed_in, world};
use jiff::SignedDuration;
use relight_tests::fake_aws::{Fault, Operation};
use relight_tests::world::{Printed, World, program, run, token_file};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const KEY: &str = "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter2\n";

fn said(printed: &Printed) -> String {
    assert!(!printed.out.contains("hunter2"), "{printed:?}");
    format!("{} {}{}", printed.code.unwrap_or(-1), printed.out, printed.err)
}

/// So that the permissions of what is in it are nobody's concern.
fn closed(world: World) -> Result<World> {
    fs::set_permissions(world.home(), fs::Permissions::from_mode(0o700))?;
    Ok(world)
}

/// The password that ECR gives, as Docker keeps it: it ended so many minutes ago.
fn docker_login(minutes: i64) -> String {
    let encode = |text: String| data_encoding::BASE64.encode(text.as_bytes());
    let token = encode(format!("{{\"expiration\": {}}}", in_minutes(-minutes).as_second()));
    let auth = encode(format!("AWS:{token}"));
    format!("{{\"auths\": {{\"111122223333.dkr.ecr.us-east-1.amazonaws.com\": {{\"auth\": \"{auth}\"}}}}}}")
}

fn mode(path: &Path) -> Result<u32> {
    Ok(fs::metadata(path)?.permissions().mode() & 0o777)
}

/// What is said at a terminal where this is answered, one letter a question.
pub(crate) fn at_a_terminal(world: &World, words: &str, answers: &str) -> Result<String> {
    let answers: Vec<_> = answers.split_inclusive('\n').collect();
    let text = world.at_a_terminal(&format!("{} {words}", program("relight")?.display()), &answers)?;
    Ok(text.replace(&world.home().display().to_string(), "HOME"))
}

fn without_stamps(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(".backup-") {
        out.push_str(before);
        out.push_str(".backup");
        rest = after.trim_start_matches(|character: char| character.is_ascii_digit() || "TZ-".contains(character));
    }
    out + rest
}

fn kubeconfig(profile: &str) -> String {
    format!(
        "apiVersion: v1\nclusters:\n- cluster: {{server: https://x.eks.amazonaws.com}}\n  name: arn:aws:eks:us-east-1:111122223333:cluster/main\n\
         contexts:\n- context: {{cluster: 'arn:aws:eks:us-east-1:111122223333:cluster/main', user: jane}}\n  name: main\ncurrent-context: main\n\
         users:\n- name: jane\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n      command: ./aws\n      \
         args: [--region, us-east-1, eks, get-token, --cluster-name, main]\n      env:\n      - {{name: AWS_PROFILE, value: {profile}}}\n"
    )
}

#[test]
fn what_other_tools_say_is_followed_to_the_profiles() -> Result<()> {
    let aws = aws();
    let world = closed(world(&aws)?)?;
    signed_in(&world, &aws, START_URL, "corp", 50)?;
    world.write(".kube/aws", "")?;
    world.write(".kube/config", kubeconfig("dve"))?;
    world.write("project/cdk.context.json", "{\"vpc-provider:account=999988887777:region=us-east-1\": {}}\n")?;
    world.write("project/go.mod", "module x\nrequire github.com/aws/aws-sdk-go v1.55.0\n")?;
    world.write(".docker/config.json", docker_login(185))?;
    let doctor = |profile: &str| -> Result<Printed> {
        let mut command = world.program("relight")?;
        command.current_dir(world.home().join("project")).env("AWS_PROFILE", profile).env("SHELL", "/bin/bash");
        Ok(run(command.arg("doctor"))?)
    };
    let fake = aws.url().replace("http://", "");
    insta::assert_snapshot!(said(&doctor("dev")?).replace(&fake, "FAKE"), @"
    1 To be mended
      ~/.docker/config.json:1: Docker's login to 111122223333.dkr.ecr.us-east-1.amazonaws.com ended 3 h 5 min ago.
          Log in again before the next pull or push.
          → Log in again: aws ecr get-login-password --region us-east-1 --profile dev | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com
      ~/.kube/config:13: kubectl's current context 'main' uses the profile 'dve', which is not in the AWS files.
          Write the context anew with a profile that is there, or add the profile.
          → Write the context anew with the profile 'dev': aws eks update-kubeconfig --name main --region us-east-1 --profile dev --alias main
      ~/project/cdk.context.json:1: The CDK looked things up for this project in account 999988887777, but 'dev' is for account 111122223333.
          Use a profile of that account, or look everything up anew.
          → Forget what was looked up: cdk context --clear
      ~/project/go.mod:2: This project uses the AWS SDK for Go v1, which does not read the config file while AWS_SDK_LOAD_CONFIG is not set.
          Set AWS_SDK_LOAD_CONFIG=1, or move on to the SDK's next generation.
          → Set AWS_SDK_LOAD_CONFIG: export AWS_SDK_LOAD_CONFIG=1
    Worth knowing
      Without a region: old.
          Name one with --region, or add it to the profile.
      Not signed in: old.
          Sign in when you need it.
          → Sign in to 'old': relight login old
      ~/.aws/config:9: endpoint_url of [profile dev] (and 1 more) sends calls to FAKE instead of to AWS.
          Remove it to call AWS.
    ");
    world.write(".kube/config", kubeconfig("old"))?;
    let printed = doctor("dev")?;
    assert!(
        printed.out.contains("kubectl's current context 'main' uses the profile 'old', which is not signed in."),
        "{printed:?}"
    );
    world.write(".kube/config", "users: [\n")?;
    let printed = doctor("dev")?;
    assert!(printed.out.contains("~/.kube/config cannot be read: it is no YAML"), "{printed:?}");
    assert_eq!(aws.requests().len(), 0, "nothing is called without --online");
    Ok(())
}

#[test]
fn a_sound_machine_is_told_so() -> Result<()> {
    let aws = aws();
    let world = closed(World::new()?)?;
    let sound = config(&aws).split("[profile old]").next().unwrap_or_default().to_owned();
    world.write(".aws/config", sound)?;
    signed_in(&world, &aws, START_URL, "corp", 50)?;
    let fake = aws.url().replace("http://", "");
    let sound = said(&world.relight(&["doctor", "--profile", "dev"])?).replace(&fake, "FAKE");
    insta::assert_snapshot!(sound, @"
    0 Nothing is wrong.
    Worth knowing
      ~/.aws/config:9: endpoint_url of [profile dev] sends calls to FAKE instead of to AWS.
          Remove it to call AWS.
    ");
    insta::assert_snapshot!(said(&world.relight(&["doctor", "--profile", "dve"])?), @"2 relight: There is no profile 'dve'. Profiles: dev.");
    insta::assert_snapshot!(said(&world.relight(&["doctor", "--fix", "--json"])?), @"2 relight: --fix asks for each change, which --json cannot: leave one of them out.");
    Ok(())
}

/// A session without a region that another one has, a key that hides its profile, and permissions.
fn damaged() -> Result<World> {
    let world = closed(World::new()?)?;
    world.write(
        ".aws/config",
        "# mine\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\n[sso-session same]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
         [profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n",
    )?;
    let credentials = world.write(".aws/credentials", KEY)?;
    fs::set_permissions(world.home(), fs::Permissions::from_mode(0o755))?;
    fs::set_permissions(world.home().join(".aws"), fs::Permissions::from_mode(0o755))?;
    fs::set_permissions(world.home().join(".aws/config"), fs::Permissions::from_mode(0o600))?;
    fs::set_permissions(&credentials, fs::Permissions::from_mode(0o604))?;
    Ok(world)
}

#[test]
fn each_change_is_shown_and_made_when_the_person_agrees() -> Result<()> {
    let world = damaged()?;
    let (config, credentials) = (world.home().join(".aws/config"), world.home().join(".aws/credentials"));
    let before = fs::read_to_string(&config)?;
    let text = at_a_terminal(&world, "doctor --fix", "y\ny\nn\n")?;
    let (_, offered) = text.split_once("\n\n").ok_or("nothing is offered")?;
    insta::assert_snapshot!(without_stamps(offered), @"
    ~/.aws/config:2: [sso-session corp] lacks sso_region.
      ~/.aws/config
          [sso-session corp]
        + sso_region = us-east-1
      ~/.aws/config as it was stays beside it as a backup.
    Write sso_region = us-east-1 in [sso-session corp]? [y/N] y
    Written. ~/.aws/config as it was: ~/.aws/config.backup
    To take it back: cp HOME/.aws/config.backup HOME/.aws/config

    Others on this machine can read ~/.aws/credentials: its mode is 0604.
      ~/.aws/credentials
        - mode 0604
        + mode 0600
      To take it back: chmod 0604 HOME/.aws/credentials
    Correct the permissions? [y/N] y
    Corrected: 1 file.
    To take it back: chmod 0604 HOME/.aws/credentials

    ~/.aws/credentials:2: dev: Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK).
      ~/.aws/credentials
        - [dev]
        - aws_access_key_id = AKIA…MPLE
        - aws_secret_access_key = …
      ~/.aws/credentials as it was stays beside it as a backup.
    Remove the key that hides what 'dev' is for? [y/N] n

    To copy
      Sign in to 'corp'
          relight login corp
      Sign in to 'same'
          relight login same
    ");
    let region = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n";
    assert!(fs::read_to_string(&config)?.contains(region));
    assert_eq!((fs::read_to_string(&credentials)?.as_str(), mode(&credentials)?), (KEY, 0o600));

    // The last line of each is the way back.
    for command in offered.lines().filter_map(|line| line.strip_prefix("To take it back: ")) {
        let command = command.replace("HOME", &world.home().display().to_string());
        assert!(world.command("sh").args(["-c", &command]).status()?.success(), "{command}");
    }
    assert_eq!((fs::read_to_string(&config)?, mode(&credentials)?), (before, 0o604));
    Ok(())
}

#[test]
fn the_section_that_hides_a_profile_goes_and_nothing_is_changed_unseen() -> Result<()> {
    let world = damaged()?;
    let credentials = world.home().join(".aws/credentials");
    let printed = world.relight(&["doctor", "--fix"])?;
    assert!(printed.err.contains("Nothing was changed: --fix asks for each change, at a terminal."), "{printed:?}");
    assert_eq!(fs::read_to_string(&credentials)?, KEY);
    let text = at_a_terminal(&world, "doctor --fix --profile dev", "n\nn\ny\n")?;
    assert!(
        text.contains("    - [dev]\n    - aws_access_key_id = AKIA…MPLE\n    - aws_secret_access_key = …\n"),
        "{text}"
    );
    assert_eq!(fs::read_to_string(&credentials)?, "");
    Ok(())
}

#[test]
fn what_a_change_made_possible_is_told_as_such() -> Result<()> {
    let world = closed(World::new()?)?;
    world.write(
        ".aws/config",
        "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
         [profile dev]\nsso_session = crop\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n",
    )?;
    let text = at_a_terminal(&world, "doctor --fix --profile dev", "y\nn\n")?;
    assert!(text.contains("\nPossible since that change: Nobody is signed in to corp, which"), "{text}");
    assert_eq!(text.matches("Possible since").count(), 1);
    Ok(())
}

#[test]
fn a_sign_in_is_one_of_the_fixes() -> Result<()> {
    let aws = aws();
    let world = closed(world(&aws)?)?;
    aws.auto_approve(true);
    aws.set_poll_interval(std::time::Duration::from_secs(1));
    let text = at_a_terminal(&world, "doctor --fix --profile dev", "y\n")?;
    assert!(text.contains("Sign in to 'corp'? [y/N]") && world.home().join(token_file("corp")).exists(), "{text}");
    assert!(said(&world.relight(&["doctor", "--profile", "dev"])?).starts_with("0 Nothing is wrong.\n"));
    Ok(())
}

#[test]
fn a_damaged_token_is_set_aside() -> Result<()> {
    let aws = aws();
    let world = closed(world(&aws)?)?;
    world.write(&token_file("corp"), "{\"accessToken\": ")?;
    let text = at_a_terminal(&world, "doctor --fix --profile dev", "n\ny\nn\nn\n")?;
    let aside = format!("{}.damaged", token_file("corp"));
    assert_eq!(fs::read_to_string(world.home().join(&aside))?, "{\"accessToken\": ", "{text}");
    assert!(!world.home().join(token_file("corp")).exists());
    Ok(())
}

#[test]
fn a_key_is_remembered_since_its_file_was_last_changed() -> Result<()> {
    let world = closed(World::new()?)?;
    world.write(".aws/credentials", KEY.replace("[dev]\n", "[dev]\nregion = us-east-1\n"))?;
    world.age(".aws/credentials", std::time::Duration::from_hours(24 * 100))?;
    let printed = world.relight(&["doctor"])?;
    assert!(
        printed.out.contains("The long-term key AKIA…MPLE of 'dev' has been on this machine unchanged for 100 d."),
        "{printed:?}"
    );
    // Another line of the file is not another key.
    world.write(".aws/credentials", KEY.replace("[dev]\n", "[dev]\nregion = eu-west-1\n"))?;
    assert!(world.relight(&["doctor"])?.out.contains("unchanged for 100 d"));
    world.write(
        ".aws/credentials",
        KEY.replace("EXAMPLE", "EXAMPLF").replace("[dev]\n", "[dev]\nregion = us-east-1\n"),
    )?;
    assert_eq!(said(&world.relight(&["doctor"])?), "0 Nothing is wrong.\n");
    assert!(!fs::read_to_string(world.state()?.join("history.json"))?.contains("AKIA"));
    Ok(())
}

#[test]
fn online_says_who_each_profile_is() -> Result<()> {
    let aws = aws();
    let world = closed(world(&aws)?)?;
    signed_in(&world, &aws, START_URL, "corp", 50)?;
    let more = format!(
        "[profile bad]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter2\nendpoint_url = {0}\nregion = us-east-1\n\
         [profile runs]\ncredential_process = touch ran\nregion = us-east-1\n",
        aws.url()
    );
    world.write(".aws/config", config(&aws) + &more)?;
    let host = aws.url().replace("http://", "");
    let doctor = |words: &[&str]| -> Result<String> {
        let text = said(&world.relight(words)?).replace(&host, "FAKE");
        // The name of a role of Identity Center ends with what is made up anew in each world.
        let id = text.split_once("AWSReservedSSO_ReadOnly_").and_then(|(_, rest)| rest.split('/').next());
        Ok(id.map(|id| text.replace(id, "ID")).unwrap_or(text))
    };
    insta::assert_snapshot!(doctor(&["doctor", "--online"])?, @"
    1 Identities
      bad   unknown       InvalidClientTokenId, see below
      dev   111122223333  arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_ReadOnly_ID/jane@example.com
      old   not asked     nobody is signed in
      runs  not asked     it runs a program: name it with --profile
    Does not work
      FAKE does not know who 'bad' is: The security token included in the request is invalid (InvalidClientTokenId).
          AWS found no such access key. There are four reasons: the key was deleted or deactivated; it is a temporary key (ASIA…) without its session token; it belongs to another partition (China, GovCloud); or the region is not enabled for the account.
          → Where the key begins with ASIA, copy all three values: aws_access_key_id, aws_secret_access_key and aws_session_token
          → See whether the key still exists and is active (aws iam list-access-keys), and make a new one where it is not
          → In China and GovCloud, use a region of the partition that the key is of
          → Enable the region for the account, or use another one
    Worth knowing
      Without a region: old.
          Name one with --region, or add it to the profile.
      Not signed in: old.
          Sign in when you need it.
          → Sign in to 'old': relight login old
      ~/.aws/config:9: endpoint_url of [profile dev] (and 2 more) sends calls to FAKE instead of to AWS.
          Remove it to call AWS.
    ");
    assert_eq!((aws.count(Operation::GetCallerIdentity), world.home().join("ran").exists()), (2, false));

    let printed = world.relight(&["doctor", "--online", "--profile", "dev", "--json"])?;
    let document: Value = serde_json::from_str(&printed.out)?;
    assert_eq!(document["identities"][0]["account_id"], "111122223333", "{document}");
    assert_eq!(document["identities"][0]["outcome"], "known");

    aws.set_clock_offset(SignedDuration::from_mins(-20));
    let text = doctor(&["doctor", "--online", "--profile", "dev"])?;
    assert!(text.contains("clock is 20 min ahead of AWS's"), "{text}");
    aws.set_clock_offset(SignedDuration::ZERO);
    aws.fault(Operation::GetCallerIdentity, Fault::Error(400, "ExpiredToken"));
    let text = doctor(&["doctor", "--online", "--profile", "dev"])?;
    assert!(text.contains("(ExpiredToken)") && text.contains("its time is over"), "{text}");
    Ok(())
}

//! Credentials of every kind of profile, as programs and shells take them.

#[cfg(unix)]
pub(crate) mod clients;
#[cfg(unix)]
mod guard;

use crate::setting::{OLD, Result, START_URL, aws, in_minutes, signed_in};
use relight_tests::fake_aws::{FakeAws, Fault, Operation};
use relight_tests::world::{Printed, World, run, token_file, token_text};
use serde_json::Value;
use std::fs;

const DEVICE: &str = "arn:aws:iam::111122223333:mfa/jane";

/// One profile of each kind, all of whose calls go to `aws`.
fn world(aws: &FakeAws) -> Result<World> {
    let world = World::new()?;
    let (url, home, relight) =
        (aws.url(), world.home().display().to_string(), relight_tests::world::program("relight")?);
    let relight = relight.display();
    let key = aws.add_user_key("111122223333", "jane");
    let role = format!("endpoint_url = {url}\nrole_arn = arn:aws:iam::444455556666:role");
    world.write(
        ".aws/config",
        format!(
            "[sso-session corp]\nsso_start_url = {START_URL}\nsso_region = us-east-1\n\
             [profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nendpoint_url = {url}\nregion = us-east-1\n\
             [profile typo]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Readonly\nendpoint_url = {url}\n\
             [profile deploy]\n{role}/Deploy\nsource_profile = dev\nexternal_id = x-1\nduration_seconds = 3600\nrole_session_name = jane\n\
             [profile chained]\n{role}/Chained\nsource_profile = deploy\nregion = eu-west-1\n\
             [profile long]\n{role}/Long\nsource_profile = deploy\nduration_seconds = 7200\n\
             [profile keyed]\n{role}/Keyed\nsource_profile = key\nexternal_id = x-1\nduration_seconds = 3600\nrole_session_name = jane\n\
             [profile mfa]\n{role}/mfa/Admin\nsource_profile = key\nmfa_serial = {DEVICE}\n\
             [profile lacking]\n{role}/mfa/Admin\nsource_profile = key\n\
             [profile web]\n{role}/Web\nweb_identity_token_file = {home}/token\n\
             [profile from-environment]\n{role}/Env\ncredential_source = Environment\n\
             [profile instance]\n{role}/Machine\ncredential_source = Ec2InstanceMetadata\n\
             [profile program]\ncredential_process = {relight} credentials deploy\n\
             [profile self]\ncredential_process = {relight} credentials self\n\
             [profile one]\ncredential_process = {relight} credentials two\n\
             [profile two]\n{role}/Two\nsource_profile = one\n\
             [profile login]\nlogin_session = arn:aws:iam::111122223333:user/jane\n\
             [profile nothing]\nregion = x\n"
        ),
    )?;
    world.write(
        ".aws/credentials",
        format!(
            "[key]\naws_access_key_id = {}\naws_secret_access_key = {}\n\
             [old]\naws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = DUMMY\naws_session_token = DUMMY\naws_expiration = 2026-01-01T00:00:00Z\n",
            key.access_key_id, key.secret_access_key
        ),
    )?;
    world.write("token", "e30.e30.x\n")?;
    Ok(world)
}

/// An AWS and a world that is signed in to it for an hour.
fn signed_in_world() -> Result<(FakeAws, World)> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    Ok((aws, world))
}

fn credentials(world: &World, profile: &str) -> Result<Printed> {
    Ok(world.relight(&["credentials", profile])?)
}

/// The document, where all went well.
fn document(printed: &Printed) -> Result<Value> {
    assert_eq!((printed.code, printed.err.as_str()), (Some(0), ""), "{}", printed.out);
    Ok(serde_json::from_str(&printed.out)?)
}

/// What a failure says; never anything on standard output.
fn failure(printed: &Printed) -> String {
    assert_eq!(printed.out, "");
    format!("{} {}", printed.code.unwrap_or(-1), printed.err.trim_end())
}

/// The fields of a request's form that decide what comes back.
fn form(aws: &FakeAws, operation: Operation) -> Vec<String> {
    let requests = aws.requests();
    let request = requests.iter().rfind(|request| request.operation == operation);
    let body = request.map(|request| request.body.clone()).unwrap_or_default();
    let mut fields: Vec<String> = body.split('&').map(str::to_owned).collect();
    fields.retain(|field| {
        !["Action", "Version", "WebIdentityToken"].iter().any(|name| field.starts_with(&format!("{name}=")))
    });
    fields.sort();
    fields
}

#[test]
fn each_kind_of_profile_gives_its_credentials() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    for (profile, account) in [
        ("dev", "111122223333"),
        ("deploy", "444455556666"),
        ("chained", "444455556666"),
        ("web", "444455556666"),
        ("program", "444455556666"),
        ("key", "111122223333"),
    ] {
        let document = document(&credentials(&world, profile)?)?;
        assert_eq!(
            (&document["Version"], document["AccountId"].as_str()),
            (&Value::from(1), Some(account)),
            "{profile}"
        );
        assert_eq!(document["SessionToken"].is_string(), profile != "key", "{profile}");
        assert_eq!(document["Expiration"].is_string(), profile != "key", "{profile}");
    }
    // Each role was asked for once: 'deploy' three times out of the cache.
    assert_eq!(aws.count(Operation::GetRoleCredentials), 1);
    assert_eq!(aws.count(Operation::AssumeRole), 2);
    assert_eq!(aws.count(Operation::AssumeRoleWithWebIdentity), 1);
    Ok(())
}

#[test]
fn sts_is_asked_for_exactly_what_the_profile_says() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    document(&credentials(&world, "deploy")?)?;
    assert_eq!(
        form(&aws, Operation::AssumeRole),
        [
            "DurationSeconds=3600",
            "ExternalId=x-1",
            "RoleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2FDeploy",
            "RoleSessionName=jane"
        ]
    );
    document(&credentials(&world, "chained")?)?;
    let requests = aws.requests();
    let last = requests.last().and_then(|request| request.header("authorization")).unwrap_or_default();
    assert!(last.contains("/eu-west-1/sts/"), "signed for the profile's own region: {last}");
    insta::assert_snapshot!(failure(&credentials(&world, "long")?), @"3 relight: The role arn:aws:iam::444455556666:role/Long of 'long' was refused: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining (ValidationError). Lower duration_seconds in the profile.");
    Ok(())
}

#[test]
fn the_key_in_the_environment_starts_a_role() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    insta::assert_snapshot!(failure(&credentials(&world, "from-environment")?), @"3 relight: The key in the environment cannot be used: its id or its secret is missing.");
    let key = aws.add_user_key("111122223333", "joe");
    let mut relight = world.program("relight")?;
    relight.env("AWS_ACCESS_KEY_ID", key.access_key_id).env("AWS_SECRET_ACCESS_KEY", key.secret_access_key);
    let document = document(&run(relight.args(["credentials", "from-environment"]))?)?;
    assert_eq!(document["AccountId"], "444455556666");
    Ok(())
}

#[test]
fn what_gives_no_credentials_says_why() -> Result<()> {
    let (_aws, world) = signed_in_world()?;
    let said = |profile| credentials(&world, profile).map(|printed| failure(&printed));
    insta::assert_snapshot!(said("instance")?, @"3 relight: 'instance' starts from credentials of the container or machine that it runs on, which the programs there get by themselves: Relight does not.");
    insta::assert_snapshot!(said("nothing")?, @"3 relight: 'nothing' has no credentials. Give it some, or name another profile.");
    insta::assert_snapshot!(said("old")?, @"1 relight: The key of 'old' has ended. To renew it, run: aws-azure-login --profile old");
    insta::assert_snapshot!(said("login")?, @"1 relight: There are no keys of 111122223333:user/jane that have not ended. Sign in: relight login 111122223333:user/jane");
    insta::assert_snapshot!(said("depl")?, @"2 relight: There is no profile 'depl'. Did you mean deploy?");
    insta::assert_snapshot!(said("self")?, @"
    3 relight: credential_process leads in a circle: self → self.
    relight: The credential_process of self failed: it ended with code 3.
    ");
    insta::assert_snapshot!(said("two")?, @"
    3 relight: credential_process leads in a circle: two → one → two.
    relight: The credential_process of one failed: it ended with code 3.
    ");
    Ok(())
}

#[test]
fn a_token_that_is_over_is_renewed_first() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    insta::assert_snapshot!(failure(&credentials(&world, "dev")?), @"1 relight: Nobody is signed in to corp. Sign in: relight login corp");
    signed_in(&world, &aws, START_URL, "corp", -5)?;
    world.age(&token_file("corp"), OLD)?;
    document(&credentials(&world, "dev")?)?;
    assert_eq!(aws.count(Operation::CreateToken), 1);
    // The session itself is over: a refresh does not help, and is not tried again.
    signed_in(&world, &aws, START_URL, "corp", -5)?;
    world.age(&token_file("corp"), OLD)?;
    aws.end_session(START_URL);
    assert_eq!(credentials(&world, "dev")?.code, Some(0), "the cache serves");
    let said = failure(&credentials(&world, "typo")?);
    insta::assert_snapshot!(said, @"1 relight: The sign-in to corp ended 5 min ago. Sign in: relight login corp");
    assert_eq!(failure(&credentials(&world, "typo")?), said);
    assert_eq!(aws.count(Operation::CreateToken), 2);
    Ok(())
}

#[test]
fn the_portal_refuses_for_two_reasons() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    insta::assert_snapshot!(failure(&credentials(&world, "typo")?), @"3 relight: You are signed in to corp, but not assigned the role Readonly in the account 111122223333, or the profile spells them wrongly. Signing in again does not help: ask the administrator of https://corp.awsapps.com/start.");
    assert_eq!(aws.count(Operation::CreateToken), 0, "a refresh would not help");
    // A token that was revoked is renewed once.
    let grant = aws.grant(START_URL);
    world.write(&token_file("corp"), token_text(&grant, in_minutes(60)))?;
    world.age(&token_file("corp"), OLD)?;
    aws.revoke_token(&grant.access_token);
    document(&credentials(&world, "dev")?)?;
    assert_eq!((aws.count(Operation::CreateToken), aws.count(Operation::GetRoleCredentials)), (1, 3));
    // And when that does not help, a person must sign in.
    fs::remove_dir_all(world.home().join(".aws/cli"))?;
    aws.end_session(START_URL);
    insta::assert_snapshot!(failure(&credentials(&world, "dev")?), @"1 relight: AWS does not know the sign-in to corp any more. Sign in: relight login corp");
    Ok(())
}

#[test]
fn what_ends_soon_is_renewed_and_used_where_it_cannot_be() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    document(&credentials(&world, "dev")?)?;
    let files: Vec<_> = fs::read_dir(world.home().join(".aws/cli/cache"))?.collect::<std::io::Result<_>>()?;
    let [file] = files.as_slice() else { return Err("one role is cached".into()) };
    let mut cached: Value = serde_json::from_str(&fs::read_to_string(file.path())?)?;
    let end = in_minutes(14).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    cached["Credentials"]["Expiration"] = Value::from(end.as_str());
    fs::write(file.path(), cached.to_string())?;
    aws.fault(Operation::GetRoleCredentials, Fault::ServerError.times(1));
    assert_eq!(document(&credentials(&world, "dev")?)?["Expiration"], end.as_str());
    assert_ne!(document(&credentials(&world, "dev")?)?["Expiration"], end.as_str());
    Ok(())
}

#[test]
fn many_at_once_make_one_call() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    let start = || world.start_relight(&["credentials", "deploy"]);
    let running = (0..6).map(|_| start()).collect::<std::io::Result<Vec<_>>>()?;
    let printed = running.into_iter().map(|one| one.end()).collect::<std::io::Result<Vec<_>>>()?;
    assert!(printed.iter().all(|one| one.code == Some(0) && one.out == printed[0].out), "{printed:?}");
    assert_eq!((aws.count(Operation::GetRoleCredentials), aws.count(Operation::AssumeRole)), (1, 1));
    Ok(())
}

#[cfg(unix)]
#[test]
fn an_mfa_code_is_asked_for_at_a_terminal() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    // In a session of its own there is no terminal.
    let relight = relight_tests::world::program("relight")?;
    let apart = |profile: &str| run(world.command("setsid").arg("--wait").arg(&relight).args(["credentials", profile]));
    insta::assert_snapshot!(failure(&apart("mfa")?), @"1 relight: 'mfa' needs an MFA code, and there is no terminal to ask at. Run in a terminal: relight credentials mfa");
    insta::assert_snapshot!(failure(&apart("lacking")?), @"3 relight: The role arn:aws:iam::444455556666:role/mfa/Admin of 'lacking' was refused: User: arn:aws:iam::111122223333:user/jane is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/mfa/Admin (AccessDenied). Its trust policy must allow who you are; if it wants MFA, the profile needs mfa_serial. A sign-in does not help.");
    let at_a_terminal = |typed: &str| -> Result<String> {
        let mut script = world.command("script");
        script.args(["-qec", &format!("{} credentials mfa", relight.display()), "/dev/null"]);
        let mut child = script
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()?;
        std::io::Write::write_all(&mut child.stdin.take().ok_or("no input")?, typed.as_bytes())?;
        Ok(String::from_utf8(child.wait_with_output()?.stdout)?)
    };
    let said = at_a_terminal("12\n")?;
    assert!(said.contains(&format!("MFA code of {DEVICE}:")), "{said}");
    assert!(said.contains("Each code works once: wait for the next one."), "{said}");
    let said = at_a_terminal("123456\n")?;
    assert!(said.contains("\"SessionToken\""), "{said}");
    // Now it is cached.
    document(&apart("mfa")?)?;
    assert_eq!(aws.count(Operation::AssumeRole), 3);
    Ok(())
}

#[cfg(unix)]
#[test]
fn each_format_is_read_by_its_own_shell() -> Result<()> {
    let (_aws, world) = signed_in_world()?;
    let whole = document(&credentials(&world, "dev")?)?;
    let relight = relight_tests::world::program("relight")?;
    let show = "\"$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN $AWS_CREDENTIAL_EXPIRATION $AWS_SECURITY_TOKEN\"";
    let wanted = |document: &Value| {
        let text = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
        let parts = ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"].map(text);
        format!("{} \n", parts.join(" "))
    };
    for (format, shell, command) in [
        ("env", "sh", "eval \"$(RELIGHT credentials PROFILE --format env)\""),
        ("env", "bash", "source <(RELIGHT credentials PROFILE --format env)"),
        ("fish", "fish", "RELIGHT credentials PROFILE --format fish | source"),
    ] {
        if run(world.command("sh").args(["-c", &format!("command -v {shell}")]))?.code != Some(0) {
            println!("{shell} is not installed: {format} was not evaluated");
            continue;
        }
        for (profile, document) in [("dev", &whole), ("key", &document(&credentials(&world, "key")?)?)] {
            let command = command.replace("RELIGHT", &relight.display().to_string()).replace("PROFILE", profile);
            let mut shell = world.command(shell);
            // Leftovers of other credentials must not stay.
            shell
                .env("AWS_SESSION_TOKEN", "left")
                .env("AWS_SECURITY_TOKEN", "left")
                .env("AWS_CREDENTIAL_EXPIRATION", "left");
            let printed = run(shell.args(["-c", &format!("{command}; echo {show}")]))?;
            assert_eq!((printed.out.as_str(), printed.err.as_str()), (wanted(document).as_str(), ""), "{command}");
        }
    }
    for format in ["powershell", "cmd"] {
        let printed = world.relight(&["credentials", "dev", "--format", format])?;
        let secret = whole["SecretAccessKey"].as_str().unwrap_or_default();
        assert!(printed.out.contains(secret), "{}", printed.out);
    }
    Ok(())
}

#[test]
fn no_log_and_no_failure_has_a_secret_in_it() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    aws.fault(Operation::AssumeRole, Fault::Refuse("no".into()).times(1));
    let mut said = String::new();
    for profile in ["chained", "chained", "web", "key", "program", "typo", "long", "self", "old"] {
        said += &world.relight(&["-vvv", "credentials", profile])?.err;
    }
    said += &world.relight(&["-vvv", "guard", "--needs", "1m", "--profile", "dev", "--", "true"])?.err;
    assert!(said.contains("refused"), "{said}");
    for secret in aws.secrets() {
        assert!(!said.contains(&secret), "{secret}\n{said}");
    }
    Ok(())
}

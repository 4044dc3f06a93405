//! A home with one profile of each kind, valid, ending and expired, as a person sees it. To be checked against the
//! table of aws-sessions.md 2.7; the time is fixed.

use crate::setting::Result;
use data_encoding::BASE64URL_NOPAD;
use relight_tests::world::{Printed, World, run, token_file};
use sha1::{Digest, Sha1};
use sha2::Sha256;
use std::fmt::Write;

const NOW: &str = "2026-11-22T10:00:00Z";
/// Valid, inside the warning time, over.
const ENDS: [(&str, &str); 3] =
    [("valid", "2026-11-22T12:00:00Z"), ("ending", "2026-11-22T10:10:00Z"), ("expired", "2026-11-22T09:00:00Z")];
const KEY: &str =
    "aws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = DUMMY\naws_session_token = DUMMY\n";

fn every_kind() -> Result<World> {
    let world = World::new()?;
    let (mut config, mut credentials) = (String::new(), String::new());
    for (state, end) in ENDS {
        let write = |inside: &str, text: String| world.write(inside, text);
        // A session with a token that is renewed silently, and one whose token is all there is.
        write!(
            config,
            "[sso-session {state}]\nsso_start_url = https://{state}.awsapps.com/start\nsso_region = us-east-1\n[profile sso-{state}]\nsso_session = {state}\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n"
        )?;
        write(&token_file(state), token(&format!("https://{state}.awsapps.com/start"), end, true))?;
        let url = format!("https://old-{state}.awsapps.com/start");
        write!(
            config,
            "[profile legacy-{state}]\nsso_start_url = {url}\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n"
        )?;
        write(&token_file(&url), token(&url, end, false))?;
        write!(
            config,
            "[profile role-{state}]\nrole_arn = arn:aws:iam::222222222222:role/Deploy\nsource_profile = legacy-{state}\n"
        )?;
        let role = format!("arn:aws:iam::333333333333:role/{state}");
        write!(
            config,
            "[profile mfa-{state}]\nrole_arn = {role}\nsource_profile = long-term\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n"
        )?;
        let arguments = format!(r#"{{"RoleArn": "{role}", "SerialNumber": "arn:aws:iam::111122223333:mfa/me"}}"#);
        write(&role_file("cli", &arguments), role_text(&end.replace('Z', "+00:00")))?;
        write!(
            config,
            "[profile web-{state}]\nrole_arn = {role}\nweb_identity_token_file = {}\n",
            world.home().join(state).display()
        )?;
        write(state, jwt(end)?)?;
        let arn = format!("arn:aws:iam::444455556666:user/{state}");
        write!(config, "[profile login-{state}]\nlogin_session = {arn}\n")?;
        write(&login_file(&arn), login_text(end)?)?;
        write!(
            credentials,
            "[saml-{state}]\n{KEY}x_security_token_expires = {end}\nx_principal_arn = arn:aws:sts::609629065308:assumed-role/R/me\n"
        )?;
        let local = end.replace('T', " ").replace('Z', "");
        write!(credentials, "[awsume-{state}]\n{KEY}expiration = {local}\nmanager = awsume\n")?;
    }
    write!(
        config,
        "[profile boto-cached]\nrole_arn = arn:aws:iam::333333333333:role/boto\nsource_profile = long-term\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n"
    )?;
    let arguments =
        r#"{"RoleArn": "arn:aws:iam::333333333333:role/boto", "SerialNumber": "arn:aws:iam::111122223333:mfa/me"}"#;
    world.write(&role_file("boto", arguments), role_text("2026-11-22T11:00:00UTC"))?;
    config.push_str("[profile process]\ncredential_process = /bin/echo \"{}\"\n[profile instance]\nrole_arn = arn:aws:iam::222222222222:role/Deploy\ncredential_source = Ec2InstanceMetadata\n[profile from-environment]\nrole_arn = arn:aws:iam::222222222222:role/Deploy\ncredential_source = Environment\n[profile nothing]\nregion = eu-west-1\n");
    credentials
        .push_str("[long-term]\naws_access_key_id = AKIA6RVFFB77RE7OLMKI\naws_secret_access_key = DUMMY\n[pasted]\n");
    credentials.push_str(KEY);
    world.write(".aws/config", config)?;
    world.write(".aws/credentials", credentials)?;
    // Other tools' files beside ours are no concern.
    for other in [
        "cli/cache/session.db",
        "sso/cache/x.json.tmp-1",
        "sso/cache/kiro-auth-token.json",
        "sso/cache/aws-toolkit-vscode-client-id-us-east-1.json",
    ] {
        world.write(&format!(".aws/{other}"), "not ours")?;
    }
    Ok(world)
}

fn token(url: &str, end: &str, refreshable: bool) -> String {
    let refresh = r#", "clientId": "DUMMY", "clientSecret": "DUMMY", "registrationExpiresAt": "2027-01-01T00:00:00Z", "refreshToken": "DUMMY""#;
    let refresh = if refreshable { refresh } else { "" };
    format!(r#"{{"startUrl": "{url}", "region": "us-east-1", "accessToken": "DUMMY", "expiresAt": "{end}"{refresh}}}"#)
}

fn role_file(client: &str, arguments: &str) -> String {
    format!(".aws/{client}/cache/{}.json", hex(&Sha1::digest(arguments.as_bytes())))
}

fn role_text(end: &str) -> String {
    format!(
        r#"{{"Credentials": {{"AccessKeyId": "ASIADUMMY", "SecretAccessKey": "DUMMY", "SessionToken": "DUMMY", "Expiration": "{end}"}}}}"#
    )
}

fn jwt(end: &str) -> Result<String> {
    let end: jiff::Timestamp = end.parse()?;
    Ok(format!("e30.{}.DUMMY", BASE64URL_NOPAD.encode(format!(r#"{{"exp":{}}}"#, end.as_second()).as_bytes())))
}

fn login_file(arn: &str) -> String {
    format!(".aws/login/cache/{}.json", hex(&Sha256::digest(arn.as_bytes())))
}

/// Signed in to 12 hours before `end`; the keys of a quarter of an hour ended at ten.
fn login_text(end: &str) -> Result<String> {
    let end: jiff::Timestamp = end.parse()?;
    let claims = BASE64URL_NOPAD.encode(format!(r#"{{"iat":{}}}"#, end.as_second() - 12 * 3600).as_bytes());
    Ok(format!(
        r#"{{"accessToken":{{"accessKeyId":"ASIADUMMY","secretAccessKey":"DUMMY","sessionToken":"DUMMY","accountId":"444455556666","expiresAt":"{NOW}"}},"tokenType":"aws_sigv4","clientId":"arn:aws:signin:::devtools/same-device","refreshToken":"DUMMY","idToken":"e30.{claims}.DUMMY","dpopKey":"DUMMY"}}"#
    ))
}

fn hex(hash: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(hash)
}

fn status(world: &World, environment: &[(&str, &str)]) -> Result<Printed> {
    let mut relight = world.program("relight")?;
    Ok(run(relight.args(["status", "--at", NOW]).envs(environment.iter().copied()))?)
}

#[test]
fn one_profile_of_each_kind_valid_ending_and_expired() -> Result<()> {
    let printed = status(&every_kind()?, &[])?;
    insta::assert_snapshot!(printed.out, @"
    Sessions
      ending                     10 min left, renews itself
        sso-ending               111122223333  ReadOnly
      expired                    renews itself at the next use
        sso-expired              111122223333  ReadOnly
      valid                      2 h left, renews itself
        sso-valid                111122223333  ReadOnly
      old-ending                 10 min left, until 10:10                    relight login old-ending
        legacy-ending            111122223333  ReadOnly
        role-ending              222222222222  Deploy
      old-expired                ended 1 h ago                               relight login old-expired
        legacy-expired           111122223333  ReadOnly
        role-expired             222222222222  Deploy
      old-valid                  2 h left, until 12:00
        legacy-valid             111122223333  ReadOnly
        role-valid               222222222222  Deploy
      444455556666:user/ending   10 min left, until 10:10, renews itself     relight login 444455556666:user/ending
        login-ending             444455556666
      444455556666:user/expired  ended 1 h ago                               relight login 444455556666:user/expired
        login-expired            444455556666
      444455556666:user/valid    renews itself at the next use, until 12:00
        login-valid              444455556666
    Other credentials
      awsume-ending     10 min left, until 10:10            temporary  ASIA…VV7A  609629065308
      awsume-expired    ended 1 h ago                       temporary  ASIA…VV7A  609629065308
      awsume-valid      2 h left, until 12:00               temporary  ASIA…VV7A  609629065308
      boto-cached       1 h left, until 11:00               assume-role  333333333333  boto
      from-environment  end not known                       assume-role  222222222222  Deploy
      instance          end not known                       assume-role  222222222222  Deploy
      long-term         never ends                          static  AKIA…LMKI  999999999999
      mfa-ending        10 min left, until 10:10            assume-role  333333333333  ending    aws sts get-caller-identity --profile mfa-ending
      mfa-expired       ended 1 h ago                       assume-role  333333333333  expired   aws sts get-caller-identity --profile mfa-expired
      mfa-valid         2 h left, until 12:00               assume-role  333333333333  valid
      nothing           no credentials                      none
      pasted            end not known                       temporary  ASIA…VV7A  609629065308
      process           not known until its program is run  credential-process                   relight refresh process
      saml-ending       10 min left, until 10:10            temporary  ASIA…VV7A  609629065308   saml2aws login --profile saml-ending
      saml-expired      ended 1 h ago                       temporary  ASIA…VV7A  609629065308   saml2aws login --profile saml-expired
      saml-valid        2 h left, until 12:00               temporary  ASIA…VV7A  609629065308
      web-ending        10 min left, until 10:10            web-identity  333333333333  ending
      web-expired       ended 1 h ago                       web-identity  333333333333  expired
      web-valid         2 h left, until 12:00               web-identity  333333333333  valid
    ");
    assert_eq!((printed.code, printed.err.as_str()), (Some(1), ""));
    Ok(())
}

#[test]
fn the_environments_credentials_stand_beside_the_profiles() -> Result<()> {
    let world = World::new()?;
    world.write(
        ".aws/config",
        "[profile role]\nrole_arn = arn:aws:iam::222222222222:role/Deploy\ncredential_source = Environment\n",
    )?;
    let request = "bedrock.amazonaws.com/?X-Amz-Credential=ASIAY34FZKBOKMUTVV7A%2F20261122%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-Date=20261122T012806Z&X-Amz-Expires=31200";
    let bedrock = format!("bedrock-api-key-{}", data_encoding::BASE64.encode(request.as_bytes()));
    let printed = status(
        &world,
        &[
            ("AWS_ACCESS_KEY_ID", "ASIAY34FZKBOKMUTVV7A"),
            ("AWS_SECRET_ACCESS_KEY", "DUMMY"),
            ("AWS_SESSION_TOKEN", "DUMMY"),
            ("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T11:00:00Z"),
            ("AWS_BEARER_TOKEN_BEDROCK", &bedrock),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials"),
            ("AWS_PROFILE", "role"),
            ("AWS_DEFAULT_PROFILE", "other"),
        ],
    )?;
    insta::assert_snapshot!(printed.out, @"
    Other credentials
      (bedrock key)  8 min left, until 10:08   bedrock-key  609629065308
      (container)    renewed by its container  container
      (environment)  1 h left, until 11:00     environment  ASIA…VV7A  609629065308
      role           1 h left, until 11:00     assume-role  222222222222  Deploy
    Problems
      AWS_PROFILE is 'role' and AWS_DEFAULT_PROFILE is 'other': boto3 uses 'other', the AWS CLI v2 and the other SDKs 'role'.
          Unset AWS_DEFAULT_PROFILE.
      AWS_ACCESS_KEY_ID is set, so the profile 'role' that AWS_PROFILE names is not used by boto3, the AWS CLI and the SDKs for Go, Java and Rust; only the one for JavaScript uses it.
          Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or name the profile with --profile.
      AWS_DEFAULT_PROFILE names the profile 'other', which is in no file.
          Correct AWS_DEFAULT_PROFILE, or unset it.
    ");
    assert!(!format!("{printed:?}").contains(&bedrock[20..]));
    Ok(())
}

#[test]
fn a_credential_process_is_run_when_it_is_named_and_its_end_is_kept() -> Result<()> {
    let world = World::new()?;
    let output = r#"{"Version": 1, "AccessKeyId": "ASIADUMMY", "SecretAccessKey": "HUSH-secret", "SessionToken": "HUSH-token", "Expiration": "2126-01-01T00:00:00Z"}"#;
    let program =
        world.write("vendor.sh", format!("echo run >> {}\necho '{output}'\n", world.home().join("runs").display()))?;
    world.write(".aws/config", format!("[profile vendor]\ncredential_process = sh {}\n", program.display()))?;
    let runs = || std::fs::read_to_string(world.home().join("runs")).unwrap_or_default().lines().count();
    for words in [&["status"][..], &["profiles", "--parsed"], &["refresh"]] {
        world.relight(words)?;
    }
    assert_eq!(runs(), 0, "nobody asked for it");
    assert!(world.relight(&["status"])?.out.contains("not known until its program is run"));
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line()?;
    let printed = world.relight(&["refresh", "vendor"])?;
    assert!(printed.out.starts_with("vendor: ") && printed.out.ends_with(" left.\n"), "{printed:?}");
    let seen = watch.line()?;
    assert!(seen.contains(r#""expires_at":"2126-01-01T00:00:00Z","expires_basis":"process""#), "{seen}");
    assert_eq!(runs(), 1);
    let kept = std::fs::read_to_string(world.state()?.join("processes.json"))?;
    assert!(!kept.contains("HUSH") && !kept.contains("vendor"), "{kept}");
    Ok(())
}

#[test]
fn a_name_that_relight_can_do_nothing_for_gets_the_command_that_can() -> Result<()> {
    let world = every_kind()?;
    // Over on every day that this may run on: whether a session lives is asked of the real clock.
    world.write(&login_file("arn:aws:iam::444455556666:user/valid"), login_text("2026-01-01T12:00:00Z")?)?;
    let mut said = String::new();
    for words in [
        "login saml-expired",
        "login process",
        "login long-term",
        "login nothing",
        "login mfa-valid",
        "refresh saml-expired",
        "refresh login-valid",
        "refresh legacy-valid",
        "refresh long-term",
        "logout saml-valid",
    ] {
        let printed = world.relight(&words.split(' ').collect::<Vec<_>>())?;
        writeln!(said, "{words}: {} {}{}", printed.code.unwrap_or(-1), printed.out, printed.err.trim_end())?;
    }
    insta::assert_snapshot!(said, @"
    login saml-expired: 2 relight: Relight does not sign in to 'saml-expired'. Run: saml2aws login --profile saml-expired
    login process: 2 relight: A program gives 'process' its credentials: relight refresh process
    login long-term: 2 relight: 'long-term' has a long-term key, which needs no sign-in.
    login nothing: 2 relight: 'nothing' has no credentials.
    login mfa-valid: 2 relight: Relight does not sign in to 'mfa-valid'. Run: aws sts get-caller-identity --profile mfa-valid
    refresh saml-expired: 2 relight: Relight does not sign in to 'saml-expired'. Run: saml2aws login --profile saml-expired
    refresh login-valid: 1 relight: 444455556666:user/valid cannot be renewed without you: it has no token that AWS would renew. Sign in: relight login 444455556666:user/valid
    refresh legacy-valid: 1 relight: old-valid cannot be renewed without you: it has no token that AWS would renew. Sign in: relight login old-valid
    refresh long-term: 2 relight: 'long-term' has a long-term key, which needs no sign-in.
    logout saml-valid: 2 relight: Relight does not sign in to 'saml-valid'. Run: saml2aws login --profile saml-valid
    ");
    Ok(())
}

#[test]
fn a_program_that_fails_is_an_outcome_beside_the_others() -> Result<()> {
    let world = World::new()?;
    let keys = r#""Version": 1, "AccessKeyId": "AKIADUMMY", "SecretAccessKey": "DUMMY""#;
    world.write(
        ".aws/config",
        format!("[profile ok]\ncredential_process = echo '{{{keys}}}'\n[profile bad]\ncredential_process = exit 3\n"),
    )?;
    let printed = world.relight(&["refresh", "bad", "ok", "--json"])?;
    insta::assert_snapshot!(printed.out, @r#"{"outcomes":[{"expires_at":null,"message":"The credential_process of bad failed: it ended with code 3.","outcome":"failed","profile":"bad"},{"expires_at":null,"message":null,"outcome":"ran","profile":"ok"}],"version":1}"#);
    assert_eq!(printed.code, Some(3), "{}", printed.err);
    Ok(())
}

#[test]
fn whatever_is_pasted_into_the_credentials_no_secret_is_shown() -> Result<()> {
    let world = World::new()?;
    let wrapped = "HUSHb3JpZ2luX2VjEJrabcdefghijkwEaCXVzLWVhc3QtMSJHMEUCIQHUSH==";
    world.write(
        ".aws/credentials",
        format!(
            "[pasted]\nexport AWS_ACCESS_KEY_ID=\"ASIAHUSHHUSHHUSHHUSH\"\nexport AWS_SECRET_ACCESS_KEY=\"HUSH\"\n$Env:AWS_SESSION_TOKEN=\"HUSH\"\nSET AWS_SESSION_TOKEN=HUSH\n\
             [wrapped]\naws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = HUSH\n  HUSH/more=\naws_session_token = HUSH\n{wrapped}\n\
             [indented]\naws_session_token = HUSH\n    {wrapped}\n[typing]\naws_secret_acess_key = HUSH\nsecret_key: HUSH\npassword = HUSH\n"
        ),
    )?;
    world.write(
        ".aws/config",
        "[profile vendor]\ncredential_process = vendor --password HUSH\n[DEFAULT]\naws_session_token = HUSH\n",
    )?;
    for words in
        [&["status"][..], &["status", "--json"], &["profiles", "--parsed"], &["profiles", "--parsed", "--json"]]
    {
        let printed = world.relight(words)?;
        assert!(!format!("{printed:?}").to_lowercase().contains("hush"), "{words:?}: {printed:?}");
    }
    Ok(())
}

#[test]
fn a_web_identity_token_behind_a_link_is_followed() -> Result<()> {
    let world = World::new()?;
    world.write("real/..2026/token", jwt("2026-11-22T12:00:00Z")?)?;
    let volume = world.home().join("real");
    std::os::unix::fs::symlink("..2026", volume.join("..data"))?;
    std::os::unix::fs::symlink("..data/token", volume.join("token"))?;
    let config = format!(
        "[profile web]\nrole_arn = arn:aws:iam::333333333333:role/R\nweb_identity_token_file = {}\n",
        volume.join("token").display()
    );
    world.write(".aws/config", config)?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line()?;
    // As Kubernetes does it: a new folder, and the link to it swapped.
    world.write("real/..2027/token", jwt("2126-01-01T00:00:00Z")?)?;
    std::os::unix::fs::symlink("..2027", volume.join("..new"))?;
    std::fs::rename(volume.join("..new"), volume.join("..data"))?;
    watch.line_with(|line| line.contains(r#""expires_at":"2126-01-01T00:00:00Z","expires_basis":"jwt""#))?;
    // Written in place, where the links lead.
    world.write("real/..2027/token", jwt("2127-01-01T00:00:00Z")?)?;
    watch.line_with(|line| line.contains(r#""expires_at":"2127-01-01T00:00:00Z","expires_basis":"jwt""#))?;
    Ok(())
}

#[test]
fn a_new_web_identity_token_and_a_new_login_are_seen_at_once() -> Result<()> {
    let world = every_kind()?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line()?;
    world.replace("expired", jwt("2126-01-01T00:00:00Z")?)?;
    let seen = watch.line_with(|line| line.contains(r#""expires_at":"2126-01-01T00:00:00Z","expires_basis":"jwt""#))?;
    assert!(seen.contains(r#""name":"web-expired""#));
    let arn = "arn:aws:iam::444455556666:user/expired";
    world.replace(&login_file(arn), login_text("2126-01-01T00:00:00Z")?)?;
    watch.line_with(|line| line.contains(r#""ends_at":"2126-01-01T00:00:00Z","ends_basis":"exact""#))?;
    Ok(())
}

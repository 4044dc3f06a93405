//! Sessions of `aws login`: renewed beside other clients, and signed out of.

use crate::setting::{Result, in_minutes};
use data_encoding::BASE64URL_NOPAD;
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Printed, Running, World, login_file, login_text, run};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

pub(crate) const ME: &str = "arn:aws:iam::111122223333:user/me";

/// A profile of `aws login`, whose calls go to `aws`.
pub(crate) fn world(aws: &FakeAws) -> Result<World> {
    let world = World::new()?;
    let config = "[profile dev]\nlogin_session = arn:aws:iam::111122223333:user/me\nregion = us-east-1\n";
    world.write(".aws/config", format!("{config}endpoint_url = {}\n", aws.url()))?;
    Ok(world)
}

/// Signs in in the model, and writes the file as the AWS CLI would, with keys for `left` minutes.
pub(crate) fn signed_in(world: &World, aws: &FakeAws, left: i64) -> Result<()> {
    let file = world.replace(&login_file(ME), login_text(&aws.grant_login(ME), in_minutes(left)))?;
    aged(file, left)
}

/// As old as keys are that have `left` minutes of their quarter of an hour.
pub(crate) fn aged(file: PathBuf, left: i64) -> Result<()> {
    let age = Duration::from_mins(15 - u64::try_from(left)?);
    Ok(std::fs::File::open(file)?.set_modified(SystemTime::now() - age)?)
}

pub(crate) fn file(world: &World) -> Result<serde_json::Value> {
    Ok(serde_json::from_str(&std::fs::read_to_string(world.home().join(login_file(ME)))?)?)
}

/// Gets credentials as any program on the SDK for JavaScript does.
pub(crate) fn javascript(world: &World, aws: &FakeAws) -> Result<Printed> {
    let clients = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("clients");
    assert!(clients.join("node_modules").exists(), "the SDK for JavaScript is not installed: run './dev setup'");
    let node = std::env::var_os("PATH")
        .and_then(|path| std::env::split_paths(&path).map(|folder| folder.join("node")).find(|node| node.exists()));
    let mut node = world.command(node.ok_or("node is not installed")?);
    Ok(run(node.arg(clients.join("role_credentials.mjs")).arg("dev").env("AWS_ENDPOINT_URL", aws.url()))?)
}

/// The parts of a proof, with what changes each time named instead.
pub(crate) fn proof(header: &str, url: &str) -> Result<String> {
    let part = |number| -> Result<String> {
        let part = header.split('.').nth(number).ok_or("a part is missing")?;
        Ok(String::from_utf8(BASE64URL_NOPAD.decode(part.as_bytes())?)?)
    };
    let mut values: [serde_json::Value; 2] = [serde_json::from_str(&part(0)?)?, serde_json::from_str(&part(1)?)?];
    assert_eq!(BASE64URL_NOPAD.decode(header.split('.').nth(2).unwrap_or_default().as_bytes())?.len(), 64);
    for coordinate in ["x", "y"] {
        values[0]["jwk"][coordinate] = "…".into();
    }
    assert_eq!(values[1]["jti"].as_str().map(str::len), Some(36));
    (values[1]["jti"], values[1]["iat"]) = ("…".into(), 0.into());
    Ok(format!("{}\n{}", values[0], values[1]).replace(url, "URL"))
}

#[test]
fn keys_that_end_soon_are_renewed_and_nothing_else_of_the_file_changes() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    signed_in(&world, &aws, 5)?;
    let before = file(&world)?;
    let printed = world.relight(&["refresh", "dev"])?;
    assert!(printed.out.starts_with("Renewed 111122223333:user/me: 1"), "{printed:?}");
    let after = file(&world)?;
    for field in ["tokenType", "clientId", "idToken", "dpopKey"] {
        assert_eq!(before[field], after[field], "{field}");
    }
    assert_ne!(before["refreshToken"], after["refreshToken"]);
    assert!(after["accessToken"]["expiresAt"].as_str() > before["accessToken"]["expiresAt"].as_str());
    let whole = std::fs::read_to_string(world.home().join(login_file(ME)))?;
    assert!(whole.starts_with("{\"accessToken\": {\"accessKeyId\": \"ASIA") && !whole.contains('\n'), "one line");
    Ok(())
}

#[test]
fn the_call_is_what_the_aws_cli_sends() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let grant = aws.grant_login(ME);
    aged(world.replace(&login_file(ME), login_text(&grant, in_minutes(5)))?, 5)?;
    world.relight(&["refresh"])?;
    let requests = aws.requests();
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!(request.header("authorization"), None, "it is not signed");
    let sent = format!(
        "{} {}\n{}\n{}\n{}",
        request.method,
        request.path,
        request.header("content-type").unwrap_or_default(),
        proof(request.header("dpop").unwrap_or_default(), aws.url())?,
        request.body.replace(&grant.refresh_token, "REFRESH_TOKEN"),
    );
    insta::assert_snapshot!(sent, @r#"
    POST /v1/token
    application/json
    {"alg":"ES256","jwk":{"crv":"P-256","kty":"EC","x":"…","y":"…"},"typ":"dpop+jwt"}
    {"htm":"POST","htu":"URL/v1/token","iat":0,"jti":"…"}
    {"clientId":"arn:aws:signin:::devtools/same-device","grantType":"refresh_token","refreshToken":"REFRESH_TOKEN"}
    "#);
    Ok(())
}

#[test]
fn the_sdk_for_javascript_and_relight_renew_the_same_file_in_turns() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    signed_in(&world, &aws, 4)?;
    let printed = javascript(&world, &aws)?;
    assert_eq!((printed.out.as_str(), aws.count(Operation::CreateOAuth2Token)), ("ASIA\n", 1), "{}", printed.err);
    let of_javascript = file(&world)?["refreshToken"].clone();

    aged(world.home().join(login_file(ME)), 5)?;
    let printed = world.relight(&["refresh"])?;
    assert_eq!((printed.code, aws.count(Operation::CreateOAuth2Token)), (Some(0), 2), "{printed:?}");
    assert_ne!(file(&world)?["refreshToken"], of_javascript);

    // It finds keys with time enough, and asks nobody.
    let printed = javascript(&world, &aws)?;
    assert_eq!((printed.out.as_str(), aws.count(Operation::CreateOAuth2Token)), ("ASIA\n", 2), "{}", printed.err);
    Ok(())
}

#[test]
fn the_cache_is_where_aws_login_cache_directory_says() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let elsewhere = world.home().join("elsewhere");
    let name = login_file(ME).rsplit('/').next().unwrap_or_default().to_owned();
    aged(world.write(&format!("elsewhere/{name}"), login_text(&aws.grant_login(ME), in_minutes(5)))?, 5)?;
    let mut relight = world.program("relight")?;
    let printed = run(relight.arg("refresh").env("AWS_LOGIN_CACHE_DIRECTORY", &elsewhere))?;
    assert!(printed.out.starts_with("Renewed 111122223333:user/me: 1"), "{printed:?}");
    assert!(!world.home().join(".aws/login").exists());
    assert_eq!(world.relight(&["refresh"])?.out, "No session can be renewed without you.\n");
    Ok(())
}

#[test]
fn two_processes_at_once_use_each_refresh_token_once() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    for _ in 0..4 {
        signed_in(&world, &aws, 5)?;
        let start = || world.start_relight(&["refresh", "dev"]);
        let both: [Running; 2] = [start()?, start()?];
        for one in both {
            let printed = one.end()?;
            assert_eq!(printed.code, Some(0), "{printed:?}");
        }
        assert_eq!(world.relight(&["status", "--json"])?.code, Some(0));
    }
    let refused = aws.requests().into_iter().filter(|request| request.status != Some(200)).count();
    assert_eq!((refused, aws.count(Operation::CreateOAuth2Token)), (0, 4));
    Ok(())
}

#[test]
fn what_aws_does_not_renew_any_more_is_said_with_the_reason() -> Result<()> {
    let (mut said, name) = (Vec::new(), "111122223333:user/me");
    for end in [FakeAws::end_logins, FakeAws::change_credentials, FakeAws::forbid_login] {
        let aws = FakeAws::start();
        let world = world(&aws)?;
        signed_in(&world, &aws, 5)?;
        end(&aws, ME);
        let printed = world.relight(&["refresh", name])?;
        let address = aws.url().trim_start_matches("http://");
        said.push(format!("{:?} {}{}", printed.code, printed.out, printed.err).replace(address, "ADDRESS"));
        let secrets = aws.secrets();
        assert!(secrets.iter().all(|secret| !format!("{printed:?}").contains(secret)));
    }
    insta::assert_snapshot!(said.join(""), @"
    Some(1) AWS does not renew 111122223333:user/me any more: its session is over. Sign in: relight login 111122223333:user/me
    Some(1) AWS does not renew 111122223333:user/me any more. Your password or your permissions have changed since the sign-in. Sign in: relight login 111122223333:user/me
    Some(3) relight: ADDRESS may not give you keys: Not authorized to perform signin:CreateOAuth2Token. Ask your administrator for the policy SignInLocalDevelopmentAccess, which permits signin:CreateOAuth2Token.
    ");
    Ok(())
}

#[test]
fn a_key_that_signs_nothing_is_named_without_its_content() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let text = login_text(&aws.grant_login(ME), in_minutes(5)).replace("-----BEGIN EC", "-----BEGIN NO");
    aged(world.replace(&login_file(ME), text)?, 5)?;
    let printed = world.relight(&["refresh"])?;
    insta::assert_snapshot!(printed.err, @"relight: The token file's dpopKey cannot be used: it is not a P-256 key in SEC1 PEM. Sign in again.");
    assert_eq!(aws.requests(), []);
    Ok(())
}

#[test]
fn signing_out_removes_the_file_alone() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    signed_in(&world, &aws, 10)?;
    let printed = world.relight(&["logout", "--all"])?;
    insta::assert_snapshot!(printed.out, @"Signed out of 111122223333:user/me on this machine. AWS has no sign-out for it: keys that programs already have work until their end, for 15 minutes at most.");
    assert!(!world.home().join(login_file(ME)).exists());
    assert_eq!(aws.requests(), [], "there is nobody to tell");
    assert_eq!(world.relight(&["logout", "dev"])?.out, "111122223333:user/me: nothing to do.\n");
    Ok(())
}

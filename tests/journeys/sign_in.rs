//! Signing in, renewing and signing out from a terminal.

use crate::setting::{LEGACY_URL, LONG, Result, START_URL, approve_at, aws, in_minutes, signed_in, world};
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Printed, Running, World, token_file, token_text};
use serde_json::Value;
use std::fs;
use std::time::Duration;

/// `relight login`, up to the page.
fn begin(world: &World, aws: &FakeAws, words: &[&str]) -> Result<Running> {
    let before = aws.count(Operation::CreateToken);
    let login = world.start_relight(words)?;
    aws.wait_for(Operation::CreateToken, before + 1, LONG)?;
    Ok(login)
}

fn status(world: &World) -> Result<Value> {
    Ok(serde_json::from_str(&world.relight(&["status", "--json"])?.out)?)
}

#[cfg(unix)]
fn mode(world: &World, inside: &str) -> Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(world.home().join(inside))?.permissions().mode() & 0o777)
}

#[test]
fn one_command_opens_the_page_and_writes_the_cache_that_every_client_reads() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let login = begin(&world, &aws, &["login", "corp", "--flow", "device"])?;
    let code = aws.pending()[0].user_code.clone();
    let page = format!("{}/device?user_code={code}", aws.url());
    assert_eq!(world.pages(), std::slice::from_ref(&page), "the browser got the complete address, once");
    let during = status(&world)?;
    assert_eq!(
        (&during["sessions"][0]["login"]["user_code"], &during["sessions"][0]["login"]["by"]),
        (&code.as_str().into(), &"terminal".into())
    );
    approve_at(&page)?;
    let Printed { code: exit, out, err } = login.end()?;
    assert_eq!((exit, out.as_str()), (Some(0), "Signed in to corp: 59 min left.\n"), "{err}");
    assert!(err.contains(&page) && err.contains(&format!("\n  {code}\n")), "{err}");

    let file = token_file("corp");
    let text = fs::read_to_string(world.home().join(&file))?;
    let token: Value = serde_json::from_str(&text)?;
    let fields: Vec<_> = text.split("\": \"").filter_map(|part| part.rsplit('"').next()).collect();
    assert_eq!(
        fields[..8],
        [
            "startUrl",
            "region",
            "accessToken",
            "expiresAt",
            "clientId",
            "clientSecret",
            "registrationExpiresAt",
            "refreshToken"
        ]
    );
    assert_eq!(token.as_object().map(serde_json::Map::len), Some(8));
    for date in ["expiresAt", "registrationExpiresAt"] {
        let date = token[date].as_str().unwrap_or_default();
        assert!(date.len() == 20 && date.ends_with('Z'), "{date}");
    }
    #[cfg(unix)]
    assert_eq!(
        (mode(&world, &file)?, mode(&world, ".aws/sso/cache")?, mode(&world, ".aws/sso")?),
        (0o600, 0o700, 0o700)
    );
    assert_eq!(status(&world)?["sessions"][0]["state"], "valid");
    Ok(())
}

#[test]
fn the_requests_are_those_of_the_aws_cli() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    assert_eq!(world.relight(&["login", "corp", "--flow", "device"])?.code, Some(0));
    assert_eq!(world.relight(&["login", "old"])?.code, Some(0));
    let sent: Vec<_> = aws
        .requests()
        .iter()
        .map(|request| {
            let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
            let fields: Vec<_> = body
                .as_object()
                .into_iter()
                .flatten()
                .map(|(field, value)| match field.as_str() {
                    "clientId" | "clientSecret" | "deviceCode" => field.clone(),
                    _ => format!("{field}={value}"),
                })
                .collect();
            format!("{} {} {}", request.method, request.path, fields.join(" "))
        })
        .collect();
    insta::assert_snapshot!(sent.join("\n"), @r#"
    POST /client/register clientName="Relight" clientType="public" scopes=["sso:account:access"]
    POST /device_authorization clientId clientSecret startUrl="https://corp.awsapps.com/start"
    POST /token clientId clientSecret deviceCode grantType="urn:ietf:params:oauth:grant-type:device_code"
    POST /client/register clientName="Relight" clientType="public"
    POST /device_authorization clientId clientSecret startUrl="https://old.awsapps.com/start"
    POST /token clientId clientSecret deviceCode grantType="urn:ietf:params:oauth:grant-type:device_code"
    "#);
    Ok(())
}

#[test]
fn a_registration_of_the_aws_cli_is_used_and_never_written() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let grant = aws.grant(START_URL);
    let key = format!(
        r#"{{"region": "us-east-1", "scopes": ["sso:account:access"], "session_name": "corp", "startUrl": "{START_URL}", "tool": "botocore"}}"#
    );
    let registration = format!(
        r#"{{"clientId": "{}", "clientSecret": "{}", "expiresAt": "{}", "scopes": ["sso:account:access"]}}"#,
        grant.client_id,
        grant.client_secret,
        in_minutes(60 * 24)
    );
    let path = world.write(&token_file(&key), &registration)?;
    aws.auto_approve(true);
    assert_eq!(world.relight(&["login", "corp", "--flow", "device"])?.code, Some(0));
    assert_eq!(aws.count(Operation::RegisterClient), 0);
    assert_eq!(fs::read_to_string(path)?, registration);
    aws.forget_clients();
    assert_eq!(world.relight(&["login", "corp", "--flow", "device"])?.code, Some(0), "a new one is registered");
    assert_eq!(aws.count(Operation::RegisterClient), 1);
    Ok(())
}

#[test]
fn a_person_who_denies_is_told_so_and_nothing_is_written() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let login = begin(&world, &aws, &["login", "corp", "--flow", "device", "--json"])?;
    aws.deny(&aws.pending()[0].user_code)?;
    let printed = login.end()?;
    assert_eq!(
        (printed.code, printed.out.trim()),
        (
            Some(1),
            r#"{"outcomes":[{"expires_at":null,"message":null,"outcome":"denied","session":"sso-session:corp"}],"version":1}"#
        )
    );
    assert!(!world.home().join(token_file("corp")).exists());
    Ok(())
}

#[test]
fn a_second_process_waits_for_the_first_ones_sign_in() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let first = begin(&world, &aws, &["login", "corp", "--flow", "device"])?;
    let mut second = world.start_relight(&["login", "corp", "--flow", "device", "-v", "--no-browser"])?;
    let watch = world.start_relight(&["status", "--json"])?.end()?;
    assert!(watch.out.contains(&aws.pending()[0].user_code), "{}", watch.out);
    aws.approve(&aws.pending()[0].user_code)?;
    assert_eq!(first.end()?.code, Some(0));
    // The second may have come only now, and then it signs in by itself; either way one page was open at a time.
    aws.auto_approve(true);
    let line = second.line()?;
    assert!(line.starts_with("Signed in to corp"), "{line}");
    assert_eq!(world.pages().len(), 1);
    Ok(())
}

#[test]
fn a_sign_in_that_was_killed_leaves_nothing_in_the_way() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    drop(begin(&world, &aws, &["login", "corp", "--flow", "device"])?);
    assert_eq!(status(&world)?["sessions"][0]["login"], Value::Null);
    aws.auto_approve(true);
    assert_eq!(world.relight(&["login", "corp", "--flow", "device"])?.code, Some(0));
    Ok(())
}

#[test]
fn a_refresh_renews_keeps_what_is_newer_and_believes_a_refusal() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let grant = aws.grant(START_URL);
    let file = world.write(&token_file("corp"), token_text(&grant, in_minutes(5)))?;
    world.age(&token_file("corp"), Duration::from_secs(3300))?;
    let printed = world.relight(&["refresh"])?;
    assert_eq!((printed.code, printed.out.as_str()), (Some(0), "Renewed corp: 59 min left.\n"), "{}", printed.err);
    assert!(
        !fs::read_to_string(&file)?.contains(grant.refresh_token.as_deref().unwrap_or("none")),
        "a refresh token is used once"
    );

    aws.end_session(START_URL);
    world.age(&token_file("corp"), Duration::from_secs(3300))?;
    let before = fs::read_to_string(&file)?;
    let printed = world.relight(&["refresh", "corp"])?;
    assert_eq!(
        (printed.code, printed.out.as_str()),
        (Some(1), "AWS does not renew corp any more: its session is over. Sign in: relight login corp\n")
    );
    assert_eq!(fs::read_to_string(&file)?, before, "the token stays until it ends");
    let session = &status(&world)?["sessions"][0];
    assert_eq!(
        (&session["refreshable"], &session["state"]),
        (&false.into(), &"valid".into()),
        "and every process knows"
    );
    Ok(())
}

#[test]
fn signing_out_ends_it_at_aws_and_here_and_leaves_other_sessions() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 60)?;
    let role = relight_core::cache::sso_role_key(
        "111122223333",
        "ReadOnly",
        &relight_core::config::SessionId::SsoSession("corp".into()),
    )
    .ok_or("an SSO session has roles")?;
    let role = world.write(
        &format!(".aws/cli/cache/{}", role.as_str()),
        r#"{"ProviderType": "sso", "Credentials": {"Expiration": "2030-01-01T00:00:00Z"}}"#,
    )?;
    let printed = world.relight(&["logout", "corp"])?;
    assert_eq!((printed.code, printed.out.as_str()), (Some(0), "Signed out of corp.\n"), "{}", printed.err);
    assert_eq!(aws.count(Operation::Logout), 1);
    assert!(!role.exists() && !world.home().join(token_file("corp")).exists());
    assert!(world.home().join(token_file(LEGACY_URL)).exists());
    Ok(())
}

#[test]
fn exit_codes_tell_no_from_wrong_from_failed() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let code = |words: &[&str]| world.relight(words).map(|printed| printed.code);
    assert_eq!(code(&["status"])?, Some(0), "never signed in is no alarm");
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, -10)?;
    assert_eq!(code(&["status"])?, Some(1), "ended a moment ago");
    assert_eq!(code(&["status", "--profile", "dev"])?, Some(0));
    assert_eq!(code(&["status", "--profile", "old"])?, Some(1));
    assert_eq!(code(&["status", "--profile", "none"])?, Some(2));
    assert_eq!(code(&["status", "--at", "noon"])?, Some(2));
    assert_eq!(code(&["login", "nobody"])?, Some(2));
    assert_eq!(code(&["frobnicate"])?, Some(2));
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 30)?;
    assert_eq!(code(&["status", "--at", "+40m"])?, Some(1), "it will have ended by then");
    Ok(())
}

#[cfg(unix)]
#[test]
fn of_several_sessions_the_person_chooses_one() -> Result<()> {
    let aws = aws();
    aws.auto_approve(true);
    for (answer, end) in [
        ("1\n", "Signed in to corp: 59 min left.\n"),
        ("\n", "Signed in to corp: 59 min left.\n"),
        ("2\n", "Signed in to old: 7 h 59 min left.\n"),
        ("3\n", "'3' is none of them.\n"),
    ] {
        let world = world(&aws)?;
        let login = format!("'{}' login --flow device", world.program("relight")?.get_program().display());
        let said = world.at_a_terminal(&login, &[answer])?;
        assert!(said.starts_with("Several sessions need a sign-in:\n  1  corp\n  2  old\nWhich one? [1] "), "{said}");
        assert!(said.ends_with(end), "{answer:?}: {said}");
    }
    Ok(())
}

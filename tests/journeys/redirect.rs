//! Signing in by a browser that comes back (PKCE), from a terminal.

use crate::setting::{LEGACY_URL, Result, START_URL, approve_at, aws, decide_at, signed_in, world};
use relight_tests::fake_aws::{FakeAws, Operation, Request};
use relight_tests::world::{Printed, Running, World, run, token_file};
use serde_json::Value;
use std::fs;
use std::net::TcpStream;
use std::time::Duration;

const PKCE: [&str; 4] = ["login", "corp", "--flow", "pkce"];

/// `relight login`, up to the page.
fn begin(world: &World) -> Result<(Running, String)> {
    let login = world.start_relight(&PKCE)?;
    Ok((login, world.wait_for_page(world.pages().len() + 1)?))
}

fn redirect_of(page: &str) -> Result<String> {
    let query = page.split_once('?').ok_or("no query")?.1;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    Ok(pairs.find(|(name, _)| name == "redirect_uri").ok_or("no redirect")?.1.into_owned())
}

fn get(url: &str) -> Result<u16> {
    let agent = ureq::Agent::config_builder().proxy(None).http_status_as_error(false).build();
    Ok(ureq::Agent::new_with_config(agent).get(url).call()?.status().as_u16())
}

#[test]
fn the_browser_comes_back_and_the_cache_is_the_one_that_every_client_reads() -> Result<()> {
    let (aws, session_end) = (aws(), "You can close this page.");
    let world = world(&aws)?;
    let (login, page) = begin(&world)?;
    let redirect = redirect_of(&page)?;
    let strays = ["", "?code=x&state=guessed", "?code=x"].map(|query| get(&format!("{redirect}{query}")));
    assert!(strays.into_iter().all(|status| status.is_ok_and(|status| status == 400)));
    assert_eq!(get(&redirect.replace("/oauth/callback", "/favicon.ico"))?, 404);
    let port: u16 =
        redirect.rsplit(':').next().and_then(|rest| rest.split('/').next()?.parse().ok()).ok_or("no port")?;
    assert!(TcpStream::connect(("127.0.0.2", port)).is_err(), "it listens on 127.0.0.1 alone");
    // Who only connects, as browsers do beforehand, holds nothing up.
    let _idle = TcpStream::connect(("127.0.0.1", port))?;
    let during: Value = serde_json::from_str(&world.relight(&["status", "--json"])?.out)?;
    let during = &during["sessions"][0]["login"];
    assert_eq!(
        (&during["flow"], &during["state"], &during["user_code"]),
        (&"pkce".into(), &"waiting-for-approval".into(), &Value::Null)
    );

    let shown = approve_at(&page)?;
    assert!(shown.contains("You are signed in to corp.") && shown.contains(session_end), "{shown}");
    let Printed { code, out, err } = login.end()?;
    assert_eq!((code, out.as_str()), (Some(0), "Signed in to corp: 59 min left.\n"), "{err}");
    insta::assert_snapshot!(err.replace(&page, "PAGE"), @"
    Signing in to corp. Your browser opens this page:
      PAGE
    Approve there, and the browser comes back here by itself. (Can it not come back? relight login --flow device sso-session:corp. Ctrl-C gives up.)
    ");
    let token: Value = serde_json::from_str(&fs::read_to_string(world.home().join(token_file("corp")))?)?;
    assert_eq!(token.as_object().map(serde_json::Map::len), Some(8));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "and listens no more");
    Ok(())
}

fn without_port(uri: &str) -> String {
    let Some((before, after)) = uri.split_once("127.0.0.1:") else { return uri.to_owned() };
    format!("{before}127.0.0.1:PORT{}", after.trim_start_matches(|letter: char| letter.is_ascii_digit()))
}

/// A request as the specification writes it: secrets by their names alone.
fn transcript(request: &Request) -> String {
    let masked = |(name, value): (&str, String)| match name {
        "clientId" | "clientSecret" | "refreshToken" | "code" | "codeVerifier" | "client_id" | "state"
        | "code_challenge" => name.to_owned(),
        "redirectUri" | "redirect_uri" => format!("{name}={}", without_port(&value)),
        _ => format!("{name}={value}"),
    };
    let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
    let body = body.as_object().into_iter().flatten().map(|(name, value)| masked((name, value.to_string())));
    let query = form_urlencoded::parse(request.query.as_bytes());
    let query: Vec<_> = query.map(|(name, value)| masked((&name, value.into_owned()))).collect();
    let bearer = request.header("x-amz-sso_bearer_token").map(|_| "x-amz-sso_bearer_token".to_owned());
    let fields: Vec<_> = query.into_iter().chain(body).chain(bearer).collect();
    format!("{} {} {}", request.method, request.path, fields.join(" "))
}

#[test]
fn the_requests_are_those_of_the_aws_cli() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (login, page) = begin(&world)?;
    approve_at(&page)?;
    assert_eq!(login.end()?.code, Some(0));
    world.age(&token_file("corp"), Duration::from_secs(3300))?;
    assert_eq!(world.relight(&["refresh", "corp"])?.code, Some(0));
    assert_eq!(world.relight(&["logout", "corp"])?.code, Some(0));
    let by_us = |request: &&Request| request.method != "POST" || request.operation != Operation::Authorize;
    let sent: Vec<_> = aws.requests().iter().filter(by_us).map(transcript).collect();
    insta::assert_snapshot!(sent.join("\n"), @r#"
    POST /client/register clientName="Relight" clientType="public" grantTypes=["authorization_code","refresh_token"] issuerUrl="https://corp.awsapps.com/start" redirectUris=["http://127.0.0.1/oauth/callback"] scopes=["sso:account:access"]
    GET /authorize response_type=code client_id redirect_uri=http://127.0.0.1:PORT/oauth/callback state code_challenge_method=S256 scopes=sso:account:access code_challenge
    POST /token clientId clientSecret code codeVerifier grantType="authorization_code" redirectUri="http://127.0.0.1:PORT/oauth/callback"
    POST /token clientId clientSecret grantType="refresh_token" refreshToken
    POST /logout x-amz-sso_bearer_token
    "#);
    Ok(())
}

#[test]
fn who_denies_is_told_so_in_the_browser_and_the_terminal() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (login, page) = begin(&world)?;
    let shown = decide_at(&page, "deny")?;
    assert!(shown.contains("You are not signed in to corp: it was denied."), "{shown}");
    assert_eq!(login.end()?.code, Some(1));
    assert!(!world.home().join(token_file("corp")).exists());
    Ok(())
}

#[test]
fn a_second_process_has_the_firsts_result_and_opens_no_page() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (first, page) = begin(&world)?;
    let mut second = world.start_relight_with_errors(&PKCE)?;
    second.line_with(|line| line.starts_with("Signing in to corp."))?;
    approve_at(&page)?;
    assert_eq!(first.end()?.code, Some(0));
    second.line_with(|line| line == "Signed in to corp, by another Relight process.")?;
    assert_eq!((second.end()?.code, world.pages().len()), (Some(0), 1));
    Ok(())
}

#[test]
fn one_page_at_a_time_whichever_process_asked() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (first, page) = begin(&world)?;
    let mut other = world.start_relight_with_errors(&["login", "old"])?;
    assert_eq!(
        other.line()?,
        "Another sign-in to corp (from a terminal) has the browser: the one to old begins when that is over. Ctrl-C gives up."
    );
    assert_eq!(world.pages().len(), 1);
    approve_at(&page)?;
    assert_eq!(first.end()?.code, Some(0));
    approve_at(&world.wait_for_page(2)?)?;
    other.line_with(|line| line.starts_with("Signed in to old"))?;
    Ok(())
}

/// The end of the Identity Center session, which no client sees.
fn end(aws: &FakeAws, url: &str) -> jiff::Timestamp {
    aws.session_ends_at(url).unwrap_or_default()
}

#[test]
fn renewing_moves_the_end_and_signing_in_again_does_not() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    let role = world.write(".aws/cli/cache/0.json", "{}")?;
    let first = end(&aws, START_URL);
    aws.advance(Duration::from_mins(30));
    let sign_in = |words: &[&str]| -> Result<Printed> {
        let login = world.start_relight(&[PKCE.as_slice(), words].concat())?;
        approve_at(&world.wait_for_page(world.pages().len() + 1)?)?;
        Ok(login.end()?)
    };
    let again = sign_in(&[])?;
    assert_eq!((again.code, end(&aws, START_URL)), (Some(0), first));
    let renewed = sign_in(&["--renew"])?;
    assert_eq!(renewed.out, "Signed in to corp: 59 min left. A full session began.\n");
    assert!(renewed.err.starts_with("The present session of corp is ended at AWS first. What has role credentials already keeps them until those end.\n"), "{}", renewed.err);
    assert!(end(&aws, START_URL) > first && role.exists());
    Ok(())
}

#[test]
fn in_a_remote_shell_a_code_is_compared_and_it_is_said_why() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    let printed =
        run(world.program("relight")?.args(["login", "corp"]).env("SSH_CONNECTION", "10.0.0.1 22 10.0.0.2 22"))?;
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert!(
        printed.err.starts_with("This is a remote shell, to which a browser cannot come back, so you sign in with a code.\nSigning in to corp."),
        "{}",
        printed.err
    );
    assert_eq!((aws.count(Operation::Authorize), aws.count(Operation::StartDeviceAuthorization)), (0, 1));
    Ok(())
}

#[test]
fn legacy_profiles_sign_in_with_a_code() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    let printed = world.relight(&["login", "old", "--flow", "pkce"])?;
    assert_eq!(printed.code, Some(0));
    assert!(printed.err.contains("only an [sso-session] can be signed in to by PKCE"), "{}", printed.err);
    assert!(world.home().join(token_file(LEGACY_URL)).exists());
    Ok(())
}

#[test]
fn a_companys_own_start_url_signs_in_to_the_portal_that_it_leads_to() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.lead("/go", START_URL);
    let own = format!("{}/go", aws.url());
    let config = fs::read_to_string(world.home().join(".aws/config"))?;
    world.write(".aws/config", config.replace(START_URL, &own))?;
    for flow in ["pkce", "device"] {
        let login = world.start_relight(&["login", "corp", "--flow", flow])?;
        approve_at(&world.wait_for_page(world.pages().len() + 1)?)?;
        assert_eq!(login.end()?.code, Some(0), "{flow}");
        let token: Value = serde_json::from_str(&fs::read_to_string(world.home().join(token_file("corp")))?)?;
        assert_eq!(token["startUrl"], own.as_str(), "{flow}");
    }
    aws.lead("/go", "https://elsewhere.example/start");
    let printed = world.relight(&["login", "corp", "--flow", "device"])?;
    assert_eq!(printed.code, Some(3));
    assert!(printed.err.contains("not an access portal of AWS's"), "{}", printed.err);
    Ok(())
}

//! Signing in to sessions of `aws login`, from a terminal.

use crate::aws_login::{ME, file, javascript, proof, world};
use crate::setting::{Result, approve_at, decide_at, in_minutes};
use relight_tests::fake_aws::{FakeAws, Fault, Operation, Request};
use relight_tests::world::{Printed, Running, World, login_file};
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

/// `relight login`, up to the page.
fn begin(world: &World) -> Result<(Running, String)> {
    let login = world.start_relight(&["login", "dev", "--flow", "pkce"])?;
    Ok((login, world.wait_for_page(world.pages().len() + 1)?))
}

fn signed_in(world: &World) -> Result<Printed> {
    let (login, page) = begin(world)?;
    approve_at(&page)?;
    Ok(login.end()?)
}

/// The pairs of a query, one a line, with what is drawn by chance named instead.
fn pairs(query: &str) -> String {
    let pair = |(name, value): (_, std::borrow::Cow<'_, str>)| match &name as &str {
        "state" | "code_challenge" => format!("{name}: {} characters\n", value.len()),
        "redirect_uri" if value.starts_with("http://127.0.0.1:") && value.ends_with("/oauth/callback") => {
            format!("{name}: http://127.0.0.1:PORT/oauth/callback\n")
        }
        _ => format!("{name}: {value}\n"),
    };
    form_urlencoded::parse(query.as_bytes()).map(pair).collect()
}

fn exchanges(aws: &FakeAws) -> Vec<Request> {
    aws.requests().into_iter().filter(|request| request.operation == Operation::CreateOAuth2Token).collect()
}

#[test]
fn one_command_writes_the_file_that_every_client_reads() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let (login, page) = begin(&world)?;
    let shown = approve_at(&page)?;
    assert!(shown.contains("You are signed in to 111122223333:user/me."), "{shown}");
    let Printed { code, out, err } = login.end()?;
    assert_eq!((code, out.as_str()), (Some(0), "Signed in to 111122223333:user/me: 11 h 59 min left.\n"), "{err}");
    insta::assert_snapshot!(err.replace(&page, "PAGE"), @"
    Signing in to 111122223333:user/me. Your browser opens this page:
      PAGE
    Approve there, and the browser comes back here by itself. (Can it not come back? relight login --flow device login:arn:aws:iam::111122223333:user/me. Ctrl-C gives up.)
    ");
    let path = world.home().join(login_file(ME));
    assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);

    let printed = javascript(&world, &aws)?;
    assert_eq!((printed.out.as_str(), exchanges(&aws).len()), ("ASIA\n", 1), "{}", printed.err);
    // And with the key of the sign-in it renews.
    let end = file(&world)?["accessToken"]["expiresAt"].as_str().unwrap_or_default().to_owned();
    fs::write(&path, fs::read_to_string(&path)?.replace(&end, &in_minutes(4).to_string()))?;
    let printed = javascript(&world, &aws)?;
    assert_eq!((printed.out.as_str(), exchanges(&aws).len()), ("ASIA\n", 2), "{}", printed.err);
    assert_eq!(file(&world)?["signInRegion"], "us-east-1", "it keeps what it does not know");
    Ok(())
}

#[test]
fn page_and_exchange_are_what_the_aws_cli_sends() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let printed = signed_in(&world)?;
    assert_eq!(printed.code, Some(0), "{printed:?}");
    let page = &world.pages()[0];
    let (address, query) = page.split_once('?').ok_or("no query")?;
    let exchange = &exchanges(&aws)[0];
    let mut body: serde_json::Value = serde_json::from_str(&exchange.body)?;
    assert!(aws.secrets().contains(&body["code"].as_str().unwrap_or_default().to_owned()));
    assert!(
        query.contains(
            &form_urlencoded::byte_serialize(body["redirectUri"].as_str().unwrap_or_default().as_bytes())
                .collect::<String>()
        )
    );
    (body["code"], body["redirectUri"]) = ("CODE".into(), "REDIRECT".into());
    body["codeVerifier"] = body["codeVerifier"].as_str().map_or(0, str::len).into();
    let proof = proof(exchange.header("dpop").unwrap_or_default(), aws.url())?;
    let said = format!(
        "GET {}\n{}\n{} {}\n{proof}\n{body}",
        address.replace(aws.url(), "URL"),
        pairs(query),
        exchange.method,
        exchange.path
    );
    insta::assert_snapshot!(said, @r#"
    GET URL/v1/authorize
    response_type: code
    client_id: arn:aws:signin:::devtools/same-device
    state: 43 characters
    code_challenge_method: SHA-256
    scope: openid
    redirect_uri: http://127.0.0.1:PORT/oauth/callback
    code_challenge: 43 characters

    POST /v1/token
    {"alg":"ES256","jwk":{"crv":"P-256","kty":"EC","x":"…","y":"…"},"typ":"dpop+jwt"}
    {"htm":"POST","htu":"URL/v1/token","iat":0,"jti":"…"}
    {"clientId":"arn:aws:signin:::devtools/same-device","code":"CODE","codeVerifier":43,"grantType":"authorization_code","redirectUri":"REDIRECT"}
    "#);
    assert_eq!(exchange.header("authorization"), None, "it is not signed");
    Ok(())
}

#[test]
fn whoever_else_the_browser_is_signed_in_as_gets_no_file_of_this_name() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    aws.sign_browser_in_as("arn:aws:sts::999988887777:assumed-role/Admin/me");
    let (login, page) = begin(&world)?;
    let shown = approve_at(&page)?;
    assert!(shown.contains("You are not signed in to 111122223333:user/me."), "{shown}");
    let printed = login.end()?;
    assert_eq!((printed.code, printed.out.as_str()), (Some(3), ""));
    assert!(printed.err.contains("AWS signed in arn:aws:sts::999988887777:assumed-role/Admin/me"), "{}", printed.err);
    assert_eq!(std::fs::read_dir(world.home().join(".aws/login/cache"))?.count(), 0);
    Ok(())
}

#[test]
fn a_denied_one_says_so_and_a_lost_answer_needs_another_sign_in() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let (login, page) = begin(&world)?;
    decide_at(&page, "deny")?;
    let printed = login.end()?;
    let denied = "The sign-in to 111122223333:user/me was denied at AWS's page.\n";
    assert_eq!((printed.code, printed.out.as_str()), (Some(1), denied), "{}", printed.err);
    // The code was used up by the call whose answer was lost.
    aws.fault(Operation::CreateOAuth2Token, Fault::CloseEarly.times(1));
    let printed = signed_in(&world)?;
    assert_eq!(printed.code, Some(3));
    assert!(printed.err.contains("Sign in once more."), "{}", printed.err);
    Ok(())
}

#[test]
fn where_no_browser_can_come_back_the_code_is_pasted() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let mut login: Command = world.program("relight")?;
    login.args(["login", "dev", "--flow", "device"]).stdin(Stdio::piped());
    let mut login = login.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let page = world.wait_for_page(1)?;
    let (_, query) = page.split_once('?').ok_or("no query")?;
    insta::assert_snapshot!(pairs(&query.replace(&form_urlencoded::byte_serialize(aws.url().as_bytes()).collect::<String>(), "URL")), @"
    response_type: code
    client_id: arn:aws:signin:::devtools/cross-device
    state: 43 characters
    code_challenge_method: SHA-256
    scope: openid
    redirect_uri: URL/v1/sessions/confirmation
    code_challenge: 43 characters
    ");
    let shown = approve_at(&page)?;
    let code = shown.split_once("<code>").and_then(|(_, rest)| rest.split('<').next()).ok_or("no code")?;
    let mut terminal = login.stdin.take().ok_or("no input")?;
    writeln!(terminal, "not it\n{code}")?;
    let output = login.wait_with_output()?;
    let (out, err) = (String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
    assert_eq!(out, "Signed in to 111122223333:user/me: 11 h 59 min left.\n", "{err}");
    insta::assert_snapshot!(err.replace(&page, "PAGE"), @"
    Signing in to 111122223333:user/me. Your browser opens this page:
      PAGE
    Approve there, then paste the code that the page shows, and press Enter. (Ctrl-C gives up.)
    That is not the code of this sign-in: copy all of it from the page.
    Signing in to 111122223333:user/me. Your browser opens this page:
      PAGE
    Approve there, then paste the code that the page shows, and press Enter. (Ctrl-C gives up.)
    ");
    assert_eq!(file(&world)?["clientId"], "arn:aws:signin:::devtools/cross-device");
    assert_eq!(world.relight(&["refresh", "dev"])?.code, Some(0));
    Ok(())
}

#[test]
fn nothing_of_a_sign_in_is_shown_anywhere_but_in_its_file() -> Result<()> {
    let aws = FakeAws::start();
    let world = world(&aws)?;
    let (login, page) = begin(&world)?;
    approve_at(&page)?;
    let printed = login.end()?;
    let status = world.relight(&["status", "--json", "-v"])?;
    let mut shown = format!("{printed:?}{status:?}");
    for folder in [world.state()?, world.state()?.join("log"), world.state()?.join("attempts")] {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            shown += &fs::read_to_string(entry.path()).unwrap_or_default();
        }
    }
    let key = file(&world)?["dpopKey"].as_str().unwrap_or_default().lines().nth(1).unwrap_or_default().to_owned();
    assert_eq!(key.len(), 64);
    for secret in aws.secrets().iter().chain([&key]) {
        assert!(!shown.contains(secret), "{secret}");
    }
    Ok(())
}

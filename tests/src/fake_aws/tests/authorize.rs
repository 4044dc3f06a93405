//! The authorization code flow with PKCE.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Client, Reply, START_URL, aws, get, post_form};
use crate::fake_aws::FakeAws;

const REDIRECT: &str = "http://127.0.0.1:40001/oauth/callback";
const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-0123456789";

fn pkce_client(aws: &FakeAws) -> Client<'_> {
    let input = json!({
        "clientName": "relight",
        "clientType": "public",
        "scopes": ["sso:account:access"],
        "grantTypes": ["authorization_code", "refresh_token"],
        "redirectUris": ["http://127.0.0.1/oauth/callback"],
        "issuerUrl": START_URL,
    });
    Client::registered(aws, &input)
}

fn authorize(client: &Client<'_>, redirect_uri: &str, method: &str) -> Reply {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", &client.id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("state", "a state & more")
        .append_pair("code_challenge_method", method)
        .append_pair("code_challenge", &challenge)
        .append_pair("scopes", "sso:account:access")
        .finish();
    get(&format!("{}/authorize?{query}", client.aws.url()))
}

/// The parameters that a redirect brings to the client.
fn redirected(reply: &Reply) -> Vec<(String, String)> {
    assert_eq!(reply.status, 302, "{}", reply.body);
    let location = reply.location.as_deref().expect("a location");
    let (to, query) = location.split_once('?').expect("a query");
    assert_eq!(to, REDIRECT);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn exchange(client: &Client<'_>, code: &str, verifier: &str) -> Value {
    let input = json!({
        "grantType": "authorization_code",
        "code": code,
        "redirectUri": REDIRECT,
        "codeVerifier": verifier,
    });
    client.call("/token", input).json()
}

#[test]
fn an_approved_code_is_exchanged_once() {
    let aws = aws();
    aws.auto_approve(true);
    let client = pkce_client(&aws);
    let parameters = redirected(&authorize(&client, REDIRECT, "S256"));
    let [(code_name, code), state] = &parameters[..] else { panic!("{parameters:?}") };
    assert_eq!(code_name, "code");
    assert_eq!(state, &("state".to_owned(), "a state & more".to_owned()));

    let tokens = exchange(&client, code, VERIFIER);
    assert_eq!(tokens["expiresIn"], 3600);
    assert_eq!(client.refresh(tokens["refreshToken"].as_str().unwrap()).status, 200);
    assert_eq!(exchange(&client, code, VERIFIER)["error"], "invalid_grant");
}

#[test]
fn a_wrong_verifier_uses_the_code_up() {
    let aws = aws();
    aws.auto_approve(true);
    let client = pkce_client(&aws);
    let parameters = redirected(&authorize(&client, REDIRECT, "S256"));
    let code = &parameters[0].1;
    assert_eq!(exchange(&client, code, "guessed")["error"], "invalid_grant");
    assert_eq!(exchange(&client, code, VERIFIER)["error"], "invalid_grant");
}

#[test]
fn the_buttons_of_the_page_decide() {
    let aws = aws();
    let client = pkce_client(&aws);
    for (decision, parameter) in [("approve", "code"), ("deny", "error")] {
        let page = authorize(&client, REDIRECT, "S256").body;
        let (_, rest) = page.split_once("name=\"request\" value=\"").expect("the form");
        let (request, _) = rest.split_once('"').expect("the form");
        let form = [("request", request), ("decision", decision)];
        let url = format!("{}/authorize", aws.url());
        assert_eq!(redirected(&post_form(&url, &form))[0].0, parameter);
        assert_eq!(post_form(&url, &form).status, 400, "a request is answered once");
    }
}

#[test]
fn a_bad_challenge_method_is_told_to_the_client() {
    let aws = aws();
    let parameters = redirected(&authorize(&pkce_client(&aws), REDIRECT, "SHA-256"));
    assert_eq!(parameters[0], ("error".to_owned(), "invalid_request".to_owned()));
}

#[test]
fn no_browser_is_sent_to_another_place() {
    let aws = aws();
    let client = pkce_client(&aws);
    for elsewhere in [
        "http://127.0.0.1:40001/other",
        "http://localhost:40001/oauth/callback",
        "http://127.0.0.1.example.com/oauth/callback",
        "http://127.0.0.1:40001@example.com/oauth/callback",
    ] {
        let reply = authorize(&client, elsewhere, "S256");
        assert_eq!((reply.status, reply.location), (400, None), "{elsewhere}");
    }
}

#[test]
fn a_registration_serves_the_flow_it_was_made_for() {
    let aws = aws();
    let for_device = Client::for_device(&aws);
    assert_eq!(authorize(&for_device, REDIRECT, "S256").status, 400);
    assert_eq!(exchange(&for_device, "any", VERIFIER)["error"], "unauthorized_client");
    assert_eq!(pkce_client(&aws).start().text("error"), "unauthorized_client");
}

//! The sign-in of `aws login`, and the proofs that its calls carry.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use ureq::http::Request as HttpRequest;

use super::{Reply, aws, get, post_form, send};
use crate::fake_aws::FakeAws;

const ME: &str = "arn:aws:iam::111122223333:user/me";
const CLIENT: &str = "arn:aws:signin:::devtools/same-device";
const REDIRECT: &str = "http://127.0.0.1:40001/oauth/callback";
const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-0123456789";

/// A client's key, and the proofs it makes.
struct Prover(SigningKey);

impl Prover {
    fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    fn of(dpop_key: &str) -> Self {
        Self(p256::SecretKey::from_sec1_pem(dpop_key).unwrap().into())
    }

    fn proof(&self, payload: &Value) -> String {
        let point = self.0.verifying_key().to_sec1_point(false);
        let [x, y] = [point.x(), point.y()].map(|part| URL_SAFE_NO_PAD.encode(part.unwrap()));
        let jwk = json!({ "kty": "EC", "x": x, "y": y, "crv": "P-256" });
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk });
        let [header, payload] = [&header, payload].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{payload}");
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    fn call(&self, aws: &FakeAws, jti: &str, input: &Value) -> Reply {
        call(aws, &self.proof(&payload(aws, jti)), input)
    }
}

fn payload(aws: &FakeAws, jti: &str) -> Value {
    let htu = format!("{}/v1/token", aws.url());
    json!({ "htm": "POST", "htu": htu, "iat": Timestamp::now().as_second(), "jti": jti })
}

fn call(aws: &FakeAws, proof: &str, input: &Value) -> Reply {
    let request = HttpRequest::post(format!("{}/v1/token", aws.url())).header("dpop", proof);
    send(request.header("content-type", "application/json").body(input.to_string()).unwrap()).unwrap()
}

fn refresh(token: &str) -> Value {
    json!({ "clientId": CLIENT, "grantType": "refresh_token", "refreshToken": token })
}

fn exchange(code: &str, client: &str, redirect: &str) -> Value {
    let grant = "authorization_code";
    json!({ "clientId": client, "grantType": grant, "code": code, "codeVerifier": VERIFIER, "redirectUri": redirect })
}

fn authorize(aws: &FakeAws, client: &str, redirect: &str, method: &str) -> Reply {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", client)
        .append_pair("state", "a state")
        .append_pair("code_challenge_method", method)
        .append_pair("scope", "openid")
        .append_pair("redirect_uri", redirect)
        .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)))
        .finish();
    get(&format!("{}/v1/authorize?{query}", aws.url()))
}

fn parameter(reply: &Reply, name: &str) -> Option<String> {
    let (_, query) = reply.location.as_deref()?.split_once('?')?;
    form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

#[test]
fn a_code_gives_keys_that_sts_takes_and_is_exchanged_once() {
    let aws = aws();
    aws.auto_approve(true);
    aws.sign_browser_in_as("arn:aws:sts::111122223333:assumed-role/Admin/me");
    let code = parameter(&authorize(&aws, CLIENT, REDIRECT, "SHA-256"), "code").unwrap();
    let prover = Prover::new(7);
    let answer = prover.call(&aws, "1", &exchange(&code, CLIENT, REDIRECT)).json();
    assert_eq!((&answer["tokenType"], &answer["expiresIn"]), (&json!("aws_sigv4"), &json!(900)));
    let claims = answer["idToken"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["sub"], "arn:aws:sts::111122223333:assumed-role/Admin/me");

    let keys = &answer["accessToken"];
    let credential =
        format!("Credential={}/20260101/us-east-1/sts/aws4_request", keys["accessKeyId"].as_str().unwrap());
    let request = HttpRequest::post(aws.url()).header("authorization", credential);
    let request = request.header("x-amz-security-token", keys["sessionToken"].as_str().unwrap());
    let caller = send(request.body("Action=GetCallerIdentity".to_owned()).unwrap()).unwrap();
    assert_eq!(caller.xml("Arn"), "arn:aws:sts::111122223333:assumed-role/Admin/me");

    let again = prover.call(&aws, "2", &exchange(&code, CLIENT, REDIRECT));
    assert_eq!(again.refusal(), (403, "AccessDeniedException".into(), "AUTHCODE_EXPIRED".into()));
}

#[test]
fn each_refresh_token_works_once_and_for_the_key_of_the_sign_in() {
    let aws = aws();
    let grant = aws.grant_login(ME);
    let prover = Prover::of(&grant.dpop_key);
    let other = Prover::new(9).call(&aws, "1", &refresh(&grant.refresh_token));
    assert_eq!(other.refusal(), (400, "ValidationException".into(), "INVALID_REQUEST".into()));
    let first = prover.call(&aws, "2", &refresh(&grant.refresh_token));
    assert_eq!((first.status, first.json().get("idToken")), (200, None), "{}", first.body);
    let used = prover.call(&aws, "3", &refresh(&grant.refresh_token));
    assert_eq!(used.refusal(), (403, "AccessDeniedException".into(), "TOKEN_EXPIRED".into()));
    assert_eq!(prover.call(&aws, "4", &refresh(&first.text("refreshToken"))).status, 200);
}

#[test]
fn a_proof_must_be_for_this_request_and_new() {
    let aws = aws();
    let grant = aws.grant_login(ME);
    let prover = Prover::of(&grant.dpop_key);
    let said = |change: &dyn Fn(&mut Value)| {
        let mut payload = payload(&aws, "1");
        change(&mut payload);
        let reply = call(&aws, &prover.proof(&payload), &refresh(&grant.refresh_token));
        format!("{} {}", reply.status, reply.text("message").replace(aws.url(), "URL"))
    };
    let said = [
        said(&|payload| payload["htm"] = "GET".into()),
        said(&|payload| payload["htu"] = "https://elsewhere.example/v1/token".into()),
        said(&|payload| payload["jti"] = "".into()),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    400 DPoP: it is for GET URL/v1/token, not for this request
    400 DPoP: it is for POST https://elsewhere.example/v1/token, not for this request
    400 DPoP: its jti is empty
    ");
    let refused = |proof: &str| call(&aws, proof, &refresh(&grant.refresh_token)).status;
    let mut old = payload(&aws, "2");
    old["iat"] = (Timestamp::now().as_second() - 600).into();
    assert_eq!(refused(&prover.proof(&old)), 400);
    let good = prover.proof(&payload(&aws, "3"));
    let (signed, _) = good.rsplit_once('.').unwrap();
    assert_eq!(refused(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode([1; 64]))), 400);
    assert_eq!((refused(&good), refused(&good)), (200, 400));
}

#[test]
fn a_session_ends_after_twelve_hours_and_its_last_keys_with_it() {
    let aws = aws();
    let grant = aws.grant_login(ME);
    let prover = Prover::of(&grant.dpop_key);
    aws.advance(Duration::from_mins(12 * 60 - 5));
    let last = prover.call(&aws, "1", &refresh(&grant.refresh_token)).json();
    assert!((1..=300).contains(&last["expiresIn"].as_i64().unwrap()), "{last}");
    aws.advance(Duration::from_mins(5));
    let over = prover.call(&aws, "2", &refresh(last["refreshToken"].as_str().unwrap()));
    assert_eq!(over.text("error"), "TOKEN_EXPIRED");
}

#[test]
fn a_new_password_and_a_missing_permission_are_told_apart() {
    let aws = aws();
    let grant = aws.grant_login(ME);
    let prover = Prover::of(&grant.dpop_key);
    aws.forbid_login(ME);
    assert_eq!(prover.call(&aws, "1", &refresh(&grant.refresh_token)).text("error"), "INSUFFICIENT_PERMISSIONS");
    aws.change_credentials(ME);
    assert_eq!(prover.call(&aws, "2", &refresh(&grant.refresh_token)).text("error"), "USER_CREDENTIALS_CHANGED");
}

#[test]
fn another_device_shows_the_code_to_carry_over() {
    let aws = aws();
    let (client, redirect) =
        ("arn:aws:signin:::devtools/cross-device", format!("{}/v1/sessions/confirmation", aws.url()));
    let page = authorize(&aws, client, &redirect, "SHA-256").body;
    let (_, rest) = page.split_once("name=\"request\" value=\"").expect("the form");
    let form = [("request", rest.split_once('"').unwrap().0), ("decision", "approve")];
    let approved = post_form(&format!("{}/v1/authorize", aws.url()), &form);
    let page = get(approved.location.as_deref().unwrap()).body;
    let (_, code) = page.split_once("<code>").unwrap();
    let code = String::from_utf8(STANDARD.decode(code.split_once('<').unwrap().0).unwrap()).unwrap();
    let code = code.strip_prefix("state=a+state&code=").expect(&code);
    assert_eq!(Prover::new(1).call(&aws, "1", &exchange(code, client, &redirect)).status, 200);
}

#[test]
fn no_browser_is_sent_elsewhere_and_s256_is_refused() {
    let aws = aws();
    for redirect in ["http://127.0.0.1:40001/other", "http://localhost:40001/oauth/callback", "https://example.com/"] {
        let reply = authorize(&aws, CLIENT, redirect, "SHA-256");
        assert_eq!((reply.status, reply.location), (400, None), "{redirect}");
    }
    let reply = authorize(&aws, CLIENT, REDIRECT, "S256");
    assert_eq!(parameter(&reply, "error").as_deref(), Some("invalid_request"));
}

//! The device flow, as far as the first tokens.

use std::time::Duration;

use serde_json::json;

use super::{Client, START_URL, aws, oidc, portal};
use crate::fake_aws::Operation;

fn refusal(status: u16, error_type: &str, error: &str) -> (u16, String, String) {
    (status, error_type.to_owned(), error.to_owned())
}

#[test]
fn from_registration_to_logout() {
    let aws = aws();
    let client = Client::for_device(&aws);
    let started = client.start();
    let (device_code, user_code) = (started.text("deviceCode"), started.text("userCode"));
    assert_eq!(user_code.len(), "KJTX-QWPM".len());
    assert_eq!(started.json()["expiresIn"], 600);
    assert_eq!(started.json()["interval"], 1);
    let page = format!("{}/device", aws.url());
    assert_eq!(started.text("verificationUri"), page);
    assert_eq!(started.text("verificationUriComplete"), format!("{page}?user_code={user_code}"));

    assert_eq!(
        client.poll(&device_code).refusal(),
        refusal(400, "AuthorizationPendingException", "authorization_pending")
    );
    assert_eq!(aws.pending()[0].user_code, user_code);
    assert_eq!(aws.pending()[0].start_url, START_URL);
    assert_eq!(aws.pending()[0].client_name, "relight");
    aws.approve(&user_code).unwrap();
    assert_eq!(aws.pending(), []);

    let tokens = client.poll(&device_code);
    assert_eq!(tokens.json()["expiresIn"], 3600);
    assert_eq!(tokens.text("tokenType"), "Bearer");
    let old = tokens.text("refreshToken");
    let renewed = client.refresh(&old);
    assert_eq!(client.refresh(&old).refusal(), refusal(400, "InvalidGrantException", "invalid_grant"));

    let access_token = renewed.text("accessToken");
    let role = "/federation/credentials?account_id=111122223333&role_name=ReadOnly";
    assert_eq!(portal(&aws, "GET", role, &access_token).status, 200);
    assert_eq!(portal(&aws, "POST", "/logout", &access_token).body, "{}");
    assert_eq!(portal(&aws, "GET", role, &access_token).status, 401);
    assert_eq!(client.refresh(&renewed.text("refreshToken")).status, 400);
    assert_eq!(aws.count(Operation::CreateToken), 5);
}

#[test]
fn a_device_code_is_used_once() {
    let aws = aws();
    let client = Client::for_device(&aws);
    let started = client.start();
    aws.approve(&started.text("userCode")).unwrap();
    assert_eq!(client.poll(&started.text("deviceCode")).status, 200);
    assert_eq!(
        client.poll(&started.text("deviceCode")).refusal(),
        refusal(400, "InvalidGrantException", "invalid_grant")
    );
}

#[test]
fn a_denied_device_is_told_so() {
    let aws = aws();
    let client = Client::for_device(&aws);
    let started = client.start();
    aws.deny(&started.text("userCode")).unwrap();
    assert_eq!(
        client.poll(&started.text("deviceCode")).refusal(),
        refusal(400, "AccessDeniedException", "access_denied")
    );
    assert!(aws.approve(&started.text("userCode")).is_err());
}

#[test]
fn a_code_expires_on_order_and_after_ten_minutes() {
    let aws = aws();
    let client = Client::for_device(&aws);
    let expired = refusal(400, "ExpiredTokenException", "expired_token");

    let started = client.start();
    aws.expire(&started.text("userCode")).unwrap();
    assert_eq!(client.poll(&started.text("deviceCode")).refusal(), expired);

    let started = client.start();
    aws.advance(Duration::from_secs(599));
    assert_eq!(aws.pending().len(), 1);
    aws.advance(Duration::from_secs(1));
    assert_eq!(aws.pending(), []);
    assert_eq!(client.poll(&started.text("deviceCode")).refusal(), expired);
}

#[test]
fn polling_too_fast_adds_five_seconds_for_good() {
    let aws = aws();
    aws.set_poll_interval(Duration::from_secs(30));
    let client = Client::for_device(&aws);
    let started = client.start();
    let poll = || client.poll(&started.text("deviceCode")).text("error");
    assert_eq!(poll(), "authorization_pending");
    assert_eq!(poll(), "slow_down");
    aws.advance(Duration::from_secs(30));
    assert_eq!(poll(), "slow_down");
    aws.advance(Duration::from_secs(40));
    assert_eq!(poll(), "authorization_pending");
}

#[test]
fn auto_approval_happens_at_the_first_poll() {
    let aws = aws();
    aws.auto_approve(true);
    let client = Client::for_device(&aws);
    let started = client.start();
    assert_eq!(aws.pending().len(), 1);
    assert_eq!(client.poll(&started.text("deviceCode")).status, 200);
}

#[test]
fn unknown_clients_and_start_urls_are_refused() {
    let aws = aws();
    let client = Client::for_device(&aws);
    let elsewhere = json!({ "startUrl": "https://elsewhere.awsapps.com/start" });
    let reply = client.call("/device_authorization", elsewhere);
    assert_eq!(reply.refusal(), refusal(400, "InvalidRequestException", "invalid_request"));
    assert_eq!(reply.text("error_description"), "Invalid start url provided");
    let spelled_otherwise = json!({ "startUrl": format!("{START_URL}/#") });
    assert_eq!(client.call("/device_authorization", spelled_otherwise).status, 200);

    let invalid_client = refusal(401, "InvalidClientException", "invalid_client");
    let wrong_secret = Client { aws: &aws, id: client.id.clone(), secret: "guessed".to_owned() };
    assert_eq!(wrong_secret.start().refusal(), invalid_client);
    aws.forget_clients();
    assert_eq!(client.start().refusal(), invalid_client);
    assert_eq!(client.refresh("any").refusal(), invalid_client);
}

#[test]
fn a_registration_lasts_ninety_days() {
    let aws = aws();
    let client = Client::for_device(&aws);
    aws.advance(Duration::from_hours(90 * 24));
    assert_eq!(client.start().status, 401);
}

#[test]
fn registrations_are_checked() {
    let aws = aws();
    let register = |input| oidc(&aws, "/client/register", &input).text("error");
    let cases = [
        (json!({ "clientType": "public" }), "invalid_request"),
        (json!({ "clientName": "x", "clientType": "confidential" }), "invalid_client_metadata"),
        (json!({ "clientName": "x", "clientType": "public", "scopes": ["all"] }), "invalid_scope"),
        (json!({ "clientName": "x", "clientType": "public", "grantTypes": ["password"] }), "unsupported_grant_type"),
        (
            json!({
                "clientName": "x",
                "clientType": "public",
                "redirectUris": ["http://localhost/oauth/callback"],
            }),
            "invalid_redirect_uri",
        ),
    ];
    for (input, error) in cases {
        assert_eq!(register(input.clone()), error, "{input}");
    }
}

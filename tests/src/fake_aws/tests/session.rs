//! How long sessions and tokens live.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;

use super::{Client, START_URL, aws, portal};
use crate::fake_aws::{FakeAws, Organisation};

const ACCOUNTS: &str = "/assignment/accounts";
const HOUR: Duration = Duration::from_hours(1);

#[test]
fn a_sign_in_joins_the_browser_session_until_logout() {
    let aws = aws();
    let client = Client::for_device(&aws);
    client.sign_in();
    let first_end = aws.session_ends_at(START_URL);
    aws.advance(HOUR);
    let joined = client.sign_in();
    assert_eq!(aws.session_ends_at(START_URL), first_end);

    portal(&aws, "POST", "/logout", &joined.text("accessToken"));
    assert_eq!(aws.session_ends_at(START_URL), None);
    client.sign_in();
    assert!(aws.session_ends_at(START_URL) > first_end);
}

#[test]
fn refreshes_go_on_until_the_session_ends() {
    let aws = FakeAws::start();
    aws.add_organisation(Organisation::new(START_URL).with_session_length(HOUR * 3 / 2));
    let client = Client::for_device(&aws);
    let first = client.sign_in();
    aws.advance(HOUR);
    assert_eq!(portal(&aws, "GET", ACCOUNTS, &first.text("accessToken")).status, 401);

    let second = client.refresh(&first.text("refreshToken"));
    let left = second.json()["expiresIn"].as_u64().unwrap();
    assert!((1700..=1800).contains(&left), "no token outlives the session: {left}");
    aws.advance(HOUR / 2);
    assert_eq!(client.refresh(&second.text("refreshToken")).text("error"), "invalid_grant");
}

#[test]
fn an_ended_session_takes_its_tokens_along() {
    let aws = aws();
    let client = Client::for_device(&aws);
    let tokens = client.sign_in();
    aws.end_session(START_URL);
    assert_eq!(client.refresh(&tokens.text("refreshToken")).text("error"), "invalid_grant");
    assert_eq!(portal(&aws, "GET", ACCOUNTS, &tokens.text("accessToken")).status, 401);
    aws.set_clock_offset(SignedDuration::from_hours(-1));
    assert_eq!(aws.session_ends_at(START_URL), None);
}

#[test]
fn a_revoked_access_token_can_be_refreshed() {
    let aws = aws();
    let client = Client::for_device(&aws);
    let tokens = client.sign_in();
    aws.revoke_token(&tokens.text("accessToken"));
    assert_eq!(portal(&aws, "GET", ACCOUNTS, &tokens.text("accessToken")).status, 401);
    let renewed = client.refresh(&tokens.text("refreshToken"));
    assert_eq!(portal(&aws, "GET", ACCOUNTS, &renewed.text("accessToken")).status, 200);
}

#[test]
fn only_clients_with_scopes_get_a_refresh_token() {
    let aws = aws();
    let legacy = json!({ "clientName": "legacy", "clientType": "public" });
    let tokens = Client::registered(&aws, &legacy).sign_in().json();
    assert_eq!(tokens.get("refreshToken"), None);
    let eight_hours = tokens["expiresIn"].as_u64().unwrap();
    assert!(eight_hours > 8 * 3600 - 60, "{eight_hours}");

    aws.add_organisation(Organisation::new(START_URL).without_refresh_tokens());
    let tokens = Client::for_device(&aws).sign_in().json();
    assert_eq!(tokens.get("refreshToken"), None);
}

#[test]
fn a_refresh_token_belongs_to_its_client() {
    let aws = aws();
    let tokens = Client::for_device(&aws).sign_in();
    let other = Client::for_device(&aws);
    assert_eq!(other.refresh(&tokens.text("refreshToken")).text("error"), "invalid_grant");
}

#[test]
fn a_grant_is_a_sign_in() {
    let aws = aws();
    let grant = aws.grant(START_URL);
    let client = Client { aws: &aws, id: grant.client_id.clone(), secret: grant.client_secret.clone() };
    assert_eq!(portal(&aws, "GET", ACCOUNTS, &grant.access_token).status, 200);
    let refresh_token = grant.refresh_token.clone().unwrap();
    assert_eq!(client.refresh(&refresh_token).status, 200);
    assert_eq!(grant.region, "us-east-1");
    assert!(grant.expires_at < grant.registration_expires_at);
    for secret in [grant.access_token, refresh_token, grant.client_secret] {
        assert!(aws.secrets().contains(&secret));
    }
}

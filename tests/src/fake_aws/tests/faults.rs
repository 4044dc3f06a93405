//! Ordered faults, and the journal that tests wait on.

use std::time::Duration;

use ureq::http::Request as HttpRequest;

use super::{Client, START_URL, aws, get, portal, post_form, send};
use crate::fake_aws::{Fault, Operation};

const ACCOUNTS: &str = "/assignment/accounts";
const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_fault_strikes_as_often_as_ordered_in_the_words_of_the_service() {
    let aws = aws();
    let client = Client::for_device(&aws);
    aws.fault(Operation::CreateToken, Fault::SlowDown.times(1));
    aws.fault(Operation::CreateToken, Fault::Throttle.times(1));
    aws.fault(Operation::CreateToken, Fault::ServerError.times(1));
    let codes = || (client.refresh("any").status, client.refresh("any").status);
    assert_eq!(codes(), (400, 429));
    assert_eq!(codes(), (500, 400));
    assert_eq!(client.refresh("any").text("error"), "invalid_grant");

    aws.fault(Operation::GetCallerIdentity, Fault::Throttle);
    let form = [("Action", "GetCallerIdentity")];
    let reply = post_form(&format!("{}/", aws.url()), &form);
    assert_eq!((reply.status, reply.xml("Code")), (400, "Throttling"));

    let access_token = aws.grant(START_URL).access_token;
    aws.fault(Operation::ListAccounts, Fault::Throttle);
    for _ in 0..3 {
        let refusal = portal(&aws, "GET", ACCOUNTS, &access_token).refusal();
        assert_eq!((refusal.0, refusal.1.as_str()), (429, "TooManyRequestsException"));
    }
    aws.clear_faults();
    assert_eq!(portal(&aws, "GET", ACCOUNTS, &access_token).status, 200);
}

#[test]
fn a_refusal_says_what_was_ordered() {
    let aws = aws();
    aws.fault(Operation::ListAccounts, Fault::Refuse("Not today".to_owned()));
    let refusal = portal(&aws, "GET", ACCOUNTS, "any").refusal();
    assert_eq!(refusal, (400, "InvalidRequestException".to_owned(), "Not today".to_owned()));
}

#[test]
fn answers_that_are_none() {
    let aws = aws();
    let faulty = |fault: Fault| {
        aws.fault(Operation::ListAccounts, fault.times(1));
        let reply = portal(&aws, "GET", ACCOUNTS, "any");
        assert_eq!(reply.status, 200);
        reply.body
    };
    assert!(faulty(Fault::Html).starts_with("<!doctype html>"));
    assert_eq!(faulty(Fault::EmptyBody), "");
    assert!(serde_json::from_str::<serde_json::Value>(&faulty(Fault::BrokenJson)).is_err());
    assert!(faulty(Fault::Huge).len() > 5_000_000);
}

#[test]
fn a_torn_answer_was_acted_upon() {
    let aws = aws();
    let grant = aws.grant(START_URL);
    let refresh_token = grant.refresh_token.unwrap();
    let client = Client { aws: &aws, id: grant.client_id, secret: grant.client_secret };
    aws.fault(Operation::CreateToken, Fault::CloseEarly.times(1));
    let body = format!(
        "{{\"clientId\":\"{}\",\"clientSecret\":\"{}\",\
         \"grantType\":\"refresh_token\",\"refreshToken\":\"{refresh_token}\"}}",
        client.id, client.secret
    );
    let request = HttpRequest::post(format!("{}/token", aws.url())).body(body).unwrap();
    let mut answer = ureq::agent().run(request).expect("the head of the answer");
    assert!(answer.body_mut().read_to_string().is_err(), "half the body is missing");
    assert_eq!(client.refresh(&refresh_token).text("error"), "invalid_grant");
}

#[test]
fn a_slow_answer_comes() {
    let aws = aws();
    let access_token = aws.grant(START_URL).access_token;
    aws.fault(Operation::ListAccounts, Fault::Slow(Duration::from_millis(1)));
    assert_eq!(portal(&aws, "GET", ACCOUNTS, &access_token).status, 200);
}

#[test]
fn a_client_left_hanging_is_freed_when_the_fake_stops() {
    let aws = aws();
    aws.fault(Operation::ListAccounts, Fault::Hang);
    let url = format!("{}{ACCOUNTS}", aws.url());
    let client = std::thread::spawn(move || send(HttpRequest::get(url).body(String::new()).unwrap()).is_err());
    aws.wait_for(Operation::ListAccounts, 1, SOON).unwrap();
    assert_eq!(aws.requests()[0].status, None);
    drop(aws);
    assert!(client.join().unwrap(), "the connection was closed without an answer");
}

#[test]
fn every_request_is_kept() {
    let aws = aws();
    portal(&aws, "GET", "/assignment/roles?account_id=1", "a-token");
    get(&format!("{}/nowhere", aws.url()));
    let requests = aws.requests();
    assert_eq!(requests[0].operation, Operation::ListAccountRoles);
    assert_eq!(requests[0].query, "account_id=1");
    assert_eq!(requests[0].header("x-amz-sso_bearer_token"), Some("a-token"));
    assert_eq!(requests[0].status, Some(401));
    assert_eq!(requests[1].operation, Operation::Unknown);
    assert_eq!(requests[1].status, Some(404));
    let waited = aws.wait_for(Operation::Logout, 1, Duration::ZERO);
    assert_eq!(waited, Err("0 of 1 Logout within 0ns".to_owned()));
}

//! The portal: accounts, roles and their credentials.

use std::time::Duration;

use serde_json::{Value, json};

use super::{START_URL, aws, portal};
use crate::fake_aws::{Account, FakeAws, Organisation, Role};

const READ_ONLY: &str = "/federation/credentials?account_id=111122223333&role_name=ReadOnly";

#[test]
fn role_credentials_last_as_the_role_says() {
    let aws = aws();
    let token = aws.grant(START_URL).access_token;
    let path = "/federation/credentials?role_name=Administrator&account_id=444455556666";
    let before = aws.now();
    let reply = portal(&aws, "GET", path, &token).json();
    let credentials = &reply["roleCredentials"];
    let id = credentials["accessKeyId"].as_str().unwrap();
    assert_eq!((id.len(), &id[..4], &id[16..]), (20, "ASIA", "FAKE"));
    assert_eq!(credentials["secretAccessKey"].as_str().unwrap().len(), 40);
    let four_hours = before + Duration::from_hours(4);
    let late = credentials["expiration"].as_i64().unwrap() - four_hours.as_millisecond();
    assert!((0..60_000).contains(&late), "{late}");
    for name in ["secretAccessKey", "sessionToken"] {
        assert!(aws.secrets().iter().any(|secret| credentials[name] == secret.as_str()));
    }
}

#[test]
fn a_role_not_assigned_is_forbidden() {
    let aws = aws();
    let token = aws.grant(START_URL).access_token;
    assert_eq!(portal(&aws, "GET", READ_ONLY, &token).status, 200);
    aws.unassign(START_URL, "111122223333", "ReadOnly");
    let reply = portal(&aws, "GET", READ_ONLY, &token);
    let forbidden = (403, "ForbiddenException".to_owned(), "No access".to_owned());
    assert_eq!(reply.refusal(), forbidden);
    let other = "/assignment/roles?account_id=999999999999";
    assert_eq!(portal(&aws, "GET", other, &token).refusal(), forbidden);
}

#[test]
fn an_account_without_roles_is_not_listed() {
    let aws = aws();
    let token = aws.grant(START_URL).access_token;
    aws.unassign(START_URL, "444455556666", "Administrator");
    let reply = portal(&aws, "GET", "/assignment/accounts", &token).json();
    let only = json!([{
        "accountId": "111122223333",
        "accountName": "Production",
        "emailAddress": "production@example.com",
    }]);
    assert_eq!(reply["accountList"], only);
    assert_eq!(reply["nextToken"], Value::Null);
}

#[test]
fn roles_are_listed_in_pages() {
    let aws = FakeAws::start();
    let roles = (0..45).map(|number| Role::new(format!("Role{number}")));
    let account = roles.fold(Account::new("111122223333", "Big"), Account::with_role);
    aws.add_organisation(Organisation::new(START_URL).with_account(account));
    let token = aws.grant(START_URL).access_token;

    let mut names = Vec::new();
    let mut sizes = Vec::new();
    let mut path = "/assignment/roles?account_id=111122223333".to_owned();
    loop {
        let page = portal(&aws, "GET", &path, &token).json();
        let roles = page["roleList"].as_array().unwrap();
        sizes.push(roles.len());
        names.extend(roles.iter().map(|role| role["roleName"].to_string()));
        let Some(next) = page["nextToken"].as_str() else {
            break;
        };
        path = format!("/assignment/roles?account_id=111122223333&next_token={next}");
    }
    assert_eq!(sizes, [20, 20, 5]);
    names.dedup();
    assert_eq!(names.len(), 45);

    let page = portal(&aws, "GET", &format!("{path}&max_result=100"), &token).json();
    assert_eq!(page["roleList"].as_array().unwrap().len(), 5);
    for wrong in ["max_result=0", "max_result=101", "next_token=guessed"] {
        let path = format!("/assignment/accounts?{wrong}");
        assert_eq!(portal(&aws, "GET", &path, &token).status, 400, "{wrong}");
    }
}

#[test]
fn an_unknown_token_is_unauthorized() {
    let aws = aws();
    let refusal = portal(&aws, "GET", READ_ONLY, "made-up").refusal();
    let message = "Session token not found or invalid";
    assert_eq!(refusal, (401, "UnauthorizedException".to_owned(), message.to_owned()));
}

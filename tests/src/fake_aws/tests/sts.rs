//! sts, in the Query protocol.

use std::time::Duration;

use ureq::http::Request as HttpRequest;

use super::{Reply, START_URL, aws, portal, send};
use crate::fake_aws::FakeAws;

/// Keys as a client holds them.
struct Keys {
    id: String,
    session_token: Option<String>,
}

impl Keys {
    fn of_user(aws: &FakeAws) -> Self {
        let key = aws.add_user_key("111122223333", "jane");
        Self { id: key.access_key_id, session_token: None }
    }

    fn of_role(aws: &FakeAws) -> Self {
        let token = aws.grant(START_URL).access_token;
        let path = "/federation/credentials?account_id=111122223333&role_name=ReadOnly";
        let reply = portal(aws, "GET", path, &token).json();
        let text = |name: &str| reply["roleCredentials"][name].as_str().unwrap().to_owned();
        Self { id: text("accessKeyId"), session_token: Some(text("sessionToken")) }
    }

    fn in_answer(reply: &Reply) -> Self {
        Self { id: reply.xml("AccessKeyId").to_owned(), session_token: Some(reply.xml("SessionToken").to_owned()) }
    }

    fn call(&self, aws: &FakeAws, action: &str) -> Reply {
        let mut request = HttpRequest::post(format!("{}/", aws.url())).header(
            "authorization",
            format!(
                "AWS4-HMAC-SHA256 Credential={}/20260101/us-east-1/sts/aws4_request, \
                 SignedHeaders=host, Signature=0",
                self.id
            ),
        );
        if let Some(session_token) = &self.session_token {
            request = request.header("x-amz-security-token", session_token);
        }
        let body = format!("Version=2011-06-15&Action={action}");
        send(request.body(body).unwrap()).unwrap()
    }
}

#[test]
fn caller_identity_of_a_user_and_of_a_role() {
    let aws = aws();
    let reply = Keys::of_user(&aws).call(&aws, "GetCallerIdentity");
    assert_eq!(reply.xml("Arn"), "arn:aws:iam::111122223333:user/jane");
    assert_eq!(reply.xml("Account"), "111122223333");

    let reply = Keys::of_role(&aws).call(&aws, "GetCallerIdentity");
    let arn = reply.xml("Arn");
    let role = "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_ReadOnly_";
    assert!(arn.starts_with(role) && arn.ends_with("/jane@example.com"), "{arn}");
    assert!(reply.xml("UserId").ends_with(":jane@example.com"));
}

#[test]
fn keys_are_refused_as_sts_refuses_them() {
    let aws = aws();
    let refused = |keys: &Keys| {
        let reply = keys.call(&aws, "GetCallerIdentity");
        assert_eq!((reply.status, reply.xml("Type")), (403, "Sender"));
        reply.xml("Code").to_owned()
    };
    let unknown = Keys { id: "AKIAUNKNOWN".to_owned(), session_token: None };
    assert_eq!(refused(&unknown), "InvalidClientTokenId");

    let mut role = Keys::of_role(&aws);
    let session_token = role.session_token.take();
    assert_eq!(refused(&role), "InvalidClientTokenId", "without its session token");
    role.session_token = session_token;
    aws.end_session(START_URL);
    assert_eq!(role.call(&aws, "GetCallerIdentity").status, 200, "keys outlive the session");
    aws.advance(Duration::from_hours(1));
    assert_eq!(refused(&role), "ExpiredToken");

    let unsigned = HttpRequest::post(format!("{}/", aws.url()));
    let reply = send(unsigned.body("Action=GetCallerIdentity".to_owned()).unwrap()).unwrap();
    assert_eq!(reply.xml("Code"), "MissingAuthenticationToken");
    assert_eq!(Keys::of_user(&aws).call(&aws, "DeleteWorld").xml("Code"), "InvalidAction");
}

#[test]
fn an_assumed_role_may_assume_the_next_for_an_hour() {
    let aws = aws();
    let assume = "AssumeRole&RoleSessionName=deploy\
                  &RoleArn=arn:aws:iam::444455556666:role/path/Deployer";
    let long = format!("{assume}&DurationSeconds=7200");
    let reply = Keys::of_user(&aws).call(&aws, &long);
    let arn = "arn:aws:sts::444455556666:assumed-role/Deployer/deploy";
    assert_eq!(reply.xml("Arn"), arn);
    assert!(reply.xml("Expiration").ends_with('Z'));

    let role = Keys::in_answer(&reply);
    assert_eq!(role.call(&aws, "GetCallerIdentity").xml("Arn"), arn);
    assert_eq!(role.call(&aws, assume).status, 200);
    let chained = role.call(&aws, &long);
    assert_eq!(chained.xml("Code"), "ValidationError");
    assert!(chained.xml("Message").contains("role chaining"));
    let no_role = role.call(&aws, "AssumeRole&RoleSessionName=x&RoleArn=<b>");
    assert_eq!(no_role.xml("Message"), "&lt;b&gt; is invalid");
}

#[test]
fn a_user_gets_a_session_token_and_a_session_does_not() {
    let aws = aws();
    let reply = Keys::of_user(&aws).call(&aws, "GetSessionToken&DurationSeconds=900");
    let session = Keys::in_answer(&reply);
    let arn = "arn:aws:iam::111122223333:user/jane";
    assert_eq!(session.call(&aws, "GetCallerIdentity").xml("Arn"), arn);
    assert_eq!(session.call(&aws, "GetSessionToken").xml("Code"), "AccessDenied");
    aws.advance(Duration::from_mins(15));
    assert_eq!(session.call(&aws, "GetCallerIdentity").xml("Code"), "ExpiredToken");
}

/// What aws-sessions.md 5.2 reads out of a key id.
#[test]
fn a_key_id_carries_its_account() {
    let aws = aws();
    for keys in [Keys::of_user(&aws), Keys::of_role(&aws)] {
        let digits = keys.id[4..].bytes().map(|letter| match letter {
            b'A'..=b'Z' => u128::from(letter - b'A'),
            digit => u128::from(digit - b'2' + 26),
        });
        let bits = digits.fold(0, |bits, digit| bits << 5 | digit);
        assert_eq!((bits >> 32 & 0x7fff_ffff_ff80) >> 7, 111_122_223_333);
        assert!(keys.id.as_bytes()[4] >= b'Q');
    }
}

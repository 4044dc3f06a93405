//! The way to a profile's credentials, and how long they last.

use relight_core::cache::Token;
use relight_core::config::{Config, Environment, Files};
use relight_core::credentials::{AccessKeys, Assumed, CallFailure, Failure, Got, Need, Obtain, Plan};
use relight_core::flow::{CallError, ErrorKind, Outcome};
use relight_core::ini::Document;
use relight_core::time::{SignedDuration, Timestamp};
use relight_core::world::{Content, TokenFile};
use std::collections::VecDeque;

const CONFIG: &str = "\
[sso-session corp]
sso_start_url = https://c.awsapps.com/start
sso_region = us-east-1
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = R
[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = R
[profile deploy]
role_arn = arn:aws-cn:iam::444455556666:role/Deploy
source_profile = dev
[profile mfa]
role_arn = arn:aws:iam::444455556666:role/Admin
source_profile = deploy
mfa_serial = arn:aws:iam::1:mfa/me
region = eu-west-1
[profile ended]
aws_access_key_id = ASIADUMMY
aws_secret_access_key = DUMMY
aws_session_token = DUMMY
aws_expiration = 2026-11-22T09:00:00Z
";

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn in_minutes(count: i64) -> Timestamp {
    now() + SignedDuration::from_mins(count)
}

fn keys(id: &str, left: i64) -> AccessKeys {
    AccessKeys::new(id, "secret", Some("token"), Some(in_minutes(left))).unwrap()
}

fn assumed(id: &str) -> Got {
    let (assumed_role_id, arn, request_id) = (String::new(), String::new(), String::new());
    Got::Assumed(Ok(Assumed { keys: keys(id, 60), assumed_role_id, arn, request_id }))
}

fn token(left: i64) -> Got {
    let text = format!(
        r#"{{"accessToken": "at", "expiresAt": "{}", "clientId": "c", "clientSecret": "s", "registrationExpiresAt": "{}", "refreshToken": "r"}}"#,
        in_minutes(left),
        in_minutes(100_000)
    );
    Got::Token(Content::Read(TokenFile { token: Token::parse(text.as_bytes()), modified: None }), None)
}

fn refused(kind: ErrorKind, code: &str) -> Result<AccessKeys, CallFailure> {
    let error = CallError { kind, address: "portal".into(), said: "No".into() };
    Err(CallFailure { error, code: Some(code.into()) })
}

const NONE: Got = Got::Cached(None);

/// What is needed one after another, given what each brings.
fn way(profile: &str, got: impl IntoIterator<Item = Got>) -> String {
    let files = Files { config: Document::parse(CONFIG.as_bytes()), ..Files::default() };
    let environment = Environment::default();
    let config = Config::new(&files, &environment);
    let plan = match Plan::new(profile, &files, &config, &environment, || jiff::tz::TimeZone::UTC, now()) {
        Ok(plan) => plan,
        Err(failure) => return said(&Need::End(Err(failure))),
    };
    let mut got: VecDeque<Got> = got.into_iter().collect();
    let (mut obtain, mut need) = Obtain::begin(plan);
    let mut out = Vec::new();
    loop {
        out.push(said(&need));
        match got.pop_front() {
            Some(next) => need = obtain.on(next, now()),
            None => return out.join("\n"),
        }
    }
}

fn said(need: &Need) -> String {
    match need {
        Need::Cached(name) => format!("cached {}", &name.as_str()[..4]),
        Need::Lock(name) => format!("lock {}", &name.as_str()[..4]),
        Need::Write(name, _) => format!("write {}", &name.as_str()[..4]),
        Need::Token(_) => "token".into(),
        Need::Refresh(session, _) => format!("refresh {}", session.id),
        Need::RoleCredentials { account_id, role_name, .. } => format!("role {account_id} {role_name}"),
        Need::Code(serial) => format!("code of {serial}"),
        Need::AssumeRole { sts, request, keys, code } => format!(
            "assume {} in {} with {}{}",
            request.role_arn,
            sts.region,
            keys.access_key_id.expose(),
            code.as_ref().map(|code| format!(" and {}", code.expose())).unwrap_or_default()
        ),
        Need::End(Ok(keys)) => format!("has {}", keys.access_key_id.expose()),
        Need::End(Err(Failure::Person(sentence))) => format!("person: {sentence}"),
        Need::End(Err(Failure::World(sentence))) => format!("world: {sentence}"),
        Need::WebIdentity { .. } | Need::Run { .. } | Need::Environment | Need::Login(_) => format!("{need:?}"),
    }
}

#[test]
fn what_is_cached_needs_nothing_else() {
    insta::assert_snapshot!(way("mfa", [Got::Cached(Some(keys("ASIACACHED", 15)))]), @"
    cached a62a
    has ASIACACHED
    ");
}

#[test]
fn a_chain_is_gone_back_to_what_is_cached_and_forth_with_calls() {
    let back = [NONE, Got::Locked, NONE, NONE, Got::Locked, NONE];
    let cached = [Got::Cached(Some(keys("ASIADEV", 60)))];
    let forth = [assumed("ASIADEPLOY"), Got::Written, Got::Code(Some(relight_core::secret::Secret::new("123456")))];
    let last = [assumed("ASIAMFA"), Got::Written];
    insta::assert_snapshot!(way("mfa", back.into_iter().chain(cached).chain(forth).chain(last)), @"
    cached a62a
    lock a62a
    cached a62a
    cached b73c
    lock b73c
    cached b73c
    cached 0822
    assume arn:aws-cn:iam::444455556666:role/Deploy in eu-west-1 with ASIADEV
    write b73c
    code of arn:aws:iam::1:mfa/me
    assume arn:aws:iam::444455556666:role/Admin in eu-west-1 with ASIADEPLOY and 123456
    write a62a
    has ASIAMFA
    ");
}

#[test]
fn another_process_may_have_been_faster() {
    insta::assert_snapshot!(way("dev", [NONE, Got::Locked, Got::Cached(Some(keys("ASIATHEIRS", 60)))]), @"
    cached 0822
    lock 0822
    cached 0822
    has ASIATHEIRS
    ");
}

#[test]
fn what_ends_soon_is_used_where_nothing_better_can_be_had() {
    let soon = || Got::Cached(Some(keys("ASIASOON", 14)));
    insta::assert_snapshot!(way("dev", [soon(), Got::Locked, soon(), Got::Token(Content::Missing, None)]), @"
    cached 0822
    lock 0822
    cached 0822
    token
    has ASIASOON
    ");
    let deploy = [soon(), Got::Locked, soon(), NONE, Got::Locked, NONE, Got::Token(Content::Missing, None)];
    insta::assert_snapshot!(way("deploy", deploy), @"
    cached b73c
    lock b73c
    cached b73c
    cached 0822
    lock 0822
    cached 0822
    token
    has ASIASOON
    ");
    let over = || Got::Cached(Some(keys("ASIAOVER", 0)));
    insta::assert_snapshot!(way("dev", [over(), Got::Locked, over(), Got::Token(Content::Missing, None)]), @"
    cached 0822
    lock 0822
    cached 0822
    token
    person: Nobody is signed in to corp. Sign in: relight login corp
    ");
}

#[test]
fn a_token_is_renewed_before_it_is_shown_and_when_it_is_not_known() {
    let first = || [NONE, Got::Locked, NONE];
    let due = [token(10), Got::Refreshed(Outcome::NothingToDo), token(60)];
    insta::assert_snapshot!(way("dev", first().into_iter().chain(due)), @"
    cached 0822
    lock 0822
    cached 0822
    token
    refresh sso-session:corp
    token
    role 111122223333 R
    ");
    // Without a network, a token that still lives is good enough; one that does not is not.
    let failed = || Got::Refreshed(Outcome::Offline { message: "No network.".into() });
    insta::assert_snapshot!(way("dev", first().into_iter().chain([token(10), failed(), token(10)])), @"
    cached 0822
    lock 0822
    cached 0822
    token
    refresh sso-session:corp
    token
    role 111122223333 R
    ");
    insta::assert_snapshot!(way("dev", first().into_iter().chain([token(-1), failed(), token(-1)])), @"
    cached 0822
    lock 0822
    cached 0822
    token
    refresh sso-session:corp
    token
    world: No network.
    ");
    let unknown = || Got::Keys(refused(ErrorKind::Unauthorized, "UnauthorizedException"));
    let twice = [token(60), unknown(), Got::Refreshed(Outcome::NothingToDo), token(60), unknown()];
    insta::assert_snapshot!(way("dev", first().into_iter().chain(twice)), @"
    cached 0822
    lock 0822
    cached 0822
    token
    role 111122223333 R
    refresh sso-session:corp
    token
    role 111122223333 R
    person: AWS does not know the sign-in to corp any more. Sign in: relight login corp
    ");
    // A legacy token is never renewed.
    insta::assert_snapshot!(way("old", first().into_iter().chain([token(10), unknown()])), @"
    cached b7fa
    lock b7fa
    cached b7fa
    token
    role 111122223333 R
    refresh sso-legacy:https://old.awsapps.com/start
    ");
    insta::assert_snapshot!(way("old", first().into_iter().chain([token(-120)])), @"
    cached b7fa
    lock b7fa
    cached b7fa
    token
    person: The sign-in to old ended 2 h ago. Sign in: relight login old
    ");
}

#[test]
fn nobody_at_a_terminal_types_no_code() {
    let soon = Got::Cached(Some(keys("ASIADEPLOY", 60)));
    insta::assert_snapshot!(way("mfa", [NONE, Got::Locked, NONE, soon, Got::Code(None)]), @"
    cached a62a
    lock a62a
    cached a62a
    cached b73c
    code of arn:aws:iam::1:mfa/me
    person: 'mfa' needs an MFA code, and there is no terminal to ask at. Run in a terminal: relight credentials mfa
    ");
}

#[test]
fn what_a_person_can_mend_is_theirs_and_the_rest_the_worlds() {
    insta::assert_snapshot!(way("ended", []), @"person: The key of 'ended' has ended. To renew it, run: aws-azure-login --profile ended");
    let refused = |code: &str, said: &str| {
        let error = CallError { kind: ErrorKind::AccessDenied, address: "sts".into(), said: said.into() };
        let soon = Got::Cached(Some(keys("ASIADEPLOY", 60)));
        let typed = Got::Code(Some(relight_core::secret::Secret::new("123456")));
        let failed = Got::Assumed(Err(CallFailure { error, code: Some(code.into()) }));
        way("mfa", [NONE, Got::Locked, NONE, soon, typed, failed]).lines().last().unwrap().to_owned() + "\n"
    };
    let all = [
        refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code."),
        refused("ValidationError", "Value '12' at 'tokenCode' failed to satisfy constraint"),
        refused("ExpiredToken", "The security token included in the request is expired"),
        refused("AccessDenied", "User: x is not authorized to perform: sts:AssumeRole"),
    ];
    insta::assert_snapshot!(all.concat(), @"
    person: The role arn:aws:iam::444455556666:role/Admin of 'mfa' was refused: MultiFactorAuthentication failed with invalid MFA one time pass code. (AccessDenied). Each code works once: wait for the next one.
    person: The role arn:aws:iam::444455556666:role/Admin of 'mfa' was refused: Value '12' at 'tokenCode' failed to satisfy constraint (ValidationError). An MFA code has six digits: type it again.
    person: The role arn:aws:iam::444455556666:role/Admin of 'mfa' was refused: The security token included in the request is expired (ExpiredToken). The credentials that it starts from have ended: renew them.
    world: The role arn:aws:iam::444455556666:role/Admin of 'mfa' was refused: User: x is not authorized to perform: sts:AssumeRole (AccessDenied). Its trust policy must allow who you are, with MFA.
    ");
}

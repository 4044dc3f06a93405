//! Sessions of `aws login`: renewed, never beyond their twelve hours, and signed out of.

use crate::simulation::{CORP, LOGIN, Machine, at, corp, error, keys, login, login_token, minutes};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::cache::LoginToken;
use relight_core::config::SessionId;
use relight_core::flow::{ErrorKind, Outcome};
use relight_core::secret::Secret;
use relight_core::status::State;
use relight_core::time::{SignedDuration, Timestamp};
use relight_core::world::Content;

/// Signed in `hours` ago, with keys for a quarter of an hour.
fn signed_in(hours: i64) -> Machine {
    let mut machine = Machine::new(LOGIN);
    let signed_in_at = machine.now - minutes(60 * hours);
    machine.login(&login_token(machine.now + minutes(15), Some(signed_in_at)));
    machine
}

fn file(machine: &Machine) -> LoginToken {
    LoginToken::parse(machine.text(&login()).unwrap().as_bytes()).unwrap()
}

fn end(machine: &Machine) -> Timestamp {
    file(machine).expires_at
}

#[test]
fn keys_are_renewed_at_six_minutes_left_before_any_other_client_needs_to() {
    let mut machine = signed_in(0);
    machine.answers.push_back(keys(900, "SECRET-1"));
    machine.wait(minutes(9) - SignedDuration::from_secs(1));
    assert_eq!(machine.calls.len(), 0);
    machine.wait(SignedDuration::from_secs(1));
    assert_eq!(
        (machine.calls.as_slice(), machine.regions.as_slice()),
        (["refresh login"].as_slice(), ["us-east-1".to_owned()].as_slice())
    );
    assert_eq!(end(&machine), at("2026-11-22T10:24:00Z"));
    assert_eq!((machine.session(&login()).state, machine.shown()), (State::Valid, vec![]));
}

#[test]
fn only_the_keys_and_their_end_and_the_refresh_token_change() {
    let mut machine = signed_in(0);
    let before = LoginToken {
        identity_token: Some(Secret::new("SECRET-of-go")),
        sign_in_region: Some("eu-west-1".into()),
        ..file(&machine)
    };
    machine.login(&before);
    machine.answers.push_back(keys(900, "SECRET-1"));
    machine.wait(minutes(9));
    assert_eq!(machine.regions, ["eu-west-1"], "where the person signed in");
    let after = file(&machine);
    assert_eq!((after.keys.session_token.expose(), after.refresh_token.expose()), ("SECRET-new", "SECRET-1"));
    let (keys, refresh_token) = (before.keys.clone(), before.refresh_token.clone());
    assert_eq!(LoginToken { keys, refresh_token, expires_at: before.expires_at, ..after }, before);
}

#[test]
fn it_goes_on_for_twelve_hours_and_not_beyond_though_aws_would() {
    let mut machine = signed_in(0);
    machine.answers.extend((0..200).map(|_| keys(900, "SECRET-n")));
    machine.wait(minutes(12 * 60 - 1));
    let calls = machine.calls.len();
    assert!((78..=80).contains(&calls), "{calls}: each nine minutes");
    assert_eq!(machine.session(&login()).state, State::Expiring);
    machine.wait(minutes(60));
    assert_eq!(machine.calls.len(), calls);
    assert_eq!(machine.session(&login()).state, State::Expired);
    machine.act(Action::RefreshAll);
    machine.event(Event::Refresh(vec![login()]));
    assert_eq!(machine.calls.len(), calls, "not even when a person asks");
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::NothingToDo);
}

#[test]
fn the_last_keys_live_shorter_and_are_renewed_at_half_their_life() {
    let mut machine = signed_in(0);
    machine.login(&login_token(machine.now + minutes(4), Some(machine.now - minutes(60))));
    machine.wait(minutes(1));
    assert_eq!(machine.calls.len(), 0);
    machine.wait(minutes(1));
    assert_eq!(machine.calls.len(), 1);
}

#[test]
fn a_refusal_is_believed_after_the_file_was_read_again_and_says_why() {
    for (kind, said) in [
        (ErrorKind::LoginOver, None),
        (ErrorKind::CredentialsChanged, Some("Your password or your permissions have changed since the sign-in.")),
    ] {
        let mut machine = signed_in(1);
        machine.answers.push_back(error(kind));
        machine.wait(minutes(10));
        let refused = Outcome::Refused { expires_at: end(&machine), why: said.map(Into::into) };
        assert_eq!(machine.outcomes.last().unwrap().1, refused);
        assert!(machine.log.contains(&"remember the refusal".to_string()));
        assert_eq!((machine.session(&login()).state, machine.session(&login()).refreshable), (State::Expiring, false));
        machine.wait(minutes(5));
        assert_eq!((machine.session(&login()).state, machine.calls.len()), (State::Expired, 1));
    }
}

#[test]
fn a_client_that_used_the_refresh_token_up_first_is_believed() {
    let mut machine = signed_in(1);
    machine.answers.push_back(error(ErrorKind::LoginOver));
    let theirs = LoginToken { refresh_token: Secret::new("SECRET-theirs"), ..file(&machine) };
    let theirs = LoginToken { expires_at: machine.now + minutes(24), ..theirs };
    machine.meanwhile.extend([None, Some(theirs.write().expose().into())]);
    machine.wait(minutes(10));
    assert_eq!((machine.calls.len(), machine.outcomes.last().unwrap().1.clone()), (1, Outcome::NothingToDo));
    assert_eq!((file(&machine), machine.session(&login()).state), (theirs, State::Valid));
}

#[test]
fn a_missing_permission_is_a_failure_that_is_tried_again() {
    let mut machine = signed_in(1);
    machine.answers.extend([error(ErrorKind::NotPermitted), keys(900, "SECRET-1")]);
    machine.wait(minutes(9));
    let problem = machine.session(&login()).problems[0].message.clone();
    assert!(problem.contains("SignInLocalDevelopmentAccess"), "{problem}");
    machine.wait(minutes(2));
    assert_eq!((machine.calls.len(), machine.session(&login()).problems.len()), (2, 0));
}

#[test]
fn signing_out_removes_the_file_and_says_that_keys_live_on() {
    let mut machine = signed_in(1);
    machine.event(Event::Logout(vec![login()]));
    assert_eq!(
        (machine.calls.len(), machine.text(&login()), machine.session(&login()).state),
        (0, None, State::SignedOut)
    );
    let Outcome::SignedOut { warning: Some(warning) } = &machine.outcomes.last().unwrap().1 else {
        panic!("signed in")
    };
    insta::assert_snapshot!(warning, @"AWS has no sign-out for it: keys that programs already have work until their end, for 15 minutes at most.");
    machine.event(Event::Logout(vec![login()]));
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::NothingToDo);
}

#[test]
fn keys_that_are_past_need_no_warning_when_signing_out() {
    let mut machine = signed_in(13);
    machine.now += minutes(20);
    machine.event(Event::Logout(vec![login()]));
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::SignedOut { warning: None });
}

#[test]
fn sign_ins_of_both_kinds_are_renewed_side_by_side() {
    let mut machine = Machine::new(&format!("{CORP}{LOGIN}"));
    machine.login(&login_token(machine.now + minutes(15), Some(machine.now)));
    machine.token(&corp(), minutes(41), minutes(19), Some("rt"));
    machine.answers.push_back(keys(900, "SECRET-1"));
    machine.wait(minutes(9));
    assert_eq!(machine.calls, ["refresh", "refresh login"]);
}

#[test]
fn without_a_region_it_is_the_home_of_the_arns_partition() {
    for (arn, region) in [
        ("arn:aws:iam::111122223333:user/me", "us-east-1"),
        ("arn:aws-cn:iam::111122223333:user/me", "cn-north-1"),
        ("arn:aws-us-gov:sts::111122223333:assumed-role/R/me", "us-gov-west-1"),
    ] {
        let machine = Machine::new(&format!("[profile me]\nlogin_session = {arn}\n"));
        let id = SessionId::Login(arn.into());
        assert_eq!(machine.session(&id).region, region);
        assert!(matches!(machine.app.world.login(&id), Content::Missing));
    }
}

//! The silent refresh.

use crate::simulation::{CORP, LEGACY, Machine, corp, error, legacy, minutes, token};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::flow::{ErrorKind, Outcome};
use relight_core::status::State;
use relight_core::time::{SignedDuration, write_date};

/// Signed in just now, for `left` minutes.
pub(crate) fn signed_in(left: i64) -> Machine {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(0), minutes(left), Some("rt-0"));
    machine
}

/// A token file by another client, that ends in `left` from `machine`'s now.
pub(crate) fn by_another(machine: &Machine, left: SignedDuration, refresh_token: &str) -> String {
    let end = write_date(machine.now + left);
    format!(
        r#"{{"accessToken": "theirs", "expiresAt": "{end}", "clientId": "cid", "clientSecret": "cs", "registrationExpiresAt": "2027-02-01T00:00:00Z", "refreshToken": "{refresh_token}"}}"#
    )
}

#[test]
fn it_comes_at_20_minutes_left_unasked_and_unseen() {
    let mut machine = signed_in(60);
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.wait(minutes(39));
    assert_eq!(machine.calls.len(), 0);
    machine.wait(minutes(1));
    assert_eq!(machine.calls, ["refresh"]);
    insta::assert_snapshot!(machine.text(&corp()).unwrap(), @r#"{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": "at-1", "expiresAt": "2026-11-22T11:40:00Z", "clientId": "cid", "clientSecret": "cs", "registrationExpiresAt": "2027-02-01T00:00:00Z", "refreshToken": "rt-1"}"#);
    assert_eq!((machine.pages.len(), machine.shown().len()), (0, 0));
}

#[test]
fn a_token_of_less_than_an_hour_is_renewed_at_a_third_of_its_life() {
    let mut machine = signed_in(30);
    machine.answers.push_back(token(1800, Some("rt-1")));
    machine.wait(minutes(19));
    assert_eq!(machine.calls.len(), 0);
    machine.wait(minutes(1));
    assert_eq!(machine.calls, ["refresh"]);
}

#[test]
fn an_answer_without_a_refresh_token_keeps_the_old_one() {
    let mut machine = signed_in(60);
    machine.answers.push_back(token(3600, None));
    machine.wait(minutes(41));
    assert!(machine.text(&corp()).unwrap().contains(r#""refreshToken": "rt-0""#));
}

#[test]
fn a_token_that_another_client_renewed_is_left_alone() {
    let mut machine = signed_in(60);
    machine.wait(minutes(30));
    machine.meanwhile.push_back(Some(by_another(&machine, minutes(60), "rt-9")));
    machine.wait(minutes(15));
    assert_eq!(machine.calls.len(), 0);
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::NothingToDo);
}

#[test]
fn a_later_end_that_another_client_wrote_during_the_call_stays() {
    let mut machine = signed_in(60);
    machine.answers.push_back(token(600, Some("rt-1")));
    machine.wait(minutes(30));
    let theirs = by_another(&machine, minutes(120), "rt-9");
    machine.meanwhile.extend([None, Some(theirs.clone())]);
    machine.wait(minutes(15));
    assert_eq!(machine.calls, ["refresh"]);
    assert_eq!(machine.text(&corp()), Some(theirs));
}

#[test]
fn a_new_token_is_kept_though_it_ends_before_the_old_one() {
    let mut machine = signed_in(60);
    machine.answers.push_back(token(1199, Some("rt-1")));
    machine.wait(minutes(40));
    assert!(machine.text(&corp()).unwrap().contains("rt-1"), "the old refresh token is used up");
}

#[test]
fn a_refusal_is_believed_only_when_the_file_says_the_same() {
    let mut machine = signed_in(60);
    machine.answers.extend([error(ErrorKind::InvalidGrant), token(3600, Some("rt-2"))]);
    machine.wait(minutes(30));
    // Another client used the refresh token up and writes its own a moment later, with an end that is no later.
    let theirs = by_another(&machine, minutes(30), "rt-9");
    machine.meanwhile.extend([None, Some(theirs)]);
    machine.wait(minutes(15));
    assert_eq!(machine.calls, ["refresh", "refresh"]);
    assert!(machine.text(&corp()).unwrap().contains("rt-2"));
}

#[test]
fn a_refusal_ends_the_renewing_and_a_person_is_warned_before_the_token_ends() {
    let mut machine = signed_in(60);
    machine.answers.push_back(error(ErrorKind::InvalidGrant));
    machine.wait(minutes(41));
    assert_eq!((machine.calls.as_slice(), machine.session(&corp()).refreshable), (["refresh"].as_slice(), false));
    assert!(machine.log.contains(&"remember the refusal".to_string()));
    assert_eq!(machine.shown(), [""; 0]);
    machine.wait(minutes(5));
    assert_eq!(machine.session(&corp()).state, State::Expiring);
    assert_eq!(machine.shown(), ["corp ends in 14 min"]);
    machine.wait(minutes(20));
    assert_eq!(machine.session(&corp()).state, State::Expired);
    assert_eq!(machine.calls.len(), 1, "not asked again");
}

#[test]
fn while_the_network_is_away_it_is_tried_again_but_not_within_a_minute() {
    let mut machine = signed_in(60);
    machine.answers.extend((0..60).map(|_| error(ErrorKind::Network)));
    machine.wait(minutes(42));
    assert_eq!(machine.calls.len(), 2);
    machine.wait(minutes(60));
    assert!((9..16).contains(&machine.calls.len()), "{} tries in an hour", machine.calls.len());
    let session = machine.session(&corp());
    assert_eq!((session.state, session.refreshable), (State::Stale, true));
    assert!(
        session
            .problems
            .iter()
            .any(|problem| problem.code == "offline" && problem.message.contains("cannot be reached"))
    );
    machine.answers.clear();
    machine.answers.push_back(token(3600, None));
    machine.wait(minutes(8));
    assert_eq!(machine.session(&corp()).problems, []);
}

#[test]
fn a_renewed_token_that_cannot_be_written_is_kept_and_tried() {
    let mut machine = signed_in(60);
    machine.answers.push_back(token(3600, Some("rt-1")));
    (machine.disk_full, machine.fills_up) = (true, true);
    machine.wait(minutes(50));
    assert_eq!(machine.calls, ["refresh"], "the refresh token was used up: it is not asked again");
    assert!(machine.session(&corp()).problems[0].message.contains("cannot be written"));
    machine.disk_full = false;
    machine.wait(minutes(2));
    assert!(machine.text(&corp()).unwrap().contains("rt-1"));
}

#[test]
fn after_a_long_sleep_it_renews_before_anything_is_called_ended() {
    let mut machine = signed_in(60);
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.now += minutes(600);
    assert_eq!(machine.session(&corp()).state, State::Stale);
    machine.event(Event::Tick);
    assert_eq!(machine.session(&corp()).state, State::Valid);
}

#[test]
fn a_person_may_ask_for_it_but_not_twice_within_a_minute() {
    let mut machine = signed_in(60);
    machine.answers.extend([token(3600, Some("rt-1")), token(3600, Some("rt-2"))]);
    machine.wait(minutes(2));
    machine.act(Action::RefreshAll);
    machine.act(Action::RefreshAll);
    assert_eq!(machine.calls, ["refresh"]);
    machine.wait(minutes(1));
    machine.act(Action::RefreshAll);
    assert_eq!(machine.calls, ["refresh", "refresh"]);
}

#[test]
fn legacy_tokens_are_never_renewed() {
    let mut machine = Machine::new(LEGACY);
    machine.token(&legacy(), minutes(0), minutes(480), Some("rt"));
    machine.wait(minutes(600));
    assert_eq!(machine.calls.len(), 0);
}

#[test]
fn signing_out_tells_aws_and_removes_what_this_session_left() {
    let mut machine = signed_in(60);
    machine.answers.push_back(Ok(relight_core::flow::Answer::LoggedOut));
    machine.event(Event::Logout(vec![corp()]));
    assert_eq!(machine.calls, ["logout"]);
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::SignedOut { warning: None });
    assert_eq!((machine.text(&corp()), machine.session(&corp()).state), (None, State::SignedOut));
    assert!(machine.log.contains(&"remove the token and 1 role caches".to_string()));
}

#[test]
fn signing_out_without_a_network_removes_the_token_and_says_that_aws_does_not_know() {
    let mut machine = signed_in(60);
    machine.answers.push_back(error(ErrorKind::Network));
    machine.event(Event::Logout(vec![corp()]));
    let Outcome::SignedOut { warning: Some(warning) } = &machine.outcomes.last().unwrap().1 else {
        panic!("not signed out")
    };
    assert!(warning.contains("may live on at AWS"), "{warning}");
    assert_eq!(machine.text(&corp()), None);
}

#[test]
fn a_refusal_is_remembered_whatever_fraction_of_a_second_the_token_has() {
    let mut machine = signed_in(60);
    let file = machine.files.get_mut(corp().token_file().as_str()).unwrap();
    file.0 = file.0.replace("11:00:00Z", "11:00:00.123Z");
    machine.see(&corp());
    machine.answers.push_back(error(ErrorKind::InvalidGrant));
    machine.wait(minutes(41));
    // What the history file says has whole seconds.
    let refused = [(corp().token_file(), machine.now + minutes(19))].into();
    machine.event(Event::Seen(vec![relight_core::world::Seen::Refused(refused)]));
    machine.wait(minutes(60));
    assert_eq!((machine.session(&corp()).state, machine.calls.len()), (State::Expired, 1));
}

#[test]
fn somebody_who_signs_out_meanwhile_stays_signed_out() {
    let mut machine = signed_in(60);
    machine.wait(minutes(41));
    machine.files.clear();
    machine.answer_late(token(3600, Some("rt-1")));
    assert_eq!(machine.text(&corp()), None);
}

#[test]
fn a_sign_in_of_another_client_is_not_overwritten_by_the_old_sessions_token() {
    let mut machine = signed_in(60);
    machine.wait(minutes(41));
    let theirs = by_another(&machine, minutes(60), "a new session");
    machine.files.insert(corp().token_file().as_str().into(), (theirs.clone(), machine.now));
    machine.answer_late(token(3700, Some("rt-1")));
    assert_eq!(machine.text(&corp()), Some(theirs));
}

#[test]
fn start_url_and_region_are_written_where_the_file_had_none() {
    let mut machine = signed_in(60);
    let without = by_another(&machine, minutes(10), "rt");
    machine.files.insert(corp().token_file().as_str().into(), (without, machine.now - minutes(50)));
    machine.answers.push_back(token(3600, None));
    machine.see(&corp());
    let text = machine.text(&corp()).unwrap();
    assert!(text.starts_with(r#"{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1""#), "{text}");
}

#[test]
fn a_clock_set_back_by_hours_holds_nothing_up() {
    let mut machine = signed_in(60);
    machine.answers.push_back(error(ErrorKind::Network));
    machine.wait(minutes(41));
    machine.now -= minutes(600);
    machine.token(&corp(), minutes(50), minutes(10), Some("rt"));
    machine.answers.push_back(token(3600, None));
    machine.wait(minutes(5));
    assert_eq!(machine.calls, ["refresh", "refresh"]);
}

//! The device authorization sign-in.

use crate::simulation::{CORP, LEGACY, Machine, corp, error, legacy, minutes, registered, started, token};
use relight_core::action::Action;
use relight_core::flow::{ErrorKind, Lock, Outcome};
use relight_core::time::SignedDuration;
use relight_core::view::LoginState;

fn signing_in(answers: impl IntoIterator<Item = crate::simulation::Answered>) -> Machine {
    let mut machine = Machine::new(CORP);
    machine.answers.extend(answers);
    machine.sign_in_by_code(corp());
    machine
}

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

#[test]
fn one_click_registers_starts_opens_the_page_once_and_writes_the_token() {
    let mut machine =
        signing_in([registered(), started(), error(ErrorKind::AuthorizationPending), token(3600, Some("rt-1"))]);
    assert_eq!(machine.pages, ["https://device.example?user_code=KJTX-QWPM"]);
    let login = machine.session(&corp()).login.unwrap();
    assert_eq!((login.user_code.as_deref(), login.state), (Some("KJTX-QWPM"), LoginState::WaitingForApproval));
    machine.wait(seconds(3));
    insta::assert_snapshot!(machine.text(&corp()).unwrap(), @r#"{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": "at-1", "expiresAt": "2026-11-22T11:00:02Z", "clientId": "cid-1", "clientSecret": "cs-1", "registrationExpiresAt": "2027-02-20T10:00:00Z", "refreshToken": "rt-1"}"#);
    assert_eq!(machine.calls, ["register", "start", "token", "token"]);
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::SignedIn { .. })]));
    assert_eq!(machine.pages.len(), 1);
    assert_eq!(machine.session(&corp()).login, None);
}

#[test]
fn a_registration_that_is_there_is_used_again() {
    let mut machine = signing_in([registered(), started(), token(60, None)]);
    machine.wait(seconds(2));
    machine.answers.extend([started(), token(3600, Some("rt-2"))]);
    machine.sign_in_by_code(corp());
    machine.wait(seconds(2));
    assert_eq!(machine.calls, ["register", "start", "token", "start", "token"]);
}

#[test]
fn a_registration_that_aws_has_forgotten_is_made_anew_once() {
    let mut machine = signing_in([registered(), started(), token(60, None)]);
    machine.wait(seconds(2));
    machine.calls.clear();
    machine.answers.extend([error(ErrorKind::InvalidClient), registered(), started(), token(3600, None)]);
    machine.sign_in_by_code(corp());
    machine.wait(seconds(2));
    assert_eq!(machine.calls, ["start", "register", "start", "token"]);
    machine.calls.clear();
    machine.answers.extend([error(ErrorKind::InvalidClient), registered(), error(ErrorKind::InvalidClient)]);
    machine.sign_in_by_code(corp());
    assert_eq!(machine.calls, ["start", "register", "start"], "and no second time");
    assert!(matches!(machine.outcomes.last(), Some((_, Outcome::Failed { .. }))));
}

#[test]
fn slow_down_lengthens_the_interval_for_good() {
    let mut machine =
        signing_in([registered(), started(), error(ErrorKind::SlowDown), error(ErrorKind::AuthorizationPending)]);
    machine.wait(seconds(1));
    assert_eq!(machine.calls.len(), 3);
    machine.wait(seconds(5));
    assert_eq!(machine.calls.len(), 3, "not before six seconds");
    machine.wait(seconds(1));
    assert_eq!(machine.calls.len(), 4);
    machine.wait(seconds(5));
    assert_eq!(machine.calls.len(), 4, "nor the next time");
}

#[test]
fn a_network_that_goes_away_while_polling_is_waited_for() {
    let lost = || error(ErrorKind::Network);
    let mut machine =
        signing_in([registered(), started(), lost(), lost(), error(ErrorKind::BadAnswer), lost(), token(3600, None)]);
    machine.wait(minutes(2));
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::SignedIn { .. })]));
}

#[test]
fn a_network_that_is_not_there_at_the_start_is_tried_and_then_told() {
    let mut machine = signing_in((0..8).map(|_| error(ErrorKind::Network)));
    machine.wait(minutes(1));
    assert_eq!(machine.calls.len(), 4);
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::Failed { again: true, .. })]));
    assert_eq!(machine.pages.len(), 0);
}

#[test]
fn a_person_who_denies_or_does_not_come_ends_it() {
    let mut machine = signing_in([registered(), started(), error(ErrorKind::AccessDenied)]);
    machine.wait(seconds(2));
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::Denied);
    let mut machine = signing_in([registered(), started(), error(ErrorKind::ExpiredToken)]);
    machine.wait(seconds(2));
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::TimedOut(None));
    let mut machine = signing_in([registered(), started()]);
    machine.answers.extend((0..700).map(|_| error(ErrorKind::AuthorizationPending)));
    machine.wait(minutes(11));
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::TimedOut(None));
    assert_eq!(machine.files.len(), 1, "only the registration");
}

#[test]
fn the_answer_that_comes_after_a_cancel_finds_nobody() {
    let mut machine = signing_in([registered(), started()]);
    machine.wait(seconds(1));
    assert_eq!(machine.calls.last(), Some(&"token"));
    machine.act(Action::Cancel(corp()));
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::Cancelled);
    machine.answer_late(token(3600, Some("rt-1")));
    assert_eq!(machine.text(&corp()), None);
    assert_eq!(machine.outcomes.len(), 1);
}

#[test]
fn a_disk_that_is_full_for_a_moment_loses_nothing() {
    let mut machine = signing_in([registered(), started(), token(3600, Some("rt-1"))]);
    machine.disk_full = true;
    machine.wait(seconds(3));
    assert_eq!(machine.session(&corp()).login.unwrap().state, LoginState::Saving);
    machine.disk_full = false;
    machine.wait(seconds(10));
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::SignedIn { .. })]));
    assert!(machine.text(&corp()).unwrap().contains("rt-1"));
}

#[test]
fn the_token_is_not_written_into_the_refresh_of_another_process_nor_kept_waiting_by_it() {
    let approved = || {
        let mut machine = signing_in([registered(), started()]);
        machine.answers.push_back(token(3600, Some("rt-1")));
        machine.held = true;
        let due = machine.app.next_wakeup(&machine.view()).unwrap().0;
        machine.wait(due.duration_since(machine.now));
        machine
    };
    let mut machine = approved();
    assert!(machine.app.is_saving() && machine.text(&corp()).is_none());
    machine.held = false;
    machine.wait(SignedDuration::from_millis(100));
    assert!(machine.text(&corp()).unwrap().contains("rt-1"));
    assert!(machine.freed.contains(&Lock::Refresh(corp().token_file())));
    let mut machine = approved();
    machine.wait(seconds(1));
    assert!(machine.text(&corp()).unwrap().contains("rt-1"), "one that does not finish finds it");
}

#[test]
fn while_another_process_signs_in_no_second_page_opens() {
    let mut machine = Machine::new(CORP);
    machine.held = true;
    machine.sign_in_by_code(corp());
    assert_eq!((machine.calls.len(), machine.pages.len()), (0, 0));
    machine.token(&corp(), minutes(0), minutes(60), None);
    let waiting = machine.unanswered.remove(0);
    machine.event(relight_core::app::Event::Reply(waiting, relight_core::flow::Reply::LockFreed));
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::SignedInElsewhere);
}

#[test]
fn a_legacy_profile_registers_without_scopes_and_keeps_no_refresh_token() {
    let mut machine = Machine::new(LEGACY);
    machine.answers.extend([registered(), started(), token(28_800, Some("not-for-legacy"))]);
    machine.act(Action::SignIn(legacy()));
    machine.wait(seconds(2));
    assert!(!machine.text(&legacy()).unwrap().contains("refreshToken"));
    assert_eq!(machine.session(&legacy()).ends_at, machine.session(&legacy()).expires_at);
}

#[test]
fn several_that_ended_get_one_page_after_another() {
    let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
    machine.token(&corp(), minutes(90), minutes(-30), None);
    machine.token(&legacy(), minutes(90), minutes(-10), None);
    machine.answers.extend([registered(), started()]);
    machine.act(Action::Cure);
    assert_eq!((machine.pages.len(), machine.view().logins().count()), (1, 1));
    assert!(machine.session(&legacy()).login.is_some(), "the one that ended last comes first");
    machine.answers.extend([token(3600, None), registered(), token(3600, None)]);
    machine.wait(seconds(5));
    assert_eq!(machine.pages.len(), 2);
    machine.come_back(Ok("code"));
    assert_eq!(machine.outcomes.len(), 2);
}

#[test]
fn the_left_click_opens_the_page_under_way_again() {
    let mut machine = signing_in([registered(), started()]);
    machine.act(Action::Cure);
    assert_eq!(machine.pages.len(), 2);
    assert_eq!(machine.pages[0], machine.pages[1]);
}

#[test]
fn with_nothing_to_cure_the_left_click_opens_the_window() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    machine.act(Action::Cure);
    assert_eq!(
        (machine.log.as_slice(), machine.pages.len()),
        (["open the window at Sessions".to_string()].as_slice(), 0)
    );
}

#[test]
fn a_clock_set_back_by_hours_does_not_stop_the_polling() {
    let mut machine = signing_in([registered(), started(), error(ErrorKind::AuthorizationPending)]);
    machine.wait(seconds(1));
    machine.now -= minutes(300);
    machine.answers.push_back(token(3600, None));
    machine.wait(seconds(1));
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::SignedIn { .. })]));
}

#[test]
fn a_token_that_aws_gave_out_is_written_though_the_person_gives_up() {
    let mut machine = signing_in([registered(), started(), token(3600, Some("rt-1"))]);
    machine.disk_full = true;
    machine.wait(seconds(2));
    machine.act(Action::Cancel(corp()));
    machine.disk_full = false;
    machine.wait(seconds(5));
    assert!(machine.text(&corp()).is_some());
}

#[test]
fn a_browser_that_cannot_be_started_is_told_and_stays_told() {
    let mut machine = signing_in([registered(), started(), error(ErrorKind::AuthorizationPending)]);
    let ticket = relight_core::app::Ticket(1);
    machine
        .event(relight_core::app::Event::Reply(ticket, relight_core::flow::Reply::BrowserFailed("No browser.".into())));
    machine.wait(seconds(2));
    assert_eq!(machine.session(&corp()).login.unwrap().browser_error.as_deref(), Some("No browser."));
    let due = machine.app.notices(&machine.view(), machine.now);
    assert!(
        due.fresh[0].body.ends_with("No browser.\nhttps://device.example?user_code=KJTX-QWPM"),
        "{}",
        due.fresh[0].body
    );
}

#[test]
fn the_queue_opens_no_page_that_is_no_longer_needed() {
    let ended = || {
        let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
        machine.token(&corp(), minutes(90), minutes(-30), None);
        machine.token(&legacy(), minutes(90), minutes(-10), None);
        machine.answers.extend([registered(), started()]);
        machine.act(Action::Cure);
        machine
    };
    let mut machine = ended();
    machine.token(&corp(), minutes(0), minutes(60), None);
    machine.answers.push_back(token(3600, None));
    machine.wait(seconds(5));
    assert_eq!(machine.pages.len(), 1, "corp was signed in to elsewhere meanwhile");
    let mut machine = ended();
    machine.wait(minutes(11));
    assert_eq!((machine.pages.len(), machine.outcomes.len()), (1, 0), "the poll is unanswered");
    machine.answer_late(error(ErrorKind::ExpiredToken));
    assert_eq!(machine.pages.len(), 1, "nobody is there");
}

#[test]
fn a_page_that_was_closed_is_opened_again_by_the_left_click_though_another_session_has_ended() {
    let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
    machine.token(&legacy(), minutes(90), minutes(-10), None);
    machine.answers.extend([registered(), started()]);
    machine.sign_in_by_code(corp());
    machine.act(Action::Cure);
    assert_eq!((machine.pages.len(), machine.view().logins().count()), (2, 1));
}

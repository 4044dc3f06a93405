//! A learned end, as it is shown, warned of, checked and taken back.

use crate::portal::Aws;
use crate::simulation::{CORP, Machine, NOW, at, corp, error, minutes, token};
use relight_core::app::Event;
use relight_core::flow::ErrorKind;
use relight_core::learned::{Fact, What};
use relight_core::status::{EndsBasis, State};
use relight_core::text;
use relight_core::time::SignedDuration;
use relight_core::world::Seen;

const URL: &str = "https://corp.awsapps.com/start";

/// Two full sessions in the past, whose last refreshes came `lasted` minutes after their sign-ins, and that were over
/// after 8 hours; then a Logout.
fn with_history(lasted: i64) -> Machine {
    let mut machine = Machine::new(CORP);
    let mut add = |at, what| {
        machine.history.add(&Fact { start_url: URL.into(), file: corp().token_file(), at, what });
    };
    for days in [3, 2] {
        let start = at(NOW) - minutes(days * 24 * 60);
        let token_of = |number: i64| start + SignedDuration::from_hours(100 + number);
        add(start - minutes(1), What::LoggedOut);
        add(start, What::SignedIn(token_of(0)));
        add(start + minutes(lasted), What::Accepted { of: token_of(0), new: token_of(1) });
        add(start + minutes(480), What::Refused(token_of(1)));
    }
    add(at(NOW) - minutes(1), What::LoggedOut);
    let history = machine.history.clone();
    machine.event(Event::Seen(vec![Seen::Learned(history)]));
    machine
}

/// Signed in just now, to a session of `cap` minutes.
fn signed_in(mut machine: Machine, cap: i64) -> Machine {
    machine.aws = Some(Aws::new(minutes(cap), false));
    machine.sign_in_by_code(corp());
    machine.wait(minutes(1));
    machine.calls.clear();
    machine
}

fn said(machine: &mut Machine) -> String {
    let view = machine.view();
    let session = &view.sessions[0];
    let now = machine.now;
    let zone = &machine.app.world.zone.clone();
    let line = text::standing(session, now, zone);
    let notices = machine.shown();
    format!("{now}: {:?}, {line}; {}; {notices:?}", session.state, text::headline(&view, now))
}

#[test]
fn it_is_shown_as_about_and_warned_of_and_checked_once() {
    let mut machine = signed_in(with_history(476), 480);
    let mut lines = vec![said(&mut machine)];
    for wait in [300, 162, 10, 5, 3, 60] {
        machine.wait(minutes(wait));
        lines.push(said(&mut machine));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    2026-11-22T10:01:00Z: Valid, 7 h 55 min left, until about 17:56 (learned), renews itself; Signed in to corp; []
    2026-11-22T15:01:00Z: Valid, 2 h 55 min left, until about 17:56 (learned), renews itself; Signed in to corp; []
    2026-11-22T17:43:00Z: Expiring, 13 min left, until about 17:56 (learned), renews itself; corp ends in about 13 min; ["corp ends in about 13 min"]
    2026-11-22T17:53:00Z: Expiring, 3 min left, until about 17:56 (learned), renews itself; corp ends in about 3 min; ["corp ends in about 3 min"]
    2026-11-22T17:58:00Z: Expiring, may end at any moment; corp may end at any moment; []
    2026-11-22T18:01:00Z: Expired, ended 4 min ago; corp has ended; ["corp ended 4 min ago"]
    2026-11-22T19:01:00Z: Expired, ended 1 h 4 min ago; corp has ended; []
    "#);
    let session = machine.session(&corp());
    assert_eq!((session.ends_basis, session.length), (EndsBasis::Learned, Some(minutes(476))));
    // Eleven that the tokens needed, and the one that was refused.
    assert_eq!(machine.calls, ["refresh"; 12]);
}

#[test]
fn while_the_bracket_is_wide_nothing_is_claimed_and_one_refresh_more_narrows_it() {
    let mut machine = signed_in(with_history(440), 480);
    machine.wait(minutes(455));
    assert_eq!(machine.session(&corp()).ends_basis, EndsBasis::Unknown);
    let before = machine.calls.len();
    machine.wait(minutes(7));
    assert_eq!(machine.calls.len(), before + 1);
    let length = machine.app.world.learned.length(URL);
    assert_eq!((length.at_least.as_mins(), length.at_most), (460, Some(minutes(480))));
    machine.wait(minutes(10));
    assert_eq!(machine.calls.len(), before + 1);
}

#[test]
fn an_end_that_was_wrong_is_taken_back_at_once() {
    let mut machine = signed_in(with_history(476), 720);
    machine.wait(minutes(479));
    assert_eq!(machine.session(&corp()).state, State::Expiring);
    machine.wait(minutes(4));
    let session = machine.session(&corp());
    assert_eq!((session.state, session.ends_basis, session.ends_at), (State::Valid, EndsBasis::Unknown, None));
    assert_eq!(machine.shown().len(), 0);
}

#[test]
fn who_renews_nothing_silently_sees_it_ended_at_the_second_that_it_must_be_over() {
    let mut machine = signed_in(with_history(476), 480);
    machine.app.world.settings.silent_refresh = false;
    machine.wait(minutes(480));
    assert_eq!(machine.session(&corp()).state, State::Stale);
    let (wakeup, _) = machine.app.next_wakeup(&machine.view()).unwrap();
    machine.wait(wakeup.duration_since(machine.now) - SignedDuration::from_secs(1));
    assert_eq!(machine.session(&corp()).state, State::Stale);
    machine.wait(SignedDuration::from_secs(1));
    assert_eq!(machine.session(&corp()).state, State::Expired);
}

#[test]
fn without_a_network_it_counts_as_ended_until_aws_says_otherwise() {
    let mut machine = signed_in(with_history(476), 720);
    machine.wait(minutes(470));
    machine.aws.as_mut().unwrap().is_reachable = false;
    machine.wait(minutes(30));
    assert_eq!(machine.session(&corp()).state, State::Expired);
    machine.aws.as_mut().unwrap().is_reachable = true;
    machine.wait(minutes(6));
    let session = machine.session(&corp());
    assert_eq!((session.state, session.ends_basis), (State::Valid, EndsBasis::Unknown));
}

#[test]
fn after_a_night_it_ended_when_it_ended_and_not_at_the_last_refresh() {
    let mut machine = signed_in(with_history(476), 480);
    machine.wait(minutes(400));
    machine.now += minutes(600);
    machine.event(Event::Tick);
    let line = |machine: &mut Machine| said(machine).split_once(": ").unwrap().1.to_owned();
    let waking = line(&mut machine);
    machine.wait(minutes(1));
    insta::assert_snapshot!(format!("{waking}\n{}", line(&mut machine)), @r#"
    Expired, ended 8 h 44 min ago; corp has ended; ["corp ended 8 h 44 min ago"]
    Expired, ended 8 h 45 min ago; corp has ended; []
    "#);
}

#[test]
fn an_answer_that_is_read_after_a_night_says_how_it_was_when_it_was_asked() {
    let mut machine = signed_in(with_history(476), 480);
    let length = machine.app.world.learned.length(URL);
    machine.aws = None;
    machine.wait(minutes(41));
    assert_eq!(machine.unanswered.len(), 1);
    machine.now += minutes(600);
    machine.answer_late(token(3600, Some("rt")));
    assert_eq!(machine.app.world.learned.length(URL), length);
}

#[test]
fn a_refusal_of_the_client_tells_nothing_of_the_session() {
    let mut machine = signed_in(with_history(476), 480);
    let length = machine.app.world.learned.length(URL);
    machine.aws = None;
    machine.answers.push_back(error(ErrorKind::InvalidClient));
    machine.wait(minutes(50));
    let session = machine.session(&corp());
    assert_eq!((session.refreshable, session.state), (false, State::Expiring));
    assert_eq!(machine.app.world.learned.length(URL), length);
}

#[test]
fn a_sign_in_of_another_client_after_the_end_is_not_called_ended() {
    let mut machine = signed_in(with_history(476), 480);
    machine.app.world.settings.silent_refresh = false;
    machine.wait(minutes(600));
    assert_eq!(machine.session(&corp()).state, State::Expired);
    machine.token(&corp(), minutes(0), minutes(60), Some("theirs"));
    let session = machine.session(&corp());
    assert_eq!((session.state, session.ends_basis), (State::Valid, EndsBasis::Unknown));
}

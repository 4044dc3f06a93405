//! A network that is away, tokens that AWS takes no more, and sessions that are renewed only by hand.

use crate::refreshes::signed_in;
use crate::simulation::{CORP, Machine, corp, error, legacy, minutes, token};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::cache::Token;
use relight_core::config::SessionId;
use relight_core::flow::{ErrorKind, Outcome};
use relight_core::icon::Icon;
use relight_core::status::State;
use relight_core::text;
use relight_core::time::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

fn said(machine: &Machine) -> String {
    let (view, zone) = (machine.view(), &machine.app.world.zone);
    format!("{}\n{}", text::headline(&view, machine.now), text::details(&view, machine.now, zone))
}

#[test]
fn offline_is_one_quiet_state_until_the_network_is_back() {
    let mut machine = signed_in(60);
    machine.answers.extend((0..500).map(|_| error(ErrorKind::Network)));
    machine.wait(minutes(45));
    insta::assert_snapshot!(said(&machine), @"
    Signed in to corp
    corp: offline, 15 min left, until 11:00
    ");
    machine.wait(minutes(600));
    insta::assert_snapshot!(said(&machine), @"
    Offline: corp is renewed later
    corp: offline, renews itself when the network is back
    ");
    assert_eq!((machine.session(&corp()).problems.len(), machine.shown().len()), (1, 0));
    assert_eq!(Icon::of(&machine.view(), machine.now), Icon::NoData);
    assert!((80..140).contains(&machine.calls.len()), "{} tries in ten hours", machine.calls.len());
    machine.answers.clear();
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.wait(minutes(8));
    assert_eq!((machine.session(&corp()).state, machine.session(&corp()).problems.len()), (State::Valid, 0));
}

#[test]
fn when_the_network_comes_back_a_thousand_machines_do_not_ask_at_once() {
    let mut moments: Vec<Timestamp> = Vec::new();
    for machine_number in 0..1000 {
        let mut machine = signed_in(60);
        let (text, _) = machine.files.get_mut(corp().token_file().as_str()).unwrap();
        *text = text.replace("\"cid\"", &format!("\"cid-{machine_number}\""));
        machine.see(&corp());
        machine.answers.extend((0..7).map(|_| error(ErrorKind::Network)));
        machine.wait(minutes(65));
        // The next try, whenever it comes.
        while machine.unanswered.is_empty() {
            let (at, _) = machine.app.next_wakeup(&machine.view()).unwrap();
            machine.now = at;
            machine.event(Event::Tick);
        }
        moments.push(machine.now);
    }
    moments.sort();
    let busiest = moments
        .iter()
        .map(|from| moments.iter().filter(|at| **at >= *from && **at < *from + SignedDuration::from_secs(10)).count());
    let busiest = busiest.max().unwrap();
    assert!(busiest < 150, "{busiest} of 1000 within the same ten seconds");
}

#[test]
fn after_sleeping_through_the_end_nothing_says_ended_before_the_refresh_is_answered() {
    let mut machine = signed_in(60);
    machine.now += minutes(70);
    machine.event(Event::Tick);
    assert_eq!(machine.unanswered.len(), 1, "it is under way");
    assert_eq!((machine.session(&corp()).state, machine.shown().len()), (State::Stale, 0));
    machine.answer_late(error(ErrorKind::Network));
    assert_eq!((machine.session(&corp()).state, machine.shown().len()), (State::Stale, 0), "the network is not up yet");
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.wait(minutes(2));
    assert_eq!((machine.session(&corp()).state, machine.shown().len()), (State::Valid, 0));
}

fn end(machine: &Machine, session: &SessionId) -> Timestamp {
    Token::parse(machine.text(session).unwrap().as_bytes()).unwrap().expires_at
}

#[test]
fn a_token_that_aws_takes_no_more_is_renewed_before_its_time() {
    let mut machine = signed_in(60);
    machine.now += minutes(5);
    let before = end(&machine, &corp());
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.event(Event::NotTaken(corp(), before));
    assert_eq!(machine.calls, ["refresh"]);
    assert!(machine.log.contains(&"remember that it was revoked".to_string()));
    assert_eq!((machine.session(&corp()).state, machine.session(&corp()).problems.len()), (State::Valid, 0));
    // The answer to a call with the old token comes late.
    machine.event(Event::NotTaken(corp(), before));
    assert_eq!((machine.calls.len(), machine.session(&corp()).state), (1, State::Valid));
}

#[test]
fn a_session_that_was_revoked_has_ended_and_says_why() {
    let mut machine = signed_in(60);
    machine.now += minutes(5);
    machine.answers.push_back(error(ErrorKind::InvalidGrant));
    machine.event(Event::NotTaken(corp(), end(&machine, &corp())));
    machine.wait(minutes(3));
    let session = machine.session(&corp());
    assert_eq!(
        (session.state, session.refreshable, session.problems[0].code),
        (State::Expired, false, "sso-token-revoked")
    );
    insta::assert_snapshot!(said(&machine), @"
    corp has ended
    corp: ended 3 min ago
    ");
    assert_eq!(machine.shown(), ["corp ended 3 min ago"]);
    assert_eq!(machine.calls, ["refresh"], "and nothing is tried any more");
}

#[test]
fn a_revoked_token_without_a_refresh_token_needs_a_person_at_once() {
    let mut machine = Machine::new(&format!("{CORP}{}", crate::simulation::LEGACY));
    machine.token(&legacy(), minutes(0), minutes(480), None);
    machine.event(Event::NotTaken(legacy(), end(&machine, &legacy())));
    assert_eq!((machine.session(&legacy()).state, machine.calls.len()), (State::Expired, 0));
}

#[test]
fn a_session_that_is_renewed_by_hand_is_left_alone_until_a_person_asks() {
    let mut machine = signed_in(60);
    machine.app.world.settings.renew_by_hand = BTreeSet::from([corp().to_string()]);
    machine.wait(minutes(90));
    assert_eq!((machine.calls.len(), machine.session(&corp()).state), (0, State::Stale));
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.act(Action::RefreshAll);
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::Refreshed { .. })]));
}

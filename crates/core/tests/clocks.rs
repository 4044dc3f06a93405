//! Clocks that jump: a machine that slept, a clock set back, another time zone.

use crate::simulation::{CORP, LEGACY, Machine, corp, error, legacy, minutes, registered, started, token};
use jiff::tz::{TimeZone, offset};
use relight_core::app::Event;
use relight_core::flow::{ErrorKind, Outcome};
use relight_core::icon::Icon;
use relight_core::status::State;
use relight_core::text;
use relight_core::time::SignedDuration;
use relight_core::world::Seen;

const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

#[test]
fn after_a_week_of_sleep_nothing_claims_to_live_and_no_token_is_lost() {
    let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    machine.token(&legacy(), minutes(0), minutes(300), None);
    machine.app.world.settings.pinned.insert(legacy().to_string());
    let before = (machine.text(&corp()), machine.text(&legacy()));
    machine.answers.push_back(error(ErrorKind::InvalidGrant));
    machine.now += minutes(7 * 24 * 60);
    machine.event(Event::Tick);
    assert_eq!(machine.session(&corp()).state, State::Stale);
    machine.wait(minutes(2));
    assert_eq!((machine.session(&corp()).state, machine.session(&legacy()).state), (State::Expired, State::Expired));
    assert_eq!(machine.calls, ["refresh"], "it is tried once: the session may live for 90 days");
    assert_eq!((machine.text(&corp()), machine.text(&legacy())), before);
    // What ended more than 72 hours ago is asked for only where it is pinned.
    assert_eq!(machine.shown(), ["old ended 6 d 19 h ago"]);
    assert_eq!(Icon::of(&machine.view(), machine.now), Icon::Ended);
}

#[test]
fn a_clock_set_back_by_a_year_loses_nothing_and_set_right_again_all_is_as_before() {
    let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
    machine.token(&legacy(), minutes(0), minutes(300), None);
    machine.answers.extend([registered(), started()]);
    machine.sign_in_by_code(corp());
    machine.now -= YEAR;
    machine.answers.push_back(token(3600, Some("rt")));
    machine.event(Event::Tick);
    assert_eq!(machine.session(&legacy()).state, State::Valid);
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::SignedIn { .. })]), "{:?}", machine.outcomes);
    // Made at the wrong time, its end is long past; it can be renewed, and is.
    machine.now += YEAR;
    machine.answers.push_back(token(3600, Some("rt-2")));
    machine.wait(minutes(2));
    assert_eq!(machine.session(&legacy()).state, State::Valid);
    assert_eq!(machine.session(&corp()).state, State::Valid);
    machine.wait(minutes(300));
    assert_eq!(machine.session(&legacy()).state, State::Expired);
}

#[test]
fn another_time_zone_moves_the_clock_times_and_no_end() {
    let mut machine = Machine::new(LEGACY);
    machine.token(&legacy(), minutes(0), minutes(300), None);
    let said = |machine: &Machine| text::details(&machine.view(), machine.now, &machine.app.world.zone);
    assert_eq!(said(&machine), "old: 5 h left, until 15:00");
    machine.event(Event::Seen(vec![Seen::Zone(TimeZone::fixed(offset(9)))]));
    assert_eq!(said(&machine), "old: 5 h left, until 2026-11-23 00:00");
}

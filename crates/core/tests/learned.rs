//! How long sessions last, learned from their refreshes.

use crate::simulation::{at, minutes};
use proptest::prelude::*;
use relight_core::cache::CacheName;
use relight_core::learned::{End, Fact, GOOD_ENOUGH, History, Length, What};
use relight_core::text::span;
use relight_core::time::{SignedDuration, Timestamp};

const URL: &str = "https://corp.awsapps.com/start";
/// The tokens of these tests are named by any moment, as long as no two have the same.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn file() -> CacheName {
    CacheName::token("corp")
}

/// A history, and the time.
struct Past {
    history: History,
    now: Timestamp,
    token: Timestamp,
    /// Told twice, each fact does no harm.
    last: Option<Fact>,
}

impl Past {
    fn new() -> Self {
        let now = at("2026-11-02T08:00:00Z");
        Self { history: History::default(), now, token: now, last: None }
    }

    fn add(&mut self, what: What) {
        let fact = Fact { start_url: URL.into(), file: file(), at: self.now, what };
        self.history.add(&fact);
        self.last = Some(fact);
    }

    /// `after` minutes, and then a sign-in; a full one after a proven Logout.
    fn sign_in(&mut self, after: i64, is_full: bool) {
        self.now += minutes(after);
        if is_full {
            self.add(What::LoggedOut);
        }
        self.token = self.now + HOUR;
        self.add(What::SignedIn(self.token));
    }

    fn accepted(&mut self, after: i64) {
        self.now += minutes(after);
        let of = std::mem::replace(&mut self.token, self.now + HOUR);
        self.add(What::Accepted { of, new: self.token });
    }

    fn refused(&mut self, after: i64) {
        self.now += minutes(after);
        self.add(What::Refused(self.token));
    }

    /// A session on the next day: minutes from its sign-in to its last refresh, and from there to its refusal.
    fn session(&mut self, is_full: bool, lasted: i64, over: Option<i64>) {
        self.sign_in(24 * 60, is_full);
        self.accepted(lasted);
        if let Some(over) = over {
            self.refused(over - lasted);
        }
    }

    fn end(&self) -> Option<End> {
        self.history.end(URL, &file(), self.token, self.now)
    }

    /// Minutes from `since` to the one refresh more.
    fn probe(&self, since: Timestamp) -> Option<i64> {
        let at = self.history.probe_at(URL, &file(), self.token, self.now)?;
        Some(at.duration_since(since).as_mins())
    }

    fn said(&self) -> String {
        let Length { at_least, at_most } = self.history.length(URL);
        format!("{} to {}", span(at_least), at_most.map_or("?".into(), span))
    }
}

/// Days of eight hours, known to four minutes.
fn eight_hours() -> Past {
    let mut past = Past::new();
    past.session(true, 440, Some(480));
    past.session(true, 476, Some(482));
    past
}

#[test]
fn what_each_session_tells() {
    // Whether it is full, when its last refresh was, when it was refused: in minutes from the sign-in.
    type Sessions<'a> = &'a [(bool, i64, Option<i64>)];
    let cases: [(&str, Sessions<'_>); 13] = [
        ("nothing yet", &[]),
        ("a full one to its end", &[(true, 440, Some(480))]),
        ("one that may have joined an older", &[(false, 440, Some(480))]),
        ("both", &[(true, 440, Some(480)), (false, 470, Some(475))]),
        ("each narrows it", &[(true, 440, Some(480)), (true, 460, Some(500)), (true, 430, Some(470))]),
        ("signed out before its end", &[(true, 440, Some(480)), (true, 120, None)]),
        ("one odd refusal", &[(true, 476, Some(480)), (true, 120, Some(160))]),
        ("two that do not agree", &[(true, 476, Some(480)), (true, 120, Some(160)), (true, 40, Some(80))]),
        ("two odd ones, and a usual one", &[(true, 120, Some(160)), (true, 120, Some(150)), (true, 476, Some(480))]),
        ("made shorter, seen twice", &[(true, 476, Some(480)), (true, 200, Some(240)), (true, 220, Some(260))]),
        ("made longer", &[(true, 476, Some(480)), (true, 560, None)]),
        ("made longer, seen to its end", &[(true, 476, Some(480)), (true, 680, Some(720))]),
        ("a minute more than was thought", &[(true, 476, Some(480)), (true, 481, Some(490))]),
    ];
    let said = cases.map(|(name, sessions)| {
        let mut past = Past::new();
        for (is_full, lasted, over) in sessions {
            past.session(*is_full, *lasted, *over);
        }
        format!("{name}: {}", past.said())
    });
    insta::assert_snapshot!(said.join("\n"), @"
    nothing yet: under 1 min to ?
    a full one to its end: 7 h 20 min to 8 h
    one that may have joined an older: 7 h 20 min to ?
    both: 7 h 50 min to 8 h
    each narrows it: 7 h 40 min to 7 h 50 min
    signed out before its end: 7 h 20 min to 8 h
    one odd refusal: 7 h 56 min to 8 h
    two that do not agree: 7 h 56 min to 8 h
    two odd ones, and a usual one: 7 h 56 min to 8 h
    made shorter, seen twice: 3 h 40 min to 4 h
    made longer: 9 h 20 min to ?
    made longer, seen to its end: 11 h 20 min to 12 h
    a minute more than was thought: 8 h to 8 h
    ");
}

#[test]
fn the_one_refresh_more_is_half_way_then_where_it_must_be_over() {
    let mut past = Past::new();
    past.session(true, 440, Some(480));
    past.sign_in(24 * 60, true);
    let start = past.now;
    assert_eq!(past.probe(start), Some(460));
    past.accepted(440);
    assert_eq!(past.probe(start), Some(460), "an usual refresh before it changes nothing");
    past.accepted(20);
    assert_eq!(past.probe(start), None, "one is enough");
    past.refused(20);

    let mut past = eight_hours();
    past.sign_in(24 * 60, true);
    let start = past.now;
    assert_eq!(past.probe(start), Some(482), "480, and two for the time at the page");
    past.accepted(485);
    assert_eq!((past.probe(start), past.end()), (None, None), "it was wrong");
    assert_eq!(past.said(), "8 h 5 min to ?");
}

#[test]
fn no_refresh_more_where_it_tells_nothing() {
    let mut past = Past::new();
    past.session(false, 440, Some(480));
    past.sign_in(24 * 60, true);
    assert_eq!(past.probe(past.now), None, "no end was seen yet");
    past.refused(480);
    past.sign_in(10, false);
    assert_eq!(past.probe(past.now), Some(460), "it raises what is known at least");
    past.now += minutes(500);
    assert_eq!(past.probe(past.now), None, "it is too late");
}

#[test]
fn an_end_is_shown_once_it_is_known_to_five_minutes_and_errs_to_the_early_side() {
    let mut past = eight_hours();
    past.sign_in(24 * 60, true);
    let start = past.now;
    let end = past.end().unwrap();
    assert_eq!((end.ends_at, end.over_at, end.length), (start + minutes(476), start + minutes(482), minutes(476)));
    past.accepted(477);
    assert_eq!(past.end().unwrap().ends_at, end.ends_at, "it does not move under the person's eyes");
    past.refused(3);
    assert!(past.end().unwrap().refused);

    let mut past = Past::new();
    past.session(true, 440, Some(480));
    past.sign_in(24 * 60, true);
    assert_eq!(past.end(), None, "40 minutes are too much");

    let mut short = Past::new();
    short.session(true, 12, Some(16));
    short.sign_in(24 * 60, true);
    assert_eq!(short.end(), None, "so are 4 of 15");
}

#[test]
fn a_sign_in_without_a_logout_does_not_move_the_end() {
    let mut past = eight_hours();
    past.sign_in(24 * 60, true);
    let end = past.end().unwrap();
    past.sign_in(240, false);
    assert_eq!(past.end().map(|end| end.ends_at), Some(end.ends_at));
    past.accepted(200);
    assert_eq!(past.history.length(URL), eight_hours().history.length(URL), "nothing more is certain of it");
    past.refused(40);
    past.sign_in(10, false);
    assert_eq!(past.end(), None, "it may have joined what another program began");
}

#[test]
fn a_refusal_before_its_time_says_nothing_of_the_end() {
    let mut past = eight_hours();
    past.sign_in(24 * 60, true);
    let end = past.end().unwrap();
    past.refused(100);
    assert_eq!(past.end(), None);
    past.sign_in(1, false);
    assert_eq!(past.end().map(|end| end.ends_at), Some(end.ends_at), "only the token was revoked, perhaps");
}

#[test]
fn after_a_logout_the_sign_in_of_another_client_may_have_begun_the_session() {
    let mut past = eight_hours();
    past.now += minutes(24 * 60);
    past.add(What::LoggedOut);
    past.now += minutes(60);
    let (of, new) = (past.now + minutes(20), past.now + HOUR);
    past.add(What::Accepted { of, new });
    past.sign_in(60, false);
    assert_eq!(past.end(), None);
    past.refused(400);
    assert_eq!(past.history.length(URL), eight_hours().history.length(URL));
}

#[test]
fn what_another_client_renewed_is_no_lower_bound() {
    let mut past = Past::new();
    past.sign_in(0, false);
    past.token = past.now + minutes(500);
    past.accepted(480);
    assert_eq!(past.said(), "under 1 min to ?", "it may have signed in meanwhile");
    past.accepted(40);
    assert_eq!(past.said(), "40 min to ?");
}

#[test]
fn a_clock_set_back_drops_the_session_that_runs() {
    let mut past = eight_hours();
    past.sign_in(24 * 60, true);
    past.accepted(100);
    past.now -= minutes(6 * 60);
    assert_eq!(past.end(), None);
    past.accepted(0);
    past.accepted(300);
    past.refused(1);
    assert_eq!((past.said(), past.end()), (eight_hours().said(), None));
}

#[test]
fn two_files_and_two_spellings_share_what_is_learned() {
    let mut past = eight_hours();
    past.sign_in(24 * 60, true);
    let end = past.end().unwrap();
    past.now += minutes(60);
    let other = CacheName::token("other");
    let token = past.now + minutes(59);
    let fact = Fact { start_url: format!("{URL}/#/"), file: other.clone(), at: past.now, what: What::SignedIn(token) };
    past.history.add(&fact);
    let of_other = past.history.end(&format!("{URL}/"), &other, token, past.now);
    assert_eq!(of_other.map(|end| end.ends_at), Some(end.ends_at), "it joined the same session in the browser");
}

#[test]
fn years_of_it_stay_small_and_keep_what_was_learned() {
    let mut past = eight_hours();
    let learned = past.said();
    for day in 0..1000 {
        past.session(day % 3 != 0, 440, Some(if day % 3 == 0 { 470 } else { 484 }));
    }
    assert_eq!(past.said(), learned);
    for number in 0..100 {
        let start_url = format!("https://{number}.example/start");
        past.history.add(&Fact { start_url, file: file(), at: past.now, what: What::LoggedOut });
    }
    let text = serde_json::to_string(&past.history).unwrap();
    assert!(text.len() < 8_000, "{} bytes", text.len());
    assert_eq!(past.said(), learned);
}

/// What happens in one simulated session: whether a Logout came before, how long the browser's session had run
/// before the sign-in where none did, and minutes between the refreshes that follow.
type Lived = (bool, i64, Vec<i64>);

fn lived() -> impl Strategy<Value = Lived> {
    (any::<bool>(), 0..600_i64, proptest::collection::vec(1..300_i64, 1..20))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_real_length_is_always_in_the_bracket(length in 15..3000_i64, days in proptest::collection::vec(lived(), 1..30)) {
        let mut past = Past::new();
        for (is_full, age, refreshes) in days {
            past.sign_in(4000, is_full);
            let end = past.now + minutes(if is_full { length } else { length - age.min(length - 1) });
            for after in refreshes {
                if past.now + minutes(after) < end { past.accepted(after) } else { past.refused(after) }
                let once = past.history.clone();
                past.history.add(&past.last.clone().unwrap());
                prop_assert_eq!(&past.history, &once);
                if past.now >= end { break; }
            }
            let Length { at_least, at_most } = past.history.length(URL);
            prop_assert!(at_least <= minutes(length), "{at_least:?} of {length}");
            prop_assert!(at_most.is_none_or(|most| most >= minutes(length)), "{at_most:?} of {length}");
            if let Some(end_shown) = past.end().filter(|_| is_full) {
                let early = end.duration_since(end_shown.ends_at);
                prop_assert!(!early.is_negative() && early <= GOOD_ENOUGH, "{early:?}");
            }
        }
    }
}

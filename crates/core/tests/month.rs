//! A month of working days through the whole program: sign-ins, sleeps and offline spells, with sessions that end after
//! 8 hours and later after 12. What is shown of the end is compared with what no client is told.

use crate::portal::Aws;
use crate::simulation::{CORP, Machine, at, corp, minutes};
use relight_core::app::Event;
use relight_core::flow::Outcome;
use relight_core::status::{EndsBasis, State};
use relight_core::time::{SignedDuration, Timestamp};

const URL: &str = "https://corp.awsapps.com/start";

/// Chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }

    fn percent(&mut self, of_hundred: i64) -> bool {
        self.below(100) < of_hundred
    }
}

struct Person {
    machine: Machine,
    chance: Chance,
    /// Of the day.
    midnight: Timestamp,
}

/// A day as it went.
struct Day {
    /// How much later than the session's end what was shown after the sign-in, and half an hour before the end.
    errors: [Option<SignedDuration>; 2],
    /// Whether the sign-in came after a proven Logout, so that it surely began a session.
    is_full: bool,
}

impl Person {
    fn new(seed: u64, caps_tokens: bool) -> Self {
        let mut machine = Machine::new(CORP);
        machine.aws = Some(Aws::new(minutes(480), caps_tokens));
        Self { machine, chance: Chance(seed), midnight: at("2026-11-23T00:00:00Z") }
    }

    fn aws(&mut self) -> &mut Aws {
        self.machine.aws.as_mut().unwrap()
    }

    /// Until `end`, minute by minute where it matters; some of the time asleep, some without a network.
    fn live_until(&mut self, end: Timestamp) {
        while self.machine.now < end {
            let left = end.duration_since(self.machine.now);
            let spell = minutes(20 + self.chance.below(70)).min(left);
            match self.chance.below(10) {
                0 => {
                    // The lid is closed, and nothing runs.
                    self.machine.now += spell;
                    self.machine.event(Event::Tick);
                }
                1 => {
                    self.aws().is_reachable = false;
                    self.machine.wait(spell);
                    self.aws().is_reachable = true;
                }
                _ => self.machine.wait(spell),
            }
            if self.machine.session(&corp()).state == State::Expired {
                self.sign_in();
            }
            assert_ne!(self.machine.session(&corp()).ends_basis, EndsBasis::Exact);
        }
    }

    fn sign_in(&mut self) {
        let seconds = |seconds| SignedDuration::from_secs(seconds);
        self.aws().person = (seconds(5 + self.chance.below(40)), seconds(45 + self.chance.below(30)));
        let before = self.machine.calls.len();
        self.machine.sign_in_by_code(corp());
        self.machine.wait(minutes(3));
        assert!(self.machine.calls[before..].contains(&"token"));
    }

    /// How much later than `end` what is shown of it.
    fn error(&self, end: Timestamp) -> Option<SignedDuration> {
        let session = self.machine.session(&corp());
        assert_eq!(session.ends_basis == EndsBasis::Learned, session.ends_at.is_some());
        session.ends_at.map(|shown| shown.duration_since(end))
    }

    /// A day from about 8 o'clock until `length` later.
    fn day(&mut self, length: SignedDuration) -> Day {
        let morning = self.midnight + minutes(450 + self.chance.below(60));
        self.machine.now = morning;
        self.machine.event(Event::Tick);
        self.machine.wait(minutes(3));
        // Most evenings one signed out; some mornings one signs in to a session that was left open, or none.
        let is_full = matches!(self.machine.outcomes.last(), Some((_, Outcome::SignedOut { warning: None })));
        self.sign_in();
        let end = self.aws().ends_at();
        let first = self.error(end);
        let evening = morning + length;
        self.live_until((end - minutes(30)).min(evening));
        let day = Day { errors: [first, self.error(end)], is_full };
        self.live_until(evening);
        if self.chance.percent(80) {
            self.machine.event(Event::Logout(vec![corp()]));
            self.machine.wait(minutes(1));
        }
        self.midnight += minutes(24 * 60);
        day
    }
}

impl Day {
    fn is_right(&self) -> bool {
        self.errors.iter().all(|error| error.is_some_and(|error| error.abs() < minutes(5)))
    }

    fn is_silent(&self) -> bool {
        self.errors == [None; 2]
    }
}

fn said(days: &[Day]) -> String {
    let shown =
        |error: Option<SignedDuration>| error.map_or("unknown".into(), |error| format!("{:+} s", error.as_secs()));
    let said = days.iter().enumerate().map(|(number, day)| {
        let [first, last] = day.errors.map(shown);
        let joined = if day.is_full { "" } else { ", after no Logout" };
        format!("day {}: {first}, before its end {last}{joined}", number + 1)
    });
    said.collect::<Vec<_>>().join("\n")
}

#[test]
#[expect(clippy::print_stdout, reason = "how well it learns is worth reading")]
fn within_two_weeks_the_end_is_known_to_five_minutes_and_a_change_is_noticed_within_three_sign_ins() {
    for (seed, caps_tokens) in [(1, false), (3, false), (4, true)] {
        let mut person = Person::new(seed, caps_tokens);
        let days: Vec<Day> = (0..30).map(|_| person.day(minutes(600))).collect();
        println!("seed {seed}, 8 hours, tokens end with their session: {caps_tokens}\n{}", said(&days));
        assert!(days[..14].iter().any(Day::is_right));
        let later = days[14..].iter().filter(|day| day.is_full);
        assert!(later.clone().count() > 5 && later.clone().all(Day::is_right));
        assert!(days.iter().all(|day| day.is_silent() || day.is_right()));

        person.aws().cap = minutes(720);
        let mut days: Vec<Day> = (0..3).map(|_| person.day(minutes(840))).collect();
        let length = person.machine.app.world.learned.length(URL);
        println!("12 hours, after three sign-ins: {length:?}");
        assert!(length.at_least > minutes(8 * 60 + 5) && length.at_most.is_none_or(|most| most > minutes(715)));
        days.extend((0..17).map(|_| person.day(minutes(840))));
        println!("{}", said(&days));
        assert!(days[1..].iter().all(|day| day.is_silent() || day.is_right()), "8 hours are not said again");
        assert!(days[10..].iter().filter(|day| day.is_full).all(Day::is_right));
    }
}

#[test]
fn one_revoked_session_changes_nothing() {
    let mut person = Person::new(2, false);
    for _ in 0..14 {
        person.day(minutes(600));
    }
    let learned = person.machine.app.world.learned.length(URL);
    person.machine.now = person.midnight + minutes(480);
    person.sign_in();
    person.machine.wait(minutes(100));
    person.aws().revoke();
    person.machine.wait(minutes(100));
    assert_eq!(person.machine.session(&corp()).state, State::Expired);
    assert_eq!(person.machine.session(&corp()).ends_basis, EndsBasis::Unknown);
    assert_eq!(person.machine.app.world.learned.length(URL), learned);
}

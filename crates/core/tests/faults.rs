//! The fault table of the core: each flow, with something going wrong at each of its steps.

use crate::refreshes::{by_another, signed_in};
use crate::simulation::{Answered, CORP, Machine, corp, error, minutes, registered, started, token};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::flow::{Answer, ErrorKind, Outcome};
use relight_core::status::State;
use relight_core::time::SignedDuration;

/// The flows, each with the answers that let it succeed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Flow {
    SignIn,
    ByRedirect,
    Refresh,
    SignOut,
}

const FLOWS: [Flow; 4] = [Flow::SignIn, Flow::ByRedirect, Flow::Refresh, Flow::SignOut];

impl Flow {
    fn answers(self) -> Vec<Answered> {
        match self {
            Self::SignIn => {
                let pending = error(ErrorKind::AuthorizationPending);
                vec![registered(), started(), pending, token(3600, Some("rt-1"))]
            }
            Self::ByRedirect => vec![registered(), token(3600, Some("rt-1"))],
            Self::Refresh => vec![token(3600, Some("rt-1"))],
            Self::SignOut => vec![Ok(Answer::LoggedOut)],
        }
    }

    /// A machine on which it is about to begin.
    fn machine(self) -> Machine {
        let mut machine = Machine::new(CORP);
        if matches!(self, Self::Refresh | Self::SignOut) {
            machine.token(&corp(), minutes(30), minutes(30), Some("rt-0"));
        }
        machine
    }

    fn begin(self, machine: &mut Machine) {
        match self {
            Self::SignIn => machine.sign_in_by_code(corp()),
            Self::ByRedirect => machine.act(Action::SignIn(corp())),
            Self::Refresh => machine.event(Event::Refresh(vec![corp()])),
            Self::SignOut => machine.event(Event::Logout(vec![corp()])),
        }
    }
}

/// Some minutes, with a look at the clock in each, as the engine takes one; the browser comes back meanwhile.
fn pass(machine: &mut Machine) {
    for _ in 0..3 {
        machine.wait(minutes(1));
        if !machine.away.is_empty() {
            machine.come_back(Ok("code"));
        }
    }
}

#[test]
fn a_clock_that_jumps_by_an_hour_at_any_step_loses_no_token_and_holds_nothing_up() {
    let mut tried = 0;
    for flow in FLOWS {
        let run = |jump| {
            let mut machine = flow.machine();
            machine.answers.extend(flow.answers());
            // By a clock that is an hour ahead, the new token is over, and renewed.
            machine.answers.push_back(token(3600, Some("rt-3")));
            machine.jump = jump;
            flow.begin(&mut machine);
            pass(&mut machine);
            machine
        };
        let steps = run(None).steps;
        for step in 1..=steps {
            for hours in [1, -1] {
                tried += 1;
                let by = SignedDuration::from_hours(hours);
                let mut machine = run(Some((step, by)));
                let case = format!("{flow:?}, {hours} h before step {step}: {:?}", machine.outcomes);
                assert!(!machine.app.is_busy(), "{case}");
                let timed_out = matches!(machine.outcomes.first(), Some((_, Outcome::TimedOut(None))));
                let is_late_code = matches!(flow, Flow::SignIn | Flow::ByRedirect) && hours == 1 && timed_out;
                assert!(!machine.outcomes.is_empty(), "{case}");
                // The clock is right again, and whatever was made at the wrong time is put right.
                machine.jump = None;
                machine.now -= by;
                machine.answers = [token(3600, Some("rt-2"))].into();
                pass(&mut machine);
                let state = machine.session(&corp()).state;
                match flow {
                    Flow::SignIn | Flow::ByRedirect if is_late_code => assert_eq!(state, State::SignedOut, "{case}"),
                    Flow::SignOut => assert_eq!(state, State::SignedOut, "{case}"),
                    Flow::SignIn | Flow::ByRedirect | Flow::Refresh => assert_eq!(state, State::Valid, "{case}"),
                }
            }
        }
    }
    assert!(tried > 30, "{tried}");
}

/// What another program may have done to the token file by the time it is read.
fn meddling(machine: &Machine) -> Vec<(&'static str, String)> {
    let own = machine.text(&corp()).unwrap();
    vec![
        ("renewed", by_another(machine, minutes(60), "rt-9")),
        ("renewed, with an earlier end", by_another(machine, minutes(20), "rt-9")),
        (
            "signed in without a refresh token",
            by_another(machine, minutes(480), "").replace(r#", "refreshToken": """#, ""),
        ),
        ("empty", String::new()),
        ("half-written", own[..own.len() / 2].to_owned()),
        ("with a longer one's tail behind it", format!("{own}\"}}")),
        ("something else", "[]".into()),
        ("the same, written again", own),
    ]
}

/// What AWS may answer to a refresh.
fn answers() -> Vec<(&'static str, Vec<Answered>)> {
    let mut answers = vec![
        ("a token", vec![token(3600, Some("rt-1"))]),
        ("a token without a refresh token", vec![token(3600, None)]),
        ("refused, then a token", vec![error(ErrorKind::InvalidGrant), token(3600, Some("rt-2"))]),
        ("refused, and refused again", vec![error(ErrorKind::InvalidGrant), error(ErrorKind::InvalidGrant)]),
    ];
    let errors = [ErrorKind::Network, ErrorKind::ServerError, ErrorKind::BadAnswer, ErrorKind::InvalidClient];
    answers.extend(errors.map(|kind| ("an error", vec![error(kind)])));
    answers
}

#[test]
fn a_file_that_another_program_writes_at_any_moment_of_a_refresh_is_never_made_worse() {
    let mut tried = 0;
    for (said, answers) in answers() {
        for (did, theirs) in meddling(&signed_in(10)) {
            for read in 0..4 {
                tried += 1;
                let mut machine = signed_in(10);
                let before = machine.text(&corp()).unwrap();
                machine.now += minutes(2);
                machine.answers.extend(answers.clone());
                machine.meanwhile.extend((0..read).map(|_| None));
                machine.meanwhile.push_back(Some(theirs.clone()));
                machine.event(Event::Refresh(vec![corp()]));
                machine.wait(minutes(1));
                let case = format!("{said}; {did} before read {read}: {:?}", machine.outcomes);
                assert!(!machine.app.is_busy(), "{case}");
                let after = machine.text(&corp()).unwrap();
                let ours = after.contains("at-1");
                assert!(ours || after == theirs || after == before, "{case}\n{after}");
                let [(_, outcome), ..] = machine.outcomes.as_slice() else { panic!("{case}") };
                if let Outcome::Refreshed { .. } = outcome {
                    assert!(ours, "{case}");
                }
                // A token that AWS gave out goes to the file, unless a good one stands there.
                let gave = machine.answers.len() < answers.len() && said.contains("token");
                let stands = machine.session(&corp()).state;
                if gave && !matches!(outcome, Outcome::Failed { .. }) {
                    assert!(matches!(stands, State::Valid | State::Expiring), "{case}\n{after}");
                }
                // "Sign in" is said only where the token is still the refused one.
                if let Outcome::Refused { .. } = outcome {
                    assert!(after == before || after == theirs, "{case}");
                    assert!(!(did == "renewed" && read < machine.calls.len()), "{case}");
                }
            }
        }
    }
    assert_eq!(tried, 8 * 8 * 4);
}

#[test]
fn a_token_file_that_is_removed_at_any_moment_of_a_refresh_stays_removed() {
    for (said, answers) in answers() {
        let mut machine = signed_in(10);
        machine.now += minutes(2);
        machine.event(Event::Refresh(vec![corp()]));
        machine.files.clear();
        for answer in answers {
            if !machine.unanswered.is_empty() {
                machine.answer_late(answer);
                machine.wait(minutes(1));
            }
        }
        assert_eq!(machine.text(&corp()), None, "{said}");
        assert!(!machine.app.is_busy(), "{said}");
    }
}

#[test]
fn an_answer_after_the_sign_in_was_cancelled_finds_nobody_at_any_step() {
    let answers = Flow::SignIn.answers();
    for cancelled_at in 0..answers.len() {
        let mut machine = Machine::new(CORP);
        machine.answers.extend(answers.iter().take(cancelled_at).cloned());
        machine.sign_in_by_code(corp());
        machine.wait(minutes(1));
        assert_eq!(machine.unanswered.len(), 1, "{cancelled_at}");
        machine.act(Action::Cancel(corp()));
        machine.answer_late(answers[cancelled_at].clone());
        machine.wait(minutes(1));
        assert_eq!(machine.outcomes.len(), 1, "{:?}", machine.outcomes);
        assert_eq!((machine.outcomes[0].1.clone(), machine.text(&corp())), (Outcome::Cancelled, None));
        let is_registered = usize::from(cancelled_at > 0);
        machine.answers = Flow::SignIn.answers().into_iter().skip(is_registered).collect();
        machine.sign_in_by_code(corp());
        machine.wait(minutes(1));
        assert!(matches!(machine.outcomes.last(), Some((_, Outcome::SignedIn { .. }))), "and the next one succeeds");
    }
}

#[test]
fn a_server_that_says_nothing_is_told_at_every_step() {
    for flow in FLOWS {
        for answered in 0..flow.answers().len() {
            let mut machine = flow.machine();
            machine.answers.extend(flow.answers().into_iter().take(answered));
            // While an approval is polled for, as long as the code lives.
            machine.answers.extend((0..600).map(|_| error(ErrorKind::Timeout)));
            flow.begin(&mut machine);
            for _ in 0..12 {
                pass(&mut machine);
            }
            let case = format!("{flow:?} after {answered} answers: {:?}", machine.outcomes);
            assert!(!machine.app.is_busy(), "{case}");
            let told = match machine.outcomes.first().map(|(_, outcome)| outcome) {
                Some(Outcome::Failed { message, again: true } | Outcome::Offline { message }) => message,
                Some(Outcome::TimedOut(Some(trouble))) => trouble,
                Some(Outcome::SignedOut { warning: Some(warning) }) => warning,
                _ => panic!("{case}"),
            };
            assert!(told.contains("did not answer in time"), "{case}");
        }
    }
}

#[test]
fn a_browser_that_comes_back_with_an_error_leads_to_a_code_unless_it_was_denied() {
    let errors =
        ["invalid_request", "invalid_scope", "server_error", "temporarily_unavailable", "unauthorized_client", ""];
    for with in errors {
        let mut machine = Machine::new(CORP);
        machine.answers.push_back(registered());
        machine.act(Action::SignIn(corp()));
        machine.answers.extend(Flow::SignIn.answers());
        machine.come_back(Err(with));
        pass(&mut machine);
        assert!(
            matches!(machine.outcomes.as_slice(), [(_, Outcome::SignedIn { .. })]),
            "{with}: {:?}",
            machine.outcomes
        );
        assert_eq!((machine.pages.len(), machine.told.len()), (2, 1), "{with}");
    }
}

#[test]
fn on_a_full_disk_no_refresh_token_is_used_up() {
    let mut machine = signed_in(60);
    let before = machine.text(&corp());
    machine.disk_full = true;
    machine.wait(minutes(58));
    assert_eq!((machine.calls.len(), machine.text(&corp())), (0, before));
    let problem = machine.session(&corp()).refresh_failure().unwrap().message.clone();
    insta::assert_snapshot!(problem, @"The last silent refresh failed: A renewed token could not be written, so none was asked for: no space left on device. The token is as before.");
    machine.disk_full = false;
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.wait(minutes(8));
    assert!(machine.text(&corp()).unwrap().contains("rt-1"));
    assert_eq!(machine.session(&corp()).problems, []);
}

#[test]
fn a_full_disk_loses_nothing_of_any_flow() {
    for flow in FLOWS {
        let mut machine = flow.machine();
        machine.answers.extend(flow.answers());
        // A refresh goes on by itself when there is room again; for a sign-in, the disk fills up meanwhile.
        (machine.disk_full, machine.fills_up) = (true, flow != Flow::Refresh);
        flow.begin(&mut machine);
        pass(&mut machine);
        machine.disk_full = false;
        machine.wait(minutes(8));
        assert!(!machine.app.is_busy(), "{flow:?}");
        let state = machine.session(&corp()).state;
        assert_eq!(state, if flow == Flow::SignOut { State::SignedOut } else { State::Valid }, "{flow:?}");
    }
}

#[test]
fn on_a_full_disk_nobody_is_sent_to_a_page_for_nothing() {
    for flow in [Flow::SignIn, Flow::ByRedirect] {
        let mut machine = flow.machine();
        machine.disk_full = true;
        flow.begin(&mut machine);
        assert_eq!((machine.calls.len(), machine.pages.len()), (0, 0));
        let Some((_, Outcome::Failed { message, again: true })) = machine.outcomes.last() else { panic!("{flow:?}") };
        insta::allow_duplicates! {
            insta::assert_snapshot!(message, @"A token could not be written, so no sign-in was begun: no space left on device.");
        }
    }
}

#[test]
fn another_process_that_holds_the_lock_is_waited_for_and_not_forever() {
    let mut machine = signed_in(10);
    machine.now += minutes(2);
    machine.held = true;
    machine.event(Event::Refresh(vec![corp()]));
    machine.wait(SignedDuration::from_secs(20));
    assert!(machine.app.is_busy());
    machine.held = false;
    machine.answers.push_back(token(3600, Some("rt-1")));
    machine.wait(SignedDuration::from_secs(1));
    assert!(matches!(machine.outcomes.as_slice(), [(_, Outcome::Refreshed { .. })]), "{:?}", machine.outcomes);
    machine.held = true;
    machine.wait(minutes(10));
    machine.event(Event::Refresh(vec![corp()]));
    machine.wait(minutes(1));
    assert!(matches!(machine.outcomes.last(), Some((_, Outcome::Failed { again: true, .. }))));
}

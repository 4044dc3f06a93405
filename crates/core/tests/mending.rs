//! What a person pastes, and has mended, in the window.

use crate::simulation::{CORP, Machine, corp, minutes};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::explain::{Answer, Cause, Pasted};
use relight_core::fix::{Fix, Mended, Shown};
use relight_core::world::{Content, Seen};

const OVER: &str = "Error when retrieving token from sso: Token has expired and refresh failed";
/// What the profile means is certain: there is one session.
fn typo() -> String {
    CORP.replacen("sso_session = corp", "sso_session = crop", 1)
}

fn answer(machine: &Machine) -> Option<Answer> {
    machine.app.answer(&machine.view())
}

fn act(machine: &mut Machine, action: Action) {
    machine.event(Event::Act(action));
}

/// The changes of all findings, as they are shown.
fn shown(machine: &Machine) -> Vec<Shown> {
    let found = machine.app.findings(&machine.view()).unwrap_or_default();
    let of_fix = |fix: Fix| {
        let change = fix.change?;
        Some(Shown { title: fix.title, file: change.file, diff: change.diff })
    };
    found.into_iter().flat_map(|finding| finding.fixes).filter_map(of_fix).collect()
}

fn checked(config: &str) -> Machine {
    let mut machine = Machine::new(config);
    act(&mut machine, Action::CheckComputer);
    assert_eq!(machine.log.pop().as_deref(), Some("look around"));
    machine.event(Event::LookedAround(Box::default()));
    machine
}

#[test]
fn what_was_pasted_is_answered_as_things_stand_until_the_person_leaves() {
    let mut machine = Machine::new(CORP);
    assert_eq!(answer(&machine), None);
    machine.token(&corp(), minutes(-600), minutes(-180), None);
    act(&mut machine, Action::Explain(Pasted::new(OVER)));
    assert_eq!(machine.log.pop().as_deref(), Some("look around"));
    assert_eq!(answer(&machine), None, "what is around the files counts too");
    machine.event(Event::LookedAround(Box::default()));
    let before = answer(&machine).unwrap();
    assert_eq!(before.cause, Cause::SsoSessionExpired);
    assert_eq!(before.fixes[0].action, Some(Action::SignIn(corp())));
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    assert_ne!(answer(&machine).unwrap().fixes[0].action, Some(Action::SignIn(corp())), "signed in meanwhile");
    act(&mut machine, Action::LeaveMending);
    assert_eq!(answer(&machine), None);
}

#[test]
fn a_pasted_text_is_kept_nowhere_and_printed_nowhere() {
    let action = Action::Explain(Pasted::new(format!("export DB_PASSWORD=hunter2\n\n{OVER}")));
    assert!(!format!("{action:?}").contains("hunter2"));
    assert!(serde_json::to_string(&action).is_err(), "it only comes in");
    let json = format!(r#"{{"do":"explain","with":"export DB_PASSWORD=hunter2\n\n{OVER}"}}"#);
    assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), action);
    let mut machine = Machine::new(CORP);
    act(&mut machine, action);
    assert!(!format!("{:?}", machine.app).contains("hunter2"));
}

#[test]
fn only_what_looks_as_it_was_shown_is_changed() {
    let mut machine = checked(&typo());
    let seen = shown(&machine);
    assert_eq!(seen.len(), 1, "{seen:?}");
    act(&mut machine, Action::Mend(seen[0].clone()));
    assert_eq!(
        machine.log.pop().as_deref(),
        Some(r#"mend ~/.aws/config: ["  [profile dev]", "- sso_session = crop", "+ sso_session = corp"]"#)
    );
    let other = Shown { diff: vec!["+ region = us-east-1".into()], ..seen[0].clone() };
    act(&mut machine, Action::Mend(other));
    assert!(machine.log.pop().unwrap().starts_with("The file changed meanwhile"));
    machine.event(Event::Seen(vec![Seen::Config(Content::Read(typo().replacen("crop", "cropp", 1).into_bytes()))]));
    act(&mut machine, Action::Mend(seen[0].clone()));
    assert!(machine.log.pop().unwrap().starts_with("The file changed meanwhile"));
}

#[test]
fn what_was_done_is_told_and_everything_is_looked_at_again() {
    let mut machine = checked(&typo());
    let mended = Mended { said: "Written.".into(), can_take_back: true };
    machine.event(Event::Mended(mended.clone()));
    assert_eq!(machine.app.mended(), Some(&mended));
    assert_eq!(machine.log.pop().as_deref(), Some("look around"));
    act(&mut machine, Action::TakeBack);
    assert_eq!(machine.log.pop().as_deref(), Some("take back"));
    act(&mut machine, Action::LeaveMending);
    assert_eq!(machine.app.mended(), None);
    // What was looked at for a page that was left is not wanted any more.
    machine.event(Event::LookedAround(Box::default()));
    assert_eq!(machine.app.findings(&machine.view()), None);
}

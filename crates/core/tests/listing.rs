//! What a person may use, asked page by page.

use crate::simulation::{Answered, CORP, Machine, corp, error, minutes, token};
use relight_core::accounts::{Account, Accounts, Chosen, ProfilesWish, SessionWish};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::flow::{Answer, ErrorKind, Outcome, Progress};
use relight_core::secret::Secret;
use relight_core::time::SignedDuration;

fn signed_in(left: i64) -> Machine {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(60 - left), minutes(left), Some("rt-0"));
    machine
}

fn accounts(ids: &[&str], next: Option<&str>) -> Answered {
    let account = |id: &&str| Account { id: (*id).into(), name: format!("n{id}"), email: None, roles: Vec::new() };
    Ok(Answer::Accounts { accounts: ids.iter().map(account).collect(), next_token: next.map(Into::into) })
}

fn roles(names: &[&str], next: Option<&str>) -> Answered {
    Ok(Answer::AccountRoles {
        roles: names.iter().map(ToString::to_string).collect(),
        next_token: next.map(Into::into),
    })
}

fn list(machine: &mut Machine) {
    machine.event(Event::List(corp(), None));
}

fn listed(machine: &Machine) -> &Accounts {
    match machine.outcomes.last() {
        Some((_, Outcome::Listed(accounts))) => accounts,
        other => panic!("{other:?}"),
    }
}

fn told(accounts: &Accounts) -> Vec<String> {
    accounts.accounts.iter().map(|account| format!("{} {}", account.id, account.roles.join(" "))).collect()
}

#[test]
fn every_page_is_read_and_at_most_five_a_second() {
    let mut machine = signed_in(50);
    machine.answers.extend([
        accounts(&["2"], Some("p2")),
        accounts(&["1"], None),
        roles(&["B"], Some("p2")),
        roles(&["A"], None),
        roles(&["C"], None),
    ]);
    list(&mut machine);
    assert_eq!(machine.calls, ["accounts"], "the next is not due");
    assert_eq!(machine.app.listing(&corp()), Some(Progress { accounts: 1, asked: 0 }));
    machine.wait(SignedDuration::from_millis(800));
    assert_eq!(machine.calls, ["accounts", "accounts", "roles", "roles", "roles"]);
    assert_eq!(told(listed(&machine)), ["1 C", "2 A B"]);
    assert_eq!(machine.app.listing(&corp()), None);
}

#[test]
fn a_thousand_accounts_take_under_four_minutes() {
    let mut machine = signed_in(59);
    let ids: Vec<String> = (0..1000).map(|number| format!("{number:012}")).collect();
    for (number, page) in ids.chunks(100).enumerate() {
        let page: Vec<_> = page.iter().map(String::as_str).collect();
        machine.answers.push_back(accounts(&page, (number < 9).then_some(["a", "b"][number % 2])));
    }
    machine.answers.extend((0..1000).map(|_| roles(&["R"], None)));
    list(&mut machine);
    machine.wait(minutes(4));
    assert_eq!((listed(&machine).accounts.len(), machine.calls.len()), (1000, 1010));
}

#[test]
fn it_slows_down_when_asked_to() {
    let mut machine = signed_in(50);
    let throttled = || error(ErrorKind::TooManyRequests);
    machine.answers.extend([throttled(), throttled(), throttled(), accounts(&[], None)]);
    list(&mut machine);
    for (seconds, calls) in [(1, 2), (2, 3), (4, 4)] {
        machine.wait(SignedDuration::from_millis(seconds * 1000 - 1));
        assert_eq!(machine.calls.len(), calls - 1, "after {seconds} s");
        machine.wait(SignedDuration::from_millis(1));
        assert_eq!(machine.calls.len(), calls, "after {seconds} s");
    }
    assert_eq!(listed(&machine).accounts.len(), 0);

    machine.answers.extend((0..20).map(|_| throttled()));
    list(&mut machine);
    machine.wait(minutes(10));
    let Outcome::Failed { message, again: true } = &machine.outcomes.last().unwrap().1 else { panic!() };
    assert_eq!(message, "oidc.us-east-1 asks to slow down (TooManyRequests). Try again in a minute.");
}

#[test]
fn an_account_that_does_not_open_hides_no_other() {
    let mut machine = signed_in(50);
    machine.answers.extend([accounts(&["1", "2"], None), error(ErrorKind::Forbidden), roles(&["A"], None)]);
    list(&mut machine);
    machine.wait(minutes(1));
    assert_eq!(told(listed(&machine)), ["1 ", "2 A"]);
    assert_eq!(listed(&machine).left_out[0].account_id, "1");
    assert!(!listed(&machine).is_complete());
}

#[test]
fn a_list_that_does_not_end_is_given_up() {
    let mut machine = signed_in(50);
    machine.answers.extend([accounts(&["1"], Some("p")), accounts(&["1"], Some("p"))]);
    list(&mut machine);
    machine.wait(minutes(1));
    assert!(matches!(machine.outcomes.last().unwrap().1, Outcome::Failed { .. }));
}

#[test]
fn a_token_that_is_past_is_renewed_first() {
    let mut machine = signed_in(60);
    machine.answers.push_back(error(ErrorKind::Network));
    machine.wait(minutes(61));
    machine.calls.clear();
    machine.answers.clear();
    machine.unanswered.clear();
    machine.answers.extend([token(3600, Some("rt-1")), accounts(&[], None)]);
    list(&mut machine);
    machine.wait(minutes(1));
    assert_eq!(machine.calls, ["refresh", "accounts"]);
    assert_eq!(listed(&machine).accounts.len(), 0);
}

#[test]
fn a_token_that_the_portal_refuses_is_renewed_once() {
    let mut machine = signed_in(50);
    let refused = || error(ErrorKind::Unauthorized);
    machine.answers.extend([refused(), token(3600, Some("rt-1")), accounts(&["1"], None), roles(&["A"], None)]);
    list(&mut machine);
    machine.wait(minutes(1));
    assert_eq!(machine.calls, ["accounts", "refresh", "accounts", "roles"]);
    assert_eq!(told(listed(&machine)), ["1 A"]);

    machine.wait(minutes(2));
    machine.calls.clear();
    let another =
        Answer::Token { access_token: Secret::new("at-2"), expires_in: 3600, refresh_token: Some(Secret::new("rt-2")) };
    machine.answers.extend([refused(), Ok(another), refused()]);
    list(&mut machine);
    machine.wait(minutes(1));
    assert_eq!(machine.calls, ["accounts", "refresh", "accounts", "refresh"], "the last one is the silent renewal");
    assert_eq!(machine.outcomes.last().unwrap().1, Outcome::NotSignedIn);
    // Before its end, so it was revoked: it does not look alive any more, for all processes.
    assert!(machine.log.contains(&"remember that it was revoked".to_owned()), "{:?}", machine.log);
    assert!(machine.session(&corp()).problems.iter().any(|problem| problem.code == "sso-token-revoked"));
}

#[test]
fn without_a_network_it_is_said_so_and_nothing_counts_as_revoked() {
    let mut machine = signed_in(-5);
    machine.answers.extend([error(ErrorKind::Network)]);
    list(&mut machine);
    assert!(matches!(machine.outcomes.last(), Some((_, Outcome::Offline { .. }))), "{:?}", machine.outcomes);
    assert!(machine.session(&corp()).problems.iter().all(|problem| problem.code != "sso-token-revoked"));
}

#[test]
fn a_token_that_is_left_of_another_organisation_is_not_used() {
    let mut machine = signed_in(50);
    let text = machine.text(&corp()).unwrap();
    for (url, is_used) in [("https://other.awsapps.com/start", false), ("https://corp.awsapps.com/start/#/", true)] {
        let text = text.replace("https://corp.awsapps.com/start", url);
        machine.files.insert(corp().token_file().as_str().into(), (text, machine.now));
        machine.see(&corp());
        machine.calls.clear();
        machine.answers.extend([accounts(&[], None)]);
        list(&mut machine);
        machine.wait(SignedDuration::from_secs(1));
        assert_eq!(!machine.calls.is_empty(), is_used, "{url}");
        machine.answers.clear();
    }
}

#[test]
fn without_a_token_nothing_is_called() {
    let mut machine = Machine::new(CORP);
    list(&mut machine);
    assert_eq!(machine.outcomes, [("sso-session:corp".into(), Outcome::NotSignedIn)]);
    assert!(machine.calls.is_empty() && !machine.app.is_busy());
}

#[test]
fn a_session_that_is_over_is_told_so() {
    let mut machine = signed_in(50);
    machine.answers.extend([error(ErrorKind::Unauthorized), error(ErrorKind::InvalidGrant)]);
    list(&mut machine);
    machine.wait(minutes(1));
    assert!(matches!(machine.outcomes.last().unwrap().1, Outcome::Refused { .. }), "{:?}", machine.outcomes);
    assert!(machine.log.contains(&"remember the refusal".to_owned()), "no process asks again");
}

fn picked(roles: &[(&str, &str)], pattern: &str, prune: bool) -> Action {
    let chosen = |(account, role): &(&str, &str)| Chosen { account_id: (*account).into(), role_name: (*role).into() };
    Action::PickProfiles(ProfilesWish {
        session: corp(),
        add: roles.iter().map(chosen).collect(),
        pattern: pattern.into(),
        region: String::new(),
        prune,
    })
}

fn preview(machine: &Machine) -> Option<(String, bool)> {
    machine.app.accounts_page()?.preview.map(|preview| (preview.text, preview.changes))
}

#[test]
fn the_window_shows_what_is_picked_before_it_is_written() {
    let mut machine = signed_in(50);
    machine.answers.extend([accounts(&["1"], None), roles(&["A", "B"], None)]);
    assert_eq!(machine.app.accounts_page(), None);
    machine.act(Action::ListAccounts(corp()));
    let asking = machine.app.accounts_page().unwrap();
    assert_eq!((asking.asking.map(|so_far| so_far.accounts), asking.accounts), (Some(1), None));
    machine.wait(minutes(1));
    let page = machine.app.accounts_page().unwrap();
    assert_eq!(page.accounts.unwrap()[0].roles.len(), 2);
    assert!(page.note.unwrap().contains("another person"), "the profile is for another account");

    machine.act(picked(&[], "{role}", false));
    assert_eq!(preview(&machine), None, "nothing is picked");
    machine.act(picked(&[("1", "A")], "{rolle}", false));
    assert!(matches!(preview(&machine), Some((text, false)) if text.starts_with("{rolle} means nothing")));
    machine.act(picked(&[("1", "A")], "{role}", false));
    assert!(matches!(preview(&machine), Some((text, true)) if text.contains("[profile A]")));
    machine.act(Action::WriteProfiles);
    insta::assert_snapshot!(machine.log.last().unwrap(), @r#"edit the config file: [AddSection { section: "profile A", keys: [("sso_session", "corp"), ("sso_account_id", "1"), ("sso_role_name", "A")] }]"#);
}

#[test]
fn the_window_says_why_there_is_no_list() {
    let mut machine = Machine::new(CORP);
    machine.act(Action::ListAccounts(corp()));
    let page = machine.app.accounts_page().unwrap();
    assert_eq!(
        page.failure.as_deref(),
        Some("AWS does not take the token of corp any more. Sign in again, here or with: relight login corp")
    );
}

#[test]
fn an_organisation_is_shown_before_it_is_written() {
    let mut machine = Machine::new(CORP);
    let typed = |url: &str, region: &str| {
        Action::PickSession(SessionWish { url: url.into(), region: region.into(), name: String::new() })
    };
    machine.act(typed("https://new.awsapps.com/start#/", ""));
    let page = machine.app.session_page().unwrap();
    assert!(page.preview.text.starts_with("The address does not say the region") && page.session.is_none());
    machine.act(Action::WriteSession);
    assert!(machine.log.last().unwrap().starts_with("The address does not say"));
    machine.act(typed("https://corp.awsapps.com/start/", ""));
    let page = machine.app.session_page().unwrap();
    assert_eq!((page.there, page.session), (true, Some(corp())));
    machine.act(typed("https://new.awsapps.com/start#/", "eu-west-1"));
    let page = machine.app.session_page().unwrap();
    assert!(page.preview.changes && page.preview.text.contains("[sso-session new]"));
    machine.act(Action::WriteSession);
    assert!(machine.log.last().unwrap().starts_with("edit the config file"));
}

//! The sign-in by a browser that comes back (PKCE), its turns, and renewing.

use crate::simulation::{CORP, LEGACY, Machine, corp, error, legacy, minutes, registered, started, token};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::config::SessionId;
use relight_core::flow::{Began, ErrorKind, Lock, Outcome, Wanted, Wish};
use relight_core::start_url::Resolved;
use relight_core::time::SignedDuration;
use relight_core::view::{Flow, LoginState};

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

fn signing_in(answers: impl IntoIterator<Item = crate::simulation::Answered>) -> Machine {
    let mut machine = Machine::new(CORP);
    machine.answers.extend(answers);
    machine.act(Action::SignIn(corp()));
    machine
}

fn last(machine: &Machine) -> &Outcome {
    &machine.outcomes.last().expect("a flow ended").1
}

#[test]
fn one_click_sends_the_browser_away_and_its_return_writes_the_token() {
    let mut machine = signing_in([registered(), token(3600, Some("rt-1"))]);
    insta::assert_snapshot!(machine.pages.join("\n"), @"https://oidc.us-east-1.amazonaws.com/authorize?response_type=code&client_id=cid-1&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Foauth%2Fcallback&state=st&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&code_challenge=S9LEErpwhH9JenrbXM1SdyS_0in8myT3VcMrJwRZRks");
    let login = machine.session(&corp()).login.unwrap();
    assert_eq!((login.flow, login.state, login.user_code), (Flow::Pkce, LoginState::WaitingForApproval, None));
    machine.come_back(Ok("code-1"));
    insta::assert_snapshot!(machine.text(&corp()).unwrap(), @r#"{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": "at-1", "expiresAt": "2026-11-22T11:00:00Z", "clientId": "cid-1", "clientSecret": "cs-1", "registrationExpiresAt": "2027-02-20T10:00:00Z", "refreshToken": "rt-1"}"#);
    assert_eq!(machine.calls, ["register for the redirect", "redeem"]);
    assert_eq!(machine.told, ["You are signed in to corp."]);
    assert!(matches!(last(&machine), Outcome::SignedIn { began: Began::Unsure, .. }));
    assert_eq!(machine.session(&corp()).login, None);
}

#[test]
fn a_client_for_the_redirect_is_used_again_and_none_for_codes() {
    let mut machine = signing_in([registered(), token(60, None)]);
    machine.come_back(Ok("code-1"));
    machine.calls.clear();
    machine.answers.extend([token(60, None)]);
    machine.act(Action::SignIn(corp()));
    machine.come_back(Ok("code-2"));
    assert_eq!(machine.calls, ["redeem"]);
    machine.answers.extend([registered(), started()]);
    machine.sign_in_by_code(corp());
    assert_eq!(machine.calls, ["redeem", "register", "start"]);
}

#[test]
fn who_denies_is_told_so_in_the_browser_too() {
    let mut machine = signing_in([registered()]);
    machine.come_back(Err("access_denied"));
    assert_eq!(*last(&machine), Outcome::Denied);
    assert_eq!(machine.told, ["You are not signed in to corp: it was denied."]);
}

#[test]
fn a_code_takes_over_where_the_listener_or_the_grant_fails() {
    let mut no_port = Machine::new(CORP);
    no_port.no_port = true;
    no_port.answers.extend([registered(), registered(), started()]);
    no_port.act(Action::SignIn(corp()));
    assert_eq!(no_port.calls, ["register for the redirect", "register", "start"]);
    let login = no_port.session(&corp()).login.unwrap();
    assert_eq!((login.flow, login.user_code.as_deref()), (Flow::Device, Some("KJTX-QWPM")));
    insta::assert_snapshot!(login.note.unwrap(), @"No port of this machine can be listened on (no port is free). So you sign in with a code instead.");

    for kind in [ErrorKind::Unsupported, ErrorKind::UnauthorizedClient] {
        let registering = signing_in([error(kind), registered(), started()]);
        assert_eq!(registering.calls, ["register for the redirect", "register", "start"], "{kind:?}");
        let mut redeeming = signing_in([registered(), error(kind), registered(), started()]);
        redeeming.come_back(Ok("code-1"));
        assert_eq!(redeeming.calls, ["register for the redirect", "redeem", "register", "start"], "{kind:?}");
        assert!(redeeming.told[0].ends_with("Relight opens another page for it."), "{:?}", redeeming.told);
        assert_eq!(redeeming.pages.len(), 2);
    }
    let mut refused = signing_in([registered(), registered(), started()]);
    refused.come_back(Err("unauthorized_client"));
    assert_eq!(refused.session(&corp()).login.unwrap().flow, Flow::Device);
}

#[test]
fn a_person_whose_browser_cannot_come_back_goes_on_with_a_code() {
    let mut machine = signing_in([registered(), registered(), started(), token(3600, None)]);
    machine.act(Action::UseCode(corp()));
    assert_eq!(machine.calls, ["register for the redirect", "register", "start"]);
    machine.wait(seconds(2));
    assert!(matches!(last(&machine), Outcome::SignedIn { .. }));
    assert!(machine.told.is_empty(), "no browser waits");
}

#[test]
fn a_lost_answer_is_asked_for_again_and_a_used_code_is_not() {
    let mut lost = signing_in([registered(), error(ErrorKind::Network), token(3600, None)]);
    lost.come_back(Ok("code-1"));
    assert_eq!(lost.session(&corp()).login.unwrap().state, LoginState::Saving);
    lost.wait(seconds(2));
    assert_eq!(lost.calls, ["register for the redirect", "redeem", "redeem"]);
    assert!(matches!(last(&lost), Outcome::SignedIn { .. }));

    let mut used = signing_in([registered(), error(ErrorKind::InvalidGrant)]);
    used.come_back(Ok("code-1"));
    assert!(matches!(last(&used), Outcome::Failed { again: true, message } if message.ends_with("Sign in once more.")));
    assert_eq!(used.told.len(), 1);
}

#[test]
fn nobody_is_waited_for_longer_than_ten_minutes_and_a_client_that_may_be_dead_is_forgotten() {
    let mut machine = signing_in([registered(), token(60, None)]);
    machine.come_back(Ok("code-1"));
    machine.act(Action::SignIn(corp()));
    machine.wait(minutes(11));
    assert_eq!(*last(&machine), Outcome::TimedOut(None));
    machine.calls.clear();
    machine.answers.extend([registered()]);
    machine.act(Action::SignIn(corp()));
    assert_eq!(machine.calls, ["register for the redirect"]);
}

#[test]
fn a_disk_that_is_full_keeps_the_token_and_the_browser_waiting() {
    let mut machine = signing_in([registered(), token(3600, Some("rt-1"))]);
    machine.disk_full = true;
    machine.come_back(Ok("code-1"));
    assert!(machine.told.is_empty() && machine.text(&corp()).is_none());
    machine.disk_full = false;
    machine.wait(seconds(2));
    assert_eq!(machine.told, ["You are signed in to corp."]);
    assert!(machine.text(&corp()).is_some());
}

#[test]
fn two_sessions_take_turns_in_the_browser_also_across_processes() {
    let mut machine = Machine::new(CORP);
    machine.browser_held = true;
    machine.answers.extend([registered()]);
    machine.act(Action::SignIn(corp()));
    assert_eq!(machine.session(&corp()).login.unwrap().state, LoginState::WaitingForTurn);
    assert!(machine.pages.is_empty() && machine.calls.is_empty());
    machine.browser_held = false;
    machine.free_lock();
    assert_eq!(machine.pages.len(), 1);

    let mut without_page = Machine::new(CORP);
    without_page.browser_held = true;
    without_page.answers.extend([registered(), started()]);
    without_page.event(Event::SignIn(Wish { opens_browser: false, ..Wish::new(corp()) }));
    assert_eq!(without_page.calls, ["register", "start"], "who opens no page takes no turn");
}

#[test]
fn no_page_opens_behind_a_locked_screen() {
    let mut machine = Machine::new(CORP);
    machine.event(Event::ScreenLocked(true));
    machine.answers.extend([registered()]);
    machine.act(Action::SignIn(corp()));
    assert!(machine.pages.is_empty());
    machine.event(Event::ScreenLocked(false));
    assert_eq!(machine.pages.len(), 1);

    machine.act(Action::Cancel(corp()));
    machine.event(Event::ScreenLocked(true));
    machine.answers.extend([registered()]);
    machine.act(Action::SignIn(corp()));
    machine.act(Action::Cancel(corp()));
    machine.event(Event::ScreenLocked(false));
    assert_eq!(machine.pages.len(), 1, "nor one that is no longer wanted");
}

#[test]
fn renewing_ends_the_old_session_first_and_says_whether_it_did() {
    let renew = |left: SignedDuration, answers: Vec<_>| {
        let mut machine = Machine::new(CORP);
        machine.token(&corp(), minutes(10), left, left.is_positive().then_some("rt"));
        machine.answers.extend(answers);
        machine.act(Action::Renew(corp()));
        machine.come_back(Ok("code-1"));
        machine
    };
    let anew =
        renew(minutes(30), vec![Ok(relight_core::flow::Answer::LoggedOut), registered(), token(3600, Some("rt-1"))]);
    assert_eq!(anew.calls, ["logout", "register for the redirect", "redeem"]);
    assert!(
        anew.log.contains(&"remove the token and 0 role caches".to_owned()),
        "what has role credentials keeps them"
    );
    assert!(matches!(last(&anew), Outcome::SignedIn { began: Began::Anew(_), .. }));

    let offline = renew(minutes(30), vec![error(ErrorKind::Network), registered(), token(3600, Some("rt-1"))]);
    let Outcome::SignedIn { began: began @ Began::NotAnew(_), .. } = last(&offline) else {
        panic!("{:?}", last(&offline))
    };
    insta::assert_snapshot!(relight_core::text::began(began), @" Its end may not have moved, because the old one could not be ended: oidc.us-east-1 cannot be reached: Network. Check the network, VPN and proxy.");
    assert!(
        offline.log.iter().any(|line| line.contains("may not have moved")),
        "the person is told: {:?}",
        offline.log
    );
    let ended = renew(minutes(-30), vec![registered(), token(3600, Some("rt-1"))]);
    assert_eq!(ended.calls, ["register for the redirect", "redeem"]);
    assert!(matches!(last(&ended), Outcome::SignedIn { began: Began::NotAnew(_), .. }));
}

#[test]
fn a_legacy_token_shows_whether_its_end_moved() {
    let renew = |seconds| {
        let mut machine = Machine::new(LEGACY);
        machine.token(&legacy(), minutes(10), minutes(60), None);
        machine.answers.extend([
            Ok(relight_core::flow::Answer::LoggedOut),
            registered(),
            started(),
            token(seconds, None),
        ]);
        machine.act(Action::Renew(legacy()));
        machine.wait(self::seconds(2));
        machine
    };
    assert!(matches!(last(&renew(8 * 3600)), Outcome::SignedIn { began: Began::Anew(_), .. }));
    assert!(matches!(last(&renew(600)), Outcome::SignedIn { began: Began::NotAnew(_), .. }));
}

#[test]
fn a_wish_for_pkce_of_a_legacy_session_says_why_not() {
    let mut machine = Machine::new(LEGACY);
    machine.answers.extend([registered(), started()]);
    let id: SessionId = legacy();
    machine.event(Event::SignIn(Wish { flow: Wanted::Pkce, ..Wish::new(id.clone()) }));
    let login = machine.session(&id).login.unwrap();
    assert!(login.flow == Flow::Device && login.note.is_some_and(|note| note.contains("[sso-session]")));
}

#[test]
fn who_comes_when_another_process_has_just_signed_in_has_its_result() {
    let mut machine = Machine::new(CORP);
    machine.meanwhile.push_back(Some(r#"{"accessToken": "theirs", "expiresAt": "2026-11-22T11:00:00Z"}"#.into()));
    machine.act(Action::SignIn(corp()));
    assert_eq!(*last(&machine), Outcome::SignedInElsewhere);
    assert!(machine.pages.is_empty() && machine.calls.is_empty());
}

#[test]
fn a_companys_own_start_url_is_asked_for_its_portal_and_stays_in_the_cache() {
    let mut machine = Machine::new(&CORP.replace("https://corp.awsapps.com/start", "https://aws.corp.example"));
    let portal = || {
        let url = "https://ssoins-1.portal.eu-west-1.app.aws".into();
        Ok(relight_core::flow::Answer::StartUrl(Resolved { url, region: Some("eu-west-1".into()) }))
    };
    machine.answers.extend([error(ErrorKind::Network), portal(), registered(), token(3600, Some("rt-1"))]);
    machine.act(Action::SignIn(corp()));
    machine.wait(seconds(2));
    assert_eq!(machine.calls, ["resolve", "resolve", "register for the redirect"]);
    assert!(machine.pages[0].starts_with("https://oidc.eu-west-1.api.aws/authorize?"), "{}", machine.pages[0]);
    insta::assert_snapshot!(machine.session(&corp()).login.unwrap().note.unwrap(), @"https://aws.corp.example leads to a portal in eu-west-1, but sso_region says us-east-1: correct it, or other AWS clients ask the wrong region.");
    machine.come_back(Ok("code-1"));
    assert!(
        machine.text(&corp()).unwrap().starts_with(r#"{"startUrl": "https://aws.corp.example", "region": "eu-west-1""#)
    );

    let mut nowhere = Machine::new(&CORP.replace("https://corp.awsapps.com/start", "https://aws.corp.example"));
    nowhere.answers.push_back(error(ErrorKind::StartUrl));
    nowhere.act(Action::SignIn(corp()));
    assert!(matches!(last(&nowhere), Outcome::Failed { again: false, .. }));
}

#[test]
fn behind_a_companys_own_start_url_every_later_call_goes_to_the_region_that_was_found() {
    let mut machine = Machine::new(&CORP.replace("https://corp.awsapps.com/start", "https://aws.corp.example"));
    let url = "https://ssoins-1.portal.eu-west-1.app.aws".into();
    let portal = relight_core::flow::Answer::StartUrl(Resolved { url, region: Some("eu-west-1".into()) });
    machine.answers.extend([Ok(portal), registered(), token(3600, Some("rt-1"))]);
    machine.act(Action::SignIn(corp()));
    machine.come_back(Ok("code-1"));
    machine.wait(minutes(10));
    machine.regions.clear();
    machine.answers.extend([token(3600, Some("rt-2")), error(ErrorKind::ServerError)]);
    machine.event(Event::Refresh(vec![corp()]));
    machine.event(Event::List(corp(), None));
    machine.event(Event::Logout(vec![corp()]));
    assert!(machine.calls.ends_with(&["refresh", "accounts", "logout"]), "{:?}", machine.calls);
    assert_eq!(machine.regions, ["eu-west-1"; 3]);
}

#[test]
fn a_renewal_that_comes_to_nothing_tells_all_the_same_that_the_old_session_ended() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(10), minutes(30), Some("rt"));
    machine.answers.extend([Ok(relight_core::flow::Answer::LoggedOut), registered()]);
    machine.act(Action::Renew(corp()));
    let before = machine.history.clone();
    machine.act(Action::Cancel(corp()));
    assert_eq!(*last(&machine), Outcome::Cancelled);
    assert_ne!(machine.history, before);
    assert!(serde_json::to_string(&machine.history).unwrap().contains("logged_out"));
}

#[test]
fn who_gives_up_after_the_token_was_written_is_signed_in() {
    let mut machine = signing_in([registered(), token(3600, Some("rt-1"))]);
    machine.browser_is_slow = true;
    machine.come_back(Ok("code-1"));
    assert!(machine.text(&corp()).is_some() && machine.outcomes.is_empty());
    machine.act(Action::Cancel(corp()));
    assert!(matches!(last(&machine), Outcome::SignedIn { .. }));
}

#[test]
fn a_disk_that_fills_up_keeps_no_other_sign_in_from_the_browser() {
    let mut machine = signing_in([registered(), token(3600, Some("rt-1"))]);
    (machine.disk_full, machine.fills_up) = (true, true);
    machine.come_back(Ok("code-1"));
    assert!(machine.app.is_saving() && machine.freed.contains(&Lock::Browser));
}

#[test]
fn a_logout_whose_token_aws_does_not_know_is_no_proof() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(10), minutes(30), Some("rt"));
    machine.answers.push_back(error(ErrorKind::Unauthorized));
    machine.event(Event::Logout(vec![corp()]));
    let Outcome::SignedOut { warning: Some(warning) } = last(&machine) else { panic!("{:?}", last(&machine)) };
    insta::assert_snapshot!(warning, @"AWS did not know its token any more: a session in the browser may live on until its own end.");
    assert_eq!(machine.text(&corp()), None);
}

//! Signing in as `aws login` does: in the browser of this machine, or by a code that the person carries over.

use crate::simulation::{
    ARN, CORP, LOGIN, Machine, at, corp, error, first_keys, login, login_token, minutes, registered,
};
use data_encoding::BASE64;
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::cache::LoginToken;
use relight_core::flow::{ErrorKind, Outcome, Reply, Wanted, Wish};
use relight_core::secret::Secret;
use relight_core::status::State;
use relight_core::view::{By, Flow, LoginState};

fn signing_in(answers: impl IntoIterator<Item = crate::simulation::Answered>) -> Machine {
    let mut machine = Machine::new(LOGIN);
    machine.answers.extend(answers);
    machine.act(Action::SignIn(login()));
    machine
}

/// At a terminal, where a browser cannot come back.
fn carrying() -> Machine {
    let mut machine = Machine::by(By::Terminal, LOGIN);
    machine.event(Event::SignIn(Wish { flow: Wanted::Device, ..Wish::new(login()) }));
    machine
}

fn paste(machine: &mut Machine, text: Option<&str>) {
    let ticket = machine.asking.take().expect("a code is asked for");
    machine.event(Event::Reply(ticket, Reply::Pasted(text.map(Secret::new))));
}

fn last(machine: &Machine) -> &Outcome {
    &machine.outcomes.last().unwrap().1
}

#[test]
fn one_click_opens_the_consoles_page_and_writes_the_whole_file() {
    let mut machine = signing_in([first_keys(ARN)]);
    assert_eq!(machine.calls.len(), 0, "no client is registered");
    insta::assert_snapshot!(machine.pages.join("\n"), @"https://us-east-1.signin.aws.amazon.com/v1/authorize?response_type=code&client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fsame-device&state=st&code_challenge_method=SHA-256&scope=openid&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Foauth%2Fcallback&code_challenge=S9LEErpwhH9JenrbXM1SdyS_0in8myT3VcMrJwRZRks");
    let shown = machine.session(&login()).login.unwrap();
    assert_eq!((shown.flow, shown.state, shown.user_code), (Flow::Pkce, LoginState::WaitingForApproval, None));
    machine.come_back(Ok("code-1"));
    assert_eq!(
        (machine.calls.as_slice(), machine.regions.as_slice()),
        (["redeem login"].as_slice(), &["us-east-1".into()][..])
    );
    let text = machine.text(&login()).unwrap();
    assert!(!text.contains('\n'));
    insta::assert_snapshot!(text, @r#"{"accessToken": {"accessKeyId": "SECRET-new", "secretAccessKey": "SECRET-new", "sessionToken": "SECRET-new", "accountId": "111122223333", "expiresAt": "2026-11-22T10:15:00Z"}, "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "SECRET-1", "idToken": "e30.eyJzdWIiOiJhcm46YXdzOmlhbTo6MTExMTIyMjIzMzMzOnVzZXIvbWUiLCJpYXQiOjE3OTUzNDE2MDB9.SECRET", "dpopKey": "SECRET-key", "signInRegion": "us-east-1"}"#);
    assert!(
        matches!(last(&machine), Outcome::SignedIn { expires_at, .. } if *expires_at == at("2026-11-22T22:00:00Z"))
    );
    assert_eq!(machine.told, ["You are signed in to 111122223333:user/me."]);
    let session = machine.session(&login());
    assert_eq!(
        (session.state, session.refreshable, session.ends_at),
        (State::Valid, true, Some(at("2026-11-22T22:00:00Z")))
    );
}

#[test]
fn keys_of_somebody_else_are_not_kept_under_this_name() {
    let mut machine = signing_in([first_keys("arn:aws:iam::999988887777:user/other")]);
    machine.come_back(Ok("code-1"));
    let Outcome::Failed { message, again: true } = last(&machine) else { panic!("{:?}", last(&machine)) };
    insta::assert_snapshot!(message, @"AWS signed in arn:aws:iam::999988887777:user/other, but these profiles are for arn:aws:iam::111122223333:user/me, so nothing was written. In the browser, sign out of the AWS console or choose the other identity, then sign in again; or write login_session = arn:aws:iam::999988887777:user/other into the profile.");
    assert_eq!((machine.text(&login()), machine.session(&login()).state), (None, State::SignedOut));
    assert!(
        machine.told[0]
            .starts_with("You are not signed in to 111122223333:user/me. AWS signed in arn:aws:iam::999988887777")
    );
}

#[test]
fn an_answer_that_does_not_say_who_signed_in_is_not_kept() {
    let mut machine = signing_in([crate::simulation::keys(900, "SECRET-1")]);
    machine.come_back(Ok("code-1"));
    assert!(matches!(last(&machine), Outcome::Failed { message, .. } if message.contains("does not say who")));
    assert_eq!(machine.text(&login()), None);
}

#[test]
fn a_refused_sign_in_is_said() {
    let mut denied = signing_in([]);
    denied.come_back(Err("access_denied"));
    assert_eq!(*last(&denied), Outcome::Denied);
    let mut forbidden = signing_in([error(ErrorKind::NotPermitted)]);
    forbidden.come_back(Ok("code-1"));
    assert!(
        matches!(last(&forbidden), Outcome::Failed { message, .. } if message.contains("SignInLocalDevelopmentAccess"))
    );
    // In the tray there is nowhere to paste a code.
    let mut other = signing_in([]);
    other.come_back(Err("server_error"));
    assert!(matches!(last(&other), Outcome::Failed { message, again: true } if message.contains("server_error")));
    let mut waiting = signing_in([]);
    waiting.act(Action::UseCode(login()));
    waiting.wait(minutes(11));
    assert_eq!(*last(&waiting), Outcome::TimedOut(None));
}

#[test]
fn a_sign_in_begins_another_twelve_hours() {
    let mut machine = Machine::new(LOGIN);
    machine.login(&login_token(machine.now + minutes(15), Some(machine.now - minutes(11 * 60))));
    machine.answers.push_back(first_keys(ARN));
    machine.act(Action::SignIn(login()));
    machine.come_back(Ok("code-1"));
    assert_eq!(machine.session(&login()).ends_at, Some(at("2026-11-22T22:00:00Z")));
}

#[test]
fn one_page_at_a_time_with_the_identity_centers() {
    let mut machine = Machine::new(&format!("{CORP}{LOGIN}"));
    machine.browser_held = true;
    machine.answers.push_back(registered());
    machine.act(Action::SignIn(login()));
    assert_eq!((machine.pages.len(), machine.session(&login()).login.unwrap().state), (0, LoginState::WaitingForTurn));
    machine.browser_held = false;
    machine.free_lock();
    assert_eq!(machine.pages.len(), 1);
    assert!(machine.session(&corp()).login.is_none());
}

#[test]
fn a_code_is_carried_over_by_hand_where_no_browser_can_come_back() {
    let mut machine = carrying();
    insta::assert_snapshot!(machine.pages.join("\n"), @"https://us-east-1.signin.aws.amazon.com/v1/authorize?response_type=code&client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fcross-device&state=st&code_challenge_method=SHA-256&scope=openid&redirect_uri=https%3A%2F%2Fus-east-1.signin.aws.amazon.com%2Fv1%2Fsessions%2Fconfirmation&code_challenge=S9LEErpwhH9JenrbXM1SdyS_0in8myT3VcMrJwRZRks");
    let shown = machine.session(&login()).login.unwrap();
    assert_eq!((shown.flow, shown.state), (Flow::Device, LoginState::WaitingForApproval));
    paste(&mut machine, Some("hello"));
    let shown = machine.session(&login()).login.unwrap();
    insta::assert_snapshot!(shown.note.unwrap(), @"That is not the code of this sign-in: copy all of it from the page.");
    machine.answers.push_back(first_keys(ARN));
    paste(&mut machine, Some(&BASE64.encode(b"state=st&code=code-1")));
    assert!(matches!(last(&machine), Outcome::SignedIn { .. }));
    let token = LoginToken::parse(machine.text(&login()).unwrap().as_bytes()).unwrap();
    assert_eq!(token.client_id, "arn:aws:signin:::devtools/cross-device");
    assert!(machine.told.is_empty(), "no browser waits");
}

#[test]
fn who_leaves_the_terminal_has_given_up() {
    let mut machine = carrying();
    paste(&mut machine, None);
    assert_eq!((last(&machine), machine.text(&login())), (&Outcome::Cancelled, None));
}

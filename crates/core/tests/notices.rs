//! Desktop notices: each once, withdrawn when untrue, quiet while the screen is locked.

use crate::simulation::{CORP, LEGACY, Machine, corp, error, legacy, login_token, minutes, registered, started, token};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::cache::RoleCredentials;
use relight_core::config::SessionId;
use relight_core::flow::ErrorKind;
use relight_core::world::{Content, LoginFile, Seen};

fn ending(left: i64) -> Machine {
    let mut machine = Machine::new(LEGACY);
    machine.token(&legacy(), minutes(480 - left), minutes(left), None);
    machine
}

#[test]
fn one_for_each_step_and_the_one_before_is_withdrawn() {
    let mut machine = ending(16);
    assert_eq!((machine.shown(), machine.truths().len()), (vec![], 0));
    machine.wait(minutes(1));
    assert_eq!(machine.shown(), ["old ends in 15 min"]);
    let first = machine.truths();
    machine.wait(minutes(5));
    assert_eq!((machine.shown(), machine.truths() == first), (vec![], true), "once");
    machine.wait(minutes(5));
    assert_eq!(machine.shown(), ["old ends in 5 min"]);
    assert!(machine.truths().is_disjoint(&first));
    machine.wait(minutes(5));
    assert_eq!(machine.shown(), ["old ended just now"]);
    machine.wait(minutes(60));
    assert_eq!(machine.shown(), [""; 0]);
}

#[test]
fn a_sign_in_withdraws_it_and_shows_the_code_instead() {
    let mut machine = ending(10);
    assert_eq!(machine.shown(), ["old ends in 10 min"]);
    let warning = machine.truths();
    machine.answers.extend([registered(), started(), error(ErrorKind::AuthorizationPending), token(28_800, None)]);
    machine.act(Action::SignIn(legacy()));
    assert!(machine.truths().is_disjoint(&warning));
    assert_eq!(machine.shown(), ["Signing in to old"]);
    machine.wait(minutes(1));
    assert_eq!((machine.shown(), machine.truths().len()), (vec![], 0));
}

#[test]
fn a_sign_in_that_comes_to_nothing_is_told_unless_the_person_gave_it_up() {
    let mut machine = ending(10);
    machine.answers.extend([registered(), started(), error(ErrorKind::AccessDenied)]);
    machine.act(Action::SignIn(legacy()));
    machine.wait(minutes(1));
    assert!(machine.shown().contains(&"Not signed in to old".to_string()));
    machine.answers.extend([started()]);
    machine.act(Action::SignIn(legacy()));
    machine.act(Action::Cancel(legacy()));
    assert!(!machine.truths().iter().any(|key| key.starts_with("failed")));
}

#[test]
fn later_says_it_again_later() {
    let mut machine = ending(15);
    assert_eq!(machine.shown(), ["old ends in 15 min"]);
    let keys: Vec<_> = machine.truths().into_iter().collect();
    machine.act(Action::Later(keys));
    machine.wait(minutes(9));
    assert_eq!(machine.shown(), [""; 0]);
    machine.wait(minutes(1));
    assert_eq!(machine.shown(), ["old ends in 5 min"]);
    machine.wait(minutes(5));
    assert_eq!(machine.shown().len(), 1);
    let keys: Vec<_> = machine.truths().into_iter().collect();
    machine.act(Action::Later(keys));
    machine.wait(minutes(59));
    assert_eq!(machine.shown(), [""; 0]);
    machine.wait(minutes(1));
    assert_eq!(machine.shown(), ["old ended 1 h ago"]);
}

#[test]
fn nothing_while_the_screen_is_locked_and_one_for_all_afterwards() {
    let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
    machine.token(&corp(), minutes(0), minutes(20), None);
    machine.token(&legacy(), minutes(0), minutes(30), None);
    machine.event(Event::ScreenLocked(true));
    machine.wait(minutes(60));
    assert_eq!(machine.shown(), [""; 0]);
    machine.event(Event::ScreenLocked(false));
    assert_eq!(machine.shown(), ["2 AWS sessions need you"]);
    assert_eq!(machine.shown(), [""; 0]);
}

#[test]
fn a_restart_does_not_say_it_again() {
    let mut machine = ending(10);
    let due = machine.app.notices(&machine.view(), machine.now);
    let effects = machine.app.handle(Event::NoticeShown(due.fresh[0].keys.clone()), machine.now);
    let [relight_core::app::Effect::Remember(memory)] = effects.as_slice() else { panic!("not remembered") };
    let text = serde_json::to_string(memory).unwrap();
    let mut again = ending(10);
    again.event(Event::Remembered(serde_json::from_str(&text).unwrap()));
    assert_eq!(again.shown(), [""; 0]);
}

#[test]
fn a_session_that_renews_itself_is_not_warned_of() {
    let mut machine = Machine::new(CORP);
    machine.app.world.settings.silent_refresh = false;
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    machine.wait(minutes(58));
    assert_eq!(machine.shown(), [""; 0]);
}

#[test]
fn temporary_keys_warn_too_and_name_their_tool() {
    let mut machine = Machine::with_credentials(
        "",
        "[saml]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\nx_security_token_expires = 2026-11-22T10:12:00Z\n",
    );
    assert_eq!(machine.shown(), ["saml ends in 12 min"]);
    assert_eq!(machine.session_count(), 0);
}

impl Machine {
    fn session_count(&self) -> usize {
        self.view().sessions.len()
    }
}

#[test]
fn of_two_in_one_notice_the_one_that_is_left_is_told_again() {
    let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
    machine.token(&corp(), minutes(60), minutes(10), None);
    machine.token(&legacy(), minutes(480), minutes(12), None);
    assert_eq!(machine.shown(), ["2 AWS sessions need you"]);
    machine.token(&corp(), minutes(0), minutes(60), None);
    let left: Vec<_> = machine.truths().into_iter().collect();
    machine.event(Event::NoticeGone(left));
    assert_eq!(machine.shown(), ["old ends in 12 min"]);
}

#[test]
fn a_failure_is_forgotten_when_the_session_was_signed_in_to_elsewhere() {
    let mut machine = ending(10);
    machine.answers.extend([registered(), started(), error(ErrorKind::AccessDenied)]);
    machine.act(Action::SignIn(legacy()));
    machine.wait(minutes(1));
    assert!(machine.truths().iter().any(|key| key.starts_with("failed")));
    machine.wait(minutes(1));
    machine.token(&legacy(), minutes(0), minutes(480), None);
    assert_eq!(machine.truths().len(), 0);
}

#[test]
fn each_kind_warns_once_and_says_what_renews_it() {
    let key = "aws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = x\naws_session_token = y\n";
    let mut machine = Machine::with_credentials(
        "[profile login]\nlogin_session = arn:aws:iam::111122223333:user/me\n\
         [profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = ci\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n\
         [profile role]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = saml\n",
        &format!(
            "[ci]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n\
             [saml]\n{key}x_principal_arn = arn:x\nx_security_token_expires = 2026-11-22T10:10:00Z\n\
             [plain]\n{key}expires_at = 2026-11-22T10:10:00Z\n"
        ),
    );
    let at = |text: &str| text.parse().unwrap();
    let login = SessionId::Login("arn:aws:iam::111122223333:user/me".into());
    let token = login_token(at("2026-11-22T10:12:00Z"), Some(at("2026-11-21T22:10:00Z")));
    let mfa = machine.app.world.config.profiles["mfa"].role_cache().unwrap().clone();
    machine.app.world.take(vec![
        Seen::Login(login.token_file(), Content::Read(LoginFile { token: Ok(Box::new(token)), modified: None })),
        Seen::Role(mfa, Some(RoleCredentials { expires_at: at("2026-11-22T10:10:00Z") })),
    ]);
    let due = machine.app.notices(&machine.view(), machine.now);
    assert_eq!(due.fresh.len(), 1, "together");
    insta::assert_snapshot!(format!("{}\n{}\n{:?}", due.fresh[0].title, due.fresh[0].body, due.fresh[0].buttons), @r#"
    4 AWS credentials need you
    111122223333:user/me ends in 10 min
    mfa ends in 10 min
    plain ends in 10 min
    saml ends in 10 min
    [("Sign in", SignIn(Login("arn:aws:iam::111122223333:user/me"))), ("Later", Later(["ends:login:arn:aws:iam::111122223333:user/me:2026-11-22T10:10:00Z:900", "ends:profile:mfa:2026-11-22T10:10:00Z:900", "ends:profile:plain:2026-11-22T10:10:00Z:900", "ends:profile:saml:2026-11-22T10:10:00Z:900"]))]
    "#);
    let alone: Vec<_> = ["login", "mfa", "saml", "plain"]
        .into_iter()
        .map(|name| {
            let mut view = machine.view();
            view.sessions.retain(|session| session.profiles == [name]);
            view.profiles.retain(|profile| profile.name == name);
            let due = machine.app.notices(&view, machine.now);
            format!("{}: {}", due.fresh[0].title, due.fresh[0].body.replace('\n', " "))
        })
        .collect();
    insta::assert_snapshot!(alone.join("\n"), @"
    111122223333:user/me ends in 10 min: One click signs you in again, in your browser.
    mfa ends in 10 min: Renew these credentials in a terminal: aws sts get-caller-identity --profile mfa
    saml ends in 10 min: Renew these credentials in a terminal: saml2aws login --profile saml
    plain ends in 10 min: Renew these credentials with the tool that made them.
    ");
}

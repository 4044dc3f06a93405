//! Whatever comes, the core does not panic, does not spin, and shows no secret.

use crate::simulation::{
    CORP, LEGACY, LOGIN, Machine, corp, error, keys, legacy, login, login_token, minutes, registered, started, token,
};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::cache::{LoginToken, Registration, RoleCredentials, Token};
use relight_core::config::{Config, Environment, Files, Merged, SessionId};
use relight_core::flow::{ErrorKind, Reply};
use relight_core::ini::Document;
use relight_core::menu::menu;
use relight_core::text;
use relight_core::time::{SignedDuration, read_date};
use relight_core::tools;
use relight_core::world::{Content, LoginFile, Seen};

/// Text that looks like a config file, to get deeper than random bytes do.
fn config_like() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        "[a-z\\-_ #;:=\"\\[\\]]{0,12}",
        "(sso_session|sso_start_url|sso_region|role_arn|source_profile|aws_access_key_id|aws_session_token|expiration)",
        "[\\PC]{0,6}"
    ];
    let line = prop_oneof![
        word.clone(),
        (word.clone(), word.clone()).prop_map(|(key, value)| format!("{key} = {value}")),
        word.clone().prop_map(|name| format!("[profile {name}]")),
        word.clone().prop_map(|name| format!("[sso-session {name}]")),
        word.prop_map(|text| format!("  {text}")),
    ];
    let text = proptest::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n").into_bytes());
    prop_oneof![text, proptest::collection::vec(any::<u8>(), 0..400)]
}

#[derive(Clone, Debug)]
enum Happening {
    Act(u8),
    Wait(i64),
    ClockSet(i64),
    TokenFile(Vec<u8>),
    Token(i64, bool),
    Answer(u8),
    LateAnswer(u8),
    Disk(bool),
    Held(bool),
    Locked(bool),
    Config(Vec<u8>),
    Credentials(Vec<u8>),
    Login(i64, Option<i64>),
    StrayReply(u64, u8),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        (0..10u8).prop_map(Happening::Act),
        (0..40_000i64).prop_map(Happening::Wait),
        (-4_000_000_000..4_000_000_000i64).prop_map(Happening::ClockSet),
        proptest::collection::vec(any::<u8>(), 0..60).prop_map(Happening::TokenFile),
        (any::<i32>(), any::<bool>()).prop_map(|(left, refreshable)| Happening::Token(left.into(), refreshable)),
        (0..15u8).prop_map(Happening::Answer),
        (0..15u8).prop_map(Happening::LateAnswer),
        any::<bool>().prop_map(Happening::Disk),
        any::<bool>().prop_map(Happening::Held),
        any::<bool>().prop_map(Happening::Locked),
        config_like().prop_map(Happening::Config),
        config_like().prop_map(Happening::Credentials),
        (any::<i32>(), proptest::option::of(any::<i32>()))
            .prop_map(|(left, age)| Happening::Login(left.into(), age.map(Into::into))),
        (0..20u64, 0..8u8).prop_map(|(ticket, reply)| Happening::StrayReply(ticket, reply)),
    ]
}

fn answer(number: u8) -> crate::simulation::Answered {
    match number {
        0 => registered(),
        1 => started(),
        2 => token(3600, Some("SECRET-refresh")),
        3 => token(i64::MAX, None),
        4 => error(ErrorKind::AuthorizationPending),
        5 => error(ErrorKind::SlowDown),
        6 => error(ErrorKind::InvalidGrant),
        7 => error(ErrorKind::InvalidClient),
        8 => error(ErrorKind::Network),
        9 => error(ErrorKind::ExpiredToken),
        10 => error(ErrorKind::Unauthorized),
        12 => keys(900, "SECRET-refresh"),
        13 => error(ErrorKind::LoginOver),
        14 => error(ErrorKind::CredentialsChanged),
        _ => Ok(relight_core::flow::Answer::LoggedOut),
    }
}

fn reply(number: u8) -> Reply {
    match number {
        0 => Reply::Locked,
        1 => Reply::LockHeld,
        2 => Reply::LockFreed,
        3 => Reply::LockFailed("read-only".into()),
        4 => Reply::Written(Ok(())),
        5 => Reply::Written(Err("full".into())),
        6 => Reply::BrowserFailed("none".into()),
        _ => Reply::Registrations(Vec::new()),
    }
}

fn happens(machine: &mut Machine, happening: Happening) {
    match happening {
        Happening::Act(number) => {
            let session = if number % 2 == 0 { corp() } else { legacy() };
            match number {
                0 | 1 => machine.act(Action::SignIn(session)),
                2 => machine.act(Action::Cure),
                3 => machine.act(Action::RefreshAll),
                4 => machine.act(Action::SignInAll(vec![corp(), legacy(), SessionId::SsoSession("gone".into())])),
                5 => machine.act(Action::Cancel(session)),
                6 => machine.event(Event::Logout(vec![session])),
                8 => machine.event(Event::Logout(vec![login()])),
                9 => machine.act(Action::SignIn(login())),
                _ => machine.act(Action::OpenPage(session)),
            }
        }
        Happening::Wait(seconds) => machine.wait(SignedDuration::from_secs(seconds)),
        Happening::ClockSet(seconds) => {
            machine.now = relight_core::time::after(machine.now, SignedDuration::from_secs(seconds));
            machine.event(Event::Tick);
        }
        Happening::TokenFile(bytes) => {
            machine.files.insert(
                corp().token_file().as_str().into(),
                (String::from_utf8_lossy(&bytes).into_owned(), machine.now),
            );
            machine.see(&corp());
        }
        Happening::Token(left, refreshable) => {
            if machine.app.world.config.sessions.contains_key(&corp()) {
                machine.token(
                    &corp(),
                    minutes(1),
                    SignedDuration::from_secs(left),
                    refreshable.then_some("SECRET-refresh"),
                );
            }
        }
        Happening::Answer(number) => machine.answers.push_back(answer(number)),
        Happening::LateAnswer(number) if !machine.unanswered.is_empty() => machine.answer_late(answer(number)),
        Happening::LateAnswer(_) => {}
        Happening::Disk(full) => machine.disk_full = full,
        Happening::Held(held) => machine.held = held,
        Happening::Locked(locked) => machine.event(Event::ScreenLocked(locked)),
        Happening::Config(bytes) => machine.event(Event::Seen(vec![Seen::Config(Content::Read(bytes))])),
        Happening::Credentials(bytes) => machine.event(Event::Seen(vec![Seen::Credentials(Content::Read(bytes))])),
        Happening::Login(left, age) => {
            let after = |seconds| relight_core::time::after(machine.now, SignedDuration::from_secs(seconds));
            let token = LoginToken { expires_zoned: left % 2 == 0, ..login_token(after(left), age.map(after)) };
            let text = token.write().expose().to_owned();
            machine.files.insert(login().token_file().as_str().into(), (text, machine.now));
            let file = LoginFile { token: Ok(Box::new(token)), modified: Some(machine.now) };
            machine.event(Event::Seen(vec![Seen::Login(login().token_file(), Content::Read(file))]));
        }
        Happening::StrayReply(ticket, number) => {
            machine.event(Event::Reply(relight_core::app::Ticket(ticket), reply(number)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(config in config_like(), credentials in config_like()) {
        let files = Files { config: Document::parse(&config), credentials: Document::parse(&credentials), config_path: "c".into(), credentials_path: "k".into() };
        let _ = Merged::new(&files);
        let _ = Config::new(&files, &Environment::default());
        let _ = Token::parse(&config);
        let _ = Registration::parse(&config);
        let _ = RoleCredentials::parse(&config);
        let _ = LoginToken::parse(&config);
        let _ = read_date(&String::from_utf8_lossy(&config));
        let _ = tools::read_kubeconfig(&config, |_| None);
        let _ = (tools::lookups(&config), tools::registry_logins(&config));
        let _ = (tools::old_go_sdk(&config), tools::old_javascript_sdk(&config));
    }

    #[test]
    fn any_date_is_read_or_refused(text in "[0-9TZUC:+\\-. ]{0,40}") {
        let _ = read_date(&text);
    }

    #[test]
    fn any_events_leave_the_program_whole(happenings in proptest::collection::vec(happening(), 0..40)) {
        let mut machine = Machine::new(&format!("{CORP}{LEGACY}{LOGIN}"));
        for one in happenings {
            happens(&mut machine, one);
            let view = machine.view();
            let wakeup = machine.app.next_wakeup(&view);
            prop_assert!(wakeup.is_none_or(|(at, _)| at > machine.now), "it would spin: {wakeup:?}");
            let json = serde_json::to_string(&view).unwrap();
            let menu = format!("{:?}", menu(&view, machine.now, &TimeZone::UTC));
            let notices = format!("{:?}", machine.app.notices(&view, machine.now));
            let words = text::headline(&view, machine.now) + &text::details(&view, machine.now, &TimeZone::UTC);
            let debug = format!("{:?}", machine.app);
            for shown in [json, menu, notices, words, debug] {
                prop_assert!(!shown.contains("SECRET"), "{shown}");
            }
            prop_assert!(view.logins().count() <= 3);
        }
    }
}

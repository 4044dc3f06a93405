//! Two home folders: `HOME` is set on Windows, to another folder than `USERPROFILE`.

use crate::simulation::{CORP, NOW, at, minutes};
use relight_core::app::App;
use relight_core::cache::{CacheName, Token};
use relight_core::config::{Environment, Located, Platform, SessionId, Surroundings};
use relight_core::homes::{Writing, best};
use relight_core::settings::Settings;
use relight_core::time::{Timestamp, write_date};
use relight_core::view::{By, View};
use relight_core::world::{Content, Seen, ShownPaths, TokenFile};
use std::fmt::Write;

type Held = Content<TokenFile>;

fn environment() -> Environment {
    let variable = |name: &str| match name {
        "HOME" => Some(r"H:\".to_owned()),
        "USERPROFILE" => Some(r"C:\Users\me".to_owned()),
        _ => None,
    };
    let around =
        Surroundings { platform: Platform::Windows, variable: &variable, system_home: None, exists: &|_| false };
    Environment::read(variable).located(Located::find(&around).unwrap())
}

/// What is seen of a home's config file, and of the token of `corp` there.
struct Files<'a> {
    config: &'a str,
    token: Held,
}

fn view(files: [Files<'_>; 2], both_homes: Option<bool>) -> (App, View) {
    let paths = ShownPaths {
        config: r"H:\.aws\config".into(),
        credentials: r"H:\.aws\credentials".into(),
        ..ShownPaths::default()
    };
    let mut app = App::new(By::Terminal, false, paths, environment());
    let read = |files: Files<'_>| {
        let config = Content::Read(files.config.as_bytes().to_vec());
        [Seen::Config(config), Seen::Token(corp_file(), files.token)]
    };
    let [own, other] = files.map(read);
    let elsewhere = other.map(|seen| Seen::Elsewhere(1, Box::new(seen)));
    app.world.take(own.into_iter().chain(elsewhere).collect());
    app.world.take(vec![Seen::Settings(Settings { both_homes, ..Settings::default() }, Vec::new())]);
    let view = app.view(at(NOW));
    (app, view)
}

fn corp_file() -> CacheName {
    SessionId::SsoSession("corp".into()).token_file()
}

/// A token that ends so many minutes from now.
fn token(mark: &str, left: i64, refresh: Option<&str>) -> Held {
    let end = at(NOW) + minutes(left);
    let refresh = refresh.map(|token| format!(r#", "clientId": "cid", "clientSecret": "cs", "registrationExpiresAt": "2027-02-01T00:00:00Z", "refreshToken": "{token}""#));
    let text = format!(
        r#"{{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": "{mark}", "expiresAt": "{}"{}}}"#,
        write_date(end),
        refresh.unwrap_or_default()
    );
    Content::Read(TokenFile { token: Token::parse(text.as_bytes()), modified: None })
}

fn damaged() -> Held {
    Content::Read(TokenFile { token: Token::parse(b"{"), modified: None })
}

fn said(view: &View) -> String {
    let mut out = String::new();
    for session in &view.sessions {
        let end = session.expires_at.map(|end: Timestamp| write_date(end)).unwrap_or_default();
        writeln!(out, "{} {:?} {end} {:?}", session.name, session.state, session.profiles).unwrap();
        for problem in &session.problems {
            writeln!(out, "  {}: {}\n    {}", problem.code, problem.message, problem.hint).unwrap();
        }
    }
    for profile in &view.profiles {
        for problem in &profile.problems {
            writeln!(out, "{}: {}: {}\n    {}", profile.name, problem.code, problem.message, problem.hint).unwrap();
        }
    }
    for problem in &view.problems {
        writeln!(out, "{:?} {}: {}\n    {}", problem.severity, problem.code, problem.message, problem.hint).unwrap();
    }
    out
}

const LAB: &str = "[sso-session lab]\nsso_start_url = https://lab.awsapps.com/start\nsso_region = us-east-1\n\n[profile lab]\nsso_session = lab\nsso_account_id = 111122223333\nsso_role_name = A\n";

#[test]
fn the_files_of_both_homes_are_read_and_told_apart() {
    let other = format!("{LAB}\n{}", CORP.replace("[profile dev]", "[profile more]"));
    let (app, view) = view(
        [Files { config: CORP, token: Content::Missing }, Files { config: &other, token: Content::Missing }],
        None,
    );
    insta::assert_snapshot!(said(&view), @r#"
    corp SignedOut  ["dev", "more"]
    lab SignedOut  ["lab"]
    Warning homes-differ: Clients have unlike home folders: H:\ (the SDKs for Java, JavaScript and Rust), C:\Users\me (boto3, the AWS CLI and the SDK for Go).
        Best is one for all: let HOME and USERPROFILE name the same folder. Until then, say in Relight's settings whether it writes tokens to both: both_homes = true, or false.
    "#);
    insta::assert_snapshot!(serde_json::to_string_pretty(&view.other_homes).unwrap(), @r#"
    [
      {
        "home": "C:\\Users\\me",
        "clients": [
          "AWS CLI",
          "boto3",
          "SDK for Go"
        ],
        "config": "C:\\Users\\me\\.aws\\config",
        "credentials": "C:\\Users\\me\\.aws\\credentials"
      }
    ]
    "#);
    let writing = app.world.writing();
    let lab = SessionId::SsoSession("lab".into()).token_file();
    assert_eq!(writing.elsewhere.into_iter().collect::<Vec<_>>(), [(lab, 1)]);
}

#[test]
fn two_profiles_of_one_name_that_differ_are_a_problem() {
    let other = CORP.replace("region = ", "region = x").replace("sso_account_id = 1", "sso_account_id = 2");
    let (_, view) = view(
        [Files { config: CORP, token: Content::Missing }, Files { config: &other, token: Content::Missing }],
        Some(false),
    );
    insta::assert_snapshot!(said(&view), @r#"
    corp SignedOut  ["dev"]
    dev: profile-of-two-homes: C:\Users\me\.aws\config has a profile of this name too, and says something else.
        Make them alike, or give one another name: clients with another home folder take that one.
    Info homes-differ: Clients have unlike home folders: H:\ (the SDKs for Java, JavaScript and Rust), C:\Users\me (boto3, the AWS CLI and the SDK for Go).
        Best is one for all: let HOME and USERPROFILE name the same folder. Relight leaves each token in the home that it is in.
    "#);
}

#[test]
fn a_sign_in_that_some_clients_do_not_find_is_told() {
    let files = |own: Held, other: Held| [Files { config: CORP, token: own }, Files { config: CORP, token: other }];
    let (_, unsaid) = view(files(Content::Missing, token("at", 50, None)), None);
    insta::assert_snapshot!(said(&unsaid), @r#"
    corp Valid 2026-11-22T10:50:00Z ["dev"]
      token-in-one-home: This sign-in is not in the home folder of the SDKs for Java, JavaScript and Rust.
        Let Relight write tokens to both homes: both_homes = true in its settings.
    Warning homes-differ: Clients have unlike home folders: H:\ (the SDKs for Java, JavaScript and Rust), C:\Users\me (boto3, the AWS CLI and the SDK for Go).
        Best is one for all: let HOME and USERPROFILE name the same folder. Until then, say in Relight's settings whether it writes tokens to both: both_homes = true, or false.
    "#);
    let (_, yes) = view(files(token("at", 50, None), token("old", -5, None)), Some(true));
    insta::assert_snapshot!(said(&yes), @r#"
    corp Valid 2026-11-22T10:50:00Z ["dev"]
      token-in-one-home: This sign-in is not in the home folder of boto3, the AWS CLI and the SDK for Go.
        The next renewal writes it there too; so does a refresh now.
    Info homes-differ: Clients have unlike home folders: H:\ (the SDKs for Java, JavaScript and Rust), C:\Users\me (boto3, the AWS CLI and the SDK for Go).
        Best is one for all: let HOME and USERPROFILE name the same folder. Until then, Relight writes tokens to both.
    "#);
    let (_, no) = view(files(token("at", 50, None), damaged()), Some(false));
    insta::assert_snapshot!(said(&no), @r#"
    corp Valid 2026-11-22T10:50:00Z ["dev"]
    Info homes-differ: Clients have unlike home folders: H:\ (the SDKs for Java, JavaScript and Rust), C:\Users\me (boto3, the AWS CLI and the SDK for Go).
        Best is one for all: let HOME and USERPROFILE name the same folder. Relight leaves each token in the home that it is in.
    "#);
    // Each has one that can be used, or renewed.
    let (_, both) = view(files(token("at", 50, None), token("other", -5, Some("rt"))), None);
    assert_eq!(both.sessions[0].problems, []);
}

#[test]
fn the_token_that_ends_last_counts() {
    let none = Content::Missing;
    let unreadable = || Content::Unreadable { reason: "permission denied".into() };
    let cases = [
        ([none.clone(), none.clone()], 0),
        ([token("a", 5, None), token("b", 5, None)], 0),
        ([token("a", 5, None), token("b", 6, None)], 1),
        ([none.clone(), token("b", -5, None)], 1),
        ([damaged(), token("b", 5, None)], 1),
        ([unreadable(), damaged()], 0),
        ([unreadable(), token("b", 5, None)], 1),
        ([token("a", 5, None), damaged()], 0),
    ];
    for (held, expected) in cases {
        assert_eq!(best(&held), expected, "{held:?}");
    }
}

#[test]
fn a_token_goes_where_the_person_said_or_where_it_was() {
    let name = corp_file();
    let keep = Writing::default();
    let everywhere = Writing { everywhere: true, ..Writing::default() };
    let elsewhere = Writing { elsewhere: [(name.clone(), 1)].into(), ..Writing::default() };
    let none = || Content::Missing;
    let cases: [(&Writing, [Held; 2], &[usize]); 10] = [
        (&keep, [none(), none()], &[0]),
        (&elsewhere, [none(), none()], &[1]),
        (&everywhere, [none(), none()], &[0, 1]),
        (&keep, [token("a", 5, Some("r")), none()], &[0]),
        (&keep, [none(), token("a", 5, Some("r"))], &[1]),
        (&everywhere, [none(), token("a", 5, Some("r"))], &[0, 1]),
        // Another sign-in stays, unless the person said otherwise.
        (&keep, [token("a", 5, Some("r")), token("b", 9, Some("s"))], &[1]),
        (&everywhere, [token("a", 5, Some("r")), token("b", 9, Some("s"))], &[0, 1]),
        // A copy would be worthless.
        (&keep, [token("a", 5, Some("r")), token("b", 9, Some("r"))], &[0, 1]),
        (&keep, [damaged(), damaged()], &[0]),
    ];
    for (writing, held, expected) in cases {
        assert_eq!(writing.homes(&name, &held), expected, "{writing:?} {held:?}");
    }
    // A home that is not there any more.
    assert_eq!(elsewhere.homes(&name, &[token("a", 5, None)]), [0]);
    assert_eq!(elsewhere.homes::<Token>(&name, &[Content::Missing]), [0]);
}

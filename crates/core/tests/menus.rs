//! The menu and the tooltip.

use crate::simulation::{CORP, LEGACY, Machine, corp, legacy, minutes, registered, started};
use jiff::tz::TimeZone;
use relight_core::menu::{Item, menu};
use relight_core::text;
use std::fmt::Write;

fn lines(items: &[Item], indent: usize, out: &mut String) {
    for item in items {
        let pad = "  ".repeat(indent);
        match item {
            Item::Label(text) => writeln!(out, "{pad}{text}").unwrap(),
            Item::Button { text, action } => writeln!(out, "{pad}[{text}] {action:?}").unwrap(),
            Item::Separator => writeln!(out, "{pad}---").unwrap(),
            Item::Submenu { text, items } => {
                writeln!(out, "{pad}{text} >").unwrap();
                lines(items, indent + 1, out);
            }
        }
    }
}

fn shown(machine: &Machine) -> String {
    let mut out = String::new();
    lines(&menu(&machine.view(), machine.now, &TimeZone::UTC), 0, &mut out);
    out
}

fn machine() -> Machine {
    Machine::with_credentials(
        &format!(
            "{CORP}{LEGACY}[sso-session lab]\nsso_start_url = https://lab\nsso_region = x\n[profile lost]\nsso_session = nowhere\n"
        ),
        "[ci]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
    )
}

#[test]
fn problems_come_first_and_quiet_ones_last() {
    let mut machine = machine();
    machine.token(&corp(), minutes(0), minutes(47), Some("rt"));
    machine.token(&legacy(), minutes(500), minutes(-12), None);
    insta::assert_snapshot!(shown(&machine), @r#"
    [Sign in to old (ended 12 min ago)] SignIn(Legacy("https://old.awsapps.com/start"))
    ---
    corp: 47 min left, renews itself >
      [Sign in again] SignIn(SsoSession("corp"))
      [Start a fresh session] Renew(SsoSession("corp"))
      ---
      dev, 111122223333, Developer
      ---
      [Pin] Set(Pinned { name: "sso-session:corp", on: true })
      [Mute] Set(Muted { name: "sso-session:corp", on: true })
    old: ended 12 min ago >
      [Sign in] SignIn(Legacy("https://old.awsapps.com/start"))
      ---
      old, 444455556666, Analyst
      ---
      [Pin] Set(Pinned { name: "sso-legacy:https://old.awsapps.com/start", on: true })
      [Mute] Set(Muted { name: "sso-legacy:https://old.awsapps.com/start", on: true })
    ---
    Not signed in (1) >
      [lab: not signed in] SignIn(SsoSession("lab"))
    Other credentials (2) >
      ci: never ends
      lost: unusable
    Problems (2) >
      ~/.aws/config, line 17: sso_session names 'nowhere', but there is no [sso-session nowhere] in ~/.aws/config.
      ~/.aws/config, line 16: This profile is for SSO but lacks sso_account_id and sso_role_name.
    ---
    [Refresh now] RefreshAll
    [Open Relight] OpenWindow(Sessions)
    [Explain an error] OpenWindow(Explain)
    [Add an organisation] OpenWindow(Add)
    [Settings] OpenWindow(Settings)
    [Quit Relight (you stay signed in)] Quit
    "#);
    insta::assert_snapshot!(text::details(&machine.view(), machine.now, &TimeZone::UTC), @"
    corp: 47 min left, renews itself
    old: ended 12 min ago
    ");
}

#[test]
fn a_sign_in_under_way_shows_its_code_and_can_be_given_up() {
    let mut machine = machine();
    machine.answers.extend([registered(), started()]);
    machine.sign_in_by_code(corp());
    insta::assert_snapshot!(shown(&machine).lines().take(4).collect::<Vec<_>>().join("\n"), @r#"
    corp: signing in, code KJTX-QWPM >
      [Open the page again] OpenPage(SsoSession("corp"))
      [Cancel] Cancel(SsoSession("corp"))
    ---
    "#);
}

#[test]
fn a_level_is_cut_at_twenty_and_says_so() {
    let mut config = String::from(CORP);
    for number in 0..30 {
        writeln!(config, "[profile p{number:02}]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = R").unwrap();
    }
    let mut machine = Machine::new(&config);
    machine.token(&corp(), minutes(0), minutes(47), Some("rt"));
    let shown = shown(&machine);
    assert_eq!(shown.matches(", 1, R").count(), 19);
    assert!(shown.contains("[11 more…] OpenWindow(Sessions)"), "{shown}");
}

#[test]
fn other_credentials_have_their_end_and_what_renews_them() {
    let key = "aws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = x\naws_session_token = y\n";
    let machine = Machine::with_credentials(
        "[profile vendor]\ncredential_process = /bin/vendor\n[profile me]\nlogin_session = arn:aws:iam::111122223333:user/me\n",
        &format!(
            "[saml]\n{key}x_principal_arn = arn:x\nx_security_token_expires = 2026-11-22T10:10:00Z\n\
             [long]\n{key}x_security_token_expires = 2026-11-22T18:00:00Z\n"
        ),
    );
    insta::assert_snapshot!(shown(&machine), @r#"
    long: 8 h left, until 18:00
    saml: 10 min left, until 10:10 >
      Renew it in a terminal: saml2aws login --profile saml
    ---
    Not signed in (1) >
      [111122223333:user/me: not signed in] SignIn(Login("arn:aws:iam::111122223333:user/me"))
    Other credentials (1) >
      vendor: not known until its program is run >
        [Run its program] RunProcess("vendor")
    ---
    [Refresh now] RefreshAll
    [Open Relight] OpenWindow(Sessions)
    [Explain an error] OpenWindow(Explain)
    [Add an organisation] OpenWindow(Add)
    [Settings] OpenWindow(Settings)
    [Quit Relight (you stay signed in)] Quit
    "#);
}

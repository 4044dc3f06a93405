//! How sessions and profiles stand (aws-sessions.md 2.7).

use crate::simulation::{CORP, LEGACY, Machine, at, corp, legacy, minutes};
use relight_core::cache::RoleCredentials;
use relight_core::status::State;
use relight_core::time::SignedDuration;
use relight_core::world::{Content, Seen};
use std::fmt::Write;

fn profiles(machine: &Machine) -> String {
    let mut out = String::new();
    for profile in machine.view().profiles {
        let end = profile.expires_at.map_or(String::new(), |end| format!(" {end}"));
        let key = profile.expires_key.map_or(String::new(), |key| format!(" by {key}"));
        let session = profile.session.map_or(String::new(), |session| format!(" of {session}"));
        let problems: Vec<_> = profile.problems.iter().map(|problem| problem.code).collect();
        writeln!(
            out,
            "{} {} {:?}{end} {:?}{key}{session} {}",
            profile.name,
            profile.kind,
            profile.state,
            profile.expires_basis,
            problems.join(" ")
        )
        .unwrap();
    }
    out
}

#[test]
fn a_session_stands_as_its_token_file_says() {
    let states = |config: &str, id, refresh| {
        let mut machine = Machine::new(config);
        machine.app.world.settings.silent_refresh = false;
        let mut seen = vec![machine.session(&id).state];
        for left in [60, 10, 0, -1] {
            machine.token(&id, minutes(480), minutes(left), refresh);
            seen.push(machine.session(&id).state);
        }
        seen
    };
    use State::{Expired, Expiring, SignedOut, Stale, Valid};
    assert_eq!(states(CORP, corp(), Some("rt")), [SignedOut, Valid, Valid, Stale, Stale]);
    assert_eq!(states(CORP, corp(), None), [SignedOut, Valid, Expiring, Expired, Expired]);
    assert_eq!(states(LEGACY, legacy(), Some("rt")), [SignedOut, Valid, Expiring, Expired, Expired]);
}

#[test]
fn expired_looks_expired_at_the_second() {
    let mut machine = Machine::new(LEGACY);
    machine.token(&legacy(), minutes(0), minutes(480), None);
    machine.wait(minutes(480) - SignedDuration::from_secs(1));
    assert_eq!(machine.session(&legacy()).state, State::Expiring);
    let wakeup = machine.app.next_wakeup(&machine.view()).unwrap().0;
    assert_eq!(wakeup, at("2026-11-22T18:00:00Z"));
    machine.wait(SignedDuration::from_secs(1));
    assert_eq!(machine.session(&legacy()).state, State::Expired);
}

#[test]
fn every_kind_is_named_and_what_cannot_be_told_is_unknown() {
    let mut machine = Machine::with_credentials(
        &format!(
            "{CORP}[profile deploy]\nrole_arn = arn:aws:iam::222222222222:role/team/Deploy\nsource_profile = dev\n\
             [profile chained]\nrole_arn = arn:aws:iam::333333333333:role/R\nsource_profile = deploy\n\
             [profile web]\nrole_arn = arn:x\nweb_identity_token_file = /t\n[profile proc]\ncredential_process = /bin/x\n\
             [profile login]\nlogin_session = arn:aws:iam::1:user/me\n[profile empty]\nregion = x\n\
             [profile ec2]\nrole_arn = arn:x\ncredential_source = Ec2InstanceMetadata\n"
        ),
        "[ci]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n\
         [tmp]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\nx_security_token_expires = 2026-11-22T12:00:00Z\n\
         [over]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\naws_expiration = 2026-11-22T09:00:00.000Z\n\
         [dark]\naws_access_key_id = ASIAEXAMPLEEXAMPLE00\naws_secret_access_key = x\naws_session_token = y\n\
         [half]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
    );
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    insta::assert_snapshot!(profiles(&machine), @"
    chained assume-role Valid 2026-11-22T11:00:00Z SourceProfile of sso-session:corp 
    ci static Endless None 
    dark temporary Unknown None 
    deploy assume-role Valid 2026-11-22T11:00:00Z SourceProfile of sso-session:corp 
    dev sso Valid 2026-11-22T11:00:00Z SsoToken of sso-session:corp 
    ec2 assume-role Unknown None 
    empty none Unknown None 
    half static Broken None partial-credentials
    login login SignedOut None of login:arn:aws:iam::1:user/me 
    over temporary Expired 2026-11-22T09:00:00Z FileKey by aws_expiration 
    proc credential-process Unknown None 
    tmp temporary Valid 2026-11-22T12:00:00Z FileKey by x_security_token_expires 
    web web-identity Broken None web-identity-token
    ");
}

#[test]
fn broken_configuration_names_what_is_missing() {
    let machine = Machine::new(
        "[profile dangling]\nsso_session = nowhere\nsso_account_id = 1\nsso_role_name = R\n\
         [profile half]\nsso_start_url = https://x\nsso_region = eu-west-1\nsso_account_id = 1\n\
         [profile none]\nsso_account_id = 1\nsso_role_name = R\n\
         [profile loop1]\nrole_arn = a\nsource_profile = loop2\n[profile loop2]\nrole_arn = a\nsource_profile = loop1\n\
         [profile self]\nrole_arn = a\nsource_profile = self\n[profile lost]\nrole_arn = a\nsource_profile = gone\n\
         [profile behind]\nrole_arn = a\nsource_profile = lost\n\
         [sso-session bare]\nsso_region = x\n[profile b]\nsso_session = bare\n",
    );
    insta::assert_snapshot!(profiles(&machine), @"
    b sso Broken None of sso-session:bare 
    behind assume-role Broken None 
    dangling sso Broken None dangling-sso-session
    half sso Broken None of sso-legacy:https://x sso-config-incomplete
    loop1 assume-role Broken None source-profile-broken
    loop2 assume-role Broken None source-profile-broken
    lost assume-role Broken None source-profile-broken
    none sso Broken None sso-config-incomplete
    self assume-role Broken None source-profile-broken
    ");
    let bare = machine.view().sessions.iter().find(|session| session.name == "bare").cloned().unwrap();
    assert_eq!(
        (bare.state, bare.problems[0].message.as_str()),
        (State::Broken, "[sso-session bare] lacks sso_start_url.")
    );
}

#[test]
fn an_mfa_role_stands_as_its_cache_says() {
    let mut machine = Machine::with_credentials(
        "[profile mfa]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = ci\nmfa_serial = arn:aws:iam::1:mfa/me\n",
        "[ci]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
    );
    let state = |machine: &Machine| machine.view().profiles.iter().find(|profile| profile.name == "mfa").unwrap().state;
    assert_eq!(state(&machine), State::Unknown);
    let name = machine.app.world.role_files().next().unwrap().clone();
    for (left, expected) in [(60, State::Valid), (10, State::Expiring), (-1, State::Expired)] {
        let role = RoleCredentials { expires_at: machine.now + minutes(left) };
        machine.app.world.take(vec![Seen::Role(name.clone(), Some(role))]);
        assert_eq!(state(&machine), expected);
    }
}

#[test]
fn a_chain_of_ten_thousand_is_followed_without_a_stack() {
    let mut config =
        String::from("[profile p0]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n");
    for number in 1..10_000 {
        writeln!(config, "[profile p{number}]\nrole_arn = a\nsource_profile = p{}", number - 1).unwrap();
    }
    let machine = Machine::new(&config);
    assert!(machine.view().profiles.iter().all(|profile| profile.state == State::Endless));
}

#[test]
fn a_config_that_cannot_be_read_now_keeps_what_was_read_and_says_so() {
    let mut machine = Machine::new(CORP);
    machine.app.world.take(vec![Seen::Config(Content::Unreadable { reason: "permission denied".into() })]);
    let view = machine.view();
    assert_eq!(view.sessions.len(), 1);
    assert_eq!(view.problems[0].message, "~/.aws/config cannot be read: permission denied.");
    machine.app.world.take(vec![Seen::Config(Content::Missing)]);
    assert_eq!((machine.view().sessions.len(), machine.view().problems.len()), (0, 0));
}

#[test]
fn a_token_for_another_start_url_is_told() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(0), minutes(60), None);
    let file = machine.files.get_mut(corp().token_file().as_str()).unwrap();
    file.0 = file.0.replace("https://corp.awsapps.com/start", "https://was.awsapps.com/start?x=y");
    machine.see(&corp());
    assert_eq!(
        machine.session(&corp()).problems[0].message,
        "This token was made for https://was.awsapps.com/start, but the configuration says https://corp.awsapps.com/start."
    );
}

#[test]
fn a_secret_that_was_indented_by_mistake_is_shown_nowhere() {
    let lines = "  aws_secret_access_key = SECRET\n  aws_session_token = SECRET\n";
    let machine = Machine::with_credentials(
        &format!(
            "[sso-session corp]\nsso_start_url = https://c\n{lines}sso_region = r\n{lines}[profile a]\nregion = x\n{lines}sso_session = corp\n{lines}sso_account_id = 1\n{lines}sso_role_name = R\n{lines}[profile b]\nsso_session = gone\n{lines}[profile c]\nrole_arn = arn:aws:iam::1:role/R\n{lines}source_profile = gone\n{lines}"
        ),
        &format!("[k]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n{lines}aws_secret_access_key = SECRET\n{lines}"),
    );
    let view = machine.view();
    let shown = serde_json::to_string(&view).unwrap()
        + &format!("{:?}", relight_core::menu::menu(&view, machine.now, &jiff::tz::TimeZone::UTC));
    assert!(!shown.contains("SECRET"), "{shown}");
    assert!(shown.contains("AKIA…MPLE"), "{shown}");
}

#[test]
fn a_source_profiles_own_key_comes_before_its_own_role_and_the_providers_come_in_botocores_order() {
    let machine = Machine::with_credentials(
        "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n\
         [profile self]\nrole_arn = r\nsource_profile = self\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n\
         [profile process]\ncredential_process = /bin/x\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n\
         [profile stale]\ncredential_process = /bin/x\n[profile keyed]\nsso_start_url = https://x\nsso_region = y\n",
        "[b]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n[stale]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n\
         [keyed]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
    );
    insta::assert_snapshot!(profiles(&machine), @"
    a assume-role Endless None 
    b assume-role Broken None source-profile-broken
    keyed static Endless None credentials-differ
    process credential-process Unknown None credentials-differ
    self assume-role Endless None 
    stale static Endless None credentials-differ
    ");
}

#[test]
fn chains_that_end_nowhere_are_walked_once() {
    let mut config = String::from(
        "[profile p0]\nrole_arn = a\nsource_profile = gone\n[profile q0]\nrole_arn = a\nsource_profile = q9999\n",
    );
    for number in 1..10_000 {
        writeln!(config, "[profile p{number}]\nrole_arn = a\nsource_profile = p{0}\n[profile q{number}]\nrole_arn = a\nsource_profile = q{0}", number - 1).unwrap();
    }
    let machine = Machine::new(&config);
    let view = machine.view();
    assert!(view.profiles.iter().all(|profile| profile.state == State::Broken));
    assert_eq!(
        view.profiles.iter().filter(|profile| profile.name.starts_with('p') && !profile.problems.is_empty()).count(),
        1
    );
}

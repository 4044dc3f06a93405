//! Whether credentials last, as `relight check` says it.

use crate::simulation::{CORP, Machine, NOW, at, corp};
use relight_core::credentials::lasting;
use relight_core::time::SignedDuration;

const OTHERS: &str = "[profile program]\ncredential_process = x\n\
    [profile instance]\nrole_arn = arn:aws:iam::222222222222:role/R\ncredential_source = Ec2InstanceMetadata\n\
    [profile nothing]\nregion = eu-west-1\n\
    [profile gap]\nsso_session = corp\nsso_account_id = 111122223333\n\
    [profile astray]\nsso_session = gone\nsso_account_id = 111122223333\nsso_role_name = R\n\
    [sso-session empty]\n[profile hollow]\nsso_session = empty\nsso_account_id = 111122223333\nsso_role_name = R\n\
    [profile deploy]\nrole_arn = arn:aws:iam::222222222222:role/R\nsource_profile = dev\n";

fn said(machine: &Machine, name: &str, hours: i64) -> String {
    let lasting = lasting(&machine.app.world, &machine.view(), name, SignedDuration::from_hours(hours)).unwrap();
    assert!(lasting.sentence.starts_with(&lasting.reason));
    format!("{} {:?} {}\n", lasting.lasts, lasting.sureness, lasting.sentence)
}

#[test]
fn a_damaged_token_is_told_with_the_cure() {
    let mut machine = Machine::new(&format!("{CORP}{OTHERS}"));
    machine.files.insert(corp().token_file().as_str().into(), ("{".into(), at(NOW)));
    machine.see(&corp());
    insta::assert_snapshot!(said(&machine, "dev", 1) + &said(&machine, "deploy", 0), @"
    false Known dev does not last for 1 h: its session corp cannot be used. The token file is damaged: it is not whole JSON (line 1, column 1). Sign in: relight login corp
    false Known deploy is not valid: its session corp cannot be used. The token file is damaged: it is not whole JSON (line 1, column 1). Sign in: relight login corp
    ");
}

#[test]
fn what_is_wrong_in_the_files_is_told_with_its_hint() {
    let machine = Machine::new(&format!("{CORP}{OTHERS}"));
    insta::assert_snapshot!(["gap", "astray", "hollow"].map(|name| said(&machine, name, 0)).concat(), @"
    false Known gap is not valid: it cannot be used. This profile is for SSO but lacks sso_role_name. Add sso_role_name, or run 'aws configure sso'.
    false Known astray is not valid: it cannot be used. sso_session names 'gone', but there is no [sso-session gone] in ~/.aws/config. Write one that is there (corp, empty), or add the section.
    false Known hollow is not valid: its session empty cannot be used. [sso-session empty] lacks sso_start_url and sso_region. Add sso_start_url and sso_region to [sso-session empty]; your administrator knows the values.
    ");
}

#[test]
fn an_end_that_is_not_known_is_said_to_be_not_known() {
    let machine = Machine::new(&format!("{CORP}{OTHERS}"));
    let names = ["program", "instance", "nothing"];
    insta::assert_snapshot!(names.map(|name| said(&machine, name, 0) + &said(&machine, name, 1)).concat(), @"
    false Unknown It is not known whether program is valid: its program must be run first. Run it: relight refresh program
    false Unknown It is not known whether program lasts for 1 h: its program must be run first. Run it: relight refresh program
    false Unknown It is not known whether instance is valid: nothing tells its end.
    false Unknown It is not known whether instance lasts for 1 h: nothing tells its end.
    false Known nothing is not valid: it has no credentials.
    false Known nothing does not last for 1 h: it has no credentials.
    ");
}

//! What the icon shows.

use crate::simulation::{CORP, LEGACY, Machine, corp, error, legacy, minutes, registered, started};
use relight_core::flow::ErrorKind;
use relight_core::icon::Icon;
use relight_core::text;

fn icon(machine: &Machine) -> (Icon, String) {
    (Icon::of(&machine.view(), machine.now), text::headline(&machine.view(), machine.now))
}

#[test]
fn the_icon_shows_the_worst_of_what_deserves_attention() {
    let mut machine = Machine::new(&format!("{CORP}{LEGACY}"));
    assert_eq!(icon(&machine), (Icon::NoData, "Not signed in".into()));
    machine.token(&corp(), minutes(0), minutes(60), Some("rt"));
    assert_eq!(icon(&machine), (Icon::SignedIn { left: 12 }, "Signed in to corp".into()));
    machine.token(&legacy(), minutes(240), minutes(240), None);
    assert_eq!(icon(&machine), (Icon::SignedIn { left: 6 }, "Signed in to 2 sessions".into()));
    machine.token(&legacy(), minutes(468), minutes(12), None);
    assert_eq!(icon(&machine), (Icon::EndsSoon { left: 1 }, "old ends in 12 min".into()));
    machine.token(&legacy(), minutes(500), minutes(-20), None);
    assert_eq!(icon(&machine), (Icon::Ended, "old has ended".into()));
    machine.token(&legacy(), minutes(500), minutes(-80 * 60), None);
    assert_eq!(icon(&machine), (Icon::SignedIn { left: 12 }, "Signed in to corp".into()), "left long ago");
}

#[test]
fn a_sign_in_under_way_wins() {
    let mut machine = Machine::new(CORP);
    machine.token(&corp(), minutes(90), minutes(-30), None);
    machine.answers.extend([registered(), started()]);
    machine.sign_in_by_code(corp());
    assert_eq!(icon(&machine), (Icon::SigningIn, "Signing in to corp: code KJTX-QWPM".into()));
}

#[test]
fn a_token_that_is_past_looks_so_once_its_refresh_failed() {
    let mut machine = Machine::new(CORP);
    machine.app.world.settings.silent_refresh = false;
    machine.token(&corp(), minutes(90), minutes(-1), Some("rt"));
    assert_eq!(icon(&machine), (Icon::SignedIn { left: 12 }, "corp is being renewed".into()));
    machine.app.world.settings.silent_refresh = true;
    machine.answers.push_back(error(ErrorKind::Network));
    machine.wait(minutes(0));
    assert_eq!(icon(&machine), (Icon::NoData, "corp could not be renewed".into()));
}

#[test]
fn a_pinned_profile_counts_whatever_its_session_does() {
    let mut machine = Machine::new(CORP);
    let attention = |machine: &Machine| machine.view().profiles[0].attention;
    assert!(!attention(&machine), "not signed in");
    machine.app.world.settings.pinned.insert("dev".into());
    assert!(attention(&machine));
    machine.app.world.settings.muted.insert("dev".into());
    assert!(!attention(&machine));
}

//! The pictures in `docs/`, made from a real panel and a real notification daemon. Made anew when `RELIGHT_PICTURES`
//! names the folder to put them in; otherwise into a folder that is thrown away, so that they can always be made.

use crate::setting::{LEGACY_URL, LONG, Result, START_URL, approve_at, aws, in_minutes, signed_in};
use relight_tests::desktop::{Daemon, Desktop};
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{World, token_file, token_text};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The profiles that the pictures show.
fn config(aws: &FakeAws) -> String {
    let session =
        |name: &str, url: &str| format!("[sso-session {name}]\nsso_start_url = {url}\nsso_region = us-east-1\n");
    let profile = |name: &str, session: &str| {
        format!(
            "[profile {name}]\nsso_session = {session}\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nendpoint_url = {}\n",
            aws.url()
        )
    };
    session("corp", START_URL)
        + &session("data-eu", LEGACY_URL)
        + &profile("dev", "corp")
        + &profile("prod", "corp")
        + &profile("analytics", "data-eu")
}

#[test]
fn pictures_of_each_state() -> Result<()> {
    let thrown_away = tempfile::tempdir()?;
    let folder = std::env::var_os("RELIGHT_PICTURES").map_or(thrown_away.path().to_owned(), PathBuf::from);
    let desktop = Desktop::start()?;
    let aws = aws();
    let world = World::at(desktop.home(), desktop.envs())?;
    world.write(".aws/config", config(&aws))?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    let mut ending = aws.grant(LEGACY_URL);
    ending.refresh_token = None;
    let file = world.write(&token_file("data-eu"), token_text(&ending, in_minutes(13)))?;
    fs::File::open(file)?.set_modified(SystemTime::now() - Duration::from_secs(8 * 3600))?;
    desktop.start_panel()?;
    desktop.start_notification_daemon(Daemon::Xfce)?;
    let _program = desktop.run(&mut world.program("relight-tray")?)?;
    let tray = desktop.wait_for_tray(LONG)?;
    let says = |words: &'static str| tray.wait_until(LONG, move |tray| Ok(tray.tooltip()?.0.contains(words)));

    says("data-eu ends in 12 min")?;
    desktop.wait_for_window("xfce4-notifyd")?;
    shoot(&desktop, &folder.join("warning.png"))?;

    tray.activate()?;
    aws.wait_for(Operation::CreateToken, 1, LONG)?;
    says("Signing in to data-eu")?;
    desktop.wait_for_window("xfce4-notifyd")?;
    shoot(&desktop, &folder.join("sign-in.png"))?;

    approve_at(&world.pages()[0])?;
    says("Signed in to 2 sessions")?;
    shoot(&desktop, &folder.join("signed-in.png"))?;
    Ok(())
}

/// The notice and the panel, without the empty screen between them.
fn shoot(desktop: &Desktop, path: &Path) -> Result<()> {
    desktop.screenshot(path)?;
    let mut cut = desktop.command("/usr/bin/convert");
    cut.arg(path).args(["(", "-clone", "0", "-crop", "420x140+604+0", "+repage", ")"]);
    cut.args(["(", "-clone", "0", "-crop", "420x38+604+562", "+repage", ")", "-delete", "0", "-append"]).arg(path);
    assert!(cut.status()?.success(), "the picture was cut");
    assert!(fs::metadata(path)?.len() > 300, "a picture was made");
    Ok(())
}

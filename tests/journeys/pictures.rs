//! The pictures in `docs/`, made from a real panel and a real notification daemon. Made anew when `RELIGHT_PICTURES`
//! names the folder to put them in; otherwise into a folder that is thrown away, so that they can always be made.

use crate::setting::{LONG, Result, approve_at};
use relight_tests::demo::{self, Schedule};
use relight_tests::desktop::{Daemon, Desktop};
use relight_tests::fake_aws::FakeAws;
use relight_tests::world::{World, program};
use std::fs;
use std::path::{Path, PathBuf};

/// The demo, held still.
fn demo(desktop: &Desktop) -> Result<(FakeAws, World)> {
    let aws = FakeAws::start();
    let world = World::at(desktop.home(), desktop.envs())?;
    demo::organisations(&aws);
    demo::furnish(&world, &aws, Schedule::STILL)?;
    Ok((aws, world))
}

/// Where the pictures go.
struct Folder {
    path: PathBuf,
    _thrown_away: tempfile::TempDir,
}

impl Folder {
    fn new() -> Result<Self> {
        let thrown_away = tempfile::tempdir()?;
        let path = std::env::var_os("RELIGHT_PICTURES").map_or(thrown_away.path().to_owned(), PathBuf::from);
        Ok(Self { path, _thrown_away: thrown_away })
    }
}

#[test]
fn pictures_of_the_tray() -> Result<()> {
    let (folder, desktop) = (Folder::new()?, Desktop::start()?);
    let (_aws, world) = demo(&desktop)?;
    desktop.start_panel()?;
    desktop.start_notification_daemon(Daemon::Xfce)?;
    let _program = desktop.run(&mut world.program("relight-tray")?)?;
    let tray = desktop.wait_for_tray(LONG)?;
    let says = |words: &'static str| tray.wait_until(LONG, move |tray| Ok(tray.tooltip()?.0.contains(words)));

    says("sandbox ends in 12 min")?;
    desktop.wait_for_window("xfce4-notifyd")?;
    shoot(&desktop, &folder.path.join("warning.png"))?;

    tray.activate()?;
    says("Signing in to sandbox")?;
    approve_at(&world.wait_for_page(1)?)?;
    says("Signed in to 3 sessions")?;
    Ok(())
}

#[test]
fn pictures_of_the_window_light_and_dark() -> Result<()> {
    let folder = Folder::new()?;
    for (name, theme) in [("light", "Adwaita"), ("dark", "Adwaita:dark")] {
        let desktop = Desktop::start()?;
        let (_aws, world) = demo(&desktop)?;
        let mut driver = world.command("WebKitWebDriver");
        let window = desktop.drive(driver.env("GTK_THEME", theme), &program("relight-window")?)?;
        window.wait_for_text("sandbox ends in 12 min")?;
        if name == "dark" {
            window.press("Sign in again to sandbox")?;
            world.wait_for_page(1)?;
            window.wait_for_text("Open page")?;
        }
        let dark = window.run("return matchMedia('(prefers-color-scheme: dark)').matches")?;
        assert_eq!(dark, name == "dark", "the page follows the desktop's colours");
        fs::write(folder.path.join(format!("window-{name}.png")), window.picture()?)?;
    }
    Ok(())
}

/// The notice and the panel, without the empty screen between them.
fn shoot(desktop: &Desktop, path: &Path) -> Result<()> {
    desktop.screenshot(path)?;
    let mut cut = desktop.command("/usr/bin/convert");
    cut.arg(path).args(["(", "-clone", "0", "-crop", "420x140+860+0", "+repage", ")"]);
    cut.args(["(", "-clone", "0", "-crop", "420x38+860+762", "+repage", ")", "-delete", "0", "-append"]).arg(path);
    assert!(cut.status()?.success(), "the picture was cut");
    assert!(fs::metadata(path)?.len() > 300, "a picture was made");
    Ok(())
}

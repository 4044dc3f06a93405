//! `settings.toml`: what a person chooses, by hand or in the window, and what follows.

use crate::setting::{LONG, Result, START_URL, aws, due_for_renewal, signed_in, world};
use relight_tests::fake_aws::Operation;
use relight_tests::world::{Running, World};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

const SETTINGS: &str = ".config/relight/settings.toml";
const LOG: &str = ".local/state/relight/log/relight.log";
const ENTRY: &str = ".config/autostart/relight.desktop";

/// Waits until the log says `words`.
fn until_logged(world: &World, words: &str) -> Result<()> {
    world.follow(&world.home().join(LOG))?.line_with(|line| line.contains(words))?;
    Ok(())
}

/// Where the tray starts from at login.
fn entry(world: &World) -> PathBuf {
    world.home().join(ENTRY)
}

#[test]
fn starting_at_login_is_kept_as_the_setting_says_and_repaired_where_the_program_moved() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let old = "[Desktop Entry]\nType=Application\nName=Relight\nExec=\"/old/relight-tray\"\nTryExec=/old/relight-tray\nHidden=true\nX-Relight=true\n";
    world.write(ENTRY, old)?;
    world.write(SETTINGS, "start_at_login = true\n")?;
    let tray = Running::start(&mut world.program("relight-tray")?)?;
    until_logged(&world, "starts at login")?;
    let text = fs::read_to_string(entry(&world))?;
    let program = relight_tests::world::program("relight-tray")?;
    assert!(text.contains(&format!("Exec=\"{}\"\n", program.display())) && !text.contains("/old/"), "{text}");
    assert!(text.contains("Hidden=true\n"), "switched off in the desktop's own settings, it stays off: {text}");

    world.write(SETTINGS, "start_at_login = false\n")?;
    until_logged(&world, "does not start at login")?;
    assert!(!entry(&world).exists());
    drop(tray);

    Ok(())
}

#[test]
fn an_entry_of_the_persons_own_is_left_alone_and_a_broken_file_takes_none_away() -> Result<()> {
    let aws = aws();
    let own = "[Desktop Entry]\nExec=mine\n";
    let world = self::world(&aws)?;
    world.write(ENTRY, own)?;
    world.write(SETTINGS, "start_at_login = true\n")?;
    let tray = Running::start(&mut world.program("relight-tray")?)?;
    until_logged(&world, "is the person's own")?;
    assert_eq!(fs::read_to_string(entry(&world))?, own);
    drop(tray);

    let ours = format!("{own}X-Relight=true\n");
    world.write(ENTRY, &ours)?;
    world.write(SETTINGS, "start_at_login = true\nmuted = [\n")?;
    due_for_renewal(&world, &aws)?;
    let _tray = Running::start(&mut world.program("relight-tray")?)?;
    // By then it has followed the settings long ago.
    aws.wait_for(Operation::CreateToken, 1, LONG)?;
    assert_eq!(fs::read_to_string(entry(&world))?, ours);
    Ok(())
}

#[test]
fn a_sessions_own_browser_command_opens_its_page() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let note = world.home().join("own");
    let script = world.write(
        "own-browser",
        format!("#!/bin/sh\necho \"$# $1 $2\" > '{}.new'\nmv '{0}.new' '{0}'\n", note.display()),
    )?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    world.write(
        SETTINGS,
        format!("[browsers]\n\"sso-session:corp\" = \"'{}' --profile={{}} work\"\n", script.display()),
    )?;
    let login = world.start_relight(&["login", "corp", "--flow", "device"])?;
    aws.wait_for(Operation::CreateToken, 1, LONG)?;
    let code = aws.pending()[0].user_code.clone();
    aws.approve(&code)?;
    assert_eq!(login.end()?.code, Some(0));
    assert_eq!(world.follow(&note)?.line()?, format!("2 --profile={}/device?user_code={code} work", aws.url()));
    assert_eq!(world.pages(), [""; 0], "the usual browser stays closed");
    Ok(())
}

#[test]
fn a_broken_file_is_told_with_its_line_and_changes_nothing() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    world.write(SETTINGS, "muted = [\"sso-session:corp\"]\nlog_level = 3\n")?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    let first = watch.line()?;
    assert!(first.contains(r#""attention":false"#) && first.contains(r#""code":"settings-value""#), "{first}");
    assert!(first.contains(r#""file":"~/.config/relight/settings.toml","line":2"#), "{first}");
    world.write(SETTINGS, "muted = [\n")?;
    let broken = watch.line_with(|line| line.contains(r#""code":"settings-broken""#))?;
    assert!(broken.contains(r#""attention":false"#), "the last good values count: {broken}");
    world.write(SETTINGS, "muted = []\n")?;
    watch.line_with(|line| line.contains(r#""attention":true"#) && !line.contains("settings-"))?;
    Ok(())
}

#[test]
fn completions_and_man_pages_know_every_command() -> Result<()> {
    let world = World::new()?;
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let printed = world.relight(&["completions", shell])?;
        assert_eq!(printed.code, Some(0));
        assert!(printed.out.contains("refresh") && printed.out.contains("no-browser"), "{shell}");
    }
    let page = world.relight(&["man"])?.out;
    assert!(page.contains(".TH relight 1") && page.contains("relight\\-status(1)"), "{page}");
    assert!(world.relight(&["man", "login"])?.out.contains("\\-\\-no\\-browser"));
    assert_eq!(world.relight(&["man", "nothing"])?.code, Some(2));
    Ok(())
}

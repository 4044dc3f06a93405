//! Bad surroundings: `docs/surroundings.md` says what happens in each. Some are made in a namespace of their own, where
//! a test may mount file systems and lower limits without touching the machine.

use crate::session::{Session, until_it_says};
use crate::setting::{LEGACY_URL, LONG, Result, START_URL, aws, config, due_for_renewal, in_minutes, signed_in, world};
use relight_tests::desktop::Desktop;
use relight_tests::fake_aws::Operation;
use relight_tests::world::{Running, World, program, run, token_file, token_text};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// Runs `script` in a namespace of its own.
fn namespace(world: &World, script: &str) -> Command {
    let mut command = world.command("/usr/bin/unshare");
    let first = "mount --bind \"$HOME\" \"$HOME\" || { echo 'This system gives tests no namespace of their own: unprivileged user namespaces are off, or this is a chroot.' >&2; exit 125; }";
    command.args(["--map-root-user", "--mount", "/bin/sh", "-e", "-c", &format!("{first}\n{script}")]);
    command
}

/// Waits until a line of `relight watch --json` says that the token of `corp` was renewed.
fn until_renewed(watch: &mut Running) -> Result<()> {
    watch.line_with(|line| {
        let view: Value = serde_json::from_str(line).unwrap_or_default();
        let sessions = view["sessions"].as_array().cloned().unwrap_or_default();
        let end =
            sessions.iter().find(|session| session["name"] == "corp").map(|session| session["expires_at"].clone());
        let end: Option<jiff::Timestamp> = end.and_then(|end| end.as_str()?.parse().ok());
        end.is_some_and(|end| end > in_minutes(30))
    })?;
    Ok(())
}

#[test]
fn without_a_session_bus_tokens_are_renewed_and_the_icon_comes_with_the_bus() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    due_for_renewal(&world, &aws)?;
    let address = format!("unix:path={}", world.home().join("bus").display());
    let mut watch = world.start_relight(&["watch", "--json"])?;
    let _tray = Running::start(world.program("relight-tray")?.env("DBUS_SESSION_BUS_ADDRESS", &address))?;
    until_renewed(&mut watch)?;

    let mut daemon = world.command("dbus-daemon");
    daemon.args(["--session", "--nofork", "--nopidfile", "--print-address=1", "--address"]).arg(&address);
    let mut daemon = Running::start(&mut daemon)?;
    daemon.line()?;
    let mut monitor = world.command("dbus-monitor");
    let mut monitor = Running::start(monitor.args(["--address", &address, "interface=org.freedesktop.DBus"]))?;
    monitor.line_with(|line| line.contains("org.kde.StatusNotifierItem-"))?;
    Ok(())
}

#[test]
fn a_notification_daemon_that_comes_late_shows_what_is_still_true() -> Result<()> {
    let Session { desktop, world, aws } = Session::without_panel()?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, -12)?;
    desktop.start_panel()?;
    let _program = desktop.run(&mut world.program("relight-tray")?)?;
    let tray = desktop.wait_for_tray(LONG)?;
    until_it_says(&tray, "old has ended")?;
    let notices = desktop.notifications()?;
    // Something happens, or a minute passes.
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    notices.wait_for(|notice| notice.summary.contains("old ended"), LONG)?;
    Ok(())
}

#[test]
fn without_a_display_the_window_says_so_and_the_tray_needs_none() -> Result<()> {
    let Session { desktop, world, aws: _aws } = Session::without_panel()?;
    for display in ["", ":4000"] {
        let printed = run(world.program("relight-window")?.env("DISPLAY", display))?;
        assert_eq!(printed.code, Some(3), "{printed:?}");
        let words = "There is no display to open the window on. 'relight status' shows everything in a terminal.";
        assert!(printed.err.contains(words), "{}", printed.err);
    }
    desktop.start_panel()?;
    let _program = desktop.run(world.program("relight-tray")?.env_remove("DISPLAY"))?;
    until_it_says(&desktop.wait_for_tray(LONG)?, "Not signed in")
}

#[test]
fn on_two_displays_there_is_one_tray_and_the_window_comes_where_it_was_asked_for() -> Result<()> {
    let (first, second) = (Desktop::start()?, Desktop::start()?);
    let aws = aws();
    let world = World::at(first.home(), first.envs())?;
    world.write(".aws/config", config(&aws))?;
    first.start_panel()?;
    let _program = first.run(&mut world.program("relight-tray")?)?;
    until_it_says(&first.wait_for_tray(LONG)?, "Not signed in")?;
    let of_second = |name: &str| second.envs().into_iter().find(|(of, _)| of == name).map(|(_, value)| value);
    let mut again = world.program("relight-tray")?;
    for name in ["DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] {
        again.env(name, of_second(name).ok_or("no such variable")?);
    }
    let printed = run(&mut again)?;
    assert_eq!((printed.code, printed.err.contains("already running")), (Some(0), true), "{}", printed.err);
    second.wait_for_window("relight-window")?;
    second.close_window("relight-window")?;
    Ok(())
}

#[test]
fn with_a_read_only_home_everything_shows_and_nothing_is_lost() -> Result<()> {
    let Session { desktop, world, aws } = Session::without_panel()?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 60)?;
    desktop.start_panel()?;
    let relight = program("relight")?;
    let script = |command: &str| format!("mount -o remount,ro,bind \"$HOME\"; exec {command}");

    let status = run(&mut namespace(&world, &script(&format!("{} status", relight.display()))))?;
    assert_eq!((status.code, status.out.contains("59 min left")), (Some(0), true), "{status:?}");
    let login = run(&mut namespace(&world, &script(&format!("{} login corp", relight.display()))))?;
    assert_eq!((login.code, aws.requests().len()), (Some(3), 0), "AWS is not asked for what cannot be kept: {login:?}");
    assert!(login.err.contains("Read-only file system"), "{}", login.err);

    let tray = script(&program("relight-tray")?.display().to_string());
    let _program = desktop.run(&mut namespace(&world, &tray))?;
    until_it_says(&desktop.wait_for_tray(LONG)?, "Signed in to old")
}

#[test]
fn on_a_full_disk_no_refresh_token_is_used_up_and_with_room_again_it_is_renewed() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    due_for_renewal(&world, &aws)?;
    let script = format!(
        "cache=\"$HOME/.aws/sso/cache\"; cp -a \"$cache\" \"$HOME/kept\"; mount -t tmpfs -o size=32k full \"$cache\"; \
         cp -a \"$HOME/kept/.\" \"$cache\"; cat /dev/zero > \"$cache/filler\" 2>/dev/null || true; \
         {0} refresh corp || echo \"exit code $?\"; rm \"$cache/filler\"; exec {0} refresh corp",
        program("relight")?.display()
    );
    let printed = run(&mut namespace(&world, &script))?;
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert!(printed.err.contains("so none was asked for") && printed.err.contains("No space left"), "{printed:?}");
    assert!(printed.out.starts_with("exit code 3\nRenewed corp"), "{printed:?}");
    assert_eq!(aws.count(Operation::CreateToken), 1, "the first one did not get as far as AWS");
    Ok(())
}

#[test]
fn files_that_come_and_go_by_the_thousand_lose_no_change() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line()?;
    let token = token_text(&aws.grant(START_URL), in_minutes(60));
    for number in 0..3000 {
        let other = world.write(&token_file(&format!("other {number}")), &token)?;
        let ours = world.write(&token_file("corp"), &token)?;
        fs::remove_file(other)?;
        fs::remove_file(ours)?;
    }
    world.write(&token_file(LEGACY_URL), token.replace(START_URL, LEGACY_URL))?;
    let last = watch.line_with(|line| {
        let view: Value = serde_json::from_str(line).unwrap_or_default();
        let state = |name: &str| {
            let sessions = view["sessions"].as_array().cloned().unwrap_or_default();
            sessions.iter().find(|session| session["name"] == name).map(|session| session["state"].clone())
        };
        state("old") == Some("valid".into()) && state("corp") == Some("signed-out".into())
    })?;
    assert!(last.contains("sso-session:corp"));
    Ok(())
}

#[test]
fn among_a_hundred_thousand_files_a_change_is_seen() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    world.write(&token_file("first"), "{}")?;
    let folder = world.home().join(".aws/sso/cache");
    for number in 0..100_000 {
        // Links cost less than files, and are as many.
        fs::hard_link(
            folder.join(token_file("first").trim_start_matches(".aws/sso/cache/")),
            folder.join(format!("{number:040x}.json")),
        )
        .or_else(|_| fs::write(folder.join(format!("{number:040x}.json")), "{}"))?;
    }
    let mut watch = world.start_relight(&["watch", "--json"])?;
    watch.line()?;
    signed_in(&world, &aws, START_URL, "corp", 60)?;
    watch.line_with(|line| line.contains(r#""state":"valid""#))?;
    Ok(())
}

#[test]
fn where_the_system_watches_no_more_files_they_are_read_every_few_seconds() -> Result<()> {
    let aws = aws();
    for limit in ["max_inotify_instances", "max_inotify_watches"] {
        let world = world(&aws)?;
        let script = format!(
            "echo 0 > /proc/sys/user/{limit}; exec {} watch --json 2> \"$HOME/err\"",
            program("relight")?.display()
        );
        let mut watch = Running::start(&mut namespace(&world, &script))?;
        watch.line()?;
        signed_in(&world, &aws, START_URL, "corp", 60)?;
        watch.line_with(|line| line.contains(r#""state":"valid""#))?;
        let said = fs::read_to_string(world.home().join("err"))?;
        assert!(said.contains("read every few seconds"), "{said}");
    }
    Ok(())
}

#[test]
fn a_locale_with_other_digits_changes_no_number() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 60)?;
    for locale in ["fa_IR.UTF-8", "ar_EG.UTF-8", "tr_TR.UTF-8"] {
        let mut status = world.program("relight")?;
        let printed = run(status.arg("status").env("LC_ALL", locale).env("LANG", locale).env("LANGUAGE", locale))?;
        assert!(printed.out.contains("59 min left"), "{locale}: {}", printed.out);
    }
    let desktop = Desktop::start()?;
    let world = World::at(desktop.home(), desktop.envs())?;
    world.write(".aws/config", config(&aws))?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 60)?;
    desktop.start_panel()?;
    let _program = desktop.run(world.program("relight-tray")?.env("LC_ALL", "fa_IR.UTF-8"))?;
    until_it_says(&desktop.wait_for_tray(LONG)?, "old: 59 min left")
}

//! The tray on a private desktop: a real panel, D-Bus, and a notification daemon that a test can press the buttons of.

use crate::session::{Session, WINDOW, until_it_says};
use crate::setting::{LEGACY_URL, LONG, Result, START_URL, approve_at, in_minutes, signed_in};
use relight_tests::desktop::menu_text;
use relight_tests::fake_aws::Operation;
use relight_tests::world::{World, token_file, token_text};
use std::fs;

#[test]
fn one_click_signs_in_and_icon_tooltip_menu_and_notices_follow() -> Result<()> {
    let session = Session::start()?;
    let (aws, world) = (&session.aws, &session.world);
    let notices = session.desktop.notifications()?;
    signed_in(world, aws, LEGACY_URL, LEGACY_URL, -12)?;
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "old has ended")?;
    let ended = tray.icon()?;
    let warning = notices.wait_for(|notice| notice.summary.contains("old ended"), LONG)?;
    assert_eq!(warning.buttons(), ["Sign in", "Later"]);
    assert!(
        menu_text(&tray.menu()?).starts_with("Sign in to old (ended 12 min ago)\n"),
        "{}",
        menu_text(&tray.menu()?)
    );

    tray.activate()?;
    aws.wait_for(Operation::CreateToken, 1, LONG)?;
    let code = aws.pending()[0].user_code.clone();
    let page = format!("{}/device?user_code={code}", aws.url());
    assert_eq!(world.pages(), std::slice::from_ref(&page));
    until_it_says(&tray, &format!("Signing in to old: code {code}"))?;
    notices.wait_closed(warning.id, LONG)?;
    let shown = notices.wait_for(|notice| notice.body.contains(&code), LONG)?;
    let signing_in = tray.icon()?;
    assert_ne!(signing_in, ended);

    approve_at(&page)?;
    until_it_says(&tray, "Signed in to old")?;
    notices.wait_closed(shown.id, LONG)?;
    assert!(tray.icon()? != signing_in && tray.icon()? != ended);
    let menu = menu_text(&tray.menu()?);
    assert!(menu.starts_with("old: 7 h 59 min left, until "), "{menu}");
    assert!(world.home().join(token_file(LEGACY_URL)).exists());

    let everything = tray.text()? + &notices.all().iter().map(relight_tests::desktop::Notice::text).collect::<String>();
    let log = fs::read_to_string(world.state()?.join("log/relight.log"))?;
    for secret in aws.secrets() {
        assert!(!everything.contains(&secret) && !log.contains(&secret), "{secret}");
    }
    Ok(())
}

#[test]
fn a_warning_comes_once_and_its_button_signs_in() -> Result<()> {
    let session = Session::start()?;
    let (aws, world) = (&session.aws, &session.world);
    let notices = session.desktop.notifications()?;
    signed_in(world, aws, LEGACY_URL, LEGACY_URL, 12)?;
    fs::File::open(world.home().join(token_file(LEGACY_URL)))?
        .set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(7 * 3600))?;
    let (program, tray) = session.tray()?;
    until_it_says(&tray, "old ends in 11 min")?;
    let warning = notices.wait_for(|notice| notice.summary.contains("old ends in"), LONG)?;
    notices.invoke(warning.id, "0")?;
    aws.wait_for(Operation::CreateToken, 1, LONG)?;
    assert_eq!(world.pages().len(), 1);
    tray.click_path(&[&format!("old: signing in, code {}", aws.pending()[0].user_code), "Cancel"])?;
    until_it_says(&tray, "old ends in")?;
    drop(program);
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "old ends in")?;
    let shown = notices.all().iter().filter(|notice| notice.summary.contains("old ends in")).count();
    assert_eq!(shown, 1, "once, also after a restart");
    Ok(())
}

#[test]
fn a_silent_refresh_is_seen_by_nobody() -> Result<()> {
    let session = Session::start()?;
    let (aws, world) = (&session.aws, &session.world);
    let notices = session.desktop.notifications()?;
    world.write(&token_file("corp"), token_text(&aws.grant(START_URL), in_minutes(19)))?;
    fs::File::open(world.home().join(token_file("corp")))?
        .set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(2400))?;
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "corp: 59 min left, renews itself")?;
    assert_eq!(aws.count(Operation::CreateToken), 1);
    assert_eq!((world.pages().len(), notices.all().len()), (0, 0));
    Ok(())
}

#[test]
fn what_others_do_shows_and_the_icon_survives_its_panel() -> Result<()> {
    let session = Session::start()?;
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "Not signed in")?;
    session.aws.auto_approve(true);
    assert_eq!(session.world.relight(&["login", "corp", "--flow", "device"])?.code, Some(0));
    until_it_says(&tray, "Signed in to corp")?;
    let again = session.desktop.restart_tray_host_and_wait_for_item(LONG)?;
    until_it_says(&again, "Signed in to corp")?;
    again.click("Quit Relight (you stay signed in)")?;
    assert!(session.world.home().join(token_file("corp")).exists());
    Ok(())
}

#[test]
fn it_links_neither_gtk_nor_a_web_view() -> Result<()> {
    let world = World::new()?;
    let linked = |name: &str| -> Result<String> {
        let program = relight_tests::world::program(name)?;
        Ok(relight_tests::world::run(world.command("ldd").arg(program))?.out)
    };
    let (tray, window) = (linked("relight-tray")?, linked("relight-window")?);
    for library in ["libgtk", "libwebkit"] {
        assert!(!tray.contains(library) && window.contains(library), "{tray}");
    }
    Ok(())
}

#[test]
fn a_second_start_says_that_it_is_running_and_opens_the_window() -> Result<()> {
    let session = Session::start()?;
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "Not signed in")?;
    let second = relight_tests::world::run(&mut session.world.program("relight-tray")?)?;
    assert_eq!((second.code, second.err.as_str()), (Some(0), "Relight is already running: its icon is in the tray.\n"));
    session.desktop.wait_for_window(WINDOW)?;
    session.desktop.close_window(WINDOW)?;
    Ok(())
}

#[test]
fn with_nothing_to_cure_a_click_opens_the_window_and_the_menu_opens_its_settings() -> Result<()> {
    let session = Session::start()?;
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "Not signed in")?;
    tray.activate()?;
    session.desktop.wait_for_window(WINDOW)?;
    session.desktop.close_window(WINDOW)?;
    session.world.wait_for_the_windows_end()?;
    tray.click("Settings")?;
    session.desktop.wait_for_window(WINDOW)?;
    session.desktop.close_window(WINDOW)?;
    assert_eq!(session.aws.requests().len(), 0);
    Ok(())
}

#[test]
fn what_is_muted_in_the_menu_counts_no_more_and_is_kept() -> Result<()> {
    let session = Session::start()?;
    signed_in(&session.world, &session.aws, START_URL, "corp", 60)?;
    let (program, tray) = session.tray()?;
    until_it_says(&tray, "Signed in to corp")?;
    let line = menu_text(&tray.menu()?).lines().next().unwrap_or_default().trim_end_matches(" >").to_owned();
    tray.click_path(&[&line, "Mute"])?;
    until_it_says(&tray, "Not signed in")?;
    let mut watch = session.world.start_relight(&["watch", "--json"])?;
    watch.line_with(|line| line.contains(r#""attention":false"#))?;
    drop(program);
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "Not signed in")
}

#[test]
fn without_a_tray_it_says_so_opens_the_window_and_appears_when_one_comes() -> Result<()> {
    let Session { desktop, world, aws: _aws } = Session::without_panel()?;
    let notices = desktop.notifications()?;
    let _program = desktop.run(&mut world.program("relight-tray")?)?;
    notices.wait_for(|notice| notice.summary == "This desktop shows no tray icons", LONG)?;
    desktop.wait_for_window(WINDOW)?;
    desktop.close_window(WINDOW)?;
    desktop.start_panel()?;
    until_it_says(&desktop.wait_for_tray(LONG)?, "Not signed in")
}

#[test]
fn keys_that_end_warn_with_their_tool_and_a_program_is_run_from_the_menu() -> Result<()> {
    let session = Session::without_panel()?;
    let world = &session.world;
    let key = "aws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = DUMMY\naws_session_token = DUMMY\n";
    world.write(
        ".aws/credentials",
        format!("[saml]\n{key}x_principal_arn = arn:x\nx_security_token_expires = {}\n", in_minutes(12)),
    )?;
    let output = r#"{"Version": 1, "AccessKeyId": "ASIADUMMY", "SecretAccessKey": "HUSH-key", "Expiration": "2126-01-01T00:00:00Z"}"#;
    let program = world.write("vendor.sh", format!("echo run >> runs\necho '{output}'\n"))?;
    let config = format!("[profile vendor]\ncredential_process = cd && sh {}\n", program.display());
    world.write(".aws/config", config)?;
    let notices = session.desktop.notifications()?;
    session.desktop.start_panel()?;
    let (_program, tray) = session.tray()?;
    let warning = notices.wait_for(|notice| notice.summary.contains("saml ends in"), LONG)?;
    assert_eq!(warning.body, "Renew these credentials in a terminal:\nsaml2aws login --profile saml");
    until_it_says(&tray, "saml ends in")?;
    let unknown = "vendor: not known until its program is run";
    tray.wait_until(LONG, |tray| Ok(menu_text(&tray.menu()?).contains(unknown)))?;
    assert!(!world.home().join("runs").exists(), "nobody asked for it");
    tray.click_path(&["Other credentials (1)", unknown, "Run its program"])?;
    tray.wait_until(LONG, |tray| Ok(menu_text(&tray.menu()?).contains("vendor: 36")))?;
    let log = fs::read_to_string(world.state()?.join("log/relight.log"))?;
    assert!(!log.contains("HUSH"), "{log}");
    Ok(())
}

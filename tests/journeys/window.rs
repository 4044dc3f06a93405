//! The window on a private desktop: its real web view, driven as a person would, beside the tray and a terminal.

use crate::leaks::walk;
use crate::session::{Session, until_it_says};
use crate::setting::{LEGACY_URL, LONG, Result, START_URL, approve_at, config, decide_at, signed_in};
use relight_tests::fake_aws::Operation;
use relight_tests::world::{run, token_file};
use std::fs;

/// As `WebDriver` names the key.
const CONTROL: char = '\u{e009}';

#[test]
fn sessions_are_shown_and_a_sign_in_is_seen_by_the_tray() -> Result<()> {
    let session = Session::start()?;
    signed_in(&session.world, &session.aws, LEGACY_URL, LEGACY_URL, -12)?;
    let (_program, tray) = session.tray()?;
    let window = session.window()?;
    window.wait_for_text("old has ended")?;
    window.wait_for_text("ended 12 min ago")?;

    window.press("Sign in")?;
    let page = session.page()?;
    session.aws.wait_for(Operation::CreateToken, 1, LONG)?;
    let code = session.aws.pending()[0].user_code.clone();
    window.wait_for_text(&code)?;
    until_it_says(&tray, &format!("Signing in to old: code {code}"))?;
    assert!(tray.text()?.contains("from the window"), "{}", tray.text()?);

    approve_at(&page)?;
    window.wait_for_text("Signed in to old")?;
    until_it_says(&tray, "Signed in to old")?;
    assert_eq!(session.world.pages().len(), 1);
    for secret in session.aws.secrets() {
        let everything = window.run("return document.documentElement.outerHTML")?.to_string();
        assert!(!everything.contains(&secret), "{secret}");
    }
    Ok(())
}

#[test]
fn a_sign_in_that_is_denied_says_so() -> Result<()> {
    let session = Session::start()?;
    let window = session.window()?;
    window.press("Sign in to corp")?;
    let shown = decide_at(&session.page()?, "deny")?;
    assert!(shown.contains("You are not signed in to corp: it was denied."), "{shown}");
    window.wait_for_text("Not signed in to corp. The sign-in was denied at AWS's page.")?;
    Ok(())
}

#[test]
fn what_is_copied_is_on_the_clipboard() -> Result<()> {
    let session = Session::start()?;
    let window = session.window()?;
    let pasted = || -> Result<String> {
        let mut paste = session.desktop.command("xclip");
        let output = paste.args(["-o", "-selection", "clipboard"]).stdout(std::process::Stdio::piped()).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    window.press("More for corp")?;
    window.press("Copy start URL")?;
    window.wait_for_text("Copied")?;
    assert_eq!(pasted()?, START_URL);
    window.press("Settings")?;
    window.press("Copy diagnostics")?;
    window.wait_for("return [...document.querySelectorAll('button')].some(button => button.innerText === 'Copied')")?;
    assert!(pasted()?.starts_with("Relight 0.1.0 on linux"), "{}", pasted()?);
    Ok(())
}

#[test]
fn a_pasted_error_is_explained_and_its_button_signs_in() -> Result<()> {
    let session = Session::start()?;
    signed_in(&session.world, &session.aws, LEGACY_URL, LEGACY_URL, -12)?;
    let window = session.window()?;
    window.wait_for_text("old has ended")?;
    let error = "export DB_PASSWORD=hunter2\naws s3 ls --profile old\n\nError when retrieving token from sso: Token has expired and refresh failed\n";
    let file = session.world.write("error.txt", error)?;
    let mut copy = session.desktop.command("xclip");
    copy.args(["-quiet", "-i", "-selection", "clipboard"]).arg(file);
    let _clipboard = session.desktop.run(&mut copy)?;
    window.keys(&[CONTROL, 'v'])?;
    window.wait_for_text("The Identity Center session has ended")?;
    window.wait_for_text("Signing in helps.")?;
    let shown = window.run("return document.querySelector('main').innerText")?.to_string();
    assert!(shown.contains("old") && !shown.contains("hunter2"), "{shown}");

    window.press("Sign in: ")?;
    approve_at(&session.page()?)?;
    window.wait_for_text("is signed in now")?;
    let kept = walk(&session.world.state()?)?;
    assert!(kept.iter().any(|(file, _)| file.contains("relight.log")), "{kept:?}");
    for (file, text) in kept {
        assert!(!text.contains("hunter2") && !text.contains("s3 ls"), "{file}");
    }
    Ok(())
}

#[test]
fn a_change_is_made_as_shown_and_taken_back() -> Result<()> {
    let session = Session::start()?;
    let before = config(&session.aws).replacen("sso_session = corp", "sso_session = crop", 1);
    session.world.write(".aws/config", &before)?;
    let window = session.window()?;
    window.press("Why does it fail?")?;
    window.press("Check this computer")?;
    window.wait_for_text("- sso_session = crop")?;
    window.press("Make this change: Write sso_session = corp")?;
    window.wait_for_text("Written. ~/.aws/config as it was")?;
    window.wait_for("return !document.body.innerText.includes('crop')")?;
    let file = session.world.home().join(".aws/config");
    assert_eq!(fs::read_to_string(&file)?, config(&session.aws));
    window.press("Undo")?;
    window.wait_for_text("Taken back: ~/.aws/config is as it was.")?;
    window.wait_for_text("- sso_session = crop")?;
    assert_eq!(fs::read_to_string(&file)?, before);
    Ok(())
}

#[test]
fn a_sign_in_from_elsewhere_is_shown() -> Result<()> {
    let session = Session::start()?;
    let window = session.window()?;
    window.wait_for_text("Not signed in")?;
    let login = session.world.start_relight(&["login", "corp", "--flow", "device"])?;
    let page = session.page()?;
    window.wait_for_text(&session.aws.pending()[0].user_code)?;
    window.wait_for_text("from a terminal")?;
    approve_at(&page)?;
    assert_eq!(login.end()?.code, Some(0));
    window.wait_for_text("Signed in to corp")?;
    Ok(())
}

#[test]
fn a_window_closed_in_the_middle_sees_its_sign_in_through() -> Result<()> {
    let session = Session::start()?;
    signed_in(&session.world, &session.aws, LEGACY_URL, LEGACY_URL, -12)?;
    let (_program, tray) = session.tray()?;
    let window = session.window()?;
    window.press("Sign in")?;
    let page = session.page()?;
    until_it_says(&tray, "Signing in to old")?;
    session.desktop.close_window("relight-window")?;
    window.wait_for("return document.hidden")?;
    approve_at(&page)?;
    until_it_says(&tray, "Signed in to old")?;
    assert!(session.world.home().join(token_file(LEGACY_URL)).exists());
    assert_eq!(session.aws.count(Operation::StartDeviceAuthorization), 1);
    session.world.wait_for_the_windows_end()?;
    let again = session.window()?;
    again.wait_for_text("Signed in to old")?;
    Ok(())
}

#[test]
fn a_choice_in_the_window_counts_everywhere_and_one_by_hand_shows_in_it() -> Result<()> {
    let session = Session::start()?;
    signed_in(&session.world, &session.aws, START_URL, "corp", 60)?;
    let (_program, tray) = session.tray()?;
    until_it_says(&tray, "Signed in to corp")?;
    let window = session.window()?;
    window.wait_for_text("Signed in to corp")?;
    window.press("More for corp")?;
    window.press("Mute")?;
    until_it_says(&tray, "Not signed in")?;
    let file = session.world.relight(&["paths", "--json"])?.out;
    let file: serde_json::Value = serde_json::from_str(&file)?;
    let file = file["settings"].as_str().ok_or("no settings file")?.to_owned();
    let text = fs::read_to_string(&file)?;
    assert!(text.contains("muted = [\"sso-session:corp\"]") && text.starts_with("# Relight's settings."), "{text}");

    fs::write(&file, text.replace("muted = [\"sso-session:corp\"]", "muted = [] # mine"))?;
    window.wait_for_text("Signed in to corp")?;
    until_it_says(&tray, "Signed in to corp")?;
    fs::write(&file, "muted = [")?;
    window.wait_for_text("not valid TOML")?;
    Ok(())
}

#[test]
fn a_variable_that_the_menu_does_not_give_is_given_in_the_window_and_counts_from_the_next_start() -> Result<()> {
    let session = Session::start()?;
    session.world.write("work/config", "[profile elsewhere]\nregion = eu-west-1\n")?;
    let window = session.window()?;
    window.press("Settings")?;
    window.wait_for_text("A program that a menu starts")?;
    window.run("const field = document.querySelector('[aria-label=\"Value of AWS_CONFIG_FILE\"]'); field.value = '~/work/config'; field.dispatchEvent(new Event('input'))")?;
    // The first "Add" is for warnings.
    window.run("document.querySelector('[aria-label=\"Value of AWS_CONFIG_FILE\"] + button').click()")?;
    window.wait_for("return document.querySelector('[aria-label=\"Remove AWS_CONFIG_FILE\"]')")?;
    session.desktop.close_window("relight-window")?;
    session.world.wait_for_the_windows_end()?;
    let paths = session.world.relight(&["paths", "--json"])?.out;
    assert!(paths.contains(r#""from":"settings""#), "{paths}");
    let again = session.window()?;
    again.wait_for_text("elsewhere")?;
    Ok(())
}

#[test]
fn diagnostics_are_copied_without_secrets_accounts_and_organisations() -> Result<()> {
    let session = Session::start()?;
    signed_in(&session.world, &session.aws, START_URL, "corp", 60)?;
    let window = session.window()?;
    window.wait_for_text("Signed in to corp")?;
    window.run("Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })")?;
    window.press("Settings")?;
    window.press("Copy diagnostics")?;
    window.wait_for("return Boolean(window.copied)")?;
    let text = window.run("return window.copied")?.as_str().unwrap_or_default().to_owned();
    for part in ["Relight 0.1.0 on linux", "\"state\": \"valid\"", "~/.aws/config", "organisation-", "account-"] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    let home = session.world.home().display().to_string();
    for part in session.aws.secrets().iter().map(String::as_str).chain(["111122223333", "corp.awsapps.com", &home]) {
        assert!(!text.contains(part), "{part} is in it");
    }
    Ok(())
}

#[test]
fn a_second_start_brings_the_first_one_to_the_front() -> Result<()> {
    let session = Session::start()?;
    let window = session.window()?;
    window.wait_for_text("Not signed in")?;
    for (part, words) in [
        ("settings", "Warn me before an end"),
        ("explain", "Check this computer for what is wrong"),
        ("add", "Address of the access portal"),
    ] {
        let second = run(session.world.program("relight-window")?.arg(part))?;
        assert_eq!((second.code, second.err.as_str()), (Some(0), ""));
        window.wait_for_text(words)?;
    }
    Ok(())
}

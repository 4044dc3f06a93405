//! What every journey begins with.

use jiff::{SignedDuration, Timestamp};
use relight_tests::fake_aws::{FakeAws, Organisation};
use relight_tests::world::{World, token_file, token_text};
use std::time::Duration;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) const START_URL: &str = "https://corp.awsapps.com/start";
pub(crate) const LEGACY_URL: &str = "https://old.awsapps.com/start";
/// Bounds a failure; nothing waits that long.
pub(crate) const LONG: Duration = Duration::from_secs(30);
/// The age of a token file that looks older than any session.
pub(crate) const OLD: Duration = Duration::from_secs(30 * 24 * 3600);

/// An AWS with the organisation `corp`, and its legacy twin `old`.
pub(crate) fn aws() -> FakeAws {
    let aws = FakeAws::start();
    aws.add_organisation(Organisation::example(START_URL));
    aws.add_organisation(Organisation::example(LEGACY_URL));
    aws
}

/// Profiles of both spellings, whose calls go to `aws`.
pub(crate) fn config(aws: &FakeAws) -> String {
    let url = aws.url();
    format!(
        "[sso-session corp]\nsso_start_url = {START_URL}\nsso_region = us-east-1\n\n\
         [profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nendpoint_url = {url}\nregion = us-east-1\n\n\
         [profile old]\nsso_start_url = {LEGACY_URL}\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nendpoint_url = {url}\n"
    )
}

/// A world with those profiles.
pub(crate) fn world(aws: &FakeAws) -> Result<World> {
    let world = World::new()?;
    world.write(".aws/config", config(aws))?;
    Ok(world)
}

/// Signs in to `start_url` in the model, and writes the token file of `key` as another client would, with `left` minutes.
pub(crate) fn signed_in(world: &World, aws: &FakeAws, start_url: &str, key: &str, left: i64) -> Result<()> {
    let grant = aws.grant(start_url);
    world.replace(&token_file(key), token_text(&grant, in_minutes(left)))?;
    Ok(())
}

/// A token of `corp` that a running tray renews at once.
#[cfg(target_os = "linux")]
pub(crate) fn due_for_renewal(world: &World, aws: &FakeAws) -> Result<()> {
    world.write(&token_file("corp"), token_text(&aws.grant(START_URL), in_minutes(19)))?;
    Ok(world.age(&token_file("corp"), Duration::from_secs(2400))?)
}

pub(crate) fn in_minutes(count: i64) -> Timestamp {
    Timestamp::now() + SignedDuration::from_mins(count)
}

/// Opens the page that the browser was asked to open, and presses Approve there. Gives what the browser shows then.
pub(crate) fn approve_at(page: &str) -> Result<String> {
    decide_at(page, "approve")
}

/// Opens the page that the browser was asked to open, and presses a button there.
pub(crate) fn decide_at(page: &str, decision: &str) -> Result<String> {
    // Straight to the fake, whatever proxy the environment names.
    let browser = ureq::Agent::new_with_config(ureq::Agent::config_builder().proxy(None).build());
    let shown = browser.get(page).call()?.body_mut().read_to_string()?;
    let (address, query) = page.split_once('?').ok_or("the page's address has no query")?;
    let form = match query.strip_prefix("user_code=") {
        Some(code) => {
            assert!(shown.contains(code), "the page shows the code: {shown}");
            [("user_code", code), ("decision", decision)]
        }
        None => {
            let (_, value) = shown.split_once("name=\"request\" value=\"").ok_or("the page asks nothing")?;
            [("request", value.split('"').next().unwrap_or_default()), ("decision", decision)]
        }
    };
    Ok(browser.post(address).send_form(form)?.body_mut().read_to_string()?)
}

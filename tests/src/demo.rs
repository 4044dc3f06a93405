//! The world of the demo and of the pictures: three organisations that one signs in to, one that was left, a dozen
//! profiles, and a moment from which on everything worth seeing happens within two minutes.

use crate::fake_aws::{Account, FakeAws, Organisation, Role};
use crate::world::{World, token_file, token_text};
use jiff::{SignedDuration, Timestamp};
use std::fs::File;
use std::io;
use std::time::{Duration, SystemTime};

const CORP: &str = "https://corp.awsapps.com/start";
const DATA: &str = "https://data-eu.awsapps.com/start";
const SANDBOX: &str = "https://sandbox.awsapps.com/start";
const LEFT: &str = "https://former-employer.awsapps.com/start";

/// When each thing happens, from the start.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The silent renewal of `corp`.
    pub renewed: Duration,
    /// The warning for `data-eu`.
    pub warned: Duration,
    /// The end of `sandbox`.
    pub ended: Duration,
}

impl Schedule {
    /// All within two minutes.
    pub const DEMO: Self =
        Self { renewed: Duration::from_secs(25), warned: Duration::from_secs(40), ended: Duration::from_secs(75) };
    /// Nothing happens while pictures are made: `sandbox` ends soon, the others later.
    pub const STILL: Self = Self {
        renewed: Duration::from_secs(27 * 60),
        warned: Duration::from_secs(5 * 3600),
        ended: Duration::from_secs(13 * 60),
    };
}

/// Adds the organisations. What those that one signs in to give out lasts minutes, so that there is more to see.
pub fn organisations(aws: &FakeAws) {
    let minutes = |count: u64| Duration::from_secs(count * 60);
    let accounts = |organisation: Organisation| {
        organisation
            .with_account(Account::new("111122223333", "Production").with_role(Role::new("ReadOnly")))
            .with_account(Account::new("444455556666", "Development").with_role(Role::new("Developer")))
    };
    aws.add_organisation(accounts(Organisation::new(CORP)));
    aws.add_organisation(accounts(Organisation::new(DATA)).with_session_length(minutes(8)).without_refresh_tokens());
    aws.add_organisation(accounts(Organisation::new(SANDBOX)).with_session_length(minutes(4)).without_refresh_tokens());
}

/// Writes the profiles and the tokens, as if the person had signed in this morning.
pub fn furnish(world: &World, aws: &FakeAws, schedule: Schedule) -> io::Result<()> {
    world.write(".aws/config", config(aws.url()))?;
    world.write(".aws/credentials", CREDENTIALS.replace("LATER", &(Timestamp::now() + HOURS * 5).to_string()))?;
    let now = Timestamp::now();
    let after = |wait: Duration, lead: i32| now + SignedDuration::try_from(wait).unwrap_or_default() + MINUTES * lead;
    token(world, aws, "corp", CORP, after(schedule.renewed, 20), Some(()), HOURS)?;
    token(world, aws, "data-eu", DATA, after(schedule.warned, 15), None, HOURS * 8)?;
    token(world, aws, "sandbox", SANDBOX, after(schedule.ended, 0), None, HOURS * 8)?;
    aws.add_organisation(Organisation::new(LEFT));
    token(world, aws, LEFT, LEFT, now - HOURS * 24 * 23, None, HOURS * 8)?;
    // A sign-in from here on is a new one, and lasts as long as this organisation lets it.
    aws.end_session(DATA);
    aws.end_session(SANDBOX);
    Ok(())
}

const MINUTES: SignedDuration = SignedDuration::from_mins(1);
const HOURS: SignedDuration = SignedDuration::from_hours(1);

/// A token that ends then, after a life of `length`.
fn token(
    world: &World,
    aws: &FakeAws,
    key: &str,
    start_url: &str,
    ends: Timestamp,
    refreshable: Option<()>,
    length: SignedDuration,
) -> io::Result<()> {
    let mut grant = aws.grant(start_url);
    grant.refresh_token = grant.refresh_token.filter(|_| refreshable.is_some());
    let file = world.write(&token_file(key), token_text(&grant, ends))?;
    let made = (ends - length).duration_since(Timestamp::now());
    File::open(file)?.set_modified(SystemTime::now() - made.unsigned_abs())
}

fn config(url: &str) -> String {
    let mut text = String::new();
    for (name, start_url) in [("corp", CORP), ("data-eu", DATA), ("sandbox", SANDBOX)] {
        text += &format!("[sso-session {name}]\nsso_start_url = {start_url}\nsso_region = eu-west-1\n\n");
    }
    for (name, session, account, role) in [
        ("dev", "corp", "444455556666", "Developer"),
        ("prod", "corp", "111122223333", "ReadOnly"),
        ("prod-admin", "corp", "111122223333", "Administrator"),
        ("tools", "corp", "777788889999", "Developer"),
        ("analytics", "data-eu", "222233334444", "Analyst"),
        ("warehouse", "data-eu", "222233334444", "Loader"),
        ("lake", "data-eu", "555566667777", "ReadOnly"),
        ("playground", "sandbox", "888899990000", "Administrator"),
    ] {
        text += &format!(
            "[profile {name}]\nsso_session = {session}\nsso_account_id = {account}\nsso_role_name = {role}\nregion = eu-west-1\nendpoint_url = {url}\n\n"
        );
    }
    text += &format!(
        "[profile former]\nsso_start_url = {LEFT}\nsso_region = eu-west-1\nsso_account_id = 999900001111\nsso_role_name = Engineer\nendpoint_url = {url}\n\n"
    );
    text + "[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/deploy\nsource_profile = prod\n\n\
            [profile typo]\nsso_session = crop\nsso_account_id = 444455556666\nsso_role_name = Developer\n\n"
        + VAULT
}

/// Run from its menu, it gives dummies that end in 55 minutes.
const VAULT: &str = r#"[profile vault]
credential_process = printf '{"Version": 1, "AccessKeyId": "ASIAEXAMPLEEXAMPLEVT", "SecretAccessKey": "not-a-secret", "SessionToken": "not-a-token", "Expiration": "%s"}' "$(date -u -d '+55 minutes' +%FT%TZ)"
"#;

const CREDENTIALS: &str = "\
[ci]
aws_access_key_id = AKIAEXAMPLEEXAMPLE7Q
aws_secret_access_key = not-a-secret

[vendor]
aws_access_key_id = ASIAEXAMPLEEXAMPLEZX
aws_secret_access_key = not-a-secret
aws_session_token = not-a-token
x_security_token_expires = LATER
x_principal_arn = arn:aws:sts::333344445555:assumed-role/Partner/demo
";

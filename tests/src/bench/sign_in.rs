//! Signing in: how soon the token file is there once AWS has said yes. The fake AWS answers in well under a
//! millisecond, which is part of the figure.

use crate::Result;
use crate::measure::{self, median, worst};
use crate::table::{Row, milliseconds};
use relight_tests::fake_aws::{FakeAws, Operation, Organisation};
use relight_tests::world::token_file;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

const SIGN_INS: usize = 10;
const WITHIN: Duration = Duration::from_millis(50);
const START_URL: &str = "https://corp.awsapps.com/start";

/// A row for each way to sign in.
pub(crate) fn rows(relight: &Path) -> Result<Vec<Row>> {
    let redirects = (0..SIGN_INS).map(|_| redirect(relight)).collect::<Result<Vec<_>>>()?;
    let codes = (0..SIGN_INS).map(|_| code(relight)).collect::<Result<Vec<_>>>()?;
    let row = |what: &str, times: &[Duration]| Row {
        what: what.to_owned(),
        figure: milliseconds(median(times)),
        beside: format!("the worst of {SIGN_INS}"),
        its_figure: milliseconds(worst(times)),
        bound: format!("within {} ms", WITHIN.as_millis()),
        kept: Some(worst(times) <= WITHIN),
    };
    Ok(vec![
        row("login, PKCE, from the redirect to the token file", &redirects),
        row("login, device, from the approving poll to the program's end", &codes),
    ])
}

/// From the browser's return until it is answered, which is after the file was written.
fn redirect(relight: &Path) -> Result<Duration> {
    let (aws, home) = (aws(), tempfile::tempdir()?);
    let (mut login, page) = begin(relight, home.path(), &aws, "pkce")?;
    let agent = ureq::Agent::config_builder().proxy(None).max_redirects(0).max_redirects_will_error(false).build();
    let browser = ureq::Agent::new_with_config(agent);
    let sent_back = browser.get(&page).call()?;
    let back = sent_back.headers().get("location").ok_or("no redirect")?.to_str()?.to_owned();
    let came_back = Instant::now();
    browser.get(&back).call()?;
    let answered = came_back.elapsed();
    end(&mut login)?;
    written(home.path())?;
    Ok(answered)
}

/// From the poll that AWS answers with a token until the program has ended, which is after the file was written. A
/// file's own time would be too coarse: it is that of the system's last tick.
fn code(relight: &Path) -> Result<Duration> {
    let (aws, home) = (aws(), tempfile::tempdir()?);
    let (mut login, _) = begin(relight, home.path(), &aws, "device")?;
    end(&mut login)?;
    let ended = SystemTime::now();
    written(home.path())?;
    let polls = aws.requests();
    let poll = polls.iter().rfind(|request| request.operation == Operation::CreateToken).ok_or("no poll")?;
    Ok(ended.duration_since(SystemTime::from(poll.at))?)
}

fn aws() -> FakeAws {
    let aws = FakeAws::start();
    aws.add_organisation(Organisation::example(START_URL));
    aws.auto_approve(true);
    aws
}

/// `relight login`, up to the page.
fn begin(relight: &Path, home: &Path, aws: &FakeAws, flow: &str) -> Result<(Child, String)> {
    fs::create_dir_all(home.join(".aws"))?;
    let config = format!(
        "[sso-session corp]\nsso_start_url = {START_URL}\nsso_region = us-east-1\n[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nendpoint_url = {}\n",
        aws.url()
    );
    fs::write(home.join(".aws/config"), config)?;
    // It tells the address instead of showing it.
    let browser = home.join("browser");
    fs::write(&browser, "#!/bin/sh\nexit 0\n")?;
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755))?;
    let mut command = measure::command(relight, home);
    command.args(["login", "corp", "--flow", flow]).env("BROWSER", browser).stderr(Stdio::piped());
    let mut login = command.spawn()?;
    let said = BufReader::new(login.stderr.take().ok_or("no standard error")?).lines();
    let page = said
        .map_while(std::io::Result::ok)
        .find_map(|line| line.strip_prefix("  http").map(|rest| format!("http{rest}")));
    Ok((login, page.ok_or("relight login names no page")?))
}

fn end(login: &mut Child) -> Result<()> {
    let ended = login.wait()?;
    if ended.success() { Ok(()) } else { Err(format!("relight login failed: {ended}").into()) }
}

fn written(home: &Path) -> Result<()> {
    fs::metadata(home.join(token_file("corp")))?;
    Ok(())
}

//! `relight check` and `relight guard`: exit codes for scripts.

use super::{signed_in_world, world};
use crate::setting::{OLD, Result, START_URL, aws, in_minutes, signed_in};
use relight_tests::fake_aws::{Fault, Operation};
use relight_tests::world::{Printed, World, run, token_file, token_text};

fn said(printed: &Printed) -> String {
    format!("{} {}{}", printed.code.unwrap_or(-1), printed.out, printed.err)
}

/// Times pass: each digit of what was said is 0.
fn at_any_time(said: &str) -> String {
    let (code, said) = said.split_once(' ').unwrap_or_default();
    format!("{code} {}", said.replace(char::is_numeric, "0"))
}

fn guard(world: &World, words: &[&str], command: &[&str]) -> Result<Printed> {
    Ok(run(world.program("relight")?.arg("guard").args(words).arg("--").args(command))?)
}

#[test]
fn check_answers_in_a_line() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    let check = |words: &[&str]| world.relight(&[&["check"], words].concat()).map(|printed| said(&printed));
    insta::assert_snapshot!(at_any_time(&check(&["--profile", "dev", "--needs", "30m"])?), @"0 dev lasts for 00 min: 00 min left, until 00:00.");
    insta::assert_snapshot!(check(&["--profile", "dev", "--needs", "3h"])?, @"0 dev lasts for 3 h: it renews itself, as far as is known.");
    insta::assert_snapshot!(check(&["--profile", "key", "--needs", "3h"])?, @"0 key lasts for 3 h: it never ends.");
    insta::assert_snapshot!(check(&["--profile", "old"])?, @"1 old is not valid: its credentials have ended. To renew them, run: aws-azure-login --profile old");
    insta::assert_snapshot!(check(&["--profile", "program"])?, @"1 It is not known whether program is valid: its program must be run first. Run it: relight refresh program");
    insta::assert_snapshot!(check(&["--profile", "mfa", "--needs", "1h"])?, @"1 It is not known whether mfa lasts for 1 h: it needs an MFA code. Type it: relight credentials mfa");
    insta::assert_snapshot!(check(&["--profile", "nothing"])?, @"1 nothing is not valid: it has no credentials.");
    insta::assert_snapshot!(check(&["--profile", "gone"])?, @"2 relight: There is no profile 'gone'. Did you mean one?");
    insta::assert_snapshot!(check(&["--needs", "soon"])?, @"2 relight: 'soon' is not a duration. Write 45m, 1h30m or 2h.");
    // A token that nobody renews ends when it says.
    let mut grant = aws.grant(START_URL);
    grant.refresh_token = None;
    world.replace(&token_file("corp"), token_text(&grant, in_minutes(60)))?;
    insta::assert_snapshot!(at_any_time(&check(&["--profile", "deploy", "--needs", "2h"])?), @"1 deploy does not last for 0 h: only 00 min left, until 00:00. Sign in: relight login corp");
    let printed =
        run(world.program("relight")?.args(["check", "--needs", "5m", "--json"]).env("AWS_PROFILE", "deploy"))?;
    let document: serde_json::Value = serde_json::from_str(&printed.out)?;
    assert_eq!((printed.code, &document["lasts"], &document["profile"]), (Some(0), &true.into(), &"deploy".into()));
    assert_eq!((&document["needs_seconds"], &document["sureness"]), (&300.into(), &"known".into()));
    Ok(())
}

#[test]
fn guard_runs_the_command_with_the_profile_and_passes_its_code_on() -> Result<()> {
    let (_aws, world) = signed_in_world()?;
    let show = ["sh", "-c", "cat; echo \"$AWS_PROFILE|$AWS_DEFAULT_PROFILE|$AWS_ACCESS_KEY_ID\"; echo err >&2; exit 7"];
    let mut relight = world.program("relight")?;
    relight.args(["guard", "--needs", "30m", "--profile", "dev", "--"]).args(show);
    relight.env("AWS_DEFAULT_PROFILE", "old").env("AWS_ACCESS_KEY_ID", "AKIA").env("AWS_SECRET_ACCESS_KEY", "x");
    assert_eq!(said(&run(&mut relight)?), "7 dev||\nerr\n");
    // Without a profile the command's own surroundings are looked at, and stay.
    let mut relight = world.program("relight")?;
    relight.args(["guard", "--needs", "30m", "--"]).args(show).env("AWS_PROFILE", "dev");
    assert_eq!(said(&run(&mut relight)?), "7 dev||\nerr\n");
    let killed = guard(&world, &["--needs", "1m", "--profile", "dev"], &["sh", "-c", "kill -TERM $$"])?;
    assert_eq!(killed.code, None, "it is the command that the signal ended");
    insta::assert_snapshot!(said(&guard(&world, &["--needs", "1m", "--profile", "dev"], &["no-such-program"])?), @"125 relight: no-such-program cannot be started: No such file or directory (os error 2).");
    Ok(())
}

#[test]
fn guard_does_not_start_a_command_that_would_lose_its_credentials() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let with = |profile| {
        guard(&world, &["--needs", "30m", "--profile", profile], &["echo", "started"]).map(|printed| said(&printed))
    };
    insta::assert_snapshot!(with("dev")?, @"125 relight: dev does not last for 30 min: nobody is signed in to corp. Sign in: relight login corp");
    insta::assert_snapshot!(with("old")?, @"125 relight: old does not last for 30 min: its credentials have ended. To renew them, run: aws-azure-login --profile old");
    insta::assert_snapshot!(with("gone")?, @"125 relight: There is no profile 'gone'. Did you mean one?");
    insta::assert_snapshot!(said(&guard(&world, &["--needs", "x"], &["echo"])?), @"125 relight: 'x' is not a duration. Write 45m, 1h30m or 2h.");
    // A session that has ended is found out before the command starts, and no browser opens.
    signed_in(&world, &aws, START_URL, "corp", 5)?;
    world.age(&token_file("corp"), OLD)?;
    aws.end_session(START_URL);
    insta::assert_snapshot!(at_any_time(&with("dev")?), @"
    125 AWS does not renew corp any more: its session is over. Sign in: relight login corp
    relight: dev does not last for 00 min: only 0 min left, until 00:00.
    ");
    assert_eq!(world.pages(), Vec::<String>::new());
    // One that lives is renewed first.
    signed_in(&world, &aws, START_URL, "corp", 5)?;
    world.age(&token_file("corp"), OLD)?;
    let renewals = aws.count(Operation::CreateToken);
    insta::assert_snapshot!(with("dev")?, @"
    0 started
    Renewed corp: 59 min left.
    ");
    assert_eq!(aws.count(Operation::CreateToken), renewals + 1);
    Ok(())
}

/// What guard says at a terminal where this is typed.
fn at_a_terminal(world: &World, typed: &str) -> Result<String> {
    let relight = relight_tests::world::program("relight")?;
    let guard = format!("{} guard --needs 30m --profile dev -- echo started", relight.display());
    let mut script = world.command("script");
    script.args(["-qec", &guard, "/dev/null"]).env("SSH_TTY", "/dev/pts/0");
    Ok(relight_tests::world::answered(&mut script, typed)?.replace('\r', "").replace(typed, ""))
}

#[test]
fn at_a_terminal_the_reason_is_said_once() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    insta::assert_snapshot!(at_a_terminal(&world, "n\n")?, @"dev does not last for 30 min: nobody is signed in to corp. Sign in to corp now? [Y/n] relight: The sign-in was not wanted.");
    aws.fault(Operation::CreateToken, Fault::Error(400, "AccessDeniedException"));
    aws.set_poll_interval(std::time::Duration::from_secs(1));
    let said = at_a_terminal(&world, "y\n")?;
    let last = said.lines().last().unwrap_or_default();
    assert_eq!((last, said.matches("relight").count()), ("The sign-in to corp was denied at AWS's page.", 0), "{said}");
    Ok(())
}

//! `relight run`: a command as if nobody were there, and what it fails for.

use crate::setting::{Result, aws, world};
use relight_tests::world::{Printed, World, run, token_file};
use std::time::Duration;

fn running(world: &World, command: &[&str]) -> Result<Printed> {
    Ok(run(world.program("relight")?.arg("run").arg("--").args(command))?)
}

/// What a terminal shows where `typed` is typed while `relight run` runs `command` of a shell.
fn at_a_terminal(world: &World, command: &str, typed: &str) -> Result<String> {
    world.write("command", command)?;
    let relight = relight_tests::world::program("relight")?;
    let mut script = world.command("script");
    let line = format!("stty -echo cols 100; {} run -- sh command", relight.display());
    script.args(["-qec", &line, "/dev/null"]).env("SSH_TTY", "/dev/pts/0").current_dir(world.home());
    Ok(relight_tests::world::answered(&mut script, typed)?.replace("\r\n", "\n"))
}

#[test]
fn a_command_runs_as_it_would_alone() -> Result<()> {
    let world = World::new()?;
    let Printed { code, out, err } = running(&world, &["sh", "-c", "echo out; printf 'e\\0r\\rr' >&2; exit 7"])?;
    assert_eq!((code, out.as_str(), err.as_str()), (Some(7), "out\n", "e\0r\rr"));
    let killed = running(&world, &["sh", "-c", "kill -TERM $$"])?;
    assert_eq!(killed.code, None, "we end by the signal that ended it");
    let nohup = "nohup \"$0\" run -- sh -c 'kill -HUP $$; echo lives' 2>&1 </dev/null | grep lives";
    let relight = relight_tests::world::program("relight")?;
    assert_eq!(run(world.command("sh").args(["-c", nohup]).arg(relight))?.out, "lives\n");
    // What it leaves running is not waited for.
    let left = running(&world, &["sh", "-c", "sleep 600 >/dev/null & echo $! ; echo err >&2"])?;
    assert_eq!((left.code, left.err.as_str()), (Some(0), "err\n"));
    run(world.command("kill").arg(left.out.trim()))?;
    // An error that is nobody's credentials, and one that did not stop the command.
    for command in ["echo 'no such file' >&2; exit 1", "echo 'Token has expired and refresh failed' >&2"] {
        let printed = running(&world, &["sh", "-c", command])?;
        assert_eq!(printed.err.lines().count(), 1, "{printed:?}");
    }
    let many = running(&world, &["sh", "-c", "yes | head -c 5000000 >&2"])?;
    assert_eq!(many.err.len(), 5_000_000);
    insta::assert_snapshot!(running(&world, &["no-such-program"])?.err, @"relight: no-such-program cannot be started: No such file or directory (os error 2).");
    Ok(())
}

#[test]
fn a_signal_for_us_is_one_for_the_command() -> Result<()> {
    let world = World::new()?;
    let waits = "import signal as s; s.pthread_sigmask(s.SIG_BLOCK, [2, 15]); print('started', flush=True); s.sigwait([2, 15]); print('told'); exit(3)";
    for signal in ["-TERM", "-INT"] {
        let mut relight = world.start_relight(&["run", "--", "python3", "-c", waits])?;
        relight.line_with(|line| line == "started")?;
        run(world.command("kill").args([signal, &relight.id().to_string()]))?;
        let printed = relight.end()?;
        assert_eq!((printed.code, printed.out.lines().last()), (Some(3), Some("told")), "{signal} {printed:?}");
    }
    Ok(())
}

#[test]
fn at_a_terminal_the_command_sees_the_terminal() -> Result<()> {
    let world = World::new()?;
    let command =
        "test -t 0 && test -t 1 && test -t 2 && echo all of it\nstty size <&2\nprintf 'one\\n\\033[1mtwo\\n' >&2\n";
    insta::assert_snapshot!(at_a_terminal(&world, command, "")?.replace('\u{1b}', "ESC"), @"
    all of it
    0 100
    one
    ESC[1mtwo
    ");
    Ok(())
}

#[test]
fn what_it_fails_for_is_explained() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let fails = "echo 'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.' >&2; exit 255";
    let printed = run(world.program("relight")?.args(["run", "--", "sh", "-c", fails]).env("AWS_PROFILE", "dev"))?;
    assert_eq!((printed.code, printed.out.as_str()), (Some(255), ""));
    insta::assert_snapshot!(printed.err, @"
    The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.

    The Identity Center session has ended
      To refresh this SSO session run aws sso login with the corresponding profile.
      profile dev · session corp · account 111122223333 · role ReadOnly · region us-east-1 · said by boto3

    The session of your Identity Center (AWS SSO) is over, and nothing can renew it: its token is past its end, or AWS did not take it any more. The text names no profile; 'dev' is the one that the environment selects.

    On this machine
      ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json: there is no token of 'corp'

    What to do
      1. Sign in to 'corp'
           relight login corp

    Signing in helps.
    ");
    assert_eq!(world.pages(), Vec::<String>::new(), "nobody's browser opens because of a script");
    Ok(())
}

#[test]
fn at_a_terminal_a_sign_in_and_a_second_try_are_offered() -> Result<()> {
    let aws = aws();
    aws.auto_approve(true);
    aws.set_poll_interval(Duration::from_secs(1));
    let world = world(&aws)?;
    let command = format!(
        "if test -e {}; then echo works; else echo 'Error loading SSO Token: Token for corp does not exist' >&2; exit 255; fi\n",
        token_file("corp")
    );
    let refused = at_a_terminal(&world, &command, "n\n")?;
    assert!(refused.trim_end().ends_with("Sign in to corp, and run it again? [Y/n]"), "{refused}");
    let said = at_a_terminal(&world, &command, "y\n")?;
    assert_eq!(said.lines().last(), Some("works"), "{said}");
    // Where it was no cure, it is not asked again.
    let never = "echo 'Error loading SSO Token: Token for corp does not exist' >&2; exit 255\n";
    world.replace(&token_file("corp"), "{}")?;
    let said = at_a_terminal(&world, never, "y\n")?;
    assert_eq!((said.matches("[Y/n]").count(), said.matches("does not exist\n").count() >= 2), (1, true), "{said}");
    Ok(())
}

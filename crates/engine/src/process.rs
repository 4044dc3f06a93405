//! Runs a `credential_process`, because a person asked for it. What it prints is looked at, and wiped.

use crate::paths;
use relight_core::credentials::AccessKeys;
use relight_core::offline::{NoOutput, OutputEnd, end_of_output, keys_of_output};
use relight_core::text::shown;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Somebody at a terminal, who sees what the program says and can answer it.
    Terminal,
    /// Somebody who clicked: the program can ask nothing, and must end by itself.
    Click,
}

/// A program that asks for something on a screen of its own is given this long.
const LONGEST: Duration = Duration::from_mins(5);
/// No output of any use is larger.
const LARGEST: u64 = 1 << 20;

/// The end that `command` names. The error is a sentence.
pub async fn end_of(profile: &str, command: &str, asker: Asker) -> Result<OutputEnd, String> {
    run(profile, command, asker, &[], end_of_output).await
}

/// The credentials that `command` gives. The programs that it starts know that those of `under_way` wait for it.
pub async fn keys_of(
    profile: &str,
    command: &str,
    asker: Asker,
    under_way: &[String],
) -> Result<(AccessKeys, OutputEnd), String> {
    let read = |printed: &[u8]| Ok((keys_of_output(printed)?, end_of_output(printed)?));
    run(profile, command, asker, under_way, read).await
}

/// Runs `command` through the shell, as most clients do.
async fn run<T>(
    profile: &str,
    command: &str,
    asker: Asker,
    under_way: &[String],
    read: impl FnOnce(&[u8]) -> Result<T, NoOutput>,
) -> Result<T, String> {
    let failed = |why: String| format!("The credential_process of {} failed: {why}.", shown(profile));
    let mut program = shell(command);
    if !under_way.is_empty() {
        program.env(paths::UNDER_WAY, under_way.join(","));
    }
    program.stdout(Stdio::piped()).kill_on_drop(true);
    if asker == Asker::Click {
        program.stdin(Stdio::null()).stderr(Stdio::piped());
        #[cfg(windows)]
        program.creation_flags(crate::programs::NO_CONSOLE);
    }
    let running = program.spawn().map_err(|error| failed(error.to_string()))?;
    let ran = match asker {
        Asker::Terminal => output(running).await,
        Asker::Click => match tokio::time::timeout(LONGEST, output(running)).await {
            Ok(ran) => ran,
            Err(_) => Err(io::Error::other("it did not end within five minutes, and was stopped")),
        },
    };
    let Output { status, printed, said } = ran.map_err(|error| failed(error.to_string()))?;
    if !status.success() {
        let said = String::from_utf8_lossy(&said);
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty());
        return Err(failed(match (last, status.code()) {
            (Some(line), _) => format!("it said '{}'", shown(line)),
            (None, Some(127)) => "it ended with code 127: the shell does not find its program".to_owned(),
            (None, Some(code)) => format!("it ended with code {code}"),
            (None, None) => "it was stopped by a signal".to_owned(),
        }));
    }
    read(&printed).map_err(|why| failed(why.to_string()))
}

struct Output {
    status: ExitStatus,
    /// With keys in it: wiped when it is dropped.
    printed: Zeroizing<Vec<u8>>,
    said: Vec<u8>,
}

/// Reads both outputs to their ends, and no more than is of use; the program is stopped then.
async fn output(mut running: Child) -> io::Result<Output> {
    let (stdout, stderr) = (running.stdout.take(), running.stderr.take());
    // Large enough from the start: what grows leaves its old place unwiped.
    let mut printed = Zeroizing::new(Vec::with_capacity(64 << 10));
    let mut said = Vec::new();
    let read_printed = async {
        match stdout {
            Some(stdout) => stdout.take(LARGEST).read_to_end(&mut printed).await,
            None => Ok(0),
        }
    };
    let read_said = async {
        match stderr {
            Some(stderr) => stderr.take(LARGEST).read_to_end(&mut said).await,
            None => Ok(0),
        }
    };
    let (count, said_count) = tokio::join!(read_printed, read_said);
    if count? as u64 == LARGEST || said_count? as u64 == LARGEST {
        running.kill().await?;
        return Err(io::Error::other("it printed more than 1 MiB, and was stopped"));
    }
    Ok(Output { status: running.wait().await?, printed, said })
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd.exe");
    // As it stands: cmd has rules of its own for quotes.
    shell.arg("/C").raw_arg(command);
    shell
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(command: &str) -> Result<OutputEnd, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| error.to_string())?.block_on(end_of("vendor", command, Asker::Click))
    }

    #[test]
    fn its_end_is_kept_and_its_last_words_are_told() {
        let keys = r#"echo '{"Version": 1, "AccessKeyId": "ASIADUMMY", "SecretAccessKey": "DUMMY", "Expiration": "2026-11-22T02:27:06Z"}'"#;
        let end = "2026-11-22T02:27:06Z".parse().map(OutputEnd::At).map_err(|error| format!("{error}"));
        assert_eq!(run(keys), end);
        assert_eq!(
            run("echo 'log in first' >&2; exit 3"),
            Err("The credential_process of vendor failed: it said 'log in first'.".to_owned())
        );
        assert_eq!(run("exit 3"), Err("The credential_process of vendor failed: it ended with code 3.".to_owned()));
        assert_eq!(
            run("yes"),
            Err("The credential_process of vendor failed: it printed more than 1 MiB, and was stopped.".to_owned())
        );
        assert_eq!(run("cat"), Err("The credential_process of vendor failed: it printed no JSON object.".to_owned()));
    }
}

//! Runs a `credential_process`, because a person asked for it. What it prints is looked at for its end, and dropped.

use relight_core::offline::end_of_output;
use relight_core::text::shown;
use relight_core::time::Timestamp;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

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

/// Runs `command` through the shell, as most clients do. The end that it names, none for never; the error is a sentence.
pub async fn end_of(profile: &str, command: &str, asker: Asker) -> Result<Option<Timestamp>, String> {
    let failed = |why: &str| format!("The credential_process of {} failed: {why}.", shown(profile));
    let mut program = shell(command);
    program.stdout(Stdio::piped()).kill_on_drop(true);
    if asker == Asker::Click {
        program.stdin(Stdio::null()).stderr(Stdio::piped());
    }
    let running = program.spawn().map_err(|error| failed(&error.to_string()))?;
    let output = match asker {
        Asker::Terminal => running.wait_with_output().await,
        Asker::Click => tokio::time::timeout(LONGEST, running.wait_with_output())
            .await
            .map_err(|_| failed("it did not end within five minutes, and was stopped"))?,
    };
    let output = output.map_err(|error| failed(&error.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty());
        return Err(failed(&match last {
            Some(line) => format!("it said '{}'", shown(line)),
            None => format!("it ended with {}", output.status),
        }));
    }
    end_of_output(&output.stdout).map_err(|why| failed(&why.to_string()))
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

    fn run(command: &str) -> Result<Option<Timestamp>, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| error.to_string())?.block_on(end_of("vendor", command, Asker::Click))
    }

    #[test]
    fn its_end_is_kept_and_its_last_words_are_told() {
        let keys = r#"echo '{"Version": 1, "AccessKeyId": "ASIADUMMY", "SecretAccessKey": "DUMMY", "Expiration": "2026-11-22T02:27:06Z"}'"#;
        assert_eq!(run(keys).map(|end| end.map(Timestamp::as_second)), Ok(Some(1_795_314_426)));
        assert_eq!(
            run("echo 'log in first' >&2; exit 3"),
            Err("The credential_process of vendor failed: it said 'log in first'.".to_owned())
        );
        assert_eq!(
            run("exit 3"),
            Err("The credential_process of vendor failed: it ended with exit status: 3.".to_owned())
        );
        assert_eq!(run("cat"), Err("The credential_process of vendor failed: it printed no JSON object.".to_owned()));
    }
}

//! On Windows: a pipe. A program there that asks whether standard error is a console hears that it is none.

use super::Heard;
use super::tail::Tail;
use std::io::{self, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::process::ChildStderr;

/// What a command left running may keep the other end for days: how long its last words are waited for.
const LAST_WORDS: Duration = Duration::from_millis(500);

pub(super) async fn run(command: Command) -> io::Result<Heard> {
    let mut child = tokio::process::Command::from(command).stderr(Stdio::piped()).spawn()?;
    let mut stderr = child.stderr.take();
    let mut tail = Tail::default();
    let status = loop {
        tokio::select! {
            status = child.wait() => break status?,
            heard = hear(&mut stderr, &mut tail) => if !heard { stderr = None },
            // It reaches all programs of the console: the command decides what it means.
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    let last_words = async { while stderr.is_some() && hear(&mut stderr, &mut tail).await {} };
    let _ = tokio::time::timeout(LAST_WORDS, last_words).await;
    Ok(Heard { status, said: tail.into_bytes() })
}

/// Waits for something to hear, and passes it on. No when nothing comes any more.
async fn hear(stderr: &mut Option<ChildStderr>, tail: &mut Tail) -> bool {
    let Some(stderr) = stderr else { return std::future::pending().await };
    let mut bytes = [0; 1 << 13];
    let Ok(count @ 1..) = stderr.read(&mut bytes).await else { return false };
    let said = bytes.get(..count).unwrap_or_default();
    tail.push(said);
    let mut err = io::stderr().lock();
    err.write_all(said).and_then(|()| err.flush()).is_ok()
}

pub(super) fn end_like(status: ExitStatus) -> i32 {
    status.code().unwrap_or(1)
}

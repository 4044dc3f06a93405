//! On Unix: a pipe, or a terminal of our own for standard error alone.

mod ear;
mod passed_on;

use super::Heard;
use super::tail::Tail;
use ear::Ear;
use passed_on::PassedOn;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

pub(super) async fn run(command: Command) -> io::Result<Heard> {
    let mut signals = PassedOn::new()?;
    let (ear, theirs) = Ear::open()?;
    let mut command = tokio::process::Command::from(command);
    if ear::are_outputs_one() {
        command.stdout(theirs.try_clone()?);
    }
    let mut child = command.stderr(theirs).spawn()?;
    // With it goes our copy of their end: only without it there is an end to what we hear.
    drop(command);
    let id = child.id();
    let mut ear = Some(ear);
    let mut tail = Tail::default();
    let status = loop {
        tokio::select! {
            status = child.wait() => break status?,
            heard = hear(&mut ear, &mut tail) => if !heard { ear = None },
            signal = signals.next() => signal.reaches(id, ear.as_ref()),
        }
    };
    // What it said last. What it left running may keep the other end for days.
    if let Some(ear) = ear {
        let last = loop {
            match ear.take(&mut tail) {
                Some(1..) => {}
                last => break last,
            }
        };
        if last.is_some() {
            ear.hand_over();
        }
    }
    Ok(Heard { status, said: tail.into_bytes() })
}

/// Waits for something to hear, and passes it on. No when nothing comes any more.
async fn hear(ear: &mut Option<Ear>, tail: &mut Tail) -> bool {
    match ear {
        Some(ear) => ear.hear(tail).await,
        None => std::future::pending().await,
    }
}

pub(super) fn end_like(status: ExitStatus) -> i32 {
    let Some(signal) = status.signal() else { return status.code().unwrap_or(1) };
    let _ = signal_hook::low_level::emulate_default_handler(signal);
    // Only where the signal ends no process by itself, which then ended none.
    128 + signal
}

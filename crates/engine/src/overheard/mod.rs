//! Runs a command as if nobody were there, and hears what it says on standard error.
//!
//! Everything else is the command's own: standard input and output, the terminal that controls it, its place in the
//! process group. Where standard error is a terminal, the command sees one too.

mod tail;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

use std::io;
use std::process::{Command, ExitStatus};

/// A command that has ended.
#[derive(Debug)]
pub struct Heard {
    /// How.
    pub status: ExitStatus,
    /// The end of what it said on standard error: there the error is.
    pub said: Vec<u8>,
}

/// Runs `command` to its end. What it says on standard error goes on to this process's own at once, unchanged. An error is
/// that it could not be started.
pub async fn run(command: Command) -> io::Result<Heard> {
    system::run(command).await
}

/// Ends as the command did: by its signal where one ended it, so that a script that called us stops where it would have
/// stopped, else with the code that this gives.
pub fn end_like(status: ExitStatus) -> i32 {
    system::end_like(status)
}

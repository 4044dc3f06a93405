//! What is said into one end comes out at ours, and goes on to this process's standard error.

use crate::overheard::tail::Tail;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Mode, OFlags, fcntl_getfl, fcntl_setfl, fstat, open};
use rustix::io::{Errno, FdFlags, fcntl_setfd, read, retry_on_intr, write};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::stdio::{stderr, stdout};
use rustix::termios::{OptionalActions, OutputModes, isatty, tcgetattr, tcgetwinsize, tcsetattr, tcsetwinsize};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use tokio::io::unix::AsyncFd;

pub(super) struct Ear(AsyncFd<OwnedFd>);

impl Ear {
    /// Our end, and the end for the command.
    #[expect(deprecated, reason = "what replaces it is unsafe; an owned descriptor is what it is safe with")]
    pub(super) fn open() -> io::Result<(Self, OwnedFd)> {
        let (ours, theirs) = if isatty(stderr()) { terminal()? } else { pipe()? };
        fcntl_setfl(&ours, fcntl_getfl(&ours)? | OFlags::NONBLOCK)?;
        Ok((Self(AsyncFd::new(ours)?), theirs))
    }

    /// Waits for something, and passes it on. No when nothing comes any more.
    pub(super) async fn hear(&self, tail: &mut Tail) -> bool {
        while let Ok(mut ready) = self.0.readable().await {
            match self.take(tail) {
                Some(0) => ready.clear_ready(),
                taken => return taken.is_some(),
            }
        }
        false
    }

    /// Passes on a piece of what is there now, and gives its length. None when nothing comes any more, or nobody reads it.
    pub(super) fn take(&self, tail: &mut Tail) -> Option<usize> {
        let mut bytes = [0; 1 << 14];
        match retry_on_intr(|| read(self.0.get_ref(), &mut bytes)) {
            Ok(0) => None,
            Ok(count) => {
                let said = bytes.get(..count)?;
                tail.push(said);
                pass_on(said).ok().map(|()| count)
            }
            Err(Errno::AGAIN) => Some(0),
            // A terminal whose other end is closed says EIO.
            Err(_) => None,
        }
    }

    /// Leaves our end to a program that passes on until nobody speaks any more, and outlives us: what the command left
    /// running must not lose its standard error.
    pub(super) fn hand_over(self) {
        let ours = self.0.into_inner();
        let handed = fcntl_getfl(&ours).and_then(|flags| fcntl_setfl(&ours, flags - OFlags::NONBLOCK));
        let (Ok(()), Ok(err)) = (handed, io::stderr().as_fd().try_clone_to_owned()) else { return };
        let mut cat = Command::new("cat");
        // In a group of its own: Ctrl-C is not for it.
        let cat = cat.stdin(ours).stdout(err).stderr(Stdio::null()).process_group(0).spawn();
        if let Err(error) = cat {
            tracing::debug!("what the command left running is not heard any more: cat: {error}");
        }
    }

    /// The person's window has another size now.
    pub(super) fn resize(&self) {
        if let Ok(size) = tcgetwinsize(stderr()) {
            let _ = tcsetwinsize(self.0.get_ref(), size);
        }
    }
}

/// Whether standard output and standard error are one file or pipe, as after `2>&1`: what is written to both keeps its
/// order only on one way. Not so for a terminal, which programs that draw on it must have for themselves.
pub(super) fn are_outputs_one() -> bool {
    let same =
        |one: rustix::fs::Stat, other: rustix::fs::Stat| (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino);
    !isatty(stderr()) && fstat(stdout()).is_ok_and(|out| fstat(stderr()).is_ok_and(|err| same(out, err)))
}

fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (ours, theirs) = io::pipe()?;
    Ok((ours.into(), theirs.into()))
}

/// A terminal that changes nothing: the person's own puts the carriage returns in.
fn terminal() -> io::Result<(OwnedFd, OwnedFd)> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = ptsname(&ours, Vec::new())?;
    let theirs = open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    fcntl_setfd(&ours, FdFlags::CLOEXEC)?;
    let mut modes = tcgetattr(stderr())?;
    modes.output_modes.remove(OutputModes::OPOST);
    tcsetattr(&theirs, OptionalActions::Now, &modes)?;
    tcsetwinsize(&theirs, tcgetwinsize(stderr())?)?;
    Ok((ours, theirs))
}

/// By the system's own call: what stands in no buffer is in order with what the command writes elsewhere.
fn pass_on(mut said: &[u8]) -> io::Result<()> {
    while !said.is_empty() {
        match write(stderr(), said) {
            Ok(count) => said = said.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Some programs make the terminal that they share with us one that does not block.
            Err(Errno::AGAIN) => {
                let _ = poll(&mut [PollFd::new(&stderr(), PollFlags::OUT)], None);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

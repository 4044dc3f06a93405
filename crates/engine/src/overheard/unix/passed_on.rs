//! Signals that are meant for the command.

use super::ear::Ear;
use rustix::process::{Pid, Signal, getpgrp, kill_process};
use rustix::stdio::{stderr, stdin, stdout};
use rustix::termios::tcgetpgrp;
use std::future::poll_fn;
use std::io;
use std::task::Poll;
use tokio::signal::unix::{SignalKind, signal};

/// All that would end this process, which has to outlive the command, and the one that tells a window's new size.
const SIGNALS: [(SignalKind, Option<Signal>); 7] = [
    (SignalKind::interrupt(), Some(Signal::INT)),
    (SignalKind::quit(), Some(Signal::QUIT)),
    (SignalKind::terminate(), Some(Signal::TERM)),
    (SignalKind::hangup(), Some(Signal::HUP)),
    (SignalKind::user_defined1(), Some(Signal::USR1)),
    (SignalKind::user_defined2(), Some(Signal::USR2)),
    (SignalKind::window_change(), None),
];

pub(super) struct PassedOn(Vec<(tokio::signal::unix::Signal, Came)>);

/// A signal that came; none is a window's new size.
#[derive(Clone, Copy)]
pub(super) struct Came(Option<Signal>);

impl PassedOn {
    /// From now on, none of them ends this process. What it was started to ignore, as by nohup, the command ignores, too.
    pub(super) fn new() -> io::Result<Self> {
        let ignored = ignored();
        let heard = SIGNALS.iter().filter(|(kind, _)| ignored >> (kind.as_raw_value() - 1) & 1 == 0);
        heard.map(|(kind, sent)| Ok((signal(*kind)?, Came(*sent)))).collect::<io::Result<_>>().map(Self)
    }

    /// Waits for the next one. May be dropped at any time.
    pub(super) async fn next(&mut self) -> Came {
        poll_fn(|context| {
            for (signal, came) in &mut self.0 {
                if signal.poll_recv(context).is_ready() {
                    return Poll::Ready(*came);
                }
            }
            Poll::Pending
        })
        .await
    }
}

impl Came {
    /// Passes it on.
    pub(super) fn reaches(self, command: Option<u32>, ear: Option<&Ear>) {
        let Some(signal) = self.0 else {
            if let Some(ear) = ear {
                ear.resize();
            }
            return;
        };
        let pid = command.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        // Ctrl-C at a terminal reaches the command, too: twice, it would be another order to some.
        if let Some(pid) = pid.filter(|_| !(is_from_keyboard(signal) && are_at_a_terminal())) {
            let _ = kill_process(pid, signal);
        }
    }
}

/// The signals that this process ignores, from bit 0 for signal 1. Only Linux tells without unsafe calls.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

fn is_from_keyboard(signal: Signal) -> bool {
    signal == Signal::INT || signal == Signal::QUIT
}

/// Whether the command and we are what a terminal's keys reach.
fn are_at_a_terminal() -> bool {
    let own = getpgrp();
    [tcgetpgrp(stdin()), tcgetpgrp(stdout()), tcgetpgrp(stderr())].contains(&Ok(own))
}

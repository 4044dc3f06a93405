//! Ctrl-C, and being asked to end: the program ends as if the person had quit.

use crate::engine::Inbox;
use relight_core::action::Action;
use relight_core::app::Event;
use std::io;

/// Waits for one of them, and quits.
pub async fn quit_when_asked(inbox: Inbox) {
    if let Ok(mut asked) = Asked::new() {
        asked.next().await;
        inbox.send(Event::Act(Action::Quit));
    }
}

/// Being asked to end, each time. None is lost once this is made.
#[cfg(unix)]
pub struct Asked([tokio::signal::unix::Signal; 2]);

#[cfg(unix)]
impl Asked {
    /// From now on, none of them ends the program by itself.
    pub fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self([signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?]))
    }

    /// Waits for the next one. May be dropped at any time.
    pub async fn next(&mut self) {
        let [interrupt, terminate] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Being asked to end, each time.
#[cfg(not(unix))]
pub struct Asked;

#[cfg(not(unix))]
impl Asked {
    /// From now on, Ctrl-C does not end the program by itself.
    pub fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next one. May be dropped at any time.
    pub async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// A file that would become larger than the system allows is an error to tell, not the end of the program: by then, AWS
/// may have given a token out.
#[cfg(unix)]
pub(crate) fn outlive_limits() {
    /// On Linux and macOS, on all processors that Relight is made for.
    const SIGXFSZ: i32 = 25;
    let kind = tokio::signal::unix::SignalKind::from_raw(SIGXFSZ);
    if let Err(error) = tokio::signal::unix::signal(kind) {
        tracing::debug!("a limit on files may end the program: {error}");
    }
}

#[cfg(not(unix))]
pub(crate) fn outlive_limits() {}

//! Ctrl-C, and being asked to end: the program ends as if the person had quit.

use crate::engine::Inbox;
use relight_core::action::Action;
use relight_core::app::Event;

/// Waits for one of them, and quits.
pub async fn quit_when_asked(inbox: Inbox) {
    if asked().await.is_ok() {
        inbox.send(Event::Act(Action::Quit));
    }
}

#[cfg(unix)]
async fn asked() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

//! What the engine's thread, the page's two commands and the window's events share.

use relight_core::action::{Action, Part};
use relight_core::app::Event;
use relight_core::browser::FoundBrowser;
use relight_core::page::{Page, WslHome};
use relight_engine::engine::Inbox;
use relight_engine::paths::Paths;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::watch;

/// Shared by all threads of the window's process.
pub(crate) struct Shared {
    /// The newest page; none until the files were read.
    pub(crate) page: watch::Sender<Option<Arc<Page>>>,
    pub(crate) paths: Paths,
    /// Whether this process sees a sign-in through.
    pub(crate) signing_in: AtomicBool,
    /// Whether the person closed the window while that went on: it ends with it.
    pub(crate) closing: AtomicBool,
    /// Whether it is too late to show the window again.
    pub(crate) ending: AtomicBool,
    /// What the page is to show first.
    pub(crate) part: Part,
    /// What the settings offer, once it was looked for.
    pub(crate) found: OnceLock<Found>,
    inbox: Mutex<Option<Inbox>>,
}

/// What this machine has.
#[derive(Clone, Default)]
pub(crate) struct Found {
    pub(crate) browsers: Vec<FoundBrowser>,
    pub(crate) wsl_homes: Vec<WslHome>,
}

impl Shared {
    pub(crate) fn new(paths: Paths, part: Part) -> Self {
        Self {
            page: watch::Sender::new(None),
            paths,
            signing_in: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            ending: AtomicBool::new(false),
            part,
            found: OnceLock::new(),
            inbox: Mutex::new(None),
        }
    }

    /// The engine is there.
    pub(crate) fn connect(&self, inbox: Inbox) {
        *self.inbox.lock().unwrap_or_else(PoisonError::into_inner) = Some(inbox);
    }

    /// Gives the engine what a person asked for; false while it is not there.
    pub(crate) fn act(&self, action: Action) -> bool {
        let inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        inbox.as_ref().map(|inbox| inbox.send(Event::Act(action))).is_some()
    }

    /// Whether the window may go away for good now.
    pub(crate) fn may_end(&self) -> bool {
        !self.signing_in.load(Ordering::SeqCst)
    }
}

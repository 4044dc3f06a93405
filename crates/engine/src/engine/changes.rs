//! Choices on their way into the file of settings: one after another, in the order in which they were made.

use super::{Inbox, Message};
use crate::paths::Paths;
use crate::{autostart, settings};
use relight_core::app::Event;
use relight_core::settings::{Setting, Settings};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::spawn_blocking;

#[derive(Default)]
pub(super) struct Changes {
    queue: Mutex<VecDeque<Setting>>,
    /// Held by whoever writes.
    turn: Mutex<()>,
    under_way: AtomicUsize,
    starts_at_login: AtomicBool,
}

impl Changes {
    /// Writes a choice. `last` is what counts for what the file says wrongly.
    pub(super) fn write(self: &Arc<Self>, setting: Setting, last: Settings, paths: Arc<Paths>, inbox: Inbox) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(setting);
        self.work(inbox.clone(), move |changes| {
            let next = changes.queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(setting) = next else { return };
            if let Err(sentence) = settings::change(&paths, &setting) {
                tracing::warn!("{sentence}");
                let _ = inbox.0.send(Message::Trouble(sentence));
            }
            inbox.send(Event::Seen(vec![settings::seen(&paths, &last)]));
        });
    }

    /// Makes the entry for starting at login as the newest choice says.
    pub(super) fn start_at_login(self: &Arc<Self>, on: bool, paths: Arc<Paths>, inbox: Inbox) {
        self.starts_at_login.store(on, Ordering::SeqCst);
        self.work(inbox, move |changes| {
            if let Err(error) = autostart::keep(&paths, changes.starts_at_login.load(Ordering::SeqCst)) {
                tracing::warn!("{} cannot be kept: {error}", autostart::place(&paths));
            }
        });
    }

    /// Whether something is not written yet: the program must not end now.
    pub(super) fn are_under_way(&self) -> bool {
        self.under_way.load(Ordering::SeqCst) > 0
    }

    fn work(self: &Arc<Self>, inbox: Inbox, work: impl FnOnce(&Self) + Send + 'static) {
        self.under_way.fetch_add(1, Ordering::SeqCst);
        let changes = self.clone();
        spawn_blocking(move || {
            let turn = changes.turn.lock().unwrap_or_else(PoisonError::into_inner);
            work(&changes);
            drop(turn);
            changes.under_way.fetch_sub(1, Ordering::SeqCst);
            // For whoever waits for the last one.
            inbox.send(Event::Tick);
        });
    }
}

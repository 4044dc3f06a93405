//! When pages open: one after another, and none behind a locked screen.

use super::{App, Effect};
use crate::flow::{Do, Wish};
use crate::time::Timestamp;
use alloc::vec::Vec;

impl App {
    /// No page opens behind a locked screen: it opens when the person is back.
    pub(super) fn hold_pages(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let is_page = |effect: &Effect| matches!(effect, Effect::Do(_, Do::OpenBrowser(..)) | Effect::Browse(..));
        if self.locked {
            let (pages, others) = effects.into_iter().partition(is_page);
            self.held_pages.extend::<Vec<_>>(pages);
            return others;
        }
        let held = core::mem::take(&mut self.held_pages);
        let is_wanted = |effect: &Effect| match effect {
            Effect::Do(ticket, _) => self.flows.is_running(*ticket),
            _ => true,
        };
        let mut pages: Vec<_> = held.into_iter().filter(is_wanted).collect();
        pages.extend(effects);
        pages
    }

    /// Opens the page of the next session in the queue that still needs it.
    pub(super) fn next_in_queue(&mut self, now: Timestamp) -> Vec<Effect> {
        while !self.flows.any_login() && !self.locked {
            let Some(session) = self.queue.pop_front() else { break };
            if self.view(now).to_cure().iter().any(|needy| needy.id == session) {
                return self.sign_in(&Wish::new(session), now);
            }
        }
        Vec::new()
    }
}

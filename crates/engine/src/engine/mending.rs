//! Carries out what mends something, beside the loop.

use super::{Engine, Message};
use crate::fixes::{self, Done};
use crate::surroundings;
use relight_core::app::Event;
use relight_core::config::Files;
use relight_core::fix::Change;
use tokio::task::spawn_blocking;

impl Engine {
    pub(super) fn mend(&self, change: Box<Change>, seen: Box<Files>) {
        let paths = self.paths.clone();
        self.tell_mended(move || fixes::carry_out(&paths, &seen, &change));
    }

    /// Once: what was taken back is no change to be taken back.
    pub(super) fn take_back(&mut self) {
        let paths = self.paths.clone();
        if let Some(way) = self.way_back.take() {
            self.tell_mended(move || {
                let said = fixes::take_back(&paths, &way)?;
                Ok(Done { said, ..Done::default() })
            });
        }
    }

    pub(super) fn look_around(&self) {
        let (paths, inbox, world) = (self.paths.clone(), self.inbox.clone(), self.app.world.clone());
        spawn_blocking(move || {
            let around = surroundings::look(&paths, &world, None);
            inbox.send(Event::LookedAround(Box::new(around)));
        });
    }

    fn tell_mended(&self, work: impl FnOnce() -> Result<Done, String> + Send + 'static) {
        let inbox = self.inbox.clone();
        self.in_background(move || {
            let done = work()?;
            let _ = inbox.0.send(Message::Mended(done));
            Ok(())
        });
    }
}

//! A double of the notification daemon: keeps what programs send and answers as a person would.

use std::{sync::Arc, time::Duration};

use super::{
    bus::{Bus, Object},
    error::{Error, Result},
    notice::{Closed, Notice},
    notification_daemon::{Daemon, NAME, Notices, PATH},
};

const OBJECT: Object<'static> = Object { name: NAME, path: PATH, interface: NAME };

/// The notification daemon of a private desktop. Dropped, the desktop has none.
///
/// Answers go to the sender of the notice alone, as with dunst. A program that listens on another
/// connection than it sends from works with most daemons, but neither with dunst nor here.
pub struct Notifications {
    bus: Bus,
    notices: Arc<Notices>,
}

impl Notifications {
    /// The bus name of a notification daemon.
    pub(super) const NAME: &str = NAME;

    pub(super) fn start(address: &str, capabilities: &[&str]) -> Result<Self> {
        let notices = Arc::new(Notices::default());
        let daemon = Daemon::new(&notices, capabilities);
        let bus = Bus::serve(address, NAME, PATH, daemon)?;
        Ok(Self { bus, notices })
    }

    /// Every notice sent so far, replacements included, in the order of arrival.
    pub fn all(&self) -> Vec<Notice> {
        self.notices.shown()
    }

    /// What a person sees now.
    pub fn open(&self) -> Vec<Notice> {
        self.all().into_iter().filter(|notice| notice.closed.is_none()).collect()
    }

    /// The first notice that fits, be it there already or still to come.
    pub fn wait_for(&self, fits: impl Fn(&Notice) -> bool, timeout: Duration) -> Result<Notice> {
        self.notices.wait("a notice", timeout, |all| all.iter().find(|notice| notice.shown && fits(notice)).cloned())
    }

    /// Waits until the program, or a person, has closed notice `id`.
    pub fn wait_closed(&self, id: u32, timeout: Duration) -> Result<Closed> {
        let awaited = format!("notice {id} to be closed");
        self.notices.wait(&awaited, timeout, |all| all.iter().rfind(|notice| notice.id == id)?.closed)
    }

    /// Clicks a button by its key, or the notice itself (`default`).
    pub fn invoke(&self, id: u32, action: &str) -> Result<()> {
        let notice = self.find_open(id)?;
        if !notice.actions.iter().any(|offered| offered.key == action) {
            return Err(Error::Notice { id, problem: format!("does not offer {action:?} in {:?}", notice.actions) });
        }
        self.bus.signal(&notice.sender, OBJECT, "ActionInvoked", &(id, action))?;
        if notice.is_resident() { Ok(()) } else { self.close(&notice, Closed::Dismissed) }
    }

    /// Closes a notice without an answer.
    pub fn dismiss(&self, id: u32) -> Result<()> {
        self.close(&self.find_open(id)?, Closed::Dismissed)
    }

    /// Lets the time of a notice run out.
    pub fn expire(&self, id: u32) -> Result<()> {
        self.close(&self.find_open(id)?, Closed::Expired)
    }

    fn find_open(&self, id: u32) -> Result<Notice> {
        let open = self.open().into_iter().find(|notice| notice.id == id);
        open.ok_or_else(|| Error::Notice { id, problem: "is not open".to_owned() })
    }

    fn close(&self, notice: &Notice, how: Closed) -> Result<()> {
        let id = notice.id;
        match self.notices.close(id, how) {
            Some(sender) => self.bus.signal(&sender, OBJECT, "NotificationClosed", &(id, how as u32)),
            // The program has just taken it back and heard so.
            None => Ok(()),
        }
    }
}

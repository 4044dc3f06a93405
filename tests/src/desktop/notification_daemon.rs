//! The side of the notification double that programs talk to, and what it keeps.

use std::{
    collections::HashMap,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use zbus::{
    Connection, fdo, interface, message::Header, object_server::ResponseDispatchNotifier, zvariant::OwnedValue,
};

use super::{
    error::{Error, Result},
    notice::{Action, Closed, Notice},
};

/// The bus name of a notification daemon, and of its interface.
pub(super) const NAME: &str = "org.freedesktop.Notifications";
pub(super) const PATH: &str = "/org/freedesktop/Notifications";

/// What was sent, shared by the daemon's thread and the test's.
#[derive(Default)]
pub(super) struct Notices {
    list: Mutex<Vec<Notice>>,
    changed: Condvar,
}

impl Notices {
    pub(super) fn shown(&self) -> Vec<Notice> {
        self.lock().iter().filter(|notice| notice.shown).cloned().collect()
    }

    /// Waits until `find` finds something among all notices, shown or just about to be.
    pub(super) fn wait<T>(&self, awaited: &str, timeout: Duration, find: impl Fn(&[Notice]) -> Option<T>) -> Result<T> {
        let absent = |list: &mut Vec<Notice>| find(list).is_none();
        let waited = self.changed.wait_timeout_while(self.lock(), timeout, absent);
        let (list, _) = waited.unwrap_or_else(PoisonError::into_inner);
        find(&list).ok_or_else(|| {
            let seen = list.iter().map(|notice| format!("{notice:?}\n")).collect();
            Error::Timeout { awaited: awaited.to_owned(), after: timeout, seen }
        })
    }

    /// Closes what is open under `id`; whose it was, if anything was.
    pub(super) fn close(&self, id: u32, how: Closed) -> Option<String> {
        let mut list = self.lock();
        let notice = list.iter_mut().find(|notice| notice.id == id && notice.closed.is_none())?;
        notice.closed = Some(how);
        self.changed.notify_all();
        Some(notice.sender.clone())
    }

    /// Keeps a notice under its number, or under a new one.
    fn add(&self, mut notice: Notice) -> u32 {
        let mut list = self.lock();
        let newest = list.iter().map(|kept| kept.id).max().unwrap_or(0);
        notice.id = if notice.replaces_id == 0 { newest + 1 } else { notice.replaces_id };
        let id = notice.id;
        for kept in list.iter_mut().filter(|kept| kept.id == id) {
            kept.closed.get_or_insert(Closed::Replaced);
        }
        list.push(notice);
        id
    }

    /// Lets the test see a notice.
    fn show(&self, id: u32) {
        self.lock().iter_mut().filter(|notice| notice.id == id).for_each(|notice| notice.shown = true);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Notice>> {
        // A predicate of the test may have panicked; the list is as good as before.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers the calls of the notification specification.
pub(super) struct Daemon {
    notices: Arc<Notices>,
    capabilities: Vec<String>,
}

impl Daemon {
    pub(super) fn new(notices: &Arc<Notices>, capabilities: &[&str]) -> Self {
        Self { notices: Arc::clone(notices), capabilities: capabilities.iter().map(|&name| name.to_owned()).collect() }
    }
}

#[interface(name = "org.freedesktop.Notifications")]
impl Daemon {
    fn get_capabilities(&self) -> Vec<String> {
        self.capabilities.clone()
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("double", "tests", env!("CARGO_PKG_VERSION"), "1.2")
    }

    #[expect(clippy::too_many_arguments, reason = "the specification's signature")]
    fn notify(
        &self,
        app_name: String,
        replaces_id: u32,
        icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expire_timeout: i32,
        #[zbus(header)] header: Header<'_>,
    ) -> ResponseDispatchNotifier<u32> {
        let actions = actions.chunks_exact(2).map(|pair| Action { key: pair[0].clone(), label: pair[1].clone() });
        let id = self.notices.add(Notice {
            id: 0,
            app_name,
            replaces_id,
            icon,
            summary,
            body,
            actions: actions.collect(),
            hints,
            expire_timeout,
            closed: None,
            shown: false,
            sender: header.sender().map(ToString::to_string).unwrap_or_default(),
        });
        // A test is faster than any person: it must not answer before the program knows the number.
        let (reply, sent) = ResponseDispatchNotifier::new(id);
        let notices = Arc::clone(&self.notices);
        tokio::spawn(async move {
            sent.await;
            notices.show(id);
        });
        reply
    }

    async fn close_notification(&self, id: u32, #[zbus(connection)] bus: &Connection) -> fdo::Result<()> {
        // The specification wants an empty error for a notice that is gone.
        let sender = self.notices.close(id, Closed::Withdrawn).ok_or(fdo::Error::Failed(String::new()))?;
        let body = (id, Closed::Withdrawn as u32);
        Ok(bus.emit_signal(Some(sender.as_str()), PATH, NAME, "NotificationClosed", &body).await?)
    }
}

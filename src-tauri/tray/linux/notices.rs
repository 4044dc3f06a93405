//! Desktop notices: shown once, withdrawn when they are no longer true, and their buttons heard.

use super::bus::{self, Answer, NotificationsProxy};
use crate::icon;
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::notice::{Due, Notice};
use relight_engine::engine::Inbox;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use zbus::zvariant::{StructureBuilder, Value};

/// How long the end waits for the last notice to go.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Sends to the task that shows notices.
#[derive(Clone)]
pub(super) struct Notices(mpsc::UnboundedSender<Ask>);

enum Ask {
    Due(Due),
    Tell { title: String, body: String, done: oneshot::Sender<()> },
    WithdrawAll(oneshot::Sender<()>),
}

impl Notices {
    /// Shows notices and sends what a person presses to `inbox`.
    pub(super) fn start(inbox: Inbox) -> Self {
        Self::spawn(Some(inbox))
    }

    /// For [`Self::tell`] alone.
    pub(super) fn start_alone() -> Self {
        Self::spawn(None)
    }

    /// What is true now, and what of it to show.
    pub(super) fn are_due(&self, due: Due) {
        let _ = self.0.send(Ask::Due(due));
    }

    /// Shows something once, and returns when it is shown or cannot be.
    pub(super) async fn tell(&self, title: &str, body: &str) {
        self.ask(|done| Ask::Tell { title: title.to_owned(), body: body.to_owned(), done }).await;
    }

    /// Takes all of them off the screen.
    pub(super) async fn withdraw_all(&self) {
        // A daemon that hangs holds nobody's end up.
        let _ = tokio::time::timeout(LAST_WORDS, self.ask(Ask::WithdrawAll)).await;
    }

    async fn ask(&self, ask: impl FnOnce(oneshot::Sender<()>) -> Ask) {
        let (done, answered) = oneshot::channel();
        if self.0.send(ask(done)).is_ok() {
            let _ = answered.await;
        }
    }

    fn spawn(inbox: Option<Inbox>) -> Self {
        let (sender, asked) = mpsc::unbounded_channel();
        let (answers, answered) = mpsc::unbounded_channel();
        let screen = Screen {
            daemon: None,
            answers,
            open: BTreeMap::new(),
            announced: BTreeSet::new(),
            last: Due::default(),
            inbox,
        };
        tokio::spawn(screen.run(asked, answered));
        Self(sender)
    }
}

/// What is on the screen.
struct Screen {
    daemon: Option<NotificationsProxy<'static>>,
    answers: mpsc::UnboundedSender<Answer>,
    /// By the daemon's number.
    open: BTreeMap<u32, Notice>,
    /// Keys that were shown, until the core knows that they were.
    announced: BTreeSet<String>,
    last: Due,
    inbox: Option<Inbox>,
}

/// Pressing the notice itself does what its first button does: some daemons draw no buttons.
const DEFAULT: &str = "default";
const DAEMONS_CHOICE: i32 = -1;
const NEVER: i32 = 0;

impl Screen {
    async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Ask>, mut answered: mpsc::UnboundedReceiver<Answer>) {
        loop {
            tokio::select! {
                ask = asked.recv() => match ask {
                    Some(Ask::Due(mut due)) => {
                        // A daemon that is slow is told what is true now, not all that was in between.
                        let mut other = None;
                        while let Ok(next) = asked.try_recv() {
                            match next {
                                Ask::Due(newer) => due = newer,
                                ask => {
                                    other = Some(ask);
                                    break;
                                }
                            }
                        }
                        self.due(due).await;
                        if let Some(ask) = other {
                            self.one(ask).await;
                        }
                    }
                    Some(ask) => self.one(ask).await,
                    None => return,
                },
                Some(answer) = answered.recv() => self.answer(answer).await,
            }
        }
    }

    async fn one(&mut self, ask: Ask) {
        match ask {
            Ask::Due(due) => self.due(due).await,
            Ask::Tell { title, body, done } => {
                let notice = Notice { keys: Vec::new(), title, body, buttons: Vec::new(), stays: false };
                let _ = self.show(&notice).await;
                let _ = done.send(());
            }
            Ask::WithdrawAll(done) => {
                for id in std::mem::take(&mut self.open).into_keys() {
                    self.close(id).await;
                }
                let _ = done.send(());
            }
        }
    }

    async fn due(&mut self, due: Due) {
        self.announced.retain(|key| due.fresh.iter().any(|notice| notice.keys.contains(key)));
        let untrue = |notice: &Notice| notice.keys.iter().any(|key| !due.truths.contains(key));
        let over: Vec<_> = self.open.iter().filter(|(_, notice)| untrue(notice)).map(|(id, _)| *id).collect();
        for id in over {
            let Some(notice) = self.open.remove(&id) else { continue };
            self.close(id).await;
            // One notice told of several: the others are told again.
            let others: Vec<_> = notice.keys.into_iter().filter(|key| due.truths.contains(key)).collect();
            if !others.is_empty() {
                self.announced.retain(|key| !others.contains(key));
                self.send(Event::NoticeGone(others));
            }
        }
        for notice in &due.fresh {
            if notice.keys.iter().any(|key| self.announced.contains(key)) {
                continue;
            }
            match self.show(notice).await {
                Ok(id) => {
                    self.open.insert(id, notice.clone());
                    self.announced.extend(notice.keys.iter().cloned());
                    self.send(Event::NoticeShown(notice.keys.clone()));
                }
                // It stays due, and is tried again when something happens or a minute has passed.
                Err(error) if due != self.last => tracing::warn!("a notice cannot be shown: {error}"),
                Err(_) => {}
            }
        }
        self.last = due;
    }

    async fn answer(&mut self, answer: Answer) {
        match answer {
            Answer::Closed(id) => _ = self.open.remove(&id),
            Answer::Action(id, key) => {
                let Some(notice) = self.open.remove(&id) else { return };
                // Not every daemon takes an answered notice away.
                self.close(id).await;
                let index = if key == DEFAULT { 0 } else { key.parse().unwrap_or(usize::MAX) };
                if let Some((_, action)) = notice.buttons.into_iter().nth(index) {
                    self.send(Event::Act(action));
                }
            }
        }
    }

    async fn show(&mut self, notice: &Notice) -> zbus::Result<u32> {
        if self.daemon.is_none() {
            self.daemon = Some(bus::connect(self.answers.clone()).await?);
        }
        let Some(daemon) = &self.daemon else { return Err(zbus::Error::InvalidReply) };
        let numbers: Vec<_> = (0..notice.buttons.len()).map(|number| number.to_string()).collect();
        let mut actions: Vec<&str> = Vec::new();
        if let Some((_, action)) = notice.buttons.first()
            && !matches!(action, Action::Later(_))
        {
            // Without a label, so that those that draw a button for it too have nothing to draw.
            actions.extend([DEFAULT, ""]);
        }
        for (number, (label, _)) in numbers.iter().zip(&notice.buttons) {
            actions.extend([number.as_str(), label.as_str()]);
        }
        let expires = if notice.stays { NEVER } else { DAEMONS_CHOICE };
        let body = escaped(&notice.body);
        let hints = HashMap::from([("desktop-entry", Value::from("relight")), ("image-data", picture())]);
        let shown = daemon.notify("Relight", 0, "", &notice.title, &body, &actions, hints, expires).await;
        if matches!(shown, Err(zbus::Error::InputOutput(_))) {
            // The bus went away; the next try connects anew.
            self.daemon = None;
        }
        shown
    }

    /// One that is gone already is as good.
    async fn close(&self, id: u32) {
        if let Some(daemon) = &self.daemon {
            let _ = daemon.close_notification(id).await;
        }
    }

    fn send(&self, event: Event) {
        if let Some(inbox) = &self.inbox {
            inbox.send(event);
        }
    }
}

/// Bodies may hold markup, so what looks like it is escaped.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Relight's own icon, as the specification wants pictures: width, height, row stride, alpha, bits, channels, bytes.
fn picture() -> Value<'static> {
    let pixmap = icon::app::draw(48);
    let (width, height) = (i32::from(pixmap.width), i32::from(pixmap.height));
    let fields = StructureBuilder::new()
        .add_field(width)
        .add_field(height)
        .add_field(width * 4)
        .add_field(true)
        .add_field(8_i32)
        .add_field(4_i32)
        .add_field(pixmap.rgba);
    fields.build().map_or(Value::from(0_u8), Value::from)
}

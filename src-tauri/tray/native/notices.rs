//! Notices as toasts: each shown once, its buttons heard while it is on the screen. No toast can be withdrawn here, so
//! none stays that is only true for a moment.

use super::toast;
use relight_core::app::Event;
use relight_core::notice::{Due, Notice};
use relight_engine::engine::Inbox;
use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Sends to the thread that shows notices: a toast may take its time.
#[derive(Clone)]
pub(super) struct Notices(Sender<Ask>);

enum Ask {
    Due(Due),
    Tell(String),
}

impl Notices {
    /// Shows notices and sends what a person presses to `inbox`.
    pub(super) fn start(inbox: Inbox) -> Self {
        let (sender, asked) = channel();
        let started = thread::Builder::new().name("notices".to_owned()).spawn(move || run(&asked, &inbox));
        if let Err(error) = started {
            tracing::warn!("no notices can be shown: {error}");
        }
        Self(sender)
    }

    /// What is true now, and what of it to show.
    pub(super) fn are_due(&self, due: Due) {
        let _ = self.0.send(Ask::Due(due));
    }

    /// Shows a sentence about what did not work; the log keeps it in any case.
    pub(super) fn tell(&self, sentence: &str) {
        tracing::warn!("{sentence}");
        let _ = self.0.send(Ask::Tell(sentence.to_owned()));
    }
}

fn run(asked: &Receiver<Ask>, inbox: &Inbox) {
    let mut announced = Announced::default();
    while let Ok(ask) = asked.recv() {
        match ask {
            Ask::Tell(sentence) => {
                if let Err(error) = toast::tell("That did not work", &sentence) {
                    tracing::warn!("a notice cannot be shown: {error}");
                }
            }
            Ask::Due(due) => {
                for notice in announced.news(&due) {
                    let answers = inbox.clone();
                    match toast::show(notice, move |action| answers.send(Event::Act(action))) {
                        Ok(()) => {
                            announced.add(notice);
                            inbox.send(Event::NoticeShown(notice.keys.clone()));
                        }
                        // It stays due, and is tried again when something happens or a minute has passed.
                        Err(error) if due != announced.last => tracing::warn!("a notice cannot be shown: {error}"),
                        Err(_) => {}
                    }
                }
                announced.last = due;
            }
        }
    }
}

/// What was shown, until the core knows that it was.
#[derive(Default)]
struct Announced {
    keys: BTreeSet<String>,
    last: Due,
}

impl Announced {
    /// What of `due` was not shown.
    fn news<'due>(&mut self, due: &'due Due) -> Vec<&'due Notice> {
        self.keys.retain(|key| due.fresh.iter().any(|notice| notice.keys.contains(key)));
        due.fresh.iter().filter(|notice| !notice.keys.iter().any(|key| self.keys.contains(key))).collect()
    }

    fn add(&mut self, notice: &Notice) {
        self.keys.extend(notice.keys.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(keys: &[&[&str]]) -> Due {
        let notice = |keys: &&[&str]| Notice {
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            title: String::new(),
            body: String::new(),
            buttons: Vec::new(),
            stays: false,
        };
        Due { truths: BTreeSet::new(), fresh: keys.iter().map(notice).collect() }
    }

    #[test]
    fn each_is_shown_once_until_the_core_asks_for_it_again() {
        let mut announced = Announced::default();
        let mut shown = |due: &Due| {
            let news: Vec<_> = announced.news(due).into_iter().cloned().collect();
            news.iter().for_each(|notice| announced.add(notice));
            news.len()
        };
        let both = due(&[&["a"], &["b", "c"]]);
        assert_eq!(shown(&both), 2);
        // The core has not heard of it yet.
        assert_eq!(shown(&both), 0);
        assert_eq!(shown(&due(&[&["b", "d"]])), 0);
        assert_eq!(shown(&due(&[])), 0);
        assert_eq!(shown(&due(&[&["a"]])), 1);
    }
}

//! The engine's front: turns what is true into a picture and notices.

use super::item::{Icon, Picture};
use super::notices::Notices;
use relight_core::action::Part;
use relight_core::app::App;
use relight_core::config::SessionId;
use relight_core::flow::Outcome;
use relight_core::view::View;
use relight_core::{icon, menu, text};
use relight_engine::engine::Front;
use relight_engine::{clock, programs};

pub(super) struct Tray {
    icon: Icon,
    notices: Notices,
}

impl Tray {
    fn tell(&self, title: String, body: String) {
        let notices = self.notices.clone();
        tokio::spawn(async move { notices.tell(&title, &body).await });
    }

    pub(super) fn new(icon: Icon, notices: Notices) -> Self {
        Self { icon, notices }
    }
}

impl Front for Tray {
    fn show(&mut self, app: &App, view: &View) {
        let (now, zone) = (view.now, &app.world.zone);
        self.icon.show(Picture {
            icon: icon::Icon::of(view, now),
            headline: text::headline(view, now),
            details: text::details(view, now, zone),
            menu: menu::menu(view, now, zone),
        });
        self.notices.are_due(app.notices(view, now));
    }

    fn may_open(&mut self, _url: &str) -> bool {
        true
    }

    fn finished(&mut self, _session: &SessionId, _outcome: &Outcome) {}

    /// Where the window is not installed, a notice says how everything stands.
    fn open_window(&mut self, view: &View, part: Part) {
        if let Err(sentence) = programs::start_window(part) {
            tracing::warn!("{sentence}");
            self.tell(text::headline(view, view.now), text::details(view, view.now, &clock::zone()));
        }
    }

    fn trouble(&mut self, sentence: &str) {
        self.tell("That did not work".to_owned(), sentence.to_owned());
    }

    fn is_done(&self, _app: &App) -> bool {
        false
    }
}

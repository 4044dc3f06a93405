//! The engine's front: turns what is true into a picture and notices.

use super::item::{Item, Picture};
use super::notices::Notices;
use relight_core::action::Part;
use relight_core::app::App;
use relight_core::config::SessionId;
use relight_core::flow::Outcome;
use relight_core::view::View;
use relight_core::{icon, menu, text};
use relight_engine::engine::Front;
use relight_engine::programs;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::AppHandle;

pub(super) struct Tray {
    app: AppHandle,
    item: Arc<Mutex<Item>>,
    notices: Notices,
}

impl Tray {
    pub(super) fn new(app: AppHandle, item: Arc<Mutex<Item>>, notices: Notices) -> Self {
        Self { app, item, notices }
    }
}

impl Front for Tray {
    fn show(&mut self, app: &App, view: &View) {
        let picture = Picture {
            icon: icon::Icon::of(view, view.now),
            headline: text::headline(view, view.now),
            menu: menu::menu(view, view.now, &app.world.zone),
        };
        let (item, handle) = (self.item.clone(), self.app.clone());
        let shown = self.app.run_on_main_thread(move || {
            item.lock().unwrap_or_else(PoisonError::into_inner).show(&handle, picture);
        });
        if let Err(error) = shown {
            tracing::warn!("the icon cannot be changed: {error}");
        }
        self.notices.are_due(app.notices(view, view.now));
    }

    fn may_open(&mut self, _url: &str) -> bool {
        true
    }

    fn finished(&mut self, _session: &SessionId, _outcome: &Outcome) {}

    /// What keeps the window from opening is told here: it has no other place to say it.
    fn open_window(&mut self, _view: &View, part: Part) {
        let notices = self.notices.clone();
        let told = move |sentence: String| notices.tell(&sentence);
        if let Err(sentence) = programs::start_window_and_listen(part, told) {
            self.trouble(&sentence);
        }
    }

    fn trouble(&mut self, sentence: &str) {
        self.notices.tell(sentence);
    }

    fn is_done(&self, _app: &App) -> bool {
        false
    }
}

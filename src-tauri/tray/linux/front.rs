//! The engine's front: turns what is true into a picture and notices, and hands them on only when they changed.

use super::item::{Item, Picture};
use super::notices::Notices;
use ksni::Handle;
use relight_core::app::App;
use relight_core::config::SessionId;
use relight_core::flow::Outcome;
use relight_core::icon::Icon;
use relight_core::view::View;
use relight_core::{menu, text};
use relight_engine::clock;
use relight_engine::engine::Front;
use tokio::sync::watch;

pub(super) struct Tray {
    handle: Handle<Item>,
    pictures: watch::Sender<Option<Picture>>,
    notices: Notices,
}

impl Tray {
    pub(super) fn new(handle: Handle<Item>, notices: Notices) -> Self {
        let (pictures, mut shown) = watch::channel(None::<Picture>);
        let to = handle.clone();
        tokio::spawn(async move {
            while shown.changed().await.is_ok() {
                let picture = shown.borrow_and_update().clone();
                if let Some(picture) = picture {
                    to.update(|item| item.show(picture)).await;
                }
            }
        });
        Self { handle, pictures, notices }
    }

    /// Takes the icon away.
    pub(super) async fn remove(self) {
        self.handle.shutdown().await;
    }
}

impl Front for Tray {
    fn show(&mut self, app: &App, view: &View) {
        let (now, zone) = (view.now, &app.world.zone);
        let picture = Picture {
            icon: Icon::of(view, now),
            headline: text::headline(view, now),
            details: text::details(view, now, zone),
            menu: menu::menu(view, now, zone),
        };
        self.pictures.send_if_modified(|shown| {
            let changed = shown.as_ref() != Some(&picture);
            *shown = Some(picture);
            changed
        });
        self.notices.are_due(app.notices(view, now));
    }

    fn may_open(&mut self, _url: &str) -> bool {
        true
    }

    fn finished(&mut self, _session: &SessionId, _outcome: &Outcome) {}

    fn show_standing(&mut self, view: &View) {
        let (title, body) = (text::headline(view, view.now), text::details(view, view.now, &clock::zone()));
        let notices = self.notices.clone();
        tokio::spawn(async move { notices.tell(&title, &body).await });
    }

    fn is_done(&self, _app: &App) -> bool {
        false
    }
}

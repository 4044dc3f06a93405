//! The engine's front: turns what is true into the page.

use crate::state::Shared;
use relight_core::action::Part;
use relight_core::app::App;
use relight_core::config::SessionId;
use relight_core::flow::Outcome;
use relight_core::page::Page;
use relight_core::time::{SignedDuration, until};
use relight_core::view::{By, View};
use relight_engine::engine::Front;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tauri::{AppHandle, Emitter, Manager};

pub(crate) struct Window {
    app: AppHandle,
    shared: Arc<Shared>,
}

/// A page that says the same is sent again after this time, so that it knows that it is not stale.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);

impl Window {
    pub(crate) fn new(app: AppHandle, shared: Arc<Shared>) -> Self {
        Self { app, shared }
    }

    fn send(&self, page: Page) {
        let page = Arc::new(page);
        self.shared.page.send_replace(Some(page.clone()));
        if let Err(error) = self.app.emit("view", page) {
            tracing::warn!("the page cannot be told: {error}");
        }
    }

    /// Whether `page` is worth sending after the last one.
    fn is_news(&self, page: &Page) -> bool {
        self.shared.page.borrow().as_ref().is_none_or(|last| {
            let late = until(last.view.now, page.view.now).abs() >= AGAIN_AFTER;
            let picked = last.accounts != page.accounts || last.organisation != page.organisation;
            let found = last.found_browsers != page.found_browsers || last.found_wsl_homes != page.found_wsl_homes;
            let chosen = last.settings != page.settings;
            let mended = last.answer != page.answer || last.findings != page.findings || last.mended != page.mended;
            late || picked || found || chosen || mended || !last.view.says_the_same_as(&page.view)
        })
    }
}

impl Front for Window {
    fn show(&mut self, app: &App, view: &View) {
        let signing_in = view.logins().any(|(_, login)| login.by == By::Window);
        self.shared.signing_in.store(signing_in, Ordering::SeqCst);
        let found = self.shared.found.get().cloned().unwrap_or_default();
        let page = Page {
            relight: env!("CARGO_PKG_VERSION"),
            view: view.clone(),
            settings: app.world.settings.clone(),
            accounts: app.accounts_page(),
            organisation: app.session_page(),
            answer: app.answer(view),
            findings: app.findings(view),
            mended: app.mended().cloned(),
            places: self.shared.paths.places(),
            shell: self.shared.paths.shell,
            found_browsers: found.browsers,
            variables: self.shared.paths.assumable(),
            found_wsl_homes: found.wsl_homes,
        };
        if self.is_news(&page) {
            self.send(page);
        }
        if self.shared.closing.load(Ordering::SeqCst) && !signing_in {
            self.shared.ending.store(true, Ordering::SeqCst);
            self.app.exit(0);
        }
    }

    fn may_open(&mut self, _url: &str) -> bool {
        true
    }

    fn finished(&mut self, _session: &SessionId, _outcome: &Outcome) {}

    fn open_window(&mut self, _view: &View, part: Part) {
        self.wished(part);
    }

    fn wished(&mut self, part: Part) -> bool {
        if self.shared.ending.load(Ordering::SeqCst) {
            return false;
        }
        self.shared.closing.store(false, Ordering::SeqCst);
        if let Some(window) = self.app.get_webview_window("main") {
            let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
            // Whoever only looks for the window finds it as it was left.
            let told = if part == Part::Sessions { Ok(()) } else { self.app.emit("part", part) };
            if let Err(error) = shown.and(told) {
                tracing::warn!("the window cannot come to the front: {error}");
            }
        }
        true
    }

    fn trouble(&mut self, sentence: &str) {
        let _ = self.app.emit("trouble", sentence);
        // What the page showed already, hoping for the best, is not so.
        let page = self.shared.page.borrow().clone();
        let _ = self.app.emit("view", page);
    }

    fn is_done(&self, _app: &App) -> bool {
        false
    }
}

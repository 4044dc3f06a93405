//! The icon in the tray and its menu: a picture of values, over StatusNotifierItem.

use super::color_scheme;
use crate::icon::{self as drawing, Theme};
use ksni::menu::{StandardItem, SubMenu};
use ksni::{Handle, MenuItem, OfflineReason, ToolTip, TrayMethods};
use relight_core::action::Action;
use relight_core::icon::Icon as State;
use relight_core::menu::Item as Line;
use relight_engine::clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;

/// What the tray shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) icon: State,
    /// The state in a few words: the name that a screen reader says.
    pub(super) headline: String,
    pub(super) details: String,
    pub(super) menu: Vec<Line>,
}

impl Picture {
    /// Before anything was read.
    fn reading() -> Self {
        let headline = "Reading the AWS files".to_owned();
        Self { icon: State::NoData, headline, details: String::new(), menu: Vec::new() }
    }
}

/// Between two tries to reach the session bus.
const PAUSE: Duration = Duration::from_secs(5);

/// The item, as ksni wants it.
pub(super) struct Item {
    picture: Picture,
    theme: Theme,
    pixmaps: Vec<ksni::Icon>,
    clicks: UnboundedSender<Action>,
    /// Whether there is no tray to be in.
    hostless: Arc<AtomicBool>,
}

impl Item {
    /// An item that has nothing to show yet.
    fn new(clicks: UnboundedSender<Action>, hostless: Arc<AtomicBool>) -> Self {
        let picture = Picture::reading();
        Self { theme: Theme::Dark, pixmaps: pixmaps(picture.icon, Theme::Dark), picture, clicks, hostless }
    }

    /// Shows something else.
    pub(super) fn show(&mut self, picture: Picture) {
        if picture.icon != self.picture.icon {
            self.pixmaps = pixmaps(picture.icon, self.theme);
        }
        self.picture = picture;
    }

    /// Draws for another panel.
    pub(super) fn paint(&mut self, theme: Theme) {
        if theme != self.theme {
            (self.theme, self.pixmaps) = (theme, pixmaps(self.picture.icon, theme));
        }
    }
}

/// The icon, wherever it is: also while there is no session bus to put it on.
#[derive(Clone)]
pub(super) struct Icon {
    pictures: watch::Sender<Picture>,
    handle: watch::Receiver<Option<Handle<Item>>>,
}

impl Icon {
    /// Shows a picture, if it is another one.
    pub(super) fn show(&self, picture: Picture) {
        self.pictures.send_if_modified(|shown| {
            let changed = *shown != picture;
            *shown = picture;
            changed
        });
    }

    /// Takes the icon away.
    pub(super) async fn remove(&self) {
        let handle = self.handle.borrow().clone();
        if let Some(handle) = handle {
            handle.shutdown().await;
        }
    }
}

/// Starts to show the icon. It registers with every tray that comes; where there is no session bus, it waits for one.
pub(super) fn start(clicks: UnboundedSender<Action>, hostless: Arc<AtomicBool>) -> Icon {
    let (pictures, mut shown) = watch::channel(Picture::reading());
    let (has_handle, handle) = watch::channel(None);
    tokio::spawn(async move {
        let handle = spawn(clicks, hostless).await;
        let _ = has_handle.send(Some(handle.clone()));
        tokio::spawn(color_scheme::follow(handle.clone()));
        loop {
            let picture = shown.borrow_and_update().clone();
            handle.update(|item| item.show(picture)).await;
            if shown.changed().await.is_err() {
                return;
            }
        }
    });
    Icon { pictures, handle }
}

async fn spawn(clicks: UnboundedSender<Action>, hostless: Arc<AtomicBool>) -> Handle<Item> {
    loop {
        let item = Item::new(clicks.clone(), hostless.clone());
        match item.assume_sni_available(true).spawn().await {
            Ok(handle) => return handle,
            Err(error) => {
                tracing::warn!("the icon cannot be shown yet; trying again in a few seconds: {error}");
                clock::pause(PAUSE).await;
            }
        }
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "relight".to_owned()
    }

    fn title(&self) -> String {
        format!("Relight: {}", self.picture.headline)
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.pixmaps.clone()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: self.picture.headline.clone(),
            description: self.picture.details.clone(),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        let _ = self.clicks.send(Action::Cure);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.picture.menu.iter().map(line).collect()
    }

    fn watcher_online(&self) {
        self.hostless.store(false, Ordering::Relaxed);
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        self.hostless.store(true, Ordering::Relaxed);
        true
    }
}

fn line(line: &Line) -> MenuItem<Item> {
    match line {
        Line::Separator => MenuItem::Separator,
        Line::Label(text) => StandardItem { label: label(text), enabled: false, ..StandardItem::default() }.into(),
        Line::Button { text, action } => {
            let action = action.clone();
            let activate = Box::new(move |item: &mut Item| drop(item.clicks.send(action.clone())));
            StandardItem { label: label(text), activate, ..StandardItem::default() }.into()
        }
        Line::Submenu { text, items } => {
            SubMenu { label: label(text), submenu: items.iter().map(self::line).collect(), ..SubMenu::default() }.into()
        }
    }
}

/// One underscore marks an access key; two are one that is shown.
fn label(text: &str) -> String {
    text.replace('_', "__")
}

fn pixmaps(icon: State, theme: Theme) -> Vec<ksni::Icon> {
    drawing::SIZES
        .map(|size| {
            let pixmap = drawing::draw(icon.into(), size, theme);
            ksni::Icon { width: pixmap.width.into(), height: pixmap.height.into(), data: pixmap.argb_network_order() }
        })
        .into()
}

//! The icon in the tray and its menu: a picture of values, over StatusNotifierItem.

use super::icon::{self, Theme};
use ksni::menu::{StandardItem, SubMenu};
use ksni::{Handle, MenuItem, OfflineReason, ToolTip, TrayMethods};
use relight_core::icon::Icon;
use relight_core::menu::{Action, Item as Line};
use relight_engine::clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;

/// What the tray shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) icon: Icon,
    /// The state in a few words: the name that a screen reader says.
    pub(super) headline: String,
    pub(super) details: String,
    pub(super) menu: Vec<Line>,
}

/// The item, as ksni wants it.
pub(super) struct Item {
    picture: Picture,
    pixmaps: Vec<ksni::Icon>,
    clicks: UnboundedSender<Action>,
    /// Whether there is no tray to be in.
    hostless: Arc<AtomicBool>,
}

impl Item {
    /// An item that has nothing to show yet.
    pub(super) fn new(clicks: UnboundedSender<Action>, hostless: Arc<AtomicBool>) -> Self {
        let picture = Picture {
            icon: Icon::NoData,
            headline: "Reading the AWS files".to_owned(),
            details: String::new(),
            menu: Vec::new(),
        };
        Self { pixmaps: pixmaps(picture.icon), picture, clicks, hostless }
    }

    /// Shows something else.
    pub(super) fn show(&mut self, picture: Picture) {
        if picture.icon != self.picture.icon {
            self.pixmaps = pixmaps(picture.icon);
        }
        self.picture = picture;
    }
}

/// Puts the item on the session bus; waits for a bus where there is none. It registers with every tray that comes.
pub(super) async fn spawn(item: Item) -> Handle<Item> {
    let Item { picture, clicks, hostless, .. } = item;
    loop {
        let item = Item {
            pixmaps: pixmaps(picture.icon),
            picture: picture.clone(),
            clicks: clicks.clone(),
            hostless: hostless.clone(),
        };
        match item.assume_sni_available(true).spawn().await {
            Ok(handle) => return handle,
            Err(error) => {
                tracing::warn!("there is no session bus, so no icon can be shown yet: {error}");
                clock::pause(super::BUS_PAUSE).await;
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

fn pixmaps(icon: Icon) -> Vec<ksni::Icon> {
    let left = |left: u8| f32::from(left) / 12.0;
    let icon = match icon {
        Icon::SignedIn { left: twelfths } => icon::Icon::SignedIn { left: left(twelfths) },
        Icon::EndsSoon { left: twelfths } => icon::Icon::EndsSoon { left: left(twelfths) },
        Icon::Ended => icon::Icon::Ended,
        Icon::SigningIn => icon::Icon::SigningIn,
        Icon::NoData => icon::Icon::NoData,
    };
    // Most panels are dark, and the colours keep their contrast on light ones.
    icon::SIZES
        .map(|size| {
            let pixmap = icon::draw(icon, size, Theme::Dark);
            ksni::Icon { width: pixmap.width.into(), height: pixmap.height.into(), data: pixmap.argb_network_order() }
        })
        .into()
}

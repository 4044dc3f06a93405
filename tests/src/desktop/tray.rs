//! The tray item of a program under test, read and used as a tray host does.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use zbus::zvariant::{OwnedValue, Value};

use super::{
    bus::{Bus, Object, as_text, signals},
    error::{Error, Result},
    menu::{self, Layout, MenuItem, menu_text},
};

const WATCHER: Object<'static> = Object {
    name: "org.kde.StatusNotifierWatcher",
    path: "/StatusNotifierWatcher",
    interface: "org.kde.StatusNotifierWatcher",
};
const ITEM: &str = "org.kde.StatusNotifierItem";
const ITEM_PATH: &str = "/StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A tray item that the tray host has taken in.
#[derive(Clone)]
pub struct Tray {
    bus: Arc<Bus>,
    /// The bus name under which it registered.
    name: String,
    path: String,
    menu_path: String,
}

/// A picture of the icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixmap {
    /// Pixels from left to right.
    pub width: i32,
    /// Pixels from top to bottom.
    pub height: i32,
    /// Four bytes a pixel: alpha, red, green, blue.
    pub argb: Vec<u8>,
}

impl Tray {
    /// The bus name of a tray host.
    pub(super) const HOST: &str = WATCHER.name;

    /// Waits until the host knows an item; of several, the newest.
    pub(super) fn wait(bus: &Arc<Bus>, timeout: Duration) -> Result<Self> {
        bus.wait_for_name(WATCHER.name, true)?;
        let rule = signals().interface(WATCHER.interface)?.build();
        let seen = || "no item at the tray host".to_owned();
        bus.wait(rule, "a tray item", timeout, seen, || {
            let items: Vec<String> = bus.property(WATCHER, "RegisteredStatusNotifierItems")?;
            // One that does not answer belongs to a program that has just ended.
            Ok(items.last().and_then(|item| Self::open(bus, item).ok()))
        })
    }

    /// Hosts write an item as its bus name, with its path behind it if they like.
    fn open(bus: &Arc<Bus>, item: &str) -> Result<Self> {
        let (name, path) = match item.find('/') {
            Some(slash) => item.split_at(slash),
            None => (item, ITEM_PATH),
        };
        let mut tray =
            Self { bus: Arc::clone(bus), name: name.to_owned(), path: path.to_owned(), menu_path: String::new() };
        let menu_path: zbus::zvariant::OwnedObjectPath = bus.property(tray.item(), "Menu")?;
        tray.menu_path = menu_path.to_string();
        Ok(tray)
    }

    /// The bus name under which it registered: another one is another item.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Title and text of the tooltip.
    pub fn tooltip(&self) -> Result<(String, String)> {
        type ToolTip = (String, Vec<(i32, i32, Vec<u8>)>, String, String);
        let (_icon, _pixmaps, title, text): ToolTip = self.bus.property(self.item(), "ToolTip")?;
        Ok((title, text))
    }

    /// The name that the host shows for the item, if it shows one.
    pub fn title(&self) -> Result<String> {
        self.bus.property(self.item(), "Title")
    }

    /// `Active`, `Passive` or `NeedsAttention`.
    pub fn status(&self) -> Result<String> {
        self.bus.property(self.item(), "Status")
    }

    /// The icon in all its sizes.
    pub fn icon(&self) -> Result<Vec<Pixmap>> {
        let pixmaps: Vec<(i32, i32, Vec<u8>)> = self.bus.property(self.item(), "IconPixmap")?;
        let pixmaps = pixmaps.into_iter().map(|(width, height, argb)| Pixmap { width, height, argb });
        Ok(pixmaps.collect())
    }

    /// Everything that the item says about itself; of pictures their number alone.
    pub fn properties(&self) -> Result<BTreeMap<String, String>> {
        let properties = Object { interface: "org.freedesktop.DBus.Properties", ..self.item() };
        let all: BTreeMap<String, OwnedValue> = self.bus.ask(properties, "GetAll", &ITEM)?;
        let text = |value: &Value<'_>| match value {
            Value::Array(pictures) => format!("{} pictures", pictures.len()),
            other => as_text(other),
        };
        Ok(all.into_iter().map(|(name, value)| (name, text(&value))).collect())
    }

    /// Properties, tooltip and menu as text, for a search for what must not be in it.
    pub fn text(&self) -> Result<String> {
        let properties = self.properties()?;
        let lines = properties.iter().map(|(name, value)| format!("{name}: {value}\n"));
        Ok(lines.collect::<String>() + &menu_text(&self.menu()?))
    }

    /// A left click.
    pub fn activate(&self) -> Result<()> {
        self.bus.call(self.item(), "Activate", &(0_i32, 0_i32)).map(drop)
    }

    /// A middle click.
    pub fn secondary_activate(&self) -> Result<()> {
        self.bus.call(self.item(), "SecondaryActivate", &(0_i32, 0_i32)).map(drop)
    }

    /// The mouse wheel over the icon; `delta` is positive for down.
    pub fn scroll(&self, delta: i32) -> Result<()> {
        self.bus.call(self.item(), "Scroll", &(delta, "vertical")).map(drop)
    }

    /// Opens the menu, as a right click does, and reads it.
    pub fn menu(&self) -> Result<Vec<MenuItem>> {
        // Programs that build their menu late do it now.
        self.bus.call(self.menu_object(), "AboutToShow", &0_i32)?;
        let all_depths = -1_i32;
        let all_properties: [&str; 0] = [];
        let arguments = (0_i32, all_depths, all_properties.as_slice());
        let (_revision, root): (u32, Layout) = self.bus.ask(self.menu_object(), "GetLayout", &arguments)?;
        menu::read_children(root.2, 0)
    }

    /// Opens the menu and clicks the first item of that label, in a submenu too.
    pub fn click(&self, label: &str) -> Result<()> {
        let menu = self.menu()?;
        let clickable = menu::flat(&menu).into_iter().find(|item| item.label == label && item.is_clickable());
        self.send_click(clickable, label, &menu)
    }

    /// Opens the menu and clicks the item at the end of `path`, which names a submenu a step.
    pub fn click_path(&self, path: &[&str]) -> Result<()> {
        let menu = self.menu()?;
        self.send_click(menu::find(&menu, path), &path.join(" > "), &menu)
    }

    /// Waits until `holds`; looks again whenever the item or its menu says that it changed.
    pub fn wait_until(&self, timeout: Duration, holds: impl Fn(&Self) -> Result<bool>) -> Result<()> {
        let rule = signals().sender(self.name.as_str())?.build();
        let seen = || self.text().unwrap_or_else(|error| error.to_string());
        let awaited = "the tray item to change so that the condition of the test holds";
        self.bus.wait(rule, awaited, timeout, seen, || Ok(holds(self)?.then_some(())))
    }

    fn send_click(&self, item: Option<&MenuItem>, label: &str, menu: &[MenuItem]) -> Result<()> {
        let item = item.ok_or_else(|| Error::MenuItem { label: label.to_owned(), menu: menu_text(menu) })?;
        let (no_data, time) = (Value::from(0_i32), 0_u32);
        self.bus.call(self.menu_object(), "Event", &(item.id, "clicked", no_data, time)).map(drop)
    }

    fn item(&self) -> Object<'_> {
        Object { name: &self.name, path: &self.path, interface: ITEM }
    }

    fn menu_object(&self) -> Object<'_> {
        Object { name: &self.name, path: &self.menu_path, interface: MENU }
    }
}

impl fmt::Debug for Tray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tray").field("name", &self.name).finish_non_exhaustive()
    }
}

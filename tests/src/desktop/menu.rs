//! The tray menu as a person reads it.

use std::{collections::HashMap, fmt::Write};

use zbus::zvariant::{OwnedValue, Value};

use super::error::Result;

/// An item of the tray menu with what is below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The item's number in this version of the menu.
    pub id: i32,
    /// 0 for the menu itself, 1 for a submenu in it, and so on.
    pub depth: usize,
    /// The text, without the marks of access keys.
    pub label: String,
    /// Whether a person can click it.
    pub enabled: bool,
    /// Whether it is shown at all.
    pub visible: bool,
    /// What sort of item it is.
    pub kind: Kind,
    /// Whether it is marked; nothing for an item that cannot be.
    pub toggle: Option<bool>,
    /// The submenu.
    pub children: Vec<MenuItem>,
}

/// What sort of item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Can be clicked, if it is enabled.
    Item,
    /// A line between items.
    Separator,
    /// Opens a submenu.
    Submenu,
}

impl MenuItem {
    /// Whether a click does something.
    pub fn is_clickable(&self) -> bool {
        self.enabled && self.visible && self.kind == Kind::Item
    }
}

/// A menu as indented lines, for error texts, comparisons and searches.
pub fn menu_text(items: &[MenuItem]) -> String {
    let mut text = String::new();
    for item in items.iter().filter(|item| item.visible) {
        let indent = "  ".repeat(item.depth);
        let mark = match item.toggle {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        let label = if item.kind == Kind::Separator { "---" } else { &item.label };
        let state = if item.enabled { "" } else { " (disabled)" };
        let _ = writeln!(text, "{indent}{mark}{label}{state}");
        text += &menu_text(&item.children);
    }
    text
}

/// A node of com.canonical.dbusmenu: number, properties, children in variants.
pub(super) type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// Reads the children of a node.
pub(super) fn read_children(children: Vec<OwnedValue>, depth: usize) -> Result<Vec<MenuItem>> {
    children.into_iter().map(|child| read_item(Layout::try_from(Value::from(child))?, depth)).collect()
}

/// The item that `path` leads to, by labels; a single label is looked for at every depth.
pub(super) fn find<'a>(items: &'a [MenuItem], path: &[&str]) -> Option<&'a MenuItem> {
    let (&label, rest) = path.split_first()?;
    let mut here = items.iter().filter(|item| item.visible);
    if rest.is_empty() {
        return here.find(|item| item.label == label && item.is_clickable());
    }
    here.filter(|item| item.label == label).find_map(|item| find(&item.children, rest))
}

/// Every item, in reading order.
pub(super) fn flat(items: &[MenuItem]) -> Vec<&MenuItem> {
    items.iter().filter(|item| item.visible).flat_map(|item| [vec![item], flat(&item.children)].concat()).collect()
}

fn read_item((id, properties, children): Layout, depth: usize) -> Result<MenuItem> {
    let text = |name| properties.get(name).and_then(|value| value.downcast_ref::<&str>().ok()).unwrap_or("");
    // Both are true unless said otherwise.
    let flag = |name| properties.get(name).and_then(|value| value.downcast_ref::<bool>().ok()).unwrap_or(true);
    let marked = properties.get("toggle-state").and_then(|value| value.downcast_ref::<i32>().ok());
    let kind = match (text("type"), text("children-display")) {
        ("separator", _) => Kind::Separator,
        (_, "submenu") => Kind::Submenu,
        _ => Kind::Item,
    };
    Ok(MenuItem {
        id,
        depth,
        label: without_access_keys(text("label")),
        enabled: flag("enabled"),
        visible: flag("visible"),
        kind,
        toggle: (!text("toggle-type").is_empty()).then_some(marked == Some(1)),
        children: read_children(children, depth + 1)?,
    })
}

/// A single underscore marks an access key, two are one that is shown.
fn without_access_keys(label: &str) -> String {
    label.split("__").map(|part| part.replace('_', "")).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::without_access_keys;

    #[test]
    fn access_keys_are_not_shown_but_doubled_underscores_are() {
        assert_eq!(without_access_keys("_Sign in to my__profile"), "Sign in to my_profile");
    }
}

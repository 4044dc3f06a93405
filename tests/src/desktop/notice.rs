//! One desktop notification, as the program sent it.

use std::collections::HashMap;

use zbus::zvariant::{OwnedValue, Value};

/// A notification that a program asked to be shown.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The number by which it is replaced, closed and answered.
    pub id: u32,
    /// The program's name, as it gave it.
    pub app_name: String,
    /// The notice that this one replaced; 0 for none.
    pub replaces_id: u32,
    /// Icon name or address; may be empty.
    pub icon: String,
    /// The title.
    pub summary: String,
    /// The text below it.
    pub body: String,
    /// Buttons in their order; a click on the notice itself is the action `default`.
    pub actions: Vec<Action>,
    /// Hints such as `urgency`, `resident`, `desktop-entry`.
    pub hints: HashMap<String, OwnedValue>,
    /// Milliseconds until the desktop may take it away; -1 leaves it to the desktop, 0 is never.
    pub expire_timeout: i32,
    /// How it went away, or nothing while a person sees it.
    pub closed: Option<Closed>,
    /// Whether the program has been told its number, so that it can be answered.
    pub(super) shown: bool,
    /// The connection to answer to.
    pub(super) sender: String,
}

impl Notice {
    /// The button labels, without the click on the notice itself.
    pub fn buttons(&self) -> Vec<&str> {
        let buttons = self.actions.iter().filter(|action| action.key != "default");
        buttons.map(|action| action.label.as_str()).collect()
    }

    /// A hint as text: `2` for a critical urgency, `true`, a name.
    pub fn hint(&self, name: &str) -> Option<String> {
        Some(match &**self.hints.get(name)? {
            // Written as a number; a byte's own text would be hexadecimal.
            Value::U8(number) => number.to_string(),
            value => super::bus::as_text(value),
        })
    }

    /// Whether an action leaves it open.
    pub fn is_resident(&self) -> bool {
        self.hint("resident").as_deref() == Some("true")
    }

    /// Everything that was sent to be shown or kept, for a search for what must not be in it.
    pub fn text(&self) -> String {
        format!("{self:?}")
    }
}

/// What a person can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What the program is told.
    pub key: String,
    /// What the button says.
    pub label: String,
}

/// How a notice went away, with the numbers of the notification specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The program sent another one in its place; it is not told.
    Replaced = 0,
    /// Its time was over.
    Expired = 1,
    /// A person closed or answered it.
    Dismissed = 2,
    /// The program took it back.
    Withdrawn = 3,
}

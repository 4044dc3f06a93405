//! The menu, as the system wants it. Words change in place, because a menu that is replaced while it is open loses the
//! click on it: it is replaced only where its lines become others.

use relight_core::action::Action;
use relight_core::menu::Item as Line;
use tauri::menu::{IsMenuItem, Menu as Shown, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Result, Wry};

pub(super) struct Menu {
    lines: Vec<Line>,
    shown: Shown<Wry>,
    entries: Vec<Entry>,
    /// The one before, which may be open still.
    _last: Option<Shown<Wry>>,
}

enum Entry {
    Separator(PredefinedMenuItem<Wry>),
    Item(MenuItem<Wry>),
    Submenu(Submenu<Wry>, Vec<Entry>),
}

impl Menu {
    pub(super) fn new(app: &AppHandle, lines: &[Line]) -> Result<Self> {
        let entries = entries(app, lines)?;
        let shown = Shown::with_items(app, &entries.iter().map(Entry::as_item).collect::<Vec<_>>())?;
        Ok(Self { lines: lines.to_vec(), shown, entries, _last: None })
    }

    pub(super) fn shown(&self) -> &Shown<Wry> {
        &self.shown
    }

    /// Shows other lines, and says whether this is another menu now.
    pub(super) fn show(&mut self, app: &AppHandle, lines: &[Line]) -> Result<bool> {
        let is_other = !are_alike(&self.lines, lines);
        if is_other {
            let mut next = Self::new(app, lines)?;
            std::mem::swap(self, &mut next);
            self._last = Some(next.shown);
        } else {
            reword(&self.entries, &self.lines, lines)?;
            self.lines = lines.to_vec();
        }
        Ok(is_other)
    }

    /// What the item of this id does. The id says all of it, so that a click on an old menu is no click on a new one.
    pub(super) fn action(id: &str) -> Option<Action> {
        serde_json::from_str(id).ok()
    }
}

impl Entry {
    fn as_item(&self) -> &dyn IsMenuItem<Wry> {
        match self {
            Self::Separator(item) => item,
            Self::Item(item) => item,
            Self::Submenu(item, _) => item,
        }
    }
}

fn entries(app: &AppHandle, lines: &[Line]) -> Result<Vec<Entry>> {
    lines.iter().map(|line| entry(app, line)).collect()
}

fn entry(app: &AppHandle, line: &Line) -> Result<Entry> {
    Ok(match line {
        Line::Separator => Entry::Separator(PredefinedMenuItem::separator(app)?),
        Line::Label(text) => Entry::Item(MenuItem::new(app, label(text), false, None::<&str>)?),
        Line::Button { text, action } => {
            Entry::Item(MenuItem::with_id(app, id(action)?, label(text), true, None::<&str>)?)
        }
        Line::Submenu { text, items } => {
            let entries = entries(app, items)?;
            let items: Vec<_> = entries.iter().map(Entry::as_item).collect();
            Entry::Submenu(Submenu::with_items(app, label(text), true, &items)?, entries)
        }
    })
}

/// Whether only words differ.
fn are_alike(before: &[Line], after: &[Line]) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|lines| match lines {
            (Line::Separator, Line::Separator) | (Line::Label(_), Line::Label(_)) => true,
            (Line::Button { action: before, .. }, Line::Button { action: after, .. }) => before == after,
            (Line::Submenu { items: before, .. }, Line::Submenu { items: after, .. }) => are_alike(before, after),
            _ => false,
        })
}

fn reword(entries: &[Entry], before: &[Line], after: &[Line]) -> Result<()> {
    for (entry, (before, after)) in entries.iter().zip(before.iter().zip(after)) {
        match (entry, before, after) {
            (Entry::Item(item), Line::Label(was), Line::Label(text))
            | (Entry::Item(item), Line::Button { text: was, .. }, Line::Button { text, .. }) => {
                if was != text {
                    item.set_text(label(text))?;
                }
            }
            (
                Entry::Submenu(menu, entries),
                Line::Submenu { text: was, items: before },
                Line::Submenu { text, items: after },
            ) => {
                if was != text {
                    menu.set_text(label(text))?;
                }
                reword(entries, before, after)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn id(action: &Action) -> Result<String> {
    Ok(serde_json::to_string(action)?)
}

/// One ampersand marks an access key; two are one that is shown.
fn label(text: &str) -> String {
    text.replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use relight_core::action::Part;
    use relight_core::settings::Setting;

    fn button(text: &str, action: Action) -> Line {
        Line::Button { text: text.to_owned(), action }
    }

    fn submenu(text: &str, items: Vec<Line>) -> Line {
        Line::Submenu { text: text.to_owned(), items }
    }

    #[test]
    fn a_click_does_what_its_line_said() {
        let mute = Setting::Muted { name: "sso-session:a \"b\" & c".to_owned(), on: true };
        for action in [Action::Cure, Action::OpenWindow(Part::Settings), Action::Set(mute), Action::Quit] {
            assert_eq!(Menu::action(&id(&action).unwrap()), Some(action));
        }
        // What the library numbers by itself, such as labels.
        assert_eq!(Menu::action("1000"), None);
    }

    #[test]
    fn only_words_change_in_place() {
        let lines = |left: &str, action| {
            vec![Line::Separator, submenu(left, vec![Line::Label(left.to_owned()), button(left, action)])]
        };
        let before = lines("12 min", Action::Cure);
        assert!(are_alike(&before, &lines("11 min", Action::Cure)));
        assert!(!are_alike(&before, &lines("12 min", Action::RefreshAll)));
        assert!(!are_alike(&before, &before[..1]));
        assert!(!are_alike(&[Line::Separator], &[Line::Label(String::new())]));
    }

    #[test]
    fn ampersands_are_shown() {
        assert_eq!(label("R&D: signed in"), "R&&D: signed in");
    }
}

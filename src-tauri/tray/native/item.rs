//! The icon in the tray: a picture of values. All of it is called on the first thread.

use super::menu::Menu;
use super::panel::Panel;
use crate::icon as drawing;
use relight_core::action::Action;
use relight_core::icon::Icon as State;
use relight_core::menu::Item as Line;
use tauri::image::Image;
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Result};
use tokio::sync::mpsc::UnboundedSender;

/// What the tray shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) icon: State,
    /// The state in a few words: the tooltip, which screen readers read.
    pub(super) headline: String,
    pub(super) menu: Vec<Line>,
}

/// Windows shows 127 units of UTF-16 and cuts the rest, in the middle of a character if need be.
const LONGEST_TOOLTIP: usize = 127;

/// The icon, and what of it was shown. What could not be shown is not remembered, so that it is tried again.
pub(super) struct Item {
    tray: TrayIcon,
    drawn: Option<(State, Panel)>,
    tooltip: Option<String>,
    menu: Menu,
}

impl Item {
    /// Puts an icon into the tray that has nothing to show yet.
    pub(super) fn put(app: &AppHandle, clicks: UnboundedSender<Action>) -> Result<Self> {
        let (icon, panel) = (State::NoData, Panel::now(app));
        let menu = Menu::new(app, &[])?;
        let pressed = clicks.clone();
        let tray = TrayIconBuilder::with_id("relight")
            .icon(image(icon, panel))
            // On macOS, a picture in one colour: the bar knows in which.
            .icon_as_template(true)
            .tooltip("Reading the AWS files")
            .menu(menu.shown())
            // macOS has one click for all icons there: it opens the menu.
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_tray_icon_event(move |_, event| {
                let is_left = matches!(
                    event,
                    TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
                );
                if is_left && !cfg!(target_os = "macos") {
                    let _ = clicks.send(Action::Cure);
                }
            })
            .on_menu_event(move |_, event| {
                let action = Menu::action(event.id().as_ref());
                let _ = action.map(|action| pressed.send(action));
            })
            .build(app)?;
        Ok(Self { tray, drawn: Some((icon, panel)), tooltip: None, menu })
    }

    /// Shows something else, or the same on a panel that has changed.
    pub(super) fn show(&mut self, app: &AppHandle, picture: Picture) {
        if let Err(error) = self.try_to_show(app, picture) {
            tracing::warn!("the icon cannot be changed: {error}");
        }
    }

    fn try_to_show(&mut self, app: &AppHandle, picture: Picture) -> Result<()> {
        if self.menu.show(app, &picture.menu)? {
            self.tray.set_menu(Some(self.menu.shown().clone()))?;
        }
        let drawing = (picture.icon, Panel::now(app));
        if self.drawn != Some(drawing) {
            self.drawn = None;
            self.tray.set_icon_with_as_template(Some(image(drawing.0, drawing.1)), true)?;
            self.drawn = Some(drawing);
        }
        let tooltip = Some(cut(&picture.headline));
        if self.tooltip != tooltip {
            self.tray.set_tooltip(tooltip.as_deref())?;
            self.tooltip = tooltip;
        }
        Ok(())
    }
}

fn image(icon: State, panel: Panel) -> Image<'static> {
    let pixmap = drawing::draw(icon.into(), panel.icon_size, panel.theme);
    Image::new_owned(pixmap.rgba, pixmap.width.into(), pixmap.height.into())
}

fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_TOOLTIP {
        return text.to_owned();
    }
    let mut room = LONGEST_TOOLTIP - 1;
    let fits = text.chars().take_while(|character| {
        let left = room.checked_sub(character.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    });
    fits.collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tooltip_is_cut_between_characters() {
        assert_eq!(cut("corp ends in 12 min"), "corp ends in 12 min");
        assert_eq!(cut(&"x".repeat(127)), "x".repeat(127));
        assert_eq!(cut(&"x".repeat(128)), "x".repeat(126) + "…");
        // Two units each: the 63rd ends at 126, where the sign of the cut begins.
        assert_eq!(cut(&"😀".repeat(64)), "😀".repeat(63) + "…");
        assert_eq!(cut(&("x".to_owned() + &"😀".repeat(64))), "x".to_owned() + &"😀".repeat(62) + "…");
    }
}

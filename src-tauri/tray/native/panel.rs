//! The panel that the icon is on: its colour, and the size of an icon there.

use crate::icon::Theme;
use tauri::AppHandle;

/// What the icon is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Panel {
    pub(super) theme: Theme,
    /// In pixels.
    pub(super) icon_size: u16,
}

/// Where nobody says how large a pixel is, twice the size that an icon has: it is made smaller without harm.
const UNKNOWN: f64 = 2.0;

impl Panel {
    /// As it is now. Nobody tells when it changes, so it is asked for with each picture: once a minute at least.
    pub(super) fn now(app: &AppHandle) -> Self {
        let monitor = app.primary_monitor().ok().flatten();
        Self { theme: theme(), icon_size: icon_size(monitor.map_or(UNKNOWN, |monitor| monitor.scale_factor())) }
    }
}

/// Windows' small icon is 16 pixels at a scale of one, macOS' 18 points; one that is enlarged looks blurred.
fn icon_size(scale: f64) -> u16 {
    let at_one = if cfg!(target_os = "macos") { 18.0 } else { 16.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "taken to 16 to 128")]
    let size = (at_one * scale).round().clamp(16.0, 128.0) as u16;
    size
}

/// The taskbar has a colour of its own, beside that of windows.
#[cfg(windows)]
fn theme() -> Theme {
    use winreg::RegKey;
    use winreg::enums::HKEY_CURRENT_USER;
    const THEMES: &str = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize";
    let chosen = RegKey::predef(HKEY_CURRENT_USER).open_subkey(THEMES);
    match chosen.and_then(|themes| themes.get_value::<u32, _>("SystemUsesLightTheme")) {
        Ok(1) => Theme::Light,
        _ => Theme::Dark,
    }
}

/// Templates have no colours.
#[cfg(not(windows))]
fn theme() -> Theme {
    Theme::Dark
}

#[cfg(all(test, windows))]
mod tests {
    use super::*;

    #[test]
    fn icons_are_as_large_as_the_taskbar_shows_them() {
        for (scale, size) in
            [(1.0, 16), (1.25, 20), (1.5, 24), (2.0, 32), (3.0, 48), (0.0, 16), (f64::NAN, 0), (99.0, 128)]
        {
            assert_eq!(icon_size(scale), size, "{scale}");
        }
    }
}

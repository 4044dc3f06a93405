//! The folders and the environment of the private desktop: nothing of the person who runs the tests.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::error::Result;

/// One panel at the bottom edge with the tray and nothing else, so that pictures do not change with
/// the clock.
const PANEL: &str = include_str!("xfce4-panel.xml");

/// dunst with room for a sentence and without hiding anything.
const DUNST: &str = "[global]\n    width = 380\n    origin = bottom-right\n    offset = 16x52\n    \
                     markup = full\n    idle_threshold = 0\n";

/// A home folder that is removed with the desktop.
pub(super) struct Home {
    folder: TempDir,
}

impl Home {
    pub(super) fn create() -> Result<Self> {
        let home = Self { folder: tempfile::Builder::new().prefix("desktop-").tempdir()? };
        for folder in ["config", "cache", "data", "state", "runtime", "logs"] {
            fs::create_dir(home.path(folder))?;
        }
        // Programs refuse a runtime folder that others may enter.
        fs::set_permissions(home.path("runtime"), fs::Permissions::from_mode(0o700))?;
        home.write("config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml", PANEL)?;
        home.write("config/dunst/dunstrc", DUNST)?;
        Ok(home)
    }

    pub(super) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub(super) fn logs(&self) -> PathBuf {
        self.path("logs")
    }

    pub(super) fn write(&self, inside: &str, text: &str) -> Result<PathBuf> {
        let path = self.path(inside);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
        Ok(path)
    }

    /// The whole environment of a program on this desktop, but for the display and the bus.
    pub(super) fn envs(&self) -> Vec<(String, String)> {
        let path = env::var("PATH").unwrap_or_default();
        let folder = |inside| text(&self.path(inside));
        [
            ("PATH", path),
            ("LANG", "C.UTF-8".to_owned()),
            ("HOME", text(self.folder.path())),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_CACHE_HOME", folder("cache")),
            ("XDG_DATA_HOME", folder("data")),
            ("XDG_STATE_HOME", folder("state")),
            ("XDG_RUNTIME_DIR", folder("runtime")),
            // The machine's own logind would tell whether somebody's real screen is locked.
            ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent".to_owned()),
            ("XDG_SESSION_TYPE", "x11".to_owned()),
            ("XDG_CURRENT_DESKTOP", "XFCE".to_owned()),
            ("GDK_BACKEND", "x11".to_owned()),
            // GTK would look for an accessibility bus and a settings store, which are not here.
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("GTK_A11Y", "none".to_owned()),
            ("GSETTINGS_BACKEND", "memory".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

//! Starting the tray when the person logs in: an entry where the system has it, kept as the setting says, and repaired
//! where the program moved. What the person switched off in the system's own settings stays off.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(windows)]
use windows as system;

use crate::paths::Paths;
use crate::programs;
use std::io;

/// Makes the entry as the setting says. One that is not ours is the person's own, and is left alone.
pub fn keep(paths: &Paths, on: bool) -> io::Result<()> {
    let program = if on { Some(programs::ours("relight-tray")?) } else { None };
    system::keep(paths, program.as_deref())?;
    tracing::info!("{}", if on { "Relight starts at login" } else { "Relight does not start at login" });
    Ok(())
}

/// Where the entry is, as a person would name it.
pub fn place(paths: &Paths) -> String {
    system::place(paths)
}

/// On macOS there is no entry yet.
#[cfg(not(any(target_os = "linux", windows)))]
mod system {
    use super::{Paths, io};

    pub(super) fn place(_paths: &Paths) -> String {
        "starting at login".to_owned()
    }

    pub(super) fn keep(_paths: &Paths, _program: Option<&std::path::Path>) -> io::Result<()> {
        Ok(())
    }
}

//! Seen from Windows: distributions of WSL with AWS files of their own, which nobody named in the settings.

use super::Finding;
use super::look::Look;
use crate::problem::Problem;
use crate::text::shown;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let left_out = look.around.wsl_homes.iter().filter(|(name, _)| !look.world.settings.wsl.contains_key(name));
    let found = left_out.map(|(name, home)| {
        let message =
            format!("'{}' of WSL has AWS files in {}/.aws, at which Relight does not look.", shown(name), shown(home));
        let hint = format!(
            "To see its sessions here, and sign in to them, write into settings.toml: [wsl], and below it {} = '{}'.",
            shown(name),
            shown(home)
        );
        Finding::new(Problem::info("wsl-left-out", message, hint))
    });
    found.collect()
}

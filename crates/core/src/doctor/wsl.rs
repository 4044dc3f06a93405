//! Seen from Windows: distributions of WSL with AWS files of their own, which nobody named in the settings.

use super::Finding;
use super::look::Look;
use crate::page::WslHome;
use crate::problem::Problem;
use crate::text::shown;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let left_out =
        look.around.wsl_homes.iter().filter(|there| !look.world.settings.wsl.contains_key(&there.distribution));
    let found = left_out.map(|WslHome { distribution, home }| {
        let (name, home) = (shown(distribution), shown(home));
        let message =
            format!("'{name}' of WSL has AWS files in {home}/.aws, at which Relight does not look.");
        let hint = format!(
            "To see its sessions here, and sign in to them, switch it on in the window's settings, or write into settings.toml: [wsl], and below it {name} = '{home}'.",
        );
        Finding::new(Problem::info("wsl-left-out", message, hint))
    });
    found.collect()
}

//! SDKs of the older generation, which read the config file only where a variable says so.

use super::Finding;
use super::look::Look;
use super::shell::export;
use crate::config::{Credentials, FileKind};
use crate::fix::Fix;
use crate::page::Shell;
use crate::problem::Problem;
use alloc::format;
use alloc::vec::Vec;

pub(crate) fn check(look: &Look<'_>) -> Vec<Finding> {
    if look.around.variables.loads_config {
        return Vec::new();
    }
    // A key in the credentials file is found without it; its region may not be.
    let needs_config = look.current().is_some_and(|profile| {
        let is_key = matches!(profile.credentials, Credentials::Static { .. } | Credentials::Temporary { .. });
        let is_found = is_key && profile.place.file == FileKind::Credentials;
        !is_found && !matches!(profile.credentials, Credentials::Environment { .. })
    });
    let findings = look.around.old_sdks.iter().map(|sdk| {
        let name = sdk.content.name;
        let code = "sdk-config-not-loaded";
        let message = format!(
            "This project uses {name}, which does not read the config file while AWS_SDK_LOAD_CONFIG is not set."
        );
        let problem = if needs_config {
            Problem::warning(code, message, "Set AWS_SDK_LOAD_CONFIG=1, or move on to the SDK's next generation.")
        } else {
            Problem::info(code, message, "Set AWS_SDK_LOAD_CONFIG=1 where it needs a profile's region or role.")
        };
        let problem = problem.at(&sdk.path, sdk.content.line);
        Finding::new(problem).mended(load_config(look.around.shell))
    });
    findings.collect()
}

/// Lets them read the config file.
pub(crate) fn load_config(shell: Shell) -> Fix {
    Fix::new("Set AWS_SDK_LOAD_CONFIG").with_command(export(shell, "AWS_SDK_LOAD_CONFIG", "1"))
}

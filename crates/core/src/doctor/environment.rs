//! A key in the environment that hides what would be used without it. Where `AWS_PROFILE` names what it hides, status
//! tells it already.

use super::look::Look;
use super::shell::unset;
use super::{About, Finding};
use crate::config::{Credentials, ENVIRONMENT_KEY};
use crate::fix::Fix;
use crate::problem::Problem;
use crate::secret::masked_key_id;
use crate::text::shown;
use alloc::format;
use alloc::vec::Vec;

/// What makes the key.
pub(crate) const KEY: [&str; 3] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

pub(crate) fn check(look: &Look<'_>) -> Vec<Finding> {
    default_profile(look).into_iter().collect()
}

fn default_profile(look: &Look<'_>) -> Option<Finding> {
    if look.around.variables.names_profile || look.around.profile.is_some() {
        return None;
    }
    let key = look.environment_key()?;
    let hidden = look.selected().filter(|profile| profile.credentials != Credentials::None)?;
    if key.account_id.is_some() && key.account_id == hidden.account_id {
        return None;
    }
    let Credentials::Environment { access_key_id, .. } = &key.credentials else { return None };
    let account = key.account_id.as_deref().map(|account| format!(" of account {account}")).unwrap_or_default();
    let message = format!(
        "Programs use the key {} in the environment{account}, and not the profile '{}'.",
        masked_key_id(access_key_id),
        shown(&hidden.name)
    );
    let problem = Problem::warning("environment-shadows-profile", message, "Unset the key if you did not mean that.");
    let fix = Fix::new("Unset the key").with_command(unset(look.around.shell, &KEY));
    Some(Finding::new(problem).about(About::Profile(ENVIRONMENT_KEY.into())).mended(fix))
}

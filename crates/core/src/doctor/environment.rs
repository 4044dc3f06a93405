//! A key in the environment that hides what would be used without it. Where `AWS_PROFILE` names what it hides, status
//! tells it already.

use super::look::Look;
use super::shell::unset;
use super::{About, Finding};
use crate::config::{Credentials, ENVIRONMENT_KEY};
use crate::fix::Fix;
use crate::problem::{Problem, Severity};
use crate::secret::masked_key_id;
use crate::status::State;
use crate::text::{ago, shown};
use crate::time::until;
use alloc::format;
use alloc::vec::Vec;

/// What makes the key.
pub(crate) const KEY: [&str; 3] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

pub(crate) fn check(look: &Look<'_>) -> Vec<Finding> {
    default_profile(look).into_iter().chain(left_over_end(look)).collect()
}

/// botocore keeps to the variable whatever the key is, and finds the same end when it reads it anew.
fn left_over_end(look: &Look<'_>) -> Option<Finding> {
    let end = look.around.variables.key_ends_at.filter(|end| *end <= look.now)?;
    let key = look.profile(ENVIRONMENT_KEY)?;
    // That a temporary key has ended is told.
    if key.state == State::Expired {
        return None;
    }
    let ended = ago(until(end, look.now));
    let message = format!(
        "AWS_CREDENTIAL_EXPIRATION names an end {ended}: boto3 and the AWS CLI take the key in the environment for over, whichever it is."
    );
    let problem = Problem::warning("temporary-credentials-expired", message, "Unset it, or set all of a new key.");
    let name = "AWS_CREDENTIAL_EXPIRATION";
    let fix = Fix::new(format!("Unset {name}")).with_command(unset(look.around.shell, &[name]));
    let is_whole = !key.problems.iter().any(|problem| problem.severity == Severity::Error);
    Some(Finding::new(problem).about(About::Profile(ENVIRONMENT_KEY.into())).mended(is_whole.then_some(fix)))
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

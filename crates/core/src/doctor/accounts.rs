//! Accounts that variables and the CDK's lookups name, against the one whose credentials programs get.

use super::Finding;
use super::look::Look;
use super::shell::{export, unset};
use crate::config::Profile;
use crate::fix::{Fix, quoted};
use crate::problem::Problem;
use crate::text::{listed, shown};
use alloc::format;
use alloc::vec::Vec;

pub(crate) fn check(look: &Look<'_>) -> Vec<Finding> {
    let Some((current, own)) = look.current().and_then(|current| Some((current, current.account_id.as_deref()?)))
    else {
        return Vec::new();
    };
    let variables = &look.around.variables;
    let named = [("AWS_ACCOUNT_ID", &variables.account_id), ("CDK_DEFAULT_ACCOUNT", &variables.cdk_account)];
    let of_variables =
        named.into_iter().filter_map(|(name, account)| variable(look, name, account.as_deref()?, current, own));
    of_variables.chain(lookups(look, current, own)).collect()
}

fn variable(look: &Look<'_>, name: &str, account: &str, current: &Profile, own: &str) -> Option<Finding> {
    if account == own {
        return None;
    }
    let message = format!("{name} is {}, but {} is for account {own}.", shown(account), quoted(&current.name));
    let problem =
        Problem::warning("wrong-account", message, format!("Unset {name}, or use a profile of that account."));
    let unset = Fix::new(format!("Unset {name}")).with_command(unset(look.around.shell, &[name]));
    Some(Finding::new(problem).of_profile(&current.name).mended(unset).mended(other_profile(look, &[account])))
}

fn lookups(look: &Look<'_>, current: &Profile, own: &str) -> Option<Finding> {
    let file = look.around.lookups.as_ref()?;
    let accounts: Vec<_> = file.content.iter().map(|one| one.account_id.as_str()).collect();
    let first = file.content.first().filter(|_| !accounts.contains(&own))?;
    let message = format!(
        "The CDK looked things up for this project in account {}, but {} is for account {own}.",
        listed(&accounts),
        quoted(&current.name)
    );
    let problem =
        Problem::warning("wrong-account", message, "Use a profile of that account, or look everything up anew.");
    let anew = Fix::new("Forget what was looked up").with_command(alloc::string::String::from("cdk context --clear"));
    let finding = Finding::new(problem.at(&file.path, first.line)).of_profile(&current.name);
    Some(finding.mended(other_profile(look, &accounts)).mended(anew))
}

/// A profile of one of these accounts.
fn other_profile(look: &Look<'_>, accounts: &[&str]) -> Option<Fix> {
    let is_of = |profile: &&Profile| profile.account_id.as_deref().is_some_and(|account| accounts.contains(&account));
    let name = &look.profiles().find(is_of)?.name;
    Some(Fix::new(format!("Use the profile {}", quoted(name))).with_command(export(
        look.around.shell,
        "AWS_PROFILE",
        name,
    )))
}

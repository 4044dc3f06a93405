//! Profiles without a region, and the two variables that are one to the AWS CLI alone.

use super::Finding;
use super::look::Look;
use super::shell::{export, unset};
use super::typos::{is_plausible, meant_region};
use crate::config::{FileKind, Profile};
use crate::fix::{Fix, quoted};
use crate::ini::Edit;
use crate::problem::Problem;
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let variables = &look.around.variables;
    let named = [("AWS_REGION", &variables.region), ("AWS_DEFAULT_REGION", &variables.default_region)];
    let named = named.into_iter().filter_map(|(name, region)| Some((name, region.as_deref()?)));
    let mistyped: Vec<_> = named.filter(|(_, region)| !is_plausible(region)).collect();
    if !mistyped.is_empty() {
        return mistyped.into_iter().map(|(name, region)| no_region(look, name, region)).collect();
    }
    let of_variables = match (&variables.region, &variables.default_region) {
        (None, None) => return of_files(look),
        (Some(region), None) => boto3_reads_none(look, region),
        (Some(region), Some(default)) if region != default => Some(differing(region, default)),
        _ => None,
    };
    of_variables.into_iter().collect()
}

fn no_region(look: &Look<'_>, name: &'static str, region: &str) -> Finding {
    let message = format!("{name} is {}, which is no region of AWS.", shown(region));
    let meant = meant_region(look, region);
    let hint = meant.map_or_else(|| "Correct it, or unset it.".into(), |meant| format!("Did you mean {meant}?"));
    let shell = look.around.shell;
    let fix = match meant {
        Some(meant) => Fix::new(format!("Set {name} to {meant}")).with_command(export(shell, name, meant)),
        None => Fix::new(format!("Unset {name}")).with_command(unset(shell, &[name])),
    };
    Finding::new(Problem::warning("region-mistyped", message, hint)).mended(fix)
}

/// boto3 asks `AWS_DEFAULT_REGION`, then the profile (aws-sessions.md 1.1).
fn boto3_reads_none(look: &Look<'_>, region: &str) -> Option<Finding> {
    let of_profile = look.selected().and_then(|profile| profile.region.as_deref());
    if of_profile == Some(region) {
        return None;
    }
    let region = shown(region);
    let instead = of_profile.map_or_else(|| "none".into(), |region| format!("the profile's {}", shown(region)));
    let message = format!("AWS_REGION is {region}, and AWS_DEFAULT_REGION is not set: boto3 takes {instead}.");
    let fix = Fix::new(format!("Set AWS_DEFAULT_REGION to {region}, too"));
    let fix = fix.with_command(export(look.around.shell, "AWS_DEFAULT_REGION", &region));
    let problem = Problem::info("region-not-for-all", message, "Set both, or neither.");
    Some(Finding::new(problem).mended(fix))
}

fn differing(region: &str, default: &str) -> Finding {
    let (region, default) = (shown(region), shown(default));
    let message = format!(
        "AWS_REGION is {region} and AWS_DEFAULT_REGION is {default}: boto3 uses {default}, the AWS CLI v2 and the other SDKs {region}."
    );
    Finding::new(Problem::warning("region-not-for-all", message, "Set both to the same region, or unset one."))
}

fn of_files(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let lacks = |profile: &&Profile| profile.region.is_none();
    let selected =
        look.selected().filter(lacks).filter(|selected| look.profiles().any(|other| other.name == selected.name));
    if let Some(profile) = selected {
        let problem = Problem::warning(
            "missing-region",
            format!(
                "The profile {} has no region, and no variable names one: most services cannot be called.",
                quoted(&profile.name)
            ),
            "Add region to the profile, or set AWS_REGION and AWS_DEFAULT_REGION.",
        );
        found.push(
            Finding::new(look.world.files().place(problem, profile.place))
                .of_profile(&profile.name)
                .mended(add_region(look, profile)),
        );
    }
    let others =
        look.profiles().filter(lacks).filter(|other| selected.is_none_or(|selected| selected.name != other.name));
    let others: Vec<_> = others.map(|profile| shown(&profile.name)).collect();
    if !others.is_empty() && look.around.profile.is_none() {
        let first: Vec<_> = others.iter().take(MOST).map(AsRef::as_ref).collect();
        let more = others.len() - first.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("Without a region: {}{more}.", first.join(", "));
        found.push(Finding::new(Problem::info(
            "missing-region",
            message,
            "Name one with --region, or add it to the profile.",
        )));
    }
    found
}

const MOST: usize = 8;

/// The one region that all other profiles have.
fn add_region(look: &Look<'_>, profile: &Profile) -> Option<Fix> {
    let regions =
        look.profiles().filter_map(|other| other.region.as_deref()).map(|region| region.trim_matches(['"', '\'']));
    // One that is mistyped or in quotes is told of its own.
    let regions: BTreeSet<_> = regions.filter(|region| is_plausible(region)).collect();
    let region = regions.first().copied().filter(|_| regions.len() == 1)?;
    let name = &profile.name;
    let headers = [format!("profile {name}"), name.clone()];
    let config = &look.world.files().config;
    let there = headers.iter().find(|header| config.sections_named(header).next().is_some());
    let edit = if let Some(section) = there.filter(|header| header.starts_with("profile ") || *header == "default") {
        Edit::SetKey { section: section.clone(), key: "region".into(), value: region.to_owned() }
    } else {
        let section = if name == "default" { name.clone() } else { format!("profile {name}") };
        Edit::AddSection { section, keys: Vec::from([("region".into(), region.to_owned())]) }
    };
    let title = format!("Write region = {region} for {}, as all others have it", quoted(name));
    look.edit(title, FileKind::Config, Vec::from([edit]))
}

//! A key that AWS does not know: which of the four reasons the files show (aws-sessions.md 5.3).

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::super::regions::must_be_enabled;
use super::{Case, expired, files, problems};
use crate::endpoint::Partition;
use crate::fix::{Fix, quoted};
use crate::text;
use alloc::format;

pub(super) fn look(case: &mut Case<'_>) {
    if files::is_shadowed(case) {
        case.turn_into(Cause::EnvironmentShadowsProfile);
        return files::shadowed(case);
    }
    problems::look(case);
    region(case);
    let Some(profile) = case.target.profile else { return };
    if let Some(key) = expired::pasted_key(case, profile) {
        return key.show(case, profile);
    }
    for problem in profile.problems.iter().filter(|problem| expired::is_of_several(problem)) {
        case.shows(problems::evidence(problem));
    }
    match profile.kind {
        "environment" => {
            case.shows(Evidence::new(expired::key_in_environment(case, profile)));
            case.fix(files::unset(case));
        }
        "static" => {
            let key = profile.access_key.as_deref().unwrap_or("…");
            case.shows(case.of_profile(format!("the key of {} is {key}", quoted(&profile.name))));
            case.fix(Fix::new("With another profile of this account, see whether the key still exists and is active"));
            case.fix(Fix::new("Make a new key where it does not, and put it in the place of the old one"));
        }
        "temporary" => {
            let renew = Fix::new(format!("Make the keys of {} anew", quoted(&profile.name)));
            case.fix(renew.with_command(profile.renew.clone()));
        }
        "sso" | "login" | "assume-role" => {
            let name = quoted(&profile.name);
            let who = text::command("aws sts get-caller-identity --profile", &profile.name);
            case.fix(
                Fix::new(format!("See whether {name} works now: then the program takes another key")).with_command(who),
            );
            case.fix(Fix::new("Restart a program that runs all the time: it may keep a key that AWS took back"));
        }
        _ => {}
    }
}

/// The region must be enabled first, or is of another partition than the key.
fn region(case: &mut Case<'_>) {
    let profile = case.target.profile;
    let of_profile = profile.and_then(|profile| profile.region.as_deref());
    let of_environment = case.world.environment().region.as_deref();
    let Some(region) = case.said.named.region.as_deref().or(of_environment).or(of_profile) else { return };
    if must_be_enabled(region) {
        case.shows(Evidence::new(format!("{region} is a region that each account must enable before it can be used")));
        case.fix(Fix::new(format!("Enable {region} for the account, or use another region")));
    }
    let home = case.target.session.map(|session| session.region.as_str()).filter(|region| !region.is_empty());
    if let Some(home) = home.filter(|home| Partition::of(home).id != Partition::of(region).id) {
        let (of_key, of_region) = (Partition::of(home).id, Partition::of(region).id);
        case.shows(Evidence::new(format!(
            "{region} belongs to the partition {of_region}, and the profile's credentials to {of_key}"
        )));
        case.fix(Fix::new(format!("Use a region of the partition {of_key}, or a profile of {of_region}")));
    }
}

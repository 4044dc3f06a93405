//! Bedrock's bearer keys: what one in the environment overrides, and one that stands where a signing key belongs
//! (aws-sessions.md 5.6).

use super::look::Look;
use super::shell::unset;
use super::{About, Finding};
use crate::config::{Credentials, FileKind, Profile};
use crate::fix::{Fix, quoted};
use crate::ini::Document;
use crate::offline::BedrockKey;
use crate::problem::Problem;
use crate::text::{ago, clock, shown, span};
use crate::time::{Timestamp, until};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const VARIABLE: &str = "AWS_BEARER_TOKEN_BEDROCK";
const CODE: &str = "bedrock-bearer-token";

pub(crate) fn check(look: &Look<'_>) -> Vec<Finding> {
    let files = look.world.files();
    let mut found: Vec<_> = in_environment(look).into_iter().collect();
    found.extend(instead_of_keys(look, FileKind::Config, &files.config));
    found.extend(instead_of_keys(look, FileKind::Credentials, &files.credentials));
    found.extend(instead_of_variable(look));
    found
}

fn in_environment(look: &Look<'_>) -> Option<Finding> {
    let profiles = look.world.config.profiles.values();
    let mut keys = profiles.filter_map(|profile| match &profile.credentials {
        Credentials::BedrockKey(Some(key)) => Some((profile, key)),
        _ => None,
    });
    let (profile, key) = keys.next()?;
    let current = look.current().filter(|current| current.credentials != Credentials::None);
    let instead = current.map_or_else(
        || String::from("There are no other credentials for anything else."),
        |current| format!("Bedrock takes it instead of {}; everything else does not.", quoted(&current.name)),
    );
    let problem = match key {
        BedrockKey::LongTerm => Problem::info(
            CODE,
            format!("{VARIABLE} is a long-term key, which does not say when it ends. {instead}"),
            "Unset it where Bedrock shall use the profile.",
        ),
        BedrockKey::ShortTerm { expires_at, region, account_id } => {
            short_term(look, (*expires_at, region, account_id.as_deref()), current, &instead)
        }
    };
    let fix = Fix::new(format!("Unset {VARIABLE}")).with_command(unset(look.around.shell, &[VARIABLE]));
    Some(Finding::new(problem).of_profile(&profile.name).mended(fix))
}

fn short_term(
    look: &Look<'_>,
    (end, region, account): (Timestamp, &str, Option<&str>),
    current: Option<&Profile>,
    instead: &str,
) -> Problem {
    let region = shown(region);
    if end <= look.now {
        let ended = ago(until(end, look.now));
        let message = format!(
            "{VARIABLE} is a short-term key for {region} that ended {ended}: Bedrock refuses every call. {instead}"
        );
        return Problem::error(CODE, message, "Unset it, or make a new one.");
    }
    let left = format!("{} left, until {}", span(until(look.now, end)), clock(end, look.now, &look.world.zone));
    let own = current.and_then(|current| current.account_id.as_deref());
    if let (Some(account), Some(own)) = (account, own)
        && account != own
    {
        let message = format!(
            "{VARIABLE} is a short-term key of account {account}, but the profile is for account {own}. {instead}"
        );
        return Problem::warning(CODE, message, "Unset it if you did not mean that account.");
    }
    let variables = &look.around.variables;
    let selected = variables.region.as_deref().or(variables.default_region.as_deref());
    let selected = selected.or_else(|| current?.region.as_deref());
    if let Some(selected) = selected.filter(|selected| *selected != region) {
        let selected = shown(selected);
        let message = format!(
            "{VARIABLE} is a short-term key for {region}, but the region is {selected}: Bedrock refuses it there."
        );
        return Problem::warning(
            CODE,
            message,
            format!("Call Bedrock in {region}, or make a key for the other region."),
        );
    }
    let message = format!("{VARIABLE} is a short-term key for {region}, {left}. {instead}");
    Problem::info(CODE, message, "Unset it where Bedrock shall use the profile.")
}

/// Whether a text begins like one of the two kinds.
fn is_bearer(text: &str) -> bool {
    text.starts_with("ABSK") || text.starts_with("bedrock-api-key-")
}

fn instead_of_keys(look: &Look<'_>, file: FileKind, document: &Document) -> Vec<Finding> {
    let keys = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];
    let all = document.sections.iter().flat_map(|section| section.properties.iter().map(move |one| (section, one)));
    let wrong = all.filter(|(_, property)| keys.contains(&property.key.as_str()) && is_bearer(&property.value));
    wrong
        .map(|(section, property)| {
            let name = section.name.strip_prefix("profile ").unwrap_or(&section.name).trim();
            let problem = misplaced(&format!("{} of {}", property.key, quoted(name)));
            let problem = problem.at(look.world.files().path(file), Some(property.line));
            let proof = look.proof(&problem);
            Finding::new(problem).of_profile(name).proven(proof)
        })
        .collect()
}

fn instead_of_variable(look: &Look<'_>) -> Option<Finding> {
    let key = look.world.config.profiles.get(crate::config::ENVIRONMENT_KEY)?;
    let Credentials::Environment { access_key_id, .. } = &key.credentials else { return None };
    let unset = Fix::new("Unset the key").with_command(unset(look.around.shell, &super::environment::KEY));
    let finding = Finding::new(misplaced("AWS_ACCESS_KEY_ID")).about(About::Profile(key.name.clone())).mended(unset);
    is_bearer(access_key_id).then_some(finding)
}

fn misplaced(place: &str) -> Problem {
    let message = format!(
        "{place} is a bearer key of Bedrock. Requests are signed with what stands there, and AWS refuses this."
    );
    Problem::error(
        "bearer-token-for-signing",
        message,
        format!("Put it into {VARIABLE}, and an access key or nothing there."),
    )
}

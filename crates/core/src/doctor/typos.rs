//! Regions and start URLs that look mistyped.

use super::look::{Look, about_section, property_at};
use super::mend::set;
use super::{About, Finding};
use crate::config::{FileKind, Session, SessionId, SessionKind};
use crate::endpoint::Partition;
use crate::fix::Fix;
use crate::ini::{Document, Property, Section};
use crate::near::{distance, nearest};
use crate::problem::Problem;
use crate::text::shown;
use crate::world::Content;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let files = look.world.files();
    let mut found = regions(look, FileKind::Config, &files.config);
    found.extend(regions(look, FileKind::Credentials, &files.credentials));
    found.extend(start_urls(look));
    found
}

fn regions(look: &Look<'_>, file: FileKind, document: &Document) -> Vec<Finding> {
    let all = document.sections.iter().flat_map(|section| section.properties.iter().map(move |one| (section, one)));
    let of_regions = all.filter(|(_, property)| matches!(property.key.as_str(), "region" | "sso_region"));
    of_regions.filter_map(|(section, property)| region(look, file, section, property)).collect()
}

fn region(look: &Look<'_>, file: FileKind, section: &Section, property: &Property) -> Option<Finding> {
    let written = property.value.lines().next().unwrap_or_default();
    if written.is_empty() || is_plausible(written) {
        return None;
    }
    let unquoted = written.trim_matches(['"', '\'']);
    let is_quoted = unquoted != written && is_plausible(unquoted);
    let meant = if is_quoted { Some(unquoted) } else { meant_region(look, written) };
    let is_told = property.key == "sso_region" && Partition::find(written).is_none();
    // Status tells of it; what was meant is new.
    if is_told && meant.is_none() {
        return None;
    }
    let hint = meant.map_or_else(|| "Correct it.".into(), |meant| format!("Did you mean {meant}?"));
    let hint = if is_quoted { "Remove the quotes.".into() } else { hint };
    let why =
        if is_quoted { "stands in quotes, which every client takes for a part of it" } else { "is no region of AWS" };
    let message = format!("{} = {} in [{}] {why}.", property.key, shown(written), shown(&section.name));
    let code = if property.key == "sso_region" { "sso-region-mistyped" } else { "region-mistyped" };
    let problem = Problem::warning(code, message, hint);
    let problem = problem.at(look.world.files().path(file), Some(property.line));
    let proof = look.proof(&problem);
    let fix = meant.and_then(|meant| set(look, file, section, &property.key, meant));
    Some(Finding::new(problem).about(about_section(&section.name)).proven(proof).mended(fix))
}

/// The region that somebody probably meant.
pub(super) fn meant_region<'a>(look: &Look<'a>, written: &str) -> Option<&'a str> {
    let regions = look.world.config.profiles.values().filter_map(|profile| profile.region.as_deref());
    let of_sessions = look.world.config.sessions.values().map(|session| session.region.as_str());
    let used: BTreeSet<_> = regions.chain(of_sessions).filter(|region| is_plausible(region)).collect();
    nearest(written, used.into_iter().chain(COMMON)).filter(|meant| distance(written, meant, 2).is_some())
}

/// Whether a region could be called so, today or one day: its area is one of AWS's, its middle a direction.
pub(super) fn is_plausible(region: &str) -> bool {
    let is_global = region.ends_with("-global");
    let direction = region.rsplit('-').nth(1).unwrap_or_default();
    Partition::find(region).is_some() && (is_global || DIRECTIONS.contains(&direction))
}

const DIRECTIONS: [&str; 9] =
    ["central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west"];

/// Where most people have something: a slip is more likely one of these than a region that nobody here uses.
const COMMON: [&str; 12] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "eu-west-2",
    "eu-central-1",
    "eu-north-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "ca-central-1",
];

/// More sessions than this have names of a pattern.
const MOST: usize = 100;

/// Pairs of addresses that differ in a character or two, and one address with two regions.
fn start_urls(look: &Look<'_>) -> Vec<Finding> {
    let of_identity_center =
        |session: &&Session| session.id.kind() != SessionKind::Login && !session.start_url.is_empty();
    let sessions: Vec<_> = look.world.config.sessions.values().filter(of_identity_center).take(MOST).collect();
    let mut found = Vec::new();
    for (at, one) in sessions.iter().enumerate() {
        for other in sessions.iter().skip(at + 1) {
            found.extend(pair(look, one, other));
        }
    }
    found
}

fn pair(look: &Look<'_>, one: &Session, other: &Session) -> Option<Finding> {
    if one.start_url == other.start_url {
        return two_regions(look, one, other);
    }
    distance(&one.start_url, &other.start_url, 2)?;
    let has_token = |session: &Session| !matches!(look.world.token(&session.id), Content::Missing);
    // Who was never signed in to is the one that is mistyped.
    let (suspect, sound) = match (has_token(one), has_token(other)) {
        (true, false) => (other, one),
        (false, true) => (one, other),
        // Two organisations, or nobody knows.
        _ => return None,
    };
    let (written, meant) = (shown(&suspect.start_url), shown(&sound.start_url));
    let message = format!(
        "The start URL of {} is almost that of {}, and nobody ever signed in to it: {written} and {meant}.",
        shown(suspect.id.name()),
        shown(sound.id.name())
    );
    let problem = Problem::warning("start-url-mistyped", message, format!("Did you mean {meant}?"));
    let place = suspect.place;
    let problem = look.world.files().place(problem, place);
    let fix = write_url(look, suspect, &sound.start_url);
    Some(Finding::new(problem).about(About::Session(suspect.id.clone())).mended(fix))
}

fn write_url(look: &Look<'_>, suspect: &Session, url: &str) -> Option<Fix> {
    let SessionId::SsoSession(name) = &suspect.id else { return None };
    let document = &look.world.files().config;
    let line = document.property(&format!("sso-session {name}"), "sso_start_url")?.line;
    let (section, _) = property_at(document, Some(line))?;
    set(look, FileKind::Config, section, "sso_start_url", url)
}

fn two_regions(look: &Look<'_>, one: &Session, other: &Session) -> Option<Finding> {
    if one.region == other.region || one.region.is_empty() || other.region.is_empty() {
        return None;
    }
    let message = format!(
        "{} and {} have the same start URL, but sso_region is {} and {}; an Identity Center has one region for sign-in.",
        shown(one.id.name()),
        shown(other.id.name()),
        shown(&one.region),
        shown(&other.region)
    );
    let problem = Problem::warning("sso-regions-differ", message, "Write the same sso_region in both.");
    let problem = look.world.files().place(problem, other.place);
    Some(Finding::new(problem).about(About::Session(other.id.clone())))
}

//! A region that there is not: where it is written, and which one was meant.

use super::super::answer::Evidence;
use super::super::regions::{is_known, meant};
use super::{Case, open};
use crate::action::Action;
use crate::config::{FileKind, SessionId};
use crate::doctor::{About, Finding};
use crate::fix::Fix;
use crate::ini::Property;
use crate::text::shown;
use alloc::format;
use alloc::vec::Vec;

/// The lines that name `region`, where it is mistyped; whether it is.
pub(super) fn mistyped(case: &mut Case<'_>, region: &str) -> bool {
    const MOST: usize = 5;
    if is_known(region) {
        return false;
    }
    let names = |message: &str| message.split_whitespace().any(|word| word.trim_end_matches(',') == region);
    let found: Vec<_> = case.findings(|finding| is_of_region(finding) && names(&finding.problem.message));
    let meant = meant(region);
    if found.is_empty() {
        let Some(meant) = meant else { return false };
        let written = shown(region);
        let lines = lines(case, region);
        let named = if lines.is_empty() { "; nothing that Relight reads names it" } else { "" };
        let what = format!("Relight knows no region {written}, the nearest is {meant}{named}");
        if lines.is_empty() {
            case.shows(Evidence::new(what.as_str()));
            case.fix(Fix::new(format!(
                "Write {meant} instead of {written} where the program has it from: an option, its own settings or its code"
            )));
        }
        for (file, line) in lines.into_iter().take(MOST) {
            let path = case.world.files().path(file);
            case.shows(Evidence::new(what.as_str()).at(path, Some(line)));
            case.fix(
                Fix::new(format!("Write {meant} instead of {written} in line {line} of {path}"))
                    .with_action(open(file)),
            );
        }
    }
    for finding in found.into_iter().take(MOST) {
        case.takes(finding);
    }
    true
}

/// Where the files name a region that could be one.
fn lines(case: &Case<'_>, region: &str) -> Vec<(FileKind, u32)> {
    let files = case.world.files();
    let all = [(FileKind::Config, &files.config), (FileKind::Credentials, &files.credentials)];
    let properties = all.into_iter().flat_map(|(file, document)| {
        document.sections.iter().flat_map(|section| &section.properties).map(move |property| (file, property))
    });
    let is_it = |property: &Property| {
        matches!(property.key.as_str(), "region" | "sso_region") && property.value.lines().next() == Some(region)
    };
    properties.filter(|(_, property)| is_it(property)).map(|(file, property)| (file, property.line)).collect()
}

/// A sign-in to these sessions cannot work: their region is mistyped. What mends that, and not the sign-in, is proposed.
pub(super) fn instead_of_sign_ins(case: &mut Case<'_>) {
    let of = |fix: &Fix| match &fix.action {
        Some(Action::SignIn(id) | Action::Renew(id)) => Some(id.clone()),
        _ => None,
    };
    let ids: Vec<SessionId> = case.fixes.iter().filter_map(of).collect();
    if ids.is_empty() {
        return;
    }
    for finding in case.findings(is_of_sso_region) {
        let of_it = |id: &SessionId| is_about(case, &finding, id);
        let Some(id) = ids.iter().find(|id| of_it(id)) else { continue };
        case.fixes.retain(|fix| of(fix).as_ref() != Some(id));
        // It comes first: nothing else helps before.
        let others = core::mem::take(&mut case.fixes);
        case.takes(finding);
        for fix in others {
            case.fix(fix);
        }
        case.login_helps = case.login_helps && case.fixes.iter().any(|fix| of(fix).is_some());
    }
}

/// Why nobody can sign in to a session, where its region is mistyped.
pub(super) fn of_session(case: &Case<'_>, id: &SessionId) -> Option<Finding> {
    case.findings(is_of_sso_region).into_iter().find(|finding| is_about(case, finding, id))
}

fn is_about(case: &Case<'_>, finding: &Finding, id: &SessionId) -> bool {
    match &finding.about {
        Some(About::Session(of)) => of == id,
        Some(About::Profile(name)) => {
            let session = case.view.sessions.iter().find(|session| session.id == *id);
            session.is_some_and(|session| session.profiles.contains(name))
        }
        _ => false,
    }
}

fn is_of_region(finding: &Finding) -> bool {
    finding.problem.code == "region-mistyped" || is_of_sso_region(finding)
}

fn is_of_sso_region(finding: &Finding) -> bool {
    finding.problem.code == "sso-region-mistyped"
}

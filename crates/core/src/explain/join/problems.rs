//! What is wrong in the files anyway, where it bears on the cause.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::Case;
use crate::action::{Action, Place};
use crate::config::Files;
use crate::doctor::{About, Finding, mend};
use crate::fix::Fix;
use crate::problem::{Problem, Severity};
use alloc::vec::Vec;

/// The cause that a problem of the files is, for a program that stumbles over it.
pub(super) fn cause_of(problem: &Problem) -> Option<Cause> {
    Some(match problem.code {
        "partial-credentials" | "key-in-two-files" | "web-identity-incomplete" => Cause::PartialCredentials,
        "source-profile-broken" | "several-sources" => Cause::SourceProfileBroken,
        "environment-shadows-profile" => Cause::EnvironmentShadowsProfile,
        "profile-not-found"
        | "section-without-prefix"
        | "header-not-for-all"
        | "prefix-in-credentials"
        | "name-ignored" => Cause::ProfileNotFound,
        "bedrock-bearer-token" => Cause::BedrockBearerToken,
        "sso-config-incomplete" | "dangling-sso-session" | "sso-session-inconsistent" | "sso-key-repeated" => {
            Cause::SsoConfigIncomplete
        }
        "sso-wrong-region-or-url" | "sso-regions-differ" => Cause::SsoWrongRegionOrUrl,
        "session-token-missing" => Cause::CredentialsUnknownToAws,
        "quoted-key" => Cause::SecretKeyWrong,
        "wrong-account" => Cause::WrongAccount,
        "sso-token-unreadable" | "date-without-zone" | "token-of-another-start-url" => Cause::SsoTokenUnreadable,
        "sso-token-revoked" => Cause::SsoSessionExpired,
        "web-identity-token" => Cause::TemporaryCredentialsExpired,
        "refused-by-boto3"
        | "duplicate-section"
        | "duplicate-key"
        | "bad-section-header"
        | "bad-property"
        | "byte-order-mark"
        | "not-utf8"
        | "property-outside-section"
        | "file-unreadable"
        | "file-missing" => Cause::ConfigUnparsable,
        _ => return None,
    })
}

/// What the files show of the present cause, and the fix that each problem has.
pub(super) fn look(case: &mut Case<'_>) {
    let (profile, session) = (case.target.profile, case.target.session);
    let slips = case.findings(|finding| {
        let is_it = match &finding.about {
            Some(About::Profile(name)) => profile.is_some_and(|profile| profile.name == *name),
            Some(About::Session(id)) => session.is_some_and(|session| session.id == *id),
            _ => false,
        };
        // An error is one without which nothing would be missing.
        is_it && finding.problem.code == "key-mistyped" && finding.problem.severity == Severity::Error
    });
    if !slips.is_empty() {
        return slips.into_iter().for_each(|slip| case.takes(slip));
    }
    let cause = case.cause;
    show(case, |problem| cause_of(problem) == Some(cause));
}

/// What is wrong with the session itself.
pub(super) fn of_session(case: &mut Case<'_>) {
    let Some(session) = case.target.session else { return };
    for problem in &session.problems {
        case.shows(evidence(problem));
    }
}

/// What makes the target profile unusable, with the cause that it is.
pub(super) fn of_profile(case: &Case<'_>) -> Option<Cause> {
    let profile = case.target.profile?;
    let errors = profile.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let of_session = case.target.session.into_iter().flat_map(|session| &session.problems);
    errors.chain(of_session.filter(|problem| problem.severity == Severity::Error)).find_map(cause_of)
}

/// Shows the problems of the target, and of the files as such, that are as wanted.
pub(super) fn show(case: &mut Case<'_>, is_wanted: impl Fn(&Problem) -> bool) {
    const MOST: usize = 5;
    let (profile, session) = (case.target.profile, case.target.session);
    let of_profile = profile.into_iter().flat_map(|profile| {
        profile.problems.iter().map(|problem| (Some(About::Profile(profile.name.clone())), problem))
    });
    let of_session = session
        .into_iter()
        .flat_map(|session| session.problems.iter().map(|problem| (Some(About::Session(session.id.clone())), problem)));
    let all = of_profile.chain(of_session).chain(case.view.problems.iter().map(|problem| (None, problem)));
    let wanted: Vec<_> = all.filter(|(_, problem)| is_wanted(problem)).take(MOST).collect();
    for (about, problem) in wanted {
        let fixes = mend::fixes(&case.doctor(), about.as_ref(), problem);
        case.takes(Finding { fixes, ..Finding::new(problem.clone()) });
    }
}

pub(super) fn evidence(problem: &Problem) -> Evidence {
    let evidence = Evidence::new(problem.message.trim_end_matches('.'));
    match &problem.file {
        Some(file) => evidence.at(file, problem.line),
        None => evidence,
    }
}

/// The problem's own hint, and what opens the file that it is in.
pub(super) fn by_hand(files: &Files, problem: &Problem) -> Fix {
    let fix = Fix::new(problem.hint.trim_end_matches('.'));
    match problem.file.as_deref() {
        Some(file) if file == files.config_path => fix.with_action(Action::OpenFile(Place::Config)),
        Some(file) if file == files.credentials_path => fix.with_action(Action::OpenFile(Place::Credentials)),
        _ => fix,
    }
}

//! What status tells already, with what mends it.

use super::look::Look;
use super::{About, Finding, mend, spelling};
use crate::problem::Problem;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let view = look.view;
    // Of a header without its end, what else is odd about it comes of that.
    let is_open = |problem: &Problem| {
        let same = |other: &Problem| {
            other.code == "bad-section-header" && other.line == problem.line && other.file == problem.file
        };
        problem.code == "header-not-for-all" && view.problems.iter().any(same)
    };
    let of_files = view.problems.iter().filter(|problem| !is_open(problem)).map(|problem| (None, problem));
    let of_sessions = view
        .sessions
        .iter()
        .flat_map(|session| session.problems.iter().map(|problem| (Some(About::Session(session.id.clone())), problem)));
    let of_profiles = view.profiles.iter().flat_map(|profile| {
        profile.problems.iter().map(|problem| (Some(About::Profile(profile.name.clone())), problem))
    });
    let all = of_files.chain(of_sessions).chain(of_profiles);
    all.filter(|(about, problem)| !spelling::explains(look, about.as_ref(), problem))
        .map(|(about, problem)| finding(look, about, problem))
        .collect()
}

fn finding(look: &Look<'_>, about: Option<About>, problem: &Problem) -> Finding {
    let fixes = mend::fixes(look, about.as_ref(), problem);
    Finding { problem: problem.clone(), about, proof: look.proof(problem), fixes }
}

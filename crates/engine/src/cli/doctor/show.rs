//! Findings for a person.

use crate::cli::out;
use relight_core::doctor::{About, Finding};
use relight_core::fix::Fix;
use relight_core::problem::Severity;
use relight_core::text::shown;

/// All of them, the worst first. `mends` is whether they are going to be mended.
pub(super) fn text(findings: &[Finding], mends: bool) -> String {
    if findings.is_empty() {
        return "Nothing is wrong.\n".to_owned();
    }
    let mut text = String::new();
    let groups =
        [(Severity::Error, "Does not work"), (Severity::Warning, "To be mended"), (Severity::Info, "Worth knowing")];
    for (severity, heading) in groups {
        let group: Vec<_> = findings.iter().filter(|finding| finding.problem.severity == severity).collect();
        if !group.is_empty() {
            text.push_str(&out::heading(heading));
            text.extend(group.into_iter().map(lines));
        }
    }
    let here = findings.iter().filter(|finding| finding.fixes.iter().any(is_done_here)).count();
    if here > 0 && !mends {
        let these = if here == 1 { "One of these".to_owned() } else { format!("{here} of these") };
        text.push_str(&format!(
            "\n{these} can be mended here, each after a look at the change: relight doctor --fix\n"
        ));
    }
    text
}

/// Whether Relight does it itself.
pub(super) fn is_done_here(fix: &Fix) -> bool {
    fix.change.is_some() || fix.action.is_some()
}

fn lines(finding: &Finding) -> String {
    let mut text = format!("  {}\n", sentence(finding));
    if let Some(proof) = &finding.proof {
        text.push_str(&format!("      {}\n", out::faint(&format!("| {proof}"))));
    }
    text.push_str(&format!("      {}\n", out::faint(&finding.problem.hint)));
    for fix in &finding.fixes {
        let command = fix.command.as_ref().map(|command| format!(": {command}")).unwrap_or_default();
        text.push_str(&format!("      → {}{command}\n", fix.title));
    }
    text
}

/// What is wrong, with its place, and whose it is where the words do not say so.
pub(super) fn sentence(finding: &Finding) -> String {
    let problem = &finding.problem;
    let place = match (&problem.file, problem.line) {
        (Some(file), Some(line)) => format!("{file}:{line}: "),
        (Some(file), None) if !problem.message.contains(file.as_str()) => format!("{file}: "),
        (_, _) => String::new(),
    };
    let name = match &finding.about {
        Some(About::Profile(name)) if !name.starts_with('(') => Some(name.as_str()),
        Some(About::Session(id)) => Some(id.name()),
        Some(About::Profile(_) | About::Context { .. }) | None => None,
    };
    let name = name.filter(|name| !problem.message.contains(name)).map(shown);
    let of = name.map(|name| format!("{name}: ")).unwrap_or_default();
    format!("{place}{of}{}", problem.message)
}

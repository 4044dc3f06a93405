//! Findings for a person.

use crate::cli::out;
use crate::cli::table::{Row, lines};
use relight_core::doctor::{About, Asked, Finding, Unknown, skew};
use relight_core::fix::Fix;
use relight_core::problem::Severity;
use relight_core::status::State;
use relight_core::text::shown;
use relight_core::time::whole_seconds;
use relight_core::view::View;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The JSON document.
pub(super) fn document(findings: &[Finding], view: &View, asked: Option<&Vec<Asked>>) -> Value {
    let now = whole_seconds(view.now);
    match asked {
        None => json!({ "version": 1, "now": now, "problems": findings }),
        Some(asked) => json!({
            "version": 1,
            "now": now,
            "problems": findings,
            "identities": asked.iter().map(identity).collect::<Vec<_>>(),
            "clock_ahead_seconds": skew(asked).map(|ahead| ahead.as_secs()),
        }),
    }
}

fn identity(one: &Asked) -> Value {
    let outcome = match &one.answer {
        Ok(_) => "known",
        Err(Unknown::NotAsked(_)) => "not-asked",
        Err(Unknown::NoKeys(_) | Unknown::Refused(_)) => "failed",
    };
    let message = one.answer.as_ref().err().map(Unknown::sentence);
    let known = one.answer.as_ref().ok();
    json!({
        "profile": one.profile,
        "outcome": outcome,
        "account_id": known.map(|known| &known.account_id),
        "arn": known.map(|known| &known.arn),
        "message": message,
    })
}

/// Who each profile is.
pub(super) fn identities(asked: &[Asked]) -> String {
    let row = |one: &Asked| {
        let row = Row::new(&one.profile);
        match &one.answer {
            Ok(known) => row.and(&known.account_id).and(&known.arn),
            Err(Unknown::NotAsked(why)) => row.dressed("not asked", out::faint).dressed(why, out::faint),
            Err(unknown) => {
                let why = format!("{}, see below", unknown.in_short());
                row.dressed("unknown", |text| out::coloured(text, State::Broken)).dressed(&why, out::faint)
            }
        }
    };
    if asked.is_empty() {
        return String::new();
    }
    out::heading("Identities") + &lines(&asked.iter().map(row).collect::<Vec<_>>())
}

/// All of them, the worst first. `mends` is whether they are going to be mended.
pub(super) fn text(findings: &[Finding], mends: bool) -> String {
    let is_sound = !findings.iter().any(Finding::is_wrong);
    let mut text = if is_sound { "Nothing is wrong.\n".to_owned() } else { String::new() };
    let mut told = BTreeSet::new();
    let groups =
        [(Severity::Error, "Does not work"), (Severity::Warning, "To be mended"), (Severity::Info, "Worth knowing")];
    for (severity, heading) in groups {
        let group: Vec<_> = findings.iter().filter(|finding| finding.problem.severity == severity).collect();
        if !group.is_empty() {
            text.push_str(&out::heading(heading));
            text.extend(group.into_iter().map(|finding| paragraph(finding, &mut told)));
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

/// `told` are the commands that stand above.
fn paragraph<'a>(finding: &'a Finding, told: &mut BTreeSet<&'a str>) -> String {
    let mut text = format!("  {}\n", sentence(finding));
    if let Some(proof) = &finding.proof {
        text.push_str(&format!("      {}\n", out::faint(&format!("| {proof}"))));
    }
    text.push_str(&format!("      {}\n", out::faint(&finding.problem.hint)));
    for fix in &finding.fixes {
        let command = match fix.command.as_deref() {
            Some(command) if told.insert(command) => format!(": {command}"),
            Some(_) => ", as above".to_owned(),
            None => String::new(),
        };
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

//! `relight doctor`

mod mend;
mod show;

use super::args::Doctor;
use super::ending::Ending;
use super::{out, read, select};
use relight_core::app::App;
use relight_core::doctor::{Asked, Finding, findings, online_findings};
use relight_core::view::View;
use relight_engine::paths::Paths;
use relight_engine::{clock, identities, surroundings};
use std::cmp::Reverse;

pub(super) fn run(chosen: &Doctor, json: bool, paths: &Paths) -> Ending {
    doctor(chosen, json, paths).unwrap_or_else(|ending| ending)
}

fn doctor(chosen: &Doctor, json: bool, paths: &Paths) -> Result<Ending, Ending> {
    if json && chosen.fix {
        let usage = "--fix asks for each change, which --json cannot: leave one of them out.";
        return Err(Ending::Usage(usage.to_owned()));
    }
    let asked = ask(chosen, paths)?;
    let seen = Seen::look(chosen, paths, &asked)?;
    if json {
        out::json(&show::document(&seen.findings, &seen.view, chosen.online.then_some(&asked)))?;
    } else {
        let who = if chosen.online { show::identities(&asked) } else { String::new() };
        out::print(&format!("{who}{}", show::text(&seen.findings, chosen.fix)))?;
    }
    let left = if chosen.fix { mend::offer(seen, chosen, paths, &asked)? } else { seen };
    Ok(if left.findings.iter().any(Finding::is_wrong) { Ending::No } else { Ending::Fine })
}

/// What AWS says of each profile; nothing where it was not wanted.
fn ask(chosen: &Doctor, paths: &Paths) -> Result<Vec<Asked>, Ending> {
    if !chosen.online {
        return Ok(Vec::new());
    }
    let (app, view) = machine(chosen, paths)?;
    let progress = |count: usize| out::progress(&format!("{count} profiles asked for"));
    let asked = identities::ask(paths, &app.world, &view, chosen.profile.as_deref(), progress);
    out::progress("");
    Ok(asked)
}

fn machine(chosen: &Doctor, paths: &Paths) -> Result<(App, View), Ending> {
    let app = read(paths);
    let view = app.view(clock::now());
    let is_there = |name: &String| view.profiles.iter().any(|profile| profile.name == *name);
    match &chosen.profile {
        Some(name) if !is_there(name) => Err(select::no_profile(&app, &view, name)),
        Some(_) | None => Ok((app, view)),
    }
}

/// The machine at a moment, and what is wrong with it.
struct Seen {
    app: App,
    view: View,
    findings: Vec<Finding>,
}

impl Seen {
    /// With what AWS said before.
    fn look(chosen: &Doctor, paths: &Paths, asked: &[Asked]) -> Result<Self, Ending> {
        let (app, view) = machine(chosen, paths)?;
        let around = surroundings::look(paths, &app.world, chosen.profile.as_deref());
        let mut found = findings(&around, &app.world, &view);
        found.extend(online_findings(&around, &app.world, &view, asked));
        found.sort_by_key(|finding| Reverse(finding.problem.severity));
        Ok(Self { app, view, findings: found })
    }
}

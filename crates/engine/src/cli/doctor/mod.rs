//! `relight doctor`

mod mend;
mod show;

use super::args::Doctor;
use super::ending::Ending;
use super::{out, read, select};
use relight_core::app::App;
use relight_core::doctor::{Finding, findings};
use relight_core::view::View;
use relight_engine::paths::Paths;
use relight_engine::{clock, surroundings};
use serde_json::json;

pub(super) fn run(chosen: &Doctor, json: bool, paths: &Paths) -> Ending {
    doctor(chosen, json, paths).unwrap_or_else(|ending| ending)
}

fn doctor(chosen: &Doctor, json: bool, paths: &Paths) -> Result<Ending, Ending> {
    if json && chosen.fix {
        let usage = "--fix asks for each change, which --json cannot: leave one of them out.";
        return Err(Ending::Usage(usage.to_owned()));
    }
    let seen = Seen::look(chosen, paths)?;
    if json {
        out::json(&json!({ "version": 1, "now": seen.view.now, "problems": seen.findings }))?;
    } else {
        out::print(&show::text(&seen.findings, chosen.fix))?;
    }
    let left = if chosen.fix { mend::offer(seen, chosen, paths)? } else { seen.findings };
    Ok(if left.iter().any(Finding::is_wrong) { Ending::No } else { Ending::Fine })
}

/// The machine at a moment, and what is wrong with it.
struct Seen {
    app: App,
    view: View,
    findings: Vec<Finding>,
}

impl Seen {
    fn look(chosen: &Doctor, paths: &Paths) -> Result<Self, Ending> {
        let app = read(paths);
        let view = app.view(clock::now());
        if let Some(name) = &chosen.profile
            && !view.profiles.iter().any(|profile| profile.name == *name)
        {
            return Err(select::no_profile(&app, &view, name));
        }
        let around = surroundings::look(paths, &app.world, chosen.profile.as_deref());
        let findings = findings(&around, &app.world, &view);
        Ok(Self { app, view, findings })
    }
}

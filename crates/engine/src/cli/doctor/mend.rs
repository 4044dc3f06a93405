//! `relight doctor --fix`: one fix after another, each shown first and asked for. After each, everything is looked at anew:
//! one change may mend several things, or move what others were made for.

use super::{Seen, show};
use crate::cli::args::Doctor;
use crate::cli::ending::Ending;
use crate::cli::person::Person;
use crate::cli::{engine, out, run_engine};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::config::SessionId;
use relight_core::doctor::{About, Asked, Finding};
use relight_core::fix::{Change, Fix, Step};
use relight_core::flow::Wish;
use relight_engine::fixes;
use relight_engine::paths::Paths;
use std::collections::BTreeSet;

/// Offers every fix, and gives the machine as it is in the end. `asked` is what AWS said before.
pub(super) fn offer(mut seen: Seen, chosen: &Doctor, paths: &Paths, asked: &[Asked]) -> Result<Seen, Ending> {
    let mut is_changed = false;
    let mut edited: Vec<String> = Vec::new();
    let mut offered = BTreeSet::new();
    let listed: BTreeSet<_> = done_here(&seen.findings).map(|(finding, fix)| key(finding, fix)).collect();
    while let Some((finding, fix)) = next(&seen.findings, &mut offered) {
        let new = if listed.contains(&key(finding, fix)) { "" } else { "Possible since that change: " };
        out::print(&format!("\n{new}{}\n{}", show::sentence(finding), preview(fix)))?;
        match out::ask(&format!("{}? [y/N]", fix.title)).map(|answer| answer.to_ascii_lowercase()) {
            Some(answer) if matches!(answer.as_str(), "y" | "yes") => {}
            Some(_) => continue,
            None if !out::is_asked() => {
                out::say("Nothing was changed: --fix asks for each change, at a terminal.");
                return Ok(seen);
            }
            // The end of what is typed (Ctrl-D): no to this and all that is left.
            None => break,
        }
        match (&fix.change, &fix.action) {
            (Some(change), _) => {
                make(change, &seen, paths)?;
                edited.extend(matches!(change.step, Step::Edit(..)).then(|| change.file.clone()));
            }
            (None, Some(Action::SignIn(session))) => sign_in(session, paths)?,
            (None, _) => continue,
        }
        is_changed = true;
        seen = Seen::look(chosen, paths, asked)?;
    }
    say_how_far_back(&edited)?;
    copy(&seen.findings)?;
    // Who signed in now, or has another key, is somebody else to AWS.
    if chosen.online && is_changed { Seen::look(chosen, paths, &super::ask(chosen, paths)?) } else { Ok(seen) }
}

/// The first fix that was not offered yet.
fn next<'a>(findings: &'a [Finding], offered: &mut BTreeSet<String>) -> Option<(&'a Finding, &'a Fix)> {
    done_here(findings).find(|(finding, fix)| offered.insert(key(finding, fix)))
}

fn done_here(findings: &[Finding]) -> impl Iterator<Item = (&Finding, &Fix)> {
    let all = findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
    all.filter(|(_, fix)| show::is_done_here(fix))
}

/// The same before and after a change. Signing in is for several findings at once; lines move.
fn key(finding: &Finding, fix: &Fix) -> String {
    let file = fix.change.as_ref().map(|change| change.file.as_str()).unwrap_or_default();
    let about = finding.about.as_ref().filter(|_| fix.change.is_some()).map(name);
    format!("{} {about:?} {file}", fix.title)
}

fn name(about: &About) -> String {
    match about {
        About::Profile(name) => format!("profile {name}"),
        About::Session(id) => id.to_string(),
        About::Context { name, .. } => format!("context {name}"),
    }
}

fn preview(fix: &Fix) -> String {
    let Some(change) = &fix.change else { return String::new() };
    let lines: String = change.diff.iter().map(|line| format!("    {}\n", out::changed(line))).collect();
    format!("  {}\n{lines}  {}\n", change.file, out::faint(&change.undo))
}

fn make(change: &Change, seen: &Seen, paths: &Paths) -> Result<(), Ending> {
    let done = match fixes::carry_out(paths, seen.app.world.files(), change) {
        Ok(done) => done,
        // The next one may succeed.
        Err(sentence) => {
            out::complain(&sentence);
            return Ok(());
        }
    };
    let undo = done.undo.map(|command| format!("To take it back: {command}\n")).unwrap_or_default();
    Ok(out::print(&format!("{}\n{undo}", done.said))?)
}

/// A backup is of the whole file.
fn say_how_far_back(edited: &[String]) -> Result<(), Ending> {
    let several: BTreeSet<_> =
        edited.iter().filter(|file| edited.iter().filter(|other| other == file).count() > 1).collect();
    for file in several {
        let words = "each copy is the whole file as it was before that change, so take the last one back first";
        out::print(&format!("\n{file} was changed more than once: {words}.\n"))?;
    }
    Ok(())
}

fn sign_in(session: &SessionId, paths: &Paths) -> Result<(), Ending> {
    let mut person = Person::new(false).signing_in(session.clone(), false);
    let cancel = Event::Act(Action::Cancel(session.clone()));
    let mut engine = engine(paths.clone());
    run_engine(&mut engine, Event::SignIn(Wish::new(session.clone())), cancel, &mut person)?;
    if let Ending::Usage(sentence) | Ending::World(sentence) = person.ending() {
        out::complain(&sentence);
    }
    Ok(())
}

/// What only the person can do, in a terminal of theirs.
fn copy(findings: &[Finding]) -> Result<(), Ending> {
    let by_hand = findings.iter().flat_map(|finding| &finding.fixes).filter(|fix| !show::is_done_here(fix));
    let by_hand = by_hand.filter_map(|fix| Some((&fix.title, fix.command.as_ref()?)));
    let lines: BTreeSet<_> = by_hand.map(|(title, command)| format!("  {title}\n      {command}\n")).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let all: String = lines.into_iter().collect();
    Ok(out::print(&format!("\n{}{all}", out::heading("To copy")))?)
}

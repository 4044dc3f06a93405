//! `settings.toml`: what a person chose, edited by hand or by Relight. A broken file is a problem with a line, and the
//! last good values count meanwhile.

mod edit;
mod parse;

use crate::paths::Paths;
use crate::{files, read};
use relight_core::problem::Problem;
use relight_core::settings::{Setting, Settings};
use relight_core::world::{Content, Seen};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Reads the file; `last` is what counts for what cannot be read.
pub fn seen(paths: &Paths, last: &Settings) -> Seen {
    let shown = paths.show(&paths.settings);
    let (settings, problems) = match read::content(&paths.settings) {
        Content::Missing => (Settings::default(), Vec::new()),
        Content::Unreadable { reason } => {
            let message = format!("{shown} cannot be read: {reason}. The last settings count.");
            (last.clone(), vec![Problem::error("settings-unreadable", message, "Correct its permissions.")])
        }
        Content::Read(bytes) => parse::parse(&String::from_utf8_lossy(&bytes), last),
    };
    Seen::Settings(settings, problems.into_iter().map(|problem| in_file(problem, &shown)).collect())
}

/// The variables that the file gives. One that cannot be read gives none: what is wrong with it is told by [`seen`].
pub(crate) fn assumed(settings: &Path) -> BTreeMap<String, String> {
    match read::content(settings) {
        Content::Read(bytes) => parse::parse(&String::from_utf8_lossy(&bytes), &Settings::default()).0.environment,
        Content::Missing | Content::Unreadable { .. } => BTreeMap::new(),
    }
}

/// Whether the person said that tokens go to every home.
pub(crate) fn writes_everywhere(paths: &Paths) -> bool {
    match seen(paths, &Settings::default()) {
        Seen::Settings(settings, _) => settings.both_homes == Some(true),
        _ => false,
    }
}

/// Writes a choice into the file, and leaves all else as it is. Blocks. The error is a sentence.
pub fn change(paths: &Paths, setting: &Setting) -> Result<(), String> {
    let failed = |error: &io::Error| {
        format!("{} cannot be written: {error}. The setting was not changed.", paths.show(&paths.settings))
    };
    let lock = files::open_lock(&paths.state.join("locks").join("settings.lock")).map_err(|error| failed(&error))?;
    lock.lock().map_err(|error| failed(&error))?;
    let text = match read::content(&paths.settings) {
        Content::Missing => include_str!("template.toml").to_owned(),
        Content::Read(bytes) => String::from_utf8(bytes).map_err(|_| failed(&io::Error::other("it is not UTF-8")))?,
        Content::Unreadable { reason } => return Err(failed(&io::Error::other(reason))),
    };
    let edited = edit::edit(&text, setting).map_err(|line| {
        format!(
            "{} is not valid TOML at line {line}, so nothing was changed. Correct it there first.",
            paths.show(&paths.settings)
        )
    })?;
    if let Some(problem) = new_problem(&text, &edited) {
        return Err(format!("{problem} The setting was not changed."));
    }
    files::write_whole(&paths.settings, &edited).map_err(|error| failed(&error))
}

/// What is wrong in `after` that was not in `before`.
fn new_problem(before: &str, after: &str) -> Option<String> {
    let problems = |text| parse::parse(text, &Settings::default()).1.into_iter().map(|problem| problem.message);
    let before: Vec<_> = problems(before).collect();
    let message = problems(after).find(|message| !before.contains(message))?;
    Some(message.trim_end_matches(" Its last good value counts.").to_owned())
}

/// Makes the file where there is none yet, so that a person has something to edit.
pub fn make(paths: &Paths) -> io::Result<()> {
    let lock = files::open_lock(&paths.state.join("locks").join("settings.lock"))?;
    lock.lock()?;
    if paths.settings.exists() { Ok(()) } else { files::write_whole(&paths.settings, include_str!("template.toml")) }
}

fn in_file(problem: Problem, shown: &str) -> Problem {
    let line = problem.line;
    problem.at(shown, line)
}

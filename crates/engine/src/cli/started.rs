//! Commands that Relight starts for somebody, and signing in on their behalf.

use super::args::Options;
use super::ending::Ending;
use super::person::Person;
use super::{engine, out, run_engine};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::text::shown;
use relight_engine::paths::Paths;
use std::ffi::OsString;
use std::io;
use std::process::Command;

/// What shells' own wrappers give when they did not start a command.
pub(super) const NOT_STARTED: i32 = 125;

/// The command of these words, of which clap sees to it that there is one. It reads the files that Relight was told to read.
pub(super) fn command(words: &[OsString], options: &Options, paths: &Paths) -> Command {
    let mut words = words.iter();
    let mut command = Command::new(words.next().map_or_else(OsString::new, OsString::clone));
    command.args(words);
    if options.config.is_some() {
        command.env("AWS_CONFIG_FILE", &paths.config);
    }
    if options.credentials.is_some() {
        command.env("AWS_SHARED_CREDENTIALS_FILE", &paths.credentials);
    }
    command
}

pub(super) fn not_started(sentence: &str) -> Ending {
    out::complain(sentence);
    Ending::Code(NOT_STARTED)
}

/// Why it was not started, in a sentence.
pub(super) fn cannot(command: &Command, error: &io::Error) -> String {
    let program = command.get_program().to_string_lossy();
    match program.as_ref() {
        "" => "There is no command.".to_owned(),
        name if error.kind() == io::ErrorKind::NotFound && !name.contains(['/', '\\']) => {
            format!("{} cannot be started: no folder in PATH has it.", shown(name))
        }
        name => format!("{} cannot be started: {error}.", shown(name)),
    }
}

/// Lets the engine do it. What went wrong is a sentence; none where it was said already.
pub(super) fn drive(event: Event, mut person: Person, paths: &Paths) -> Result<(), Option<String>> {
    let mut engine = engine(paths.clone());
    let ran = run_engine(&mut engine, event, Event::Act(Action::Quit), &mut person);
    match ran.map_or_else(|ending| ending, |()| person.ending()) {
        Ending::World(sentence) | Ending::Usage(sentence) => Err(Some(sentence)),
        Ending::No => Err(None),
        Ending::Fine | Ending::Code(_) => Ok(()),
    }
}

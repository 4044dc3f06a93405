//! `relight-window`: the page with all sessions. It runs the engine in its own process, needs no tray, and gives all its
//! memory back when it is closed.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod commands;
mod front;
mod run;
mod state;

use clap::Parser;
use clap::builder::PossibleValuesParser;
use relight_core::action::Part;
use relight_engine::locks::Taken;
use relight_engine::paths::Paths;
use relight_engine::{locks, log};
use std::io::Write;

/// Relight's window: when every AWS session of this machine ends, and one click to sign in.
#[derive(Parser)]
#[command(name = "relight-window", version)]
struct Options {
    /// The part of it to show
    #[arg(value_name = "PART", value_parser = PossibleValuesParser::new(Part::ALL.map(Part::name)))]
    part: Option<String>,
}

fn main() -> ! {
    std::process::exit(start(&Options::parse()))
}

fn start(options: &Options) -> i32 {
    let named = |part: &Part| options.part.as_deref() == Some(part.name());
    let part = Part::ALL.into_iter().find(named).unwrap_or(Part::Sessions);
    let paths = match Paths::find(None, None) {
        Ok(paths) => paths,
        Err(sentence) => return say(&sentence, 3),
    };
    log::to_file(&paths);
    // A folder that cannot be written keeps nobody from looking: two windows do no harm then.
    let _held = match locks::take_window(&paths, part) {
        Ok(Taken::Ours(held)) => Some(held),
        Ok(Taken::Theirs) => return 0,
        Err(error) => {
            tracing::warn!("{} cannot be written: {error}", paths.show(&paths.state));
            None
        }
    };
    match run::run(paths, part) {
        Ok(code) => code,
        Err(sentence) => say(&sentence, 3),
    }
}

fn say(sentence: &str, code: i32) -> i32 {
    tracing::warn!("{sentence}");
    let _ = writeln!(std::io::stderr(), "{sentence}");
    #[cfg(windows)]
    show(sentence);
    code
}

/// In a box, where nobody reads standard error: started from the Explorer, the program has none.
#[cfg(windows)]
fn show(sentence: &str) {
    use std::os::windows::io::AsRawHandle;
    if std::io::stderr().as_raw_handle().is_null() {
        rfd::MessageDialog::new()
            .set_title("Relight")
            .set_description(sentence)
            .set_level(rfd::MessageLevel::Warning)
            .show();
    }
}

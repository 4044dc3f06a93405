//! The log: Relight's own words at the level asked for, other crates' at warnings and above, because HTTP and SDK
//! traces print bodies with tokens in them.

use crate::files::{self, Rotating};
use crate::paths::Paths;
use relight_core::settings::LogLevel;
use std::io::{self, Write};
use std::sync::{Mutex, OnceLock};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Registry;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::reload::{self, Handle};
use tracing_subscriber::util::SubscriberInitExt;

/// How the level of the log is changed while it runs.
static LEVELS: OnceLock<Handle<Targets, Registry>> = OnceLock::new();

/// Logs to standard error; `verbosity` counts the `-v`s.
pub fn to_stderr(verbosity: u8) {
    let level = match verbosity {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    start(level, io::stderr());
}

/// Logs to Relight's file, which is kept small; to standard error where it cannot be written.
pub fn to_file(paths: &Paths) {
    match Rotating::open(&paths.log) {
        Ok(file) => start(LevelFilter::INFO, file),
        Err(error) => {
            start(LevelFilter::WARN, io::stderr());
            tracing::warn!("{} cannot be written, so the log goes here: {error}", paths.show(&paths.log));
        }
    }
}

/// Follows the setting.
pub fn set_level(level: LogLevel) {
    let level = match level {
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    if let Some(handle) = LEVELS.get() {
        let _ = handle.reload(levels(level));
    }
}

/// The last lines of the log.
pub fn tail(paths: &Paths, lines: usize) -> String {
    let mut text = files::older_log(&paths.log) + &std::fs::read_to_string(&paths.log).unwrap_or_default();
    let from = text.rmatch_indices('\n').nth(lines).map_or(0, |(at, _)| at + 1);
    text.split_off(from)
}

/// A second start does nothing.
fn start(level: LevelFilter, writer: impl Write + Send + 'static) {
    let (levels, handle) = reload::Layer::new(levels(level));
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(writer));
    if tracing_subscriber::registry().with(levels).with(lines).try_init().is_ok() {
        let _ = LEVELS.set(handle);
    }
}

fn levels(own: LevelFilter) -> Targets {
    let programs = ["relight", "relight_core", "relight_engine", "relight_tray", "relight_window"];
    Targets::new().with_default(LevelFilter::WARN).with_targets(programs.map(|program| (program, own)))
}

//! Measures the release binaries against the figures that Relight promises, each beside what it is compared with.
//!
//! Times depend on the machine, so a missed bound is said and is no failure: the exit code is 1 only where something
//! could not be measured.
#![expect(
    clippy::disallowed_methods,
    reason = "a stopwatch needs the clock, and worlds of files are written as other programs write them"
)]

mod credentials;
mod explain;
mod measure;
#[cfg(target_os = "linux")]
mod process;
#[cfg(unix)]
mod sign_in;
mod status;
mod table;
#[cfg(target_os = "linux")]
mod tray;
mod watch;
#[cfg(target_os = "linux")]
mod window;
mod world;

use clap::Parser;
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::Row;

/// What every part of the bench gives.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Measures Relight's release binaries.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder of the release binaries `relight`, `relight-tray` and `relight-window`
    target_folder: PathBuf,

    /// How long the tray is watched doing nothing
    #[arg(long, default_value_t = 60)]
    idle_seconds: u64,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let relight = binary(&arguments.target_folder, "relight")?;
    progress("relight status");
    let mut rows = status::rows(&relight)?;
    progress("relight credentials");
    rows.extend(credentials::rows(&relight)?);
    progress("relight explain");
    rows.extend(explain::rows(&relight)?);
    progress("relight watch");
    rows.extend(watch::rows(&relight)?);
    #[cfg(unix)]
    {
        progress("relight login");
        rows.extend(sign_in::rows(&relight)?);
    }
    rows.extend(tray_rows(arguments)?);
    io::stdout().write_all(table::text(&rows).as_bytes())?;
    Ok(())
}

#[cfg(target_os = "linux")]
fn tray_rows(arguments: &Arguments) -> Result<Vec<Row>> {
    let tray = binary(&arguments.target_folder, "relight-tray")?;
    let window = binary(&arguments.target_folder, "relight-window")?;
    progress("relight-window");
    let mut rows = window::rows(&window, &tray)?;
    progress(&format!("relight-tray, which takes {} s", arguments.idle_seconds));
    rows.extend(tray::rows(&tray, std::time::Duration::from_secs(arguments.idle_seconds))?);
    Ok(rows)
}

#[cfg(not(target_os = "linux"))]
fn tray_rows(_: &Arguments) -> Result<Vec<Row>> {
    Ok(Vec::new())
}

/// The whole path: programs are started with another environment.
fn binary(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    path.canonicalize().map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Minutes pass, so it says where it is; not on standard output, which is the table's alone.
fn progress(part: &str) {
    let _ = writeln!(io::stderr(), "Measuring {part} ...");
}

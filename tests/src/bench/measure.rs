//! The stopwatch.

use crate::Result;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Times of two things that were measured in turns, so that a busy moment of the machine meets both.
pub(crate) struct Pairs {
    /// Of the first.
    pub(crate) first: Vec<Duration>,
    /// Of the second.
    pub(crate) second: Vec<Duration>,
}

impl Pairs {
    /// How many times as long the first takes: the median of the pairs.
    pub(crate) fn ratio(&self) -> f64 {
        let ratio = |(first, second): (&Duration, &Duration)| first.as_secs_f64() / second.as_secs_f64();
        let mut ratios: Vec<_> = self.first.iter().zip(&self.second).map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

/// Runs two commands in turns, after a first run of each that warms the caches and is not counted.
pub(crate) fn pairs(count: usize, first: &mut Command, second: &mut Command) -> Result<Pairs> {
    whole_run(first)?;
    whole_run(second)?;
    let mut pairs = Pairs { first: Vec::new(), second: Vec::new() };
    for _ in 0..count {
        pairs.first.push(whole_run(first)?);
        pairs.second.push(whole_run(second)?);
    }
    Ok(pairs)
}

/// Runs a command so often, after a first run that is not counted.
pub(crate) fn runs(count: usize, command: &mut Command) -> Result<Vec<Duration>> {
    whole_run(command)?;
    (0..count).map(|_| whole_run(command)).collect()
}

/// Runs a command once.
pub(crate) fn once(command: &mut Command) -> Result<Duration> {
    whole_run(command)
}

/// The time from start to end of a process that must end well.
fn whole_run(command: &mut Command) -> Result<Duration> {
    let begin = Instant::now();
    let ended = command.status().map_err(|error| format!("{} does not start: {error}", name(command)))?;
    let time = begin.elapsed();
    if ended.success() { Ok(time) } else { Err(format!("{} failed: {ended}", name(command)).into()) }
}

/// A command in that home folder, with nothing else of the environment than where programs are. What it prints is
/// dropped.
pub(crate) fn command(program: impl AsRef<Path>, home: &Path) -> Command {
    let mut command = Command::new(program.as_ref());
    command.env_clear().env("HOME", home).env("LANG", "C.UTF-8");
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    // Nothing here has a reason to ask the network; where it did, it must not get through.
    command.env("HTTPS_PROXY", "http://127.0.0.1:9");
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// The middle of `times`.
pub(crate) fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The longest of `times`.
pub(crate) fn worst(times: &[Duration]) -> Duration {
    times.iter().max().copied().unwrap_or_default()
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

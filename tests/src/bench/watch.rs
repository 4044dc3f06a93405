//! `relight watch --json`: how soon it tells that another process replaced a token file.

use crate::Result;
use crate::measure::{self, median, worst};
use crate::table::{Row, milliseconds};
use crate::world::World;
use jiff::{SignedDuration, Timestamp};
use relight_core::time::write_date;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

const REPLACEMENTS: i64 = 20;
const WITHIN: Duration = Duration::from_millis(100);
/// Bounds a failure only.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two replacements: each is to meet a program that sleeps.
const PAUSE: Duration = Duration::from_millis(100);

/// All rows about it: at the usual number of profiles, and at one that makes long lines.
pub(crate) fn rows(relight: &Path) -> Result<Vec<Row>> {
    [(100, 1), (10_000, 100)].into_iter().map(|(profiles, sessions)| row(relight, profiles, sessions)).collect()
}

fn row(relight: &Path, profiles: usize, sessions: usize) -> Result<Row> {
    let home = tempfile::tempdir()?;
    let world = World::write(home.path(), profiles, sessions)?;
    let watch = Watch::start(relight, &world)?;
    let times = (1..=REPLACEMENTS).map(|minutes| replace(&world, &watch, minutes)).collect::<Result<Vec<_>>>()?;
    Ok(Row {
        what: format!("watch, {profiles} profiles, token replaced"),
        figure: milliseconds(median(&times)),
        beside: format!("the worst of {REPLACEMENTS}"),
        its_figure: milliseconds(worst(&times)),
        bound: format!("within {} ms", WITHIN.as_millis()),
        kept: Some(worst(&times) <= WITHIN),
    })
}

/// From the rename until the line with the new end is read.
fn replace(world: &World, watch: &Watch, minutes: i64) -> Result<Duration> {
    thread::sleep(PAUSE);
    let end = Timestamp::now() + SignedDuration::from_hours(6) + SignedDuration::from_mins(minutes);
    let begin = world.replace_token(end, Instant::now)?;
    let read = watch.line_with(&write_date(end))?;
    Ok(read.saturating_duration_since(begin))
}

/// A running `relight watch`; ends with this.
struct Watch {
    child: Child,
    lines: Receiver<(Instant, String)>,
}

impl Watch {
    /// Starts it and reads its first snapshot.
    fn start(relight: &Path, world: &World) -> Result<Self> {
        let mut command = measure::command(relight, world.home());
        let mut child = command.args(["watch", "--json"]).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take();
        let (sender, lines) = mpsc::channel();
        let watch = Self { child, lines };
        let output = output.ok_or("the output of relight watch cannot be read")?;
        thread::spawn(move || {
            // A megabyte at once, so that long lines are not read in a thousand parts.
            for line in BufReader::with_capacity(1 << 20, output).lines().map_while(std::io::Result::ok) {
                if sender.send((Instant::now(), line)).is_err() {
                    break;
                }
            }
        });
        watch.line_with("\"version\"")?;
        Ok(watch)
    }

    /// When a line with `text` in it was read.
    fn line_with(&self, text: &str) -> Result<Instant> {
        loop {
            let (read, line) =
                self.lines.recv_timeout(PATIENCE).map_err(|_| format!("relight watch shows no line with {text}"))?;
            if line.contains(text) {
                return Ok(read);
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

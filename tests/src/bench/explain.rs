//! `relight explain`: a usual error on a large home, and logs of 10 MB, also ones that are written to be slow.

use crate::Result;
use crate::measure::{self, median, worst};
use crate::table::{Row, milliseconds};
use crate::world::World;
use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

const RUNS: usize = 20;
const PROFILES: usize = 1_000;
const WITHIN: Duration = Duration::from_millis(20);
const ERROR: &str = "Error when retrieving token from sso: Token has expired and refresh failed";
const LARGE: usize = 10 << 20;
/// Twice the text may take so many times as long: linear is 2, and the start of the process counts once.
const STILL_LINEAR: f64 = 2.5;

/// All rows about it.
pub(crate) fn rows(relight: &Path) -> Result<Vec<Row>> {
    let home = tempfile::tempdir()?;
    let world = World::write(home.path(), PROFILES, PROFILES / 100)?;
    let mut short = measure::command(relight, world.home());
    short.args(["explain", &format!("{ERROR} (--profile {})", World::profile(0))]);
    let times = measure::runs(RUNS, &mut short)?;
    let mut rows = vec![Row {
        what: format!("explain, {PROFILES} profiles"),
        figure: milliseconds(median(&times)),
        beside: "its slowest run".to_owned(),
        its_figure: milliseconds(worst(&times)),
        bound: format!("under {} ms", WITHIN.as_millis()),
        kept: Some(median(&times) < WITHIN),
    }];
    for (what, line) in LOGS {
        rows.push(large(relight, &world, what, line)?);
    }
    Ok(rows)
}

/// Lines that a log of 10 MB is made of: a usual one, beginnings of phrases without their ends, and nothing but marks.
const LOGS: [(&str, &str); 4] = [
    ("a log", "2026-11-22T09:14:51Z INFO wrote 17 rows of 1024 to the table of orders\n"),
    (
        "errors",
        "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\n",
    ),
    (
        "begun phrases",
        "The config profile (The value for The source_profile failed to read `The SSO session Need to perform ",
    ),
    ("marks", "\\\\\\\\\\\"&amp;\u{1b}[\u{1b}]>|  \r{{(("),
];

fn large(relight: &Path, world: &World, what: &str, line: &str) -> Result<Row> {
    let time = |size: usize| -> Result<Duration> {
        let file = world.home().join(format!("{size}.log"));
        let mut text = line.repeat(size / line.len());
        text.push('\n');
        text.push_str(ERROR);
        fs::write(&file, text)?;
        let mut times = Vec::new();
        for _ in 0..5 {
            let mut command = measure::command(relight, world.home());
            command.args(["explain", "-"]).stdin(File::open(&file)?);
            times.push(measure::once(&mut command)?);
        }
        Ok(median(&times))
    };
    let (half, whole) = (time(LARGE / 2)?, time(LARGE)?);
    let ratio = whole.as_secs_f64() / half.as_secs_f64();
    Ok(Row {
        what: format!("explain, 10 MB of {what}"),
        figure: milliseconds(whole),
        beside: "5 MB of it".to_owned(),
        its_figure: milliseconds(half),
        bound: format!("linear, up to {STILL_LINEAR} times: is {ratio:.2}"),
        kept: Some(ratio <= STILL_LINEAR),
    })
}

//! `relight credentials` out of a warm cache: against reading that file, against starting a process, and against the AWS
//! CLI doing the same.

use crate::Result;
use crate::measure::{self, median};
use crate::table::{Row, milliseconds};
use crate::world::World;
use std::path::Path;
use std::process::Command;

const SIZES: [usize; 2] = [10, 1_000];
const PAIRS: usize = 40;
/// The AWS CLI takes about a second.
const PAIRS_WITH_AWS: usize = 8;
const AWS: &str = "/usr/bin/aws";
const TIMES_THE_READING: f64 = 1.5;
const TIMES_FASTER_THAN_AWS: f64 = 20.0;

/// All rows about it.
pub(crate) fn rows(relight: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for size in SIZES {
        let home = tempfile::tempdir()?;
        let world = World::write(home.path(), size, size / 10)?;
        rows.push(against_reading(relight, &world, size)?);
        rows.extend(against_aws(relight, &world, size)?);
    }
    Ok(rows)
}

fn against_reading(relight: &Path, world: &World, size: usize) -> Result<Row> {
    let mut cat = measure::command("cat", world.home());
    cat.arg(world.role_file(0)?);
    let mut start = measure::command(relight, world.home());
    start.arg("--version");
    let with_cat = measure::pairs(PAIRS, &mut credentials(relight, world), &mut cat)?;
    let starts = measure::runs(PAIRS, &mut start)?;
    let beside = median(&with_cat.second) + median(&starts);
    let ratio = median(&with_cat.first).as_secs_f64() / beside.as_secs_f64();
    Ok(Row {
        what: format!("credentials, {size} profiles"),
        figure: milliseconds(median(&with_cat.first)),
        beside: format!("cat ({}) and process start", milliseconds(median(&with_cat.second))),
        its_figure: milliseconds(beside),
        bound: format!("{TIMES_THE_READING} times: is {ratio:.2}"),
        kept: Some(ratio <= TIMES_THE_READING),
    })
}

fn against_aws(relight: &Path, world: &World, size: usize) -> Result<Option<Row>> {
    if !Path::new(AWS).exists() {
        return Ok(None);
    }
    let mut aws = measure::command(AWS, world.home());
    aws.args(["configure", "export-credentials", "--profile", &World::profile(0)]);
    let times = measure::pairs(PAIRS_WITH_AWS, &mut credentials(relight, world), &mut aws)?;
    let factor = 1.0 / times.ratio();
    Ok(Some(Row {
        what: format!("credentials, {size} profiles"),
        figure: milliseconds(median(&times.first)),
        beside: "aws configure export-credentials".to_owned(),
        its_figure: milliseconds(median(&times.second)),
        bound: format!("{TIMES_FASTER_THAN_AWS:.0} times faster: is {factor:.0}"),
        kept: Some(factor >= TIMES_FASTER_THAN_AWS),
    }))
}

fn credentials(relight: &Path, world: &World) -> Command {
    let mut command = measure::command(relight, world.home());
    command.args(["credentials", &World::profile(0), "--format", "process"]);
    command
}

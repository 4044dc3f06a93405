//! `relight status --json`: against reading the same files, against the AWS CLI, and as they grow in number.

use crate::Result;
use crate::measure::{self, Pairs, median};
use crate::table::{Row, microseconds, milliseconds};
use crate::world::World;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Each ten times the one before. A hundredth of them are sessions.
const SIZES: [usize; 3] = [100, 1_000, 10_000];
const PAIRS: usize = 20;
/// The AWS CLI takes about a second.
const PAIRS_WITH_AWS: usize = 10;
/// Debian's: another one first on the search path may be a wrapper.
const AWS: &str = "/usr/bin/aws";
/// The bounds for 100 profiles.
const SMALL_WITHIN: Duration = Duration::from_millis(10);
const TIMES_FASTER_THAN_AWS: f64 = 50.0;
/// What a further profile costs may vary by this factor from size to size: with twice the cost for twice the profiles
/// it would be 10.
const STILL_LINEAR: f64 = 1.5;

/// All rows about it.
pub(crate) fn rows(relight: &Path) -> Result<Vec<Row>> {
    let homes = SIZES.iter().map(|_| tempfile::tempdir()).collect::<std::io::Result<Vec<_>>>()?;
    let worlds = homes.iter().zip(SIZES).map(|(home, size)| World::write(home.path(), size, size / 100));
    let worlds = worlds.collect::<Result<Vec<_>>>()?;
    let mut rows = Vec::new();
    if let [small, .., large] = worlds.as_slice() {
        rows.push(against_reading(relight, large)?);
        rows.extend(small_world(relight, small)?);
    }
    rows.extend(growth(relight, &worlds)?);
    Ok(rows)
}

fn against_reading(relight: &Path, world: &World) -> Result<Row> {
    let mut read = measure::command("sh", world.home());
    read.args(["-c", r#"find "$0" -type f | xargs cat > /dev/null"#]).arg(world.aws());
    let times = measure::pairs(PAIRS, &mut status(relight, world), &mut read)?;
    let ratio = times.ratio();
    Ok(Row {
        what: "status, 10,000 profiles".to_owned(),
        figure: milliseconds(median(&times.first)),
        beside: "find -type f | xargs cat".to_owned(),
        its_figure: milliseconds(median(&times.second)),
        bound: format!("not slower: is {ratio:.2} times"),
        kept: Some(ratio <= 1.0),
    })
}

fn small_world(relight: &Path, world: &World) -> Result<Vec<Row>> {
    let mut own = status(relight, world);
    let times = measure::runs(PAIRS, &mut own)?;
    let whole = Row {
        what: "status, 100 profiles".to_owned(),
        figure: milliseconds(median(&times)),
        beside: "its slowest run".to_owned(),
        its_figure: milliseconds(measure::worst(&times)),
        bound: "under 10 ms".to_owned(),
        kept: Some(median(&times) < SMALL_WITHIN),
    };
    if !Path::new(AWS).exists() {
        let beside = format!("{AWS} is not installed");
        let what = "status, 100 profiles".to_owned();
        let (figure, its_figure) = (milliseconds(median(&times)), String::new());
        return Ok(vec![whole, Row { what, figure, beside, its_figure, bound: faster(""), kept: None }]);
    }
    let mut list = measure::command(AWS, world.home());
    list.args(["configure", "list-profiles"]);
    let times = measure::pairs(PAIRS_WITH_AWS, &mut own, &mut list)?;
    Ok(vec![whole, against_aws(&times)])
}

fn against_aws(times: &Pairs) -> Row {
    let factor = 1.0 / times.ratio();
    Row {
        what: "status, 100 profiles".to_owned(),
        figure: milliseconds(median(&times.first)),
        beside: "aws configure list-profiles".to_owned(),
        its_figure: milliseconds(median(&times.second)),
        bound: faster(&format!(": is {factor:.0}")),
        kept: Some(factor >= TIMES_FASTER_THAN_AWS),
    }
}

fn faster(is: &str) -> String {
    format!("{TIMES_FASTER_THAN_AWS:.0} times faster{is}")
}

/// What one more profile costs, between each size and the next.
fn growth(relight: &Path, worlds: &[World]) -> Result<Vec<Row>> {
    let times = worlds.iter().map(|world| measure::runs(PAIRS, &mut status(relight, world)));
    let times: Vec<_> = times.map(|times| Ok(median(&times?))).collect::<Result<_>>()?;
    let points: Vec<_> = SIZES.into_iter().zip(times).collect();
    let mut rows = Vec::new();
    let mut before: Option<f64> = None;
    for (smaller, larger) in points.iter().zip(points.iter().skip(1)) {
        let each = (larger.1.as_secs_f64() - smaller.1.as_secs_f64()) / count(larger.0 - smaller.0);
        rows.push(Row {
            what: format!("status, each profile from {} to {}", smaller.0, larger.0),
            figure: microseconds(each),
            beside: before.map(|_| "each at the smaller size".to_owned()).unwrap_or_default(),
            its_figure: before.map(microseconds).unwrap_or_default(),
            bound: before.map(|_| format!("linear: up to {STILL_LINEAR} times")).unwrap_or_default(),
            kept: before.map(|before| each <= before * STILL_LINEAR),
        });
        before = Some(each);
    }
    Ok(rows)
}

fn status(relight: &Path, world: &World) -> Command {
    let mut command = measure::command(relight, world.home());
    command.args(["status", "--json"]);
    command
}

/// Thousands, which every number type holds.
fn count(profiles: usize) -> f64 {
    u32::try_from(profiles).map_or(f64::NAN, f64::from)
}

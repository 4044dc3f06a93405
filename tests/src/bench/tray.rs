//! `relight-tray` on a private desktop: how soon it is there, what it takes, and whether it rests.

use crate::Result;
use crate::measure::{median, worst};
use crate::process::{processor_time, pss, switches};
use crate::table::{Row, milliseconds};
use crate::world::World;
use relight_tests::desktop::{Desktop, Error, Program, Tray};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

const STARTS: usize = 10;
const REGISTERED_WITHIN: Duration = Duration::from_millis(50);
const MOST_MEMORY: f64 = 16.0;
/// 0.00 s, in the hundredths that people are shown.
const SEEN_AS_NOTHING: Duration = Duration::from_millis(5);
/// Bounds a failure only.
const PATIENCE: Duration = Duration::from_secs(20);
/// The panel asks for icon and tooltip a moment after it took the item in, and threads that read files at the start end
/// after ten seconds: that is no rest yet.
const SETTLED_AFTER: Duration = Duration::from_secs(12);

/// All rows about it, after `idle` of doing nothing.
pub(crate) fn rows(program: &Path, idle: Duration) -> Result<Vec<Row>> {
    let desktop = Desktop::start()?;
    World::write(&home_of_person(&desktop), 100, 5)?;
    desktop.start_panel()?;
    let mut rows = vec![starts(&desktop, program)?];
    rows.extend(rest(&desktop, program, idle)?);
    Ok(rows)
}

/// A home folder of its own, as deep as real ones: the tray also watches the folders above, and the temporary folder
/// of a busy machine is no rest.
fn home_of_person(desktop: &Desktop) -> PathBuf {
    desktop.home().join("home/person")
}

fn starts(desktop: &Desktop, program: &Path) -> Result<Row> {
    let mut times = Vec::new();
    for _ in 0..=STARTS {
        let begin = Instant::now();
        let running = start(desktop, program)?;
        times.push(begin.elapsed());
        shown(&running.1)?;
        drop(running);
        gone(desktop)?;
    }
    // The first one warmed the caches.
    let times = times.get(1..).unwrap_or_default();
    Ok(Row {
        what: "tray, 100 profiles, item registered".to_owned(),
        figure: milliseconds(median(times)),
        beside: format!("the worst of {STARTS}"),
        its_figure: milliseconds(worst(times)),
        bound: format!("within {} ms", REGISTERED_WITHIN.as_millis()),
        kept: Some(median(times) <= REGISTERED_WITHIN),
    })
}

fn rest(desktop: &Desktop, program: &Path, idle: Duration) -> Result<[Row; 3]> {
    let (program, tray) = start(desktop, program)?;
    shown(&tray)?;
    let process = program.id();
    let memory = pss(process)?;
    thread::sleep(SETTLED_AFTER);
    let (used, woken) = (processor_time(process)?, switches(process)?);
    thread::sleep(idle);
    let used = processor_time(process)?.saturating_sub(used);
    let woken = switches(process)?.saturating_sub(woken);
    let seconds = idle.as_secs();
    Ok([
        of_memory("at its first picture", memory),
        of_memory(&format!("after {seconds} s"), pss(process)?),
        Row {
            what: format!("tray, processor time in {seconds} s of rest"),
            figure: format!("{:.2} s, {}", used.as_secs_f64(), milliseconds(used)),
            beside: "its main thread was woken".to_owned(),
            its_figure: format!("{woken} times"),
            bound: "0.00 s".to_owned(),
            kept: Some(used < SEEN_AS_NOTHING),
        },
    ])
}

fn of_memory(when: &str, mebibytes: f64) -> Row {
    Row {
        what: format!("tray, PSS {when}"),
        figure: format!("{mebibytes:.1} MiB"),
        beside: String::new(),
        its_figure: String::new(),
        bound: format!("at most {MOST_MEMORY:.0} MiB"),
        kept: Some(mebibytes <= MOST_MEMORY),
    }
}

/// Starts the tray and waits until the panel has its item.
fn start(desktop: &Desktop, program: &Path) -> Result<(Program, Tray)> {
    let mut command = desktop.command(program);
    command.env("HOME", home_of_person(desktop)).env_remove("XDG_STATE_HOME");
    let program = desktop.run(&mut command)?;
    let tray = desktop.wait_for_tray(PATIENCE)?;
    Ok((program, tray))
}

/// Waits until it shows what is in the files: before, there are no details to the headline.
fn shown(tray: &Tray) -> Result<()> {
    Ok(tray.wait_until(PATIENCE, |tray| Ok(!tray.tooltip()?.1.is_empty()))?)
}

/// Waits until the panel has dropped the item of a program that ended, so that the next one is not taken for it.
fn gone(desktop: &Desktop) -> Result<()> {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if let Err(Error::Timeout { .. }) = desktop.wait_for_tray(Duration::ZERO) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err("the panel keeps the item of a program that has ended".into())
}

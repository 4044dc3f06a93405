//! `relight-window` on a private desktop: how soon something is seen, how soon the data is, and what stays when it is
//! closed.

use crate::Result;
use crate::measure::{median, worst};
use crate::process::settled_pss;
use crate::table::{Row, milliseconds};
use crate::world::World;
use relight_tests::desktop::{Desktop, WebView};
use std::fs;
use std::path::Path;
use std::time::Duration;

const STARTS: usize = 5;
const PAINTED_WITHIN: Duration = Duration::from_millis(700);
const DATA_WITHIN: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(20);

/// All rows about it. The tray beside it must not notice that the window came and went.
pub(crate) fn rows(window: &Path, tray: &Path) -> Result<Vec<Row>> {
    let desktop = Desktop::start()?;
    World::write(&desktop.home(), 100, 5)?;
    desktop.start_panel()?;
    let tray = desktop.run(&mut desktop.command(tray))?;
    desktop.wait_for_tray(PATIENCE)?;
    let before = settled_pss(tray.id())?;
    let starts = (0..=STARTS).map(|_| start(&desktop, window)).collect::<Result<Vec<_>>>()?;
    // The first one warmed the caches.
    let (painted, data): (Vec<_>, Vec<_>) = starts.into_iter().skip(1).unzip();
    let after = settled_pss(tray.id())?;
    Ok(vec![
        of_times("window, start to first paint", &painted, PAINTED_WITHIN),
        of_times("window, 100 profiles, from there to the data", &data, DATA_WITHIN),
        Row {
            what: "tray, PSS after the window was closed".to_owned(),
            figure: format!("{after:.1} MiB"),
            beside: "before it was opened".to_owned(),
            its_figure: format!("{before:.1} MiB"),
            bound: "the same, give or take 1 MiB".to_owned(),
            kept: Some((after - before).abs() <= 1.0),
        },
    ])
}

fn of_times(what: &str, times: &[Duration], within: Duration) -> Row {
    Row {
        what: what.to_owned(),
        figure: milliseconds(median(times)),
        beside: format!("the worst of {STARTS}"),
        its_figure: milliseconds(worst(times)),
        bound: format!("within {} ms", within.as_millis()),
        kept: Some(median(times) <= within),
    }
}

/// From the start of the process to the first paint, and from there to the data.
fn start(desktop: &Desktop, window: &Path) -> Result<(Duration, Duration)> {
    let view = desktop.drive(&mut desktop.command("WebKitWebDriver"), window)?;
    view.wait_for("return performance.getEntriesByName('data').length > 0")?;
    let painted = moment(&view, "performance.getEntriesByName('first-contentful-paint')[0].startTime")?;
    let data = moment(&view, "performance.getEntriesByName('data')[0].startTime")?;
    let process = child_of(view.driver().id(), "relight-window").ok_or("the window's process is not found")?;
    let times = (painted.saturating_sub(started(process)?), data.saturating_sub(painted));
    desktop.close_window("relight-window")?;
    while fs::exists(format!("/proc/{process}"))? && !is_zombie(process) {
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(times)
}

/// A moment of the page, since 1970.
fn moment(view: &WebView, expression: &str) -> Result<Duration> {
    let milliseconds = view.run(&format!("return performance.timeOrigin + {expression}"))?;
    Ok(Duration::from_secs_f64(milliseconds.as_f64().ok_or("the page tells no time")? / 1e3))
}

/// When a process was started, since 1970.
fn started(process: u32) -> Result<Duration> {
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after_name = stat.rsplit_once(')').ok_or("Linux does not tell the start")?.1;
    let ticks: f64 = after_name.split_whitespace().nth(19).ok_or("Linux does not tell the start")?.parse()?;
    // More exact than `btime`, which counts whole seconds.
    let uptime: f64 = fs::read_to_string("/proc/uptime")?.split(' ').next().unwrap_or_default().parse()?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(now.saturating_sub(Duration::from_secs_f64((uptime - ticks / TICKS).max(0.0))))
}

fn child_of(parent: u32, name: &str) -> Option<u32> {
    let processes = fs::read_dir("/proc").ok()?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    processes.into_iter().find(|process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let parents = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        stat.contains(&format!("({name}")) && parents == Some(parent)
    })
}

fn is_zombie(process: u32) -> bool {
    fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| stat.contains(") Z "))
}

//! What Linux knows of a running process.

use crate::Result;
use std::fs;
use std::time::Duration;

/// Its share of the memory, in MiB: its own pages, and of shared ones the part that falls to it.
pub(crate) fn pss(process: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let value = text.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or("Linux does not tell the PSS")?;
    let kibibytes: u32 = value.trim().trim_end_matches(" kB").parse()?;
    Ok(f64::from(kibibytes) / 1024.0)
}

/// [`pss`], once it grows no more: a program that has just started takes a moment.
pub(crate) fn settled_pss(process: u32) -> Result<f64> {
    const PAUSE: Duration = Duration::from_millis(500);
    let mut last = pss(process)?;
    loop {
        std::thread::sleep(PAUSE);
        let next = pss(process)?;
        if next - last < 0.1 {
            return Ok(next);
        }
        last = next;
    }
}

/// The processor time that its threads have used. Not out of `stat`, which counts whole hundredths of a second: a
/// thousandth more would look like one of them.
pub(crate) fn processor_time(process: u32) -> Result<Duration> {
    let mut used = Duration::ZERO;
    for thread in fs::read_dir(format!("/proc/{process}/task"))? {
        let text = fs::read_to_string(thread?.path().join("schedstat"))?;
        let nanoseconds = text.split_whitespace().next().ok_or("Linux does not tell the processor time")?;
        used += Duration::from_nanos(nanoseconds.parse()?);
    }
    Ok(used)
}

/// How often its main thread was woken or interrupted.
pub(crate) fn switches(process: u32) -> Result<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let values = text.lines().filter_map(|line| line.split_once("ctxt_switches:"));
    let counts = values.map(|(_, value)| value.trim().parse::<u64>());
    Ok(counts.sum::<std::result::Result<u64, _>>()?)
}

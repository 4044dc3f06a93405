//! The table that is printed.

use std::time::Duration;

/// One figure and what it is to be read against.
#[derive(Debug)]
pub(crate) struct Row {
    /// What was measured, and on what.
    pub(crate) what: String,
    /// The figure.
    pub(crate) figure: String,
    /// What it is compared with; empty where the bound says all.
    pub(crate) beside: String,
    /// The figure of that.
    pub(crate) its_figure: String,
    /// What was promised; empty where the row only informs.
    pub(crate) bound: String,
    /// Whether the promise was kept; none where nothing was promised, or it could not be measured here.
    pub(crate) kept: Option<bool>,
}

impl Row {
    fn cells(&self) -> [&str; COLUMNS] {
        let verdict = match self.kept {
            Some(true) => "ok",
            Some(false) => "MISSED",
            None => "",
        };
        [&self.what, &self.figure, &self.beside, &self.its_figure, &self.bound, verdict]
    }
}

const COLUMNS: usize = 6;
const HEAD: [&str; COLUMNS] = ["what", "figure", "compared with", "its figure", "bound", ""];

/// The rows below their head, in columns.
pub(crate) fn text(rows: &[Row]) -> String {
    let lines: Vec<_> = std::iter::once(HEAD).chain(rows.iter().map(Row::cells)).collect();
    let mut widths = [0; COLUMNS];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |cells: &[&str; COLUMNS]| {
        let padded: Vec<_> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        padded.join("  ").trim_end().to_owned() + "\n"
    };
    lines.iter().map(line).collect()
}

/// A time as it is printed: `12.3 ms`.
pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// A part of a second, small: `3.21 µs`.
pub(crate) fn microseconds(seconds: f64) -> String {
    format!("{:.2} µs", seconds * 1e6)
}

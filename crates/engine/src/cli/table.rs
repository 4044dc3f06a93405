//! Aligned columns.

use relight_core::text::shown;

/// A row: cells, and what to do to a padded cell, such as colour it.
pub(super) struct Row {
    cells: Vec<Cell>,
}

struct Cell {
    text: String,
    dress: Box<dyn Fn(&str) -> String>,
}

impl Row {
    /// A row with its first cell.
    pub(super) fn new(first: impl Into<String>) -> Self {
        Self { cells: Vec::new() }.and(first)
    }

    /// One more cell, plain.
    pub(super) fn and(self, text: impl Into<String>) -> Self {
        self.dressed(text, str::to_owned)
    }

    /// One more cell, coloured after it was padded.
    pub(super) fn dressed(mut self, text: impl Into<String>, dress: impl Fn(&str) -> String + 'static) -> Self {
        let text = shown(&text.into()).into_owned();
        self.cells.push(Cell { text, dress: Box::new(dress) });
        self
    }
}

/// The rows as lines, indented by two spaces, each column as wide as its widest cell.
pub(super) fn lines(rows: &[Row]) -> String {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.cells.get(column))
            .map(|cell| cell.text.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let last = row.cells.iter().rposition(|cell| !cell.text.is_empty()).unwrap_or_default();
        out.push(' ');
        for (column, (cell, width)) in row.cells.iter().zip(&widths).enumerate().take(last + 1) {
            let padding = if column == last { 0 } else { width - cell.text.chars().count() };
            out.push(' ');
            out.push_str(&(cell.dress)(&cell.text));
            out.push_str(&" ".repeat(padding + usize::from(column != last)));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_characters_and_no_line_has_a_tail() {
        let rows = [
            Row::new("é").and("one").and(""),
            Row::new("long").dressed("two", |text| format!("<{text}>")).and("three"),
        ];
        assert_eq!(lines(&rows), "  é     one\n  long  <two>  three\n");
    }
}

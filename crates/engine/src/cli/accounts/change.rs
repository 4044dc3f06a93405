//! Changes the config file, when the person agrees.

use crate::cli::ending::Ending;
use crate::cli::out;
use relight_core::app::App;
use relight_core::ini::Edit;
use relight_engine::aws_files::{self, Outcome};
use relight_engine::clock;
use relight_engine::paths::Paths;
use std::path::PathBuf;

/// What came of it.
#[derive(Default)]
pub(in crate::cli) struct Written {
    pub(super) is_written: bool,
    /// What the file was before.
    pub(super) backup: Option<PathBuf>,
}

impl Written {
    /// None where nothing was written.
    pub(super) fn sentence(&self, paths: &Paths) -> Option<String> {
        let file = paths.show(&paths.config);
        match &self.backup {
            Some(backup) => Some(format!("Written. {file} as it was: {}", paths.show(backup))),
            None => self.is_written.then(|| format!("Written: {file}")),
        }
    }
}

/// Whether the person agrees: by `--yes`, or at a terminal. Says how to agree where nobody can be asked.
pub(in crate::cli) fn confirmed(yes: bool, json: bool, question: &str) -> bool {
    if yes {
        return true;
    }
    if let Some(answer) = if json { None } else { out::ask(question) } {
        return matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes");
    }
    out::complain("Nothing was written. To write it, add --yes.");
    false
}

/// Makes these edits of the config file that `app` has read.
pub(in crate::cli) fn write(app: &App, paths: &Paths, edits: &[Edit]) -> Result<Written, Ending> {
    if edits.is_empty() {
        return Ok(Written::default());
    }
    let seen = aws_files::seen(&paths.config, app.world.files().config.bytes());
    let written = aws_files::edit_all(&paths.config, seen, edits, clock::now());
    match written {
        Ok(Outcome::Same) => Ok(Written::default()),
        Ok(Outcome::Written { backup }) => Ok(Written { is_written: true, backup }),
        Err(error) => Err(Ending::World(format!("{}: {error}", paths.show(&paths.config)))),
    }
}

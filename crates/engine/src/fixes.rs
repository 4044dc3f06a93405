//! Carries out what a fix changes, and says how it is taken back. A person saw it before, line by line.

use crate::aws_files::{self, Outcome};
use crate::paths::Paths;
use crate::{clock, files, read};
use relight_core::config::{FileKind, Files, SessionId, SessionKind};
use relight_core::fix::{Change, Restricted, SET_ASIDE, Step};
use relight_core::ini::Edit;
use relight_core::text::word;
use relight_core::world::Content;
use std::path::Path;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Done {
    /// In a sentence.
    pub said: String,
    /// A command that takes it back.
    pub undo: Option<String>,
}

/// Makes the change, where `seen`, from which it was made, is still what stands there. The error is a sentence. Blocks.
pub fn carry_out(paths: &Paths, seen: &Files, change: &Change) -> Result<Done, String> {
    match &change.step {
        Step::Edit(kind, edits) => edit(paths, seen, *kind, edits),
        Step::Restrict(all) => restrict(all),
        Step::SetAside(session) => set_aside(paths, session),
    }
}

fn edit(paths: &Paths, seen: &Files, kind: FileKind, edits: &[Edit]) -> Result<Done, String> {
    let (path, document) = match kind {
        FileKind::Config => (&paths.config, &seen.config),
        FileKind::Credentials => (&paths.credentials, &seen.credentials),
    };
    let written = aws_files::edit_all(path, aws_files::seen(path, document.bytes()), edits, clock::now());
    let file = paths.show(path);
    match written.map_err(|error| format!("{file}: {error}"))? {
        Outcome::Same => Ok(Done { said: format!("{file} says so already."), undo: None }),
        Outcome::Written { backup: None } => Ok(Done { said: format!("Written: {file}"), undo: None }),
        Outcome::Written { backup: Some(backup) } => Ok(Done {
            said: format!("Written. {file} as it was: {}", paths.show(&backup)),
            undo: command("cp", &[&backup, path]),
        }),
    }
}

#[cfg(unix)]
fn restrict(all: &[Restricted]) -> Result<Done, String> {
    let mut changed: Vec<&Restricted> = Vec::new();
    let mut failed = None;
    for one in all {
        match files::restrict(Path::new(&one.path), one.from, one.to) {
            Ok(true) => changed.push(one),
            Ok(false) => {}
            Err(error) => failed = Some(format!("The permissions of {} cannot be changed: {error}.", one.path)),
        }
    }
    match (failed, changed.len()) {
        (Some(sentence), _) => Err(sentence),
        (None, 0) => Ok(Done { said: "The permissions had changed meanwhile, and stay.".to_owned(), undo: None }),
        (None, count) => {
            let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let said = format!("Corrected: {files}.");
            Ok(Done { said, undo: Change::undo_of_restricted(&changed) })
        }
    }
}

#[cfg(not(unix))]
fn restrict(_: &[Restricted]) -> Result<Done, String> {
    Err("This system has no such permissions.".to_owned())
}

/// Only where the file is damaged still: another program may have written it anew.
fn set_aside(paths: &Paths, session: &SessionId) -> Result<Done, String> {
    let name = session.token_file();
    let is_damaged = match session.kind() {
        SessionKind::Login => matches!(read::settled_login(paths, name), Content::Read(file) if file.token.is_err()),
        SessionKind::SsoSession | SessionKind::Legacy => {
            matches!(read::settled_token(paths, name), Content::Read(file) if file.token.is_err())
        }
    };
    let path = paths.token_file(session);
    if !is_damaged {
        let said = format!("{} is not damaged any more, and stays.", paths.show(&path));
        return Ok(Done { said, undo: None });
    }
    let aside = files::set_aside(&path, SET_ASIDE)
        .map_err(|error| format!("{} cannot be set aside: {error}.", paths.show(&path)))?;
    Ok(Done { said: format!("It is {} now.", paths.show(&aside)), undo: command("mv", &[&aside, &path]) })
}

fn command(words: &str, files: &[&Path]) -> Option<String> {
    let files: Option<Vec<_>> = files.iter().map(|path| Some(word(path.to_str()?)?.into_owned())).collect();
    Some(format!("{words} {}", files?.join(" ")))
}

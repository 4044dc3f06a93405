//! Carries out what a fix changes, and says how it is taken back. A person saw it before, line by line.

use crate::aws_files::{self, Outcome};
use crate::paths::Paths;
use crate::{clock, files, read};
use relight_core::config::{FileKind, Files, SessionId, SessionKind};
use relight_core::fix::{Change, Restricted, SET_ASIDE, Step};
use relight_core::ini::Edit;
use relight_core::text::word;
use relight_core::world::{Content, Dated};
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

/// Only where the file is damaged still: another program may have written it anew. In every home that has such a one.
fn set_aside(paths: &Paths, session: &SessionId) -> Result<Done, String> {
    let (name, kind) = (session.token_file(), session.kind());
    let damaged: Vec<bool> = match kind {
        SessionKind::Login => read::settled_logins(paths, &name).iter().map(is_damaged).collect(),
        SessionKind::SsoSession | SessionKind::Legacy => {
            read::settled_tokens(paths, &name).iter().map(is_damaged).collect()
        }
    };
    let (mut names, mut undo) = (Vec::new(), Vec::new());
    for (folder, _) in paths.token_folders(kind).into_iter().zip(damaged).filter(|(_, is_damaged)| *is_damaged) {
        let path = folder.join(name.as_str());
        let aside = files::set_aside(&path, SET_ASIDE)
            .map_err(|error| format!("{} cannot be set aside: {error}.", paths.show(&path)))?;
        names.push(paths.show(&aside));
        undo.extend(command("mv", &[&aside, &path]));
    }
    if names.is_empty() {
        return Ok(Done { said: "The file is not damaged any more, and stays.".to_owned(), undo: None });
    }
    Ok(Done { said: format!("It is {} now.", names.join(" and ")), undo: Some(undo.join(" && ")) })
}

fn is_damaged<T>(file: &Content<Dated<T>>) -> bool {
    matches!(file, Content::Read(file) if file.token.is_err())
}

fn command(words: &str, files: &[&Path]) -> Option<String> {
    let files: Option<Vec<_>> = files.iter().map(|path| Some(word(path.to_str()?)?.into_owned())).collect();
    Some(format!("{words} {}", files?.join(" ")))
}

//! Carries out what a fix changes, and says how it is taken back. A person saw it before, line by line.

use crate::aws_files::{self, Outcome};
use crate::paths::Paths;
use crate::{clock, files, read};
use relight_core::config::{FileKind, Files, SessionId, SessionKind};
use relight_core::fix::{Change, Restricted, SET_ASIDE, Step};
use relight_core::ini::{self, Edit};
use relight_core::text::word;
use relight_core::world::{Content, Dated};
use std::path::{Path, PathBuf};

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// In a sentence.
    pub said: String,
    /// A command that takes it back.
    pub undo: Option<String>,
    /// The same, to be done here.
    pub way_back: Option<WayBack>,
}

/// How a change is taken back.
#[derive(Debug, PartialEq, Eq)]
pub enum WayBack {
    /// The file is written as its backup says, if it still is what was written.
    Edit {
        /// The file.
        path: PathBuf,
        /// What was written.
        written: Vec<u8>,
        /// Where it stands as it was.
        backup: PathBuf,
    },
    /// These permissions are given back.
    Restrict(Vec<Restricted>),
    /// Files get back their names: each as it is called now, and as it was.
    Rename(Vec<(PathBuf, PathBuf)>),
}

/// Makes the change, where `seen`, from which it was made, is still what stands there. The error is a sentence. Blocks.
pub fn carry_out(paths: &Paths, seen: &Files, change: &Change) -> Result<Done, String> {
    match &change.step {
        Step::Edit(kind, edits) => edit(paths, seen, *kind, edits),
        Step::Restrict(all) => restrict(all),
        Step::SetAside(session) => set_aside(paths, session),
    }
}

/// Takes a change back: in a sentence, what was done. The error is a sentence, too. Blocks.
pub fn take_back(paths: &Paths, way: &WayBack) -> Result<String, String> {
    match way {
        WayBack::Edit { path, written, backup } => {
            let file = paths.show(path);
            let put_back = aws_files::put_back(path, written, backup);
            put_back.map_err(|error| format!("{file}: {error}"))?;
            Ok(format!("Taken back: {file} is as it was."))
        }
        WayBack::Restrict(all) => restrict(all).map(|done| done.said),
        WayBack::Rename(all) => {
            for (now, before) in all {
                let renamed = files::rename_new(now, before);
                if !renamed.map_err(|error| format!("{} cannot get its name back: {error}.", paths.show(now)))? {
                    return Err(format!("Another {} is there by now, and stays.", paths.show(before)));
                }
            }
            Ok("Taken back: it has its name again.".to_owned())
        }
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
        Outcome::Same => Ok(Done { said: format!("{file} says so already."), ..Done::default() }),
        Outcome::Written { backup: None } => Ok(Done { said: format!("Written: {file}"), ..Done::default() }),
        Outcome::Written { backup: Some(backup) } => Ok(Done {
            said: format!("Written. {file} as it was: {}", paths.show(&backup)),
            undo: command("cp", &[&backup, path]),
            way_back: ini::edit_all(document.bytes(), edits).ok().map(|written| WayBack::Edit {
                path: path.clone(),
                written,
                backup,
            }),
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
        (None, 0) => {
            Ok(Done { said: "The permissions had changed meanwhile, and stay.".to_owned(), ..Done::default() })
        }
        (None, count) => {
            let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let said = format!("Corrected: {files}.");
            let back = |one: &&Restricted| Restricted { path: one.path.clone(), from: one.to, to: one.from };
            let way_back = Some(WayBack::Restrict(changed.iter().map(back).collect()));
            Ok(Done { said, undo: Change::undo_of_restricted(&changed), way_back })
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
    let (mut names, mut undo, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
    for (folder, _) in paths.token_folders(kind).into_iter().zip(damaged).filter(|(_, is_damaged)| *is_damaged) {
        let path = folder.join(name.as_str());
        let aside = files::set_aside(&path, SET_ASIDE)
            .map_err(|error| format!("{} cannot be set aside: {error}.", paths.show(&path)))?;
        names.push(paths.show(&aside));
        undo.extend(command("mv", &[&aside, &path]));
        renamed.push((aside, path));
    }
    if names.is_empty() {
        return Ok(Done { said: "The file is not damaged any more, and stays.".to_owned(), ..Done::default() });
    }
    let said = format!("It is {} now.", names.join(" and "));
    Ok(Done { said, undo: Some(undo.join(" && ")), way_back: Some(WayBack::Rename(renamed)) })
}

fn is_damaged<T>(file: &Content<Dated<T>>) -> bool {
    matches!(file, Content::Read(file) if file.token.is_err())
}

fn command(words: &str, files: &[&Path]) -> Option<String> {
    let files: Option<Vec<_>> = files.iter().map(|path| Some(word(path.to_str()?)?.into_owned())).collect();
    Some(format!("{words} {}", files?.join(" ")))
}

#[cfg(test)]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a test writes its own world")]
mod tests {
    use super::*;
    use crate::paths::Folders;
    use relight_core::config::Platform;
    use std::collections::BTreeMap;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn paths_of(home: &Path) -> Paths {
        let path = |name: &str| home.join(name);
        let folders =
            Folders { home: home.to_owned(), config: path("config"), data: path("data"), state: path("state") };
        Paths::locate(Platform::Unix, &folders, &BTreeMap::new(), &|_| None).unwrap()
    }

    #[test]
    fn a_file_gets_back_what_was_in_it_unless_it_changed_since() {
        let home = tempfile::tempdir().unwrap();
        let paths = paths_of(home.path());
        let backup = paths.config.with_extension("backup");
        let way = WayBack::Edit { path: paths.config.clone(), written: b"new".into(), backup: backup.clone() };
        fs::create_dir_all(paths.config.parent().unwrap()).unwrap();
        fs::write(&backup, "old").unwrap();
        fs::write(&paths.config, "another's").unwrap();
        assert!(take_back(&paths, &way).unwrap_err().contains("changed meanwhile"));
        assert_eq!(fs::read(&paths.config).unwrap(), b"another's");
        fs::write(&paths.config, "new").unwrap();
        assert_eq!(take_back(&paths, &way).unwrap(), "Taken back: ~/.aws/config is as it was.");
        assert_eq!(fs::read(&paths.config).unwrap(), b"old");
    }

    #[test]
    fn permissions_and_names_are_given_back() {
        let home = tempfile::tempdir().unwrap();
        let paths = paths_of(home.path());
        let (file, aside) = (home.path().join("x.json"), home.path().join("x.json.damaged"));
        fs::write(&file, "x").unwrap();
        for (path, from, to) in [(file.as_path(), 0o644, 0o600), (home.path(), 0o777, 0o755)] {
            fs::set_permissions(path, fs::Permissions::from_mode(from)).unwrap();
            let done = restrict(&[Restricted { path: path.to_str().unwrap().to_owned(), from, to }]).unwrap();
            let mode = || fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(), to);
            take_back(&paths, &done.way_back.unwrap()).unwrap();
            assert_eq!(mode(), from);
        }

        let way = WayBack::Rename(vec![(aside.clone(), file.clone())]);
        fs::rename(&file, &aside).unwrap();
        fs::write(&file, "new").unwrap();
        assert!(take_back(&paths, &way).is_err());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        fs::remove_file(&file).unwrap();
        take_back(&paths, &way).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"x");
    }
}

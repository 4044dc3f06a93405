//! Changes the person's own config and credentials files: only what they saw, whole, and with a backup.

use crate::files;
use relight_core::ini::{self, Edit, EditError};
use relight_core::time::Timestamp;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// More than these are not kept of one file.
const MOST_BACKUPS: usize = 5;
/// Edits within one second; each gets a number.
const MOST_OF_ONE_SECOND: u32 = 99;

/// What came of an edit that was not refused.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The file said so already; nothing was written.
    Same,
    /// It is written.
    Written {
        /// What it was before; none where there was no file.
        backup: Option<PathBuf>,
    },
}

/// Why the file is as it was. Shown, it is a sentence that says so, and one that says what to do.
#[derive(Debug)]
pub enum NotWritten {
    /// It is not what the person saw when they chose the edit.
    ChangedMeanwhile,
    /// The edit cannot be made.
    Refused(EditError),
    /// Its permissions say that it shall not be written.
    ReadOnly,
    /// The system refused.
    Io(io::Error),
    /// It was written, but does not say so now: somebody else wrote it at the same moment.
    OverwrittenMeanwhile,
}

/// What was seen of the file at `path`, for [`edit`]: whoever reads it takes a missing file for an empty one.
pub fn seen<'a>(path: &Path, bytes: &'a [u8]) -> Option<&'a [u8]> {
    (!bytes.is_empty() || path.exists()).then_some(bytes)
}

/// Makes one change to the file at `path`, if it still is what was `seen`; `None` is no file. A symbolic link stays, its
/// target is written. The backup stands beside the link, where one looks for it: the target may be in a folder that is
/// shared or published. `now` names it. Blocks.
pub fn edit(path: &Path, seen: Option<&[u8]>, one: &Edit, now: Timestamp) -> Result<Outcome, NotWritten> {
    edit_all(path, seen, std::slice::from_ref(one), now)
}

/// Makes several changes at once, with one backup: all of them or none. Else as [`edit`].
pub fn edit_all(path: &Path, seen: Option<&[u8]>, all: &[Edit], now: Timestamp) -> Result<Outcome, NotWritten> {
    if files::read_if_there(path)?.as_deref() != seen {
        return Err(NotWritten::ChangedMeanwhile);
    }
    let edited = ini::edit_all(seen.unwrap_or_default(), all).map_err(NotWritten::Refused)?;
    if edited == seen.unwrap_or_default() {
        return Ok(Outcome::Same);
    }
    // A rename would not ask.
    if seen.is_some() && fs::metadata(path)?.permissions().readonly() {
        return Err(NotWritten::ReadOnly);
    }
    let backup = seen.map(|seen| back_up(path, seen, now)).transpose()?;
    if !files::replace(path, seen, &edited)? {
        return Err(NotWritten::ChangedMeanwhile);
    }
    if files::read_if_there(path)?.as_ref() != Some(&edited) {
        return Err(NotWritten::OverwrittenMeanwhile);
    }
    // The edit is made; a backup too many does no harm.
    let _ = remove_old_backups(path);
    Ok(Outcome::Written { backup })
}

/// Writes the file at `path` as its backup says, if it still is what was `written`. The backup stays. Blocks.
pub fn put_back(path: &Path, written: &[u8], backup: &Path) -> Result<(), NotWritten> {
    let before = files::read_if_there(backup)?.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    if !files::replace(path, Some(written), &before)? {
        return Err(NotWritten::ChangedMeanwhile);
    }
    Ok(())
}

/// `config.backup-20261122T101500Z`, or with `-02` and so on behind it where that is another edit's. For its owner alone,
/// whatever the file's mode was, so that nobody has to look after it: `cp` back keeps the file's own.
fn back_up(path: &Path, bytes: &[u8], now: Timestamp) -> io::Result<PathBuf> {
    let stem = format!("{}{}", prefix(path), now.strftime("%Y%m%dT%H%M%SZ"));
    let names = (1..=MOST_OF_ONE_SECOND)
        .map(|number| if number == 1 { stem.clone() } else { format!("{stem}-{number:02}") })
        .map(|name| path.with_file_name(name));
    for backup in names {
        if files::write_new(&backup, bytes)? || files::read_if_there(&backup)?.as_deref() == Some(bytes) {
            return Ok(backup);
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "too many backups within one second"))
}

/// Their names sort by time. Files that somebody else called similarly are left alone.
fn remove_old_backups(path: &Path) -> io::Result<()> {
    let prefix = prefix(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut ours: Vec<_> = names.filter(|name| name.strip_prefix(&prefix).is_some_and(is_stamp)).collect();
    ours.sort_unstable();
    let too_many = ours.len().saturating_sub(MOST_BACKUPS);
    ours.iter().take(too_many).try_for_each(|name| files::remove(&path.with_file_name(name)))
}

fn prefix(path: &Path) -> String {
    format!("{}.backup-", path.file_name().unwrap_or_default().to_string_lossy())
}

/// `20261122T101500Z` or `20261122T101500Z-02`.
fn is_stamp(text: &str) -> bool {
    let shape: String = text.chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).collect();
    matches!(shape.as_str(), "00000000T000000Z" | "00000000T000000Z-00")
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for NotWritten {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChangedMeanwhile => {
                out.write_str("The file changed meanwhile, so nothing was written. Look again, then repeat it.")
            }
            Self::Refused(error) => error.fmt(out),
            Self::ReadOnly => {
                let way = if cfg!(windows) { "clear that in its properties" } else { "chmod u+w" };
                write!(
                    out,
                    "The file is read-only, so nothing was written. Make it writable ({way}), or change it where it comes from."
                )
            }
            Self::Io(error) => write!(out, "The file cannot be written: {error}. It is as it was."),
            Self::OverwrittenMeanwhile => out.write_str(
                "Another program wrote the file at the same moment. Look at it again, and repeat the change if it is not there.",
            ),
        }
    }
}

impl std::error::Error for NotWritten {}

#[cfg(test)]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a test writes its own world")]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    const FILE: &[u8] = b"# mine\n[profile a]\nregion = x\n";

    fn now(second: i64) -> Timestamp {
        "2026-11-22T10:15:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_secs(second)
    }

    fn region(value: &str) -> Edit {
        Edit::SetKey { section: "profile a".into(), key: "region".into(), value: value.into() }
    }

    fn new_section() -> Edit {
        Edit::AddSection { section: "profile a".into(), keys: vec![("region".into(), "x".into())] }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    /// A folder with a config file of this mode in it.
    fn world(mode: u32) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        fs::write(&path, FILE).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    #[test]
    fn the_file_has_the_mode_it_had_and_its_backup_is_its_owners_alone() {
        for bits in [0o600, 0o644, 0o660, 0o640] {
            let (folder, path) = world(bits);
            let outcome = edit(&path, Some(FILE), &region("y"), now(0)).unwrap();
            let backup = folder.path().join("config.backup-20261122T101500Z");
            assert_eq!(outcome, Outcome::Written { backup: Some(backup.clone()) });
            assert_eq!(fs::read(&path).unwrap(), b"# mine\n[profile a]\nregion = y\n");
            assert_eq!((fs::read(&backup).unwrap().as_slice(), mode(&path), mode(&backup)), (FILE, bits, 0o600));
            assert_eq!(names(folder.path()).len(), 2, "no temporary file is left");
        }
    }

    #[test]
    fn a_link_stays_and_the_backup_is_beside_it() {
        let (home, (elsewhere, target)) = (tempfile::tempdir().unwrap(), world(0o640));
        let link = home.path().join("config");
        symlink(&target, &link).unwrap();
        edit(&link, Some(FILE), &region("y"), now(0)).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"# mine\n[profile a]\nregion = y\n");
        assert_eq!(mode(&target), 0o640);
        assert_eq!(names(elsewhere.path()), ["config"]);
        assert_eq!(names(home.path()), ["config", "config.backup-20261122T101500Z"]);
        assert_eq!(mode(&home.path().join("config.backup-20261122T101500Z")), 0o600);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let (folder, path) = world(0o600);
        let seen: [Option<&[u8]>; 2] = [Some(b"[profile a]\n"), None];
        for seen in seen {
            let error = edit(&path, seen, &region("y"), now(0)).unwrap_err();
            assert!(matches!(error, NotWritten::ChangedMeanwhile), "{error}");
        }
        assert!(!files::replace(&path, Some(b"other"), b"new").unwrap(), "looked at again right before the rename");
        assert!(!files::replace(&path, None, b"new").unwrap());
        assert_eq!((fs::read(&path).unwrap().as_slice(), names(folder.path()).len()), (FILE, 1));
        files::remove(&path).unwrap();
        assert!(matches!(edit(&path, Some(FILE), &region("y"), now(0)), Err(NotWritten::ChangedMeanwhile)));
    }

    #[test]
    fn a_missing_file_is_made_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".aws/config");
        assert_eq!(edit(&path, None, &new_section(), now(0)).unwrap(), Outcome::Written { backup: None });
        assert_eq!(fs::read(&path).unwrap(), b"[profile a]\nregion = x\n");
        assert_eq!((mode(&path), mode(&folder.path().join(".aws"))), (0o600, 0o700));
        assert_eq!(names(&folder.path().join(".aws")), ["config"]);
    }

    #[test]
    fn nothing_is_written_where_nothing_changes_or_may() {
        let (folder, path) = world(0o444);
        assert_eq!(edit(&path, Some(FILE), &region("x"), now(0)).unwrap(), Outcome::Same);
        let refused = edit(&path, Some(FILE), &region("y"), now(0)).unwrap_err();
        assert!(refused.to_string().contains("read-only") && refused.to_string().contains("chmod u+w"), "{refused}");
        assert!(matches!(edit(&path, Some(FILE), &new_section(), now(0)), Err(NotWritten::Refused(_))));
        assert_eq!((fs::read(&path).unwrap().as_slice(), names(folder.path()).len()), (FILE, 1));
    }

    #[test]
    fn a_file_of_powershell_becomes_one_that_every_client_reads() {
        let (folder, path) = world(0o600);
        let seen = ini::Encoding::Utf16Le.bytes_of("[profile a]\r\nregion = x\r\n");
        fs::write(&path, &seen).unwrap();
        edit_all(&path, Some(&seen), &[region("y"), Edit::ToUtf8], now(0)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"[profile a]\r\nregion = y\r\n");
        assert_eq!(fs::read(folder.path().join("config.backup-20261122T101500Z")).unwrap(), seen);
        assert_eq!(edit(&path, Some(b"[profile a]\r\nregion = y\r\n"), &Edit::ToUtf8, now(1)).unwrap(), Outcome::Same);
    }

    #[test]
    fn five_backups_are_kept_and_none_is_overwritten() {
        let (folder, path) = world(0o600);
        fs::write(folder.path().join("config.backup-of-mine"), "").unwrap();
        let mut seen = FILE.to_vec();
        // Three within the first second.
        for (number, second) in [0, 0, 0, 1, 2, 3, 4].into_iter().enumerate() {
            edit(&path, Some(&seen), &region(&format!("r{number}")), now(second)).unwrap();
            seen = fs::read(&path).unwrap();
        }
        assert_eq!(
            names(folder.path()),
            [
                "config",
                "config.backup-20261122T101500Z-03",
                "config.backup-20261122T101501Z",
                "config.backup-20261122T101502Z",
                "config.backup-20261122T101503Z",
                "config.backup-20261122T101504Z",
                "config.backup-of-mine",
            ]
        );
        let newest = fs::read(folder.path().join("config.backup-20261122T101504Z")).unwrap();
        assert_eq!(newest, b"# mine\n[profile a]\nregion = r5\n");
    }
}

//! The only writer of files: whole or not at all, readable by their owner alone. That is their mode on Unix; on Windows
//! it is what the folder says, which a person's own folders say by themselves, so nothing is said of it there.
#![expect(clippy::disallowed_methods, reason = "everything else writes through here")]

mod names;
#[cfg(all(test, windows))]
mod on_windows;
pub(crate) mod patience;

pub(crate) use names::is_same_name;

use patience::{Access, Patience, patiently};
use same_file::Handle;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

/// The names of temporary files.
const PREFIX: &str = ".relight-";
const SUFFIX: &str = ".tmp";

/// Writes `text` to `path`: temporary file in the same folder, fsync, rename, mode 0600. A symbolic link is written
/// through to its target, and missing folders are made, mode 0700.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let target = target_of(path)?;
    put(prepared(&target, text.as_bytes(), None)?, &target, true).map(drop)
}

/// Whether [`write_whole`] could write a file of some size to `path` now; the file stays as it is.
pub fn test_write(path: &Path) -> io::Result<()> {
    const SOME: [u8; 8192] = [b' '; 8192];
    // Dropped, the temporary file is removed.
    prepared(&target_of(path)?, &SOME, None).map(drop)
}

/// Writes `new` in the same way where `old` stands, with that file's permissions; `None` is no file. Where something
/// else stands by then, nothing is written, and it says so: false.
pub fn replace(path: &Path, old: Option<&[u8]>, new: &[u8]) -> io::Result<bool> {
    let target = target_of(path)?;
    let file = prepared(&target, new, old.map(|_| target.as_path()))?;
    // As late as can be: no client that writes this file takes a lock.
    if read_if_there(&target)?.as_deref() != old {
        return Ok(false);
    }
    put(file, &target, old.is_some())
}

/// Writes a file that is not there yet, mode 0600. Where one of that name is: false.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let path = names::of_any_length(path.to_owned());
    put(prepared(&path, bytes, None)?, &path, false)
}

/// The bytes of a file; none where there is none.
pub fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match patiently(Access::Read, || fs::read(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Gives a temporary file its name. Where another file has it and shall not go: false.
fn put(mut file: NamedTempFile, target: &Path, over: bool) -> io::Result<bool> {
    let mut patience = Patience::to(Access::Replace);
    loop {
        let named = if over { file.persist(target) } else { file.persist_noclobber(target) };
        match named {
            Ok(_) => break,
            Err(failed) if !over && failed.error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            Err(failed) => {
                patience.outlast(failed.error)?;
                file = failed.file;
            }
        }
    }
    settle(target);
    Ok(true)
}

/// A temporary file beside `target` with these bytes, mode 0600 or the permissions of `like`.
fn prepared(target: &Path, bytes: &[u8], like: Option<&Path>) -> io::Result<NamedTempFile> {
    let folder = folder_of(target);
    make_folder(folder)?;
    if target.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "there is a folder in its place"));
    }
    // Elsewhere a rename does not ask.
    if cfg!(windows) && fs::metadata(target).is_ok_and(|data| data.permissions().readonly()) {
        let words = "it is marked read-only; clear that in its properties (or with 'attrib -R')";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, words));
    }
    // tempfile makes it mode 0600, and takes it away again if anything fails before the rename.
    let mut file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
    file.write_all(bytes)?;
    // On Windows they are one bit, which is not set here, and the folder's access list counts.
    if let Some(like) = like.filter(|_| cfg!(unix)).and_then(|like| fs::metadata(like).ok()) {
        file.as_file().set_permissions(like.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// So that the new name survives a power cut; some file systems cannot, and the file is whole either way.
fn settle(target: &Path) {
    if let Ok(folder) = File::open(folder_of(target)) {
        let _ = folder.sync_all();
    }
    sweep(target);
}

/// Removes the temporary files beside `target` that a killed process left: there may be a token in them. Those of the
/// last hour may be somebody's who is still writing.
fn sweep(target: &Path) {
    const HOUR: Duration = Duration::from_hours(1);
    let changed = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let (Some(now), Ok(folder)) = (changed(target), fs::read_dir(folder_of(target))) else { return };
    for entry in folder.flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        let age = || now.duration_since(changed(&entry.path())?).ok();
        if is_ours && age().is_some_and(|age| age > HOUR) {
            let _ = remove(&entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes a file; one that is not there is as good.
pub fn remove(path: &Path) -> io::Result<()> {
    match patiently(Access::Replace, || fs::remove_file(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives a file another name beside itself, with `ending` behind it, and gives that name. Nothing is overwritten.
pub fn set_aside(path: &Path, ending: &str) -> io::Result<PathBuf> {
    const MOST: u32 = 99;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names = (1..=MOST).map(|number| if number == 1 { String::new() } else { format!("-{number}") });
    for other in names.map(|number| path.with_file_name(format!("{name}{ending}{number}"))) {
        if fs::symlink_metadata(&other).is_err() {
            patiently(Access::Replace, || fs::rename(path, &other))?;
            settle(&other);
            return Ok(other);
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "too many damaged files stand beside it"))
}

/// Gives a file another name, unless one of that name is there: false.
pub fn rename_new(path: &Path, other: &Path) -> io::Result<bool> {
    if fs::symlink_metadata(other).is_ok() {
        return Ok(false);
    }
    patiently(Access::Replace, || fs::rename(path, other))?;
    settle(other);
    Ok(true)
}

/// Gives a file the mode `to`, if it still has the mode `from`; otherwise: false.
#[cfg(unix)]
pub fn restrict(path: &Path, from: u32, to: u32) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    let file = File::open(path)?;
    if file.metadata()?.permissions().mode() & 0o7777 != from {
        return Ok(false);
    }
    file.set_permissions(fs::Permissions::from_mode(to))?;
    Ok(true)
}

/// Makes a folder and those above it that are missing, for their owner alone.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens a lock file, making it where it is missing. It is never removed: a lock on a removed file would not be seen.
pub fn open_lock(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    patiently(Access::Read, || {
        private(OpenOptions::new().create(true).truncate(false).read(true).write(true)).open(path)
    })
}

/// A log that is kept small: when it is full, it becomes the older one, and a new one begins. Several processes may
/// write to it.
#[derive(Debug)]
pub struct Rotating {
    path: PathBuf,
    file: File,
}

/// Two of these are kept.
const LARGEST_LOG: u64 = 1 << 20;

impl Rotating {
    /// Opens the log to add to.
    pub fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        let file = private(OpenOptions::new().create(true).append(true)).open(path)?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Goes over to the new log where this one is full, or another process has begun a new one.
    fn follow(&mut self) -> io::Result<()> {
        let is_ours = Handle::from_path(&self.path).ok() == Some(Handle::from_file(self.file.try_clone()?)?);
        if is_ours && self.file.metadata()?.len() < LARGEST_LOG {
            return Ok(());
        }
        if is_ours {
            fs::rename(&self.path, older(&self.path))?;
        }
        *self = Self::open(&self.path)?;
        Ok(())
    }
}

impl Write for Rotating {
    /// A line is never cut in two: they come whole. One that cannot go to a new log goes to the old one.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let _ = self.follow();
        self.file.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What the log before this one said.
pub fn older_log(path: &Path) -> String {
    fs::read_to_string(older(path)).unwrap_or_default()
}

fn older(path: &Path) -> PathBuf {
    path.with_extension("old.log")
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// What `path` leads to in the end, through links that may lead nowhere yet.
fn target_of(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut at = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&at) {
            Ok(next) => at = at.parent().map_or_else(|| next.clone(), |folder| folder.join(&next)),
            Err(_) => return Ok(names::of_any_length(at)),
        }
    }
    Err(io::Error::other("its symbolic links lead in a circle"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).map(|data| data.permissions().mode() & 0o777).unwrap_or_default()
    }

    #[test]
    fn a_file_is_written_whole_for_its_owner_alone() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a/b/token.json");
        write_whole(&path, "one, longer than what follows")?;
        write_whole(&path, "two")?;
        assert_eq!(fs::read_to_string(&path)?, "two");
        assert_eq!(
            (mode(&path), mode(&folder.path().join("a/b")), mode(&folder.path().join("a"))),
            (0o600, 0o700, 0o700)
        );
        assert_eq!(fs::read_dir(folder.path().join("a/b"))?.count(), 1, "no temporary file is left");
        Ok(())
    }

    #[test]
    fn what_a_killed_process_left_is_removed_after_an_hour() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let leave = |name: &str, minutes| {
            let path = folder.path().join(name);
            write_whole(&path, "half a tok")?;
            let past = File::open(&path)?.metadata()?.modified()? - Duration::from_mins(minutes);
            File::open(&path)?.set_modified(past)
        };
        leave(".relight-aB3.tmp", 61)?;
        leave(".relight-cD4.tmp", 59)?;
        leave("tmpbotocore.tmp", 600)?;
        write_whole(&folder.path().join("token.json"), "token")?;
        let mut names: Vec<_> = fs::read_dir(folder.path())?.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        assert_eq!(names, [".relight-cD4.tmp", "tmpbotocore.tmp", "token.json"]);
        Ok(())
    }

    #[test]
    fn links_are_written_through_to_their_target() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (link, target) = (folder.path().join("link"), folder.path().join("real/token.json"));
        symlink("real/token.json", &link)?;
        write_whole(&link, "text")?;
        assert_eq!(fs::read_to_string(&target)?, "text");
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        symlink("loop", folder.path().join("loop"))?;
        assert!(write_whole(&folder.path().join("loop"), "text").is_err());
        Ok(())
    }

    #[test]
    fn a_log_that_is_full_becomes_the_older_one() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("log/relight.log");
        let line = [b'x'; 1023].iter().chain(b"\n").copied().collect::<Vec<_>>();
        let (mut one, mut two) = (Rotating::open(&path)?, Rotating::open(&path)?);
        for _ in 0..2500 {
            one.write_all(&line)?;
        }
        two.write_all(&line)?;
        two.write_all(b"the last\n")?;
        let (new, old) = (fs::read_to_string(&path)?, older_log(&path));
        assert!(new.len() < 1 << 20 && old.len() == 1 << 20, "{} {}", new.len(), old.len());
        assert!(new.ends_with("the last\n"), "what another process says goes to the new one too");
        assert_eq!(mode(&path), 0o600);
        Ok(())
    }

    #[test]
    fn a_folder_in_the_way_stays_as_it_is() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("token.json");
        fs::create_dir_all(path.join("inside"))?;
        assert!(write_whole(&path, "text").is_err());
        assert!(path.join("inside").is_dir());
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }
}

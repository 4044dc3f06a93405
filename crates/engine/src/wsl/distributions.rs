//! From Windows: the files of WSL's distributions. Nothing of one that does not run is opened, because that would start it;
//! and no change of them is told, so they are read again each minute.

use crate::clock;
use relight_core::config::wsl::{inside, is_asleep as is_asleep_among, listing};
use relight_core::page::WslHome;
use relight_core::time::{SignedDuration, Timestamp, until};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// So long a listing counts: files are read many at a time.
const FRESH: SignedDuration = SignedDuration::from_secs(2);

static LISTED: Mutex<Option<(Timestamp, Vec<String>)>> = Mutex::new(None);

/// Whether `path` is a distribution's.
pub(crate) fn is_inside(path: &Path) -> bool {
    cfg!(windows) && path.to_str().and_then(inside).is_some()
}

/// Whether `path` is that of a distribution that does not run. Blocks for a moment.
pub(crate) fn is_asleep(path: &Path) -> bool {
    is_inside(path) && path.to_str().is_some_and(|path| is_asleep_among(path, &running()))
}

/// Why nothing can be written at `path` now, if it is so.
pub(crate) fn awake(path: &Path) -> io::Result<()> {
    if is_asleep(path) { Err(io::Error::other("its WSL distribution does not run")) } else { Ok(()) }
}

/// What Windows writes there, all people of the distribution can read: it is its owner's alone then.
pub(crate) fn keep_to_owner(path: &Path) -> io::Result<()> {
    let Some((distribution, file)) = path.to_str().filter(|_| is_inside(path)).and_then(inside) else { return Ok(()) };
    let ran = wsl(&["--distribution", &distribution, "--exec", "chmod", "600", &file])?;
    if ran.status.success() { Ok(()) } else { Err(io::Error::other(format!("chmod 600 {file}: {}", ran.status))) }
}

/// On Windows, of each distribution that runs: the home folders that have AWS files. Blocks.
pub fn homes_with_aws_files() -> Vec<WslHome> {
    if !cfg!(windows) {
        return Vec::new();
    }
    let homes = |name: String| {
        let root = PathBuf::from(format!(r"\\wsl$\{name}"));
        homes_below(&root).into_iter().map(move |home| WslHome { distribution: name.clone(), home })
    };
    running().into_iter().flat_map(homes).collect()
}

/// As the distribution calls them: `/root`, `/home/me`.
fn homes_below(root: &Path) -> Vec<String> {
    let people = fs::read_dir(root.join("home")).into_iter().flatten().flatten();
    let names = people.filter_map(|entry| entry.file_name().into_string().ok());
    let mut homes: Vec<_> = names.map(|name| format!("home/{name}")).collect();
    homes.push("root".to_owned());
    homes.sort();
    homes.retain(|home| root.join(home).join(".aws").is_dir());
    homes.into_iter().map(|home| format!("/{home}")).collect()
}

fn running() -> Vec<String> {
    let mut listed = LISTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, names)) = listed.as_ref()
        && until(*at, clock::now()).abs() < FRESH
    {
        return names.clone();
    }
    let names = match wsl(&["--list", "--running", "--quiet"]) {
        Ok(output) => listing(&output.stdout),
        Err(error) => {
            tracing::warn!("WSL cannot be asked which distributions run: {error}");
            Vec::new()
        }
    };
    *listed = Some((clock::now(), names.clone()));
    names
}

fn wsl(words: &[&str]) -> io::Result<std::process::Output> {
    let mut command = Command::new("wsl.exe");
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut command, crate::programs::NO_CONSOLE);
    command.args(words).stdin(Stdio::null()).stderr(Stdio::null()).output()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "folders of other people")]
    fn homes_are_found_by_their_aws_files() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["home/me/.aws", "home/you/.kube", "root/.aws"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        assert_eq!(homes_below(root.path()), ["/home/me", "/root"]);
        assert_eq!(homes_below(&root.path().join("none")), [""; 0]);
    }
}

//! The Windows Subsystem for Linux, from both sides. Inside: programs of Windows, which open the person's browser there, and try whether
//! it can come back.

mod distributions;

pub use distributions::homes_with_aws_files;
pub(crate) use distributions::{awake, is_asleep, is_inside, keep_to_owner};

use crate::{paths, programs};
use relight_core::flow::CutOff;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Windows' own programs, where `PATH` does not name their folders.
const WINDOWS: [&str; 2] = ["/mnt/c/Windows/System32", "/mnt/c/Windows"];
/// What opens a page in Windows' usual browser, and what stands before the address. None is a shell, so an address can
/// never be more than that. The first says at once where no program of Windows starts; the second is a package of its
/// own (wslu).
const OPENERS: [(&str, &[&str]); 3] =
    [("rundll32.exe", &["url.dll,FileProtocolHandler"]), ("wslview", &[]), ("explorer.exe", &[])];
/// Longer than any answer on one machine takes, in seconds.
const PATIENCE: &str = "5";

/// Opens `url` in Windows' browser. The error is a sentence.
pub(crate) fn open(url: &str) -> Result<(), String> {
    open_with(url, &folders())
}

/// Whether Windows reaches `port` of 127.0.0.1 here: Windows' own curl asks, and what answers must be `expected`, or it
/// is another listener, of Windows. Blocks.
pub(crate) fn try_from_windows(port: u16, expected: &str) -> Result<(), CutOff> {
    try_with(port, expected, &folders())
}

fn open_with(url: &str, folders: &[PathBuf]) -> Result<(), String> {
    // WSL makes one command line of all words for Windows, and quotes what has such a sign.
    if url.chars().any(|sign| sign == '"' || !sign.is_ascii_graphic()) {
        return Err("The page's address has signs that no address has, so it was not opened.".to_owned());
    }
    let mut failed = None;
    for (name, words) in OPENERS {
        let Some(program) = find(name, folders) else { continue };
        match programs::start(Command::new(program).args(words).arg(url)) {
            Ok(()) => return Ok(()),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    let by_hand = "Open the address by hand in Windows, or set BROWSER.";
    Err(match failed {
        Some(error) => format!(
            "No program of Windows can be started from here ({error}): WSL's interop is off. {by_hand} To switch it on, set \
             enabled=true under [interop] in /etc/wsl.conf, and run 'wsl --shutdown' in Windows."
        ),
        None => format!("There is no program of Windows on PATH or in {}. {by_hand}", WINDOWS.join(" and ")),
    })
}

fn try_with(port: u16, expected: &str, folders: &[PathBuf]) -> Result<(), CutOff> {
    // Windows has it since 2018. Where it is not, forwarding is believed in, which is on unless it was switched off.
    let Some(curl) = find("curl.exe", folders) else { return Ok(()) };
    let mut command = Command::new(curl);
    command.args(["--silent", "--noproxy", "*", "--max-time", PATIENCE]).arg(format!("http://127.0.0.1:{port}/"));
    match command.stdin(Stdio::null()).stderr(Stdio::null()).output() {
        Ok(output) if String::from_utf8_lossy(&output.stdout).trim() == expected => Ok(()),
        Ok(_) => Err(CutOff::NotReached),
        Err(_) => Err(CutOff::NoInterop),
    }
}

fn find(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    folders.iter().map(|folder| folder.join(name)).find(|program| program.is_file())
}

fn folders() -> Vec<PathBuf> {
    let named = paths::programs().into_iter().filter(|folder| folder.is_absolute());
    named.chain(WINDOWS.iter().map(|folder| Path::new(folder).to_owned())).collect()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[expect(clippy::disallowed_methods, reason = "a program of Windows")]
    fn program(folder: &Path, name: &str, text: &[u8]) {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// What the system says of a program for Windows where interop is off.
    const OF_WINDOWS: &[u8] = b"MZ\x90\0";

    #[test]
    fn without_interop_and_without_windows_it_is_said_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        insta::assert_snapshot!(open_with("https://x/?a=b&c", &folders).unwrap_err(), @"There is no program of Windows on PATH or in /mnt/c/Windows/System32 and /mnt/c/Windows. Open the address by hand in Windows, or set BROWSER.");
        program(folder.path(), "rundll32.exe", OF_WINDOWS);
        insta::assert_snapshot!(open_with("https://x/?a=b&c", &folders).unwrap_err(), @"No program of Windows can be started from here (Exec format error (os error 8)): WSL's interop is off. Open the address by hand in Windows, or set BROWSER. To switch it on, set enabled=true under [interop] in /etc/wsl.conf, and run 'wsl --shutdown' in Windows.");
        for url in ["https://x/ y", "https://x/\"y", "https://x/é", "https://x/\n"] {
            assert!(open_with(url, &folders).unwrap_err().contains("signs"), "{url}");
        }
    }

    #[test]
    fn only_relights_own_answer_counts_as_reached() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        assert_eq!(try_with(1, "It is me.", &folders), Ok(()), "nobody can try");
        program(folder.path(), "curl.exe", b"#!/bin/sh\necho It is me.\n");
        assert_eq!(try_with(1, "It is me.", &folders), Ok(()));
        program(folder.path(), "curl.exe", b"#!/bin/sh\necho It is IIS.\n");
        assert_eq!(try_with(1, "It is me.", &folders), Err(CutOff::NotReached));
        program(folder.path(), "curl.exe", b"#!/bin/sh\nexit 7\n");
        assert_eq!(try_with(1, "It is me.", &folders), Err(CutOff::NotReached));
        program(folder.path(), "curl.exe", OF_WINDOWS);
        assert_eq!(try_with(1, "It is me.", &folders), Err(CutOff::NoInterop));
    }
}

//! Starting the tray when the person logs in: an entry in the desktop's own folder for that, kept as the setting says,
//! and repaired where the program moved.

use crate::paths::Paths;
use crate::{files, programs};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Marks an entry as ours: any other of that name is the person's own, and is left alone.
const OURS: &str = "X-Relight=true";

/// Makes the entry as the setting says. An entry that the person switched off in the desktop's own settings stays off.
pub fn keep(paths: &Paths, on: bool) -> io::Result<()> {
    make_so(paths, on)?;
    tracing::info!("{}", if on { "Relight starts at login" } else { "Relight does not start at login" });
    Ok(())
}

fn make_so(paths: &Paths, on: bool) -> io::Result<()> {
    // On the other systems there is no entry yet.
    let Some(entry) = cfg!(target_os = "linux").then_some(&paths.autostart) else { return Ok(()) };
    let there = fs::read_to_string(entry).ok();
    let ours = there.as_ref().is_none_or(|text| text.lines().any(|line| line == OURS));
    match (on, there) {
        _ if !ours => {
            tracing::info!("{} is the person's own, and is left alone", paths.show(entry));
            Ok(())
        }
        (false, None) => Ok(()),
        (false, Some(_)) => files::remove(entry),
        (true, None) => files::write_whole(entry, &text(&program()?)),
        (true, Some(there)) => {
            let repaired = repaired(&there, &program()?);
            if repaired == there { Ok(()) } else { files::write_whole(entry, &repaired) }
        }
    }
}

/// An `AppImage` moves its programs at each start; the file itself stays where the person put it.
fn program() -> io::Result<PathBuf> {
    programs::ours("relight-tray")
}

fn text(program: &Path) -> String {
    let exec = exec(program);
    format!(
        "[Desktop Entry]\nType=Application\nName=Relight\nComment=Knows when your AWS sessions end\n{exec}\nTryExec={}\nIcon=relight\nTerminal=false\nX-GNOME-Autostart-enabled=true\n{OURS}\n",
        // Uninstalled, it is started no more, and nobody complains.
        program.display()
    )
}

/// The entry with this program in it, and all else as it stands.
fn repaired(text: &str, program: &Path) -> String {
    let lines = text.lines().map(|line| match line.split_once('=') {
        Some(("Exec", _)) => exec(program),
        Some(("TryExec", _)) => format!("TryExec={}", program.display()),
        _ => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

/// Quoted as the Desktop Entry Specification wants it: quotes, backslashes, `$`, backticks and `%`.
fn exec(program: &Path) -> String {
    let mut quoted = String::new();
    for character in program.display().to_string().chars() {
        match character {
            // The value is read as a string first, where a backslash escapes as well.
            '"' | '`' | '$' => quoted.push_str("\\\\"),
            '\\' => quoted.push_str("\\\\\\"),
            '%' => quoted.push('%'),
            _ => {}
        }
        quoted.push(character);
    }
    format!("Exec=\"{quoted}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_moved_is_found_again_and_the_persons_lines_stay() {
        let old = text(Path::new("/old/relight-tray")).replace("enabled=true", "enabled=false");
        let new = repaired(&old, Path::new("/new/relight-tray"));
        assert_eq!(new, old.replace("/old/", "/new/"));
        assert!(new.contains("X-GNOME-Autostart-enabled=false"));
    }

    #[test]
    fn paths_are_quoted() {
        assert_eq!(exec(Path::new("/opt/my apps/relight-tray")), "Exec=\"/opt/my apps/relight-tray\"");
        assert_eq!(exec(Path::new("/a\"b%c$d")), "Exec=\"/a\\\\\"b%%c\\\\$d\"");
    }
}

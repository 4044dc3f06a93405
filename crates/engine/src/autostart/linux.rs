//! An entry in the desktop's own folder for what starts at login.

use crate::files;
use crate::paths::Paths;
use std::path::Path;
use std::{fs, io};

/// Marks an entry as ours: any other of that name is the person's own, and is left alone.
const OURS: &str = "X-Relight=true";

pub(super) fn place(paths: &Paths) -> String {
    paths.show(&paths.autostart)
}

/// An entry that starts this program, or none. What the person switched off stands in the entry itself.
pub(super) fn keep(paths: &Paths, program: Option<&Path>) -> io::Result<()> {
    let entry = &paths.autostart;
    let there = fs::read_to_string(entry).ok();
    let ours = there.as_ref().is_none_or(|text| text.lines().any(|line| line == OURS));
    match (program, there) {
        _ if !ours => {
            tracing::info!("{} is the person's own, and is left alone", paths.show(entry));
            Ok(())
        }
        (None, None) => Ok(()),
        (None, Some(_)) => files::remove(entry),
        (Some(program), None) => files::write_whole(entry, &text(program)),
        (Some(program), Some(there)) => {
            let repaired = repaired(&there, program);
            if repaired == there { Ok(()) } else { files::write_whole(entry, &repaired) }
        }
    }
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

//! What a sealed world needs on Windows: variables, and a browser that is a program.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Without these of the machine, Windows' own libraries do not start.
const OF_THE_MACHINE: [&str; 5] = ["SystemRoot", "SystemDrive", "windir", "ComSpec", "PATH"];

/// The variables that every program needs.
pub(super) fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let below = |inside: &str| home.join(inside).display().to_string();
    let mut environment = vec![
        ("USERPROFILE", home.display().to_string()),
        ("APPDATA", below(r"AppData\Roaming")),
        ("LOCALAPPDATA", below(r"AppData\Local")),
        ("TEMP", below("Temp")),
        ("TMP", below("Temp")),
        ("BROWSER", format!("\"{}\" \"{}\" {{url}}", below("browser.exe"), below("pages"))),
    ];
    environment.extend(OF_THE_MACHINE.into_iter().filter_map(|name| Some((name, std::env::var(name).ok()?))));
    environment
}

/// A browser that writes each page's address as a line of the file `pages`.
pub(super) fn make_browser(home: &Path) -> io::Result<()> {
    fs::create_dir_all(home.join("Temp"))?;
    fs::copy(super::program("note-page")?, home.join("browser.exe")).map(drop)
}

/// Windows refuses to rename what a program has open, or a folder with such a file; that program is soon done.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let renamed = soon(|| match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => None,
        done => Some(done),
    });
    renamed.unwrap_or_else(|| fs::rename(from, to))
}

/// The first answer that there is: nothing tells of it, so it is asked for again and again, for half a minute at most.
pub(super) fn soon<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    const PAUSE: Duration = Duration::from_millis(2);
    (0..15_000).find_map(|_| {
        let answer = ask();
        if answer.is_none() {
            std::thread::sleep(PAUSE);
        }
        answer
    })
}

#[cfg(test)]
mod tests {
    use crate::world::World;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::{fs, io, thread};

    #[test]
    fn a_file_is_replaced_although_it_is_read_all_the_time() -> io::Result<()> {
        let world = World::new()?;
        let file = world.write("file", "0")?;
        let enough = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !enough.load(Ordering::Relaxed) {
                    let _ = fs::read(&file);
                }
            });
            let replaced = (1..=20).try_for_each(|number| world.replace("file", number.to_string()).map(drop));
            enough.store(true, Ordering::Relaxed);
            replaced
        })?;
        assert_eq!(fs::read_to_string(&file)?, "20");
        Ok(())
    }
}

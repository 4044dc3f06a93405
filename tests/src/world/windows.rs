//! What a sealed world needs on Windows: variables, and a browser that is a program.

use std::io;
use std::path::Path;

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
    std::fs::create_dir_all(home.join("Temp"))?;
    std::fs::copy(super::program("note-page")?, home.join("browser.exe")).map(drop)
}

//! What a sealed world needs on Unix: variables, and a browser that is a script.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The variables that every program needs.
pub(super) fn environment(home: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("HOME", home.display().to_string()),
        ("PATH", "/usr/local/bin:/usr/bin:/bin".to_owned()),
        ("BROWSER", home.join("browser").display().to_string()),
    ]
}

/// A browser that writes each page's address as a line of the file `pages`.
pub(super) fn make_browser(home: &Path) -> io::Result<()> {
    let browser = home.join("browser");
    fs::write(&browser, format!("#!/bin/sh\necho \"$1\" >> '{}'\n", home.join("pages").display()))?;
    fs::set_permissions(browser, fs::Permissions::from_mode(0o755))
}

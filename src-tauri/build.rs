//! Gives the window's page and its capabilities to Tauri, and the programs their icon and version on Windows.

use std::io::Write;

fn main() {
    if !std::path::Path::new("ui/dist/index.html").exists() {
        say("The window's page is not built yet. './dev run' does it all; by hand: npm ci && npm run build, in ui.");
        std::process::exit(1);
    }
    // The page is embedded: a new one makes a new program.
    let _ = writeln!(std::io::stdout(), "cargo:rerun-if-changed=ui/dist");
    let windows = tauri_build::WindowsAttributes::new().window_icon_path("icons/relight.ico");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .windows_attributes(windows);
    if let Err(error) = tauri_build::try_build(attributes) {
        say(&format!("{error:#}"));
        std::process::exit(1);
    }
}

fn say(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{sentence}");
}

//! Gives the window's page and its capabilities to Tauri.

use std::io::Write;

fn main() {
    let attributes = tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        let _ = writeln!(std::io::stderr(), "{error:#}");
        std::process::exit(1);
    }
}

//! `relight paths`

use super::ending::Ending;
use super::table::{Row, lines};
use super::{out, status};
use relight_core::config::Home;
use relight_engine::paths::Paths;
use serde_json::{Value, json};
use std::fmt::Write;

pub(super) fn run(as_json: bool, paths: &Paths) -> Ending {
    let printed = if as_json { out::json(&document(paths)) } else { out::print(&human(paths)) };
    printed.map_or_else(Into::into, |()| Ending::Fine)
}

fn all(paths: &Paths) -> [(&'static str, &std::path::PathBuf); 9] {
    [
        ("home", &paths.home),
        ("config", &paths.config),
        ("credentials", &paths.credentials),
        ("sso_cache", &paths.sso_cache),
        ("cli_cache", &paths.cli_cache),
        ("login_cache", &paths.login_cache),
        ("settings", &paths.settings),
        ("state", &paths.state),
        ("log", &paths.log),
    ]
}

fn other_homes(paths: &Paths) -> &[Home] {
    paths.environment.homes.get(1..).unwrap_or_default()
}

fn document(paths: &Paths) -> Value {
    let mut document: serde_json::Map<_, _> =
        all(paths).iter().map(|(name, path)| ((*name).to_owned(), json!(path.to_string_lossy()))).collect();
    document.insert("profile".to_owned(), json!(paths.profile));
    let variable =
        |(name, value, assumed): &(_, _, bool)| json!({ "name": name, "value": value, "from": from(*assumed) });
    document.insert("variables".to_owned(), paths.variables.iter().map(variable).collect());
    if !other_homes(paths).is_empty() {
        document.insert("other_homes".to_owned(), json!(other_homes(paths)));
    }
    Value::Object(document)
}

fn human(paths: &Paths) -> String {
    let mut rows: Vec<_> = all(paths)
        .iter()
        .map(|(name, path)| Row::new(name.replace('_', " ")).and(path.display().to_string()))
        .collect();
    rows.push(Row::new("profile").and(&paths.profile));
    let mut text = lines(&rows);
    if !paths.variables.is_empty() {
        text.push_str(&out::heading("Variables"));
        let row = |(name, value, assumed): &(&str, String, bool)| {
            Row::new(*name).and(value).dressed(from(*assumed), out::faint)
        };
        text.push_str(&lines(&paths.variables.iter().map(row).collect::<Vec<_>>()));
    }
    for home in other_homes(paths) {
        text.push_str(&out::heading("Other home"));
        let parts = [("home", &home.folder), ("config", &home.config), ("credentials", &home.credentials)];
        let rows: Vec<_> = parts.iter().map(|(name, path)| Row::new(*name).and(*path)).collect();
        text.push_str(&lines(&rows));
        let _ = writeln!(text, "  of {}", home.clients.words());
    }
    let app = super::read(paths);
    let problems: Vec<_> = app.world.paths_problems();
    if !problems.is_empty() {
        text.push_str(&out::heading("Problems"));
        text.extend(problems.iter().map(|problem| status::problem_lines(None, problem)));
    }
    text
}

/// Where the value of a variable comes from.
fn from(assumed: bool) -> &'static str {
    if assumed { "settings" } else { "environment" }
}

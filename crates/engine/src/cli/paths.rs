//! `relight paths`

use super::ending::Ending;
use super::out;
use super::table::{Row, lines};
use relight_engine::paths::Paths;
use serde_json::json;

pub(super) fn run(as_json: bool, paths: &Paths) -> Ending {
    let all = [
        ("home", &paths.home),
        ("config", &paths.config),
        ("credentials", &paths.credentials),
        ("sso_cache", &paths.sso_cache),
        ("cli_cache", &paths.cli_cache),
        ("login_cache", &paths.login_cache),
        ("settings", &paths.settings),
        ("state", &paths.state),
        ("log", &paths.log),
    ];
    let printed = if as_json {
        let mut document: serde_json::Map<_, _> =
            all.iter().map(|(name, path)| ((*name).to_owned(), json!(path.to_string_lossy()))).collect();
        document.insert("profile".to_owned(), json!(paths.profile));
        out::json(&document)
    } else {
        let mut rows: Vec<_> =
            all.iter().map(|(name, path)| Row::new(name.replace('_', " ")).and(path.display().to_string())).collect();
        rows.push(Row::new("profile").and(&paths.profile));
        out::print(&lines(&rows))
    };
    printed.map_or_else(Into::into, |()| Ending::Fine)
}

//! `relight check`: one line, and an exit code for scripts.

use super::args::Check;
use super::ending::Ending;
use super::{out, select, when};
use relight_core::app::App;
use relight_core::config::ENVIRONMENT_KEY;
use relight_core::credentials::{Lasting, lasting};
use relight_core::time::{SignedDuration, write_date};
use relight_engine::clock;
use relight_engine::paths::Paths;
use serde_json::json;

pub(super) fn run(chosen: &Check, json: bool, paths: &Paths) -> Ending {
    let needs = match chosen.needs.as_deref().map(when::length).transpose() {
        Ok(needs) => needs.unwrap_or(SignedDuration::ZERO),
        Err(sentence) => return Ending::Usage(sentence),
    };
    let app = super::read(paths);
    let name = profile(chosen.profile.as_deref(), &app, paths).to_owned();
    let lasting = match ask(&app, &name, needs) {
        Ok(lasting) => lasting,
        Err(ending) => return ending,
    };
    let printed = if json {
        out::json(&json!({
            "version": 1,
            "profile": name,
            "lasts": lasting.lasts,
            "needs_seconds": needs.as_secs(),
            "until": lasting.until.map(write_date),
            "sureness": lasting.sureness,
            "session": lasting.session.map(|session| session.to_string()),
            "message": lasting.sentence,
        }))
    } else {
        out::print(&format!("{}\n", lasting.sentence))
    };
    match printed {
        Err(error) => error.into(),
        Ok(()) if lasting.lasts => Ending::Fine,
        Ok(()) => Ending::No,
    }
}

/// The one that was named; else what a command that is started now would use.
pub(super) fn profile<'a>(named: Option<&'a str>, app: &App, paths: &'a Paths) -> &'a str {
    let has_key = app.world.config.profiles.contains_key(ENVIRONMENT_KEY);
    named.unwrap_or(if has_key { ENVIRONMENT_KEY } else { &paths.profile })
}

/// Whether the credentials of the profile last for so long from now on.
pub(super) fn ask(app: &App, name: &str, needs: SignedDuration) -> Result<Lasting, Ending> {
    let view = app.view(clock::now());
    lasting(&app.world, &view, name, needs).ok_or_else(|| select::no_profile(app, &view, name))
}

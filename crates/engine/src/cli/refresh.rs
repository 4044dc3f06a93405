//! `relight refresh`

use super::args::Refresh;
use super::ending::Ending;
use super::person::Person;
use super::{engine, out, run_engine, select};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::config::SessionId;
use relight_core::view::View;
use relight_engine::clock;
use relight_engine::paths::Paths;
use serde_json::json;

pub(super) fn run(chosen: &Refresh, json: bool, paths: Paths) -> Ending {
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let sessions = match chosen.sessions.as_slice() {
        [] => view.sessions.iter().filter(|session| session.refreshable).map(|session| session.id.clone()).collect(),
        names => match select::sessions(&view, names) {
            Ok(sessions) => sessions,
            Err(ending) => return ending,
        },
    };
    if let Some((session, message)) = unrenewable(&view, chosen) {
        out::complain(&message);
        let outcome = json!({ "session": session, "outcome": "not-renewable", "expires_at": null, "message": message });
        let document = json!({ "version": 1, "outcomes": [outcome] });
        let printed = if json { out::json(&document) } else { Ok(()) };
        return printed.map_or_else(Into::into, |()| Ending::No);
    }
    if sessions.is_empty() && !json {
        return out::print("No session can be renewed without you.\n").map_or_else(Into::into, |()| Ending::Fine);
    }
    let mut person = Person::new(json);
    let ran = run_engine(&mut engine, Event::Refresh(sessions), Event::Act(Action::Quit), &mut person);
    ran.map_or_else(|ending| ending, |()| person.ending())
}

/// A session that was named and cannot be renewed.
fn unrenewable(view: &View, chosen: &Refresh) -> Option<(SessionId, String)> {
    let named = chosen.sessions.iter().filter_map(|name| select::session(view, name));
    let session = named.into_iter().find(|session| !session.refreshable)?;
    let name = &session.name;
    let message = format!(
        "{name} cannot be renewed without you: it has no token that AWS would renew. Sign in: relight login {name}"
    );
    Some((session.id.clone(), message))
}

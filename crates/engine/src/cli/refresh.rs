//! `relight refresh`: sessions, and what a profile's `credential_process` says of its end.

use super::args::Refresh;
use super::ending::Ending;
use super::person::Person;
use super::process::{self, Ran};
use super::{engine, out, run_engine, select};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::config::SessionId;
use relight_core::text::command_for;
use relight_core::view::View;
use relight_engine::clock;
use relight_engine::paths::Paths;
use serde_json::json;

pub(super) fn run(chosen: &Refresh, json: bool, paths: Paths) -> Ending {
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let is_program =
        |name: &&String| select::session(&view, name).is_none() && engine.app().run_process(name).is_some();
    let (of_programs, names): (Vec<_>, Vec<_>) = chosen.names.iter().partition(is_program);
    let names: Vec<_> = names.into_iter().cloned().collect();
    let sessions = match select::sessions(engine.app(), &view, &names) {
        Ok(_) if chosen.names.is_empty() => renewable(&view),
        Ok(sessions) => sessions,
        Err(ending) => return ending,
    };
    if let Some((session, message)) = unrenewable(&view, &names, &sessions) {
        out::complain(&message);
        let outcome = json!({ "session": session, "outcome": "not-renewable", "expires_at": null, "message": message });
        let document = json!({ "version": 1, "outcomes": [outcome] });
        let printed = if json { out::json(&document) } else { Ok(()) };
        return printed.map_or_else(Into::into, |()| Ending::No);
    }
    if chosen.names.is_empty() && sessions.is_empty() && !json {
        return out::print("No session can be renewed without you.\n").map_or_else(Into::into, |()| Ending::Fine);
    }
    let ran: Vec<Ran> = match process::run(&of_programs, &engine) {
        Ok(ran) => ran,
        Err(ending) => return ending,
    };
    let mut person = Person::new(json).after(ran);
    if sessions.is_empty() {
        return person.ending();
    }
    let ran = run_engine(&mut engine, Event::Refresh(sessions), Event::Act(Action::Quit), &mut person);
    ran.map_or_else(|ending| ending, |()| person.ending())
}

fn renewable(view: &View) -> Vec<SessionId> {
    let renewable = view.sessions.iter().filter(|session| session.refreshable);
    renewable.map(|session| session.id.clone()).collect()
}

/// A session that was named and cannot be renewed.
fn unrenewable(view: &View, names: &[String], sessions: &[SessionId]) -> Option<(SessionId, String)> {
    let named = view.sessions.iter().filter(|session| !names.is_empty() && sessions.contains(&session.id));
    let session = named.into_iter().find(|session| !session.refreshable)?;
    let name = &session.name;
    if let Some(command) = &session.renew {
        let message = if session.refreshable {
            format!("{name} is renewed by the next AWS client that uses it. To sign in anew: {command}")
        } else {
            format!("{name} cannot be renewed without you. Sign in: {command}")
        };
        return Some((session.id.clone(), message));
    }
    let message = format!(
        "{name} cannot be renewed without you: it has no token that AWS would renew. Sign in: {}",
        command_for("relight login", name)
    );
    Some((session.id.clone(), message))
}

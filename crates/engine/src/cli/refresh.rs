//! `relight refresh`: sessions, and what a profile's `credential_process` says of its end.

use super::args::Refresh;
use super::ending::Ending;
use super::person::Person;
use super::{block_on, engine, out, run_engine, select};
use relight_core::action::Action;
use relight_core::app::{Effect, Event};
use relight_core::config::SessionId;
use relight_core::text;
use relight_core::time::{Timestamp, until, write_date};
use relight_core::view::View;
use relight_engine::engine::Engine;
use relight_engine::paths::Paths;
use relight_engine::process::{self, Asker};
use relight_engine::{clock, state};
use serde_json::json;

pub(super) fn run(chosen: &Refresh, json: bool, paths: Paths) -> Ending {
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let is_program =
        |name: &&String| select::session(&view, name).is_none() && engine.app().run_process(name).is_some();
    let programs: Vec<_> = chosen.sessions.iter().filter(is_program).cloned().collect();
    if !programs.is_empty() {
        if programs.len() < chosen.sessions.len() {
            return Ending::Usage("Name sessions, or profiles with a credential_process, not both at once.".to_owned());
        }
        return run_programs(&programs, json, &engine);
    }
    let sessions = match chosen.sessions.as_slice() {
        [] => view
            .sessions
            .iter()
            .filter(|session| session.refreshable && session.can_sign_in)
            .map(|session| session.id.clone())
            .collect(),
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
    let session = named.into_iter().find(|session| !session.refreshable || !session.can_sign_in)?;
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
        "{name} cannot be renewed without you: it has no token that AWS would renew. Sign in: relight login {name}"
    );
    Some((session.id.clone(), message))
}

/// Runs each program, because its profile was named, and keeps the ends.
fn run_programs(profiles: &[String], json: bool, engine: &Engine) -> Ending {
    let mut outcomes = Vec::new();
    for profile in profiles {
        let Some(Effect::RunProcess { process, command, .. }) = engine.app().run_process(profile) else { continue };
        let ran = match block_on(process::end_of(profile, command.expose(), Asker::Terminal)) {
            Ok(ran) => ran,
            Err(ending) => return ending,
        };
        let now = clock::now();
        let end = match ran {
            Ok(end) => end,
            Err(sentence) => return Ending::World(sentence),
        };
        if let Err(error) = state::remember_process(engine.paths(), &process, end, now) {
            return Ending::World(format!("The end of {profile} cannot be remembered: {error}."));
        }
        let standing = match end {
            None => "its credentials never end".to_owned(),
            Some(end) if end > now => format!("{} left", text::span(until(now, end))),
            Some(end) => format!("the credentials that its program gave ended {}", text::ago(until(end, now))),
        };
        outcomes.push((profile, end, standing, end.is_some_and(|end| end <= now)));
    }
    let printed = if json {
        let document = |(profile, end, _, over): &(&String, Option<Timestamp>, String, bool)| json!({ "profile": profile, "outcome": if *over { "ended" } else { "ran" }, "expires_at": end.map(write_date), "message": null });
        out::json(&json!({ "version": 1, "outcomes": outcomes.iter().map(document).collect::<Vec<_>>() }))
    } else {
        out::print(
            &outcomes.iter().map(|(profile, _, standing, _)| format!("{profile}: {standing}.\n")).collect::<String>(),
        )
    };
    match printed {
        Err(error) => error.into(),
        Ok(()) if outcomes.iter().any(|(.., over)| *over) => Ending::No,
        Ok(()) => Ending::Fine,
    }
}

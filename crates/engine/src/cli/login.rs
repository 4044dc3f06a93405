//! `relight login`

use super::args::{Flow, Login};
use super::ending::Ending;
use super::person::Person;
use super::{engine, out, run_engine, select};
use relight_core::action::Action;
use relight_core::app::{App, Event};
use relight_core::config::SessionId;
use relight_core::flow::{Wanted, Wish};
use relight_core::status::State;
use relight_core::text::{self, shown};
use relight_core::view::{SessionView, View};
use relight_engine::clock;
use relight_engine::paths::Paths;

pub(super) fn run(chosen: &Login, json: bool, paths: Paths) -> Ending {
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let (session, profile) = match choose(chosen, engine.app(), &view) {
        Ok(Some(chosen)) => chosen,
        Ok(None) => return nothing_to_do(&view, &engine.app().world.zone, json),
        Err(ending) => return ending,
    };
    if let Some(view) = view.sessions.iter().find(|view| view.id == session && !view.can_sign_in) {
        let why = view.problems.first().map(|problem| format!("{} {}", problem.message, problem.hint));
        return Ending::Usage(why.unwrap_or_else(|| format!("The files do not say how to sign in to {}.", view.name)));
    }
    // The one of `aws login` ends by itself, and each sign-in begins a full one.
    if chosen.renew && session.arn().is_none() {
        let name = engine.app().world.config.name_of(&session);
        out::say(&format!(
            "The present session of {name} is ended at AWS first. What has role credentials already keeps them until those end."
        ));
    }
    let mut person = Person::new(json).signing_in(session.clone(), chosen.no_browser);
    let cancel = Event::Act(Action::Cancel(session.clone()));
    let flow = match chosen.flow {
        Flow::Auto => Wanted::Auto,
        Flow::Pkce => Wanted::Pkce,
        Flow::Device => Wanted::Device,
    };
    let wish = Wish { session, profile, flow, renew: chosen.renew, opens_browser: !chosen.no_browser };
    let ran = run_engine(&mut engine, Event::SignIn(wish), cancel, &mut person);
    ran.map_or_else(|ending| ending, |()| person.ending())
}

/// The session, and the profile whose endpoint counts; none where everything is signed in.
fn choose(chosen: &Login, app: &App, view: &View) -> Result<Option<(SessionId, Option<String>)>, Ending> {
    let named = chosen.name.as_ref().map(|name| select::session_or_profile(app, view, name)).transpose()?;
    let Some(profile) = &chosen.profile else {
        return if named.is_some() { Ok(named) } else { most_urgent(app, view) };
    };
    let session = select::of_profile(app, view, profile)?;
    match named {
        Some((other, _)) if other != session => {
            let name = |session| app.world.config.name_of(session);
            Err(Ending::Usage(format!(
                "'{}' signs in to {}, not to {}: name one of the two.",
                shown(profile),
                name(&session),
                name(&other)
            )))
        }
        Some(_) | None => Ok(Some((session, Some(profile.clone())))),
    }
}

/// What needs a sign-in most; none where nothing does.
fn most_urgent(app: &App, view: &View) -> Result<Option<(SessionId, Option<String>)>, Ending> {
    let mut urgent = view.to_cure();
    if urgent.is_empty() {
        urgent = view
            .sessions
            .iter()
            .filter(|session| {
                session.can_sign_in && matches!(session.state, State::Expired | State::SignedOut | State::Broken)
            })
            .collect();
    }
    match urgent.as_slice() {
        [] if view.sessions.is_empty() => Err(select::no_sessions(app, view)),
        [] => Ok(None),
        [one] => Ok(Some((one.id.clone(), None))),
        several => ask(several).map(|session| Some((session, None))),
    }
}

/// Asks on a terminal; elsewhere the list is the error.
fn ask(sessions: &[&SessionView]) -> Result<SessionId, Ending> {
    let names: Vec<_> = sessions.iter().map(|session| session.name.as_str()).collect();
    if !out::is_asked() {
        return Err(Ending::Usage(format!(
            "Several sessions need a sign-in: {}. Name one: relight login NAME",
            names.join(", ")
        )));
    }
    let list: String = (1..).zip(&names).map(|(number, name)| format!("  {number}  {name}\n")).collect();
    let question = format!("Several sessions need a sign-in:\n{list}Which one? [1]");
    // End of input is no choice.
    let answer = out::ask(&question).ok_or(Ending::No)?;
    let number: usize = match answer.as_str() {
        "" => 1,
        answer => answer.parse().unwrap_or(0),
    };
    let chosen = sessions.get(number.wrapping_sub(1)).map(|session| session.id.clone());
    chosen.ok_or_else(|| Ending::Usage(format!("'{}' is none of them.", shown(&answer))))
}

fn nothing_to_do(view: &View, zone: &jiff::tz::TimeZone, json: bool) -> Ending {
    if json {
        return out::json(&serde_json::json!({ "version": 1, "outcomes": [] }))
            .map_or_else(Into::into, |()| Ending::Fine);
    }
    let lines =
        view.sessions.iter().map(|session| format!("{}: {}\n", session.name, text::standing(session, view.now, zone)));
    let text =
        lines.collect::<String>() + "Nothing needs a sign-in. To sign in again all the same, name the session.\n";
    out::print(&text).map_or_else(Into::into, |()| Ending::Fine)
}

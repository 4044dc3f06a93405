//! `relight logout`

use super::args::Logout;
use super::ending::Ending;
use super::person::Person;
use super::{engine, out, run_engine, select};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::status::State;
use relight_engine::clock;
use relight_engine::paths::Paths;

pub(super) fn run(chosen: &Logout, json: bool, paths: Paths) -> Ending {
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let sessions: Vec<_> = if chosen.all {
        view.sessions
            .iter()
            .filter(|session| session.state != State::SignedOut && (session.can_sign_in || session.id.arn().is_some()))
            .map(|session| session.id.clone())
            .collect()
    } else {
        match select::sessions(engine.app(), &view, &chosen.sessions) {
            Ok(sessions) => sessions,
            Err(ending) => return ending,
        }
    };
    if sessions.is_empty() && !json {
        return out::print("Not signed in to any session.\n").map_or_else(Into::into, |()| Ending::Fine);
    }
    let mut person = Person::new(json);
    let ran = run_engine(&mut engine, Event::Logout(sessions), Event::Act(Action::Quit), &mut person);
    ran.map_or_else(|ending| ending, |()| person.ending())
}

//! `relight logout`

use super::args::Logout;
use super::ending::Ending;
use super::person::Person;
use super::{engine, out, run_engine, select};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::config::SessionKind;
use relight_core::status::State;
use relight_core::view::SessionView;
use relight_engine::clock;
use relight_engine::paths::Paths;

pub(super) fn run(chosen: &Logout, json: bool, paths: Paths) -> Ending {
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let sessions: Vec<_> = if chosen.all {
        view.sessions
            .iter()
            .filter(|session| session.state != State::SignedOut && (session.can_sign_in || session.renew.is_some()))
            .map(|session| session.id.clone())
            .collect()
    } else {
        match select::sessions(&view, &chosen.sessions) {
            Ok(sessions) => sessions,
            Err(ending) => return ending,
        }
    };
    // `aws login` keeps these, and `aws logout` ends them.
    let (left, sessions): (Vec<_>, Vec<_>) =
        sessions.into_iter().partition(|session| session.kind() == SessionKind::Login);
    let left = left.iter().filter_map(|id| view.sessions.iter().find(|session| session.id == *id));
    let left: Vec<_> = left.map(not_ours).collect();
    for sentence in &left {
        out::complain(sentence);
    }
    if sessions.is_empty() && !json {
        return match left.as_slice() {
            [] => out::print("Not signed in to any session.\n").map_or_else(Into::into, |()| Ending::Fine),
            _ => Ending::No,
        };
    }
    let mut person = Person::new(json);
    let ran = run_engine(&mut engine, Event::Logout(sessions), Event::Act(Action::Quit), &mut person);
    match ran.map_or_else(|ending| ending, |()| person.ending()) {
        Ending::Fine if !left.is_empty() => Ending::No,
        ending => ending,
    }
}

fn not_ours(session: &SessionView) -> String {
    let command =
        session.renew.as_deref().map_or_else(|| "aws logout".to_owned(), |login| login.replacen("login", "logout", 1));
    format!("Relight cannot sign out of {} yet. Run: {command}", session.name)
}

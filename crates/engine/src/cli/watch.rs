//! `relight watch`

use super::ending::Ending;
use super::{block_on, engine, out};
use relight_core::action::Part;
use relight_core::app::{App, Event};
use relight_core::config::SessionId;
use relight_core::flow::Outcome;
use relight_core::text;
use relight_core::view::{SessionView, View};
use relight_engine::engine::Front;
use relight_engine::paths::Paths;
use std::io;

pub(super) fn run(json: bool, paths: Paths) -> Ending {
    let mut engine = engine(paths);
    let mut watcher = Watcher { json, last: None, failed: None };
    if let Err(ending) = block_on(engine.run(Event::Tick, &mut watcher)) {
        return ending;
    }
    watcher.failed.map_or(Ending::Fine, Into::into)
}

struct Watcher {
    json: bool,
    last: Option<View>,
    failed: Option<io::Error>,
}

impl Front for Watcher {
    fn show(&mut self, app: &App, view: &View) {
        if self.last.as_ref().is_some_and(|last| last.says_the_same_as(view)) {
            return;
        }
        let printed = if self.json { out::json(view) } else { out::print(&self.lines(app, view)) };
        self.failed = printed.err();
        self.last = Some(view.clone());
    }

    fn may_open(&mut self, _url: &str) -> bool {
        false
    }

    fn finished(&mut self, _session: &SessionId, _outcome: &Outcome) {}

    fn open_window(&mut self, _view: &View, _part: Part) {}

    fn trouble(&mut self, sentence: &str) {
        out::complain(sentence);
    }

    fn is_done(&self, _app: &App) -> bool {
        self.failed.is_some()
    }
}

impl Watcher {
    /// A line for each session and profile that stands differently now.
    fn lines(&self, app: &App, view: &View) -> String {
        let zone = &app.world.zone;
        let time = view.now.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string();
        let before =
            |id: &SessionId| self.last.as_ref().and_then(|last| last.sessions.iter().find(|session| session.id == *id));
        let changed = view.sessions.iter().filter(|session| before(&session.id) != Some(session));
        let mut lines: Vec<String> = changed
            .map(|session: &SessionView| {
                format!("{time}  {}: {}\n", session.name, text::standing(session, view.now, zone))
            })
            .collect();
        let gone = self
            .last
            .iter()
            .flat_map(|last| &last.sessions)
            .filter(|session| !view.sessions.iter().any(|other| other.id == session.id));
        lines.extend(gone.map(|session| format!("{time}  {}: no longer configured\n", session.name)));
        if lines.is_empty() {
            let profiles = if view.profiles.len() == 1 {
                "1 profile".to_owned()
            } else {
                format!("{} profiles", view.profiles.len())
            };
            let of_sessions = view.sessions.iter().map(|session| session.problems.len());
            let of_profiles = view.profiles.iter().map(|profile| profile.problems.len());
            let problems = view.problems.len() + of_sessions.chain(of_profiles).sum::<usize>();
            let problems = if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") };
            lines.push(format!("{time}  {profiles}, {problems}\n"));
        }
        lines.concat()
    }
}

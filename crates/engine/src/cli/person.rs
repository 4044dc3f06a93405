//! The front of commands that wait: shows the person what to do, and keeps the outcomes.

use super::ending::Ending;
use super::process::Ran;
use super::{out, prompt};
use relight_core::action::Part;
use relight_core::app::App;
use relight_core::config::SessionId;
use relight_core::flow::{Began, Outcome};
use relight_core::secret::Secret;
use relight_core::text;
use relight_core::time::until;
use relight_core::view::View;
use relight_engine::clock;
use relight_engine::engine::Front;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::thread;
use zeroize::Zeroizing;

/// A terminal with a person at it, or a script.
pub(super) struct Person {
    json: bool,
    /// Whether standard output belongs to another program.
    is_quiet: bool,
    no_browser: bool,
    /// The session that the person signs in to.
    signing_in: Option<SessionId>,
    /// What sessions are called.
    names: BTreeMap<SessionId, String>,
    /// What was said last.
    shown: Option<String>,
    outcomes: Vec<(SessionId, Outcome)>,
    /// Programs that were run before.
    ran: Vec<Ran>,
}

impl Person {
    /// Waits for the end of all flows.
    pub(super) fn new(json: bool) -> Self {
        Self {
            json,
            is_quiet: false,
            no_browser: false,
            signing_in: None,
            names: BTreeMap::new(),
            shown: None,
            outcomes: Vec::new(),
            ran: Vec::new(),
        }
    }

    /// Shows the code of this sign-in, and opens its page unless `no_browser`.
    pub(super) fn signing_in(mut self, session: SessionId, no_browser: bool) -> Self {
        (self.signing_in, self.no_browser) = (Some(session), no_browser);
        self
    }

    /// Tells outcomes on standard error: standard output is for a command that follows.
    pub(super) fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }

    /// Tells of these programs too.
    pub(super) fn after(mut self, ran: Vec<Ran>) -> Self {
        self.ran = ran;
        self
    }

    /// Calls sessions as the view does.
    pub(super) fn call_sessions_as(&mut self, view: &View) {
        self.names = view.sessions.iter().map(|session| (session.id.clone(), session.name.clone())).collect();
    }

    /// The person ended the command before these had an outcome.
    pub(super) fn gave_up<'a>(&mut self, sessions: impl Iterator<Item = &'a SessionId>) {
        self.outcomes.extend(sessions.map(|session| (session.clone(), Outcome::Cancelled)));
    }

    /// Prints the outcomes, and gives the worst of them.
    pub(super) fn ending(self) -> Ending {
        let printed = if self.json { out::json(&self.document()) } else { self.print_text() };
        printed.map_or_else(Into::into, |()| self.worst())
    }

    /// The worst of the outcomes.
    pub(super) fn worst(&self) -> Ending {
        let mut ending = Ending::Fine;
        for ran in &self.ran {
            match ran.ending() {
                Ending::Fine => {}
                Ending::No => ending = Ending::No,
                failed => return failed,
            }
        }
        for (_, outcome) in &self.outcomes {
            match outcome {
                Outcome::Failed { message, .. } | Outcome::Offline { message } => {
                    return Ending::World(message.clone());
                }
                Outcome::Denied
                | Outcome::TimedOut(_)
                | Outcome::Cancelled
                | Outcome::EndedElsewhere
                | Outcome::NotSignedIn
                | Outcome::Refused { .. } => ending = Ending::No,
                Outcome::SignedIn { .. }
                | Outcome::SignedInElsewhere
                | Outcome::Refreshed { .. }
                | Outcome::NothingToDo
                | Outcome::Listed(_)
                | Outcome::SignedOut { .. } => {}
            }
        }
        ending
    }

    fn print_text(&self) -> io::Result<()> {
        let of_sessions = self.outcomes.iter().filter_map(|(session, outcome)| match outcome {
            Outcome::Cancelled if self.signing_in.is_none() => Some(format!("{}: given up.", self.name(session))),
            _ => sentence(&self.name(session), outcome),
        });
        let of_sessions = of_sessions.map(|line| format!("{line}\n"));
        let text: String = self.ran.iter().filter_map(Ran::line).chain(of_sessions).collect();
        if self.is_quiet && !text.is_empty() {
            out::say(text.trim_end());
            return Ok(());
        }
        out::print(&text)
    }

    fn name(&self, session: &SessionId) -> Cow<'_, str> {
        self.names.get(session).map_or_else(|| text::shown(session.name()).into_owned().into(), Into::into)
    }

    /// The outcomes as one JSON document.
    pub(super) fn document(&self) -> Value {
        let of_sessions = self.outcomes.iter().map(|(session, outcome)| document(session, outcome));
        let outcomes: Vec<_> = self.ran.iter().map(Ran::document).chain(of_sessions).collect();
        json!({ "version": 1, "outcomes": outcomes })
    }

    /// Says what the person is to do, once for each thing.
    fn show_sign_in(&mut self, view: &View) {
        let Some(text) = self.signing_in.as_ref().and_then(|session| prompt::text(view, session, self.no_browser))
        else {
            return;
        };
        if self.shown.as_ref() != Some(&text) {
            out::say(&text);
            self.shown = Some(text);
        }
    }
}

impl Front for Person {
    fn show(&mut self, _app: &App, view: &View) {
        self.show_sign_in(view);
    }

    fn may_open(&mut self, _url: &str) -> bool {
        !self.no_browser
    }

    /// On a thread of its own, which ends with the program: nothing else can end the waiting for a line.
    fn ask(&mut self, answer: Box<dyn FnOnce(Option<Secret>) + Send>) {
        thread::spawn(move || {
            let mut line = Zeroizing::new(String::new());
            let read = io::stdin().lock().read_line(&mut line);
            answer(read.ok().filter(|count| *count > 0).map(|_| Secret::new(line.as_str())));
        });
    }

    fn finished(&mut self, session: &SessionId, outcome: &Outcome) {
        self.outcomes.push((session.clone(), outcome.clone()));
    }

    fn open_window(&mut self, _view: &View, _part: Part) {}

    fn waits_to_end(&mut self) {
        out::say("AWS may have given out a new token: waiting a few seconds for it. Ctrl-C once more ends at once.");
    }

    fn trouble(&mut self, sentence: &str) {
        out::complain(sentence);
    }

    fn is_done(&self, app: &App) -> bool {
        !app.is_busy()
    }
}

/// What became of it; none where the last words on standard error say it.
fn sentence(name: &str, outcome: &Outcome) -> Option<String> {
    let left = |end| text::span(until(clock::now(), end));
    let login = || text::command_for("relight login", name);
    Some(match outcome {
        Outcome::SignedIn { expires_at, began } => {
            format!("Signed in to {name}: {} left.{}", left(*expires_at), text::began(began))
        }
        Outcome::SignedInElsewhere => format!("Signed in to {name}, by another Relight process."),
        Outcome::EndedElsewhere => format!("Another Relight process gave up signing in to {name}."),
        Outcome::Denied => format!("The sign-in to {name} was denied at AWS's page."),
        Outcome::TimedOut(None) => {
            format!("Nobody approved the sign-in to {name} in time. Try again: {}", login())
        }
        Outcome::TimedOut(Some(trouble)) => format!("The sign-in to {name} was not approved in time. {trouble}"),
        Outcome::Cancelled => format!("The sign-in to {name} was given up."),
        Outcome::Refreshed { expires_at, .. } => format!("Renewed {name}: {} left.", left(*expires_at)),
        Outcome::NothingToDo => format!("{name}: nothing to do."),
        Outcome::Refused { why: Some(why), .. } => {
            format!("AWS does not renew {name} any more. {why} Sign in: {}", login())
        }
        Outcome::Refused { why: None, .. } => {
            format!("AWS does not renew {name} any more: its session is over. Sign in: {}", login())
        }
        Outcome::SignedOut { warning: None } => format!("Signed out of {name}."),
        Outcome::SignedOut { warning: Some(warning) } => format!("Signed out of {name} on this machine. {warning}"),
        Outcome::NotSignedIn => format!("Not signed in to {name}. Sign in: {}", login()),
        // What was listed is shown by who asked for it.
        Outcome::Failed { .. } | Outcome::Offline { .. } | Outcome::Listed(_) => return None,
    })
}

fn document(session: &SessionId, outcome: &Outcome) -> Value {
    let (word, expires_at, message) = match outcome {
        Outcome::SignedIn { expires_at, began } => {
            let doubt = matches!(began, Began::NotAnew(_)).then(|| text::began(began).trim().to_owned());
            ("signed-in", Some(expires_at), doubt)
        }
        Outcome::SignedInElsewhere => ("signed-in", None, None),
        Outcome::EndedElsewhere | Outcome::Cancelled => ("cancelled", None, None),
        Outcome::Denied => ("denied", None, None),
        Outcome::TimedOut(trouble) => ("timed-out", None, trouble.clone()),
        Outcome::Refreshed { expires_at, .. } => ("refreshed", Some(expires_at), None),
        Outcome::NothingToDo => ("nothing-to-do", None, None),
        Outcome::Refused { why, .. } => ("refused", None, why.clone()),
        Outcome::SignedOut { warning } => ("signed-out", None, warning.clone()),
        Outcome::Listed(_) => ("listed", None, None),
        Outcome::NotSignedIn => ("not-signed-in", None, None),
        Outcome::Failed { message, .. } | Outcome::Offline { message } => ("failed", None, Some(message.clone())),
    };
    json!({ "session": session.to_string(), "outcome": word, "expires_at": expires_at.map(|at| relight_core::time::write_date(*at)), "message": message })
}

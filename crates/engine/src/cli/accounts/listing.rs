//! Asks AWS, and shows how far that is.

use super::{AddedSession, with_added};
use crate::cli::ending::Ending;
use crate::cli::{out, run_front};
use relight_core::accounts::Accounts;
use relight_core::action::{Action, Part};
use relight_core::app::{App, Event};
use relight_core::config::SessionId;
use relight_core::flow::{Outcome, Progress};
use relight_core::text::command_for;
use relight_core::view::View;
use relight_engine::engine::{Engine, Front};
use serde_json::json;

/// Why there is no list.
pub(in crate::cli) enum NotListed {
    /// A person must sign in.
    NotSignedIn,
    /// The person gave it up.
    GivenUp,
    /// It failed, in a sentence.
    Failed(String),
}

/// The accounts and roles of `session`. `profile` is the one that was named: its endpoint override counts then.
pub(in crate::cli) fn list(
    engine: &mut Engine,
    session: &SessionId,
    profile: Option<String>,
) -> Result<Accounts, NotListed> {
    let mut asking = Asking { session: session.clone(), last: None, outcome: None };
    let ran = run_front(engine, Event::List(session.clone(), profile), Event::Act(Action::Quit), &mut asking);
    out::progress("");
    if let Err(Ending::World(sentence) | Ending::Usage(sentence)) = ran {
        return Err(NotListed::Failed(sentence));
    }
    match asking.outcome {
        Some(Outcome::Listed(accounts)) => Ok(accounts),
        Some(Outcome::NotSignedIn | Outcome::Refused { .. }) => Err(NotListed::NotSignedIn),
        Some(Outcome::Failed { message, .. } | Outcome::Offline { message }) => Err(NotListed::Failed(message)),
        _ => Err(NotListed::GivenUp),
    }
}

impl NotListed {
    /// Says so, with what to do.
    pub(in crate::cli) fn tell(
        self,
        session: &SessionId,
        app: &App,
        json: bool,
        added: Option<&AddedSession>,
    ) -> Ending {
        let name = app.world.config.name_of(session);
        let (outcome, message, ending) = match self {
            Self::NotSignedIn => {
                let cure = command_for("relight login", &name);
                ("not-signed-in", format!("Not signed in to {name}. Sign in: {cure}"), Ending::No)
            }
            Self::GivenUp => ("cancelled", "The list was given up.".to_owned(), Ending::No),
            Self::Failed(message) => ("failed", message.clone(), Ending::World(message)),
        };
        if matches!(ending, Ending::No) {
            out::complain(&message);
        }
        let document = json!({ "version": 1, "session": session.to_string(), "outcome": outcome, "message": message });
        let printed = if json { out::json(&with_added(document, added)) } else { Ok(()) };
        printed.map_or_else(Into::into, |()| ending)
    }
}

/// The front that waits for the list.
struct Asking {
    session: SessionId,
    last: Option<Progress>,
    outcome: Option<Outcome>,
}

impl Front for Asking {
    fn show(&mut self, app: &App, _view: &View) {
        let now = app.listing(&self.session);
        if let Some(Progress { accounts, asked }) = now.filter(|now| self.last != Some(*now)) {
            out::progress(&match accounts {
                0 => "Asking AWS for the accounts".to_owned(),
                _ => format!("Asking AWS: the roles of {asked} of {accounts} accounts"),
            });
            self.last = now;
        }
    }

    fn may_open(&mut self, _url: &str) -> bool {
        false
    }

    fn finished(&mut self, _session: &SessionId, outcome: &Outcome) {
        self.outcome = Some(outcome.clone());
    }

    fn open_window(&mut self, _view: &View, _part: Part) {}

    fn trouble(&mut self, sentence: &str) {
        out::complain(sentence);
    }

    fn is_done(&self, app: &App) -> bool {
        !app.is_busy()
    }
}

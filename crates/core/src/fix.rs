//! What a person can do about something that is wrong.

mod change;
mod diff;

pub use change::{Change, Restricted, SET_ASIDE, Step};
pub use diff::masked;

use crate::action::Action;
use crate::config::SessionId;
use crate::text::shown;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize, Serializer};

/// One way to mend it. A sentence always; a command and a button where one does the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Fix {
    /// What to do, as a sentence without its full stop: `Sign in to corp`.
    pub title: String,
    /// A command that does it, ready to be pasted into a terminal.
    pub command: Option<String>,
    /// What the window, the tray or `relight` itself can do about it. Where that is a sign-in, `login` names the session,
    /// so that programs need not know all actions.
    #[serde(serialize_with = "action")]
    #[cfg_attr(test, ts(type = "Action | null"))]
    pub action: Option<Action>,
    /// What Relight changes itself, where that mends it: to be shown first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub change: Option<Change>,
}

/// A change as a person saw it. Only what looks exactly so still is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Shown {
    /// What it mends: the fix's title.
    pub title: String,
    /// The file, as it was written to the person.
    pub file: String,
    /// The lines that go and come.
    pub diff: Vec<String>,
}

/// What came of a change that a person agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Mended {
    /// In sentences.
    pub said: String,
    /// Whether it can be taken back at a click.
    pub can_take_back: bool,
}

impl Fix {
    /// The change, where it looks as it was `shown`.
    pub fn as_shown(&self, shown: &Shown) -> Option<&Change> {
        let is_same = |change: &&Change| change.file == shown.file && change.diff == shown.diff;
        self.change.as_ref().filter(|_| self.title == shown.title).filter(is_same)
    }

    /// Something to be done by hand. Text of others in `title` has to be [`shown`] already.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), command: None, action: None, change: None }
    }

    /// And the command that does it; none where a name in it is nothing for a shell (see [`crate::text::command`]).
    #[must_use]
    pub fn with_command(mut self, command: impl Into<Option<String>>) -> Self {
        self.command = command.into();
        self
    }

    /// And what Relight changes for it.
    #[must_use]
    pub fn with_change(mut self, change: Change) -> Self {
        self.change = Some(change);
        self
    }

    /// And what does it at a click.
    #[must_use]
    pub fn with_action(mut self, action: Action) -> Self {
        self.action = Some(action);
        self
    }
}

/// `'NAME'`, as it may stand in a title.
pub fn quoted(name: &str) -> String {
    alloc::format!("'{}'", shown(name))
}

#[expect(clippy::ref_option, reason = "the shape that serde asks for")]
fn action<S: Serializer>(action: &Option<Action>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct WithLogin<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        login: Option<&'a SessionId>,
        #[serde(flatten)]
        action: &'a Action,
    }
    fn login(action: &Action) -> Option<&SessionId> {
        match action {
            Action::SignIn(session) | Action::Renew(session) => Some(session),
            _ => None,
        }
    }
    action.as_ref().map(|action| WithLogin { login: login(action), action }).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_sign_in_names_its_session_and_can_be_sent_back() {
        let fix = Fix::new("Sign in").with_action(Action::SignIn(SessionId::SsoSession("corp".into())));
        let json = serde_json::to_value(&fix).unwrap();
        assert_eq!(json["action"]["login"], "sso-session:corp");
        assert_eq!(serde_json::from_str::<Action>(&json["action"].to_string()).ok(), fix.action);
    }
}

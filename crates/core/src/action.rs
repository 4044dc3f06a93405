//! What a person can ask for, in the menu, in a notice or in the window.

use crate::accounts::{ProfilesWish, SessionWish};
use crate::config::SessionId;
use crate::explain::Pasted;
use crate::fix::Shown;
use crate::settings::Setting;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a person can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "do", content = "with", rename_all = "kebab-case")]
pub enum Action {
    /// Sign in, in the browser.
    SignIn(SessionId),
    /// End the present session at AWS, and sign in: a full one begins.
    Renew(SessionId),
    /// Go on with a code where the browser cannot come back to a sign-in of this process.
    UseCode(SessionId),
    /// Sign in to several, one page after another.
    SignInAll(Vec<SessionId>),
    /// What the left click does: cure what is most urgent.
    Cure,
    /// Say it again later: the keys of a notice.
    Later(Vec<String>),
    /// Give up a sign-in of this process.
    Cancel(SessionId),
    /// Open the page of a sign-in under way once more.
    OpenPage(SessionId),
    /// Open the access portal where this profile's account and role are.
    OpenPortal(String),
    /// Sign out, at AWS and on this machine.
    SignOut(SessionId),
    /// Renew now what can be renewed.
    RefreshAll,
    /// Ask AWS what a session may use, for the window.
    ListAccounts(SessionId),
    /// Show what profiles for these roles would change in the config file.
    PickProfiles(ProfilesWish),
    /// Write what was picked and shown.
    WriteProfiles,
    /// Show what a session for this address would change in the config file.
    PickSession(SessionWish),
    /// Write what was typed and shown.
    WriteSession,
    /// Run the `credential_process` of this profile, to learn when its credentials end.
    RunProcess(String),
    /// Choose something anew.
    Set(Setting),
    /// Say what the text of an error means. It only comes in.
    #[serde(skip_serializing)]
    Explain(Pasted),
    /// Look for what is wrong on this computer.
    CheckComputer,
    /// Make a change that mends something, as it was shown.
    Mend(Shown),
    /// Take the last of these changes back.
    TakeBack,
    /// The person is done with what was pasted, looked for and changed.
    LeaveMending,
    /// Show a file in the person's editor.
    OpenFile(Place),
    /// Open the window.
    OpenWindow(Part),
    /// Gather what helps to understand a problem, without secrets, to be copied.
    CopyDiagnostics,
    /// End this program; sessions stay signed in.
    Quit,
}

/// A file that a person may want to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The AWS config file.
    Config,
    /// The AWS credentials file.
    Credentials,
    /// Relight's settings.
    Settings,
    /// Relight's log.
    Log,
}

/// A part of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The sessions.
    Sessions,
    /// Where an organisation is added.
    Add,
    /// Where an error is pasted.
    Explain,
    /// Where this computer is looked through.
    Check,
    /// The settings.
    Settings,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Sessions, Self::Add, Self::Explain, Self::Check, Self::Settings];

    /// What it is called where a program or the page names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Add => "add",
            Self::Explain => "explain",
            Self::Check => "check",
            Self::Settings => "settings",
        }
    }
}

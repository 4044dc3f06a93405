//! What takes several steps: signing in, refreshing, signing out. Each is a machine that says what to do next and is
//! told what became of it; the engine does it, and the clock is an argument.

mod accounts;
mod call;
mod failure;
mod login;
mod logout;
mod refresh;
mod renewable;

pub use accounts::{Listing, Progress};
pub use call::{Answer, Call, CallError, Client, ErrorKind, Operation, Redirect, Target};
pub use login::{Arrival, Listening, NoCode, SignIn, Wanted, Wish, arrival};
pub use logout::Logout;
pub use refresh::{NOT_TWICE_WITHIN, Refresh};
pub use renewable::{Renewable, login_refresh_due, refresh_due};

use crate::accounts::Accounts;
use crate::cache::{CacheName, Registration};
use crate::config::SessionId;
use crate::secret::Secret;
use crate::time::{SignedDuration, Timestamp, until};
use crate::view::Login;
use crate::world::{Content, LoginFile, TokenFile};
use alloc::string::String;
use alloc::vec::Vec;

/// Something for the engine to do. Where a [`Reply`] follows, it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Do {
    /// Take a lock, without waiting. → [`Reply::Locked`], [`Reply::LockHeld`] or [`Reply::LockFailed`]
    Lock(Lock),
    /// Tell when another process lets a lock go. → [`Reply::LockFreed`] or [`Reply::LockFailed`]
    AwaitLock(Lock),
    /// Let a lock of this flow go before it ends.
    Unlock(Lock),
    /// Read a token file anew. → [`Reply::Token`]
    ReadToken(CacheName),
    /// Read a token file of `aws login` anew. → [`Reply::Login`]
    ReadLogin(CacheName),
    /// Read registrations, in this order. → [`Reply::Registrations`]
    ReadRegistrations(Vec<CacheName>),
    /// See whether a session's token file could be written now, and leave it as it is. → [`Reply::Written`]
    TestWrite(SessionId),
    /// Call AWS. → [`Reply::Answer`]
    Call(Call),
    /// Write a token file whole. → [`Reply::Written`]
    WriteToken(CacheName, Secret),
    /// Write a token file of `aws login` whole. → [`Reply::Written`]
    WriteLogin(CacheName, Secret),
    /// Write a registration. Nothing depends on it.
    WriteRegistration(CacheName, Secret),
    /// Remove a registration that may be dead. Nothing depends on it.
    ForgetRegistration(CacheName),
    /// Remove a session's token and these cached role credentials. → [`Reply::Written`]
    Remove {
        /// In `sso/cache`.
        token: CacheName,
        /// In `cli/cache`.
        roles: Vec<CacheName>,
    },
    /// Remove a token of `aws login` and these cached role credentials. → [`Reply::Written`]
    RemoveLogin {
        /// In `login/cache`.
        login: CacheName,
        /// In `cli/cache`.
        roles: Vec<CacheName>,
    },
    /// Let the other processes see a sign-in.
    Publish(CacheName, Login),
    /// Open a page of this session in the person's browser. → [`Reply::BrowserFailed`] if that fails
    OpenBrowser(SessionId, String),
    /// Wait on loopback for the browser to come back. → [`Reply::Listening`] or [`Reply::ListenFailed`], and once
    /// [`Reply::Redirected`]
    Listen,
    /// Draw the random texts of a sign-in that nobody listens for. → [`Reply::Drawn`] or [`Reply::ListenFailed`]
    Draw,
    /// Let the person at the terminal paste a code. → [`Reply::Pasted`]
    AskForCode,
    /// Answer the browser that came back. → [`Reply::BrowserTold`]
    TellBrowser(Told),
}

/// A lock of Relight's own, which the system frees when its holder dies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lock {
    /// One sign-in at a time for a token file.
    Attempt(CacheName),
    /// One refresh at a time for a token file.
    Refresh(CacheName),
    /// One page at a time in the person's browser.
    Browser,
    /// One call at a time for a role's cached credentials.
    Role(CacheName),
}

/// What the browser shows when it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Whether the sign-in came to something.
    pub good: bool,
    /// What became of it.
    pub sentence: String,
}

/// What is known of the start of the Identity Center session that a sign-in got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Began {
    /// It may have joined an older session of the browser, whose end does not move.
    Unsure,
    /// The old session was ended at AWS at this moment: a full one began after it.
    Anew(Timestamp),
    /// It was to begin anew, but the old session may live on, and why.
    NotAnew(String),
}

/// What became of a [`Do`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The lock is ours until the flow ends.
    Locked,
    /// Another process has it.
    LockHeld,
    /// The lock cannot be taken at all: the state folder cannot be written.
    LockFailed(String),
    /// The other process let it go.
    LockFreed,
    /// A token file as it is now.
    Token(Content<TokenFile>),
    /// A token file of `aws login` as it is now.
    Login(Content<LoginFile>),
    /// Those that could be read.
    Registrations(Vec<Registration>),
    /// What AWS answered.
    Answer(Result<Answer, CallError>),
    /// Whether a file was written, or could be, or why not.
    Written(Result<(), String>),
    /// No browser could be started, and why.
    BrowserFailed(String),
    /// Loopback listens.
    Listening(Listening),
    /// Random texts, as in [`Listening`].
    Drawn {
        /// Comes back with the code.
        state: Secret,
        /// Proves that who redeems the code is who asked for it.
        verifier: Secret,
    },
    /// What the person pasted; none where they left.
    Pasted(Option<Secret>),
    /// It cannot, and why.
    ListenFailed(String),
    /// The browser came back.
    Redirected(Result<Secret, NoCode>),
    /// The browser was answered, as far as it waited for it.
    BrowserTold,
}

/// How a flow ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Signed in; the token file is written.
    SignedIn {
        /// When the access token ends; of `aws login`, when the session does.
        expires_at: Timestamp,
        /// Whether a full session began with it.
        began: Began,
    },
    /// Another process signed in meanwhile.
    SignedInElsewhere,
    /// Another process gave its sign-in up.
    EndedElsewhere,
    /// The person denied it at the page.
    Denied,
    /// Nobody approved in time; what went wrong last, if anything did.
    TimedOut(Option<String>),
    /// The person gave it up.
    Cancelled,
    /// The token was renewed.
    Refreshed {
        /// When the access token ends now.
        expires_at: Timestamp,
        /// The end of the token that it was made from.
        of: Timestamp,
        /// When AWS was asked; it answered, and the token was written, no earlier.
        at: Timestamp,
    },
    /// There was nothing to renew, or somebody else had.
    NothingToDo,
    /// The network does not lead to AWS at the moment, so nothing was renewed.
    Offline {
        /// In a sentence, with the address.
        message: String,
    },
    /// AWS refused: a person must sign in.
    Refused {
        /// The end of the token that it refused to renew.
        expires_at: Timestamp,
        /// Whether it spoke of the grant, so that the session is over or was revoked; else of the client.
        grant_is_over: bool,
        /// In a sentence, where it is not that the session is over.
        why: Option<String>,
    },
    /// Signed out.
    SignedOut {
        /// What the portal said when it could not be told.
        warning: Option<String>,
    },
    /// What the person may use.
    Listed(Accounts),
    /// There is no token that the portal takes, nor one to renew: a person must sign in.
    NotSignedIn,
    /// It failed.
    Failed {
        /// In a sentence, with the address where there is one.
        message: String,
        /// Whether trying again later may help.
        again: bool,
    },
}

/// How often a file write is tried before a flow gives it up.
const TRIES_TO_WRITE: u32 = 5;

/// No flow pauses longer than this.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// Whether the time has come. A moment farther away than any pause is left from before the clock was set back.
fn is_due(wake_at: Option<Timestamp>, now: Timestamp) -> bool {
    wake_at.is_some_and(|at| at <= now || until(now, at) > LONGEST_PAUSE)
}

/// 1, 2, 4 … seconds, at most `most`.
fn pause(tries: u32, most: SignedDuration) -> SignedDuration {
    SignedDuration::from_secs(1 << tries.saturating_sub(1).min(10)).min(most)
}

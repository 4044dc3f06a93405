//! Signing out: the portal ends the session, then what it left on this machine is removed (aws-sessions.md 4). Of
//! `aws login`, there is only the latter.

use super::call::{Answer, Call, ErrorKind, Operation, Target};
use super::refresh::{TRIES_TO_LOCK, lock_pause};
use super::{Do, Lock, Outcome, Reply, is_due};
use crate::cache::CacheName;
use crate::config::{Endpoints, Session, SessionId, SessionKind};
use crate::time::{Timestamp, after};
use crate::world::{Content, LoginFile, TokenFile};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// One sign-out. Client registrations and other sessions stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logout {
    session: SessionId,
    target: Target,
    /// The caches of the role credentials that this session led to.
    roles: Vec<CacheName>,
    step: Step,
    tries: u32,
    wake_at: Option<Timestamp>,
    outcome: Option<Outcome>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Locking,
    Reading,
    Calling,
    Removing { warning: Option<String> },
}

impl Logout {
    /// Begins. `roles` are the caches of the role credentials that it led to.
    pub fn begin(session: &Session, endpoints: Endpoints, roles: Vec<CacheName>) -> (Self, Vec<Do>) {
        let file = session.id.token_file();
        let logout = Self {
            session: session.id.clone(),
            target: Target::new(session, endpoints),
            roles,
            step: Step::Locking,
            tries: 0,
            wake_at: None,
            outcome: None,
        };
        (logout, vec![Do::Lock(Lock::Refresh(file))])
    }

    /// Goes on with what became of the last thing to do.
    pub fn on(&mut self, reply: Reply, now: Timestamp) -> Vec<Do> {
        match (reply, self.step.clone()) {
            (Reply::Locked, Step::Locking) => {
                self.step = Step::Reading;
                match self.session.kind() {
                    SessionKind::Login => vec![Do::ReadLogin(self.session.token_file())],
                    SessionKind::SsoSession | SessionKind::Legacy => vec![Do::ReadToken(self.session.token_file())],
                }
            }
            (Reply::LockHeld, Step::Locking) => {
                self.tries += 1;
                if self.tries >= TRIES_TO_LOCK {
                    let message = "Another Relight process is renewing this session and does not finish. Try again later.";
                    return self.finish(Outcome::Failed { message: message.into(), again: true });
                }
                self.wake_at = Some(after(now, lock_pause(self.tries)));
                Vec::new()
            }
            (Reply::LockFailed(reason), Step::Locking) => self.finish(Outcome::Failed {
                message: format!("Relight's own folder cannot be written: {reason}."),
                again: false,
            }),
            (Reply::Token(Content::Missing) | Reply::Login(Content::Missing), Step::Reading) => {
                self.finish(Outcome::NothingToDo)
            }
            (Reply::Login(Content::Read(LoginFile { token: Ok(token), .. })), Step::Reading)
                if token.expires_at <= now =>
            {
                self.remove(None)
            }
            // `aws login` has no sign-out at AWS (aws-sessions.md 2.5).
            (Reply::Login(_), Step::Reading) => self.remove(Some(
                "AWS has no sign-out for it: keys that programs already have work until their end, for 15 minutes at most."
                    .into(),
            )),
            (Reply::Token(Content::Read(TokenFile { token: Ok(token), .. })), Step::Reading)
                if token.expires_at > now =>
            {
                self.step = Step::Calling;
                vec![Do::Call(Call {
                    target: self.target.of_token(&token),
                    operation: Operation::Logout { access_token: token.access_token },
                })]
            }
            // The portal takes no token that is past or damaged, so only this machine can forget it.
            (Reply::Token(_), Step::Reading) => self.remove(Some(
                "At AWS the session may live on until its own end: the token to end it with was past or damaged."
                    .into(),
            )),
            (Reply::Answer(Ok(Answer::LoggedOut)), Step::Calling) => self.remove(None),
            (Reply::Answer(Err(error)), Step::Calling) if error.kind == ErrorKind::Unauthorized => self.remove(Some(
                "AWS did not know its token any more: a session in the browser may live on until its own end.".into(),
            )),
            (Reply::Answer(Err(error)), Step::Calling) => {
                let cause = error.cause();
                let cure = "To end it there, sign in and sign out once more.";
                self.remove(Some(format!("The session may live on at AWS until its own end: {cause}. {cure}")))
            }
            (Reply::Written(Ok(())), Step::Removing { warning }) => self.finish(Outcome::SignedOut { warning }),
            (Reply::Written(Err(reason)), Step::Removing { .. }) => self.finish(Outcome::Failed {
                message: format!("The token file could not be removed: {reason}."),
                again: false,
            }),
            _ => Vec::new(),
        }
    }

    /// Goes on by itself when its time has come.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Do> {
        if self.outcome.is_some() || self.step != Step::Locking || !is_due(self.wake_at, now) {
            return Vec::new();
        }
        self.wake_at = None;
        vec![Do::Lock(Lock::Refresh(self.session.token_file()))]
    }

    /// When to call [`Self::tick`].
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.wake_at
    }

    /// Which session it is for.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// How it ended, once it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    fn remove(&mut self, warning: Option<String>) -> Vec<Do> {
        self.step = Step::Removing { warning };
        let (token, roles) = (self.session.token_file(), self.roles.clone());
        match self.session.kind() {
            SessionKind::Login => vec![Do::RemoveLogin { login: token, roles }],
            SessionKind::SsoSession | SessionKind::Legacy => vec![Do::Remove { token, roles }],
        }
    }

    fn finish(&mut self, outcome: Outcome) -> Vec<Do> {
        (self.outcome, self.wake_at) = (Some(outcome), None);
        Vec::new()
    }
}

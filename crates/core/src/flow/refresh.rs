//! The silent refresh, as a transaction (aws-sessions.md 3.8): our lock → read → see that the file can be written →
//! call → read again → write whole. A refusal is believed only after the file was read again: another client may have
//! used the refresh token up.

use super::call::{Call, CallError, ErrorKind, Target};
use super::renewable::Renewable;
use super::{Do, LONGEST_PAUSE, Lock, Outcome, Reply, TRIES_TO_WRITE, is_due, pause};
use crate::cache::CacheName;
use crate::config::{Endpoints, Session, SessionId, SessionKind};
use crate::time::{SignedDuration, Timestamp, after, until};
use crate::world::{Content, Dated};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// A token is never refreshed twice within this time.
pub const NOT_TWICE_WITHIN: SignedDuration = SignedDuration::from_secs(60);
/// Another client that used the refresh token up writes its file within 1.5 s: it is looked for after these pauses, in
/// milliseconds, because most need less, and somebody may be waiting.
const DOUBT: [i64; 5] = [50, 100, 200, 400, 750];
/// Our own other process holds the lock: look again after 0.1, 0.2 … seconds, at most this.
const LONGEST_LOCK_PAUSE: SignedDuration = SignedDuration::from_secs(1);
/// Longer than one that has it may wait for an answer.
pub(super) const TRIES_TO_LOCK: u32 = 40;
/// A token that nobody can renew, because another client dropped its refresh token, is worth keeping only where it lives
/// so much longer than ours.
const OUTLIVES: SignedDuration = SignedDuration::from_hours(1);

/// One refresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refresh {
    session: SessionId,
    start_url: String,
    target: Target,
    asked: bool,
    /// Somebody waits for the end, so a token that cannot be written is not kept for its whole life.
    gives_up: bool,
    step: Step,
    wake_at: Option<Timestamp>,
    tries: u32,
    outcome: Option<Outcome>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Locking,
    Reading,
    /// Whether the new token could be kept: the call uses the old one up.
    Testing {
        with: Renewable,
    },
    Calling {
        with: Renewable,
        at: Timestamp,
    },
    /// Refused, and why: wait, then read whether somebody else has refreshed.
    Doubting {
        with: Renewable,
        error: CallError,
        looks: usize,
    },
    ReadingInDoubt {
        with: Renewable,
        error: CallError,
        looks: usize,
    },
    ReadingBeforeWrite {
        with: Renewable,
        new: Renewable,
        at: Timestamp,
    },
    Writing {
        with: Renewable,
        new: Renewable,
        at: Timestamp,
    },
}

impl Refresh {
    /// Begins. `asked`: a person wants it now, though it is not due. `gives_up`: after some tries to write the token;
    /// else it is kept and tried for as long as it lives, because AWS gives it out once.
    pub fn begin(session: &Session, endpoints: Endpoints, asked: bool, gives_up: bool) -> (Self, Vec<Do>) {
        let refresh = Self {
            session: session.id.clone(),
            start_url: session.start_url.clone(),
            target: Target::new(session, endpoints),
            asked,
            gives_up,
            step: Step::Locking,
            wake_at: None,
            tries: 0,
            outcome: None,
        };
        let first = vec![Do::Lock(refresh.lock())];
        (refresh, first)
    }

    /// Tries at once what it would try later.
    pub fn hurry(&mut self, now: Timestamp) {
        if self.wake_at.is_some() {
            self.wake_at = Some(now);
        }
    }

    /// Goes on with what became of the last thing to do.
    pub fn on(&mut self, reply: Reply, now: Timestamp) -> Vec<Do> {
        match (reply, self.step.clone()) {
            (Reply::Token(file), _) => self.read_it(file.map(|file| file.map(Renewable::Token)), now),
            (Reply::Login(file), _) => self.read_it(file.map(|file| file.map(Renewable::Login)), now),
            (Reply::Locked, Step::Locking) => {
                (self.step, self.tries) = (Step::Reading, 0);
                vec![self.read()]
            }
            (Reply::LockHeld, Step::Locking) => {
                self.tries += 1;
                if self.tries >= TRIES_TO_LOCK {
                    return self
                        .fail("Another Relight process is refreshing this session and does not finish.".into(), true);
                }
                self.wake_at = Some(after(now, lock_pause(self.tries)));
                Vec::new()
            }
            (Reply::LockFailed(reason), Step::Locking) => {
                self.fail(format!("Relight's own folder cannot be written: {reason}."), true)
            }
            (Reply::Written(Ok(())), Step::Testing { with }) => self.call(with, now),
            (Reply::Written(Err(reason)), Step::Testing { .. }) => self.fail(
                format!(
                    "A renewed token could not be written, so none was asked for: {reason}. The token is as before."
                ),
                true,
            ),
            (Reply::Answer(Ok(answer)), Step::Calling { with, at }) => {
                let Some(new) = with.renewed(answer, &self.start_url, &self.target.region, now) else {
                    return Vec::new();
                };
                self.step = Step::ReadingBeforeWrite { with, new, at };
                vec![self.read()]
            }
            (Reply::Answer(Err(error)), Step::Calling { with, .. }) => self.refused(with, error, now),
            (Reply::Written(Ok(())), Step::Writing { with, new, at }) => {
                self.finish(Outcome::Refreshed { expires_at: new.expires_at(), of: with.expires_at(), at })
            }
            (Reply::Written(Err(reason)), Step::Writing { new, .. }) => {
                self.tries += 1;
                if new.expires_at() <= now || self.gives_up && self.tries >= TRIES_TO_WRITE {
                    return self.fail(format!("The renewed token could not be written: {reason}."), false);
                }
                self.wake_at = Some(after(now, pause(self.tries, LONGEST_PAUSE)));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn read_it(&mut self, file: Content<Dated<Renewable>>, now: Timestamp) -> Vec<Do> {
        match (file, self.step.clone()) {
            (Content::Unreadable { reason }, Step::Reading) => {
                self.fail(format!("The token file cannot be read: {reason}."), true)
            }
            (Content::Read(Dated { token: Err(damage), .. }), Step::Reading) => {
                self.fail(format!("The token file is damaged: {damage}. Sign in again."), true)
            }
            (file, Step::Reading) => match live(file) {
                Some((with, made)) if self.is_wanted(&with, made, now) => {
                    self.step = Step::Testing { with };
                    vec![Do::TestWrite(self.session.clone())]
                }
                _ => self.finish(Outcome::NothingToDo),
            },
            // Somebody signed out meanwhile: a token written now would look alive and be dead.
            (Content::Missing, Step::ReadingInDoubt { .. } | Step::ReadingBeforeWrite { .. }) => {
                self.finish(Outcome::NothingToDo)
            }
            (file, Step::ReadingInDoubt { with, error, looks }) => match live(file) {
                Some((token, _)) if token.expires_at() > with.expires_at() => self.finish(Outcome::NothingToDo),
                Some((token, _)) if token.refresh_token() != with.refresh_token() && token.can_refresh(now) => {
                    self.call(token, now)
                }
                _ if looks < DOUBT.len() => self.doubt(with, error, looks, now),
                Some(_) => self.finish(Outcome::Refused {
                    expires_at: with.expires_at(),
                    grant_is_over: matches!(error.kind, ErrorKind::InvalidGrant | ErrorKind::ExpiredToken),
                    why: (error.kind == ErrorKind::CredentialsChanged).then(|| error.sentence()),
                }),
                None => self.fail("The token file cannot be read at the moment.".into(), true),
            },
            (file, Step::ReadingBeforeWrite { with, new, at }) => match live(file) {
                // Somebody else refreshed or signed in meanwhile: theirs stays.
                Some((token, _)) if is_theirs(&token, &with, &new, now) => self.finish(Outcome::NothingToDo),
                _ => {
                    let write = new.write(self.file());
                    self.step = Step::Writing { with, new, at };
                    vec![write]
                }
            },
            (
                _,
                Step::Locking
                | Step::Testing { .. }
                | Step::Calling { .. }
                | Step::Doubting { .. }
                | Step::Writing { .. },
            ) => Vec::new(),
        }
    }

    /// Goes on by itself when its time has come.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Do> {
        if self.outcome.is_some() || !is_due(self.wake_at, now) {
            return Vec::new();
        }
        self.wake_at = None;
        match self.step.clone() {
            Step::Locking => vec![Do::Lock(self.lock())],
            Step::Doubting { with, error, looks } => {
                self.step = Step::ReadingInDoubt { with, error, looks: looks + 1 };
                vec![self.read()]
            }
            // Before each try the file is read again: somebody may have written a better one.
            Step::Writing { with, new, at } => {
                self.step = Step::ReadingBeforeWrite { with, new, at };
                vec![self.read()]
            }
            Step::Reading
            | Step::Testing { .. }
            | Step::Calling { .. }
            | Step::ReadingInDoubt { .. }
            | Step::ReadingBeforeWrite { .. } => Vec::new(),
        }
    }

    /// Which session it is for.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// When to call [`Self::tick`].
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.wake_at
    }

    /// How it ended, once it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Whether AWS may have used the refresh token up, and what it gave for it is not written yet.
    pub fn is_saving(&self) -> bool {
        matches!(self.step, Step::Calling { .. } | Step::ReadingBeforeWrite { .. } | Step::Writing { .. })
    }

    /// How often the renewed token could not be written in a row, while it is kept for the next try.
    pub fn failed_writes(&self) -> u32 {
        match self.step {
            Step::Writing { .. } | Step::ReadingBeforeWrite { .. } => self.tries,
            _ => 0,
        }
    }

    /// Another process may have refreshed while we waited for the lock.
    fn is_wanted(&self, token: &Renewable, made: Option<Timestamp>, now: Timestamp) -> bool {
        let just_made = made.is_some_and(|made| until(made, now).abs() < NOT_TWICE_WITHIN);
        token.can_refresh(now) && (token.due(made) <= now || self.asked && !just_made)
    }

    fn refused(&mut self, with: Renewable, error: CallError, now: Timestamp) -> Vec<Do> {
        match error.kind {
            ErrorKind::InvalidGrant
            | ErrorKind::ExpiredToken
            | ErrorKind::InvalidClient
            | ErrorKind::UnauthorizedClient
            | ErrorKind::AccessDenied
            | ErrorKind::LoginOver
            | ErrorKind::CredentialsChanged => self.doubt(with, error, 0, now),
            ErrorKind::Network | ErrorKind::Timeout | ErrorKind::BadAnswer => {
                self.finish(Outcome::Offline { message: error.sentence() })
            }
            _ => self.fail(error.sentence(), true),
        }
    }

    /// Looks into the file once more in a moment, after `looks`.
    fn doubt(&mut self, with: Renewable, error: CallError, looks: usize, now: Timestamp) -> Vec<Do> {
        let pause = DOUBT.get(looks).copied().unwrap_or_default();
        self.step = Step::Doubting { with, error, looks };
        self.wake_at = Some(after(now, SignedDuration::from_millis(pause)));
        Vec::new()
    }

    fn call(&mut self, with: Renewable, now: Timestamp) -> Vec<Do> {
        match with.refresh(&self.target) {
            Some((target, operation)) if with.can_refresh(now) => {
                self.step = Step::Calling { with, at: now };
                vec![Do::Call(Call { target, operation })]
            }
            _ => self.finish(Outcome::NothingToDo),
        }
    }

    fn read(&self) -> Do {
        match self.session.kind() {
            SessionKind::Login => Do::ReadLogin(self.file()),
            SessionKind::SsoSession | SessionKind::Legacy => Do::ReadToken(self.file()),
        }
    }

    fn lock(&self) -> Lock {
        Lock::Refresh(self.file())
    }

    fn file(&self) -> CacheName {
        self.session.token_file()
    }

    fn fail(&mut self, message: String, again: bool) -> Vec<Do> {
        self.finish(Outcome::Failed { message, again })
    }

    fn finish(&mut self, outcome: Outcome) -> Vec<Do> {
        (self.outcome, self.wake_at) = (Some(outcome), None);
        Vec::new()
    }
}

pub(super) fn lock_pause(tries: u32) -> SignedDuration {
    (SignedDuration::from_millis(100) * (1 << tries.saturating_sub(1).min(10))).min(LONGEST_LOCK_PAUSE)
}

/// Whether the file holds what another client wrote since `with` was read, and that is worth keeping.
fn is_theirs(file: &Renewable, with: &Renewable, new: &Renewable, now: Timestamp) -> bool {
    let is_another = file.mark() != with.mark() || file.refresh_token() != with.refresh_token();
    // Near the session's end the new token may end no later than the one that it replaces.
    is_another
        && (file.can_refresh(now) || until(new.expires_at(), file.expires_at()) > OUTLIVES)
        && (file.expires_at() > new.expires_at()
            || file.refresh_token() != with.refresh_token() && file.expires_at() > now)
}

fn live(file: Content<Dated<Renewable>>) -> Option<(Renewable, Option<Timestamp>)> {
    match file {
        Content::Read(Dated { token: Ok(token), modified }) => Some((token, modified)),
        Content::Read(Dated { token: Err(_), .. }) | Content::Missing | Content::Unreadable { .. } => None,
    }
}

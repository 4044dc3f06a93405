//! Signing in, from the click to the token file: by a browser that comes back (PKCE), or by a code that is compared
//! (device authorization). One attempt for each session, and one page at a time, whichever process asked.

mod aws_login;
mod by_code;
mod by_redirect;
mod device;
mod portal;
mod redirect;
mod register;
mod renew;
mod save;
mod shown;
mod wish;

pub use redirect::{Arrival, Listening, NoCode, arrival};
pub use wish::{Wanted, Wish};

use super::call::{Call, CallError, ErrorKind, Operation, Target};
use super::renewable::Renewable;
use super::{Began, Do, LONGEST_PAUSE, Lock, Outcome, Reply, is_due, pause};
use crate::cache::{CacheName, Registration};
use crate::config::{Endpoints, Remote, Session, SessionId, SessionKind};
use crate::time::{Timestamp, after, until};
use crate::view::By;
use crate::world::{Content, Dated};
use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};
use device::{Device, LONGEST_RETRY, LONGEST_WAIT};
use redirect::{Asker, Away};
use save::{expires_at, mark};
use wish::Way;

/// How often registering and starting are tried while the network is away: a person is waiting.
const TRIES_TO_START: u32 = 4;
/// A server that says nothing at all takes half a minute each time.
const TRIES_OF_SILENCE: u32 = 2;

/// One sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is told to it or found out on its own")]
pub struct SignIn {
    session: Session,
    /// The start URL that AWS is named.
    portal: String,
    target: Target,
    by: By,
    since: Timestamp,
    way: Way,
    /// Why it is not the way that the person would expect.
    note: Option<String>,
    renew: bool,
    began: Began,
    opens_browser: bool,
    /// What the token file held before: tells whether another process's sign-in succeeded.
    before: Content<Dated<Renewable>>,
    step: Step,
    /// When to go on by ourselves.
    wake_at: Option<Timestamp>,
    /// Failures in a row of the present step.
    tries: u32,
    /// The registration was made just now, so another one will not help.
    fresh_client: bool,
    /// A browser came back and waits for its answer.
    is_awaited: bool,
    /// Why no browser could be started: the person opens the page by hand.
    browser_error: Option<String>,
    outcome: Option<Outcome>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Locking,
    LookingAgain,
    Elsewhere,
    ReadingAfterElsewhere,
    TakingTurn,
    WaitingForTurn,
    Resolving,
    Testing,
    ReadingOld,
    EndingOld,
    RemovingOld,
    FindingRegistration,
    Registering,
    Starting(Registration),
    Waiting(Device),
    Polling(Device),
    Opening(Asker),
    Away(Away),
    Redeeming(Away, Operation),
    /// And how often the lock was held by another.
    TakingFile(Renewable, u32),
    Saving(Renewable),
    Telling(Outcome),
}

impl SignIn {
    /// Begins. `before` is what the token file holds now; `remote`, why a browser cannot come back to this machine.
    pub fn begin(
        wish: &Wish,
        session: Session,
        endpoints: Endpoints,
        remote: Option<Remote>,
        by: By,
        before: Content<Dated<Renewable>>,
        now: Timestamp,
    ) -> (Self, Vec<Do>) {
        let target = Target::new(&session, endpoints);
        // Without a terminal there is nowhere to paste the code of `aws login`.
        let must_come_back = session.id.kind() == SessionKind::Login && by != By::Terminal;
        let (way, note) = if must_come_back { (Way::Redirect, None) } else { wish.way(remote) };
        let sign_in = Self {
            portal: session.start_url.clone(),
            session,
            target,
            by,
            since: now,
            way,
            note,
            renew: wish.renew,
            began: Began::Unsure,
            opens_browser: wish.opens_browser,
            before,
            step: Step::Locking,
            wake_at: None,
            tries: 0,
            fresh_client: false,
            is_awaited: false,
            browser_error: None,
            outcome: None,
        };
        let first = vec![Do::Lock(sign_in.lock())];
        (sign_in, first)
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
            (Reply::Locked, Step::Locking) => {
                self.step = Step::LookingAgain;
                vec![self.read()]
            }
            (Reply::Token(file), _) => self.read_it(file.map(|file| file.map(Renewable::Token)), now),
            (Reply::Login(file), _) => self.read_it(file.map(|file| file.map(Renewable::Login)), now),
            (Reply::Locked, Step::TakingTurn) => self.test_write(),
            (Reply::Written(Ok(())), Step::Testing) => self.start_over(),
            (Reply::Written(Err(reason)), Step::Testing) => {
                self.fail(format!("A token could not be written, so no sign-in was begun: {reason}."), true)
            }
            (Reply::LockHeld, Step::Locking) => {
                (self.step, self.wake_at) = (Step::Elsewhere, Some(after(now, LONGEST_PAUSE)));
                vec![Do::AwaitLock(self.lock())]
            }
            (Reply::LockHeld, Step::TakingTurn) => {
                self.step = Step::WaitingForTurn;
                let mut next = self.publish();
                next.push(Do::AwaitLock(Lock::Browser));
                next
            }
            (Reply::LockFreed, Step::WaitingForTurn) => self.take_turn(),
            (Reply::LockFailed(reason), step) if step.is_before_the_start() => {
                self.fail(format!("Relight's own folder cannot be written: {reason}."), false)
            }
            (Reply::LockFreed, Step::Elsewhere) => {
                (self.step, self.wake_at) = (Step::ReadingAfterElsewhere, None);
                vec![self.read()]
            }
            (Reply::Answer(answer), Step::Resolving) => self.found_portal(answer, now),
            (Reply::Answer(answer), Step::EndingOld) => self.ended_old(&answer, now),
            (Reply::Written(_), Step::RemovingOld) => self.find_registration(),
            (Reply::Registrations(found), Step::FindingRegistration) => match self.usable(found, now) {
                Some(client) => self.start(client),
                None => self.register(),
            },
            (Reply::Answer(answer), Step::Registering) => self.registered(answer, now),
            (Reply::Answer(answer), Step::Starting(client)) => self.started(answer, client, now),
            (Reply::Answer(answer), Step::Polling(device)) => self.polled(answer, device, now),
            (Reply::Listening(listening), Step::Opening(asker)) => self.send_away(asker, listening, now),
            (Reply::Drawn { state, verifier }, Step::Opening(_)) => self.send_to_another_device(state, verifier, now),
            (Reply::Pasted(text), Step::Away(away)) => self.pasted(text.as_ref(), away),
            (Reply::ListenFailed(reason), Step::Opening(_)) => {
                self.use_code_because(&format!("No port of this machine can be listened on ({reason})."))
            }
            (Reply::Redirected(back), Step::Away(away)) => self.came_back(back, away),
            (Reply::Answer(answer), Step::Redeeming(away, redeem)) => self.redeemed(answer, away, redeem, now),
            (Reply::Locked | Reply::LockFailed(_), Step::TakingFile(token, _)) => self.write(token),
            (Reply::LockHeld, Step::TakingFile(token, tries)) => self.file_is_taken(token, tries + 1, now),
            (Reply::Written(written), Step::Saving(token)) => self.written(written, &token, now),
            (Reply::BrowserTold, Step::Telling(outcome)) => self.finish(outcome),
            (Reply::BrowserFailed(reason), _) => {
                self.browser_error = Some(reason);
                self.publish()
            }
            // An answer to something that was not asked in this step.
            _ => Vec::new(),
        }
    }

    fn read_it(&mut self, file: Content<Dated<Renewable>>, now: Timestamp) -> Vec<Do> {
        match self.step {
            Step::LookingAgain if self.is_done(&file, now) => self.finish(Outcome::SignedInElsewhere),
            Step::LookingAgain if self.opens_browser => self.take_turn(),
            Step::LookingAgain => self.test_write(),
            Step::ReadingAfterElsewhere => {
                let new = mark(&file).is_some() && mark(&file) != mark(&self.before);
                self.finish(if new { Outcome::SignedInElsewhere } else { Outcome::EndedElsewhere })
            }
            Step::ReadingOld => self.end_old(file, now),
            _ => Vec::new(),
        }
    }

    /// Goes on by itself when its time has come.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Do> {
        if self.outcome.is_some() || !is_due(self.wake_at, now) {
            return Vec::new();
        }
        self.wake_at = None;
        match self.step.clone() {
            Step::Resolving => vec![self.ask_for_portal()],
            Step::Registering => vec![self.call(self.registration())],
            Step::Starting(client) => self.start(client),
            Step::Waiting(device) => self.poll(device, now),
            Step::Away(away) => self.wait_on(away, now),
            Step::Redeeming(_, redeem) => vec![self.call(redeem)],
            Step::Elsewhere if until(self.since, now) > LONGEST_WAIT => self.finish(Outcome::EndedElsewhere),
            Step::Elsewhere => {
                self.wake_at = Some(after(now, LONGEST_PAUSE));
                Vec::new()
            }
            Step::TakingFile(..) => vec![Do::Lock(self.file_lock())],
            Step::Saving(token) => self.take_file(token),
            _ => Vec::new(),
        }
    }

    /// The person gives it up. Once AWS gave the token out, it is too late for that.
    pub fn cancel(&mut self) {
        let outcome = match &self.step {
            Step::TakingFile(..) | Step::Saving(_) => return,
            // Only the browser was not answered yet.
            Step::Telling(outcome) => outcome.clone(),
            _ => Outcome::Cancelled,
        };
        self.outcome.get_or_insert(outcome);
    }

    /// Whether AWS gave the token out and it is not written yet.
    pub fn is_saving(&self) -> bool {
        matches!(self.step, Step::TakingFile(..) | Step::Saving(_))
    }

    /// Which session it is for.
    pub fn session(&self) -> &SessionId {
        &self.session.id
    }

    /// When to call [`Self::tick`].
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.wake_at
    }

    /// How it ended, once it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// When the old session was ended at AWS for this one, if it was: whatever becomes of the sign-in then.
    pub fn logged_out_at(&self) -> Option<Timestamp> {
        match self.began {
            Began::Anew(at) => Some(at),
            Began::Unsure | Began::NotAnew(_) => None,
        }
    }

    /// The page to open, once there is one.
    pub fn page(&self) -> Option<&str> {
        match &self.step {
            Step::Waiting(device) | Step::Polling(device) => Some(&device.verification_uri_complete),
            Step::Away(away) => Some(&away.page),
            _ => None,
        }
    }

    /// Whether somebody else signed in just before the lock was ours.
    fn is_done(&self, token: &Content<Dated<Renewable>>, now: Timestamp) -> bool {
        let lives = |file: &Content<Dated<Renewable>>| expires_at(file).is_some_and(|end| end > now);
        !self.renew && lives(token) && !lives(&self.before)
    }

    fn take_turn(&mut self) -> Vec<Do> {
        self.step = Step::TakingTurn;
        vec![Do::Lock(Lock::Browser)]
    }

    /// A person is not to sign in for nothing, nor an old session to be ended for it.
    fn test_write(&mut self) -> Vec<Do> {
        self.step = Step::Testing;
        vec![Do::TestWrite(self.session.id.clone())]
    }

    /// From the beginning, now that it is this sign-in's turn.
    fn start_over(&mut self) -> Vec<Do> {
        if self.is_aws_login() { self.begin_aws_login() } else { self.find_portal() }
    }

    fn begin_with_portal(&mut self) -> Vec<Do> {
        if self.renew {
            return self.read_old();
        }
        self.find_registration()
    }

    fn start(&mut self, client: Registration) -> Vec<Do> {
        match self.way {
            Way::Device => self.start_device(client),
            Way::Redirect => {
                self.step = Step::Opening(Asker::Registered(client));
                vec![Do::Listen]
            }
        }
    }

    fn try_again(&mut self, error: &CallError, now: Timestamp) -> Vec<Do> {
        self.tries += 1;
        let most = if error.kind == ErrorKind::Timeout { TRIES_OF_SILENCE } else { TRIES_TO_START };
        if !error.passes() || self.tries >= most {
            return self.fail(error.sentence(), error.passes());
        }
        self.wake_at = Some(after(now, pause(self.tries, LONGEST_RETRY)));
        Vec::new()
    }

    fn call(&self, operation: Operation) -> Do {
        Do::Call(Call { target: self.target.clone(), operation })
    }

    fn publish(&self) -> Vec<Do> {
        self.shown().map(|login| Do::Publish(self.token_file(), login)).into_iter().collect()
    }

    fn read(&self) -> Do {
        match self.session.id.kind() {
            SessionKind::Login => Do::ReadLogin(self.token_file()),
            SessionKind::SsoSession | SessionKind::Legacy => Do::ReadToken(self.token_file()),
        }
    }

    fn lock(&self) -> Lock {
        Lock::Attempt(self.token_file())
    }

    fn token_file(&self) -> CacheName {
        self.session.id.token_file()
    }
}

impl Step {
    /// Nothing was asked of AWS or the person yet.
    fn is_before_the_start(&self) -> bool {
        matches!(self, Self::Locking | Self::Elsewhere | Self::TakingTurn | Self::WaitingForTurn)
    }
}

/// The registration is what AWS refuses: a new one may help (aws-sessions.md 3.6).
fn needs_new_client(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::InvalidClient | ErrorKind::UnauthorizedClient)
}

/// AWS does not offer this way of signing in, or not to this client.
fn is_not_to_be_had(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Unsupported) || needs_new_client(kind)
}

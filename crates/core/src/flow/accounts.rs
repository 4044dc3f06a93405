//! What a person may use: the accounts of their session, then the roles of each (aws-sessions.md 4). One call at a time,
//! at most five a second. The token is renewed first where that is due, and once more where the portal refuses it.

use super::call::{Answer, Call, CallError, ErrorKind, Operation, Target};
use super::{Do, LONGEST_PAUSE, Lock, Outcome, Refresh, Reply, is_due, pause};
use crate::accounts::{Account, Accounts, LeftOut, StartUrl};
use crate::cache::Token;
use crate::config::{Endpoints, Session, SessionId};
use crate::secret::Secret;
use crate::time::{SignedDuration, Timestamp, after};
use crate::world::{Content, TokenFile};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde::Serialize;

/// From one call to the next: the portal refuses more than about five a second (aws-sessions.md 4).
const PACE: SignedDuration = SignedDuration::from_millis(200);
/// How often a call is tried that the portal asks to slow down: two minutes in all.
const TRIES_WHEN_THROTTLED: u32 = 8;
/// How often a call is tried that fails otherwise.
const TRIES: u32 = 4;

/// One listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    session: Session,
    endpoints: Endpoints,
    target: Target,
    gives_up: bool,
    step: Step,
    access_token: Secret,
    /// When it ends, as its file says.
    token_ends_at: Timestamp,
    /// The portal refused the token since it last answered.
    refused: bool,
    /// Whether all accounts are known, so that their roles are asked for.
    knows_accounts: bool,
    found: Accounts,
    /// Of how many accounts the roles were asked for.
    asked: usize,
    /// Of the page to ask for.
    next_token: Option<String>,
    called_at: Option<Timestamp>,
    tries: u32,
    wake_at: Option<Timestamp>,
    outcome: Option<Outcome>,
}

/// How far a listing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Progress {
    /// Accounts found so far.
    pub accounts: usize,
    /// Accounts whose roles are known.
    pub asked: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Renewing(Box<Refresh>),
    /// What became of renewing, in case that the token in the file is of no use.
    Reading(Outcome),
    Calling,
    /// Until the next call.
    Waiting,
}

impl Listing {
    /// Begins. `gives_up` as for [`Refresh::begin`].
    pub fn begin(session: &Session, endpoints: Endpoints, gives_up: bool) -> (Self, Vec<Do>) {
        let (refresh, first) = Refresh::begin(session, endpoints.clone(), false, gives_up);
        let listing = Self {
            session: session.clone(),
            target: Target::new(session, endpoints.clone()),
            endpoints,
            gives_up,
            step: Step::Renewing(Box::new(refresh)),
            access_token: Secret::new(""),
            token_ends_at: Timestamp::MIN,
            refused: false,
            knows_accounts: false,
            found: Accounts::default(),
            asked: 0,
            next_token: None,
            called_at: None,
            tries: 0,
            wake_at: None,
            outcome: None,
        };
        (listing, first)
    }

    /// Goes on with what became of the last thing to do.
    pub fn on(&mut self, reply: Reply, now: Timestamp) -> Vec<Do> {
        match (reply, &mut self.step) {
            (reply, Step::Renewing(refresh)) => {
                let next = refresh.on(reply, now);
                self.after_renewing(next)
            }
            (Reply::Token(file), Step::Reading(outcome)) => {
                let outcome = outcome.clone();
                self.read(file, outcome, now)
            }
            (Reply::Answer(answer), Step::Calling) => match answer {
                Ok(answer) => self.answered(answer, now),
                Err(error) => self.failed(&error, now),
            },
            _ => Vec::new(),
        }
    }

    /// Goes on by itself when its time has come.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Do> {
        if self.outcome.is_some() || !is_due(self.wake_at, now) {
            return Vec::new();
        }
        match &mut self.step {
            Step::Renewing(refresh) => {
                let next = refresh.tick(now);
                self.after_renewing(next)
            }
            Step::Waiting => {
                self.wake_at = None;
                self.call(now)
            }
            Step::Reading(_) | Step::Calling => Vec::new(),
        }
    }

    /// Which session it is for.
    pub fn session(&self) -> &SessionId {
        &self.session.id
    }

    /// The end of the token that the portal took no more, where that was the last word.
    pub fn not_taken(&self) -> Option<Timestamp> {
        (self.refused && self.outcome.is_some()).then_some(self.token_ends_at)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress { accounts: self.found.accounts.len(), asked: self.asked }
    }

    /// When to call [`Self::tick`].
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.wake_at
    }

    /// How it ended, once it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// The refresh that it waits for.
    pub fn refresh(&self) -> Option<&Refresh> {
        match &self.step {
            Step::Renewing(refresh) => Some(refresh),
            Step::Reading(_) | Step::Calling | Step::Waiting => None,
        }
    }

    /// Tries at once what its refresh would try later.
    pub fn hurry(&mut self, now: Timestamp) {
        if let Step::Renewing(refresh) = &mut self.step {
            refresh.hurry(now);
            self.wake_at = refresh.wake_at();
        }
    }

    /// What the refresh wants done; when it is over, whatever came of it, the token is read.
    fn after_renewing(&mut self, mut next: Vec<Do>) -> Vec<Do> {
        let Step::Renewing(refresh) = &self.step else { return next };
        self.wake_at = refresh.wake_at();
        if let Some(outcome) = refresh.outcome() {
            self.step = Step::Reading(outcome.clone());
            // Others may renew while the roles are listed, which takes minutes in a large organisation.
            next.extend([
                Do::Unlock(Lock::Refresh(self.session.id.token_file())),
                Do::ReadToken(self.session.id.token_file()),
            ]);
        }
        next
    }

    fn read(&mut self, file: Content<TokenFile>, renewed: Outcome, now: Timestamp) -> Vec<Do> {
        let token = match file {
            Content::Read(TokenFile { token: Ok(token), .. }) => Some(token),
            Content::Read(_) | Content::Missing | Content::Unreadable { .. } => None,
        };
        // The very token that the portal refused is of no use, however long it claims to live.
        let is_refused = |token: &Token| self.refused && token.access_token == self.access_token;
        let useful = token.filter(|token| {
            token.expires_at > now && !is_refused(token) && !is_of_another(token, &self.session.start_url)
        });
        match (useful, renewed) {
            (Some(token), _) => {
                self.target = self.target.of_token(&token);
                (self.access_token, self.token_ends_at) = (token.access_token, token.expires_at);
                self.call(now)
            }
            (None, outcome @ (Outcome::Failed { .. } | Outcome::Offline { .. } | Outcome::Refused { .. })) => {
                self.finish(outcome)
            }
            (None, _) => self.finish(Outcome::NotSignedIn),
        }
    }

    fn answered(&mut self, answer: Answer, now: Timestamp) -> Vec<Do> {
        (self.refused, self.tries) = (false, 0);
        let next_token = match answer {
            Answer::Accounts { accounts, next_token } if !self.knows_accounts => {
                self.found.accounts.extend(accounts);
                next_token
            }
            Answer::AccountRoles { roles, next_token } if self.knows_accounts => {
                if let Some(account) = self.found.accounts.get_mut(self.asked) {
                    account.roles.extend(roles);
                }
                next_token
            }
            // Nothing else was asked.
            _ => return Vec::new(),
        };
        if next_token.is_some() && next_token == self.next_token {
            let message = "The portal's list does not end: it gives the same page again. Try again later.".into();
            return self.finish(Outcome::Failed { message, again: true });
        }
        self.turn_page(next_token);
        self.call(now)
    }

    fn turn_page(&mut self, next_token: Option<String>) {
        match (&next_token, self.knows_accounts) {
            (Some(_), _) => {}
            (None, false) => self.knows_accounts = true,
            (None, true) => self.asked += 1,
        }
        self.next_token = next_token;
    }

    fn failed(&mut self, error: &CallError, now: Timestamp) -> Vec<Do> {
        if error.kind == ErrorKind::Unauthorized {
            if self.refused {
                return self.finish(Outcome::NotSignedIn);
            }
            self.refused = true;
            let (refresh, first) = Refresh::begin(&self.session, self.endpoints.clone(), true, self.gives_up);
            self.step = Step::Renewing(Box::new(refresh));
            return first;
        }
        if error.passes() {
            self.tries += 1;
            let throttled = matches!(error.kind, ErrorKind::TooManyRequests | ErrorKind::SlowDown);
            if self.tries < if throttled { TRIES_WHEN_THROTTLED } else { TRIES } {
                return self.wait_until(after(now, pause(self.tries, LONGEST_PAUSE)));
            }
            return self.finish(Outcome::Failed { message: error.sentence(), again: true });
        }
        // One account that the portal does not open must not hide the others.
        match self.found.accounts.get(self.asked).filter(|_| self.knows_accounts) {
            Some(account) => {
                let left_out = LeftOut { account_id: account.id.clone(), why: error.said.clone() };
                self.found.left_out.push(left_out);
                self.tries = 0;
                self.turn_page(None);
                self.call(now)
            }
            None => self.finish(Outcome::Failed { message: error.sentence(), again: false }),
        }
    }

    /// Makes the next call, or waits until it may.
    fn call(&mut self, now: Timestamp) -> Vec<Do> {
        if self.knows_accounts && self.asked >= self.found.accounts.len() {
            let found = core::mem::take(&mut self.found);
            return self.finish(Outcome::Listed(found.in_order()));
        }
        let earliest = self.called_at.map(|at| after(at, PACE));
        if earliest.is_some_and(|earliest| !is_due(Some(earliest), now)) {
            return self.wait_until(earliest.unwrap_or(now));
        }
        let (access_token, next_token) = (self.access_token.clone(), self.next_token.clone());
        let operation = match self.found.accounts.get(self.asked).filter(|_| self.knows_accounts) {
            Some(Account { id, .. }) => {
                Operation::ListAccountRoles { access_token, account_id: id.clone(), next_token }
            }
            None => Operation::ListAccounts { access_token, next_token },
        };
        (self.step, self.called_at) = (Step::Calling, Some(now));
        vec![Do::Call(Call { target: self.target.clone(), operation })]
    }

    fn wait_until(&mut self, at: Timestamp) -> Vec<Do> {
        (self.step, self.wake_at) = (Step::Waiting, Some(at));
        Vec::new()
    }

    fn finish(&mut self, outcome: Outcome) -> Vec<Do> {
        (self.outcome, self.wake_at) = (Some(outcome), None);
        Vec::new()
    }
}

/// Whether a token is left of another organisation, whose session had the same name.
fn is_of_another(token: &Token, start_url: &str) -> bool {
    let portal = |url: &str| StartUrl::read(url).ok().map(|portal| portal.url);
    let pair = token.start_url.as_deref().and_then(portal).zip(portal(start_url));
    pair.is_some_and(|(theirs, ours)| theirs != ours)
}

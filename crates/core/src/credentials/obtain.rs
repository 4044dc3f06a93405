//! From a plan to credentials: back along its steps to a cache that serves, then forth again with calls. A machine
//! that says what it needs and is told what became of it; the clock is an argument.

use super::{AccessKeys, Assumed, CallFailure, Plan, Source, Sts, write_sso};
use crate::cache::{CacheName, Token};
use crate::config::{AssumeRole, Session, SessionKind};
use crate::flow::{Outcome, Target, login_refresh_due, refresh_due};
use crate::secret::Secret;
use crate::text::{command_for, shown};
use crate::time::{Timestamp, until};
use crate::world::{Content, TokenFile};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Something that the engine is to do; what answers it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// Read a file of `cli/cache`. → [`Got::Cached`]
    Cached(CacheName),
    /// Wait until no other process gets the credentials of this file, and keep others waiting until the end.
    /// → [`Got::Locked`]
    Lock(CacheName),
    /// Read the session's token file. → [`Got::Token`]
    Token(CacheName),
    /// Refresh the session's token. → [`Got::Refreshed`]
    Refresh(Session, Target),
    /// Call the portal. → [`Got::Keys`]
    RoleCredentials {
        /// Where.
        target: Target,
        /// Who asks.
        access_token: Secret,
        /// In which account.
        account_id: String,
        /// Which role.
        role_name: String,
    },
    /// Ask the person at the terminal for the code of this MFA device. → [`Got::Code`]
    Code(String),
    /// Call sts with these credentials. → [`Got::Assumed`]
    AssumeRole {
        /// Where.
        sts: Sts,
        /// What for.
        request: AssumeRole,
        /// Who asks.
        keys: AccessKeys,
        /// What the person typed.
        code: Option<Secret>,
    },
    /// Read a web identity token and call sts. → [`Got::Assumed`] or [`Got::Failed`]
    WebIdentity {
        /// Where.
        sts: Sts,
        /// What for.
        request: AssumeRole,
        /// The token's path.
        token_file: String,
    },
    /// Run a `credential_process`. → [`Got::Keys`] or [`Got::Failed`]
    Run {
        /// Whose it is.
        profile: String,
        /// Its command line.
        command: Secret,
    },
    /// Read the environment. → [`Got::Keys`] or [`Got::Failed`]
    Environment,
    /// Read a token of `aws login`. → [`Got::Cached`]
    Login(CacheName),
    /// Write a file of `cli/cache` whole. → [`Got::Written`]
    Write(CacheName, Secret),
    /// That is all.
    End(Result<AccessKeys, Failure>),
}

/// What became of a [`Need`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// What a file holds; none where it is not there or not whole.
    Cached(Option<AccessKeys>),
    /// The lock was taken, or waited for long enough.
    Locked,
    /// The file was written; nothing depends on it.
    Written,
    /// The token file, and the end of the token that AWS is known not to renew.
    Token(Content<TokenFile>, Option<Timestamp>),
    /// How the refresh ended.
    Refreshed(Outcome),
    /// Credentials.
    Keys(Result<AccessKeys, CallFailure>),
    /// A role's credentials.
    Assumed(Result<Assumed, CallFailure>),
    /// What the person typed; none where there is no terminal to ask at.
    Code(Option<Secret>),
    /// It did not work: a sentence.
    Failed(String),
}

/// Why there are no credentials: a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A person must do something first: sign in, type a code.
    Person(String),
    /// The world failed.
    World(String),
}

/// One way through a plan.
#[derive(Clone, Debug)]
pub struct Obtain {
    plan: Plan,
    /// The step that it stands at.
    at: usize,
    /// What the step before gave.
    keys: Option<AccessKeys>,
    /// What the caches hold that still lives, but not for long: better than nothing.
    ending: Vec<Option<AccessKeys>>,
    /// Whether the lock of the step is held.
    locked: bool,
    /// Whether the token was refreshed, and how that ended.
    refreshed: Option<Outcome>,
    /// The token that the portal was shown last.
    token: Option<Token>,
    revoked: Option<(CacheName, Timestamp)>,
}

impl Obtain {
    /// Begins at the end: what is cached there needs nothing else.
    pub fn begin(plan: Plan) -> (Self, Need) {
        let at = plan.steps.len().saturating_sub(1);
        let ending = plan.steps.iter().map(|_| None).collect();
        let mut obtain =
            Self { plan, at, keys: None, ending, locked: false, refreshed: None, token: None, revoked: None };
        let first = obtain.look();
        (obtain, first)
    }

    /// The token, by its file and the end that it says, that the portal took no more before that end.
    pub fn revoked(&self) -> Option<&(CacheName, Timestamp)> {
        self.revoked.as_ref()
    }

    /// Goes on.
    pub fn on(&mut self, got: Got, now: Timestamp) -> Need {
        let Some(step) = self.plan.steps.get(self.at).cloned() else {
            return Need::End(Err(Failure::World("There is nothing to get credentials from.".into())));
        };
        match (got, step) {
            (Got::Cached(keys), Source::Login { session }) => self.of_login(keys, session, now),
            (Got::Cached(keys), step) => self.cached(keys, &step, now),
            // The lock was waited for: whoever had it may have written the file.
            (Got::Locked, step) => self.after_lock(&step),
            (Got::Written, _) => self.forth(now),
            (Got::Token(file, refused), Source::Portal { session, target, account_id, role_name, .. }) => {
                match self.with_token(file, refused, &session, now) {
                    Ok(Use::Token(access_token)) => {
                        let target = self.token.as_ref().map_or(target.clone(), |token| target.of_token(token));
                        Need::RoleCredentials { target, access_token, account_id, role_name }
                    }
                    Ok(Use::Refresh) => Need::Refresh(session, target),
                    Err(failure) => self.fail(failure, now),
                }
            }
            (Got::Refreshed(outcome), Source::Portal { session, .. }) => {
                self.refreshed = Some(outcome);
                Need::Token(session.id.token_file())
            }
            (Got::Refreshed(outcome), Source::Login { session }) => {
                self.refreshed = Some(outcome);
                Need::Login(session.id.token_file())
            }
            (Got::Keys(Ok(keys)), Source::Portal { account_id, cache, .. }) => {
                let keys = keys.of_account(Some(&account_id));
                self.write(cache, write_sso(&keys), keys)
            }
            (Got::Keys(Ok(keys)), step) if !keys.is_live(now) => {
                let failure = match step {
                    Source::Environment => Failure::Person("The key in the environment has ended. Renew it.".into()),
                    _ => Failure::World(format!(
                        "'{}' gives credentials that have already ended.",
                        shown(&self.plan.profile)
                    )),
                };
                self.fail(failure, now)
            }
            (Got::Keys(Ok(keys)), _) => {
                self.keys = Some(keys);
                self.forth(now)
            }
            (Got::Keys(Err(failure)), Source::Portal { session, target, .. }) if failure.is_unauthorized() => {
                if self.refreshed.is_none() && self.token.as_ref().is_some_and(|token| token.can_refresh(now)) {
                    return Need::Refresh(session, target);
                }
                let end = self.token.as_ref().map(|token| token.expires_at).filter(|end| *end > now);
                self.revoked = end.map(|end| (session.id.token_file(), end));
                let name = shown(session.id.name());
                let message = format!("AWS does not know the sign-in to {name} any more. {}", sign_in(&session));
                self.fail(Failure::Person(message), now)
            }
            (Got::Keys(Err(failure)) | Got::Assumed(Err(failure)), step) => self.fail(failure.of(&step), now),
            (Got::Assumed(Ok(assumed)), Source::Assume { cache, .. } | Source::WebIdentity { cache, .. }) => {
                self.write(cache, assumed.write(), assumed.keys)
            }
            (Got::Code(Some(code)), Source::Assume { sts, request, .. }) => match self.keys.clone() {
                Some(keys) => Need::AssumeRole { sts, request, keys, code: Some(code) },
                None => self.fail(Failure::World("The role has nothing to start from.".into()), now),
            },
            (Got::Code(None), Source::Assume { profile, .. }) => {
                let name = shown(&profile);
                let command = command_for("relight credentials", &profile);
                let message = format!(
                    "'{name}' needs an MFA code, and there is no terminal to ask at. Run in a terminal: {command}"
                );
                self.fail(Failure::Person(message), now)
            }
            (Got::Failed(message), _) => self.fail(Failure::World(message), now),
            (Got::Token(..) | Got::Refreshed(_) | Got::Assumed(Ok(_)) | Got::Code(_), _) => {
                Need::End(Err(Failure::World("An answer came that nobody asked for.".into())))
            }
        }
    }

    /// Looks for what serves this step.
    fn look(&mut self) -> Need {
        let step = self.plan.steps.get(self.at);
        match step.and_then(Source::cache) {
            Some(cache) => Need::Cached(cache.clone()),
            None => self.fetch(),
        }
    }

    fn cached(&mut self, keys: Option<AccessKeys>, step: &Source, now: Timestamp) -> Need {
        match keys {
            Some(keys) if keys.is_fresh(now) => {
                self.keys = Some(keys);
                return self.forth(now);
            }
            Some(keys) if keys.is_live(now) => {
                if let Some(ending) = self.ending.get_mut(self.at) {
                    *ending = Some(keys);
                }
            }
            Some(_) | None => {}
        }
        match (self.locked, step.cache()) {
            (false, Some(cache)) => Need::Lock(cache.clone()),
            _ => self.back(),
        }
    }

    fn after_lock(&mut self, step: &Source) -> Need {
        self.locked = true;
        step.cache().map_or_else(|| self.fetch(), |cache| Need::Cached(cache.clone()))
    }

    /// This step's cache does not serve: first what it starts from.
    fn back(&mut self) -> Need {
        self.locked = false;
        if self.at == 0 {
            return self.fetch();
        }
        self.at -= 1;
        self.look()
    }

    /// This step is done: its credentials are for the next one.
    fn forth(&mut self, now: Timestamp) -> Need {
        self.at += 1;
        match (self.at == self.plan.steps.len(), self.keys.clone()) {
            (true, Some(keys)) => Need::End(Ok(keys)),
            (false, Some(_)) => self.fetch(),
            (_, None) => self.fail(Failure::World("The step before gave no credentials.".into()), now),
        }
    }

    fn fetch(&mut self) -> Need {
        match self.plan.steps.get(self.at).cloned() {
            Some(Source::Keys(keys)) => {
                self.keys = Some(keys.clone());
                self.at += 1;
                if self.at == self.plan.steps.len() { Need::End(Ok(keys)) } else { self.fetch() }
            }
            Some(Source::Environment) => Need::Environment,
            Some(Source::Portal { session, .. }) => Need::Token(session.id.token_file()),
            Some(Source::Login { session, .. }) => Need::Login(session.id.token_file()),
            Some(Source::Process { profile, command }) => Need::Run { profile, command },
            Some(Source::Assume { request, sts, .. }) => match (&request.serial_number, self.keys.clone()) {
                (Some(serial), _) => Need::Code(serial.clone()),
                (None, Some(keys)) => Need::AssumeRole { sts, request, keys, code: None },
                (None, None) => Need::End(Err(Failure::World("The role has nothing to start from.".into()))),
            },
            Some(Source::WebIdentity { token_file, request, sts, .. }) => {
                Need::WebIdentity { sts, request, token_file }
            }
            None => Need::End(Err(Failure::World("There is nothing to get credentials from.".into()))),
        }
    }

    /// Whether to show the token, or to refresh it first.
    fn with_token(
        &mut self,
        file: Content<TokenFile>,
        refused: Option<Timestamp>,
        session: &Session,
        now: Timestamp,
    ) -> Result<Use, Failure> {
        let (name, cure) = (shown(session.id.name()), sign_in(session));
        let (token, made) = match file {
            Content::Read(TokenFile { token: Ok(token), modified }) => (token, modified),
            Content::Missing => return Err(Failure::Person(format!("Nobody is signed in to {name}. {cure}"))),
            Content::Unreadable { reason } => {
                return Err(Failure::World(format!("The token of {name} cannot be read: {reason}.")));
            }
            Content::Read(TokenFile { token: Err(damage), .. }) => {
                return Err(Failure::Person(format!("The token of {name} is damaged: {damage}. {cure}")));
            }
        };
        let can_refresh =
            session.id.kind() == SessionKind::SsoSession && refused != Some(token.expires_at) && token.can_refresh(now);
        let is_live = token.expires_at > now;
        let is_due = !is_live || refresh_due(token.expires_at, made) <= now;
        let next = match &self.refreshed {
            None if can_refresh && is_due => Ok(Use::Refresh),
            _ if is_live => Ok(Use::Token(token.access_token.clone())),
            Some(Outcome::Failed { message, .. } | Outcome::Offline { message }) => {
                Err(Failure::World(message.clone()))
            }
            Some(_) | None => {
                let ago = crate::text::ago(until(token.expires_at, now));
                Err(Failure::Person(format!("The sign-in to {name} ended {ago}. {cure}")))
            }
        };
        self.token = Some(token);
        next
    }

    /// Keys live a quarter of an hour; those that end soon are renewed first, for as long as their session lives. Where
    /// that fails, live ones are better than none.
    fn of_login(&mut self, keys: Option<AccessKeys>, session: Session, now: Timestamp) -> Need {
        let is_due = |keys: &AccessKeys| keys.expires_at.is_some_and(|end| login_refresh_due(end, None) <= now);
        let may_be_used = |keys: &AccessKeys| keys.is_live(now) && (self.refreshed.is_some() || !is_due(keys));
        if let Some(keys) = keys.filter(may_be_used) {
            self.keys = Some(keys);
            return self.forth(now);
        }
        match &self.refreshed {
            None => {
                let target = Target::new(&session, session.endpoints.clone());
                Need::Refresh(session, target)
            }
            Some(Outcome::Offline { message } | Outcome::Failed { message, .. }) => {
                self.fail(Failure::World(message.clone()), now)
            }
            Some(_) => {
                let name = shown(session.id.name());
                let message = format!("There are no keys of {name} that have not ended. {}", sign_in(&session));
                self.fail(Failure::Person(message), now)
            }
        }
    }

    fn write(&mut self, cache: CacheName, text: Secret, keys: AccessKeys) -> Need {
        self.keys = Some(keys);
        self.locked = false;
        Need::Write(cache, text)
    }

    /// What is cached and still lives is better than nothing.
    fn fail(&mut self, failure: Failure, now: Timestamp) -> Need {
        let is_live = |keys: &Option<AccessKeys>| keys.as_ref().is_some_and(|keys| keys.is_live(now));
        let found = self.ending.iter().skip(self.at).rposition(is_live).map(|ahead| self.at + ahead);
        let keys = found.and_then(|at| Some((at, self.ending.get_mut(at)?.take()?)));
        match keys {
            Some((at, keys)) => {
                (self.at, self.keys) = (at, Some(keys));
                self.forth(now)
            }
            None => Need::End(Err(failure)),
        }
    }
}

/// What to do with a token.
enum Use {
    Token(Secret),
    Refresh,
}

fn sign_in(session: &Session) -> String {
    format!("Sign in: {}", command_for("relight login", session.id.name()))
}

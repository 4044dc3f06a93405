//! The device authorization sign-in: register, start, show the page, poll, save (aws-sessions.md 3.3, RFC 8628).

use super::call::{Answer, Call, CallError, Client, ErrorKind, Operation, Target};
use super::device::{Device, LONGEST_RETRY, LONGEST_WAIT, Polled};
use super::{Do, LONGEST_PAUSE, Lock, Outcome, Reply, TRIES_TO_WRITE, is_due, pause};
use crate::cache::{CacheName, Registration, Token, TokenClient, Tool, registration_key};
use crate::config::{Endpoints, Session, SessionId, SessionKind};
use crate::secret::Secret;
use crate::time::{SignedDuration, Timestamp, after, until, whole_seconds, write_date};
use crate::view::{By, Flow, Login, LoginState};
use crate::world::{Content, TokenFile};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// How often registering and starting are tried while the network is away: a person is waiting.
const TRIES_TO_START: u32 = 4;
/// A server that says nothing at all takes half a minute each time.
const TRIES_OF_SILENCE: u32 = 2;

/// One sign-in, from the click to the token file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceLogin {
    session: Session,
    target: Target,
    by: By,
    since: Timestamp,
    /// What the token file held before: tells whether another process's sign-in succeeded.
    before: Content<TokenFile>,
    step: Step,
    /// When to go on by ourselves.
    wake_at: Option<Timestamp>,
    /// Failures in a row of the present step.
    tries: u32,
    /// The registration was made just now, so another one will not help.
    fresh_client: bool,
    /// Why no browser could be started: the person opens the page by hand.
    browser_error: Option<String>,
    outcome: Option<Outcome>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Locking,
    Elsewhere,
    ReadingAfterElsewhere,
    FindingRegistration,
    Registering,
    Starting(Registration),
    Waiting(Device),
    Polling(Device),
    Saving(Token),
}

impl DeviceLogin {
    /// Begins. `before` is what the token file holds now.
    pub fn begin(
        session: Session,
        endpoints: Endpoints,
        by: By,
        before: Content<TokenFile>,
        now: Timestamp,
    ) -> (Self, Vec<Do>) {
        let target = Target::new(&session, endpoints);
        let login = Self {
            session,
            target,
            by,
            since: now,
            before,
            step: Step::Locking,
            wake_at: None,
            tries: 0,
            fresh_client: false,
            browser_error: None,
            outcome: None,
        };
        let first = vec![Do::Lock(login.lock())];
        (login, first)
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
            (Reply::Locked, Step::Locking) => self.find_registration(),
            (Reply::LockHeld, Step::Locking) => {
                (self.step, self.wake_at) = (Step::Elsewhere, Some(after(now, LONGEST_PAUSE)));
                vec![Do::AwaitLock(self.lock())]
            }
            (Reply::LockFailed(reason), Step::Locking | Step::Elsewhere) => {
                self.fail(alloc::format!("Relight's own folder cannot be written: {reason}."), false)
            }
            (Reply::LockFreed, Step::Elsewhere) => {
                (self.step, self.wake_at) = (Step::ReadingAfterElsewhere, None);
                vec![Do::ReadToken(self.token_file())]
            }
            (Reply::Token(token), Step::ReadingAfterElsewhere) => {
                let new = access_token(&token).is_some() && access_token(&token) != access_token(&self.before);
                self.finish(if new { Outcome::SignedInElsewhere } else { Outcome::EndedElsewhere })
            }
            (Reply::Registrations(found), Step::FindingRegistration) => {
                match found.into_iter().find(|one| one.serves_device_flow(now)) {
                    Some(client) => self.start(client),
                    None => self.register(),
                }
            }
            (Reply::Answer(answer), step) => self.answered(answer, step, now),
            (Reply::Written(Ok(())), Step::Saving(token)) => {
                self.finish(Outcome::SignedIn { expires_at: token.expires_at })
            }
            (Reply::Written(Err(reason)), Step::Saving(token)) => {
                // AWS gives this token out once: only where somebody waits for the end is it given up early.
                self.tries += 1;
                if token.expires_at <= now || self.by == By::Terminal && self.tries >= TRIES_TO_WRITE {
                    return self.fail(alloc::format!("Signed in, but the token could not be written: {reason}."), true);
                }
                self.wake_at = Some(after(now, pause(self.tries, LONGEST_RETRY)));
                Vec::new()
            }
            (Reply::BrowserFailed(reason), _) => {
                self.browser_error = Some(reason);
                self.publish()
            }
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
            Step::Registering => vec![self.call(Operation::RegisterClient { scopes: self.session.scopes.clone() })],
            Step::Starting(client) => self.start(client),
            Step::Waiting(device) => {
                if let Some(ended) = device.ended(now) {
                    return self.polled(ended, device, now);
                }
                let poll = device.poll();
                self.step = Step::Polling(device);
                vec![self.call(poll)]
            }
            Step::Elsewhere if until(self.since, now) > LONGEST_WAIT => self.finish(Outcome::EndedElsewhere),
            Step::Elsewhere => {
                self.wake_at = Some(after(now, LONGEST_PAUSE));
                Vec::new()
            }
            Step::Saving(token) => vec![Do::WriteToken(self.token_file(), token.write())],
            Step::Locking | Step::ReadingAfterElsewhere | Step::FindingRegistration | Step::Polling(_) => Vec::new(),
        }
    }

    /// The person gives it up. Once AWS gave the token out, it is too late for that.
    pub fn cancel(&mut self) {
        if !self.is_saving() {
            self.outcome.get_or_insert(Outcome::Cancelled);
        }
    }

    /// Whether AWS gave the token out and it is not written yet.
    pub fn is_saving(&self) -> bool {
        matches!(self.step, Step::Saving(_))
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

    /// The page to open, once there is one.
    pub fn page(&self) -> Option<&str> {
        match &self.step {
            Step::Waiting(device) | Step::Polling(device) => Some(&device.verification_uri_complete),
            _ => None,
        }
    }

    /// What others may see of it; none while another process has the sign-in.
    pub fn shown(&self) -> Option<Login> {
        let mut shown = Login {
            flow: Flow::Device,
            user_code: None,
            verification_uri: None,
            verification_uri_complete: None,
            since: write_date(self.since),
            state: LoginState::Starting,
            by: self.by,
            browser_error: self.browser_error.clone(),
        };
        match &self.step {
            Step::Locking | Step::Elsewhere | Step::ReadingAfterElsewhere => return None,
            Step::FindingRegistration | Step::Registering | Step::Starting(_) => {}
            Step::Waiting(device) | Step::Polling(device) => {
                shown.state = LoginState::WaitingForApproval;
                shown.user_code = Some(device.user_code.clone());
                shown.verification_uri = Some(device.verification_uri.clone());
                shown.verification_uri_complete = Some(device.verification_uri_complete.clone());
            }
            Step::Saving(_) => shown.state = LoginState::Saving,
        }
        Some(shown)
    }

    fn answered(&mut self, answer: Result<Answer, CallError>, step: Step, now: Timestamp) -> Vec<Do> {
        match (answer, step) {
            (Ok(Answer::Registered { client, expires_at }), Step::Registering) => {
                let client = Registration {
                    client_id: client.id,
                    client_secret: client.secret,
                    expires_at,
                    scopes: self.session.scopes.clone(),
                    grant_types: None,
                };
                (self.fresh_client, self.tries) = (true, 0);
                let mut next = vec![Do::WriteRegistration(self.registration_file(Tool::Relight), client.write())];
                next.extend(self.start(client));
                next
            }
            (
                Ok(Answer::Started {
                    device_code,
                    user_code,
                    verification_uri,
                    verification_uri_complete,
                    expires_in,
                    interval,
                }),
                Step::Starting(client),
            ) => {
                let pages = (verification_uri, verification_uri_complete);
                let device = Device::new(client, device_code, &user_code, pages, expires_in, interval, now);
                (self.tries, self.wake_at) = (0, Some(device.next_poll(device.interval, now)));
                let page = device.verification_uri_complete.clone();
                self.step = Step::Waiting(device);
                let mut next = self.publish();
                next.push(Do::OpenBrowser(self.session().clone(), page));
                next
            }
            (Ok(Answer::Token { access_token, expires_in, refresh_token }), Step::Polling(device)) => {
                let token = self.token(device.client, access_token, expires_in, refresh_token, now);
                let write = Do::WriteToken(self.token_file(), token.write());
                self.step = Step::Saving(token);
                self.tries = 0;
                let mut next = self.publish();
                next.push(write);
                next
            }
            (Err(error), Step::Starting(_)) if needs_new_client(error.kind) && !self.fresh_client => self.register(),
            (Err(error), Step::Registering | Step::Starting(_)) => self.retry_start(&error, now),
            (Err(error), Step::Polling(mut device)) => self.polled(device.failed(&error), device, now),
            // An answer to something that was not asked in this step.
            _ => Vec::new(),
        }
    }

    fn polled(&mut self, polled: Polled, device: Device, now: Timestamp) -> Vec<Do> {
        match polled {
            Polled::Again(wait) => {
                self.wake_at = Some(device.next_poll(wait, now));
                self.step = Step::Waiting(device);
                Vec::new()
            }
            Polled::TimedOut(trouble) => self.finish(Outcome::TimedOut(trouble)),
            Polled::Denied => self.finish(Outcome::Denied),
            Polled::UnknownClient if self.fresh_client => {
                self.fail("AWS does not know the client that it registered a moment ago.".into(), true)
            }
            Polled::UnknownClient => self.register(),
            Polled::Failed(message) => self.fail(message, false),
        }
    }

    fn retry_start(&mut self, error: &CallError, now: Timestamp) -> Vec<Do> {
        self.tries += 1;
        let most = if error.kind == ErrorKind::Timeout { TRIES_OF_SILENCE } else { TRIES_TO_START };
        if !error.passes() || self.tries >= most {
            return self.fail(error.sentence(), error.passes());
        }
        self.wake_at = Some(after(now, pause(self.tries, LONGEST_RETRY)));
        Vec::new()
    }

    fn find_registration(&mut self) -> Vec<Do> {
        self.step = Step::FindingRegistration;
        let files = [Tool::Relight, Tool::Botocore].map(|tool| self.registration_file(tool));
        let mut next = self.publish();
        next.push(Do::ReadRegistrations(files.to_vec()));
        next
    }

    fn register(&mut self) -> Vec<Do> {
        self.step = Step::Registering;
        self.tries = 0;
        vec![self.call(Operation::RegisterClient { scopes: self.session.scopes.clone() })]
    }

    fn start(&mut self, client: Registration) -> Vec<Do> {
        let operation =
            Operation::StartDeviceAuthorization { client: client.client(), start_url: self.session.start_url.clone() };
        self.step = Step::Starting(client);
        vec![self.call(operation)]
    }

    fn token(
        &self,
        client: Registration,
        access_token: Secret,
        expires_in: i64,
        refresh_token: Option<Secret>,
        now: Timestamp,
    ) -> Token {
        let legacy = self.session.id.kind() == SessionKind::Legacy;
        Token {
            start_url: Some(self.session.start_url.clone()),
            region: Some(self.session.region.clone()),
            access_token,
            expires_at: whole_seconds(after(now, SignedDuration::from_secs(expires_in))),
            expires_zoned: true,
            client: Some(TokenClient {
                id: client.client_id,
                secret: client.client_secret,
                expires_at: client.expires_at,
            }),
            refresh_token: refresh_token.filter(|_| !legacy),
        }
    }

    fn call(&self, operation: Operation) -> Do {
        Do::Call(Call { target: self.target.clone(), operation })
    }

    fn publish(&self) -> Vec<Do> {
        self.shown().map(|login| Do::Publish(self.token_file(), login)).into_iter().collect()
    }

    fn lock(&self) -> Lock {
        Lock::Attempt(self.token_file())
    }

    fn token_file(&self) -> CacheName {
        self.session.id.token_file()
    }

    fn registration_file(&self, tool: Tool) -> CacheName {
        let Session { region, start_url, scopes, .. } = &self.session;
        registration_key(tool, region, start_url, self.session.registration_name(), scopes.as_deref())
    }

    fn fail(&mut self, message: String, again: bool) -> Vec<Do> {
        self.finish(Outcome::Failed { message, again })
    }

    fn finish(&mut self, outcome: Outcome) -> Vec<Do> {
        (self.outcome, self.wake_at) = (Some(outcome), None);
        Vec::new()
    }
}

impl Registration {
    pub(super) fn client(&self) -> Client {
        Client { id: self.client_id.clone(), secret: self.client_secret.clone() }
    }
}

fn access_token(file: &Content<TokenFile>) -> Option<&Secret> {
    match file {
        Content::Read(TokenFile { token: Ok(token), .. }) => Some(&token.access_token),
        Content::Read(TokenFile { token: Err(_), .. }) | Content::Missing | Content::Unreadable { .. } => None,
    }
}

/// The registration is what AWS refuses: a new one may help (aws-sessions.md 3.6).
fn needs_new_client(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::InvalidClient | ErrorKind::UnauthorizedClient)
}

//! A machine in memory: its files, its locks, and an AWS that answers as it is told. It carries out what the core asks
//! for at once, and keeps what it did.

use relight_core::action::Action;
use relight_core::app::{App, Effect, Event, Ticket};
use relight_core::cache::{CacheName, LoginToken, Registration, Token};
use relight_core::config::{Environment, SessionId};
use relight_core::flow::{
    Answer, Call, CallError, Do, Listening, Lock, NoCode, Operation, Outcome, Reply, Wanted, Wish,
};
use relight_core::secret::Secret;
use relight_core::time::{SignedDuration, Timestamp, write_date};
use relight_core::view::{By, SessionView, View};
use relight_core::world::{Content, LoginFile, Seen, ShownPaths, TokenFile};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub(crate) use crate::answers::{error, first_keys, keys, login_token, registered, started, token};

pub(crate) type Answered = Result<Answer, CallError>;

#[expect(clippy::struct_excessive_bools, reason = "each is a fault of its own")]
pub(crate) struct Machine {
    pub(crate) app: App,
    pub(crate) now: Timestamp,
    /// Token and registration files: text, and when it was written.
    pub(crate) files: BTreeMap<String, (String, Timestamp)>,
    /// What AWS answers next; when it is empty, a call stays unanswered.
    pub(crate) answers: VecDeque<Answered>,
    /// Calls that were made, by the name of their operation.
    pub(crate) calls: Vec<&'static str>,
    /// Who waits for a code that a person pastes.
    pub(crate) asking: Option<Ticket>,
    /// The region of each.
    pub(crate) regions: Vec<String>,
    /// Calls that are still unanswered.
    pub(crate) unanswered: Vec<Ticket>,
    pub(crate) pages: Vec<String>,
    pub(crate) outcomes: Vec<(String, Outcome)>,
    /// Sign-ins whose browser was sent away, and what it was told when it came back.
    pub(crate) away: Vec<Ticket>,
    pub(crate) told: Vec<String>,
    /// Whether nothing can be listened on.
    pub(crate) no_port: bool,
    /// Locks that another process holds.
    pub(crate) held: bool,
    pub(crate) browser_held: bool,
    /// Whether files can be written.
    pub(crate) disk_full: bool,
    pub(crate) log: Vec<String>,
    /// Changes the files of this machine just before a token file is read the n-th time from now.
    pub(crate) meanwhile: VecDeque<Option<String>>,
}

pub(crate) const NOW: &str = "2026-11-22T10:00:00Z";

pub(crate) const CORP: &str = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
    [profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Developer\n";

pub(crate) const LEGACY: &str = "[profile old]\nsso_start_url = https://old.awsapps.com/start\nsso_region = eu-west-1\n\
    sso_account_id = 444455556666\nsso_role_name = Analyst\n";

pub(crate) fn corp() -> SessionId {
    SessionId::SsoSession("corp".into())
}

pub(crate) fn legacy() -> SessionId {
    SessionId::Legacy("https://old.awsapps.com/start".into())
}

pub(crate) const ARN: &str = "arn:aws:iam::111122223333:user/me";

pub(crate) const LOGIN: &str = "[profile me]\nlogin_session = arn:aws:iam::111122223333:user/me\nregion = us-east-1\n";

pub(crate) fn login() -> SessionId {
    SessionId::Login(ARN.into())
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

impl Machine {
    pub(crate) fn new(config: &str) -> Self {
        Self::with_credentials(config, "")
    }

    pub(crate) fn with_credentials(config: &str, credentials: &str) -> Self {
        Self::of(By::Tray, config, credentials)
    }

    pub(crate) fn by(by: By, config: &str) -> Self {
        Self::of(by, config, "")
    }

    fn of(by: By, config: &str, credentials: &str) -> Self {
        let paths = ShownPaths {
            config: "~/.aws/config".into(),
            credentials: "~/.aws/credentials".into(),
            sso_cache: "~/.aws/sso/cache".into(),
            login_cache: "~/.aws/login/cache".into(),
        };
        let mut machine = Self {
            app: App::new(by, true, paths, Environment::default()),
            now: at(NOW),
            files: BTreeMap::new(),
            answers: VecDeque::new(),
            calls: Vec::new(),
            asking: None,
            regions: Vec::new(),
            unanswered: Vec::new(),
            pages: Vec::new(),
            outcomes: Vec::new(),
            away: Vec::new(),
            told: Vec::new(),
            no_port: false,
            held: false,
            browser_held: false,
            disk_full: false,
            log: Vec::new(),
            meanwhile: VecDeque::new(),
        };
        let read = |text: &str| Content::Read(text.as_bytes().to_vec());
        machine.app.world.take(vec![Seen::Config(read(config)), Seen::Credentials(read(credentials))]);
        machine
    }

    /// Puts a token into its file, written `age` ago, that ends in `left`.
    pub(crate) fn token(
        &mut self,
        session: &SessionId,
        age: SignedDuration,
        left: SignedDuration,
        refresh_token: Option<&str>,
    ) {
        let (now, url) = (self.now, self.app.world.config.sessions[session].start_url.clone());
        let refresh = refresh_token.map(|token| format!(r#", "clientId": "cid", "clientSecret": "cs", "registrationExpiresAt": "2027-02-01T00:00:00Z", "refreshToken": "{token}""#));
        let text = format!(
            r#"{{"startUrl": "{url}", "region": "us-east-1", "accessToken": "at", "expiresAt": "{}"{}}}"#,
            write_date(now + left),
            refresh.unwrap_or_default()
        );
        self.files.insert(session.token_file().as_str().into(), (text, now - age));
        self.see(session);
    }

    /// Puts a token of `aws login` into its file, written just now.
    pub(crate) fn login(&mut self, token: &LoginToken) {
        self.files.insert(login().token_file().as_str().into(), (token.write().expose().into(), self.now));
        self.see(&login());
    }

    /// Reads a session's token file into the core, as the watch would.
    pub(crate) fn see(&mut self, session: &SessionId) {
        let file = session.token_file();
        let seen = match session {
            SessionId::Login(_) => Seen::Login(file.clone(), self.read_login(&file)),
            _ => Seen::Token(file.clone(), self.read(&file)),
        };
        self.event(Event::Seen(vec![seen]));
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.event(Event::Act(action));
    }

    pub(crate) fn event(&mut self, event: Event) {
        let effects = self.app.handle(event, self.now);
        self.perform(effects);
    }

    /// Time passes, second by second where something wants waking.
    pub(crate) fn wait(&mut self, length: SignedDuration) {
        let end = self.now + length;
        loop {
            let view = self.view();
            match self.app.next_wakeup(&view) {
                Some((wake, _)) if wake <= end => {
                    assert!(wake > self.now || self.app.is_busy(), "a wakeup in the past would spin");
                    self.now = self.now.max(wake);
                    self.event(Event::Tick);
                }
                _ => break,
            }
        }
        self.now = end;
        self.event(Event::Tick);
    }

    pub(crate) fn view(&self) -> View {
        self.app.view(self.now)
    }

    pub(crate) fn session(&self, id: &SessionId) -> SessionView {
        self.view().sessions.into_iter().find(|session| session.id == *id).unwrap()
    }

    pub(crate) fn text(&self, session: &SessionId) -> Option<String> {
        self.files.get(session.token_file().as_str()).map(|(text, _)| text.clone())
    }

    /// The titles of notices that are to be shown, marked as shown.
    pub(crate) fn shown(&mut self) -> Vec<String> {
        let due = self.app.notices(&self.view(), self.now);
        for notice in &due.fresh {
            self.event(Event::NoticeShown(notice.keys.clone()));
        }
        due.fresh.into_iter().map(|notice| notice.title).collect()
    }

    pub(crate) fn truths(&self) -> BTreeSet<String> {
        self.app.notices(&self.view(), self.now).truths
    }

    /// A person signs in with a code.
    pub(crate) fn sign_in_by_code(&mut self, session: SessionId) {
        self.event(Event::SignIn(Wish { flow: Wanted::Device, ..Wish::new(session) }));
    }

    /// The browser comes back.
    pub(crate) fn come_back(&mut self, with: Result<&str, &str>) {
        let ticket = self.away.remove(0);
        let back = with.map(Secret::new).map_err(|error| NoCode { error: error.into(), description: String::new() });
        self.event(Event::Reply(ticket, Reply::Redirected(back)));
    }

    /// Another process lets the lock go that is waited for.
    pub(crate) fn free_lock(&mut self) {
        let ticket = self.unanswered.remove(0);
        self.event(Event::Reply(ticket, Reply::LockFreed));
    }

    /// Answers a call that was left unanswered.
    pub(crate) fn answer_late(&mut self, answer: Answered) {
        let ticket = self.unanswered.remove(0);
        self.event(Event::Reply(ticket, Reply::Answer(answer)));
    }

    fn read(&self, name: &CacheName) -> Content<TokenFile> {
        match self.files.get(name.as_str()) {
            None => Content::Missing,
            Some((text, modified)) => {
                Content::Read(TokenFile { token: Token::parse(text.as_bytes()), modified: Some(*modified) })
            }
        }
    }

    fn read_login(&self, name: &CacheName) -> Content<LoginFile> {
        match self.files.get(name.as_str()) {
            None => Content::Missing,
            Some((text, modified)) => {
                let token = LoginToken::parse(text.as_bytes()).map(Box::new);
                Content::Read(LoginFile { token, modified: Some(*modified) })
            }
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Do(ticket, next) => self.step(ticket, next),
                Effect::Finished(session, outcome) => self.outcomes.push((session.to_string(), outcome)),
                Effect::End(_) => self.log.push("end".into()),
                Effect::RememberRefused(..) => self.log.push("remember the refusal".into()),
                Effect::OpenWindow(part) => self.log.push(format!("open the window at {part:?}")),
                Effect::Browse(_, url) => self.pages.push(url),
                Effect::Change(setting) => self.log.push(format!("write {setting:?}")),
                Effect::RunProcess { profile, .. } => self.log.push(format!("run the process of {profile}")),
                Effect::OpenFile(place) => self.log.push(format!("open the file of {place:?}")),
                Effect::Remember(_) => {}
                Effect::Trouble(sentence) => self.log.push(sentence),
                Effect::Quit => self.log.push("quit".into()),
            }
        }
    }

    fn step(&mut self, ticket: Ticket, next: Do) {
        let reply = match next {
            Do::Lock(Lock::Browser) if self.browser_held => Reply::LockHeld,
            Do::Lock(_) if self.held => Reply::LockHeld,
            Do::Lock(_) => Reply::Locked,
            Do::AwaitLock(_) => return self.unanswered.push(ticket),
            Do::ReadLogin(name) => {
                self.meanwhile(&name);
                let content = self.read_login(&name);
                self.event(Event::Seen(vec![Seen::Login(name, content.clone())]));
                Reply::Login(content)
            }
            Do::ReadToken(name) => {
                self.meanwhile(&name);
                let content = self.read(&name);
                self.event(Event::Seen(vec![Seen::Token(name, content.clone())]));
                Reply::Token(content)
            }
            Do::ReadRegistrations(names) => {
                let found = names
                    .iter()
                    .filter_map(|name| Registration::parse(self.files.get(name.as_str())?.0.as_bytes()).ok());
                Reply::Registrations(found.collect())
            }
            Do::Call(call) => return self.call(ticket, &call),
            Do::WriteToken(..) | Do::WriteLogin(..) if self.disk_full => {
                Reply::Written(Err("no space left on device".into()))
            }
            Do::WriteToken(name, text) => {
                self.files.insert(name.as_str().into(), (text.expose().into(), self.now));
                let content = self.read(&name);
                self.event(Event::Seen(vec![Seen::Token(name, content)]));
                Reply::Written(Ok(()))
            }
            Do::WriteLogin(name, text) => {
                self.files.insert(name.as_str().into(), (text.expose().into(), self.now));
                let content = self.read_login(&name);
                self.event(Event::Seen(vec![Seen::Login(name, content)]));
                Reply::Written(Ok(()))
            }
            Do::RemoveLogin(name) => {
                self.files.remove(name.as_str());
                self.event(Event::Seen(vec![Seen::Login(name, Content::Missing)]));
                Reply::Written(Ok(()))
            }
            Do::WriteRegistration(name, text) => {
                self.files.insert(name.as_str().into(), (text.expose().into(), self.now));
                return;
            }
            Do::Remove { token, roles } => {
                self.log.push(format!("remove the token and {} role caches", roles.len()));
                self.files.remove(token.as_str());
                self.event(Event::Seen(vec![Seen::Token(token, Content::Missing)]));
                Reply::Written(Ok(()))
            }
            Do::ForgetRegistration(name) => {
                self.files.remove(name.as_str());
                return;
            }
            Do::Publish(..) => return,
            Do::OpenBrowser(_, url) => return self.pages.push(url),
            Do::Listen if self.no_port => Reply::ListenFailed("no port is free".into()),
            Do::Listen => {
                self.away.push(ticket);
                Reply::Listening(Listening { port: 4711, state: Secret::new("st"), verifier: Secret::new("ve") })
            }
            Do::Draw => Reply::Drawn { state: Secret::new("st"), verifier: Secret::new("ve") },
            Do::AskForCode => {
                self.asking = Some(ticket);
                return;
            }
            Do::TellBrowser(told) => {
                self.told.push(told.sentence);
                Reply::BrowserTold
            }
        };
        self.event(Event::Reply(ticket, reply));
    }

    /// Another client writes just before the file is read.
    fn meanwhile(&mut self, name: &CacheName) {
        if let Some(Some(text)) = self.meanwhile.pop_front() {
            self.files.insert(name.as_str().into(), (text, self.now));
        }
    }

    fn call(&mut self, ticket: Ticket, call: &Call) {
        self.regions.push(call.target.region.clone());
        self.calls.push(match &call.operation {
            Operation::RegisterClient { redirect: None, .. } => "register",
            Operation::RegisterClient { redirect: Some(_), .. } => "register for the redirect",
            Operation::StartDeviceAuthorization { .. } => "start",
            Operation::CreateToken { .. } => "token",
            Operation::RedeemCode { .. } => "redeem",
            Operation::RefreshToken { .. } => "refresh",
            Operation::RefreshLogin { .. } => "refresh login",
            Operation::RedeemLoginCode { .. } => "redeem login",
            Operation::Logout { .. } => "logout",
        });
        match self.answers.pop_front() {
            Some(answer) => self.event(Event::Reply(ticket, Reply::Answer(answer))),
            None => self.unanswered.push(ticket),
        }
    }
}

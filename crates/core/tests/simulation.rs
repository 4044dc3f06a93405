//! A machine in memory: its files, its locks, and an AWS that answers as it is told. It carries out what the core asks
//! for at once, and keeps what it did.

use crate::portal::Aws;
use relight_core::action::Action;
use relight_core::app::{App, Event, Ticket};
use relight_core::cache::{CacheName, LoginToken, Token};
use relight_core::config::{Environment, SessionId};
use relight_core::flow::{Answer, CallError, Lock, NoCode, Outcome, Reply, Wanted, Wish};
use relight_core::learned::History;
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
    /// Whether the browser that came back takes its time to be answered.
    pub(crate) browser_is_slow: bool,
    /// Locks that were let go before their flow's end.
    pub(crate) freed: Vec<Lock>,
    /// Locks that another process holds.
    pub(crate) held: bool,
    pub(crate) browser_held: bool,
    /// Whether files can be written.
    pub(crate) disk_full: bool,
    /// The disk became full only after it was seen that a file can be written.
    pub(crate) fills_up: bool,
    pub(crate) log: Vec<String>,
    /// What was learned, in its file.
    pub(crate) history: History,
    /// Answers every call, where there is one.
    pub(crate) aws: Option<Aws>,
    /// Changes the files of this machine just before a token file is read the n-th time from now.
    pub(crate) meanwhile: VecDeque<Option<String>>,
    /// How many steps of flows were carried out.
    pub(crate) steps: usize,
    /// Sets the clock by so much just before that step is carried out.
    pub(crate) jump: Option<(usize, SignedDuration)>,
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
            sso_caches: vec!["~/.aws/sso/cache".into()],
            login_caches: vec!["~/.aws/login/cache".into()],
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
            browser_is_slow: false,
            freed: Vec::new(),
            held: false,
            browser_held: false,
            disk_full: false,
            fills_up: false,
            log: Vec::new(),
            history: History::default(),
            aws: None,
            meanwhile: VecDeque::new(),
            steps: 0,
            jump: None,
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
        let mut end = self.now + length;
        loop {
            let view = self.view();
            match self.app.next_wakeup(&view) {
                Some((wake, _)) if wake <= end => {
                    assert!(wake > self.now || self.app.is_busy(), "a wakeup in the past would spin");
                    self.now = self.now.max(wake);
                    let before = self.now;
                    self.event(Event::Tick);
                    // By as much as the clock was set.
                    end += self.now.duration_since(before);
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

    pub(crate) fn read(&self, name: &CacheName) -> Content<TokenFile> {
        match self.files.get(name.as_str()) {
            None => Content::Missing,
            Some((text, modified)) => {
                Content::Read(TokenFile { token: Token::parse(text.as_bytes()), modified: Some(*modified) })
            }
        }
    }

    pub(crate) fn read_login(&self, name: &CacheName) -> Content<LoginFile> {
        match self.files.get(name.as_str()) {
            None => Content::Missing,
            Some((text, modified)) => {
                let token = LoginToken::parse(text.as_bytes()).map(Box::new);
                Content::Read(LoginFile { token, modified: Some(*modified) })
            }
        }
    }
}

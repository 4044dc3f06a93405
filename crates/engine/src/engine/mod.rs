//! The loop that gives the core events and carries out its effects. It decides nothing: the core does.

mod changes;
mod mending;
mod perform;

use crate::clock::{self, Sleeper, Woke};
use crate::files::is_same_name;
use crate::fixes::{Done, WayBack};
use crate::locks::Held;
use crate::paths::Paths;
use crate::read::Piece;
use crate::redirect::Waiting;
use crate::watch::{Changed, SWAPPED, Watch};
use crate::{aws::Aws, log, read, signals, state};
use changes::Changes;
use relight_core::action::Part;
use relight_core::app::{App, Effect, Event, Ticket};
use relight_core::cache::CacheName;
use relight_core::config::{SessionId, SessionKind};
use relight_core::fix::Mended;
use relight_core::flow::{Lock, Outcome};
use relight_core::secret::Secret;
use relight_core::settings::LogLevel;
use relight_core::time::{SignedDuration, after};
use relight_core::view::{By, View};
use relight_core::world::Seen;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Who shows what the engine knows: a terminal, the tray, the window.
pub trait Front {
    /// Something may have changed, or time has passed.
    fn show(&mut self, app: &App, view: &View);

    /// A page is to be opened. False keeps the engine from opening it.
    fn may_open(&mut self, url: &str) -> bool;

    /// The person is to paste a code: `answer` takes it, or none where they left. Only a terminal is asked.
    fn ask(&mut self, _answer: Box<dyn FnOnce(Option<Secret>) + Send>) {}

    /// A flow is over.
    fn finished(&mut self, session: &SessionId, outcome: &Outcome);

    /// Another process asked for the window. Whether this one has it, and showed it.
    fn wished(&mut self, _part: Part) -> bool {
        false
    }

    /// A person asked for the window.
    fn open_window(&mut self, view: &View, part: Part);

    /// Something that a person asked for did not work: a sentence.
    fn trouble(&mut self, sentence: &str);

    /// The person quit, but AWS may have given something out: the engine waits for it, for a moment.
    fn waits_to_end(&mut self) {}

    /// Whether the engine may end.
    fn is_done(&self, app: &App) -> bool;
}

/// What comes back from work on other threads.
#[allow(clippy::large_enum_variant, reason = "almost all are events")]
pub(crate) enum Message {
    Event(Event),
    /// A lock was taken for a flow.
    Taken(Ticket, Lock, Held),
    /// Read everything anew.
    ReadAll,
    /// A piece was read, after so many times that everything was.
    Piece(u64, Piece, Seen),
    /// Something that a person asked for did not work.
    Trouble(String),
    /// A change that mends something was made.
    Mended(Done),
}

/// Sends events to a running engine.
#[derive(Clone)]
pub struct Inbox(UnboundedSender<Message>);

impl Inbox {
    /// Sends one; nothing happens when the engine has ended.
    pub fn send(&self, event: Event) {
        let _ = self.0.send(Message::Event(event));
    }
}

/// The core, and all that it needs of this machine.
pub struct Engine {
    app: App,
    paths: Arc<Paths>,
    aws: Arc<Aws>,
    /// How often everything was read.
    times_read: u64,
    changes: Arc<Changes>,
    /// Each `credential_process` that runs.
    running: Arc<Mutex<BTreeSet<CacheName>>>,
    /// Held while a piece is read and told.
    reading: Arc<Mutex<()>>,
    /// Until it runs.
    watch: Option<Watch>,
    inbox: Inbox,
    messages: UnboundedReceiver<Message>,
    locks: BTreeMap<Ticket, Vec<(Lock, Held)>>,
    /// What waits for a browser to come back.
    redirects: BTreeMap<Ticket, Waiting>,
    /// What each flow lets other processes see.
    published: BTreeMap<Ticket, CacheName>,
    /// Whether everything will be read in a moment.
    settling: bool,
    /// How the last change that mended something is taken back.
    way_back: Option<WayBack>,
    /// The settings that the log and the entry for starting at login follow.
    followed: Option<(bool, LogLevel)>,
}

/// How often files are read where they cannot be watched.
const UNWATCHED: SignedDuration = SignedDuration::from_secs(5);
/// How long a program that ends waits for an answer that must not get lost.
const LAST_CHANCE: SignedDuration = SignedDuration::from_secs(10);
/// A config file that is written in place is empty for an instant.
const SETTLING: Duration = Duration::from_millis(30);
/// No wait for the next event is longer, so that texts with a time left stay right.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(60);

impl Engine {
    /// Reads everything. Blocks.
    pub fn load(mut app: App, paths: Paths) -> Self {
        // Before anything is read, so that no change falls in between.
        let watch = Watch::start(&paths);
        read::all(&mut app.world, &paths);
        let seen = state::seen(&app.world, &paths);
        app.world.take(seen);
        let (sender, messages) = unbounded_channel();
        Self {
            app,
            aws: Arc::new(Aws::new(paths.ca_bundle.clone())),
            paths: Arc::new(paths),
            times_read: 0,
            changes: Arc::default(),
            reading: Arc::default(),
            running: Arc::default(),
            watch: Some(watch),
            inbox: Inbox(sender),
            messages,
            locks: BTreeMap::new(),
            redirects: BTreeMap::new(),
            published: BTreeMap::new(),
            settling: false,
            way_back: None,
            followed: None,
        }
    }

    /// Sends events from elsewhere.
    pub fn inbox(&self) -> Inbox {
        self.inbox.clone()
    }

    /// Where everything is.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The core as it stands.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Runs from the event `first` until `front` is done, or a person quits.
    pub async fn run(&mut self, first: Event, front: &mut impl Front) {
        let mut watch = self.watch.take().unwrap_or_else(|| Watch::start(&self.paths));
        signals::outlive_limits();
        let sleeper = Sleeper::new();
        let mut quit = self.handle(first, front);
        self.grant_wish(front);
        let mut last_chance = None;
        loop {
            let now = clock::now();
            let view = self.app.view(now);
            self.follow_settings();
            let web_tokens = self.app.world.web_token_files();
            if watch.follow(&web_tokens) {
                // They may have changed between being read and being watched.
                for path in web_tokens {
                    self.read_piece(Piece::WebToken(path.to_owned()));
                }
            }
            front.show(&self.app, &view);
            if front.is_done(&self.app) {
                return self.let_go();
            }
            // AWS may have used up a refresh token: what it gave for it is written first; a choice too.
            if quit {
                if last_chance.is_none() && self.app.is_saving() {
                    front.waits_to_end();
                }
                let until = *last_chance.get_or_insert(after(now, LAST_CHANCE));
                if !(self.app.is_saving() || self.changes.are_under_way()) || now >= until {
                    return self.let_go();
                }
            }
            let longest = if watch.is_incomplete() { UNWATCHED } else { LONGEST_WAIT };
            let wakeup = self.app.next_wakeup(&view);
            let latest = last_chance.unwrap_or(after(now, longest)).min(after(now, longest));
            let at = wakeup.map_or(latest, |(at, _)| at.min(latest));
            tracing::trace!("waiting until {at}, {:?}", wakeup.map(|(_, why)| why));
            tokio::select! {
                message = self.messages.recv() => quit |= self.take_messages(message, front),
                changed = watch.changed() => quit |= self.take_changes(&changed, front),
                woke = sleeper.until(at) => quit |= self.wake(woke, watch.is_incomplete(), front),
            }
        }
    }

    /// What settings change outside of the core. A command in a terminal has a log of its own, and starts nothing.
    fn follow_settings(&mut self) {
        let settings = &self.app.world.settings;
        let wanted = Some((settings.start_at_login, settings.log_level));
        // What a broken file does not say was not chosen.
        let unsure = !self.app.world.settings_problems.is_empty();
        if self.app.by() == By::Terminal || unsure || self.followed == wanted {
            return;
        }
        self.followed = wanted;
        log::set_level(settings.log_level);
        self.changes.start_at_login(settings.start_at_login, self.paths.clone(), self.inbox.clone());
    }

    /// Takes back what others see of this process, then frees its locks. [`Self::run`] does it unless it is dropped.
    pub fn let_go(&mut self) {
        for (_, name) in std::mem::take(&mut self.published) {
            if let Err(error) = state::withdraw_attempt(&self.paths, &name) {
                tracing::warn!("the attempt file cannot be removed: {error}");
            }
        }
        self.redirects.clear();
        self.locks.clear();
    }

    fn handle(&mut self, event: Event, front: &mut impl Front) -> bool {
        let mut quit = false;
        for effect in self.app.handle(event, clock::now()) {
            quit |= effect == Effect::Quit;
            self.perform(effect, front);
        }
        quit
    }

    /// All messages that are there, so that a burst makes one new view.
    fn take_messages(&mut self, first: Option<Message>, front: &mut impl Front) -> bool {
        let mut quit = false;
        let mut next = first;
        while let Some(message) = next {
            quit |= match message {
                Message::Event(event) => self.handle(event, front),
                Message::Taken(ticket, lock, held) => {
                    // A flow that was given up meanwhile needs it no more.
                    if self.app.is_running(ticket) {
                        self.locks.entry(ticket).or_default().push((lock, held));
                    }
                    self.handle(Event::Reply(ticket, relight_core::flow::Reply::Locked), front)
                }
                Message::Trouble(sentence) => {
                    front.trouble(&sentence);
                    false
                }
                Message::Mended(done) => {
                    let mended = Mended { said: done.said, can_take_back: done.way_back.is_some() };
                    self.way_back = done.way_back;
                    self.handle(Event::Mended(mended), front)
                }
                // Older than what was read of everything since: that counts, unless it is read once more.
                Message::Piece(times, piece, _) if times < self.times_read => {
                    self.read_piece(piece);
                    false
                }
                Message::Piece(_, _, seen) => self.handle(Event::Seen(vec![seen]), front),
                Message::ReadAll => {
                    self.settling = false;
                    self.read_all();
                    self.handle(Event::Tick, front)
                }
            };
            next = self.messages.try_recv().ok();
        }
        quit
    }

    fn take_changes(&mut self, changed: &Changed, front: &mut impl Front) -> bool {
        self.grant_wish(front);
        // These are written in place by editors and by the AWS CLI, and are empty for an instant then.
        let config_changed = self.paths.written_by_hand().any(|file| is_among(&changed.files, file));
        if changed.all || config_changed {
            self.read_all_when_settled();
            return false;
        }
        let names: BTreeSet<CacheName> = self.app.world.token_files().collect();
        let sessions: BTreeSet<CacheName> = self.app.world.session_files().collect();
        let in_folder = |folder: &Path, name: &CacheName| changed.files.contains(&folder.join(name.as_str()));
        let attempts = state::attempts_folder(&self.paths);
        let mut seen = Vec::new();
        for (number, folder) in self.paths.token_folders(SessionKind::SsoSession).into_iter().enumerate() {
            for name in names.iter().filter(|name| in_folder(folder, name)) {
                self.read_piece(Piece::Token(name.clone()).of_home(number));
            }
        }
        let of_attempts = sessions.into_iter().filter(|name| in_folder(&attempts, name));
        seen.extend(of_attempts.map(|name| state::attempt(&self.paths, name)));
        let world = &self.app.world;
        let is_cached =
            |name: &&CacheName| in_folder(&self.paths.cli_cache, name) || in_folder(&self.paths.boto_cache, name);
        for name in world.role_files().filter(is_cached) {
            self.read_piece(Piece::Role(name.clone()));
        }
        for (number, folder) in self.paths.token_folders(SessionKind::Login).into_iter().enumerate() {
            for name in world.login_files().filter(|name| in_folder(folder, name)) {
                self.read_piece(Piece::Login(name).of_home(number));
            }
        }
        // Those that changed, their targets, or the link beside them that a Kubernetes volume swaps.
        let is_changed = |path: &&str| {
            let path = Path::new(path);
            is_among(&changed.files, path)
                || path.parent().is_some_and(|folder| changed.files.contains(&folder.join(SWAPPED)))
        };
        for path in world.web_token_files().into_iter().filter(is_changed) {
            self.read_piece(Piece::WebToken(path.to_owned()));
        }
        if changed.files.contains(&state::processes_file(&self.paths)) {
            seen.push(state::processes(&self.paths));
        }
        if changed.files.contains(&state::history_file(&self.paths)) {
            seen.extend(state::history(&self.app.world, &self.paths));
        }
        if seen.is_empty() { false } else { self.handle(Event::Seen(seen), front) }
    }

    fn wake(&mut self, woke: Woke, unwatched: bool, front: &mut impl Front) -> bool {
        if woke == Woke::ClockChanged || unwatched || self.paths.has_wsl() {
            self.read_all();
        }
        self.grant_wish(front);
        // A process that died in a sign-in leaves its attempt behind, and no file event tells of a lock let go.
        let under_way: Vec<_> = self.app.world.attempts.keys().cloned().collect();
        let mut seen: Vec<_> = under_way.into_iter().map(|name| state::attempt(&self.paths, name)).collect();
        let zone = clock::zone();
        if zone != self.app.world.zone {
            seen.push(Seen::Zone(zone));
        }
        let event = if seen.is_empty() { Event::Tick } else { Event::Seen(seen) };
        self.handle(event, front)
    }

    /// Shows the window where another process asked for it, and tells that process so.
    fn grant_wish(&self, front: &mut impl Front) {
        // Nobody else has a window, so nobody else need look.
        if self.app.by() == By::Window
            && let Some(part) = state::wish(&self.paths)
            && front.wished(part)
            && let Err(error) = state::grant_wish(&self.paths)
        {
            tracing::warn!("what was asked for cannot be taken away: {error}");
        }
    }

    fn read_all_when_settled(&mut self) {
        if !std::mem::replace(&mut self.settling, true) {
            let inbox = self.inbox.clone();
            tokio::spawn(async move {
                clock::pause(SETTLING).await;
                let _ = inbox.0.send(Message::ReadAll);
            });
        }
    }

    fn read_all(&mut self) {
        self.times_read += 1;
        read::all(&mut self.app.world, &self.paths);
        let seen = state::seen(&self.app.world, &self.paths);
        self.app.world.take(seen);
    }
}

/// Whether `file`, or what it leads to as a link, is among `files`.
fn is_among(files: &BTreeSet<PathBuf>, file: &Path) -> bool {
    files.iter().any(|changed| is_same_name(changed, file))
        || file.canonicalize().is_ok_and(|target| files.contains(&target))
}

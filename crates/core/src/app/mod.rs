//! The whole program as a value: [`App::handle`] takes an event and gives effects, [`App::view`] says what is true,
//! [`App::next_wakeup`] when it wants waking and why.

mod act;
mod flows;
mod learning;
mod mending;
mod pages;
mod portal;
mod silent;
mod told;

use crate::action::{Action, Part, Place};
use crate::cache::CacheName;
use crate::config::{Environment, Files, SessionId};
use crate::doctor::Surroundings;
use crate::fix::{Change, Mended};
use crate::flow::{Do, Outcome, Progress, Reply, Wish};
use crate::ini::Edit;
use crate::learned::{Fact, What};
use crate::notice::{self, Due, Memory};
use crate::secret::Secret;
use crate::settings::Setting;
use crate::time::{Timestamp, before};
use crate::view::{By, Failing, View};
use crate::world::{Revoked, Seen, ShownPaths, World};
use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use flows::{Flows, Kind};
use mending::Mending;
use portal::Portal;
use silent::Silent;
use told::{doubt, failure, in_words, sign_out_trouble};

/// Numbers a flow, so that the late answer of one that was given up finds nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What happens to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Time has passed.
    Tick,
    /// Files were read, or read again.
    Seen(Vec<Seen>),
    /// What became of an effect.
    Reply(Ticket, Reply),
    /// A person asked for something.
    Act(Action),
    /// A person asked for a sign-in, and how.
    SignIn(Wish),
    /// A person asked for a refresh of these.
    Refresh(Vec<SessionId>),
    /// A person asked to sign out of these.
    Logout(Vec<SessionId>),
    /// AWS did not take a session's token (the portal's 401) that ends at this moment (aws-sessions.md 4).
    NotTaken(SessionId, Timestamp),
    /// A person asked what they may use in this session, by its own name or that of a profile, whose endpoint counts then.
    List(SessionId, Option<String>),
    /// A notice is on the screen: its keys.
    NoticeShown(Vec<String>),
    /// A notice left the screen though these of its keys are still true.
    NoticeGone(Vec<String>),
    /// The screen was locked or unlocked.
    ScreenLocked(bool),
    /// What was remembered of notices when the program last ran.
    Remembered(Memory),
    /// What the doctor looks at was looked at.
    LookedAround(Box<Surroundings>),
    /// A change that mends something was made, or taken back.
    Mended(Mended),
}

/// What the engine is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A step of a flow; the reply carries the same ticket.
    Do(Ticket, Do),
    /// A flow is over: free its locks, withdraw what it published.
    End(Ticket),
    /// A flow is over, and this became of it.
    Finished(SessionId, Outcome),
    /// Remember, for all processes, that AWS refused to renew the token that ends at this moment.
    RememberRefused(CacheName, Timestamp),
    /// Remember, for all processes, that AWS takes a token no more, though its end is to come.
    RememberRevoked(CacheName, Revoked),
    /// Remember, for all processes, what tells how long sessions last.
    Learn(Fact),
    /// Remember which notices were shown.
    Remember(Memory),
    /// Open a page in the browser of this session's person. Nothing depends on it.
    Browse(SessionId, String),
    /// Run a `credential_process`, and remember its end by this name. The person asked for it.
    RunProcess {
        /// Whose it is, to speak of it.
        profile: String,
        /// By what its end is remembered.
        process: CacheName,
        /// Its command line.
        command: Secret,
    },
    /// Write a choice to the file of settings.
    Change(Setting),
    /// Change the config file, if it still is what was seen; no bytes, where there was none. A person agreed to it.
    EditConfig {
        /// In this order, all or none.
        edits: Vec<Edit>,
        /// The whole file.
        seen: Vec<u8>,
    },
    /// Make a change that mends something, if the files still are what was seen. A person saw it and agreed to it.
    Mend {
        /// What is done.
        change: Box<Change>,
        /// What it was made from.
        seen: Box<Files>,
    },
    /// Take back the last change that was made so.
    TakeBack,
    /// Look at what the doctor looks at.
    LookAround,
    /// Show a file to the person.
    OpenFile(Place),
    /// Open the window, or bring it to the front.
    OpenWindow(Part),
    /// Tell the person, in a sentence, that something they asked for did not work.
    Trouble(String),
    /// End the program.
    Quit,
}

/// Why the program wants waking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A flow goes on.
    Flow,
    /// A silent refresh is due.
    Refresh,
    /// Something ends, or is about to.
    End,
    /// A notice is to be shown again.
    Notice,
}

/// The program.
#[derive(Clone, Debug)]
pub struct App {
    /// What was read of this machine.
    pub world: World,
    by: By,
    flows: Flows,
    silent: Silent,
    /// Sessions to sign in to, one page after another.
    queue: VecDeque<SessionId>,
    memory: Memory,
    locked: bool,
    /// To be opened when the screen is unlocked.
    held_pages: Vec<Effect>,
    /// Failed sign-ins that the person was not told of yet: session, message, when.
    failures: Vec<(SessionId, String, Timestamp)>,
    portal: Portal,
    mending: Mending,
}

impl App {
    /// The program before it has seen anything. `silent_refresh` where it renews tokens by itself.
    pub fn new(by: By, silent_refresh: bool, paths: ShownPaths, environment: Environment) -> Self {
        Self {
            world: World::new(paths, environment),
            by,
            flows: Flows::default(),
            silent: Silent::new(silent_refresh),
            queue: VecDeque::new(),
            memory: Memory::default(),
            locked: false,
            held_pages: Vec::new(),
            failures: Vec::new(),
            portal: Portal::default(),
            mending: Mending::default(),
        }
    }

    /// Takes an event in.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut effects = match event {
            Event::Tick => Vec::new(),
            Event::Seen(seen) => {
                self.world.take(seen);
                Vec::new()
            }
            Event::Reply(ticket, reply) => self.flows.reply(ticket, reply, now),
            Event::Act(action) => self.act(action, now),
            Event::SignIn(wish) => self.sign_in(&wish, now),
            Event::Refresh(sessions) => {
                sessions.iter().flat_map(|session| self.flows.refresh(&self.world, session, true, self.by)).collect()
            }
            Event::Logout(sessions) => {
                sessions.iter().flat_map(|session| self.flows.log_out(&self.world, session)).collect()
            }
            Event::NotTaken(session, end) => self.not_taken(&session, end, now),
            Event::List(session, profile) => self.flows.list(&self.world, &session, profile.as_deref(), self.by),
            Event::NoticeShown(keys) => {
                self.memory.shown(keys, now);
                vec![Effect::Remember(self.memory.clone())]
            }
            Event::NoticeGone(keys) => {
                self.memory.forget(&keys);
                Vec::new()
            }
            Event::ScreenLocked(locked) => {
                self.locked = locked;
                self.next_in_queue(now)
            }
            Event::Remembered(memory) => {
                self.memory = memory;
                Vec::new()
            }
            Event::LookedAround(around) => {
                self.looked_around(around);
                Vec::new()
            }
            Event::Mended(mended) => self.mended_now(mended),
        };
        self.forget_failures();
        effects.extend(self.flows.tick(now));
        for (session, is_probe) in self.silent.due(&self.world, &self.flows, now) {
            effects.extend(self.flows.refresh(&self.world, &session, is_probe, self.by));
            if is_probe {
                self.silent.probed(session, now);
            }
        }
        effects.extend(self.end_flows(now));
        self.hold_pages(effects)
    }

    /// A token that AWS does not take before its end was revoked. One that was replaced meanwhile says nothing.
    fn not_taken(&mut self, session: &SessionId, end: Timestamp, now: Timestamp) -> Vec<Effect> {
        let is_present = self.world.token_end(session) == Some(end);
        if !is_present || end <= now || self.world.revoked_at(session, end).is_some() {
            return Vec::new();
        }
        let (file, revoked) = (session.token_file(), Revoked { end, at: now });
        self.world.revoked.insert(file.clone(), revoked);
        vec![Effect::RememberRevoked(file, revoked)]
    }

    /// Which of Relight's programs this is.
    pub fn by(&self) -> By {
        self.by
    }

    /// What is true at `now`.
    pub fn view(&self, now: Timestamp) -> View {
        let mut failing = self.silent.failing(&self.world);
        let unsaved = "The renewed token cannot be written to its file; it is kept, and tried again.";
        failing.extend(self.flows.unsaved().map(|session| (session.clone(), Failing::Failed(unsaved.into()))));
        View::new(&self.world, &self.flows.logins(), &failing, now)
    }

    /// The notices that are true at `now`, and those of them to show.
    pub fn notices(&self, view: &View, now: Timestamp) -> Due {
        notice::due(view, &self.memory, &self.failures, &self.world, self.locked, now)
    }

    /// The sessions for which something is under way.
    pub fn under_way(&self) -> impl Iterator<Item = &SessionId> {
        self.flows.sessions()
    }

    /// How far the listing of what `session` may use is, while it is under way.
    pub fn listing(&self, session: &SessionId) -> Option<Progress> {
        self.flows.listing(session)
    }

    /// Whether anything is under way.
    pub fn is_busy(&self) -> bool {
        !self.flows.is_empty()
    }

    /// Whether the flow of `ticket` is under way.
    pub fn is_running(&self, ticket: Ticket) -> bool {
        self.flows.is_running(ticket)
    }

    /// Whether AWS gave something out, or is about to, that is not written yet: the program must not end now.
    pub fn is_saving(&self) -> bool {
        self.flows.is_saving()
    }

    /// When to send the next [`Event::Tick`], at the latest, and why. `view` is the present one.
    pub fn next_wakeup(&self, view: &View) -> Option<(Timestamp, Why)> {
        let now = view.now;
        let mut wakeups: Vec<(Timestamp, Why)> = Vec::new();
        wakeups.extend(self.flows.wakeups().map(|at| (at, Why::Flow)));
        wakeups.extend(self.silent.wakeups(&self.world, &self.flows, now).map(|at| (at, Why::Refresh)));
        wakeups.extend(self.memory.wakeups().map(|at| (at, Why::Notice)));
        for session in &view.sessions {
            let ends = [session.expires_at, session.person_needed_at, self.over_at(session, now)];
            wakeups.extend(ends.into_iter().flatten().map(|at| (at, Why::End)));
            let leads = self.world.settings.lead_times(session.length);
            wakeups.extend(
                session
                    .person_needed_at
                    .into_iter()
                    .flat_map(|end| leads.iter().map(move |lead| (before(end, *lead), Why::End)).collect::<Vec<_>>()),
            );
        }
        let leads = self.world.settings.lead_times(None);
        for end in view.profiles.iter().filter(|profile| profile.has_own_end()).filter_map(|profile| profile.expires_at)
        {
            wakeups.push((end, Why::End));
            wakeups.extend(leads.iter().map(|lead| (before(end, *lead), Why::End)));
        }
        let flow_is_late = wakeups.iter().filter(|(at, why)| *why == Why::Flow && *at <= now).min().copied();
        flow_is_late.or_else(|| wakeups.into_iter().filter(|(at, _)| *at > now).min())
    }

    /// A session that was signed in to after all, here or elsewhere, did not fail.
    fn forget_failures(&mut self) {
        let world = &self.world;
        self.failures.retain(|(session, _, at)| match world.token_made(session) {
            Some(modified) => modified.is_none_or(|modified| modified < *at),
            None => true,
        });
    }

    /// Takes away the flows that are over, with what follows from their outcomes.
    fn end_flows(&mut self, now: Timestamp) -> Vec<Effect> {
        let (not_taken, logged_out) = (self.flows.not_taken(), self.flows.logged_out());
        let mut effects = Vec::new();
        for (session, at) in logged_out {
            let fact = self.world.config.sessions.get(&session).map(|found| Fact::of(found, What::LoggedOut, at));
            effects.extend(fact.map(|fact| self.learn(fact)));
        }
        for (ticket, session, outcome, kind) in self.flows.take_ended() {
            effects.push(Effect::End(ticket));
            if let Some(fact) = self.learned_from(&session, &outcome, kind, now) {
                effects.push(self.learn(fact));
            }
            if let Outcome::Refused { expires_at, .. } = outcome {
                self.world.refused.insert(session.token_file(), expires_at);
                effects.push(Effect::RememberRefused(session.token_file(), expires_at));
            }
            match kind {
                Kind::Login => {
                    self.signed_in(&session, &outcome, now);
                    let name = self.world.config.name_of(&session);
                    effects.extend(doubt(&name, &outcome));
                    // The tray has a notice for it, the terminal its own last words.
                    if self.by == By::Window {
                        effects.extend(failure(&outcome).map(|sentence| in_words(&name, &sentence)));
                    }
                }
                Kind::Refresh => self.silent.ended(&self.world, &session, &outcome, now),
                Kind::Listing => self.listed(&session, &outcome),
                Kind::Logout => effects.extend(sign_out_trouble(&outcome).map(Effect::Trouble)),
            }
            effects.push(Effect::Finished(session, outcome));
        }
        for (session, end) in not_taken {
            effects.extend(self.not_taken(&session, end, now));
        }
        if !effects.is_empty() {
            effects.extend(self.next_in_queue(now));
        }
        effects
    }

    /// A sign-in is over.
    fn signed_in(&mut self, session: &SessionId, outcome: &Outcome, now: Timestamp) {
        // Whoever is not there for one page is not there for the next.
        if !matches!(outcome, Outcome::SignedIn { .. } | Outcome::SignedInElsewhere) {
            self.queue.clear();
        }
        if let Some(message) = failure(outcome) {
            self.failures.push((session.clone(), message, now));
        }
    }
}

//! The flows under way, by ticket. At most one sign-in, one listing, and one refresh or sign-out for each session.

use super::{Effect, Ticket};
use crate::cache::CacheName;
use crate::config::{Profile, Session, SessionId, SessionKind, Step};
use crate::flow::{Do, Listing, Logout, Outcome, Progress, Refresh, Renewable, Reply, SignIn, Wish};
use crate::time::Timestamp;
use crate::view::{By, Login};
use crate::world::World;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

#[derive(Clone, Debug, Default)]
pub(super) struct Flows {
    last: u64,
    running: BTreeMap<Ticket, Flow>,
}

#[derive(Clone, Debug)]
enum Flow {
    Login(Box<SignIn>),
    Refresh(Box<Refresh>),
    Logout(Box<Logout>),
    Listing(Box<Listing>),
}

impl Flows {
    pub(super) fn sign_in(&mut self, world: &World, wish: &Wish, by: By, now: Timestamp) -> Vec<Effect> {
        let Some(found) = world.config.sessions.get(&wish.session).filter(|session| session.is_complete()) else {
            return Vec::new();
        };
        let endpoints = world.config.endpoints_for(found, wish.profile.as_deref());
        let before = match wish.session.kind() {
            SessionKind::Login => world.login(&wish.session).clone().map(|file| file.map(Renewable::Login)),
            SessionKind::SsoSession | SessionKind::Legacy => {
                world.token(&wish.session).clone().map(|file| file.map(Renewable::Token))
            }
        };
        let (login, first) = SignIn::begin(wish, found.clone(), endpoints, world.remote(), by, before, now);
        self.add(Flow::Login(Box::new(login)), first)
    }

    pub(super) fn refresh(&mut self, world: &World, session: &SessionId, asked: bool, by: By) -> Vec<Effect> {
        let Some(found) = world.config.sessions.get(session).filter(|session| session.is_complete()) else {
            return Vec::new();
        };
        if self.is_renewing(session) {
            return Vec::new();
        }
        // A token that AWS takes no more is renewed before its time.
        let asked = asked || world.token_end(session).is_some_and(|end| world.revoked_at(session, end).is_some());
        let (refresh, first) = Refresh::begin(found, found.endpoints.clone(), asked, by == By::Terminal);
        self.add(Flow::Refresh(Box::new(refresh)), first)
    }

    pub(super) fn log_out(&mut self, world: &World, session: &SessionId) -> Vec<Effect> {
        let Some(found) = world.config.sessions.get(session) else { return Vec::new() };
        let (logout, first) = Logout::begin(found, found.endpoints.clone(), roles_of(world, session));
        self.add(Flow::Logout(Box::new(logout)), first)
    }

    /// `profile` is the one that was named: its endpoint override counts then.
    pub(super) fn list(&mut self, world: &World, session: &SessionId, profile: Option<&str>, by: By) -> Vec<Effect> {
        // `aws login` has no portal.
        let has_portal = |session: &&Session| session.is_complete() && session.id.kind() != SessionKind::Login;
        let Some(found) = world.config.sessions.get(session).filter(has_portal) else {
            return Vec::new();
        };
        if self.listing(session).is_some() {
            return Vec::new();
        }
        let endpoints = world.config.endpoints_for(found, profile);
        let (listing, first) = Listing::begin(found, endpoints, by == By::Terminal);
        self.add(Flow::Listing(Box::new(listing)), first)
    }

    /// How far the listing of `session` is.
    pub(super) fn listing(&self, session: &SessionId) -> Option<Progress> {
        self.running.values().find_map(|flow| match flow {
            Flow::Listing(listing) if listing.session() == session => Some(listing.progress()),
            _ => None,
        })
    }

    pub(super) fn reply(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        let next = match self.running.get_mut(&ticket) {
            Some(Flow::Login(login)) => login.on(reply, now),
            Some(Flow::Refresh(refresh)) => refresh.on(reply, now),
            Some(Flow::Logout(logout)) => logout.on(reply, now),
            Some(Flow::Listing(listing)) => listing.on(reply, now),
            // A flow that was given up.
            None => Vec::new(),
        };
        effects(ticket, next)
    }

    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        let tick = |(ticket, flow): (&Ticket, &mut Flow)| match flow {
            Flow::Login(login) => effects(*ticket, login.tick(now)),
            Flow::Refresh(refresh) => effects(*ticket, refresh.tick(now)),
            Flow::Listing(listing) => effects(*ticket, listing.tick(now)),
            Flow::Logout(logout) => effects(*ticket, logout.tick(now)),
        };
        self.running.iter_mut().flat_map(tick).collect()
    }

    pub(super) fn cancel(&mut self, session: &SessionId) {
        for flow in self.running.values_mut() {
            if let Flow::Login(login) = flow
                && login.session() == session
            {
                login.cancel();
            }
        }
    }

    /// The browser cannot come back to this sign-in: a code goes on with it.
    pub(super) fn use_code(&mut self, session: &SessionId) -> Vec<Effect> {
        let of_session = |(ticket, flow): (&Ticket, &mut Flow)| match flow {
            Flow::Login(login) if login.session() == session => effects(*ticket, login.use_code()),
            Flow::Login(_) | Flow::Refresh(_) | Flow::Logout(_) | Flow::Listing(_) => Vec::new(),
        };
        self.running.iter_mut().flat_map(of_session).collect()
    }

    /// The program ends: what AWS gave out is tried to be written at once.
    pub(super) fn hurry(&mut self, now: Timestamp) {
        for flow in self.running.values_mut() {
            match flow {
                Flow::Login(login) if login.is_saving() => login.hurry(now),
                Flow::Refresh(refresh) if refresh.is_saving() => refresh.hurry(now),
                Flow::Listing(listing) if listing.refresh().is_some_and(Refresh::is_saving) => listing.hurry(now),
                Flow::Login(_) | Flow::Refresh(_) | Flow::Logout(_) | Flow::Listing(_) => {}
            }
        }
    }

    /// Sessions that were ended at AWS for a sign-in that is over, and when.
    pub(super) fn logged_out(&self) -> Vec<(SessionId, Timestamp)> {
        let of_login = |flow: &Flow| match flow {
            Flow::Login(login) if login.outcome().is_some() => Some((login.session().clone(), login.logged_out_at()?)),
            Flow::Login(_) | Flow::Refresh(_) | Flow::Logout(_) | Flow::Listing(_) => None,
        };
        self.running.values().filter_map(of_login).collect()
    }

    /// Tokens that the portal took no more, by their ends, of listings that are over.
    pub(super) fn not_taken(&self) -> Vec<(SessionId, Timestamp)> {
        let of_listing = |flow: &Flow| match flow {
            Flow::Listing(listing) => Some((listing.session().clone(), listing.not_taken()?)),
            Flow::Login(_) | Flow::Refresh(_) | Flow::Logout(_) => None,
        };
        self.running.values().filter_map(of_listing).collect()
    }

    /// Those that are over.
    pub(super) fn take_ended(&mut self) -> Vec<(Ticket, SessionId, Outcome, Kind)> {
        let over = |(ticket, flow): (&Ticket, &Flow)| {
            let (session, outcome) = flow.state();
            Some((*ticket, session.clone(), outcome?.clone(), flow.kind()))
        };
        let ended: Vec<_> = self.running.iter().filter_map(over).collect();
        for (ticket, ..) in &ended {
            self.running.remove(ticket);
        }
        ended
    }

    /// What this process shows of its sign-ins.
    pub(super) fn logins(&self) -> BTreeMap<SessionId, Login> {
        self.own_logins().filter_map(|(_, login)| Some((login.session().clone(), login.shown()?))).collect()
    }

    pub(super) fn has_login(&self, session: &SessionId) -> bool {
        self.own_logins().any(|(_, login)| login.session() == session)
    }

    pub(super) fn any_login(&self) -> bool {
        self.own_logins().next().is_some()
    }

    pub(super) fn page(&self, session: &SessionId) -> Option<(Ticket, String)> {
        let (ticket, login) = self.own_logins().find(|(_, login)| login.session() == session)?;
        Some((ticket, login.page()?.into()))
    }

    /// Whether a refresh or sign-out of `session` is under way.
    pub(super) fn is_renewing(&self, session: &SessionId) -> bool {
        let renews = |flow: &Flow| matches!(flow, Flow::Logout(_)) || flow.refresh().is_some();
        self.running.values().any(|flow| renews(flow) && flow.state().0 == session)
    }

    /// Sessions whose renewed token cannot be written at the moment.
    pub(super) fn unsaved(&self) -> impl Iterator<Item = &SessionId> {
        let refreshes = self.running.values().filter_map(Flow::refresh);
        refreshes.filter(|refresh| refresh.failed_writes() > 0).map(Refresh::session)
    }

    /// Whether AWS gave something out, or is about to, that is not written yet.
    pub(super) fn is_saving(&self) -> bool {
        self.running.values().any(|flow| match flow {
            Flow::Login(login) => login.is_saving(),
            flow => flow.refresh().is_some_and(Refresh::is_saving),
        })
    }

    pub(super) fn wakeups(&self) -> impl Iterator<Item = Timestamp> {
        self.running.values().filter_map(|flow| match flow {
            Flow::Login(login) => login.wake_at(),
            Flow::Refresh(refresh) => refresh.wake_at(),
            Flow::Listing(listing) => listing.wake_at(),
            Flow::Logout(logout) => logout.wake_at(),
        })
    }

    pub(super) fn is_running(&self, ticket: Ticket) -> bool {
        self.running.contains_key(&ticket)
    }

    pub(super) fn sessions(&self) -> impl Iterator<Item = &SessionId> {
        self.running.values().map(|flow| flow.state().0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    fn own_logins(&self) -> impl Iterator<Item = (Ticket, &SignIn)> {
        self.running.iter().filter_map(|(ticket, flow)| match flow {
            Flow::Login(login) => Some((*ticket, &**login)),
            Flow::Refresh(_) | Flow::Logout(_) | Flow::Listing(_) => None,
        })
    }

    fn add(&mut self, flow: Flow, first: Vec<Do>) -> Vec<Effect> {
        self.last += 1;
        let ticket = Ticket(self.last);
        self.running.insert(ticket, flow);
        effects(ticket, first)
    }
}

/// Which flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Signing in.
    Login,
    /// Renewing.
    Refresh,
    /// Signing out.
    Logout,
    /// Listing accounts and roles.
    Listing,
}

impl Flow {
    fn kind(&self) -> Kind {
        match self {
            Self::Login(_) => Kind::Login,
            Self::Refresh(_) => Kind::Refresh,
            Self::Logout(_) => Kind::Logout,
            Self::Listing(_) => Kind::Listing,
        }
    }

    /// The refresh that it is, or waits for.
    fn refresh(&self) -> Option<&Refresh> {
        match self {
            Self::Refresh(refresh) => Some(refresh),
            Self::Listing(listing) => listing.refresh(),
            Self::Login(_) | Self::Logout(_) => None,
        }
    }

    fn state(&self) -> (&SessionId, Option<&Outcome>) {
        match self {
            Self::Login(login) => (login.session(), login.outcome()),
            Self::Refresh(refresh) => (refresh.session(), refresh.outcome()),
            Self::Logout(logout) => (logout.session(), logout.outcome()),
            Self::Listing(listing) => (listing.session(), listing.outcome()),
        }
    }
}

/// The caches of all roles that `session` leads to: those of its profiles, and of roles that start from one of these.
fn roles_of(world: &World, session: &SessionId) -> Vec<CacheName> {
    let config = &world.config;
    let starts_there = |profile: &&Profile| {
        let first = || config.steps(&profile.name)?.first().copied();
        let session_of = |step| if let Step::First(first) = step { first.session() } else { None };
        profile.session() == Some(session) || first().and_then(session_of) == Some(session)
    };
    let roles: BTreeSet<_> =
        config.profiles.values().filter(starts_there).filter_map(Profile::role_cache).cloned().collect();
    roles.into_iter().collect()
}

fn effects(ticket: Ticket, next: Vec<Do>) -> Vec<Effect> {
    next.into_iter().map(|next| Effect::Do(ticket, next)).collect()
}

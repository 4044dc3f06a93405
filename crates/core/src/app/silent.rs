//! When tokens are renewed without asking, and when to try again after a failure.

use super::flows::Flows;
use crate::config::{SessionId, SessionKind};
use crate::flow::{NOT_TWICE_WITHIN, Outcome, login_refresh_due, refresh_due};
use crate::time::{SignedDuration, Timestamp, after, read_date, until};
use crate::view::{Failing, Login};
use crate::world::{Content, LoginFile, TokenFile, World};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use sha1::{Digest, Sha1};

/// The longest pause between tries while the network is away, before it is spread.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// By how much a pause is longer at most: when a network comes back, not all its machines ask at once.
const MOST_SPREAD: SignedDuration = SignedDuration::from_secs(150);

#[derive(Clone, Debug)]
pub(super) struct Silent {
    on: bool,
    last: BTreeMap<SessionId, Last>,
    /// When a session was last refreshed only to learn how long it lasts.
    probed: BTreeMap<SessionId, Timestamp>,
}

/// The last refresh of a session.
#[derive(Clone, Debug)]
struct Last {
    not_before: Timestamp,
    failures: u32,
    /// Of the token that it was about: a new token makes the failure void.
    failing: Option<(Timestamp, Failing)>,
}

impl Silent {
    pub(super) fn new(on: bool) -> Self {
        Self { on, last: BTreeMap::new(), probed: BTreeMap::new() }
    }

    /// Starts no refresh any more: the program ends.
    pub(super) fn stop(&mut self) {
        self.on = false;
    }

    /// The sessions to refresh now, and whether only to learn how long they last.
    pub(super) fn due(&self, world: &World, flows: &Flows, now: Timestamp) -> Vec<(SessionId, bool)> {
        let due = self.times(world, flows, now).filter(|(_, at, _)| *at <= now);
        due.map(|(session, _, needed_at)| (session.clone(), needed_at > now)).collect()
    }

    /// A refresh of `session` began only to learn how long it lasts.
    pub(super) fn probed(&mut self, session: SessionId, now: Timestamp) {
        self.probed.insert(session, now);
    }

    pub(super) fn wakeups<'a>(
        &'a self,
        world: &'a World,
        flows: &'a Flows,
        now: Timestamp,
    ) -> impl Iterator<Item = Timestamp> {
        self.times(world, flows, now).map(|(_, at, _)| at)
    }

    /// A refresh of `session` ended.
    pub(super) fn ended(&mut self, world: &World, session: &SessionId, outcome: &Outcome, now: Timestamp) {
        let failures = match outcome {
            Outcome::Failed { again: true, .. } | Outcome::Offline { .. } => {
                self.last.get(session).map_or(0, |last| last.failures).saturating_add(1)
            }
            _ => 0,
        };
        if !matches!(outcome, Outcome::Refreshed { .. } | Outcome::Refused { .. }) {
            // AWS was not asked, or did not answer.
            self.probed.remove(session);
        }
        let pause = (NOT_TWICE_WITHIN * (1 << failures.saturating_sub(1).min(3))).min(LONGEST_PAUSE);
        let spread = if failures == 0 { SignedDuration::ZERO } else { spread(world, session, failures, pause) };
        let failing = match outcome {
            Outcome::Failed { message, .. } => Some((now, Failing::Failed(message.clone()))),
            Outcome::Offline { message } => Some((now, Failing::Offline(message.clone()))),
            _ => None,
        };
        self.last.insert(session.clone(), Last { not_before: after(now, pause + spread), failures, failing });
    }

    /// Why the last refresh of each session failed, while its token is still the one it failed on.
    pub(super) fn failing(&self, world: &World) -> BTreeMap<SessionId, Failing> {
        let still = |(session, last): (&SessionId, &Last)| {
            let (since, reason) = last.failing.as_ref()?;
            world.token_made(session)?.is_none_or(|made| made <= *since).then(|| (session.clone(), reason.clone()))
        };
        self.last.iter().filter_map(still).collect()
    }

    /// The sessions that can be refreshed, when, and when their tokens need it.
    fn times<'a>(
        &'a self,
        world: &'a World,
        flows: &'a Flows,
        now: Timestamp,
    ) -> impl Iterator<Item = (&'a SessionId, Timestamp, Timestamp)> {
        let on = self.on && world.settings.silent_refresh;
        let by_itself = move |session: &SessionId| on && !world.settings.renew_by_hand.contains(&session.to_string());
        let sessions = world.config.sessions.iter().filter(move |(session, _)| by_itself(session));
        sessions.filter_map(move |(session, configured)| {
            let (expires_at, due) = renewable(world, session, now)?;
            let refused = world.refused.get(&session.token_file()) == Some(&expires_at);
            let busy = flows.is_renewing(session)
                || flows.has_login(session)
                || world.attempts.get(&session.token_file()).is_some_and(|login| is_recent(login, now));
            let not_before = self.last.get(session).map_or(Timestamp::MIN, |last| last.not_before);
            // A later moment is left from before the clock was set back.
            let is_left_over = until(now, not_before) > LONGEST_PAUSE + MOST_SPREAD;
            let not_before = if is_left_over { Timestamp::MIN } else { not_before };
            // AWS takes it no more, so it is renewed whatever its own end says.
            let needed_at = world.revoked_at(session, expires_at).unwrap_or(due);
            let is_learned = session.kind() == SessionKind::SsoSession;
            let probe_at = world.learned.probe_at(&configured.start_url, &session.token_file(), expires_at, now);
            // What could not be remembered must not be asked for again and again.
            let probe_at =
                probe_at.filter(|at| is_learned && self.probed.get(session).is_none_or(|probed| probed < at));
            let at = probe_at.map_or(needed_at, |at| at.min(needed_at));
            (!refused && !busy).then(|| (session, at.max(not_before), needed_at))
        })
    }
}

/// Up to half of `pause`, by this machine's own registration, so that two machines differ and one repeats itself.
fn spread(world: &World, session: &SessionId, failures: u32, pause: SignedDuration) -> SignedDuration {
    let client = match world.token(session) {
        Content::Read(TokenFile { token: Ok(token), .. }) => token.client.as_ref().map(|client| client.id.as_str()),
        _ => None,
    };
    let hash = Sha1::digest(format!("{session} {} {failures}", client.unwrap_or_default()));
    let share = hash.first().copied().map_or(0, i32::from);
    (pause / 2 * share / 255).min(MOST_SPREAD)
}

/// A sign-in that has been under way for longer than any code lives is stuck, and keeps nobody from anything.
fn is_recent(login: &Login, now: Timestamp) -> bool {
    read_date(&login.since).is_some_and(|since| until(since.at, now) < SignedDuration::from_mins(30))
}

/// The end of a token that can be refreshed, and when that is due.
fn renewable(world: &World, session: &SessionId, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    match session.kind() {
        SessionKind::Legacy => None,
        SessionKind::SsoSession => {
            let Content::Read(TokenFile { token: Ok(token), modified }) = world.token(session) else { return None };
            token.can_refresh(now).then(|| (token.expires_at, refresh_due(token.expires_at, *modified)))
        }
        SessionKind::Login => {
            let Content::Read(LoginFile { token: Ok(login), modified }) = world.login(session) else { return None };
            (!login.is_over(now)).then(|| (login.expires_at, login_refresh_due(login.expires_at, *modified)))
        }
    }
}

//! When tokens are renewed without asking, and when to try again after a failure.

use super::flows::Flows;
use crate::config::{SessionId, SessionKind};
use crate::flow::{NOT_TWICE_WITHIN, Outcome, login_refresh_due, refresh_due};
use crate::time::{SignedDuration, Timestamp, after, read_date, until};
use crate::view::Login;
use crate::world::{Content, LoginFile, TokenFile, World};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// The longest pause between tries while the network is away.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);

#[derive(Clone, Debug)]
pub(super) struct Silent {
    on: bool,
    last: BTreeMap<SessionId, Last>,
}

/// The last refresh of a session.
#[derive(Clone, Debug)]
struct Last {
    not_before: Timestamp,
    failures: u32,
    /// Of the token that it was about: a new token makes the failure void.
    failing: Option<(Timestamp, String)>,
}

impl Silent {
    pub(super) fn new(on: bool) -> Self {
        Self { on, last: BTreeMap::new() }
    }

    /// Starts no refresh any more: the program ends.
    pub(super) fn stop(&mut self) {
        self.on = false;
    }

    /// The sessions to refresh now.
    pub(super) fn due(&self, world: &World, flows: &Flows, now: Timestamp) -> Vec<SessionId> {
        self.times(world, flows, now).filter(|(_, at)| *at <= now).map(|(session, _)| session.clone()).collect()
    }

    pub(super) fn wakeups<'a>(
        &'a self,
        world: &'a World,
        flows: &'a Flows,
        now: Timestamp,
    ) -> impl Iterator<Item = Timestamp> {
        self.times(world, flows, now).map(|(_, at)| at)
    }

    /// A refresh of `session` ended.
    pub(super) fn ended(&mut self, session: &SessionId, outcome: &Outcome, now: Timestamp) {
        let failures = match outcome {
            Outcome::Failed { again: true, .. } => self.last.get(session).map_or(0, |last| last.failures) + 1,
            _ => 0,
        };
        let pause = NOT_TWICE_WITHIN * (1 << failures.saturating_sub(1).min(3));
        let failing = match outcome {
            Outcome::Failed { message, .. } => Some((now, message.clone())),
            _ => None,
        };
        self.last.insert(session.clone(), Last { not_before: after(now, pause.min(LONGEST_PAUSE)), failures, failing });
    }

    /// Why the last refresh of each session failed, while its token is still the one it failed on.
    pub(super) fn failing(&self, world: &World) -> BTreeMap<SessionId, String> {
        let still = |(session, last): (&SessionId, &Last)| {
            let (since, reason) = last.failing.as_ref()?;
            world.token_made(session)?.is_none_or(|made| made <= *since).then(|| (session.clone(), reason.clone()))
        };
        self.last.iter().filter_map(still).collect()
    }

    /// The sessions that can be refreshed, and when.
    fn times<'a>(
        &'a self,
        world: &'a World,
        flows: &'a Flows,
        now: Timestamp,
    ) -> impl Iterator<Item = (&'a SessionId, Timestamp)> {
        let on = self.on && world.settings.silent_refresh;
        world.config.sessions.keys().filter(move |_| on).filter_map(move |session| {
            let (expires_at, due) = renewable(world, session, now)?;
            let refused = world.refused.get(&session.token_file()) == Some(&expires_at);
            let busy = flows.is_renewing(session)
                || flows.has_login(session)
                || world.attempts.get(&session.token_file()).is_some_and(|login| is_recent(login, now));
            let not_before = self.last.get(session).map_or(Timestamp::MIN, |last| last.not_before);
            // A later moment is left from before the clock was set back.
            let not_before = not_before.min(after(now, LONGEST_PAUSE));
            (!refused && !busy).then(|| (session, due.max(not_before)))
        })
    }
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

//! How a session stands.

use super::{State, attention::attention};
use crate::cache::{Damage, LOGIN_LENGTH, LoginToken, Token};
use crate::config::{Session, SessionKind};
use crate::homes;
use crate::learned::End;
use crate::problem::Problem;
use crate::text::shown;
use crate::time::{SignedDuration, Timestamp, before, until};
use crate::world::{Content, LoginFile, TokenFile, World};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use serde::Serialize;

/// How surely the end of the Identity Center session is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum EndsBasis {
    /// Known: a legacy token ends with its session, and one of `aws login` 12 hours after the sign-in.
    Exact,
    /// Learned from the sessions that this machine saw end; this one may end earlier or later.
    Learned,
    /// Written nowhere, and not learned yet.
    Unknown,
}

/// What is true of a session at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionStatus {
    /// How it stands.
    pub state: State,
    /// When the access token ends.
    pub expires_at: Option<Timestamp>,
    /// Whether a silent refresh can be tried.
    pub refreshable: bool,
    /// When the session itself ends, where that is known.
    pub ends_at: Option<Timestamp>,
    /// How surely.
    pub ends_basis: EndsBasis,
    /// The next end that needs a person: the session's where the token can be refreshed, else the token's.
    pub person_needed_at: Option<Timestamp>,
    /// How long the session or token lasts from its making to that end, where the file's own time tells.
    pub length: Option<SignedDuration>,
    /// Whether it counts for the icon, the left click and notices.
    pub attention: bool,
    /// What is wrong with its token; the configuration's own problems stand in [`Session::problems`].
    pub problems: Vec<Problem>,
}

/// Legacy tokens live this long (aws-sessions.md 3.7); their file's time may be that of a copy.
const LEGACY_LENGTH: SignedDuration = SignedDuration::from_hours(8);

/// How `session` stands at `now`.
pub fn session(world: &World, session: &Session, now: Timestamp) -> SessionStatus {
    let (mut status, changed) = match session.id.kind() {
        SessionKind::Login => of_login(world, session, now),
        SessionKind::SsoSession | SessionKind::Legacy => of_identity_center(world, session, now),
    };
    for problem in &mut status.problems {
        problem.file = Some(homes::token_path(world, &session.id));
    }
    status.problems.extend(homes::astray(world, session, now));
    let ended_at = status.person_needed_at.or(status.expires_at).or(changed);
    status.attention = attention(status.state, ended_at, &session.id.to_string(), &world.settings, now);
    status
}

/// And when a token file that is damaged was changed.
fn of_identity_center(world: &World, session: &Session, now: Timestamp) -> (SessionStatus, Option<Timestamp>) {
    match world.token(&session.id) {
        _ if !session.is_complete() => (SessionStatus::without_token(State::Broken), None),
        Content::Missing => (SessionStatus::without_token(State::SignedOut), None),
        Content::Unreadable { reason } => (unreadable(reason), None),
        Content::Read(TokenFile { token: Err(damage), modified }) => (damaged(damage), *modified),
        Content::Read(TokenFile { token: Ok(token), modified }) => {
            (with_token(world, session, token, *modified, now), None)
        }
    }
}

/// And when a token file that is damaged was changed.
fn of_login(world: &World, session: &Session, now: Timestamp) -> (SessionStatus, Option<Timestamp>) {
    match world.login(&session.id) {
        _ if !session.is_complete() => (SessionStatus::without_token(State::Broken), None),
        Content::Missing => (SessionStatus::without_token(State::SignedOut), None),
        Content::Unreadable { reason } => (unreadable(reason), None),
        Content::Read(LoginFile { token: Err(damage), modified }) => (damaged(damage), *modified),
        Content::Read(LoginFile { token: Ok(token), .. }) => (with_login(world, session, token, now), None),
    }
}

/// The keys end every quarter of an hour, and any client renews them, until the session's own end.
fn with_login(world: &World, session: &Session, token: &LoginToken, now: Timestamp) -> SessionStatus {
    let ends_at = token.ends_at();
    let refused = world.refused.get(&session.id.token_file()) == Some(&token.expires_at);
    let over = refused || token.is_over(now);
    // What AWS renews no more ends with its keys.
    let ends_at = if refused { Some(token.expires_at) } else { ends_at };
    let person_needed_at = ends_at;
    let length = ends_at.map(|_| LOGIN_LENGTH);
    let leads = world.settings.lead_times(length);
    let soon = person_needed_at.is_some_and(|end| leads.first().is_some_and(|lead| until(now, end) <= *lead));
    let state = match token.expires_at > now {
        false if over => State::Expired,
        _ if soon => State::Expiring,
        true => State::Valid,
        false => State::Stale,
    };
    let problems = if token.expires_zoned { Vec::new() } else { alloc::vec![date_without_zone()] };
    SessionStatus {
        state,
        expires_at: Some(token.expires_at),
        refreshable: !over,
        ends_at,
        ends_basis: if ends_at.is_some() { EndsBasis::Exact } else { EndsBasis::Unknown },
        person_needed_at,
        length,
        attention: false,
        problems,
    }
}

fn with_token(
    world: &World,
    session: &Session,
    token: &Token,
    modified: Option<Timestamp>,
    now: Timestamp,
) -> SessionStatus {
    let refused = world.refused.get(&session.id.token_file()) == Some(&token.expires_at);
    let legacy = session.id.kind() == SessionKind::Legacy;
    let refreshable = !legacy && !refused && token.can_refresh(now);
    let revoked = world.revoked_at(&session.id, token.expires_at);
    let expires_at = revoked.map_or(token.expires_at, |at| at.min(token.expires_at));
    let learned = if legacy { None } else { learned_end(world, session, token, now) };
    let over = learned.is_some_and(|end| end.refused || refreshable && end.over_at <= now);
    let ends_at = if legacy { Some(expires_at) } else { learned.map(|end| end.ends_at) };
    let person_needed_at = if refreshable || over { ends_at } else { Some(expires_at) };
    let made = if legacy { Some(before(token.expires_at, LEGACY_LENGTH)) } else { modified };
    let length = match learned.filter(|_| refreshable || over) {
        Some(end) => Some(end.length),
        None => person_needed_at.zip(made).map(|(end, made)| until(made, end)),
    };
    let length = length.filter(SignedDuration::is_positive);
    let live = revoked.is_none() && expires_at > now;
    let soon = person_needed_at
        .is_some_and(|end| world.settings.lead_times(length).first().is_some_and(|lead| until(now, end) <= *lead));
    let state = match (live, refreshable) {
        _ if over => State::Expired,
        (true, _) if soon => State::Expiring,
        (true, _) => State::Valid,
        (false, true) => State::Stale,
        (false, false) => State::Expired,
    };
    SessionStatus {
        state,
        expires_at: Some(expires_at),
        refreshable,
        ends_at,
        ends_basis: match learned {
            _ if legacy => EndsBasis::Exact,
            Some(_) => EndsBasis::Learned,
            None => EndsBasis::Unknown,
        },
        person_needed_at,
        length,
        attention: false,
        problems: revoked.map(|_| was_revoked(refreshable)).into_iter().chain(doubts(session, token)).collect(),
    }
}

fn was_revoked(refreshable: bool) -> Problem {
    Problem::error(
        "sso-token-revoked",
        "AWS takes this session's token no more, though its end is to come: it was signed out elsewhere, or revoked.",
        if refreshable { "Relight renews it; if that fails, sign in again." } else { "Sign in again." },
    )
}

/// The learned end, while it may be that of this token's session: one that is past and was not refused may be an older
/// session's.
fn learned_end(world: &World, session: &Session, token: &Token, now: Timestamp) -> Option<End> {
    let end = world.learned.end(&session.start_url, &session.id.token_file(), token.expires_at, now)?;
    (end.is_of_token || !end.refused && end.over_at > now).then_some(end)
}

/// What some client stumbles over in a token that can be read.
fn doubts(session: &Session, token: &Token) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !token.expires_zoned {
        problems.push(date_without_zone());
    }
    if let Some(url) = token.start_url.as_deref().filter(|url| *url != session.start_url) {
        problems.push(Problem::warning(
            "token-of-another-start-url",
            format!(
                "This token was made for {}, but the configuration says {}.",
                shown(url.split(['?', '#']).next().unwrap_or(url)),
                shown(&session.start_url)
            ),
            "Sign in again.",
        ));
    }
    problems
}

fn date_without_zone() -> Problem {
    Problem::warning(
        "date-without-zone",
        "The token's expiresAt has no time zone: boto3 fails on it, and other clients read it differently.",
        "Sign in again: a date that all clients read is written then.",
    )
}

fn unreadable(reason: &str) -> SessionStatus {
    SessionStatus::unusable(Problem::error(
        "sso-token-unreadable",
        format!("The token file cannot be read: {reason}."),
        "Correct the file's permissions, or sign in again to replace it.",
    ))
}

fn damaged(damage: &Damage) -> SessionStatus {
    SessionStatus::unusable(Problem::error(
        "sso-token-unreadable",
        format!("The token file is damaged: {damage}."),
        "Sign in again: the file is replaced then.",
    ))
}

impl SessionStatus {
    fn without_token(state: State) -> Self {
        Self {
            state,
            expires_at: None,
            refreshable: false,
            ends_at: None,
            ends_basis: EndsBasis::Unknown,
            person_needed_at: None,
            length: None,
            attention: false,
            problems: Vec::new(),
        }
    }

    fn unusable(problem: Problem) -> Self {
        Self { problems: alloc::vec![problem], ..Self::without_token(State::Broken) }
    }
}

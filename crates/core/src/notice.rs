//! Which desktop notices are true, and which of them are to be shown: each once, none while the screen is locked,
//! several at a time as one.

use crate::action::Action;
use crate::config::SessionId;
use crate::status::{EndsBasis, State};
use crate::text;
use crate::time::{SignedDuration, Timestamp, after, until, write_date};
use crate::view::{By, Login, SessionView, View};
use crate::world::World;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A notice to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about; it is withdrawn when one of them is no longer true.
    pub keys: Vec<String>,
    /// Its first line.
    pub title: String,
    /// Its other lines.
    pub body: String,
    /// What a person can press.
    pub buttons: Vec<(String, Action)>,
    /// Whether it stays until the person does something.
    pub stays: bool,
}

/// What is true, and what of it is to be shown now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Keys of all that is true.
    pub truths: BTreeSet<String>,
    /// To be shown.
    pub fresh: Vec<Notice>,
}

/// Which notices were shown, so that a restart does not show them again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Memory(BTreeMap<String, Shown>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    /// Seconds since 1970.
    at: i64,
    /// When to show it again, if the person said "Later".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    again_at: Option<i64>,
}

/// "Later" on something that ends soon.
const SNOOZE: SignedDuration = SignedDuration::from_mins(10);
/// "Later" on something that has ended.
const SNOOZE_ENDED: SignedDuration = SignedDuration::from_hours(1);
/// What was shown longer ago is forgotten.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Memory {
    pub(crate) fn shown(&mut self, keys: Vec<String>, now: Timestamp) {
        self.0.retain(|_, shown| now.as_second().saturating_sub(shown.at) <= KEPT.as_secs());
        self.0.extend(keys.into_iter().map(|key| (key, Shown { at: now.as_second(), again_at: None })));
    }

    pub(crate) fn later(&mut self, keys: &[String], now: Timestamp) {
        for key in keys {
            let snooze = if key.starts_with(ENDED) { SNOOZE_ENDED } else { SNOOZE };
            let again_at = Some(after(now, snooze).as_second());
            self.0.insert(key.clone(), Shown { at: now.as_second(), again_at });
        }
    }

    /// Their notice left the screen though they are still true, so they may be shown again.
    pub(crate) fn forget(&mut self, keys: &[String]) {
        self.0.retain(|key, _| !keys.contains(key));
    }

    pub(crate) fn wakeups(&self) -> impl Iterator<Item = Timestamp> {
        self.0.values().filter_map(|shown| Timestamp::from_second(shown.again_at?).ok())
    }

    fn is_fresh(&self, key: &str, now: Timestamp) -> bool {
        self.0.get(key).is_none_or(|shown| shown.again_at.is_some_and(|again| again <= now.as_second()))
    }
}

const ENDED: &str = "ended:";

/// An end that a person should know of.
struct Warning<'a> {
    key: String,
    line: String,
    cure: Cure<'a>,
}

/// What a person can do about it.
enum Cure<'a> {
    /// One click.
    SignIn(&'a SessionId),
    /// A command, where it is known which.
    Type(Option<&'a str>),
}

/// What is true of `view`, and what of it `memory` has not seen shown.
pub(crate) fn due(
    view: &View,
    memory: &Memory,
    failures: &[(SessionId, String, Timestamp)],
    world: &World,
    locked: bool,
    now: Timestamp,
) -> Due {
    let warnings = warnings(view, world, now);
    let own_logins = view.logins().filter(|(_, login)| login.by == By::Tray);
    let mut notices: Vec<Notice> = own_logins.filter_map(|(session, login)| page(session, login)).collect();
    notices.extend(
        failures.iter().map(|(session, message, at)| failed(session, &world.config.name_of(session), message, *at)),
    );
    let mut truths: BTreeSet<String> = notices.iter().flat_map(|notice| notice.keys.clone()).collect();
    truths.extend(warnings.iter().map(|warning| warning.key.clone()));
    if locked {
        return Due { truths, fresh: Vec::new() };
    }
    notices.retain(|notice| notice.keys.iter().any(|key| memory.is_fresh(key, now)));
    let fresh: Vec<_> = warnings.into_iter().filter(|warning| memory.is_fresh(&warning.key, now)).collect();
    notices.extend(together(&fresh));
    Due { truths, fresh: notices }
}

/// One notice for one session and step; none while somebody signs in to it.
fn warnings<'a>(view: &'a View, world: &World, now: Timestamp) -> Vec<Warning<'a>> {
    let sessions =
        view.sessions.iter().filter(|session| session.attention && session.login.is_none()).filter_map(|session| {
            let key = key_of(
                session.state,
                &session.id.to_string(),
                session.person_needed_at?,
                &world.settings.lead_times(session.length),
                now,
            )?;
            let cure =
                if session.can_sign_in { Cure::SignIn(&session.id) } else { Cure::Type(session.renew.as_deref()) };
            let line = line(&session.name, session.state, session.person_needed_at?, session.ends_basis, now);
            Some(Warning { key, line, cure })
        });
    let profiles =
        view.profiles.iter().filter(|profile| profile.attention && profile.ends_by_itself()).filter_map(|profile| {
            let key = key_of(
                profile.state,
                &format!("profile:{}", profile.name),
                profile.expires_at?,
                &world.settings.lead_times(None),
                now,
            )?;
            let cure = Cure::Type(profile.renew.as_deref());
            Some(Warning {
                key,
                line: line(&profile.name, profile.state, profile.expires_at?, EndsBasis::Exact, now),
                cure,
            })
        });
    sessions.chain(profiles).collect()
}

/// Names the session, its end and the step: the shortest warning time that `now` is inside of, or the end itself.
fn key_of(state: State, id: &str, end: Timestamp, leads: &[SignedDuration], now: Timestamp) -> Option<String> {
    let left = until(now, end);
    match state {
        State::Expired => Some(format!("{ENDED}{id}:{}", write_date(end))),
        State::Expiring => {
            let step = leads.iter().rev().find(|lead| left <= **lead)?;
            Some(format!("ends:{id}:{}:{}", write_date(end), step.as_secs()))
        }
        State::Valid | State::Stale | State::SignedOut | State::Endless | State::Unknown | State::Broken => None,
    }
}

fn line(name: &str, state: State, end: Timestamp, basis: EndsBasis, now: Timestamp) -> String {
    match state {
        _ if end > now => format!("{name} ends in {}", text::left(end, basis, now)),
        // Its end is learned, and it may have a few minutes more.
        State::Expiring => format!("{name} {}", text::AT_ANY_MOMENT),
        _ => format!("{name} ended {}", text::ago(until(end, now))),
    }
}

impl Cure<'_> {
    fn words(&self) -> String {
        match self {
            Self::SignIn(_) => "One click signs you in again, in your browser.".to_string(),
            Self::Type(Some(command)) => format!("Renew these credentials in a terminal:\n{command}"),
            Self::Type(None) => "Renew these credentials with the tool that made them.".to_string(),
        }
    }
}

fn together(warnings: &[Warning<'_>]) -> Option<Notice> {
    let first = warnings.first()?;
    let keys: Vec<_> = warnings.iter().map(|warning| warning.key.clone()).collect();
    let sessions = warnings.iter().filter_map(|warning| match warning.cure {
        Cure::SignIn(session) => Some(session.clone()),
        Cure::Type(_) => None,
    });
    let sessions: Vec<_> = sessions.collect();
    let (title, body) = match warnings {
        [one] => (one.line.clone(), one.cure.words()),
        many => {
            let lines: Vec<_> = many.iter().take(5).map(|warning| warning.line.clone()).collect();
            let more = if many.len() > 5 { format!("\nand {} more", many.len() - 5) } else { String::new() };
            let what = if sessions.len() == many.len() { "sessions" } else { "credentials" };
            (format!("{} AWS {what} need you", many.len()), format!("{}{more}", lines.join("\n")))
        }
    };
    let mut buttons = Vec::new();
    match sessions.as_slice() {
        [] => {}
        [one] => buttons.push(("Sign in".to_string(), Action::SignIn(one.clone()))),
        _ => buttons.push(("Sign in".to_string(), Action::SignInAll(sessions))),
    }
    buttons.push(("Later".to_string(), Action::Later(keys.clone())));
    Some(Notice { keys, title, body, buttons, stays: first.key.starts_with(ENDED) })
}

/// During a sign-in: the code to compare with the page (RFC 8628 5.4); without one, only the page that could not be
/// opened.
fn page(session: &SessionView, login: &Login) -> Option<Notice> {
    let by_hand = match (&login.browser_error, &login.verification_uri_complete) {
        (Some(error), Some(page)) => format!("{error}\n{page}"),
        _ => String::new(),
    };
    let code = login.user_code.as_deref();
    let compare = code.map(|code| format!("Approve only if the page shows this code:\n{code}"));
    let lines: Vec<_> = [login.note.clone(), compare, Some(by_hand.clone())].into_iter().flatten().collect();
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    if code.is_none() && by_hand.is_empty() {
        return None;
    }
    let key = code.unwrap_or(&login.since);
    Some(Notice {
        // With the trouble in its name, it is shown again when the trouble comes.
        keys: vec![format!("code:{}:{key}{}", session.id, if by_hand.is_empty() { "" } else { ":by-hand" })],
        title: format!("Signing in to {}", session.name),
        body: lines.join("\n"),
        buttons: vec![
            ("Open page".to_string(), Action::OpenPage(session.id.clone())),
            ("Cancel".to_string(), Action::Cancel(session.id.clone())),
        ],
        stays: true,
    })
}

fn failed(session: &SessionId, name: &str, message: &str, at: Timestamp) -> Notice {
    Notice {
        keys: vec![format!("failed:{session}:{}", at.as_millisecond())],
        title: format!("Not signed in to {name}"),
        body: message.to_string(),
        buttons: vec![("Try again".to_string(), Action::SignIn(session.clone()))],
        stays: false,
    }
}

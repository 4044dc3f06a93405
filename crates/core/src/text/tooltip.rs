//! The tooltip: the state of everything in a few words, then line by line. Screen readers read it.

use super::{AT_ANY_MOMENT, credentials, left, standing};
use crate::status::{EndsBasis, State};
use crate::time::Timestamp;
use crate::view::{SessionView, View};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use jiff::tz::TimeZone;

/// Something that deserves attention and has an end that needs a person.
struct Entry<'a> {
    name: &'a str,
    state: State,
    end: Option<Timestamp>,
    basis: EndsBasis,
}

/// The state of everything in a few words: the tooltip's first line.
pub fn headline(view: &View, now: Timestamp) -> String {
    if let Some((session, login)) = view.logins().next() {
        return match &login.user_code {
            Some(code) => format!("Signing in to {}: code {code}", session.name),
            None => format!("Signing in to {}", session.name),
        };
    }
    let entries = entries(view);
    let ended: Vec<_> = entries.iter().filter(|entry| entry.state == State::Expired).collect();
    let soonest = entries.iter().filter(|entry| entry.state == State::Expiring).min_by_key(|entry| entry.end);
    match (ended.as_slice(), soonest) {
        ([one], _) => format!("{} has ended", one.name),
        ([_, _, ..], _) => format!("{} have ended", counted(ended.len(), view)),
        (_, Some(Entry { name, end: Some(end), .. })) if *end <= now => format!("{name} {AT_ANY_MOMENT}"),
        (_, Some(Entry { name, end: Some(end), basis, .. })) => format!("{name} ends in {}", left(*end, *basis, now)),
        (_, Some(Entry { name, .. })) => format!("{name} ends soon"),
        ([], None) => of_sessions(view),
    }
}

/// Sessions, and the profiles whose end no session tells.
fn entries(view: &View) -> Vec<Entry<'_>> {
    let sessions = view.sessions.iter().filter(|session| session.attention);
    let sessions = sessions.map(|session| Entry {
        name: &session.name,
        state: session.state,
        end: session.person_needed_at,
        basis: session.ends_basis,
    });
    let profiles = view.profiles.iter().filter(|profile| profile.attention && profile.ends_by_itself());
    let profiles = profiles.map(|profile| Entry {
        name: &profile.name,
        state: profile.state,
        end: profile.expires_at,
        basis: EndsBasis::Exact,
    });
    sessions.chain(profiles).collect()
}

/// `3 sessions`, or `3 credentials` where some of them are no sessions.
fn counted(count: usize, view: &View) -> String {
    let sessions = view.sessions.iter().filter(|session| session.attention && session.state == State::Expired).count();
    format!("{count} {}", if sessions == count { "sessions" } else { "credentials" })
}

/// Nothing has ended or is about to.
fn of_sessions(view: &View) -> String {
    let of = |state| {
        let of_state = move |session: &&SessionView| session.attention && session.state == state;
        view.sessions.iter().filter(of_state).collect::<Vec<_>>()
    };
    let (unusable, stale, valid) = (of(State::Broken), of(State::Stale), of(State::Valid));
    match (unusable.first(), stale.first(), valid.as_slice()) {
        (Some(session), ..) => format!("{} cannot be used", session.name),
        (_, Some(session), _) if session.is_offline() => format!("Offline: {} is renewed later", session.name),
        (_, Some(session), _) if session.refresh_failure().is_some() => {
            format!("{} could not be renewed", session.name)
        }
        // Its clients renew it, at their next use.
        (_, Some(session), _) if !session.can_sign_in => format!("Signed in to {}", session.name),
        (_, Some(session), _) => format!("{} is being renewed", session.name),
        (_, _, [one]) => format!("Signed in to {}", one.name),
        (_, _, [_, _, ..]) => format!("Signed in to {} sessions", valid.len()),
        (.., []) => quiet(view),
    }
}

/// No session deserves attention: why.
fn quiet(view: &View) -> String {
    let valid = view.profiles.iter().find(|profile| profile.attention && profile.state == State::Valid);
    match valid {
        Some(profile) => format!("{} is valid", profile.name),
        None if view.problems.iter().any(|problem| problem.code == "file-unreadable") => {
            "AWS files cannot be read".to_string()
        }
        None if view.sessions.is_empty() && view.profiles.is_empty() => "No AWS profiles found".to_string(),
        None => "Not signed in".to_string(),
    }
}

/// The tooltip's other lines: what deserves attention, at most eight.
pub fn details(view: &View, now: Timestamp, zone: &TimeZone) -> String {
    const MOST: usize = 8;
    let sessions = view.sessions.iter().filter(|session| session.attention || session.login.is_some());
    let sessions = sessions.map(|session| format!("{}: {}", session.name, standing(session, now, zone)));
    let profiles = view.profiles.iter().filter(|profile| profile.attention && profile.ends_by_itself());
    let profiles = profiles.map(|profile| format!("{}: {}", profile.name, credentials(profile, now, zone)));
    let mut lines: Vec<_> = sessions.chain(profiles).collect();
    let more = lines.len().saturating_sub(MOST);
    if more > 0 {
        lines.truncate(MOST);
        lines.push(format!("and {more} more"));
    }
    if lines.is_empty() {
        lines.push(match view.sessions.len() {
            0 if view.profiles.is_empty() => {
                "No Identity Center session is configured. Add your organisation: relight add URL".to_string()
            }
            0 => "None of your profiles has an end that is known.".to_string(),
            1 => "One session is configured. Open the menu to sign in.".to_string(),
            many => format!("{many} sessions are configured. Open the menu to sign in."),
        });
    }
    lines.join("\n")
}

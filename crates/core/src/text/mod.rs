//! Words for people. Local times take the time zone as an argument.

mod command;
mod tooltip;

pub use command::{command, command_for, word};
pub(crate) use command::{is_plain, single_quoted};
pub use tooltip::{details, headline};

use crate::flow::Began;
use crate::status::{EndsBasis, State};
use crate::time::{SignedDuration, Timestamp, until};
use crate::view::{By, Login, LoginState, ProfileView, SessionView};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use jiff::tz::TimeZone;

/// `text` as it may be shown: no control characters, no marks that turn the direction of writing, no second line, and
/// not endless. What is left out shows as a replacement character.
pub fn shown(text: &str) -> Cow<'_, str> {
    const MOST: usize = 200;
    let plain = |character: char| {
        !(character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    if text.chars().take(MOST + 1).count() <= MOST && text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let replaced = text.chars().take(MOST).map(|character| if plain(character) { character } else { '\u{fffd}' });
    let mut out: String = replaced.collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    Cow::Owned(out)
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_string(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// The first of them, and how many `more` there are: `a, b, and 3 more`.
pub(crate) fn listed_of(few: &[&str], more: usize) -> String {
    if more == 0 { listed(few) } else { format!("{}, and {more} more", few.join(", ")) }
}

/// `3 d 4 h`, `2 h 14 min`, `14 min`, `under 1 min`: two units at most, rounded down, so that it never claims more.
pub fn span(length: SignedDuration) -> String {
    let minutes = length.as_mins().abs();
    match (minutes / (24 * 60), minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) => "under 1 min".to_string(),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) if days < 10 => format!("{days} d {hours} h"),
        (days, _, _) => format!("{days} d"),
    }
}

/// `12 min ago`, or `just now`.
pub fn ago(length: SignedDuration) -> String {
    if length.as_mins() == 0 { "just now".to_string() } else { format!("{} ago", span(length)) }
}

/// `16:07`, or with its day when it is not today.
pub fn clock(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    if at.date() == now.date() { time } else { format!("{} {time}", at.date()) }
}

/// What is left until `end`: `12 min`, or `about 12 min` where no file tells the end.
pub(crate) fn left(end: Timestamp, basis: EndsBasis, now: Timestamp) -> String {
    let left = until(now, end);
    let about = if basis == EndsBasis::Learned && left.as_mins() > 0 { "about " } else { "" };
    format!("{about}{}", span(left))
}

/// Said where the learned end is past and AWS has not refused yet.
pub const AT_ANY_MOMENT: &str = "may end at any moment";

/// How a session stands, with its time: `6 h 12 min left, until 22:05`.
pub fn standing(session: &SessionView, now: Timestamp, zone: &TimeZone) -> String {
    if let Some(login) = &session.login {
        return signing_in(login);
    }
    let left = |end: Timestamp| span(until(now, end));
    let until_clock = |end: Timestamp| match session.ends_basis {
        EndsBasis::Learned => format!("about {} (learned)", clock(end, now, zone)),
        EndsBasis::Exact | EndsBasis::Unknown => clock(end, now, zone),
    };
    match (session.state, session.expires_at) {
        (State::Expiring, _) if session.is_past_learned_end(now) => AT_ANY_MOMENT.to_string(),
        (State::Valid | State::Expiring, Some(end)) if session.refreshable => match session.ends_at {
            // What a person waits for is the session's end; the keys come and go.
            Some(end) => format!("{} left, until {}, renews itself", left(end), until_clock(end)),
            None if session.is_offline() => format!("offline, {} left, until {}", left(end), clock(end, now, zone)),
            None => format!("{} left, renews itself", left(end)),
        },
        (State::Valid | State::Expiring, Some(end)) => format!("{} left, until {}", left(end), clock(end, now, zone)),
        (State::Stale, _) if session.is_offline() => "offline, renews itself when the network is back".to_string(),
        (State::Stale, _) if session.refresh_failure().is_some() => "could not be renewed yet".to_string(),
        (State::Stale, _) => match session.ends_at {
            Some(end) => format!("renews itself at the next use, until {}", until_clock(end)),
            None => "renews itself at the next use".to_string(),
        },
        (State::Expired, Some(end)) => {
            format!("ended {}", ago(until(session.person_needed_at.unwrap_or(end), now)))
        }
        (State::SignedOut, _) => "not signed in".to_string(),
        (State::Broken, _) => {
            session.problems.first().map_or_else(|| "unusable".to_string(), |problem| problem.message.clone())
        }
        (State::Endless, _) => "never ends".to_string(),
        (State::Unknown | State::Valid | State::Expiring | State::Expired, _) => "unknown".to_string(),
    }
}

/// How a profile's own credentials stand, with their time: `47 min left, until 16:07`.
pub fn credentials(profile: &ProfileView, now: Timestamp, zone: &TimeZone) -> String {
    match (profile.state, profile.expires_at) {
        (State::Valid | State::Expiring, Some(end)) => {
            format!("{} left, until {}", span(until(now, end)), clock(end, now, zone))
        }
        (State::Expired, Some(end)) => format!("ended {}", ago(until(end, now))),
        (State::Endless, _) => "never ends".to_string(),
        (State::Broken, _) => "unusable".to_string(),
        (State::SignedOut, _) => "not signed in".to_string(),
        (State::Stale, _) => "renews itself at the next use".to_string(),
        (State::Valid | State::Expiring | State::Expired | State::Unknown, _) => match profile.kind {
            "credential-process" => "not known until its program is run",
            "container" => "renewed by its container",
            "assume-role" if profile.needs_mfa => "needs an MFA code",
            "none" => "no credentials",
            _ => "end not known",
        }
        .to_string(),
    }
}

/// What is known of the start of the session that a sign-in got, as a further sentence; nothing where that is nothing.
pub fn began(began: &Began) -> String {
    match began {
        Began::Unsure => String::new(),
        Began::Anew(_) => " A full session began.".to_string(),
        Began::NotAnew(reason) => {
            let reason = reason.trim_end_matches('.');
            format!(" Its end may not have moved, because {reason}.")
        }
    }
}

/// `signing in, code KJTX-QWPM`, and who sees it through when it is not this person's tray.
pub fn signing_in(login: &Login) -> String {
    let from = match login.by {
        By::Tray => "",
        By::Terminal => " (from a terminal)",
        By::Window => " (from the window)",
    };
    match (&login.user_code, login.state) {
        (_, LoginState::WaitingForTurn) => format!("waits until another sign-in is over{from}"),
        (Some(code), _) => format!("signing in, code {code}{from}"),
        (None, _) => format!("signing in{from}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_two_units_at_most_and_never_claim_more() {
        let said = [0, 59, 60, 3599, 3600, 8040, 86_399, 86_400, 100_000, 8_640_000, -720]
            .map(|seconds| span(SignedDuration::from_secs(seconds)));
        assert_eq!(
            said,
            [
                "under 1 min",
                "under 1 min",
                "1 min",
                "59 min",
                "1 h",
                "2 h 14 min",
                "23 h 59 min",
                "1 d",
                "1 d 3 h",
                "100 d",
                "12 min"
            ]
        );
    }

    #[test]
    fn text_of_others_cannot_disturb_what_it_stands_in() {
        assert_eq!(shown("https://corp.awsapps.com/start"), "https://corp.awsapps.com/start");
        assert_eq!(shown("a\u{1b}]0;b\nc\u{202e}d"), "a\u{fffd}]0;b\u{fffd}c\u{fffd}d");
        assert_eq!(shown(&"x".repeat(1 << 20)).chars().count(), 201);
    }

    #[test]
    fn another_day_is_named() {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let at = |text: &str| text.parse::<Timestamp>().unwrap_or_default();
        assert_eq!(clock(at("2026-11-22T15:07:59Z"), at("2026-11-22T10:00:00Z"), &zone), "16:07");
        assert_eq!(clock(at("2026-11-22T23:07:00Z"), at("2026-11-22T10:00:00Z"), &zone), "2026-11-23 00:07");
    }
}

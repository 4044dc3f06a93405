//! The tray's menu as a plain value: compared, tested and sent to the desktop only when it changed.

use crate::action::{Action, Part};
use crate::config::SessionKind;
use crate::problem::Problem;
use crate::settings::{Choice, Setting};
use crate::status::State;
use crate::text;
use crate::time::{Timestamp, until};
use crate::view::{By, Flow, LoginState, ProfileView, SessionView, View};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use jiff::tz::TimeZone;

/// A line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Words only.
    Label(String),
    /// Words that do something.
    Button {
        /// What it says.
        text: String,
        /// What it does.
        action: Action,
    },
    /// A menu in the menu.
    Submenu {
        /// What it says.
        text: String,
        /// Its lines.
        items: Vec<Item>,
    },
    /// A line between groups.
    Separator,
}

/// A level longer than this is cut, and says so.
const MOST_OF_A_LEVEL: usize = 20;

/// The menu for `view`: problems first, then one line for each session, quiet ones at the bottom.
pub fn menu(view: &View, now: Timestamp, zone: &TimeZone) -> Vec<Item> {
    let mut items = urgent(view, now);
    push_group(&mut items, listed(view, now, zone));
    push_group(&mut items, at_the_bottom(view, now, zone));
    push_group(
        &mut items,
        vec![
            Item::Button { text: "Refresh now".to_string(), action: Action::RefreshAll },
            opens("Open Relight", Part::Sessions),
            opens("Explain an error", Part::Explain),
            opens("Add an organisation", Part::Add),
            opens("Settings", Part::Settings),
            Item::Button { text: "Quit Relight (you stay signed in)".to_string(), action: Action::Quit },
        ],
    );
    items
}

fn opens(text: &str, part: Part) -> Item {
    Item::Button { text: text.to_string(), action: Action::OpenWindow(part) }
}

/// Sign-ins under way, then what a sign-in cures: one click from the browser.
fn urgent(view: &View, now: Timestamp) -> Vec<Item> {
    let mut items: Vec<_> = view
        .logins()
        .map(|(session, login)| {
            let button = |text: &str, action| Item::Button { text: text.to_string(), action };
            let mut items = Vec::new();
            if login.verification_uri_complete.is_some() {
                items.push(button("Open the page again", Action::OpenPage(session.id.clone())));
            }
            if login.by == By::Tray
                && login.flow == Flow::Pkce
                && session.kind != SessionKind::Login
                && login.state == LoginState::WaitingForApproval
            {
                items.push(button("Use a code instead", Action::UseCode(session.id.clone())));
            }
            if login.by == By::Tray {
                items.push(button("Cancel", Action::Cancel(session.id.clone())));
            }
            Item::Submenu { text: format!("{}: {}", session.name, text::signing_in(login)), items }
        })
        .collect();
    items.extend(view.to_cure().into_iter().map(|session| {
        let why = match (session.state, session.person_needed_at) {
            (State::Expiring, _) if session.is_past_learned_end(now) => format!(" ({})", text::AT_ANY_MOMENT),
            (State::Expiring, Some(end)) => format!(" ({} left)", text::left(end, session.ends_basis, now)),
            (State::Expired, Some(end)) => format!(" (ended {})", text::ago(until(end, now))),
            _ => String::new(),
        };
        Item::Button { text: format!("Sign in to {}{why}", session.name), action: Action::SignIn(session.id.clone()) }
    }));
    cut(items)
}

fn listed(view: &View, now: Timestamp, zone: &TimeZone) -> Vec<Item> {
    let mut sessions: Vec<_> = view.sessions.iter().filter(|session| session.attention).collect();
    sessions.sort_by_key(|session| session.choice != Choice::Pinned);
    let mut items: Vec<_> = sessions.into_iter().map(|session| session_item(view, session, now, zone)).collect();
    items.extend(
        view.profiles
            .iter()
            .filter(|profile| profile.attention && profile.session.is_none())
            .map(|profile| profile_item(profile, now, zone)),
    );
    if items.is_empty() {
        items.push(Item::Label(text::headline(view, now)));
    }
    cut(items)
}

fn session_item(view: &View, session: &SessionView, now: Timestamp, zone: &TimeZone) -> Item {
    let mut items = Vec::new();
    if session.can_sign_in && session.login.is_none() {
        let text = if session.state == State::Valid { "Sign in again" } else { "Sign in" };
        items.push(Item::Button { text: text.to_string(), action: Action::SignIn(session.id.clone()) });
    }
    if session.can_renew() {
        items.push(Item::Button {
            text: "Start a fresh session".to_string(),
            action: Action::Renew(session.id.clone()),
        });
    }
    let profiles = session.profiles.iter().filter_map(|name| {
        view.profiles
            .binary_search_by(|profile| profile.name.as_str().cmp(name))
            .ok()
            .and_then(|at| view.profiles.get(at))
    });
    let line = |profile: &ProfileView| {
        if profile.ends_by_itself() || profile.state == State::Unknown {
            format!("{}, {}", profile_parts(profile), text::credentials(profile, now, zone))
        } else {
            profile_parts(profile)
        }
    };
    let mut lines: Vec<_> = profiles.map(|profile| Item::Label(line(profile))).collect();
    lines.extend(session.renew.iter().map(|command| from_a_terminal(command)));
    lines.extend(session.problems.iter().map(problem_line));
    push_group(&mut items, cut(lines));
    push_group(&mut items, choices(session));
    Item::Submenu { text: format!("{}: {}", session.name, text::standing(session, now, zone)), items }
}

/// Whether it always counts, or never.
fn choices(session: &SessionView) -> Vec<Item> {
    let name = session.id.to_string();
    let is_pinned = session.choice == Choice::Pinned;
    let pin = if is_pinned { "Unpin" } else { "Pin" };
    let pinned = Setting::Pinned { name: name.clone(), on: !is_pinned };
    vec![
        Item::Button { text: pin.to_string(), action: Action::Set(pinned) },
        Item::Button { text: "Mute".to_string(), action: Action::Set(Setting::Muted { name, on: true }) },
    ]
}

fn from_a_terminal(command: &str) -> Item {
    Item::Label(format!("Sign in from a terminal: {command}"))
}

fn muted(session: &SessionView) -> Vec<Item> {
    let unmute = Setting::Muted { name: session.id.to_string(), on: false };
    let mut items = vec![Item::Button { text: "Unmute".to_string(), action: Action::Set(unmute) }];
    if session.can_sign_in {
        items.push(Item::Button { text: "Sign in".to_string(), action: Action::SignIn(session.id.clone()) });
    }
    items
}

/// What deserves no attention: other credentials, sessions that ended long ago or were never signed in to, problems.
fn at_the_bottom(view: &View, now: Timestamp, zone: &TimeZone) -> Vec<Item> {
    let quiet = view.sessions.iter().filter(|session| !session.attention && session.login.is_none());
    let quiet = quiet.map(|session| {
        let text = format!("{}: {}", session.name, text::standing(session, now, zone));
        if session.choice == Choice::Muted {
            Item::Submenu { text: format!("{text} (muted)"), items: muted(session) }
        } else if session.can_sign_in {
            Item::Button { text, action: Action::SignIn(session.id.clone()) }
        } else if let Some(command) = &session.renew {
            Item::Submenu { text, items: vec![from_a_terminal(command)] }
        } else {
            Item::Label(text)
        }
    });
    let others = view.profiles.iter().filter(|profile| !profile.attention && profile.session.is_none());
    let others = others.map(|profile| profile_item(profile, now, zone));
    let problems =
        view.problems.iter().chain(view.profiles.iter().flat_map(|profile| &profile.problems)).map(problem_line);
    [
        ("Not signed in", quiet.collect::<Vec<_>>()),
        ("Other credentials", others.collect()),
        ("Problems", problems.collect()),
    ]
    .into_iter()
    .filter(|(_, items)| !items.is_empty())
    .map(|(text, items)| Item::Submenu { text: format!("{text} ({})", items.len()), items: cut(items) })
    .collect()
}

/// `dev, 1111 2222 3333, Developer`
fn profile_parts(profile: &ProfileView) -> String {
    let parts = [Some(&profile.name), profile.account_id.as_ref(), profile.role_name.as_ref()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}

fn profile_line(profile: &ProfileView, now: Timestamp, zone: &TimeZone) -> String {
    format!("{}: {}", profile.name, text::credentials(profile, now, zone))
}

/// A profile with credentials of its own: its line, and its cure where that is more than words.
fn profile_item(profile: &ProfileView, now: Timestamp, zone: &TimeZone) -> Item {
    let text = profile_line(profile, now, zone);
    if profile.kind == "credential-process" {
        let run =
            Item::Button { text: "Run its program".to_string(), action: Action::RunProcess(profile.name.clone()) };
        return Item::Submenu { text, items: vec![run] };
    }
    let ends = matches!(profile.state, State::Expired | State::Expiring);
    match profile.renew.as_ref().filter(|_| ends) {
        Some(command) => Item::Submenu { text, items: vec![Item::Label(format!("Renew it in a terminal: {command}"))] },
        None => Item::Label(text),
    }
}

fn problem_line(problem: &Problem) -> Item {
    Item::Label(match (&problem.file, problem.line) {
        (Some(file), Some(line)) => format!("{file}, line {line}: {}", problem.message),
        (Some(file), None) if !problem.message.contains(file.as_str()) => format!("{file}: {}", problem.message),
        _ => problem.message.clone(),
    })
}

fn push_group(items: &mut Vec<Item>, group: Vec<Item>) {
    if !items.is_empty() && !group.is_empty() {
        items.push(Item::Separator);
    }
    items.extend(group);
}

fn cut(mut items: Vec<Item>) -> Vec<Item> {
    let more = items.len().saturating_sub(MOST_OF_A_LEVEL);
    if more > 0 {
        items.truncate(MOST_OF_A_LEVEL);
        items.push(Item::Button { text: format!("{more} more…"), action: Action::OpenWindow(Part::Sessions) });
    }
    items
}

//! Which session a person means.

use super::ending::Ending;
use relight_core::app::App;
use relight_core::config::SessionId;
use relight_core::problem::Severity;
use relight_core::status::State;
use relight_core::text::{command_for, shown};
use relight_core::view::{ProfileView, SessionView, View};
use std::collections::BTreeSet;

/// The session called `name`: by its name, its id or its start URL.
pub(super) fn session<'a>(view: &'a View, name: &str) -> Option<&'a SessionView> {
    let of = |matches: &dyn Fn(&SessionView) -> bool| view.sessions.iter().find(|session| matches(session));
    of(&|session| session.id.to_string() == name)
        .or_else(|| of(&|session| session.name == name))
        .or_else(|| of(&|session| session.start_url == name))
}

/// The sessions called `names`, or those of profiles called so; each once.
pub(super) fn sessions(app: &App, view: &View, names: &[String]) -> Result<Vec<SessionId>, Ending> {
    let found = names.iter().map(|name| Ok(session_or_profile(app, view, name)?.0));
    let found: BTreeSet<_> = found.collect::<Result<_, Ending>>()?;
    Ok(found.into_iter().collect())
}

/// The session called `name`; else that of the profile called so, with the profile.
pub(super) fn session_or_profile(app: &App, view: &View, name: &str) -> Result<(SessionId, Option<String>), Ending> {
    match session(view, name) {
        Some(session) => Ok((session.id.clone(), None)),
        None if view.profiles.iter().any(|profile| profile.name == name) => {
            of_profile(app, view, name).map(|session| (session, Some(name.to_owned())))
        }
        None => Err(unknown(app, view, name)),
    }
}

/// The session that the profile `name` signs in to, its own or its source's.
pub(super) fn of_profile(app: &App, view: &View, name: &str) -> Result<SessionId, Ending> {
    let Some(profile) = view.profiles.iter().find(|profile| profile.name == name) else {
        return Err(no_profile(app, view, name));
    };
    let session = view.sessions.iter().find(|session| Some(session.id.to_string()) == profile.session);
    session.map(|session| session.id.clone()).ok_or_else(|| Ending::Usage(no_session(profile)))
}

/// Why a profile has nothing to sign in to, and what gives it credentials instead.
fn no_session(profile: &ProfileView) -> String {
    let name = &profile.name;
    if let Some(problem) = profile.problems.iter().find(|problem| problem.severity == Severity::Error) {
        return format!("'{name}' has no session: {} {}", problem.message, problem.hint);
    }
    match (profile.kind, &profile.renew) {
        (_, Some(command)) => format!("Relight does not sign in to '{name}'. Run: {command}"),
        ("credential-process", None) => {
            format!("A program gives '{name}' its credentials: {}", command_for("relight refresh", name))
        }
        ("none", None) => format!("'{name}' has no credentials."),
        ("static", None) => format!("'{name}' has a long-term key, which needs no sign-in."),
        ("temporary", None) => format!("'{name}' has temporary keys: renew them with the tool that made them."),
        (kind, None) => format!("'{name}' has no session: its credentials are of the kind '{kind}'."),
    }
}

/// There is nothing to sign in to, and why.
pub(super) fn no_sessions(app: &App, view: &View) -> Ending {
    hidden("No session", app).unwrap_or_else(|| Ending::Usage(nothing_to_sign_in_to(view)))
}

fn nothing_to_sign_in_to(view: &View) -> String {
    let mut ended = view.profiles.iter().filter(|profile| profile.state == State::Expired);
    if let Some((name, command)) = ended.find_map(|profile| Some((&profile.name, profile.renew.as_ref()?))) {
        return format!("No profile of this machine signs in to an Identity Center. To renew '{name}', run: {command}");
    }
    "No profile of this machine signs in to an Identity Center. Add your organisation: relight add URL".to_owned()
}

/// There is no session or profile of that name, with what there is.
fn unknown(app: &App, view: &View, name: &str) -> Ending {
    let (name, names) = (shown(name), view.sessions.iter().map(|session| session.name.as_str()));
    let usage = || match names.collect::<Vec<_>>().as_slice() {
        [] => format!("There is no session '{name}'. {}", nothing_to_sign_in_to(view)),
        names => format!("There is no session or profile '{name}'. Sessions: {}.", few(names)),
    };
    hidden(&format!("No session or profile '{name}'"), app).unwrap_or_else(|| Ending::Usage(usage()))
}

/// That `what` is not found, where a file may have it that cannot be read.
fn hidden(what: &str, app: &App) -> Option<Ending> {
    let why = app.world.what_hides()?.sentence();
    Some(Ending::World(format!("{what} is in what can be read of the AWS files. {why}")))
}

/// There is no such profile, with the nearest one.
pub(super) fn no_profile(app: &App, view: &View, name: &str) -> Ending {
    let what = format!("No profile '{}'", shown(name));
    hidden(&what, app).unwrap_or_else(|| Ending::Usage(no_such_profile(view, name)))
}

fn no_such_profile(view: &View, name: &str) -> String {
    let like = |other: &&str| {
        other.to_lowercase().contains(&name.to_lowercase()) || name.to_lowercase().contains(&other.to_lowercase())
    };
    let names: Vec<_> = view.profiles.iter().map(|profile| profile.name.as_str()).collect();
    let near: Vec<_> = names.iter().copied().filter(like).collect();
    match (near.as_slice(), names.as_slice()) {
        ([], []) => format!("There is no profile '{name}': the AWS files have no profiles."),
        ([], all) => format!("There is no profile '{name}'. Profiles: {}.", few(all)),
        (near, _) => format!("There is no profile '{name}'. Did you mean {}?", few(near)),
    }
}

fn few(names: &[&str]) -> String {
    const MOST: usize = 8;
    let shown = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST { format!("{shown} and {} more", names.len() - MOST) } else { shown }
}

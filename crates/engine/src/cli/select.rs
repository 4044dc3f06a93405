//! Which session a person means.

use super::ending::Ending;
use relight_core::config::SessionId;
use relight_core::view::{SessionView, View};
use std::collections::BTreeSet;

/// The session called `name`: by its name, its id or its start URL.
pub(super) fn session<'a>(view: &'a View, name: &str) -> Option<&'a SessionView> {
    let of = |matches: &dyn Fn(&SessionView) -> bool| view.sessions.iter().find(|session| matches(session));
    of(&|session| session.id.to_string() == name)
        .or_else(|| of(&|session| session.name == name))
        .or_else(|| of(&|session| session.start_url == name))
}

/// The sessions called `names`, each once.
pub(super) fn sessions(view: &View, names: &[String]) -> Result<Vec<SessionId>, Ending> {
    let found = names.iter().map(|name| session(view, name).ok_or_else(|| unknown(view, name)));
    let found: BTreeSet<_> = found.map(|found| found.map(|session| session.id.clone())).collect::<Result<_, _>>()?;
    Ok(found.into_iter().collect())
}

/// The session that the profile `name` signs in to, its own or its source's.
pub(super) fn of_profile(view: &View, name: &str) -> Result<SessionId, Ending> {
    let Some(profile) = view.profiles.iter().find(|profile| profile.name == name) else {
        return Err(Ending::Usage(no_profile(view, name)));
    };
    let session = view.sessions.iter().find(|session| Some(session.id.to_string()) == profile.session);
    session.map(|session| session.id.clone()).ok_or_else(|| {
        let why = profile.problems.first().map_or_else(
            || format!("its credentials are of the kind '{}'", profile.kind),
            |problem| problem.message.clone(),
        );
        Ending::Usage(format!("The profile '{name}' has no session to sign in to: {why}."))
    })
}

/// There is nothing to sign in to, and why.
pub(super) fn no_sessions(view: &View) -> String {
    match view.problems.first() {
        Some(problem) => format!("No session is configured. {} {}", problem.message, problem.hint),
        None => {
            "No profile of this machine signs in to an Identity Center. Run 'aws configure sso' to add one.".to_owned()
        }
    }
}

/// There is no session or profile of that name, with what there is.
pub(super) fn unknown(view: &View, name: &str) -> Ending {
    let names: Vec<_> = view.sessions.iter().map(|session| session.name.as_str()).collect();
    Ending::Usage(match names.as_slice() {
        [] => format!("There is no session '{name}'. {}", no_sessions(view)),
        _ => format!("There is no session or profile '{name}'. Sessions: {}.", few(&names)),
    })
}

/// There is no such profile, with the nearest one.
pub(super) fn no_profile(view: &View, name: &str) -> String {
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

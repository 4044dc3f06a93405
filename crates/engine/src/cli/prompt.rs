//! What a person at a terminal is to do for a sign-in.

use relight_core::config::SessionId;
use relight_core::text::command_for;
use relight_core::view::{By, Flow, Login, LoginState, View};

/// The words for the sign-in to `session` as it stands; none while there is nothing to do. `no_browser`: the person
/// opens the page.
pub(super) fn text(view: &View, session: &SessionId, no_browser: bool) -> Option<String> {
    let session = view.sessions.iter().find(|view| view.id == *session)?;
    let login = session.login.as_ref()?;
    let name = &session.name;
    if login.state == LoginState::WaitingForTurn {
        let other = view.logins().find(|(_, login)| login.state != LoginState::WaitingForTurn);
        let other = other.map(|(other, login)| format!(" to {} ({})", other.name, from(login.by))).unwrap_or_default();
        return Some(format!(
            "Another sign-in{other} has the browser: the one to {name} begins when that is over. Ctrl-C gives up."
        ));
    }
    let page = login.verification_uri_complete.as_ref()?;
    let note = login.note.as_ref().map(|note| format!("{note}\n")).unwrap_or_default();
    let asked = match (&login.browser_error, no_browser || login.by != By::Terminal) {
        (Some(error), _) => format!("{error}\nThe page:"),
        (None, true) => "Open this page:".to_owned(),
        (None, false) => "Your browser opens this page:".to_owned(),
    };
    Some(format!("{note}Signing in to {name}. {asked}\n  {page}\n{}", approve(login, &session.id)?))
}

/// How the person approves.
fn approve(login: &Login, session: &SessionId) -> Option<String> {
    match login.flow {
        Flow::Pkce => Some(format!(
            "Approve there, and the browser comes back here by itself. (Can it not come back? {}. Ctrl-C gives up.)",
            command_for("relight login --flow device", &session.to_string())
        )),
        Flow::Device if session.arn().is_some() => Some(
            "Approve there, then paste the code that the page shows, and press Enter. (Ctrl-C gives up.)".to_owned(),
        ),
        Flow::Device => {
            let code = login.user_code.as_ref()?;
            let typed = login.verification_uri.as_deref().unwrap_or_default();
            Some(format!(
                "Approve only if it shows this code:\n  {code}\n(On another device, open {typed} and type the code. Ctrl-C gives up.)"
            ))
        }
    }
}

fn from(by: By) -> &'static str {
    match by {
        By::Tray => "from the tray",
        By::Terminal => "from a terminal",
        By::Window => "from the window",
    }
}

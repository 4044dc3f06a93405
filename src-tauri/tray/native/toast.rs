//! One toast, by notify-rust. On Windows it says which application it is of, and its buttons are heard while it is on the
//! screen: what is clicked later, in the notification centre, would need a COM server.

use notify_rust::{Notification, NotificationResponse, Timeout};
use relight_core::action::Action;
use relight_core::notice::Notice;
use std::thread;

/// The application's id, the same as in tauri.conf.json.
const APPLICATION: &str = "dev.relight.Relight";

/// Shows a notice; `act` gets what a person presses.
pub(super) fn show(notice: &Notice, act: impl FnOnce(Action) + Send + 'static) -> Result<(), String> {
    let buttons = notice.buttons.clone();
    let mut toast = toast(&notice.title, &notice.body);
    for (number, (label, _)) in buttons.iter().enumerate() {
        toast.action(&number.to_string(), label);
    }
    #[cfg(windows)]
    if stays(notice) {
        toast.urgency(notify_rust::Urgency::Critical);
    }
    let shown = toast.show().map_err(|error| error.to_string())?;
    let listen = move || {
        let heard = shown.wait_for_response(|response: &NotificationResponse| {
            let _ = chosen(response, buttons).map(act);
        });
        if let Err(error) = heard {
            tracing::debug!("a notice was not answered: {error}");
        }
    };
    thread::Builder::new().name("toast".to_owned()).spawn(listen).map(drop).map_err(|error| error.to_string())
}

/// Says something once, without buttons.
pub(super) fn tell(title: &str, body: &str) -> Result<(), String> {
    toast(title, body).show().map(drop).map_err(|error| error.to_string())
}

fn toast(title: &str, body: &str) -> Notification {
    let mut toast = Notification::new();
    // The longest that a toast is shown which need not be answered: 25 seconds.
    toast.appname("Relight").summary(title).body(body).timeout(Timeout::Never);
    #[cfg(windows)]
    toast.app_id(APPLICATION);
    toast
}

/// Whether it stays on the screen until it is answered. What is true only while a sign-in lasts does not.
#[cfg(windows)]
fn stays(notice: &Notice) -> bool {
    notice.stays && !notice.buttons.iter().any(|(_, action)| matches!(action, Action::Cancel(_)))
}

/// Pressing the toast itself does what its first button does, unless that only puts it off.
fn chosen(response: &NotificationResponse, buttons: Vec<(String, Action)>) -> Option<Action> {
    let number = match response {
        NotificationResponse::Default => 0,
        NotificationResponse::Action(number) => number.parse().ok()?,
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => return None,
    };
    let action = buttons.into_iter().nth(number).map(|(_, action)| action)?;
    let puts_off = *response == NotificationResponse::Default && matches!(action, Action::Later(_));
    (!puts_off).then_some(action)
}

/// Gives the toasts a name and a picture. Without a name, Windows shows the id instead.
#[cfg(windows)]
pub(super) fn register() {
    use winreg::RegKey;
    use winreg::enums::HKEY_CURRENT_USER;
    let name = || -> std::io::Result<()> {
        let key = format!(r"Software\Classes\AppUserModelId\{APPLICATION}");
        let (key, _) = RegKey::predef(HKEY_CURRENT_USER).create_subkey(key)?;
        key.set_value("DisplayName", &"Relight")?;
        let picture = std::env::current_exe()?.with_file_name("relight.png");
        if picture.is_file() { key.set_value("IconUri", &picture.as_os_str()) } else { Ok(()) }
    };
    if let Err(error) = name() {
        tracing::warn!("notices have no name: {error}");
    }
}

#[cfg(target_os = "macos")]
pub(super) fn register() {
    if let Err(error) = notify_rust::set_application(APPLICATION) {
        tracing::debug!("notices have no name: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify_rust::CloseReason;

    #[test]
    fn an_answer_is_the_action_of_its_button() {
        let sign_in = || ("Sign in".to_owned(), Action::Cure);
        let later = || ("Later".to_owned(), Action::Later(Vec::new()));
        let pressed = |number: &str| NotificationResponse::Action(number.to_owned());
        for (response, buttons, action) in [
            (NotificationResponse::Default, vec![sign_in(), later()], Some(Action::Cure)),
            (NotificationResponse::Default, vec![later()], None),
            (NotificationResponse::Default, vec![], None),
            (pressed("0"), vec![sign_in(), later()], Some(Action::Cure)),
            (pressed("1"), vec![sign_in(), later()], Some(Action::Later(Vec::new()))),
            (pressed("2"), vec![sign_in(), later()], None),
            (pressed("x"), vec![sign_in()], None),
            (NotificationResponse::Closed(CloseReason::Expired), vec![sign_in()], None),
        ] {
            assert_eq!(chosen(&response, buttons), action, "{response:?}");
        }
    }
}

//! org.freedesktop.Notifications, spoken over one connection that stays.
//!
//! Not through notify-rust: its listener starts only after a notice is shown and anew for each message, so that quick
//! answers were seen to get lost, and some daemons (dunst) answer the connection that asked and no other.

use futures_util::StreamExt;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use zbus::zvariant::Value;
use zbus::{connection, proxy};

#[proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications",
    gen_blocking = false
)]
pub(super) trait Notifications {
    #[allow(clippy::too_many_arguments, reason = "the specification's signature")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;

    fn close_notification(&self, id: u32) -> zbus::Result<()>;
}

/// A daemon that hangs must not hold the tray up.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// What became of a notice.
#[derive(Debug)]
pub(super) enum Answer {
    /// A person chose this action.
    Action(u32, String),
    /// It is gone.
    Closed(u32),
}

/// Connects and begins to listen before anything is shown, so that no answer can come too early.
pub(super) async fn connect(answers: UnboundedSender<Answer>) -> zbus::Result<NotificationsProxy<'static>> {
    let bus = connection::Builder::session()?.method_timeout(ANSWER_WITHIN).build().await?;
    let daemon = NotificationsProxy::new(&bus).await?;
    // One stream for both signals keeps their order.
    let mut signals = daemon.inner().receive_all_signals().await?;
    tokio::spawn(async move {
        while let Some(signal) = signals.next().await {
            let (header, body) = (signal.header(), signal.body());
            let answer = match header.member().as_ref().map(|member| member.as_str()) {
                Some("ActionInvoked") => body.deserialize().map(|(id, key)| Answer::Action(id, key)),
                Some("NotificationClosed") => body.deserialize().map(|(id, _reason): (u32, u32)| Answer::Closed(id)),
                _ => continue,
            };
            // What cannot be read is no answer.
            let _ = answer.map(|answer| answers.send(answer));
        }
    });
    Ok(daemon)
}

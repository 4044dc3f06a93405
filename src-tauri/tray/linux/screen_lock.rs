//! Whether the screen is locked: nothing is shown then. Desktops say so as org.freedesktop.ScreenSaver or
//! org.gnome.ScreenSaver on the session bus, and logind on the system bus.

use futures_util::StreamExt;
use relight_core::app::Event;
use relight_engine::engine::Inbox;
use std::collections::HashMap;
use zbus::fdo::DBusProxy;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};
use zbus::{Connection, MatchRule, MessageStream, Result};

const SCREEN_SAVERS: [(&str, &str); 2] = [
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
];
const LOGIND: &str = "org.freedesktop.login1";
const LOGIND_SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Tells the engine, for as long as the buses live. Where nobody says, the screen counts as unlocked.
pub(super) async fn watch(inbox: Inbox) {
    let both = (by_screen_saver(&inbox), by_logind(&inbox));
    let (saver, logind) = tokio::join!(both.0, both.1);
    for error in [saver, logind].into_iter().filter_map(Result::err) {
        tracing::debug!("the screen lock is not heard of: {error}");
    }
}

async fn by_screen_saver(inbox: &Inbox) -> Result<()> {
    let bus = Connection::session().await?;
    let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal).member("ActiveChanged")?.build();
    let mut signals = MessageStream::for_match_rule(rule, &bus, None).await?;
    for (name, path) in SCREEN_SAVERS {
        // One that is not running is not started for this.
        if !DBusProxy::new(&bus).await?.name_has_owner(name.try_into()?).await? {
            continue;
        }
        let call = bus.call_method(Some(name), path, Some(name), "GetActive", &());
        if let Ok(true) = call.await.and_then(|reply| reply.body().deserialize::<bool>()) {
            inbox.send(Event::ScreenLocked(true));
        }
    }
    while let Some(signal) = signals.next().await {
        let signal = signal?;
        let header = signal.header();
        let known = header
            .interface()
            .is_some_and(|interface| SCREEN_SAVERS.iter().any(|(name, _)| interface.as_str() == *name));
        if let (true, Ok(active)) = (known, signal.body().deserialize()) {
            inbox.send(Event::ScreenLocked(active));
        }
    }
    Ok(())
}

async fn by_logind(inbox: &Inbox) -> Result<()> {
    let bus = Connection::system().await?;
    let manager = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager");
    let own = bus.call_method(Some(LOGIND), manager.0, Some(manager.1), "GetSession", &("auto",)).await?;
    let own: OwnedObjectPath = own.body().deserialize()?;
    // Listened to before it is asked, so that no change falls in between.
    let rule = MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .path(&own)?
        .interface(PROPERTIES)?
        .member("PropertiesChanged")?
        .build();
    let mut signals = MessageStream::for_match_rule(rule, &bus, None).await?;
    let hint = bus.call_method(Some(LOGIND), &own, Some(PROPERTIES), "Get", &(LOGIND_SESSION, "LockedHint")).await?;
    if let Ok(true) = hint.body().deserialize::<OwnedValue>().map(|value| bool::try_from(value).unwrap_or(false)) {
        inbox.send(Event::ScreenLocked(true));
    }
    while let Some(signal) = signals.next().await {
        let changed: Result<(String, HashMap<String, OwnedValue>, Vec<String>)> = signal?.body().deserialize();
        let hint = changed
            .ok()
            .filter(|(interface, ..)| interface == LOGIND_SESSION)
            .and_then(|(_, mut changed, _)| changed.remove("LockedHint"));
        if let Some(locked) = hint.and_then(|hint| bool::try_from(hint).ok()) {
            inbox.send(Event::ScreenLocked(locked));
        }
    }
    Ok(())
}

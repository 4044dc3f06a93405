//! Whether the desktop prefers light colours: the panel is then likely light too.

use super::item::Item;
use crate::icon::Theme;
use futures_util::StreamExt;
use ksni::Handle;
use zbus::zvariant::OwnedValue;
use zbus::{Connection, MatchRule, MessageStream, Result};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";
/// The portal's numbers: 0 no preference, 1 dark, 2 light.
const LIGHT: u32 = 2;

/// Keeps the icon's colours in step with the desktop, for as long as the bus lives. Where nobody says, they are those
/// for a dark panel, which are clear on a light one too.
pub(super) async fn follow(handle: Handle<Item>) {
    if let Err(error) = listen(&handle).await {
        tracing::debug!("the colour scheme is not known: {error}");
    }
}

async fn listen(handle: &Handle<Item>) -> Result<()> {
    let bus = Connection::session().await?;
    let rule =
        MatchRule::builder().msg_type(zbus::message::Type::Signal).interface(SETTINGS)?.member("SettingChanged")?;
    let mut changes = MessageStream::for_match_rule(rule.build(), &bus, None).await?;
    let reply = bus.call_method(Some(PORTAL), PATH, Some(SETTINGS), "ReadOne", &(NAMESPACE, KEY)).await?;
    paint(handle, reply.body().deserialize()?).await;
    while let Some(change) = changes.next().await {
        let (namespace, key, value): (String, String, OwnedValue) = change?.body().deserialize()?;
        if namespace == NAMESPACE && key == KEY {
            paint(handle, value).await;
        }
    }
    Ok(())
}

async fn paint(handle: &Handle<Item>, scheme: OwnedValue) {
    let theme = if u32::try_from(scheme).is_ok_and(|scheme| scheme == LIGHT) { Theme::Light } else { Theme::Dark };
    handle.update(|item| item.paint(theme)).await;
}

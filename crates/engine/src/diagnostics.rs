//! What helps to understand a problem, in one text to be pasted: versions, places, the snapshot and the end of the
//! log. None of it holds a secret; account ids, start URLs and the home folder's name are taken out as well.

use crate::paths::Paths;
use crate::{clock, log};
use relight_core::page::Page;
use std::collections::BTreeMap;

/// This many lines of the log are enough to see a day.
const LOG_LINES: usize = 300;

/// The text. Blocks.
pub fn text(page: &Page, paths: &Paths) -> String {
    let view = serde_json::to_string_pretty(&page.view).unwrap_or_default();
    let settings = serde_json::to_string_pretty(&page.settings).unwrap_or_default();
    let places = serde_json::to_string_pretty(&page.places).unwrap_or_default();
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let (now, zone) = (clock::now(), clock::zone());
    let zone = zone.iana_name().unwrap_or("unnamed");
    let text = format!(
        "Relight {} on {system}, {now}, time zone {zone}\n\nPlaces\n{places}\n\nSettings\n{settings}\n\nSnapshot\n{view}\n\nLog\n{}",
        page.relight,
        log::tail(paths, LOG_LINES)
    );
    redacted(&text, page, paths)
}

/// Names of organisations and numbers of accounts say nothing about a problem, and are nobody else's business.
fn redacted(text: &str, page: &Page, paths: &Paths) -> String {
    let mut hidden: BTreeMap<String, String> = BTreeMap::new();
    for (number, session) in page.view.sessions.iter().enumerate() {
        let host = session.start_url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
        if let Some(host) = host.filter(|host| !host.is_empty()) {
            hidden.entry(host.to_owned()).or_insert(format!("organisation-{}.example", number + 1));
        }
    }
    for profile in &page.view.profiles {
        if let Some(account) = profile.account_id.as_ref().filter(|account| account.len() >= 12) {
            let number = hidden.len() + 1;
            hidden.entry(account.clone()).or_insert(format!("account-{number}"));
        }
    }
    let mut text = text.replace(&paths.home.display().to_string(), "~");
    // The longest first: one may be the beginning of another.
    let mut hidden: Vec<_> = hidden.into_iter().collect();
    hidden.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, instead) in hidden {
        text = text.replace(&name, &instead);
    }
    text
}

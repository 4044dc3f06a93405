//! What helps to understand a problem, in one text to be pasted: versions, places, the snapshot and the end of the
//! log. None of it holds a secret; numbers of accounts, start URLs and the home folder's name are taken out as well.

use crate::paths::Paths;
use crate::{clock, log};
use relight_core::page::Page;

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

/// The hosts of start URLs and the numbers of accounts say nothing about a problem, and are nobody else's business.
fn redacted(text: &str, page: &Page, paths: &Paths) -> String {
    let mut hosts: Vec<&str> = page
        .view
        .sessions
        .iter()
        .filter_map(|session| session.start_url.split("://").nth(1)?.split(['/', '?', '#']).next())
        .filter(|host| !host.is_empty())
        .collect();
    // The longest first: one may be the beginning of another.
    hosts.sort_by_key(|host| (std::cmp::Reverse(host.len()), *host));
    hosts.dedup();
    let own = paths.home.display().to_string();
    let others = paths.environment.homes.iter().skip(1).map(|home| home.folder.as_str());
    let homes: Vec<_> = std::iter::once(own.as_str()).chain(others).collect();
    let mut text = without_accounts(&without_homes(text, &homes));
    for (number, host) in hosts.into_iter().enumerate() {
        text = text.replace(host, &format!("organisation-{}.example", number + 1));
    }
    text
}

/// As they are, and as JSON writes a path with backslashes: `~` for the first, `~1` for the next.
fn without_homes(text: &str, homes: &[&str]) -> String {
    let mut numbered: Vec<_> = homes.iter().enumerate().filter(|(_, home)| !home.is_empty()).collect();
    // The longest first: one may be the beginning of another.
    numbered.sort_by_key(|(_, home)| std::cmp::Reverse(home.len()));
    numbered.into_iter().fold(text.to_owned(), |text, (number, home)| {
        let name = if number == 0 { "~".to_owned() } else { format!("~{number}") };
        text.replace(&home.replace('\\', "\\\\"), &name).replace(home, &name)
    })
}

/// Every number of twelve digits, each under a number of its own.
fn without_accounts(text: &str) -> String {
    let mut numbers: Vec<&str> = Vec::new();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(from) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, digits_on) = rest.split_at(from);
        let length = digits_on.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits_on.len());
        let (digits, after) = digits_on.split_at(length);
        out.push_str(before);
        if length == 12 {
            let place = numbers.iter().position(|number| *number == digits).unwrap_or_else(|| {
                numbers.push(digits);
                numbers.len() - 1
            });
            out.push_str(&format!("account-{}", place + 1));
        } else {
            out.push_str(digits);
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_folder_is_taken_out_however_it_is_written() {
        let text = r#"{"config": "C:\\Users\\kim\\.aws"} C:\Users\kim\x, C:\Users\kim\bash\x, /home/kim"#;
        let told = without_homes(text, &[r"C:\Users\kim", "/home/kim", r"C:\Users\kim\bash"]);
        assert_eq!(told, r#"{"config": "~\\.aws"} ~\x, ~2\x, ~1"#);
    }

    #[test]
    fn accounts_are_told_apart_but_not_told() {
        let text =
            "111122223333, 444455556666; arn:aws:iam::111122223333:role/x at 2026-11-22T10:00:00Z, 1234567890123";
        assert_eq!(
            without_accounts(text),
            "account-1, account-2; arn:aws:iam::account-1:role/x at 2026-11-22T10:00:00Z, 1234567890123"
        );
    }
}

//! Puts one choice into the file's text; comments, order and unknown keys stay.

use super::parse::line;
use relight_core::settings::{LogLevel, Setting, in_order};
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

/// `text` with the choice in it. The error is the line where it is not TOML.
pub(super) fn edit(text: &str, setting: &Setting) -> Result<String, u32> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| line(text, error.span()).unwrap_or(1))?;
    match setting {
        Setting::WarnBefore(minutes) => {
            let minutes: Array = in_order(minutes.clone()).into_iter().map(i64::from).collect();
            set(&mut document, "warn_before_minutes", minutes.into());
        }
        Setting::SilentRefresh(on) => set(&mut document, "silent_refresh", (*on).into()),
        Setting::RenewByHand { name, on } => put(&mut document, "renew_by_hand", name, *on),
        Setting::StartAtLogin(on) => set(&mut document, "start_at_login", (*on).into()),
        Setting::LogLevel(level) => {
            let word = match level {
                LogLevel::Warn => "warn",
                LogLevel::Info => "info",
                LogLevel::Debug => "debug",
            };
            set(&mut document, "log_level", word.into());
        }
        Setting::BothHomes(on) => set(&mut document, "both_homes", (*on).into()),
        Setting::Environment { variable, value } => enter(&mut document, "environment", variable, value.as_deref()),
        Setting::Wsl { distribution, home } => enter(&mut document, "wsl", distribution, home.as_deref()),
        Setting::Browser { session, command } => {
            enter(&mut document, "browsers", &session.to_string(), command.as_deref());
        }
        Setting::Pinned { name, on } => put(&mut document, "pinned", name, *on),
        Setting::Muted { name, on } => put(&mut document, "muted", name, *on),
    }
    Ok(document.to_string())
}

fn set(document: &mut DocumentMut, key: &str, new: Value) {
    match document.get_mut(key) {
        Some(there) => replace(there, new),
        None => _ = document.insert(key, Item::Value(new)),
    }
}

/// Puts `new` into a table, or takes what is there out.
fn enter(document: &mut DocumentMut, table: &str, key: &str, new: Option<&str>) {
    let table = document.entry(table).or_insert_with(|| Item::Table(Table::new()));
    if table.as_table_like().is_none() {
        *table = Item::Table(Table::new());
    }
    let Some(table) = table.as_table_like_mut() else { return };
    match (new, table.get_mut(key)) {
        (Some(new), Some(there)) => replace(there, new.into()),
        (Some(new), None) => _ = table.insert(key, value(new)),
        (None, _) => _ = table.remove(key),
    }
}

/// A new value in the place of the old one, with the comments around it.
fn replace(there: &mut Item, mut new: Value) {
    if let Some(old) = there.as_value() {
        *new.decor_mut() = old.decor().clone();
    }
    *there = Item::Value(new);
}

fn put(document: &mut DocumentMut, key: &str, name: &str, on: bool) {
    if document.get(key).and_then(Item::as_array).is_none() {
        set(document, key, Array::new().into());
    }
    let Some(names) = document.get_mut(key).and_then(Item::as_array_mut) else { return };
    let place = |names: &Array| names.iter().position(|value| value.as_str() == Some(name));
    if on && place(names).is_none() {
        push(names, name);
    }
    while let Some(at) = place(names).filter(|_| !on) {
        remove(names, at);
    }
}

/// With the comment that stands between it and the one before, which is about that one.
fn remove(names: &mut Array, at: usize) {
    let removed = names.remove(at);
    let prefix = removed.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let Some((comment, _)) = prefix.rsplit_once('\n').filter(|(comment, _)| comment.contains('#')) else { return };
    if let Some(next) = names.get_mut(at) {
        let of_next = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        let both = format!("{comment}{}{of_next}", if of_next.starts_with('\n') { "" } else { "\n" });
        next.decor_mut().set_prefix(both);
    } else {
        let trailing = names.trailing().as_str().unwrap_or_default().to_owned();
        names.set_trailing(format!("{comment}{trailing}"));
    }
}

/// On a line of its own where the list has several lines, behind the comment of the one before.
fn push(names: &mut Array, name: &str) {
    let trailing = names.trailing().as_str().unwrap_or_default().to_owned();
    if !trailing.contains('\n') {
        return names.push(name);
    }
    let before = names.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let indent = before.and_then(|before| before.rsplit('\n').next()).unwrap_or("  ").to_owned();
    let mut new = Value::from(name);
    new.decor_mut().set_prefix(format!("{}\n{indent}", trailing.trim_end()));
    names.push_formatted(new);
    names.set_trailing("\n");
    names.set_trailing_comma(true);
}

#[cfg(test)]
mod tests {
    use super::*;
    use relight_core::config::SessionId;

    fn after(text: &str, settings: &[Setting]) -> String {
        settings.iter().fold(text.to_owned(), |text, setting| edit(&text, setting).unwrap())
    }

    #[test]
    fn a_persons_file_keeps_its_comments_order_and_unknown_keys() {
        let text =
            "# mine\nsilent_refresh = true # why not\n\nmuted = [\n  'old', # left in May\n]\nfuture = { a = 1 }\n";
        let corp = SessionId::SsoSession("corp".into());
        let settings = [
            Setting::SilentRefresh(false),
            Setting::Muted { name: "lab".into(), on: true },
            Setting::Pinned { name: "sso-session:corp".into(), on: true },
            Setting::WarnBefore(vec![5, 30]),
            Setting::Browser { session: corp, command: Some("firefox -P work".into()) },
            Setting::LogLevel(LogLevel::Debug),
            Setting::Environment { variable: "AWS_CONFIG_FILE".into(), value: Some(r"D:\work\config".into()) },
            Setting::Wsl { distribution: "Ubuntu-24.04".into(), home: Some("/home/me".into()) },
        ];
        insta::assert_snapshot!(after(text, &settings), @r#"
        # mine
        silent_refresh = false # why not

        muted = [
          'old', # left in May
          "lab",
        ]
        future = { a = 1 }
        pinned = ["sso-session:corp"]
        warn_before_minutes = [30, 5]
        log_level = "debug"

        [browsers]
        "sso-session:corp" = "firefox -P work"

        [environment]
        AWS_CONFIG_FILE = 'D:\work\config'

        [wsl]
        "Ubuntu-24.04" = "/home/me"
        "#);
    }

    #[test]
    fn a_choice_taken_back_leaves_the_template_as_it_was() {
        let template = include_str!("template.toml");
        let corp = || SessionId::SsoSession("corp".into());
        let there_and_back = [
            Setting::StartAtLogin(true),
            Setting::RenewByHand { name: "sso-session:corp".into(), on: true },
            Setting::Pinned { name: "dev".into(), on: true },
            Setting::Browser { session: corp(), command: Some("x".into()) },
            Setting::Wsl { distribution: "Ubuntu".into(), home: Some("/root".into()) },
            Setting::StartAtLogin(false),
            Setting::RenewByHand { name: "sso-session:corp".into(), on: false },
            Setting::Pinned { name: "dev".into(), on: false },
            Setting::Browser { session: corp(), command: None },
            Setting::Wsl { distribution: "Ubuntu".into(), home: None },
        ];
        assert_eq!(after(template, &there_and_back), template);
    }

    #[test]
    fn comments_in_a_list_and_behind_a_command_stay() {
        let text = "muted = [\n  'old', # left in May\n  'lab',\n]\n[browsers]\n\"sso-session:corp\" = \"x\" # work\n";
        let mute = |name: &str, on| Setting::Muted { name: name.into(), on };
        assert_eq!(after(text, &[mute("dev", true), mute("dev", false)]), text);
        assert_eq!(after(text, &[mute("lab", false)]), text.replace("  'lab',\n", ""));
        assert_eq!(
            after("pinned = ['a', 'b', 'a']\n", &[Setting::Pinned { name: "a".into(), on: false }]),
            "pinned = [ 'b']\n"
        );
        let corp = SessionId::SsoSession("corp".into());
        let command = Setting::Browser { session: corp, command: Some("y".into()) };
        assert_eq!(after(text, &[command]), text.replace("\"x\"", "\"y\""));
    }

    #[test]
    fn what_is_no_toml_is_not_touched() {
        assert_eq!(edit("a = 1\nb = [\n", &Setting::SilentRefresh(true)), Err(2));
    }
}

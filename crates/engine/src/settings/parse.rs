//! From the file's text to choices.

use crate::command_line;
use relight_core::problem::Problem;
use relight_core::settings::{ASSUMED, LogLevel, Settings, in_order};
use relight_core::text::shown;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml_edit::{Document, Item, TableLike, Value};

/// What `text` says. What it says wrongly stays as in `last`, and is a problem with its line.
pub(super) fn parse(text: &str, last: &Settings) -> (Settings, Vec<Problem>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document: Document<&str> = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let message =
                format!("Relight's settings are not valid TOML: {}. The last good ones count.", first_line(&error));
            let hint = "Correct this line, or remove the file to start from the defaults.";
            return (
                last.clone(),
                vec![Problem::error("settings-broken", message, hint).at("", line(text, error.span()))],
            );
        }
    };
    let mut reader = Reader { text, table: document.as_table(), problems: Vec::new() };
    let defaults = Settings::default();
    let settings = Settings {
        warn_before: reader.value(
            "warn_before_minutes",
            "a list of minutes from 1 to 1440, such as [15, 5]",
            minutes,
            &defaults.warn_before,
            &last.warn_before,
        ),
        silent_refresh: reader.value(
            "silent_refresh",
            "true or false",
            Value::as_bool,
            &defaults.silent_refresh,
            &last.silent_refresh,
        ),
        renew_by_hand: reader.value(
            "renew_by_hand",
            r#"a list of sessions, such as ["sso-session:corp"]"#,
            names,
            &defaults.renew_by_hand,
            &last.renew_by_hand,
        ),
        start_at_login: reader.value(
            "start_at_login",
            "true or false",
            Value::as_bool,
            &defaults.start_at_login,
            &last.start_at_login,
        ),
        log_level: reader.value(
            "log_level",
            r#""warn", "info" or "debug""#,
            level,
            &defaults.log_level,
            &last.log_level,
        ),
        pinned: reader.value(
            "pinned",
            r#"a list of names, such as ["sso-session:corp"]"#,
            names,
            &defaults.pinned,
            &last.pinned,
        ),
        muted: reader.value(
            "muted",
            r#"a list of names, such as ["sso-session:corp"]"#,
            names,
            &defaults.muted,
            &last.muted,
        ),
        both_homes: reader.value(
            "both_homes",
            "true or false",
            |value| value.as_bool().map(Some),
            &defaults.both_homes,
            &last.both_homes,
        ),
        environment: reader.texts(
            "environment",
            "a table of variables and values",
            &format!("one of {} and a text", ASSUMED.join(", ")),
            |variable, text| ASSUMED.contains(&variable) && !text.is_empty(),
            &last.environment,
        ),
        browsers: reader.texts(
            "browsers",
            "a table of session ids and commands",
            r#"a command, such as "firefox -P work""#,
            |_, command| is_command(command),
            &last.browsers,
        ),
    };
    (settings, reader.problems)
}

struct Reader<'a> {
    text: &'a str,
    table: &'a dyn TableLike,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// The value of `key`: `missing` where it does not stand there, `last` where it is none of those `allowed`.
    fn value<T: Clone>(
        &mut self,
        key: &str,
        allowed: &str,
        read: impl Fn(&Value) -> Option<T>,
        missing: &T,
        last: &T,
    ) -> T {
        let Some(item) = self.table.get(key) else { return missing.clone() };
        item.as_value().and_then(read).unwrap_or_else(|| {
            self.wrong(key, allowed, item);
            last.clone()
        })
    }

    /// A table of texts: those of them that are `sound`, and the `last` of those that are not.
    fn texts(
        &mut self,
        key: &str,
        allowed: &str,
        each: &str,
        sound: impl Fn(&str, &str) -> bool,
        last: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let Some(item) = self.table.get(key) else { return BTreeMap::new() };
        let Some(table) = item.as_table_like() else {
            self.wrong(key, allowed, item);
            return last.clone();
        };
        let mut texts = BTreeMap::new();
        for (name, item) in table.iter() {
            if let Some(text) = item.as_str().filter(|text| sound(name, text)) {
                texts.insert(name.to_owned(), text.to_owned());
            } else {
                self.wrong(&format!("{key}.{name:?}"), each, item);
                texts.extend(last.get(name).map(|text| (name.to_owned(), text.clone())));
            }
        }
        texts
    }

    fn wrong(&mut self, key: &str, allowed: &str, item: &Item) {
        let message = format!("In Relight's settings, {} must be {allowed}. Its last good value counts.", shown(key));
        let problem = Problem::warning("settings-value", message, "Correct this line.");
        self.problems.push(problem.at("", line(self.text, item.span())));
    }
}

/// Whether words can be made of it: quotes are closed, and there is at least one word.
pub(super) fn is_command(command: &str) -> bool {
    command_line::split(command).is_some_and(|words| words.first().is_some_and(|word| !word.is_empty()))
}

fn minutes(value: &Value) -> Option<Vec<u32>> {
    let minutes = value.as_array()?.iter().map(|value| u32::try_from(value.as_integer()?).ok());
    let minutes: Vec<u32> = minutes.collect::<Option<_>>()?;
    let sound = in_order(minutes.clone());
    minutes.iter().all(|minutes| sound.contains(minutes)).then_some(sound)
}

fn level(value: &Value) -> Option<LogLevel> {
    match value.as_str()? {
        "warn" => Some(LogLevel::Warn),
        "info" => Some(LogLevel::Info),
        "debug" => Some(LogLevel::Debug),
        _ => None,
    }
}

fn names(value: &Value) -> Option<BTreeSet<String>> {
    value.as_array()?.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

fn first_line(error: &toml_edit::TomlError) -> String {
    error.message().lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// The line, from 1, where `span` begins.
pub(super) fn line(text: &str, span: Option<Range<usize>>) -> Option<u32> {
    let before = text.as_bytes().get(..span?.start)?;
    u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, last: &Settings) -> (Settings, Vec<(Option<u32>, String)>) {
        let (settings, problems) = parse(text, last);
        (settings, problems.into_iter().map(|problem| (problem.line, problem.message)).collect())
    }

    #[test]
    fn the_template_says_the_defaults() {
        assert_eq!(said(include_str!("template.toml"), &Settings::default()), (Settings::default(), Vec::new()));
    }

    #[test]
    fn every_choice_is_read_and_unknown_keys_are_left_alone() {
        let text = "warn_before_minutes = [5, 60, 15]\nsilent_refresh = false\nrenew_by_hand = ['sso-session:lab']\nstart_at_login = true\nlog_level = 'debug'\n\
                    pinned = ['sso-session:corp']\nmuted = ['old']\ncolour = 'red'\nboth_homes = false\n[environment]\nHOME = 'H:\\'\n[browsers]\n'sso-session:corp' = 'firefox -P work'\n[later]\nx = 1\n";
        let expected = Settings {
            warn_before: vec![60, 15, 5],
            silent_refresh: false,
            renew_by_hand: BTreeSet::from(["sso-session:lab".into()]),
            start_at_login: true,
            log_level: LogLevel::Debug,
            browsers: BTreeMap::from([("sso-session:corp".into(), "firefox -P work".into())]),
            both_homes: Some(false),
            environment: BTreeMap::from([("HOME".into(), r"H:\".into())]),
            pinned: BTreeSet::from(["sso-session:corp".into()]),
            muted: BTreeSet::from(["old".into()]),
        };
        assert_eq!(said(text, &Settings::default()), (expected, Vec::new()));
    }

    #[test]
    fn what_is_wrong_keeps_its_last_good_value_and_is_a_problem_with_its_line() {
        let last = Settings { warn_before: vec![30], log_level: LogLevel::Debug, ..Settings::default() };
        let text =
            "\nwarn_before_minutes = [0]\nlog_level = 3\nsilent_refresh = false\n[browsers]\na = 'firefox \"-P'\n";
        let (settings, problems) = said(text, &last);
        assert_eq!(settings, Settings { silent_refresh: false, ..last });
        let problems: Vec<_> = problems.iter().map(|(line, words)| format!("{}: {words}", line.unwrap_or(0))).collect();
        insta::assert_snapshot!(problems.join("\n"), @r#"
        2: In Relight's settings, warn_before_minutes must be a list of minutes from 1 to 1440, such as [15, 5]. Its last good value counts.
        3: In Relight's settings, log_level must be "warn", "info" or "debug". Its last good value counts.
        6: In Relight's settings, browsers."a" must be a command, such as "firefox -P work". Its last good value counts.
        "#);
    }

    #[test]
    fn a_broken_file_changes_nothing_and_says_where() {
        let last = Settings { silent_refresh: false, ..Settings::default() };
        let (settings, problems) = said("silent_refresh = true\nmuted = [\n", &last);
        assert_eq!(settings, last);
        insta::assert_debug_snapshot!(problems, @r#"
        [
            (
                Some(
                    2,
                ),
                "Relight's settings are not valid TOML: unclosed array, expected `]`. The last good ones count.",
            ),
        ]
        "#);
    }
}

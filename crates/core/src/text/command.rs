//! Commands that a person can paste into a terminal.

use super::shown;
use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;

/// A command with a name in it, to be pasted into a terminal; none for a name that nobody can type. `words` may end with
/// the option whose value the name is.
pub fn command(words: &str, name: &str) -> Option<String> {
    let word = word(name)?;
    let of_option = words.rsplit(' ').next().is_some_and(|last| last.starts_with("--"));
    Some(match (name.starts_with('-'), of_option) {
        (false, _) => format!("{words} {word}"),
        (true, true) => format!("{words}={word}"),
        (true, false) => format!("{words} -- {word}"),
    })
}

/// The same in a sentence: for a name that nobody can type, `words` alone, which ask for one.
pub fn command_for(words: &str, name: &str) -> String {
    command(words, name).unwrap_or_else(|| words.to_owned())
}

/// `name` as one word of a command, quoted where a shell would take it apart. Double quotes where they will do: cmd knows
/// no others. None for a name that nobody can type.
pub fn word(name: &str) -> Option<Cow<'_, str>> {
    if is_plain(name) {
        return Some(Cow::Borrowed(name));
    }
    if name.is_empty() || shown(name) != name {
        return None;
    }
    let is_special = |character: char| matches!(character, '"' | '$' | '`' | '\\' | '!' | '%');
    Some(Cow::Owned(if name.contains(is_special) { single_quoted(name) } else { format!("\"{name}\"") }))
}

/// Whether every shell takes `text` for one word.
pub(crate) fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/.@:+".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

/// One word of sh, bash and zsh, whatever is in it.
pub(crate) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_of_the_command() {
        for (name, expected) in [
            ("prod/eu", "relight login prod/eu"),
            ("sso-session:corp", "relight login sso-session:corp"),
            ("a b", r#"relight login "a b""#),
            ("a'b", r#"relight login "a'b""#),
            ("a;b", r#"relight login "a;b""#),
            ("büro", r#"relight login "büro""#),
            ("$(x)", "relight login '$(x)'"),
            (r#"'a" b"#, r#"relight login ''\''a" b'"#),
            ("%PATH%", "relight login '%PATH%'"),
            ("-x", "relight login -- -x"),
            ("- x", r#"relight login -- "- x""#),
        ] {
            assert_eq!(command("relight login", name).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(command("aws login --profile", "-x").as_deref(), Some("aws login --profile=-x"));
        assert_eq!(command("aws login --profile", "a b").as_deref(), Some(r#"aws login --profile "a b""#));
    }

    #[test]
    fn a_name_that_nobody_can_type_is_in_no_command() {
        for name in ["", "a\u{1b}b", "a\nb", "a\u{202e}b"] {
            assert_eq!(command("relight login", name), None, "{name:?}");
        }
    }
}

//! How new profiles are called: text with `{account}`, `{account_id}`, `{role}` and `{session}` in it.

use super::Account;
use crate::ini::is_name;
use crate::text::shown;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

/// A pattern that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
}

/// What a name can be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Account,
    Role,
    AccountId,
    Session,
}

/// Why a text is no pattern. Shown, it is a sentence that says what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// A name in braces that means nothing.
    Unknown(String),
    /// A brace without the other.
    Brace,
    /// A character that not every client reads in a profile's name.
    Character(char),
    /// It would call all profiles the same.
    Constant,
}

impl Pattern {
    /// What profiles are called where nobody says otherwise: `{account}-{role}`.
    pub const DEFAULT: &'static str = "{account}-{role}";

    /// The name of the profile for this role.
    pub(super) fn fill(&self, session: &str, account: &Account, role: &str) -> String {
        let piece = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Field(field) => field.value(session, account, role),
        };
        self.0.iter().map(piece).collect()
    }

    pub(super) fn uses(&self, field: Field) -> bool {
        self.0.contains(&Part::Field(field))
    }
}

impl Default for Pattern {
    fn default() -> Self {
        Self(Vec::from([Part::Field(Field::Account), Part::Text("-".into()), Part::Field(Field::Role)]))
    }
}

impl Field {
    pub(super) fn value(self, session: &str, account: &Account, role: &str) -> String {
        match self {
            Self::Account => or(slug(&account.name), &account.id),
            Self::Role => or(slug(role), "role"),
            Self::AccountId => slug(&account.id),
            Self::Session => or(slug(session), "session"),
        }
    }
}

fn or(slug: String, otherwise: &str) -> String {
    if slug.is_empty() { otherwise.into() } else { slug }
}

/// As AWS spells it, with a hyphen for each run of characters that a profile's name or a shell does not take well.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || "_.@+".contains(character) {
            out.push(character);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches(['-', '.']).to_string()
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let at = rest.find(['{', '}']).unwrap_or(rest.len());
            let (plain, behind) = rest.split_at(at);
            if let Some(bad) = plain.chars().find(|character| !is_name(character.encode_utf8(&mut [0; 4]))) {
                return Err(PatternError::Character(bad));
            }
            if !plain.is_empty() {
                parts.push(Part::Text(plain.into()));
            }
            let Some(inner) = behind.strip_prefix('{') else {
                if behind.is_empty() {
                    break;
                }
                return Err(PatternError::Brace);
            };
            let (name, behind) = inner.split_once('}').ok_or(PatternError::Brace)?;
            parts.push(Part::Field(match name {
                "account" => Field::Account,
                "account_id" => Field::AccountId,
                "role" => Field::Role,
                "session" => Field::Session,
                other => return Err(PatternError::Unknown(other.into())),
            }));
            rest = behind;
        }
        let pattern = Self(parts);
        let tells = [Field::Account, Field::AccountId, Field::Role].into_iter().any(|field| pattern.uses(field));
        if tells { Ok(pattern) } else { Err(PatternError::Constant) }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FIELDS: &str = "{account}, {account_id}, {role} and {session}";
        match self {
            Self::Unknown(name) => {
                write!(out, "{{{}}} means nothing in a pattern for names. Use {FIELDS}.", shown(name))
            }
            Self::Brace => write!(out, "A brace in the pattern for names has no partner. Use {FIELDS}."),
            Self::Character(bad) => write!(
                out,
                "Not every client reads {bad:?} in a profile's name. Use letters, digits and _-/.%@:+, and {FIELDS}."
            ),
            Self::Constant => {
                out.write_str("The pattern calls all profiles the same. Use {account} or {account_id}, and {role}.")
            }
        }
    }
}

impl core::error::Error for PatternError {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn account(name: &str) -> Account {
        Account { id: "111122223333".into(), name: name.into(), email: None, roles: Vec::new() }
    }

    fn filled(pattern: &str, name: &str, role: &str) -> String {
        match pattern.parse::<Pattern>() {
            Ok(pattern) => pattern.fill("corp", &account(name), role),
            Err(error) => format!("! {error}"),
        }
    }

    #[test]
    fn names_are_made_of_what_aws_calls_things() {
        let cases = [
            (Pattern::DEFAULT, "Production", "ReadOnly", "Production-ReadOnly"),
            ("{session}/{account}.{role}", "Shared services (EU)", "a,b=c", "corp/Shared-services-EU.a-b-c"),
            ("{account_id}", "x", "y", "111122223333"),
            ("{account}", "製品", "y", "111122223333"),
            ("{account}", "-.[prod].-", "y", "prod"),
            ("{account}-{role}", "Größe ; # x", "R", "Gr-e-x-R"),
        ];
        for (pattern, name, role, wanted) in cases {
            assert_eq!(filled(pattern, name, role), wanted, "{pattern} of {name:?}");
            assert!(is_name(wanted));
        }
        assert_eq!(Pattern::DEFAULT.parse(), Ok(Pattern::default()));
    }

    #[test]
    fn what_is_no_pattern_is_told_with_what_to_write() {
        let told = ["{acount}", "{role", "role}", "{role} x", "prod", "", "{session}"];
        let told: Vec<_> = told.map(|pattern| filled(pattern, "a", "r")).into();
        insta::assert_snapshot!(told.join("\n"), @"
        ! {acount} means nothing in a pattern for names. Use {account}, {account_id}, {role} and {session}.
        ! A brace in the pattern for names has no partner. Use {account}, {account_id}, {role} and {session}.
        ! A brace in the pattern for names has no partner. Use {account}, {account_id}, {role} and {session}.
        ! Not every client reads ' ' in a profile's name. Use letters, digits and _-/.%@:+, and {account}, {account_id}, {role} and {session}.
        ! The pattern calls all profiles the same. Use {account} or {account_id}, and {role}.
        ! The pattern calls all profiles the same. Use {account} or {account_id}, and {role}.
        ! The pattern calls all profiles the same. Use {account} or {account_id}, and {role}.
        ");
    }
}

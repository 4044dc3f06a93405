//! Sections by kind and name, config and credentials merged (aws-sessions.md 1.2).

use super::{FileKind, Files, Place};
use crate::ini::{Document, Section, is_name};
use crate::problem::{self, Problem};
use crate::reading::js::is_taken;
use crate::text::shown;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

/// The reference interpretation, still without knowledge of single keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged<'a> {
    /// Profiles of both files; per key the credentials file wins.
    pub profiles: BTreeMap<&'a str, Keys<'a>>,
    /// `[sso-session NAME]` of the config file.
    pub sso_sessions: BTreeMap<&'a str, Keys<'a>>,
    /// `[services NAME]` of the config file.
    pub services: BTreeMap<&'a str, Keys<'a>>,
    /// Sections and keys that were left out.
    pub problems: Vec<Problem>,
}

/// The keys of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys<'a> {
    /// Where its first header stands.
    pub place: Place,
    /// By key.
    pub values: BTreeMap<&'a str, Value<'a>>,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// As the reference grammar reads it.
    pub text: &'a str,
    /// Its line.
    pub place: Place,
}

impl<'a> Value<'a> {
    /// What follows indented belongs to another key in the eyes of who wrote it, and may be a secret.
    pub fn first_line(&self) -> &'a str {
        self.text.lines().next().unwrap_or_default()
    }
}

impl Keys<'_> {
    /// The value of `key`, unless it is missing or empty: its first line.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(Value::first_line).filter(|text| !text.is_empty())
    }

    /// The value of `key` with the lines that continue it.
    pub fn block(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|value| value.text)
    }

    /// Where `key` stands, else where the section begins.
    pub fn place_of(&self, key: &str) -> Place {
        self.values.get(key).map_or(self.place, |value| value.place)
    }
}

impl<'a> Merged<'a> {
    /// Merges both files.
    pub fn new(files: &'a Files) -> Self {
        let mut merged = Self::default();
        // `[profile default]` discards `[default]` of the config file whole, in either order.
        let prefixed_default =
            files.config.sections.iter().any(|section| kind_of(&section.name) == Kind::Profile("default"));
        for section in &files.config.sections {
            merged.config_section(section, prefixed_default, files);
        }
        merged.credentials(&files.credentials, files);
        merged
    }

    fn config_section(&mut self, section: &'a Section, prefixed_default: bool, files: &Files) {
        let place = Place { file: FileKind::Config, line: section.line };
        let (map, name) = match kind_of(&section.name) {
            Kind::BareDefault if prefixed_default => {
                let problem = Problem::warning(
                    "default-twice",
                    "[default] and [profile default] are both there: most clients read [profile default] alone, boto3 and the AWS CLI the one that stands last.",
                    "Merge both into [default].",
                );
                return problem::add(&mut self.problems, files.place(problem, place));
            }
            Kind::BareDefault => (&mut self.profiles, "default"),
            Kind::Profile(name) => (&mut self.profiles, name),
            Kind::SsoSession(name) => (&mut self.sso_sessions, name),
            Kind::Services(name) => (&mut self.services, name),
            Kind::Bare if section.name.eq_ignore_ascii_case("default") && section.name != "DEFAULT" => {
                return problem::add(&mut self.problems, files.place(misspelt_default(section), place));
            }
            // Other tools keep sections of their own here, such as [plugins], [toolkit] and [proxy].
            Kind::Bare if !section.is_odd && !looks_like_a_profile(section) => return,
            Kind::Bare if section.name == "DEFAULT" => {
                return problem::add(&mut self.problems, files.place(default_section(), place));
            }
            Kind::Bare => {
                let name = shown(&section.name);
                let problem = Problem::warning(
                    "section-without-prefix",
                    format!("[{name}] is ignored: in this file a profile's header begins with 'profile'."),
                    format!("Write [profile {name}]."),
                );
                return problem::add(&mut self.problems, files.place(problem, place));
            }
            Kind::Other => {
                // botocore looks at the beginning alone: [profiles a] is a profile.
                // And a header that is none to JavaScript leaves its lines to the section above.
                let is_kind = ["profile", "sso-session", "services"].iter().any(|kind| section.name.starts_with(kind));
                if section.is_odd {
                    problem::add(&mut self.problems, files.place(odd_header(section), place));
                } else if is_kind {
                    problem::add(&mut self.problems, files.place(misspelt_kind(section), place));
                }
                return;
            }
        };
        if !is_name(name) {
            let problem = ignored_name(name);
            return problem::add(&mut self.problems, files.place(problem, place));
        }
        if section.is_odd || is_not_for_javascript(name) {
            problem::add(&mut self.problems, files.place(odd_header(section), place));
        }
        merge_into(map, name, section, place);
    }

    fn credentials(&mut self, document: &'a Document, files: &Files) {
        for section in &document.sections {
            let place = Place { file: FileKind::Credentials, line: section.line };
            if section.name == "DEFAULT" {
                problem::add(&mut self.problems, files.place(default_section(), place));
            }
            if is_name(&section.name) {
                if section.is_odd || is_not_for_javascript(&section.name) {
                    problem::add(&mut self.problems, files.place(odd_header(section), place));
                }
                if let Some(problem) = self.merged_differently(section) {
                    problem::add(&mut self.problems, files.place(problem, place));
                }
                merge_into(&mut self.profiles, &section.name, section, place);
            } else {
                let problem = match kind_of(&section.name) {
                    Kind::Profile(name) => Problem::warning(
                        "prefix-in-credentials",
                        format!(
                            "[{}] is ignored: in this file a profile's header is its name alone.",
                            shown(&section.name)
                        ),
                        format!("Write [{}].", shown(name)),
                    ),
                    _ => ignored_name(&section.name),
                };
                problem::add(&mut self.problems, files.place(problem, place));
            }
        }
    }
}

impl Merged<'_> {
    /// What stands in both files and is merged differently: a nested block, or an empty value over another.
    fn merged_differently(&self, section: &Section) -> Option<Problem> {
        let of_config = self.profiles.get(section.name.as_str())?;
        let is_block = |key: &str| of_config.block(key).is_some_and(|text| text.starts_with('\n'));
        if let Some(property) = section.properties.iter().find(|property| is_block(&property.key)) {
            let key = shown(&property.key);
            return Some(Problem::warning(
                "block-in-both-files",
                format!(
                    "'{key}' of this profile stands in both files: boto3 and the AWS CLI take the one here alone, JavaScript merges them line by line."
                ),
                format!("Keep '{key}' in the config file."),
            ));
        }
        let hides =
            |property: &&crate::ini::Property| property.value.is_empty() && of_config.get(&property.key).is_some();
        let property = section.properties.iter().find(hides)?;
        let key = shown(&property.key);
        Some(Problem::warning(
            "empty-value",
            format!(
                "'{key}' has no value here and one in the config file: JavaScript takes that one, other clients none."
            ),
            "Give it a value, or remove the line.",
        ))
    }
}

fn default_section() -> Problem {
    Problem::warning(
        "default-section",
        "boto3 and the AWS CLI give what stands in [DEFAULT] to every section; other clients ignore it.",
        "Write [default], or move the lines to the profiles that need them.",
    )
}

fn misspelt_default(section: &Section) -> Problem {
    let message = format!("[{}] is ignored: the default profile's header is in lower case.", shown(&section.name));
    Problem::warning("section-without-prefix", message, "Write [default].")
}

fn misspelt_kind(section: &Section) -> Problem {
    let message = format!(
        "boto3 and the AWS CLI take [{}] for what its beginning says; other clients ignore it.",
        shown(&section.name)
    );
    Problem::warning(
        "header-not-for-all",
        message,
        "Correct the word before the name: profile, sso-session or services.",
    )
}

/// Whether a section without a prefix has what only profiles have, or a header that some client takes for one.
fn looks_like_a_profile(section: &Section) -> bool {
    let of_profiles = ["region", "output", "role_arn", "source_profile", "credential_process", "login_session"];
    let is_of_profiles =
        |key: &str| of_profiles.contains(&key) || key.starts_with("sso_") || key.starts_with("aws_access_key");
    section.name == "DEFAULT"
        || section.name.contains('.')
        || section.properties.is_empty()
        || section.properties.iter().any(|property| is_of_profiles(&property.key))
}

fn odd_header(section: &Section) -> Problem {
    let name = shown(&section.name);
    if !section.is_odd {
        let message = format!("The AWS SDK for JavaScript does not find [{name}]: it keeps that name for itself.");
        return Problem::warning("header-not-for-all", message, "Rename it.");
    }
    let words: Vec<_> = section.name.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    Problem::warning(
        "header-not-for-all",
        format!(
            "Not every client reads this header as [{name}]: there is a space too many or a tab in it, or something behind it."
        ),
        format!("Write [{}] alone on its line, or with a space before a comment.", shown(&words.join(" "))),
    )
}

/// The SDK for JavaScript keeps sections in an object, by such names.
fn is_not_for_javascript(name: &str) -> bool {
    is_taken(name) || ["profile.", "sso-session.", "services."].iter().any(|kind| name.starts_with(kind))
}

/// What a header of the config file says.
#[derive(PartialEq, Eq)]
enum Kind<'a> {
    BareDefault,
    Profile(&'a str),
    SsoSession(&'a str),
    Services(&'a str),
    Bare,
    Other,
}

fn kind_of(header: &str) -> Kind<'_> {
    let Some((prefix, name)) = header.split_once([' ', '\t']) else {
        return if header == "default" { Kind::BareDefault } else { Kind::Bare };
    };
    let name = name.trim_matches([' ', '\t']);
    match prefix {
        "profile" => Kind::Profile(name),
        "sso-session" => Kind::SsoSession(name),
        "services" => Kind::Services(name),
        _ => Kind::Other,
    }
}

fn ignored_name(name: &str) -> Problem {
    let name = shown(name);
    Problem::warning(
        "name-ignored",
        format!(
            "The section named {name} is ignored by most clients: a name has letters, digits and _-/.%@:+ only, without quotes or spaces."
        ),
        "Rename it.",
    )
}

fn merge_into<'a>(map: &mut BTreeMap<&'a str, Keys<'a>>, name: &'a str, section: &'a Section, place: Place) {
    let keys = map.entry(name).or_insert_with(|| Keys { place, values: BTreeMap::new() });
    for property in section.properties.iter().filter(|property| is_name(&property.key)) {
        let value = Value { text: &property.value, place: Place { file: place.file, line: property.line } };
        keys.values.insert(&property.key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::files;
    use super::*;
    use alloc::string::String;

    fn profiles(config: &str, credentials: &str) -> String {
        let files = files(config, credentials);
        let merged = Merged::new(&files);
        let mut out = String::new();
        for (name, keys) in &merged.profiles {
            out.push_str(name);
            for (key, value) in &keys.values {
                out.push_str(&format!(" {key}={:?}", value.text));
            }
            out.push('\n');
        }
        for problem in &merged.problems {
            out.push_str(&format!("{} {:?}\n", problem.code, problem.line));
        }
        out
    }

    #[test]
    fn the_credentials_file_wins_key_by_key() {
        insta::assert_snapshot!(profiles("[profile a]\nregion=x\noutput=json", "[a]\nregion=y"), @r#"a output="json" region="y""#);
    }

    #[test]
    fn the_prefixed_default_discards_the_bare_one() {
        insta::assert_snapshot!(profiles("[default]\na=1\n[profile default]\nb=2", "[default]\nc=3"), @r#"
        default b="2" c="3"
        default-twice Some(1)
        "#);
    }

    #[test]
    fn headers_that_no_client_or_not_all_read_are_named() {
        insta::assert_snapshot!(profiles("[dev]\nx=1\n[profile in valid]\n[profile \"q\"]\n[preview]\n[plugins x]\n[profile\tok]\nb c=1", "[profile dev]\n[my key]"), @"
        ok
        name-ignored Some(3)
        name-ignored Some(4)
        section-without-prefix Some(5)
        header-not-for-all Some(7)
        prefix-in-credentials Some(1)
        name-ignored Some(2)
        ");
    }
}

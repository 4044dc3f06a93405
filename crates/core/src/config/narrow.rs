//! The two files as far as one profile needs them: whoever asks for one of 10,000 profiles waits for that one alone.

use super::{Config, Environment, Files};
use crate::ini::Document;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

const BLANK: [char; 2] = [' ', '\t'];
/// What leads from a profile to other sections.
const LEADING: [&str; 3] = ["source_profile", "sso_session", "services"];

impl Config {
    /// The meaning of what the profile `name` and those that it leads to say; other profiles are not there, and what is
    /// wrong with the files as a whole is not told. `files` has the paths.
    pub fn of_profile(
        config: &[u8],
        credentials: &[u8],
        name: &str,
        mut files: Files,
        environment: &Environment,
    ) -> (Files, Self) {
        let (config, credentials) = (Sections::new(config), Sections::new(credentials));
        let mut wanted = BTreeSet::from([name.to_owned()]);
        loop {
            let documents = [config.unplaced(&wanted), credentials.unplaced(&wanted)];
            let properties = documents.iter().flat_map(|document| &document.sections).flat_map(|it| &it.properties);
            let leading = properties.filter(|property| LEADING.contains(&property.key.as_str()));
            let leading: Vec<_> =
                leading.filter_map(|property| property.value.lines().next()).map(ToOwned::to_owned).collect();
            let known = wanted.len();
            wanted.extend(leading);
            if wanted.len() == known {
                break;
            }
        }
        files.config = config.document(&wanted);
        files.credentials = credentials.document(&wanted);
        let meaning = Self::new(&files, environment);
        (files, meaning)
    }
}

/// A file, and where its sections begin.
struct Sections<'a> {
    bytes: &'a [u8],
    /// None where a header cannot be told from other lines at a glance.
    parts: Option<Vec<Part<'a>>>,
}

/// A header, and all up to the next one.
struct Part<'a> {
    text: &'a str,
    name: Option<&'a str>,
    /// Lines before it.
    before: usize,
}

impl<'a> Sections<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, parts: core::str::from_utf8(bytes).ok().and_then(parts) }
    }

    /// The sections of these names alone, in lines of their own counting.
    fn unplaced(&self, wanted: &BTreeSet<String>) -> Document {
        let Some(parts) = &self.parts else { return Document::parse(self.bytes) };
        let text: String = those(parts, wanted).map(|part| part.text).collect();
        Document::parse(text.as_bytes())
    }

    /// The sections of these names, in their own lines; the others' lines are blank.
    fn document(&self, wanted: &BTreeSet<String>) -> Document {
        let Some(parts) = &self.parts else { return Document::parse(self.bytes) };
        let (mut text, mut lines) = (String::new(), 0);
        for part in those(parts, wanted) {
            text.extend(core::iter::repeat_n('\n', part.before - lines));
            text.push_str(part.text);
            lines = part.before + part.text.matches('\n').count();
        }
        Document::parse(text.as_bytes())
    }
}

fn those<'p, 'a>(parts: &'p [Part<'a>], wanted: &BTreeSet<String>) -> impl Iterator<Item = &'p Part<'a>> {
    parts.iter().filter(|part| part.name.is_some_and(|name| wanted.contains(name)))
}

/// None where a section may begin in another way than with a `[` at the beginning of a line.
fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    if text.starts_with('\u{feff}') {
        return None;
    }
    let mut parts = Vec::new();
    let mut end = Part { text, name: None, before: 0 };
    let (mut at, mut from) = (0, 0);
    for (number, line) in text.split('\n').enumerate() {
        match line.as_bytes().first() {
            Some(b'[') => {
                end.text = text.get(from..at)?;
                parts.push(core::mem::replace(&mut end, Part { text: "", name: name_in(line), before: number }));
                from = at;
            }
            Some(b' ' | b'\t') if line.trim_start_matches(BLANK).starts_with('[') => return None,
            _ => {}
        }
        at += line.len() + 1;
    }
    end.text = text.get(from..)?;
    parts.push(end);
    Some(parts)
}

/// The last word in the header: `a` of `[profile a]` and of `[a]`.
fn name_in(line: &str) -> Option<&str> {
    let header = line.strip_prefix('[')?;
    header.split([']', '#', ';']).next()?.split(BLANK).rfind(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Profile;
    use alloc::format;

    fn narrow(config: &str, credentials: &str, name: &str) -> Config {
        let files = Files {
            config_path: "~/.aws/config".into(),
            credentials_path: "~/.aws/credentials".into(),
            ..Files::default()
        };
        Config::of_profile(config.as_bytes(), credentials.as_bytes(), name, files, &Environment::default()).1
    }

    const CONFIG: &str = "# mine\n[default]\nregion = us-east-1\n[profile other]\nsso_session = corp\n\n[profile dev] ; c\nrole_arn = arn:aws:iam::222222222222:role/R\nsource_profile = base\n[services local]\nsts =\n  endpoint_url = http://sts\n[sso-session corp]\nsso_start_url = https://c\nsso_region = us-east-1\n[profile base]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = R\nservices = local\n[sso-session unused]\nsso_region = x\n[profile self]\nsource_profile = self\nrole_arn = x\n[profile  odd]\ncredential_process = x\n";
    const CREDENTIALS: &str = "[base]\naws_account_id = 1\n[other]\naws_access_key_id = AKIA\n";

    #[test]
    fn a_profile_means_the_same_with_and_without_the_others() {
        let whole = super::super::tests::config(CONFIG, CREDENTIALS);
        for profile in whole.profiles.values() {
            let narrow = narrow(CONFIG, CREDENTIALS, &profile.name);
            assert_eq!(narrow.profiles.get(&profile.name), Some(profile));
            assert_eq!(narrow.steps(&profile.name), whole.steps(&profile.name));
        }
        assert!(whole.profiles.len() > 5);
        let names = |config: Config| config.profiles.into_keys().collect::<Vec<_>>();
        assert_eq!(names(narrow(CONFIG, CREDENTIALS, "dev")), ["base", "dev"]);
        assert_eq!(names(narrow(CONFIG, CREDENTIALS, "gone")), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_is_not_plain_is_read_whole() {
        let find = |config: &str| narrow(config, "", "dev").profiles.get("dev").map(|profile| profile.place.line);
        let process = "credential_process = x";
        assert_eq!(find(&format!("\u{feff}[profile dev]\n{process}")), Some(1));
        assert_eq!(find(&format!("[profile a]\n  [profile dev]\n{process}")), Some(2));
        assert_eq!(find(&format!("  [profile dev]\n{process}")), Some(1));
        assert_eq!(find(&format!("[profile a]\r\n{process}\r\n[profile dev]\r\n{process}")), Some(3));
        let read = |config: &str| narrow(config, "", "dev").profiles.into_values().collect::<Vec<Profile>>();
        assert_eq!(read(&format!("x = [\n[profile dev]\n{process}")), read(&format!("\n[profile dev]\n{process}")));
    }
}

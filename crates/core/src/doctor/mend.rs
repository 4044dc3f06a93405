//! What mends the problems of the files, by their codes. A fix changes what the problem is about and nothing else; where
//! the file does not allow it, there is none.

use super::About;
use super::look::{Look, has, property_at, section_at, sign_in};
use super::shell::{export, unset};
use crate::config::{Credentials, ENVIRONMENT_KEY, FileKind, SessionId, SessionKind};
use crate::fix::{Change, Fix, quoted};
use crate::ini::{Document, Edit, Section};
use crate::near::nearest;
use crate::problem::Problem;
use crate::text::listed_of;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(crate) fn fixes(look: &Look<'_>, about: Option<&About>, problem: &Problem) -> Vec<Fix> {
    let shell = look.around.shell;
    let unset =
        |names: &[&str]| Some(Fix::new(format!("Unset {}", names.join(", "))).with_command(unset(shell, names)));
    let is_environment = matches!(about, Some(About::Profile(name)) if name == ENVIRONMENT_KEY);
    match problem.code {
        "sso-token-unreadable" | "date-without-zone" | "sso-token-revoked" | "token-of-another-start-url" => {
            of_token(look, about, problem)
        }
        "environment-shadows-profile" => one(unset(&super::environment::KEY)),
        "session-token-missing" | "partial-credentials" if is_environment => one(unset(&super::environment::KEY)),
        "two-profile-variables" => one(unset(&["AWS_DEFAULT_PROFILE"])),
        "bedrock-bearer-token" => one(unset(&["AWS_BEARER_TOKEN_BEDROCK"])),
        "file-missing" => ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]
            .into_iter()
            .filter(|name| problem.message.starts_with(name))
            .filter_map(|name| unset(&[name]))
            .collect(),
        "profile-not-found" => one(other_profile(look, problem)),
        _ => one(in_file(look, about, problem)),
    }
}

fn one(fix: Option<Fix>) -> Vec<Fix> {
    fix.into_iter().collect()
}

/// A damaged file goes out of the way first; a sign-in would replace it, too.
fn of_token(look: &Look<'_>, about: Option<&About>, problem: &Problem) -> Vec<Fix> {
    let Some(About::Session(id)) = about else { return Vec::new() };
    let Some(session) = look.view.sessions.iter().find(|session| session.id == *id) else { return Vec::new() };
    let is_damaged = problem.code == "sso-token-unreadable" && problem.message.contains("is damaged");
    let file = problem.file.as_deref().filter(|_| is_damaged);
    let aside = file.map(|file| {
        let fix = Fix::new(format!("Set the damaged file aside, and sign in to {} later", quoted(&session.name)));
        fix.with_change(Change::set_aside(file, id))
    });
    [Some(sign_in(session)), aside].into_iter().flatten().collect()
}

fn other_profile(look: &Look<'_>, problem: &Problem) -> Option<Fix> {
    let variable = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].into_iter().find(|name| problem.message.starts_with(name))?;
    let named = &look.around.variables.selected;
    // The other variable may name another profile, which nobody asked about here.
    let named = Some(named).filter(|name| problem.message.contains(&quoted(name)))?;
    let Some(near) = nearest(named, look.profiles().map(|profile| profile.name.as_str())) else {
        return those_there(look).filter(|_| problem.message.contains("in no file"));
    };
    let fix = Fix::new(format!("Use the profile {}", quoted(near)));
    Some(fix.with_command(export(look.around.shell, variable, near)))
}

/// Names to choose from.
fn those_there(look: &Look<'_>) -> Option<Fix> {
    let names: Vec<_> = look.profiles().map(|profile| quoted(&profile.name)).collect();
    let few: Vec<_> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
    let names = listed_of(&few, names.len() - few.len());
    (!few.is_empty()).then(|| Fix::new(format!("Name one that is there: {names}")))
}

const MOST_NAMES: usize = 8;

fn in_file(look: &Look<'_>, about: Option<&About>, problem: &Problem) -> Option<Fix> {
    let (file, document) = look.file_of(problem)?;
    let line = problem.line;
    match problem.code {
        "utf-16" => look.edit("Write the file as UTF-8", file, Vec::from([Edit::ToUtf8])),
        "section-without-prefix" => {
            let name = &section_at(document, line)?.name;
            let to = if name.eq_ignore_ascii_case("default") { "default".into() } else { format!("profile {name}") };
            rename(look, file, name, &to)
        }
        "prefix-in-credentials" => {
            let name = &section_at(document, line)?.name;
            rename(look, file, name, name.split_once([' ', '\t'])?.1.trim())
        }
        "sso-key-repeated" | "sso-session-inconsistent" => {
            let (section, property) = property_at(document, line)?;
            let both = ["sso_start_url", "sso_region"].into_iter().filter(|key| has(section, key));
            let keys: Vec<&str> =
                if problem.code == "sso-key-repeated" { both.collect() } else { Vec::from([property.key.as_str()]) };
            let title = format!("Remove {} from [{}]", keys.join(" and "), section.name);
            look.edit(title, file, remove(section, keys))
        }
        "upper-case-key" => {
            let (section, property) = property_at(document, line)?;
            let (section, key) = (section.name.clone(), property.key.clone());
            look.edit(
                format!("Write {key} in lower case"),
                file,
                Vec::from([Edit::RenameKey { section, to: key.clone(), key }]),
            )
        }
        "dangling-sso-session" => {
            let (section, property) = property_at(document, line)?;
            let names = look.world.config.sessions.keys().filter(|id| id.kind() == SessionKind::SsoSession);
            let near = nearest(property.value.lines().next()?, names.map(SessionId::name))?;
            set(look, file, section, "sso_session", near)
        }
        "sso-config-incomplete" => missing_region(look, file, section_at(document, line)?),
        "credentials-differ" | "wrong-account" => shadowing_key(look, about, file, document, line),
        _ => None,
    }
}

fn rename(look: &Look<'_>, file: FileKind, from: &str, to: &str) -> Option<Fix> {
    let edit = Edit::RenameSection { section: from.to_owned(), to: to.to_owned() };
    look.edit(format!("Write [{to}]"), file, Vec::from([edit]))
}

pub(super) fn set(look: &Look<'_>, file: FileKind, section: &Section, key: &str, value: &str) -> Option<Fix> {
    let edit = Edit::SetKey { section: section.name.clone(), key: key.to_owned(), value: value.to_owned() };
    look.edit(format!("Write {key} = {value} in [{}]", section.name), file, Vec::from([edit]))
}

fn remove<'a>(section: &Section, keys: impl IntoIterator<Item = &'a str>) -> Vec<Edit> {
    let section = &section.name;
    keys.into_iter().map(|key| Edit::RemoveKey { section: section.clone(), key: key.to_owned() }).collect()
}

/// `sso_region`, where another section, the session's own token or the address says which it is.
fn missing_region(look: &Look<'_>, file: FileKind, section: &Section) -> Option<Fix> {
    let url = section.properties.iter().find(|property| property.key == "sso_start_url")?.value.lines().next()?;
    if section.properties.iter().any(|property| property.key == "sso_region" && !property.value.is_empty()) {
        return None;
    }
    let region = known_region(look, url)?;
    set(look, file, section, "sso_region", &region)
}

fn known_region(look: &Look<'_>, url: &str) -> Option<String> {
    let sessions = look.world.config.sessions.values();
    let same = || sessions.clone().filter(|session| session.start_url == url);
    let said = same().map(|session| session.region.as_str()).find(|region| !region.is_empty()).map(ToOwned::to_owned);
    let of_token = || {
        same().find_map(|session| match look.world.token(&session.id) {
            crate::world::Content::Read(crate::world::TokenFile { token: Ok(token), .. }) => {
                token.region.clone().filter(|_| token.start_url.as_deref() == Some(url))
            }
            _ => None,
        })
    };
    said.or_else(of_token).or_else(|| crate::accounts::StartUrl::read(url).ok()?.region)
}

/// The key that some clients take instead of what the profile is for: its whole section, where there is nothing else in it.
fn shadowing_key(
    look: &Look<'_>,
    about: Option<&About>,
    file: FileKind,
    document: &Document,
    line: Option<u32>,
) -> Option<Fix> {
    let Some(About::Profile(name)) = about else { return None };
    let profile = look.world.config.profiles.get(name)?;
    let (section, property) = property_at(document, line)?;
    let is_own = matches!(profile.credentials, Credentials::Static { .. } | Credentials::Temporary { .. });
    if is_own || property.key != "aws_access_key_id" {
        return None;
    }
    let of_key = |key: &str| key.starts_with("aws_") || OF_TOOLS.contains(&key);
    let is_whole = file == FileKind::Credentials && section.properties.iter().all(|property| of_key(&property.key));
    let title = format!("Remove the key that hides what {} is for", quoted(name));
    if is_whole && document.sections_named(&section.name).count() == 1 {
        return look.edit(title, file, Vec::from([Edit::RemoveSection { section: section.name.clone() }]));
    }
    let parts = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];
    look.edit(title, file, remove(section, parts.into_iter().filter(|key| has(section, key))))
}

/// What tools write beside a key, about that key.
const OF_TOOLS: [&str; 3] = ["x_principal_arn", "x_security_token_expires", "expiration"];

//! Variables by which clients find no file, or not the same one, with what to write instead.

use super::shape::{Shape, meant};
use super::{Clients, Home, Platform, Surroundings};
use crate::config::FileKind;
use crate::problem::Problem;
use crate::text::shown;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn problems(around: &Surroundings<'_>, own: &Home) -> Vec<Problem> {
    let homes: &[&str] = match around.platform {
        Platform::Unix => &["HOME"],
        Platform::Windows => &["HOME", "USERPROFILE"],
    };
    let of_homes = homes.iter().filter_map(|variable| of_home(around, variable, &(around.variable)(variable)?));
    let of_files = [FileKind::Config, FileKind::Credentials].into_iter().filter_map(|kind| {
        let (variable, value) = around.named(kind)?;
        of_file(around, variable, &value, kind)
    });
    of_homes.chain(homeless(around, own)).chain(of_files).collect()
}

fn of_home(around: &Surroundings<'_>, variable: &str, value: &str) -> Option<Problem> {
    let (code, why) = misspelled(around, value).or_else(|| led_astray(&Shape::of(around.platform, value)))?;
    let message = format!("{variable} is '{}': {why}.", shown(value));
    Some(Problem::warning(code, message, hint(around, variable, None, value)))
}

fn of_file(around: &Surroundings<'_>, variable: &str, value: &str, kind: FileKind) -> Option<Problem> {
    let message = |why: &str| format!("{variable} is '{}': {why}.", shown(value));
    let hint = || hint(around, variable, Some(kind), value);
    if let Some((code, why)) = misspelled(around, value) {
        return Some(Problem::warning(code, message(why), hint()));
    }
    if value.strip_prefix('~').is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
        let why = "for boto3 and the AWS CLI that begins in another user's home folder, for the SDKs it is a file of that very name";
        return Some(Problem::warning("path-expanded-by-some", message(why), hint()));
    }
    let readings = readings(around, kind);
    if let [_, _, ..] = readings.as_slice() {
        let mut why = told(&readings, value);
        if kind == FileKind::Config && value.starts_with("~/") {
            why.push_str("; the SDK for JavaScript finds no sso-session by it");
        }
        return Some(Problem::warning("path-expanded-by-some", message(&why), hint()));
    }
    // All read the same.
    let path = readings.first().map_or(value, |(path, _)| path);
    let shape = Shape::of(around.platform, path);
    if let Some((code, why)) = led_astray(&shape) {
        return Some(Problem::warning(code, message(why), hint()));
    }
    if path.ends_with(|character| around.platform.is_separator(character)) {
        return Some(Problem::warning("path-is-folder", message("that is a folder, and it must be the file"), hint()));
    }
    match shape {
        Shape::Verbatim => {
            let why = r"the SDK for Java refuses a path that begins with \\?\";
            Some(Problem::warning("path-verbatim", message(why), hint()))
        }
        Shape::Wsl(distribution) => {
            let why = format!("it is there only while WSL runs {}", shown(&distribution));
            let hint = "Programs inside of WSL find it without that variable. Those of Windows wait for WSL to start.";
            Some(Problem::info("path-in-wsl", message(&why), hint))
        }
        Shape::Whole | Shape::OfDrive | Shape::WithoutDrive | Shape::Foreign | Shape::Relative => None,
    }
}

/// What no client takes off again.
fn misspelled(around: &Surroundings<'_>, value: &str) -> Option<(&'static str, &'static str)> {
    let is_quoted = |quote| value.len() > 1 && value.starts_with(quote) && value.ends_with(quote);
    if is_quoted('"') || is_quoted('\'') || around.platform == Platform::Windows && value.contains('"') {
        return Some(("path-quoted", "the quotes are a part of it, and no file is called that"));
    }
    let is_blank = |character: char| character == ' ' || character == '\t';
    let is_padded = value.starts_with(is_blank) || value.ends_with(is_blank);
    is_padded.then_some(("path-padded", "the space around it is a part of it, and some clients look for just that"))
}

fn led_astray(shape: &Shape) -> Option<(&'static str, &'static str)> {
    match shape {
        Shape::Foreign => Some(("path-of-another-system", "programs of this system do not find that")),
        Shape::OfDrive => Some(("path-relative", "where that is depends on the drive's current folder")),
        Shape::WithoutDrive => Some(("path-relative", "where that is depends on the current drive")),
        Shape::Relative => Some(("path-relative", "where that is depends on each program's current folder")),
        Shape::Whole | Shape::Verbatim | Shape::Wsl(_) => None,
    }
}

/// Clients that find no home folder at all.
fn homeless(around: &Surroundings<'_>, own: &Home) -> Option<Problem> {
    let mut clients = Clients::ALL.each().filter(|client| around.home(*client).is_none());
    let mut homeless = Clients::of(clients.next()?);
    clients.for_each(|client| homeless.add(client));
    let variable = match around.platform {
        Platform::Unix => "HOME",
        Platform::Windows => "USERPROFILE",
    };
    let message = format!("{variable} is not set, so these find no home folder: {}.", homeless.words());
    Some(Problem::warning("home-missing", message, format!("Set {variable} to {}.", shown(&own.folder))))
}

/// By file: who reads it.
fn readings(around: &Surroundings<'_>, kind: FileKind) -> Vec<(String, Clients)> {
    let mut readings: Vec<(String, Clients)> = Vec::new();
    for client in Clients::ALL.each() {
        let Some(file) = around.file(client, kind) else { continue };
        match readings.iter_mut().find(|(other, _)| around.platform.is_same(other, &file)) {
            Some((_, clients)) => clients.add(client),
            None => readings.push((file, Clients::of(client))),
        }
    }
    readings
}

fn told(readings: &[(String, Clients)], value: &str) -> String {
    let each = readings.iter().map(|(file, clients)| {
        let file = if file == value { "a file of that very name".into() } else { shown(file) };
        format!("for {} that is {file}", clients.words())
    });
    each.collect::<Vec<_>>().join(", ")
}

fn hint(around: &Surroundings<'_>, variable: &str, kind: Option<FileKind>, value: &str) -> String {
    let example = match (around.platform, kind) {
        (Platform::Unix, None) => "/home/me",
        (Platform::Unix, Some(FileKind::Config)) => "/home/me/.aws/config",
        (Platform::Unix, Some(FileKind::Credentials)) => "/home/me/.aws/credentials",
        (Platform::Windows, None) => r"C:\Users\me",
        (Platform::Windows, Some(FileKind::Config)) => r"C:\Users\me\.aws\config",
        (Platform::Windows, Some(FileKind::Credentials)) => r"C:\Users\me\.aws\credentials",
    };
    let unquoted = if value.contains(['"', '\'']) { ", without quotes around it" } else { "" };
    match meant(around, kind, value) {
        Some(path) => format!("Set {variable} to {}{unquoted}.", shown(&path)),
        None => format!("Set {variable} to a whole path, such as {example}{unquoted}."),
    }
}

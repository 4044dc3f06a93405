//! What kind of path a text is, and which one was meant.

use super::path::VERBATIM;
use super::{Platform, Surroundings, expand};
use crate::config::{FileKind, Sdk};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

/// The kinds of paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The whole way, on this machine or a server's share.
    Whole,
    /// `\\?\C:\x`: taken as it stands.
    Verbatim,
    /// `\\wsl$\Ubuntu\home\me` or `\\wsl.localhost\…`: in this distribution.
    Wsl(String),
    /// `C:x`: from that drive's current folder on.
    OfDrive,
    /// `\x`: on the current drive.
    WithoutDrive,
    /// A path of the other kind of system: here it is only a strange name.
    Foreign,
    /// From the current folder on.
    Relative,
}

impl Shape {
    pub(super) fn of(platform: Platform, path: &str) -> Self {
        match platform {
            Platform::Unix if path.starts_with('/') => Self::Whole,
            Platform::Unix if path.starts_with(r"\\") || drive(path).is_some() => Self::Foreign,
            Platform::Unix => Self::Relative,
            Platform::Windows => Self::of_windows(&path.replace('/', r"\")),
        }
    }

    fn of_windows(path: &str) -> Self {
        if path.starts_with(VERBATIM) || path.starts_with(r"\\.\") {
            return Self::Verbatim;
        }
        if let Some(share) = path.strip_prefix(r"\\") {
            let (server, inside) = share.split_once('\\').unwrap_or((share, ""));
            let distribution = inside.split('\\').next().unwrap_or_default();
            return match server.to_ascii_lowercase().as_str() {
                "wsl$" | "wsl.localhost" => Self::Wsl(distribution.to_owned()),
                _ => Self::Whole,
            };
        }
        match drive(path) {
            Some((_, rest)) if rest.starts_with('\\') => Self::Whole,
            Some(_) => Self::OfDrive,
            None if foreign_drive(path).is_some() || path.starts_with(r"\home\") => Self::Foreign,
            None if path.starts_with('\\') => Self::WithoutDrive,
            None => Self::Relative,
        }
    }
}

/// The whole path that `value` most likely means, by which every client finds the file; none where nothing tells.
pub(super) fn meant(around: &Surroundings<'_>, kind: Option<FileKind>, value: &str) -> Option<String> {
    let platform = around.platform;
    let bare = value.trim_matches([' ', '\t', '"', '\'']);
    let home = around.home(Sdk::Botocore).or_else(|| around.home(Sdk::Rust));
    let expanded = expand::by(around, Sdk::Botocore, bare, home.as_deref());
    let path = match platform {
        Platform::Unix => of_unix(&expanded),
        Platform::Windows => of_windows(&expanded),
    };
    if !matches!(Shape::of(platform, &path), Shape::Whole | Shape::Wsl(_)) || path.contains(['"', '%']) {
        return None;
    }
    let is_folder = path.ends_with(|character| platform.is_separator(character));
    Some(match kind {
        Some(kind) if home.as_deref() == Some(&path) => around.default_file(&path, kind),
        Some(kind) if is_folder => platform.join(&path, &[kind.file_name()]),
        _ => path,
    })
}

/// A path of Windows as Linux sees it there.
fn of_unix(path: &str) -> String {
    let slashed = path.replace('\\', "/");
    if let Some(share) = slashed.strip_prefix("//wsl$/").or_else(|| slashed.strip_prefix("//wsl.localhost/")) {
        return share.find('/').map_or_else(String::new, |at| share.get(at..).unwrap_or_default().to_owned());
    }
    match drive(path) {
        Some((letter, rest)) => {
            let rest = rest.replace('\\', "/");
            format!("/mnt/{}/{}", letter.to_ascii_lowercase(), rest.trim_start_matches('/'))
        }
        None => path.to_owned(),
    }
}

fn of_windows(path: &str) -> String {
    let path = path.replace('/', r"\");
    let path = match path.strip_prefix(VERBATIM) {
        Some(rest) => rest.strip_prefix(r"UNC\").map_or_else(|| rest.to_owned(), |share| format!(r"\\{share}")),
        None => path,
    };
    match foreign_drive(&path) {
        Some((letter, rest)) => format!(r"{}:\{}", letter.to_ascii_uppercase(), rest.trim_start_matches('\\')),
        None => path,
    }
}

/// The letter of `C:…`, and what follows.
fn drive(path: &str) -> Option<(char, &str)> {
    let letter = path.chars().next().filter(char::is_ascii_alphabetic)?;
    Some((letter, path.get(1..)?.strip_prefix(':')?))
}

/// A drive as Git Bash (`\c\…`), Cygwin (`\cygdrive\c\…`) and WSL (`\mnt\c\…`) name it.
fn foreign_drive(path: &str) -> Option<(char, &str)> {
    let inside = [r"\cygdrive\", r"\mnt\", r"\"].iter().find_map(|prefix| path.strip_prefix(prefix))?;
    let letter = inside.chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = inside.get(1..)?;
    (rest.is_empty() || rest.starts_with('\\')).then_some((letter, rest))
}

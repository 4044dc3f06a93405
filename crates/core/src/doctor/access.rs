//! Files that others on this machine can read or change. Only what they can reach counts: in a closed home folder
//! nothing is loose.

use super::Finding;
use super::look::Look;
use crate::fix::{Change, Fix, Restricted};
use crate::problem::Problem;
use crate::text::shown;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The permissions of a file, on systems that have such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Its path on this machine.
    pub path: String,
    /// As a person would write it.
    pub shown: String,
    /// What it is.
    pub what: Protected,
    /// Its mode, without the file's type.
    pub mode: u32,
    /// Which of group (`0o070`) and others (`0o007`) get through the folders above it.
    pub reach: u32,
}

/// What should be its owner's alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protected {
    /// The config file: a `credential_process` in it is run.
    Config,
    /// The credentials file.
    Credentials,
    /// A file in one of the caches; the folder as a person would write it is its path without the name.
    Cache,
    /// A folder that such files lie in: who may write there can put another in a file's place.
    Folder,
}

impl Mode {
    /// The bits by which others read or change it.
    fn loose(&self) -> u32 {
        self.mode & self.reach & 0o066
    }

    fn is_changeable(&self) -> bool {
        self.loose() & 0o022 != 0
    }
}

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let modes = &look.around.modes;
    let of = |what: Protected| modes.iter().filter(move |mode| mode.what == what && mode.loose() != 0);
    let config = of(Protected::Config).filter(|mode| mode.is_changeable() || has_secrets(look)).map(one);
    let mut found: Vec<_> = config.chain(of(Protected::Credentials).map(one)).collect();
    let mut folders: Vec<&str> = of(Protected::Cache).filter_map(folder).collect();
    folders.sort_unstable();
    folders.dedup();
    for name in folders {
        let files: Vec<_> = of(Protected::Cache).filter(|mode| folder(mode) == Some(name)).collect();
        found.extend(several(name, &files));
    }
    found.extend(modes.iter().filter_map(open_folder));
    found
}

/// A folder in which others may write. That they read the names in it does no harm.
fn open_folder(mode: &Mode) -> Option<Finding> {
    let granted = mode.mode & mode.reach;
    // To write there takes both the right to write and the right to pass.
    let is_open = [0o030, 0o003].into_iter().any(|both| granted & both == both);
    if mode.what != Protected::Folder || !is_open {
        return None;
    }
    let folder = shown(&mode.shown);
    let message = format!(
        "Others on this machine can put files into {folder}, in place of yours: its mode is {:04o}.",
        mode.mode
    );
    let hint = "Take the right to write there from everybody but its owner.";
    Some(finding(message, hint, &mode.shown, &[mode], !0o022))
}

fn folder(mode: &Mode) -> Option<&str> {
    mode.shown.rsplit_once(['/', '\\']).map(|(folder, _)| folder)
}

/// Whether there are keys or commands in the config file, which are usually in the credentials file.
fn has_secrets(look: &Look<'_>) -> bool {
    let secret = ["aws_secret_access_key", "aws_session_token", "credential_process"];
    let sections = look.world.files().config.sections.iter();
    sections.flat_map(|section| &section.properties).any(|property| secret.contains(&property.key.as_str()))
}

fn one(mode: &Mode) -> Finding {
    let can = if mode.is_changeable() { "change" } else { "read" };
    let message = format!("Others on this machine can {can} {}: its mode is {:04o}.", shown(&mode.shown), mode.mode);
    finding(message, OWNER_ALONE, &mode.shown, &[mode], 0o700)
}

fn several(folder: &str, files: &[&Mode]) -> Option<Finding> {
    let first = files.first()?;
    let can = if files.iter().any(|mode| mode.is_changeable()) { "change" } else { "read" };
    let many = if files.len() == 1 { "a file".to_string() } else { format!("{} files", files.len()) };
    let tokens = if first.shown.contains("sso") { " with sign-ins" } else { " with keys" };
    let message = format!("Others on this machine can {can} {many}{tokens} in {}.", shown(folder));
    Some(finding(message, OWNER_ALONE, folder, files, 0o700))
}

const OWNER_ALONE: &str = "Take the permissions from everybody but its owner.";

/// `kept` is what stays of each mode.
fn finding(message: String, hint: &str, shown: &str, files: &[&Mode], kept: u32) -> Finding {
    let restricted = |mode: &&Mode| Restricted { path: mode.path.clone(), from: mode.mode, to: mode.mode & kept };
    let change = Change::restrict(shown, files.iter().map(restricted).collect());
    let problem = Problem::warning("permissions-loose", message, hint).at(shown, None);
    Finding::new(problem).mended(Fix::new("Correct the permissions").with_change(change))
}

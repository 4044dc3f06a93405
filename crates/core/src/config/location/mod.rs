//! Where the clients look for their files (aws-sessions.md 1.1), as functions of variables and system. Clients that have
//! one home folder are a camp: where `HOME` is set on Windows, there are two.

mod client;
mod expand;
mod path;
mod problem;
mod shape;

pub use client::Clients;
pub use expand::expand;
pub use path::Platform;

use self::shape::Shape;
use super::{FileKind, Sdk};
use crate::problem::Problem;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// What tells a client where its files are.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Which kind of paths.
    pub platform: Platform,
    /// The value of a variable that is set and not empty.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The home folder that the system knows of this user.
    pub system_home: Option<&'a str>,
    /// Whether a file or folder is there.
    pub exists: &'a dyn Fn(&str) -> bool,
}

/// A home folder, who has it, and which files they read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Home {
    /// Such as `C:\Users\me`.
    #[serde(rename = "home")]
    pub folder: String,
    /// Never none. As text, their names.
    #[cfg_attr(test, ts(type = "Array<string>"))]
    pub clients: Clients,
    /// The config file.
    pub config: String,
    /// The credentials file.
    pub credentials: String,
}

/// Where everything is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Relight's own home: that of the SDKs' reference, unless only another one has a folder `.aws`.
    pub own: Home,
    /// The homes of the other clients.
    pub others: Vec<Home>,
    /// What is wrong with variables, and with what they name.
    pub problems: Vec<Problem>,
}

impl Located {
    /// Looks for it. None where nothing tells of a home folder.
    pub fn find(around: &Surroundings<'_>) -> Option<Self> {
        let mut camps = camps(around);
        if camps.is_empty() {
            camps.push((around.system_home?.to_owned(), Clients::ALL));
        }
        let own = own(around, &camps);
        let mut homes: Vec<_> = camps.into_iter().map(|(folder, clients)| Home::new(around, folder, clients)).collect();
        let own = homes.swap_remove(own);
        // The others lie wherever their programs are started: nothing can be read there.
        homes.retain(|home| is_whole(around, &home.folder));
        let own = Home {
            config: own.first_there(around, FileKind::Config),
            credentials: own.first_there(around, FileKind::Credentials),
            ..own
        };
        let problems = problem::problems(around, &own);
        Some(Self { own, others: homes, problems })
    }
}

/// Which of the camps' homes is Relight's own: the first with files, else the first that is somewhere.
fn own(around: &Surroundings<'_>, camps: &[(String, Clients)]) -> usize {
    let place = |is_it: &dyn Fn(&str) -> bool| camps.iter().position(|(folder, _)| is_it(folder));
    let has_files = |folder: &str| (around.exists)(&around.platform.join(folder, &[".aws"]));
    place(&|folder| is_whole(around, folder) && has_files(folder))
        .or_else(|| place(&|folder| is_whole(around, folder)))
        .unwrap_or_default()
}

fn is_whole(around: &Surroundings<'_>, folder: &str) -> bool {
    matches!(Shape::of(around.platform, folder), Shape::Whole | Shape::Verbatim | Shape::Wsl(_))
}

/// The camps, the reference's first.
fn camps(around: &Surroundings<'_>) -> Vec<(String, Clients)> {
    let mut camps: Vec<(String, Clients)> = Vec::new();
    for client in Clients::ALL.each() {
        let Some(home) = around.home(client) else { continue };
        match camps.iter_mut().find(|(folder, _)| around.platform.is_same(folder, &home)) {
            Some((_, clients)) => clients.add(client),
            None => camps.push((home, Clients::of(client))),
        }
    }
    camps
}

impl Home {
    fn new(around: &Surroundings<'_>, folder: String, clients: Clients) -> Self {
        let file = |kind| {
            let read = clients.each().find_map(|client| around.file(client, kind));
            read.unwrap_or_else(|| around.default_file(&folder, kind))
        };
        Self { config: file(FileKind::Config), credentials: file(FileKind::Credentials), folder, clients }
    }

    /// Clients may take a variable's value for different files: the first that is there, by what these clients read,
    /// then by what others do.
    fn first_there(&self, around: &Surroundings<'_>, kind: FileKind) -> String {
        let usual = match kind {
            FileKind::Config => &self.config,
            FileKind::Credentials => &self.credentials,
        };
        if around.named(kind).is_none() {
            return usual.clone();
        }
        let all = self.clients.each().chain(Clients::ALL.each());
        let mut read = all.filter_map(|client| around.file(client, kind));
        read.find(|file| (around.exists)(file)).unwrap_or_else(|| usual.clone())
    }
}

impl Surroundings<'_> {
    /// The home folder that a client has; none where it finds none.
    pub fn home(&self, client: Sdk) -> Option<String> {
        client::home(self, client)
    }

    /// The file that a client reads; none where it has no home folder to look in.
    pub fn file(&self, client: Sdk, kind: FileKind) -> Option<String> {
        let home = self.home(client);
        match self.named(kind) {
            Some((_, value)) => Some(expand::by(self, client, &value, home.as_deref())),
            None => Some(self.default_file(&home?, kind)),
        }
    }

    /// The variable that names this file, and its value.
    pub(super) fn named(&self, kind: FileKind) -> Option<(&'static str, String)> {
        let variable = match kind {
            FileKind::Config => "AWS_CONFIG_FILE",
            FileKind::Credentials => "AWS_SHARED_CREDENTIALS_FILE",
        };
        Some((variable, (self.variable)(variable)?))
    }

    fn default_file(&self, home: &str, kind: FileKind) -> String {
        self.platform.join(home, &[".aws", kind.file_name()])
    }
}

impl FileKind {
    fn file_name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Credentials => "credentials",
        }
    }
}

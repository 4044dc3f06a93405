//! Relight's own folder: what its processes tell each other through files. One file for each concern, versioned,
//! replaced whole; a change is made under the concern's lock, after reading the file again.

use crate::paths::Paths;
use crate::{files, locks};
use relight_core::action::Part;
use relight_core::cache::CacheName;
use relight_core::flow::Lock;
use relight_core::notice::Memory;
use relight_core::time::Timestamp;
use relight_core::view::Login;
use relight_core::world::{Seen, World};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

const VERSION: u32 = 1;
/// Refusals older than any registration lives are forgotten.
const KEPT_SECONDS: i64 = 100 * 24 * 3600;

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    version: u32,
    #[serde(flatten)]
    content: T,
}

#[derive(Default, Serialize, Deserialize)]
struct History {
    /// Token file to the end, in seconds since 1970, of the token that AWS refused to renew.
    #[serde(default)]
    refused: BTreeMap<String, i64>,
}

#[derive(Default, Serialize, Deserialize)]
struct Processes {
    /// By a hash of the command.
    #[serde(default)]
    ends: BTreeMap<CacheName, LastRun>,
}

/// What a `credential_process` said when a person last ran it: seconds since 1970.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct LastRun {
    at: i64,
    /// None for credentials without an end.
    expires_at: Option<i64>,
}

#[derive(Default, Serialize, Deserialize)]
struct Attention {
    #[serde(default)]
    shown: Memory,
}

#[derive(Serialize, Deserialize)]
struct Attempt {
    login: Login,
}

#[derive(Serialize, Deserialize)]
struct Wish {
    part: Part,
}

/// What this folder says about the sessions of `world`.
pub fn seen(world: &World, paths: &Paths) -> Vec<Seen> {
    let mut seen: Vec<_> = world.session_files().map(|name| attempt(paths, name)).collect();
    seen.extend([refused(world, paths), processes(paths)]);
    seen
}

/// A sign-in of another process. Its file counts only while its lock is held, so that a crash leaves no ghost.
pub fn attempt(paths: &Paths, name: CacheName) -> Seen {
    let path = attempt_file(paths, &name);
    let login = read::<Attempt>(&path)
        .filter(|_| locks::is_held(paths, &Lock::Attempt(name.clone())))
        .map(|attempt| attempt.login);
    Seen::Attempt(name, login)
}

/// Lets the other processes see a sign-in of this one.
pub fn publish_attempt(paths: &Paths, name: &CacheName, login: Login) -> io::Result<()> {
    write(&attempt_file(paths, name), Attempt { login })
}

/// Takes that back.
pub fn withdraw_attempt(paths: &Paths, name: &CacheName) -> io::Result<()> {
    files::remove(&attempt_file(paths, name))
}

/// The refreshes that AWS refused.
pub fn refused(world: &World, paths: &Paths) -> Seen {
    let history = read::<History>(&history_file(paths)).unwrap_or_default().refused;
    let end = |name: &CacheName| Timestamp::from_second(*history.get(name.as_str())?).ok();
    Seen::Refused(world.session_files().filter_map(|name| end(&name).map(|end| (name, end))).collect())
}

/// Remembers a refusal for all processes. Blocks.
pub fn remember_refused(paths: &Paths, name: &CacheName, end: Timestamp, now: Timestamp) -> io::Result<()> {
    let lock = files::open_lock(&paths.state.join("locks").join("history.lock"))?;
    lock.lock()?;
    let mut history = read::<History>(&history_file(paths)).unwrap_or_default();
    history.refused.retain(|_, end| now.as_second().saturating_sub(*end) < KEPT_SECONDS);
    history.refused.insert(name.as_str().to_owned(), end.as_second());
    write(&history_file(paths), history)
}

/// What each `credential_process` said of its end.
pub fn processes(paths: &Paths) -> Seen {
    let ends = read::<Processes>(&processes_file(paths)).unwrap_or_default().ends;
    let end = |run: LastRun| run.expires_at.map(|end| Timestamp::from_second(end).unwrap_or(Timestamp::MAX));
    Seen::Processes(ends.into_iter().map(|(process, run)| (process, end(run))).collect())
}

/// Remembers, for all processes, what a `credential_process` said of its end. Blocks.
pub fn remember_process(paths: &Paths, process: &CacheName, end: Option<Timestamp>, now: Timestamp) -> io::Result<()> {
    let lock = files::open_lock(&paths.state.join("locks").join("processes.lock"))?;
    lock.lock()?;
    let mut processes = read::<Processes>(&processes_file(paths)).unwrap_or_default();
    processes.ends.retain(|_, run| now.as_second().saturating_sub(run.at) < KEPT_SECONDS);
    let run = LastRun { at: now.as_second(), expires_at: end.map(Timestamp::as_second) };
    processes.ends.insert(process.clone(), run);
    write(&processes_file(paths), processes)
}

/// Which notices were shown.
pub fn memory(paths: &Paths) -> Memory {
    read::<Attention>(&attention_file(paths)).unwrap_or_default().shown
}

/// Remembers which notices were shown. Only the tray shows notices, and there is one.
pub fn remember(paths: &Paths, memory: Memory) -> io::Result<()> {
    write(&attention_file(paths), Attention { shown: memory })
}

/// The folder of sign-ins under way.
pub fn attempts_folder(paths: &Paths) -> PathBuf {
    paths.state.join("attempts")
}

/// Asks the window that runs already to come to the front, and to show `part`.
pub fn wish_for(paths: &Paths, part: Part) -> io::Result<()> {
    write(&wish_file(paths), Wish { part })
}

/// What the window was asked to show, if it was.
pub fn wish(paths: &Paths) -> Option<Part> {
    read::<Wish>(&wish_file(paths)).map(|wish| wish.part)
}

/// The window came to the front: whoever asked for it need not open another.
pub fn grant_wish(paths: &Paths) -> io::Result<()> {
    files::remove(&wish_file(paths))
}

/// Where a second start leaves its wish.
pub fn wish_file(paths: &Paths) -> PathBuf {
    paths.state.join("window.json")
}

/// Where refusals are remembered.
pub fn history_file(paths: &Paths) -> PathBuf {
    paths.state.join("history.json")
}

/// Where the ends that `credential_process` programs named are remembered.
pub fn processes_file(paths: &Paths) -> PathBuf {
    paths.state.join("processes.json")
}

fn attempt_file(paths: &Paths, name: &CacheName) -> PathBuf {
    attempts_folder(paths).join(name.as_str())
}

fn attention_file(paths: &Paths) -> PathBuf {
    paths.state.join("attention.json")
}

/// A file that is missing, damaged or of a newer Relight is as good as none.
fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let file: Versioned<T> = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (file.version == VERSION).then_some(file.content)
}

fn write<T: Serialize>(path: &Path, content: T) -> io::Result<()> {
    files::write_whole(path, &serde_json::to_string(&Versioned { version: VERSION, content })?)
}

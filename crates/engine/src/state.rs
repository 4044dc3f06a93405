//! Relight's own folder: what its processes tell each other through files. One file for each concern, versioned,
//! replaced whole; a change is made under the concern's lock, after reading the file again.

use crate::paths::Paths;
use crate::{files, locks};
use relight_core::action::Part;
use relight_core::cache::CacheName;
use relight_core::flow::Lock;
use relight_core::learned::{self, Fact};
use relight_core::notice::Memory;
use relight_core::time::Timestamp;
use relight_core::view::Login;
use relight_core::world::{Revoked, Seen, World};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

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
    /// Token file to the token that AWS took no more.
    #[serde(default)]
    revoked: BTreeMap<String, NotTaken>,
    /// How long sessions last, by start URL.
    #[serde(default)]
    learned: learned::History,
}

/// A token that AWS took no more before its end: that end, and when; seconds since 1970.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct NotTaken {
    end: i64,
    at: i64,
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
    seen.extend(history(world, paths));
    seen.push(processes(paths));
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

/// What AWS refused, refreshes and tokens before their end, and what was learned of how long sessions last.
pub fn history(world: &World, paths: &Paths) -> [Seen; 3] {
    let History { refused, revoked, learned } = read(&history_file(paths)).unwrap_or_default();
    let end = |name: &CacheName| Timestamp::from_second(*refused.get(name.as_str())?).ok();
    let revoked = |name: &CacheName| {
        let seen = revoked.get(name.as_str())?;
        Some(Revoked { end: Timestamp::from_second(seen.end).ok()?, at: Timestamp::from_second(seen.at).ok()? })
    };
    [
        Seen::Refused(world.session_files().filter_map(|name| end(&name).map(|end| (name, end))).collect()),
        Seen::Revoked(world.token_files().filter_map(|name| revoked(&name).map(|revoked| (name, revoked))).collect()),
        Seen::Learned(learned),
    ]
}

/// The end of the token in this file that AWS refused to renew.
pub fn refused_end(paths: &Paths, name: &CacheName) -> Option<Timestamp> {
    let history = read::<History>(&history_file(paths))?.refused;
    Timestamp::from_second(*history.get(name.as_str())?).ok()
}

/// Remembers a refusal for all processes. Blocks.
pub fn remember_refused(paths: &Paths, name: &CacheName, end: Timestamp, now: Timestamp) -> io::Result<()> {
    change_history(paths, |history| {
        history.refused.retain(|_, end| is_recent(*end, now));
        history.refused.insert(name.as_str().to_owned(), end.as_second());
    })
}

/// Remembers for all processes that AWS took a token no more. Blocks.
pub fn remember_revoked(paths: &Paths, name: &CacheName, revoked: Revoked) -> io::Result<()> {
    let seen = NotTaken { end: revoked.end.as_second(), at: revoked.at.as_second() };
    change_history(paths, |history| {
        history.revoked.retain(|_, seen| is_recent(seen.end, revoked.at));
        history.revoked.insert(name.as_str().to_owned(), seen);
    })
}

/// Remembers, for all processes, what tells how long sessions last. Blocks.
pub fn learn(paths: &Paths, fact: &Fact) -> io::Result<()> {
    change_history(paths, |history| history.learned.add(fact))
}

fn is_recent(end: i64, now: Timestamp) -> bool {
    now.as_second().saturating_sub(end) < KEPT_SECONDS
}

fn change_history(paths: &Paths, change: impl FnOnce(&mut History)) -> io::Result<()> {
    let lock = files::open_lock(&paths.state.join("locks").join("history.lock"))?;
    lock.lock()?;
    let mut history = read_to_change::<History>(&history_file(paths))?.unwrap_or_default();
    change(&mut history);
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
    let mut processes = read_to_change::<Processes>(&processes_file(paths))?.unwrap_or_default();
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

/// Where refusals, and what was learned of sessions, are remembered.
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
    read_to_change(path).ok().flatten()
}

/// The same before a change: one that cannot be read at the moment is not none, or all else in it would be lost.
fn read_to_change<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    let bytes = files::read_if_there(path)?.unwrap_or_default();
    let file = serde_json::from_slice::<Versioned<T>>(&bytes).ok();
    Ok(file.filter(|file| file.version == VERSION).map(|file| file.content))
}

fn write<T: Serialize>(path: &Path, content: T) -> io::Result<()> {
    files::write_whole(path, &serde_json::to_string(&Versioned { version: VERSION, content })?)
}

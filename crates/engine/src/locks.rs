//! Locks between Relight's processes: on files that are never removed, freed by the system when their holder dies.

use crate::paths::Paths;
use crate::{files, state};
use relight_core::action::Part;
use relight_core::flow::Lock;
use std::fs::{File, TryLockError};
use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub struct Held {
    _file: File,
}

/// Whether a lock could be had.
#[derive(Debug)]
pub enum Taken {
    /// It is ours.
    Ours(Held),
    /// Another process has it.
    Theirs,
}

/// A process that only asks whether a lock is held has it for an instant: look again before believing it.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(10);

/// Takes `lock` if nobody has it. Blocks for an instant.
pub fn try_take(paths: &Paths, lock: &Lock) -> io::Result<Taken> {
    let file = files::open_lock(&path_of(paths, lock))?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Taken::Ours(Held { _file: file })),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(Taken::Theirs)
}

/// Whether some process holds `lock`.
pub fn is_held(paths: &Paths, lock: &Lock) -> bool {
    let path = path_of(paths, lock);
    path.exists()
        && files::open_lock(&path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Blocks until `lock` is free.
pub fn await_free(paths: &Paths, lock: &Lock) -> io::Result<()> {
    files::open_lock(&path_of(paths, lock))?.lock()
}

/// The lock that says "this program runs": `tray` or `window`.
pub fn take_program(paths: &Paths, program: &str) -> io::Result<Taken> {
    let file = files::open_lock(&paths.state.join("locks").join(format!("{program}.lock")))?;
    match file.try_lock() {
        Ok(()) => Ok(Taken::Ours(Held { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(Taken::Theirs),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Takes the window's lock; or asks its holder to come to the front, and waits until it did, or has ended after all.
/// Blocks for 12 seconds at most.
pub fn take_window(paths: &Paths, part: Part) -> io::Result<Taken> {
    // Longer than a program that ends waits for an answer that must not get lost.
    const TRIES: u32 = 600;
    const PAUSE: Duration = Duration::from_millis(20);
    for attempt in 0..TRIES {
        match take_program(paths, "window")? {
            Taken::Ours(held) => {
                let _ = state::grant_wish(paths);
                return Ok(Taken::Ours(held));
            }
            Taken::Theirs if attempt == 0 => state::wish_for(paths, part)?,
            Taken::Theirs if state::wish(paths).is_none() => break,
            Taken::Theirs => {}
        }
        thread::sleep(PAUSE);
    }
    Ok(Taken::Theirs)
}

fn path_of(paths: &Paths, lock: &Lock) -> PathBuf {
    let (kind, name) = match lock {
        Lock::Attempt(name) => ("attempt", name),
        Lock::Refresh(name) => ("refresh", name),
        Lock::Browser => return paths.state.join("locks").join("browser.lock"),
    };
    let key = name.as_str().trim_end_matches(".json");
    paths.state.join("locks").join(format!("{kind}-{key}.lock"))
}

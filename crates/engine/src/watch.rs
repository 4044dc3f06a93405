//! Sees that files changed: also when they or their folders do not exist yet, are replaced by rename, or are links.

use crate::paths::Paths;
use crate::state;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Watches the folders that the AWS files and Relight's own lie in.
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    paths: Paths,
    /// Of files that the configuration names, wherever they are.
    elsewhere: BTreeSet<PathBuf>,
    /// Folders that hold files of interest.
    folders: Arc<Mutex<Vec<PathBuf>>>,
    /// Folders watched now: those that exist, and what leads to them.
    armed: BTreeSet<PathBuf>,
    changes: UnboundedReceiver<Event>,
    /// Something could not be watched, such as when the system's limit is reached.
    incomplete: bool,
}

/// What changed since it was last asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Files in the folders of interest.
    pub files: BTreeSet<PathBuf>,
    /// Folders came, went or were replaced, or changes were lost: anything may have changed.
    pub all: bool,
}

impl Watch {
    /// Starts to watch.
    pub fn start(paths: &Paths) -> Self {
        let (sender, changes) = unbounded_channel();
        let folders = Arc::new(Mutex::new(folders(paths, &BTreeSet::new())));
        let of_interest = folders.clone();
        let watcher = notify::recommended_watcher(move |event| send(&sender, event, &of_interest))
            .inspect_err(|error| tracing::warn!("files cannot be watched, so they are read every few seconds: {error}"))
            .ok();
        let mut watch = Self {
            incomplete: watcher.is_none(),
            watcher,
            paths: paths.clone(),
            elsewhere: BTreeSet::new(),
            folders,
            armed: BTreeSet::new(),
            changes,
        };
        watch.arm();
        watch
    }

    /// Watches the folders of these files too, and of no others that it was told before. Whether that is new.
    pub fn follow(&mut self, files: &BTreeSet<&str>) -> bool {
        let folders = files.iter().filter_map(|file| Path::new(file).parent()).map(Path::to_owned).collect();
        let is_new = self.elsewhere != folders;
        if is_new {
            self.elsewhere = folders;
            self.arm();
        }
        is_new
    }

    /// Whether some folder cannot be watched, so that files must be read on a timer.
    pub fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// Waits until something changed, and takes all that has. May be dropped at any time.
    pub async fn changed(&mut self) -> Changed {
        loop {
            let Some(first) = self.changes.recv().await else { return std::future::pending().await };
            let mut events = vec![first];
            while let Ok(event) = self.changes.try_recv() {
                events.push(event);
            }
            let changed = self.sort(&events);
            if changed != Changed::default() {
                return changed;
            }
        }
    }

    fn sort(&mut self, events: &[Event]) -> Changed {
        let mut changed = Changed::default();
        let known = lock(&self.folders).clone();
        for event in events {
            changed.all |= event.need_rescan();
            for path in &event.paths {
                if self.armed.contains(path) || leads_to_one(path, &known) {
                    changed.all = true;
                } else if lies_in_one(path, &known) {
                    changed.files.insert(path.clone());
                }
            }
        }
        // A config file may have become a link, or lead elsewhere now.
        let moved = !changed.files.is_empty() && folders(&self.paths, &self.elsewhere) != known;
        changed.all |= moved;
        if changed.all {
            self.arm();
        }
        changed
    }

    /// Watches each folder of interest that exists, and those above it as far as someone may replace them. Folders
    /// that were watched already are watched anew: they may be other ones of the same name.
    fn arm(&mut self) {
        const ABOVE: usize = 3;
        let folders = folders(&self.paths, &self.elsewhere);
        lock(&self.folders).clone_from(&folders);
        let Some(watcher) = &mut self.watcher else { return };
        for folder in std::mem::take(&mut self.armed) {
            let _ = watcher.unwatch(&folder);
        }
        self.incomplete = false;
        // Two names of one folder are one watch, which knows the last name only.
        let mut watched = BTreeSet::new();
        for folder in &folders {
            let existing = folder.ancestors().skip_while(|folder| !folder.is_dir());
            let missing = folder.ancestors().take_while(|folder| !folder.is_dir()).count();
            let above = (1 + ABOVE).saturating_sub(missing).max(1);
            for (distance, folder) in existing.take(above).enumerate() {
                let itself = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
                if folder.parent().is_none() || !watched.insert(itself) {
                    continue;
                }
                match watcher.watch(folder, RecursiveMode::NonRecursive) {
                    Ok(()) => _ = self.armed.insert(folder.to_owned()),
                    // Those farther up tell only of folders being replaced.
                    Err(error) if distance == 0 => {
                        let folder = folder.display();
                        tracing::warn!("{folder} cannot be watched, so it is read every few seconds: {error}");
                        self.incomplete = true;
                    }
                    Err(_) => {}
                }
            }
        }
    }
}

/// Reading our own files makes events too: only changes count, and only of files of interest. A log that grows in the
/// home folder wakes nobody.
fn send(sender: &UnboundedSender<Event>, event: notify::Result<Event>, folders: &Mutex<Vec<PathBuf>>) {
    let event = event.unwrap_or_else(|_| Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan));
    let only_read = match event.kind {
        EventKind::Access(kind) => kind != AccessKind::Close(AccessMode::Write),
        _ => false,
    };
    let matters = || {
        let folders = lock(folders);
        event.paths.iter().any(|path| leads_to_one(path, &folders) || lies_in_one(path, &folders))
    };
    if !only_read && (event.need_rescan() || matters()) {
        let _ = sender.send(event);
    }
}

/// Whether `path` is a folder of interest or one above it.
fn leads_to_one(path: &Path, folders: &[PathBuf]) -> bool {
    folders.iter().any(|folder| folder.starts_with(path))
}

/// Whether `path` is in a folder of interest.
fn lies_in_one(path: &Path, folders: &[PathBuf]) -> bool {
    path.parent().is_some_and(|parent| folders.iter().any(|folder| folder == parent))
}

/// A thread that panicked has left the list whole: it is replaced at once.
fn lock(folders: &Mutex<Vec<PathBuf>>) -> MutexGuard<'_, Vec<PathBuf>> {
    folders.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folders of interest. Where a file is a link, its target's folder too.
fn folders(paths: &Paths, elsewhere: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let caches = [&paths.sso_cache, &paths.cli_cache, &paths.boto_cache, &paths.login_cache];
    let mut folders: Vec<_> = caches.into_iter().chain(elsewhere).cloned().collect();
    folders.extend([paths.state.clone(), state::attempts_folder(paths)]);
    for file in [&paths.config, &paths.credentials, &paths.settings] {
        folders.extend(file.parent().map(Path::to_owned));
        folders.extend(file.canonicalize().ok().and_then(|target| target.parent().map(Path::to_owned)));
    }
    folders.retain(|folder| !folder.as_os_str().is_empty());
    folders.sort();
    folders.dedup();
    folders
}

//! Sees that files changed: also when they or their folders do not exist yet, are replaced by rename, or are links.

use crate::paths::Paths;
use crate::state;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use relight_core::config::SessionKind;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Watches the folders that the AWS files and Relight's own lie in.
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    paths: Paths,
    /// Files that the configuration names, wherever they are.
    elsewhere: BTreeSet<PathBuf>,
    /// What is of interest.
    interest: Arc<Mutex<Interest>>,
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

/// Windows keeps a watched folder open, and what is open cannot be removed, nor can what it lies in be renamed: there, one
/// watch of the uppermost folder of interest sees all below it.
const WITH_ALL_BELOW: bool = cfg!(windows);

impl Watch {
    /// Starts to watch.
    pub fn start(paths: &Paths) -> Self {
        let (sender, changes) = unbounded_channel();
        let interest = Arc::new(Mutex::new(Interest::of(paths, &BTreeSet::new())));
        let of_interest = interest.clone();
        let watcher = notify::recommended_watcher(move |event| send(&sender, event, &of_interest))
            .inspect_err(|error| tracing::warn!("files cannot be watched, so they are read every few seconds: {error}"))
            .ok();
        let mut watch = Self {
            incomplete: watcher.is_none(),
            watcher,
            paths: paths.clone(),
            elsewhere: BTreeSet::new(),
            interest,
            armed: BTreeSet::new(),
            changes,
        };
        watch.arm();
        watch
    }

    /// Watches these files too, wherever they are, and no others that it was told before. Whether that is new.
    pub fn follow(&mut self, files: &BTreeSet<&str>) -> bool {
        let is_same = self.elsewhere.len() == files.len()
            && self.elsewhere.iter().zip(files).all(|(known, file)| known == Path::new(file));
        if !is_same {
            self.elsewhere = files.iter().map(PathBuf::from).collect();
            self.arm();
        }
        !is_same
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
        let known = lock(&self.interest).clone();
        for event in events {
            changed.all |= event.need_rescan();
            for path in &event.paths {
                if self.armed.contains(path) || known.is_led_to_by(path) {
                    changed.all = true;
                } else if known.has(path) {
                    changed.files.insert(path.clone());
                }
            }
        }
        // A config file may have become a link, or lead elsewhere now.
        let moved = !changed.files.is_empty() && Interest::of(&self.paths, &self.elsewhere) != known;
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
        let interest = Interest::of(&self.paths, &self.elsewhere);
        lock(&self.interest).clone_from(&interest);
        let folders = interest.all();
        let Some(watcher) = &mut self.watcher else { return };
        for folder in std::mem::take(&mut self.armed) {
            let _ = watcher.unwatch(&folder);
        }
        self.incomplete = false;
        // Two names of one folder are one watch, which knows the last name only.
        let mut watched = BTreeSet::new();
        // Never the home folder, or what it lies in.
        let may_be_whole = |folder: &Path| WITH_ALL_BELOW && !self.paths.home.starts_with(folder);
        let mut whole = BTreeSet::new();
        for folder in &folders {
            if folder.ancestors().any(|above| whole.contains(above)) {
                continue;
            }
            let existing = folder.ancestors().skip_while(|folder| !folder.is_dir());
            let missing = folder.ancestors().take_while(|folder| !folder.is_dir()).count();
            let above = (1 + ABOVE).saturating_sub(missing).max(1);
            for (distance, folder) in existing.take(above).enumerate() {
                let itself = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
                if folder.parent().is_none() || !watched.insert(itself) {
                    continue;
                }
                let is_whole = distance == 0 && missing == 0 && may_be_whole(folder);
                let mode = if is_whole { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
                match watcher.watch(folder, mode) {
                    Ok(()) => {
                        self.armed.insert(folder.to_owned());
                        whole.extend(is_whole.then(|| folder.to_owned()));
                    }
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
fn send(sender: &UnboundedSender<Event>, event: notify::Result<Event>, interest: &Mutex<Interest>) {
    let event = event.unwrap_or_else(|_| Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan));
    let only_read = match event.kind {
        EventKind::Access(kind) => kind != AccessKind::Close(AccessMode::Write),
        _ => false,
    };
    let matters = || {
        let interest = lock(interest);
        event.paths.iter().any(|path| interest.is_led_to_by(path) || interest.has(path))
    };
    if !only_read && (event.need_rescan() || matters()) {
        let _ = sender.send(event);
    }
}

/// What changes matter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Interest {
    /// Every file in these folders.
    folders: Vec<PathBuf>,
    /// These files, wherever they are.
    files: BTreeSet<PathBuf>,
}

/// What a Kubernetes volume swaps instead of its files.
pub const SWAPPED: &str = "..data";

impl Interest {
    /// Where a file is a link, its target counts too.
    fn of(paths: &Paths, elsewhere: &BTreeSet<PathBuf>) -> Self {
        let mut folders = vec![paths.cli_cache.clone(), paths.boto_cache.clone()];
        for kind in [SessionKind::SsoSession, SessionKind::Login] {
            folders.extend(paths.token_folders(kind).into_iter().map(Path::to_owned));
        }
        folders.extend([paths.state.clone(), state::attempts_folder(paths)]);
        for file in paths.written_by_hand() {
            folders.extend(file.parent().map(Path::to_owned));
            folders.extend(file.canonicalize().ok().and_then(|target| target.parent().map(Path::to_owned)));
        }
        folders.retain(|folder| !folder.as_os_str().is_empty());
        folders.sort();
        folders.dedup();
        let targets = elsewhere.iter().filter_map(|file| file.canonicalize().ok());
        Self { folders, files: elsewhere.iter().cloned().chain(targets).collect() }
    }

    /// The folders to watch.
    fn all(&self) -> Vec<PathBuf> {
        let mut all = self.folders.clone();
        all.extend(self.files.iter().filter_map(|file| file.parent()).map(Path::to_owned));
        all.sort();
        all.dedup();
        all
    }

    /// Whether `path` is a folder of interest or one above it.
    fn is_led_to_by(&self, path: &Path) -> bool {
        self.folders.iter().chain(&self.files).any(|of_interest| of_interest != path && of_interest.starts_with(path))
            || self.folders.iter().any(|folder| folder == path)
    }

    /// Whether a change of `path` matters.
    fn has(&self, path: &Path) -> bool {
        let beside = || self.files.iter().any(|file| file.parent() == path.parent());
        self.files.contains(path)
            || path.parent().is_some_and(|parent| self.folders.iter().any(|folder| folder == parent))
            || path.file_name().is_some_and(|name| name == SWAPPED) && beside()
    }
}

/// A thread that panicked has left it whole: it is replaced at once.
fn lock(interest: &Mutex<Interest>) -> MutexGuard<'_, Interest> {
    interest.lock().unwrap_or_else(PoisonError::into_inner)
}

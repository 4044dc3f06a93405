//! Reads the AWS files into values for the core.

use crate::paths::Paths;
use crate::settings;
use relight_core::cache::{CacheName, Registration, RoleCredentials, Token};
use relight_core::time::Timestamp;
use relight_core::world::{Content, Seen, TokenFile, World};
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// No AWS file of any use is larger; reading stops there.
const LARGEST: usize = 32 << 20;
/// A half-written file is normal, since most clients write in place: it is read this often before it counts as damaged.
const TRIES: u32 = 4;
/// Between two tries.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(25);
/// From this number of files on, reading is worth a second thread.
const WORTH_A_THREAD: usize = 256;

/// Reads everything into `world`: the settings and the two files, then what they name. Blocks.
pub fn all(world: &mut World, paths: &Paths) {
    let settings = settings::seen(paths, &world.settings);
    world.take(vec![settings, config(paths), credentials(paths), Seen::Zone(crate::clock::zone())]);
    let names: Vec<_> = world.token_files().collect();
    let mut seen = settled_tokens(paths, names);
    seen.extend(roles(world, paths));
    world.take(seen);
}

/// The config file.
pub fn config(paths: &Paths) -> Seen {
    Seen::Config(content(&paths.config))
}

/// The credentials file.
pub fn credentials(paths: &Paths) -> Seen {
    Seen::Credentials(content(&paths.credentials))
}

/// A token file, as it stands at this moment.
fn token(paths: &Paths, name: &CacheName) -> Content<TokenFile> {
    let path = paths.sso_cache.join(name.as_str());
    match open(&path).and_then(|mut file| Ok((whole(&mut file)?, modified(&file)))) {
        Ok((bytes, modified)) => Content::Read(TokenFile { token: Token::parse(&bytes), modified }),
        Err(error) => missing_or_unreadable(&error),
    }
}

/// A token file; one that looks damaged is read again first. Blocks for a moment then.
pub fn settled_token(paths: &Paths, name: CacheName) -> Content<TokenFile> {
    let mut seen = settled_tokens(paths, vec![name]);
    match seen.pop() {
        Some(Seen::Token(_, content)) => content,
        _ => Content::Missing,
    }
}

/// Token files; those that look damaged are read again first, all of them after one pause.
fn settled_tokens(paths: &Paths, names: Vec<CacheName>) -> Vec<Seen> {
    let read = |name: CacheName| {
        let content = token(paths, &name);
        (name, content)
    };
    let mut files: Vec<_> = names.into_iter().map(read).collect();
    for _ in 1..TRIES {
        let damaged = files.iter_mut().filter(|(_, file)| matches!(file, Content::Read(file) if file.token.is_err()));
        let damaged: Vec<_> = damaged.collect();
        if damaged.is_empty() {
            break;
        }
        thread::sleep(TRY_AGAIN_AFTER);
        for (name, file) in damaged {
            *file = token(paths, name);
        }
    }
    files.into_iter().map(|(name, file)| Seen::Token(name, file)).collect()
}

/// The registrations among `names` that can be read, in that order.
pub fn registrations(paths: &Paths, names: &[CacheName]) -> Vec<Registration> {
    let read = |name: &CacheName| whole(&mut open(&paths.sso_cache.join(name.as_str())).ok()?).ok();
    names.iter().filter_map(|name| Registration::parse(&read(name)?).ok()).collect()
}

/// The cached role credentials that the profiles of `world` use.
pub fn roles(world: &World, paths: &Paths) -> Vec<Seen> {
    let names: Vec<_> = world.role_files().collect();
    let read = |names: &[&CacheName]| {
        let mut buffer = Vec::new();
        names.iter().map(|name| role(paths, name, &mut buffer)).collect::<Vec<_>>()
    };
    if names.len() < WORTH_A_THREAD {
        return read(&names);
    }
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(4);
    thread::scope(|scope| {
        let parts: Vec<_> =
            names.chunks(names.len().div_ceil(threads)).map(|part| scope.spawn(move || read(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

/// One cached role's end.
pub fn role(paths: &Paths, name: &CacheName, buffer: &mut Vec<u8>) -> Seen {
    let path = paths.cli_cache.join(name.as_str());
    let read = open(&path).and_then(|mut file| fill(&mut file, buffer));
    let credentials = read.ok().and_then(RoleCredentials::parse);
    Seen::Role(name.clone(), credentials)
}

/// A whole file, or why not.
pub(crate) fn content(path: &Path) -> Content<Vec<u8>> {
    match open(path).and_then(|mut file| whole(&mut file)) {
        Ok(bytes) => Content::Read(bytes),
        Err(error) => missing_or_unreadable(&error),
    }
}

fn missing_or_unreadable<T>(error: &io::Error) -> Content<T> {
    match error.kind() {
        io::ErrorKind::NotFound => Content::Missing,
        io::ErrorKind::PermissionDenied => Content::Unreadable { reason: "permission denied".to_owned() },
        io::ErrorKind::IsADirectory => Content::Unreadable { reason: "there is a folder in its place".to_owned() },
        io::ErrorKind::NotADirectory => Content::Unreadable { reason: "a part of its path is a file".to_owned() },
        _ => Content::Unreadable { reason: error.to_string() },
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    // A pipe in a file's place must not hold the program up.
    #[cfg(target_os = "linux")]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    options.open(path)
}

fn whole(file: &mut File) -> io::Result<Vec<u8>> {
    let mut buffer = Vec::new();
    let length = fill(file, &mut buffer)?.len();
    buffer.truncate(length);
    Ok(buffer)
}

/// Reads into `buffer`, which only grows: 10,000 small files need no more calls than `cat` makes.
fn fill<'a>(file: &mut File, buffer: &'a mut Vec<u8>) -> io::Result<&'a [u8]> {
    const FIRST: usize = 16 << 10;
    if buffer.len() < FIRST {
        buffer.resize(FIRST, 0);
    }
    let mut length = 0;
    loop {
        match file.read(buffer.get_mut(length..).unwrap_or_default()) {
            Ok(0) => return Ok(buffer.get(..length).unwrap_or_default()),
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if length == buffer.len() {
            if length >= LARGEST {
                return Err(io::Error::other("it is larger than 32 MiB"));
            }
            buffer.resize(length * 2, 0);
        }
    }
}

fn modified(file: &File) -> Option<Timestamp> {
    Timestamp::try_from(file.metadata().ok()?.modified().ok()?).ok()
}

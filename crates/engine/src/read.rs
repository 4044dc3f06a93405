//! Reads the AWS files into values for the core.

use crate::files::patience::{Access, Patience, patiently};
use crate::paths::Paths;
use crate::settings;
use relight_core::cache::{CacheName, LoginToken, Registration, RoleCredentials, Token};
use relight_core::config::SessionKind;
use relight_core::offline::{Jwt, NoJwt};
use relight_core::time::Timestamp;
use relight_core::world::{Content, Dated, IS_FOLDER, LoginFile, Seen, TokenFile, World};
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use zeroize::Zeroizing;

/// No AWS file of any use is larger; reading stops there.
const LARGEST: usize = 32 << 20;
/// A half-written file is normal, since most clients write in place: it is read this often before it counts as damaged.
const TRIES: u32 = 4;
/// Between two tries.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(25);
/// From this number of files on, reading is worth a second thread.
const WORTH_A_THREAD: usize = 256;

/// One file that clients write in place, so that it may have to be read again.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A token in `sso/cache`.
    Token(CacheName),
    /// A token of `aws login`.
    Login(CacheName),
    /// A web identity token, by its path.
    WebToken(String),
    /// A role's cached credentials.
    Role(CacheName),
    /// A token, of either kind, in another home: its number, from 1.
    Elsewhere(usize, Box<Piece>),
}

impl Piece {
    /// The same in the home of this number.
    #[must_use]
    pub fn of_home(self, number: usize) -> Self {
        if number == 0 { self } else { Self::Elsewhere(number, Box::new(self)) }
    }
}

/// Reads everything into `world`: the settings and the two files, then what they name. Blocks.
pub fn all(world: &mut World, paths: &Paths) {
    let settings = settings::seen(paths, &world.settings);
    let mut seen = vec![settings, Seen::Zone(crate::clock::zone())];
    for (number, (config, credentials)) in of_homes(paths).enumerate() {
        seen.push(elsewhere(number, Seen::Config(content(config))));
        seen.push(elsewhere(number, Seen::Credentials(content(credentials))));
    }
    world.take(seen);
    let mut seen = roles(world, paths);
    for (number, folder) in paths.token_folders(SessionKind::SsoSession).into_iter().enumerate() {
        let tokens = until_whole(world.token_files().collect(), |name| token(folder, name));
        seen.extend(tokens.into_iter().map(|(name, file)| elsewhere(number, Seen::Token(name, file))));
    }
    for (number, folder) in paths.token_folders(SessionKind::Login).into_iter().enumerate() {
        let logins = until_whole(world.login_files().collect(), |name| login(folder, name));
        seen.extend(logins.into_iter().map(|(name, file)| elsewhere(number, Seen::Login(name, file))));
    }
    let web_tokens: Vec<_> = world.web_token_files().into_iter().map(str::to_owned).collect();
    let web_tokens = until_whole(web_tokens, |path| web_token(Path::new(path)));
    seen.extend(web_tokens.into_iter().map(|(path, token)| Seen::WebToken(path, token)));
    world.take(seen);
}

/// The two files, by home.
fn of_homes(paths: &Paths) -> impl Iterator<Item = (&Path, &Path)> {
    let others = paths.others.iter().map(|home| (home.config.as_path(), home.credentials.as_path()));
    std::iter::once((paths.config.as_path(), paths.credentials.as_path())).chain(others)
}

/// What was seen in the home of this number.
pub(crate) fn elsewhere(number: usize, seen: Seen) -> Seen {
    if number == 0 { seen } else { Seen::Elsewhere(number, Box::new(seen)) }
}

/// A token file in `folder`, as it stands at this moment.
fn token(folder: &Path, name: &CacheName) -> Content<TokenFile> {
    dated(&folder.join(name.as_str()), |bytes, modified| TokenFile { token: Token::parse(bytes), modified })
}

/// Reads one piece; one that looks damaged is read again first. Blocks for a moment then.
pub fn settled(paths: &Paths, piece: Piece) -> Seen {
    match piece {
        Piece::Token(name) => Seen::Token(name.clone(), settled_token(&paths.sso_cache, name)),
        Piece::Login(name) => Seen::Login(name.clone(), settled_login(&paths.login_cache, name)),
        Piece::Elsewhere(number, piece) => {
            let other = paths.others.get(number.saturating_sub(1));
            let seen = match (*piece, other) {
                (Piece::Token(name), Some(home)) => Seen::Token(name.clone(), settled_token(&home.sso_cache, name)),
                (Piece::Login(name), Some(home)) => Seen::Login(name.clone(), settled_login(&home.login_cache, name)),
                (piece, _) => return settled(paths, piece),
            };
            elsewhere(number, seen)
        }
        Piece::Role(name) => role_in(&role_folders(paths), &name, &mut Vec::new()),
        Piece::WebToken(path) => {
            Seen::WebToken(path.clone(), last(until_whole(vec![path], |path| web_token(Path::new(path)))))
        }
    }
}

/// The token files of this name, by home, read like [`settled`].
pub fn settled_tokens(paths: &Paths, name: &CacheName) -> Vec<Content<TokenFile>> {
    let folders = paths.token_folders(SessionKind::SsoSession).into_iter();
    folders.map(|folder| settled_token(folder, name.clone())).collect()
}

/// The token files of `aws login` of this name, by home, read like [`settled`].
pub fn settled_logins(paths: &Paths, name: &CacheName) -> Vec<Content<LoginFile>> {
    let folders = paths.token_folders(SessionKind::Login).into_iter();
    folders.map(|folder| settled_login(folder, name.clone())).collect()
}

fn settled_token(folder: &Path, name: CacheName) -> Content<TokenFile> {
    last(until_whole(vec![name], |name| token(folder, name)))
}

fn settled_login(folder: &Path, name: CacheName) -> Content<LoginFile> {
    last(until_whole(vec![name], |name| login(folder, name)))
}

fn last<K, T>(mut files: Vec<(K, Content<T>)>) -> Content<T> {
    files.pop().map_or(Content::Missing, |(_, file)| file)
}

/// A token file of `aws login`, as it stands at this moment.
fn login(folder: &Path, name: &CacheName) -> Content<LoginFile> {
    dated(&folder.join(name.as_str()), |bytes, modified| LoginFile {
        token: LoginToken::parse(bytes).map(Box::new),
        modified,
    })
}

/// A file and when it was written, which is asked of the file that was read.
fn dated<T>(path: &Path, parse: impl FnOnce(&[u8], Option<Timestamp>) -> T) -> Content<T> {
    match open(path).and_then(|mut file| Ok((whole(&mut file)?, modified(&file)))) {
        Ok((bytes, modified)) => Content::Read(parse(&bytes, modified)),
        Err(error) => missing_or_unreadable(&error),
    }
}

/// A web identity token, as it stands at this moment.
fn web_token(path: &Path) -> Content<Result<Jwt, NoJwt>> {
    match content(path) {
        Content::Read(bytes) => Content::Read(Jwt::parse(&bytes)),
        Content::Missing => Content::Missing,
        Content::Unreadable { reason } => Content::Unreadable { reason },
    }
}

/// Something that may be half there.
trait Whole {
    fn is_whole(&self) -> bool;
}

impl<T> Whole for Dated<T> {
    fn is_whole(&self) -> bool {
        self.token.is_ok()
    }
}

impl Whole for Result<Jwt, NoJwt> {
    fn is_whole(&self) -> bool {
        self.is_ok()
    }
}

/// Reads all of `names`; those that look damaged again, after one pause for all.
fn until_whole<K, T: Whole>(names: Vec<K>, read: impl Fn(&K) -> Content<T>) -> Vec<(K, Content<T>)> {
    let with_content = |name: K| {
        let content = read(&name);
        (name, content)
    };
    let mut files: Vec<_> = names.into_iter().map(with_content).collect();
    for _ in 1..TRIES {
        let damaged: Vec<_> =
            files.iter_mut().filter(|(_, file)| matches!(file, Content::Read(file) if !file.is_whole())).collect();
        if damaged.is_empty() {
            break;
        }
        thread::sleep(TRY_AGAIN_AFTER);
        for (name, file) in damaged {
            *file = read(name);
        }
    }
    files
}

/// The registrations among `names` that can be read, in that order.
pub fn registrations(paths: &Paths, names: &[CacheName]) -> Vec<Registration> {
    let folders = paths.token_folders(SessionKind::SsoSession);
    let read = |folder: &Path, name: &CacheName| whole(&mut open(&folder.join(name.as_str())).ok()?).ok();
    let parsed = |folder: &Path, name: &CacheName| Registration::parse(&read(folder, name)?).ok();
    names.iter().flat_map(|name| folders.iter().filter_map(|folder| parsed(folder, name))).collect()
}

/// The cached role credentials that the profiles of `world` use.
pub fn roles(world: &World, paths: &Paths) -> Vec<Seen> {
    let names: Vec<_> = world.role_files().collect();
    let folders = role_folders(paths);
    let read = |names: &[&CacheName]| {
        let mut buffer = Vec::new();
        names.iter().map(|name| role_in(&folders, name, &mut buffer)).collect::<Vec<_>>()
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

/// What `parse` reads out of a file; where it reads nothing, the file is read again first. None for one that is not there.
pub(crate) fn until_parsed<T>(path: &Path, parse: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    for again in (0..TRIES).rev() {
        let bytes = Zeroizing::new(open(path).and_then(|mut file| whole(&mut file)).ok()?);
        let parsed = parse(&bytes);
        if parsed.is_some() || again == 0 {
            return parsed;
        }
        thread::sleep(TRY_AGAIN_AFTER);
    }
    None
}

/// Where clients cache role credentials: 10,000 files are not looked for in a folder that is not there.
fn role_folders(paths: &Paths) -> Vec<&Path> {
    [&paths.cli_cache, &paths.boto_cache].into_iter().map(PathBuf::as_path).filter(|folder| folder.is_dir()).collect()
}

/// The later end, where several clients cached the role: each reads its own. One that looks half-written is read again.
fn role_in(folders: &[&Path], name: &CacheName, buffer: &mut Vec<u8>) -> Seen {
    // None where it must be read again.
    let mut read = |path: &Path| -> Option<Option<RoleCredentials>> {
        let Ok(bytes) = open(path).and_then(|mut file| fill(&mut file, buffer)) else { return Some(None) };
        let role = RoleCredentials::parse(bytes);
        (role.is_some() || bytes.trim_ascii_end().ends_with(b"}")).then_some(role)
    };
    let mut settled = |folder: &&Path| {
        let path = folder.join(name.as_str());
        let mut found = read(&path);
        for _ in 1..TRIES {
            if found.is_some() {
                break;
            }
            thread::sleep(TRY_AGAIN_AFTER);
            found = read(&path);
        }
        found.flatten()
    };
    let latest = folders.iter().filter_map(&mut settled).max_by_key(|role| role.expires_at);
    Seen::Role(name.clone(), latest)
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
        io::ErrorKind::IsADirectory => Content::Unreadable { reason: IS_FOLDER.to_owned() },
        io::ErrorKind::PermissionDenied => Content::Unreadable { reason: "permission denied".to_owned() },
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
    match patiently(Access::Read, || options.open(path)) {
        // To Windows, a folder is a file that nobody may open.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && path.is_dir() => {
            Err(io::ErrorKind::IsADirectory.into())
        }
        opened => opened,
    }
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
    let (mut length, mut patience) = (0, Patience::to(Access::Read));
    loop {
        match file.read(buffer.get_mut(length..).unwrap_or_default()) {
            Ok(0) => return Ok(buffer.get(..length).unwrap_or_default()),
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => patience.outlast(error)?,
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

//! Several home folders: where `HOME` is set on Windows, clients look for their files in two (aws-sessions.md 1.1). All
//! are read. A token that is good in any of them counts; where it is written, the person says. Homes are numbered,
//! Relight's own is 0.

use crate::cache::{CacheName, LoginToken, Token};
use crate::config::{Files, Home, Session, SessionId, SessionKind};
use crate::problem::Problem;
use crate::text::{listed, shown};
use crate::time::Timestamp;
use crate::world::{Content, Dated, LoginFile, Seen, ShownPaths, TokenFile, World, read};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What was read of a home that is not Relight's own.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub(crate) files: Files,
    config_unreadable: Option<Problem>,
    credentials_unreadable: Option<Problem>,
    tokens: BTreeMap<CacheName, Content<TokenFile>>,
    logins: BTreeMap<CacheName, Content<LoginFile>>,
}

impl Other {
    /// A variable may name one file for all homes: it is called as in Relight's `own`, whose files have these `paths`.
    pub(crate) fn new(home: &Home, own: &Home, paths: &ShownPaths) -> Self {
        let called =
            |file: &str, own: &str, path: &str| if file == own { path.into() } else { shown(file).into_owned() };
        Self {
            files: Files {
                config_path: called(&home.config, &own.config, &paths.config),
                credentials_path: called(&home.credentials, &own.credentials, &paths.credentials),
                ..Files::default()
            },
            config_unreadable: None,
            credentials_unreadable: None,
            tokens: BTreeMap::new(),
            logins: BTreeMap::new(),
        }
    }

    /// Takes in what was read there. Whether the meaning of the files may have changed.
    pub(crate) fn take(&mut self, seen: Seen) -> bool {
        let files = &mut self.files;
        match seen {
            Seen::Config(content) => {
                self.config_unreadable = read(content, &mut files.config, &files.config_path, None);
                return true;
            }
            Seen::Credentials(content) => {
                self.credentials_unreadable = read(content, &mut files.credentials, &files.credentials_path, None);
                return true;
            }
            Seen::Token(name, Content::Missing) => _ = self.tokens.remove(&name),
            Seen::Token(name, content) => _ = self.tokens.insert(name, content),
            Seen::Login(name, content) => _ = self.logins.insert(name, content),
            // All else is not of a home.
            _ => {}
        }
        false
    }

    pub(crate) fn unreadable(&self) -> impl Iterator<Item = &Problem> {
        self.config_unreadable.iter().chain(&self.credentials_unreadable)
    }

    pub(crate) fn token(&self, name: &CacheName) -> &Content<TokenFile> {
        self.tokens.get(name).unwrap_or(&Content::Missing)
    }

    pub(crate) fn login(&self, name: &CacheName) -> &Content<LoginFile> {
        self.logins.get(name).unwrap_or(&Content::Missing)
    }
}

/// A token of which several homes may have a copy.
pub trait Kept {
    /// When it ends.
    fn end(&self) -> Timestamp;

    /// Whether who renews one of them makes the other worthless.
    fn is_one_with(&self, other: &Self) -> bool;

    /// Whether it can be used at `now`, or renewed.
    fn is_live(&self, now: Timestamp) -> bool;
}

impl Kept for Token {
    fn end(&self) -> Timestamp {
        self.expires_at
    }

    fn is_one_with(&self, other: &Self) -> bool {
        self.access_token == other.access_token
            || self.refresh_token.is_some() && self.refresh_token == other.refresh_token
    }

    fn is_live(&self, now: Timestamp) -> bool {
        self.expires_at > now || self.can_refresh(now)
    }
}

impl Kept for Box<LoginToken> {
    fn end(&self) -> Timestamp {
        self.expires_at
    }

    fn is_one_with(&self, other: &Self) -> bool {
        self.refresh_token == other.refresh_token
    }

    fn is_live(&self, now: Timestamp) -> bool {
        self.expires_at > now || !self.is_over(now)
    }
}

/// Which of what several homes hold counts: what ends last; the first, where none of them can be read.
pub fn best<'a, T: Kept + 'a>(held: impl IntoIterator<Item = &'a Content<Dated<T>>>) -> usize {
    let ends = held.into_iter().map(|content| readable(content).map(Kept::end)).enumerate();
    let first = (0, None);
    ends.fold(first, |best: (usize, Option<Timestamp>), next| if next.1 > best.1 { next } else { best }).0
}

/// The homes where a token is written, or removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// The person said: in every home.
    pub everywhere: bool,
    /// Sessions that only the files of another home have, by token file.
    pub elsewhere: BTreeMap<CacheName, usize>,
}

impl Writing {
    /// Where this token goes, by what the homes hold: everywhere, if the person said so. Else where the one is that
    /// counts, with its copies, which would be worthless else; a first one where the files have its session.
    pub fn homes<T: Kept>(&self, name: &CacheName, held: &[Content<Dated<T>>]) -> Vec<usize> {
        let best = best(held);
        match held.get(best) {
            _ if self.everywhere => (0..held.len()).collect(),
            Some(Content::Read(Dated { token: Ok(token), .. })) => {
                let is_copy = |content| readable(content).is_some_and(|other: &T| other.is_one_with(token));
                let copies = held.iter().enumerate().filter(|(at, content)| *at == best || is_copy(content));
                copies.map(|(at, _)| at).collect()
            }
            _ => Vec::from([self.elsewhere.get(name).copied().filter(|at| *at < held.len()).unwrap_or_default()]),
        }
    }
}

fn readable<T>(content: &Content<Dated<T>>) -> Option<&T> {
    match content {
        Content::Read(Dated { token: Ok(token), .. }) => Some(token),
        Content::Read(Dated { token: Err(_), .. }) | Content::Missing | Content::Unreadable { .. } => None,
    }
}

/// The token file of a session, as a person would write it; of several homes, the one that counts.
pub(crate) fn token_path(world: &World, session: &SessionId) -> String {
    let name = session.token_file();
    let (folders, home) = match session.kind() {
        SessionKind::Login => (&world.paths.login_caches, best(world.logins_of(&name))),
        SessionKind::SsoSession | SessionKind::Legacy => (&world.paths.sso_caches, best(world.tokens_of(&name))),
    };
    let folder = folders.get(home).map_or("", String::as_str);
    let separator = if folder.contains('\\') { '\\' } else { '/' };
    format!("{folder}{separator}{}", name.as_str())
}

/// That clients look in several homes, while the person has not said what to make of it.
pub(crate) fn differ(world: &World) -> Option<Problem> {
    let [own, others @ ..] = world.homes() else { return None };
    if others.is_empty() {
        return None;
    }
    let whose = |home: &Home| format!("{} ({})", shown(&home.folder), home.clients.words());
    let all: Vec<_> = core::iter::once(own).chain(others).map(whose).collect();
    let message = format!("Clients have unlike home folders: {}.", all.join(", "));
    let why = "Best is one for all: let HOME and USERPROFILE name the same folder.";
    Some(match world.settings.both_homes {
        None => Problem::warning(
            "homes-differ",
            message,
            format!(
                "{why} Until then, say in Relight's settings whether it writes tokens to both: both_homes = true, or false."
            ),
        ),
        Some(true) => {
            Problem::info("homes-differ", message, format!("{why} Until then, Relight writes tokens to both."))
        }
        Some(false) => Problem::info(
            "homes-differ",
            message,
            format!("{why} Relight leaves each token in the home that it is in."),
        ),
    })
}

/// That clients whose files have this session find no token of it, though there is one in another home.
pub(crate) fn astray(world: &World, session: &Session, now: Timestamp) -> Option<Problem> {
    if world.homes().len() < 2 || world.settings.both_homes == Some(false) {
        return None;
    }
    let name = session.id.token_file();
    let live = match session.id.kind() {
        SessionKind::Login => world.logins_of(&name).map(|held| is_live(held, now)).collect::<Vec<_>>(),
        SessionKind::SsoSession | SessionKind::Legacy => {
            world.tokens_of(&name).map(|held| is_live(held, now)).collect()
        }
    };
    if !live.contains(&true) {
        return None;
    }
    let lacks = |at: usize, session: &SessionId| live.get(at) == Some(&false) && world.config.is_in(session, at);
    let lacking = world.homes().iter().enumerate().filter(|(at, _)| lacks(*at, &session.id));
    let lacking: Vec<_> = lacking.map(|(_, home)| home.clients.words()).collect();
    let lacking: Vec<_> = lacking.iter().map(String::as_str).collect();
    if lacking.is_empty() {
        return None;
    }
    let message = format!("This sign-in is not in the home folder of {}.", listed(&lacking));
    let hint = match world.settings.both_homes {
        Some(_) => "The next renewal writes it there too; so does a refresh now.".to_string(),
        None => "Let Relight write tokens to both homes: both_homes = true in its settings.".to_string(),
    };
    Some(Problem::warning("token-in-one-home", message, hint))
}

fn is_live<T: Kept>(content: &Content<Dated<T>>, now: Timestamp) -> bool {
    readable(content).is_some_and(|token| token.is_live(now))
}

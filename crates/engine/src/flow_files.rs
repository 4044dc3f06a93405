//! The steps of flows that only touch files of the caches. They block, whoever carries them out.

use crate::files;
use crate::paths::Paths;
use crate::read::{self, Piece};
use relight_core::cache::CacheName;
use relight_core::config::SessionKind;
use relight_core::flow::{Do, Reply};
use relight_core::homes::{Kept, Writing, best};
use relight_core::secret::Secret;
use relight_core::world::{Content, Dated, Seen};
use std::io;
use std::path::{Path, PathBuf};

/// Carries a step out: what the files hold then, and the reply, where one is waited for. None where it is another step.
pub fn carry_out(paths: &Paths, writing: &Writing, next: Do) -> Option<(Vec<Seen>, Option<Reply>)> {
    let in_sso_cache = |name: &CacheName| paths.sso_cache.join(name.as_str());
    Some(match next {
        Do::ReadToken(name) => {
            let held = read::settled_tokens(paths, &name);
            let reply = Reply::Token(counting(&held));
            (seen(&name, held, Seen::Token), Some(reply))
        }
        Do::ReadLogin(name) => {
            let held = read::settled_logins(paths, &name);
            let reply = Reply::Login(counting(&held));
            (seen(&name, held, Seen::Login), Some(reply))
        }
        Do::ReadRegistrations(names) => (Vec::new(), Some(Reply::Registrations(read::registrations(paths, &names)))),
        Do::TestWrite(session) => {
            let files = files_of(paths, writing, session.kind(), &session.token_file());
            let tested = any(files.iter().map(|path| told(paths, path, files::test_write(path))));
            (Vec::new(), Some(Reply::Written(tested)))
        }
        Do::WriteToken(name, text) => {
            let files = files_of(paths, writing, SessionKind::SsoSession, &name);
            let written = any(files.iter().map(|path| write(paths, path, &text)));
            (seen(&name, read::settled_tokens(paths, &name), Seen::Token), Some(Reply::Written(written)))
        }
        Do::WriteLogin(name, text) => {
            let files = files_of(paths, writing, SessionKind::Login, &name);
            let written = any(files.iter().map(|path| write(paths, path, &text)));
            (seen(&name, read::settled_logins(paths, &name), Seen::Login), Some(Reply::Written(written)))
        }
        Do::Remove { token, roles } => {
            let removed = remove(paths, SessionKind::SsoSession, &token);
            let mut all = remove_roles(paths, roles);
            all.extend(seen(&token, read::settled_tokens(paths, &token), Seen::Token));
            (all, Some(Reply::Written(removed)))
        }
        Do::RemoveLogin { login, roles } => {
            let removed = remove(paths, SessionKind::Login, &login);
            let mut all = remove_roles(paths, roles);
            all.extend(seen(&login, read::settled_logins(paths, &login), Seen::Login));
            (all, Some(Reply::Written(removed)))
        }
        Do::WriteRegistration(name, text) => {
            let written = files::write_whole(&in_sso_cache(&name), text.expose());
            warn(written, "the client registration cannot be kept");
            (Vec::new(), None)
        }
        Do::ForgetRegistration(name) => {
            warn(files::remove(&in_sso_cache(&name)), "a client registration cannot be removed");
            (Vec::new(), None)
        }
        _ => return None,
    })
}

/// The files that a token is written to, or removed from.
fn files_of(paths: &Paths, writing: &Writing, kind: SessionKind, name: &CacheName) -> Vec<PathBuf> {
    let homes = match kind {
        SessionKind::SsoSession | SessionKind::Legacy => writing.homes(name, &read::settled_tokens(paths, name)),
        SessionKind::Login => writing.homes(name, &read::settled_logins(paths, name)),
    };
    let folders = paths.token_folders(kind);
    homes.into_iter().filter_map(|home| Some(folders.get(home)?.join(name.as_str()))).collect()
}

/// Of what the homes hold, what counts.
pub(crate) fn counting<T: Kept + Clone>(held: &[Content<Dated<T>>]) -> Content<Dated<T>> {
    held.get(best(held)).cloned().unwrap_or(Content::Missing)
}

fn seen<T>(name: &CacheName, held: Vec<T>, see: fn(CacheName, T) -> Seen) -> Vec<Seen> {
    let numbered = held.into_iter().enumerate();
    numbered.map(|(number, content)| read::elsewhere(number, see(name.clone(), content))).collect()
}

/// One home is enough to keep a token: that of a drive that is away must not lose it. All are tried.
fn any(results: impl Iterator<Item = Result<(), String>>) -> Result<(), String> {
    let results: Vec<_> = results.collect();
    let failed = results.iter().find(|result| result.is_err());
    if results.iter().any(Result::is_ok) { Ok(()) } else { failed.cloned().unwrap_or(Ok(())) }
}

/// Removes a token from every home: who signs out leaves none behind. The first failure counts; all are tried.
fn remove(paths: &Paths, kind: SessionKind, name: &CacheName) -> Result<(), String> {
    let files = paths.token_folders(kind).into_iter().map(|folder| folder.join(name.as_str()));
    let removed: Vec<_> = files.map(|path| told(paths, &path, files::remove(&path))).collect();
    removed.into_iter().collect()
}

/// Removes cached role credentials from each folder that has them.
fn remove_roles(paths: &Paths, roles: Vec<CacheName>) -> Vec<Seen> {
    for role in &roles {
        for folder in [&paths.cli_cache, &paths.boto_cache] {
            warn(files::remove(&folder.join(role.as_str())), "cached role credentials cannot be removed");
        }
    }
    roles.into_iter().map(|role| read::settled(paths, Piece::Role(role))).collect()
}

/// Writes a token's file whole.
fn write(paths: &Paths, path: &Path, text: &Secret) -> Result<(), String> {
    let written = told(paths, path, files::write_whole(path, text.expose()));
    if let Err(reason) = &written {
        tracing::warn!("a token cannot be written, and is kept: {reason}");
    }
    written
}

/// `~/.aws/sso/cache/x.json: permission denied`
fn told(paths: &Paths, path: &Path, result: io::Result<()>) -> Result<(), String> {
    result.map_err(|error| format!("{}: {error}", paths.show(path)))
}

fn warn(result: io::Result<()>, what: &str) {
    if let Err(error) = result {
        tracing::warn!("{what}: {error}");
    }
}

// Windows' own homes are in the journeys that run there.
#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::paths::Folders;
    use relight_core::app::App;
    use relight_core::config::{Platform, SessionId};
    use relight_core::status::State;
    use relight_core::view::{By, View};
    use std::collections::BTreeMap;
    use std::fs;
    use tempfile::TempDir;

    const CONFIG: &str = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\n[profile dev]\nsso_session = corp\n";

    /// Two homes: without `HOME`, the SDK for JavaScript takes `USERPROFILE`, and the others ask the system.
    struct Homes {
        folder: TempDir,
        paths: Paths,
    }

    impl Homes {
        fn new() -> Self {
            let folder = TempDir::new().unwrap();
            let path = |name: &str| folder.path().join(name);
            let (home, config) = (path("system"), path("config"));
            let folders = Folders { home, config, data: path("data"), state: path("state") };
            let profile = path("profile").to_string_lossy().into_owned();
            let set = |name: &str| (name == "USERPROFILE").then(|| profile.clone());
            let paths = Paths::locate(Platform::Unix, &folders, &BTreeMap::new(), &set).unwrap();
            Self { folder, paths }
        }

        #[expect(clippy::disallowed_methods, reason = "a file of another client")]
        fn write(&self, file: &str, text: &str) {
            let path = self.folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        /// The access tokens of `corp`, in the system's home and in the other one.
        fn tokens(&self) -> [String; 2] {
            ["system", "profile"].map(|home| {
                let path = self.folder.path().join(home).join(".aws/sso/cache").join(file().as_str());
                let text = fs::read_to_string(path).unwrap_or_default();
                text.split("\"accessToken\": \"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next())
                    .unwrap_or("-")
                    .to_owned()
            })
        }

        fn view(&self) -> View {
            let mut app = App::new(By::Terminal, false, self.paths.shown(), self.paths.environment.clone());
            read::all(&mut app.world, &self.paths);
            app.view("2026-11-22T10:00:00Z".parse().unwrap())
        }

        fn step(&self, everywhere: bool, next: Do) -> Reply {
            let writing = Writing { everywhere, ..Writing::default() };
            carry_out(&self.paths, &writing, next).unwrap().1.unwrap()
        }
    }

    fn file() -> CacheName {
        SessionId::SsoSession("corp".into()).token_file()
    }

    fn token(access: &str, refresh: &str, hour: u8) -> String {
        format!(
            r#"{{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": "{access}", "expiresAt": "2026-11-22T{hour}:00:00Z", "clientId": "c", "clientSecret": "s", "registrationExpiresAt": "2027-02-01T00:00:00Z", "refreshToken": "{refresh}"}}"#
        )
    }

    fn in_cache(home: &str) -> String {
        format!("{home}/.aws/sso/cache/{}", file().as_str())
    }

    #[test]
    fn the_files_and_tokens_of_both_homes_count() {
        let homes = Homes::new();
        homes.write("system/.aws/config", CONFIG);
        homes.write("profile/.aws/config", &format!("{CONFIG}\n[profile cdk]\nsso_session = corp\n"));
        homes.write(&in_cache("profile"), &token("a", "r", 11));
        let view = homes.view();
        let [session] = view.sessions.as_slice() else { panic!("{:?}", view.sessions) };
        assert_eq!(
            (session.state, session.profiles.as_slice()),
            (State::Valid, &["dev".to_owned(), "cdk".to_owned()][..])
        );
        assert_eq!(session.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["token-in-one-home"]);
        let [other] = view.other_homes.as_slice() else { panic!("{:?}", view.other_homes) };
        assert_eq!(other.clients.names(), ["SDK for JavaScript"]);
        assert!(view.problems.iter().any(|problem| problem.code == "homes-differ"));
        // Without the person's word, each token stays in its home.
        assert_eq!(homes.step(false, Do::TestWrite(session.id.clone())), Reply::Written(Ok(())));
        assert_eq!(homes.step(false, Do::WriteToken(file(), Secret::new(token("b", "r", 12)))), Reply::Written(Ok(())));
        assert_eq!(homes.tokens(), ["-", "b"]);
        homes.step(true, Do::WriteToken(file(), Secret::new(token("c", "r2", 13))));
        assert_eq!(homes.tokens(), ["c", "c"]);
        assert_eq!(homes.view().sessions[0].problems, []);
        // Copies of one token are renewed together, and removed together.
        homes.step(false, Do::WriteToken(file(), Secret::new(token("d", "r3", 14))));
        assert_eq!(homes.tokens(), ["d", "d"]);
        homes.step(false, Do::Remove { token: file(), roles: Vec::new() });
        assert_eq!(homes.tokens(), ["-", "-"]);
        homes.step(false, Do::WriteToken(file(), Secret::new(token("e", "r4", 15))));
        assert_eq!(homes.tokens(), ["e", "-"]);
    }

    #[test]
    fn a_home_that_cannot_be_written_loses_no_token() {
        let homes = Homes::new();
        homes.write("system/.aws/config", CONFIG);
        // A file where the folder should be, as a drive that is away.
        homes.write("profile/.aws", "");
        let session = SessionId::SsoSession("corp".into());
        assert_eq!(homes.step(true, Do::TestWrite(session)), Reply::Written(Ok(())));
        assert_eq!(homes.step(true, Do::WriteToken(file(), Secret::new(token("a", "r", 11)))), Reply::Written(Ok(())));
        assert_eq!(homes.tokens(), ["a", "-"]);
    }

    #[test]
    fn another_persons_sign_in_in_the_other_home_stays() {
        let homes = Homes::new();
        homes.write(&in_cache("system"), &token("mine", "r", 12));
        homes.write(&in_cache("profile"), &token("other", "s", 11));
        homes.step(false, Do::WriteToken(file(), Secret::new(token("new", "r2", 13))));
        assert_eq!(homes.tokens(), ["new", "other"]);
    }
}

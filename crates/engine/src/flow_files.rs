//! The steps of flows that only touch files of the caches. They block, whoever carries them out.

use crate::files;
use crate::paths::Paths;
use crate::read::{self, Piece};
use relight_core::cache::CacheName;
use relight_core::flow::{Do, Reply};
use relight_core::secret::Secret;
use relight_core::world::Seen;
use std::io;
use std::path::Path;

/// Carries a step out: what the files hold then, and the reply, where one is waited for. None where it is another step.
pub fn carry_out(paths: &Paths, next: Do) -> Option<(Vec<Seen>, Option<Reply>)> {
    let in_sso_cache = |name: &CacheName| paths.sso_cache.join(name.as_str());
    let in_login_cache = |name: &CacheName| paths.login_cache.join(name.as_str());
    Some(match next {
        Do::ReadToken(name) => {
            let content = read::settled_token(paths, name.clone());
            (vec![Seen::Token(name, content.clone())], Some(Reply::Token(content)))
        }
        Do::ReadLogin(name) => {
            let content = read::settled_login(paths, name.clone());
            (vec![Seen::Login(name, content.clone())], Some(Reply::Login(content)))
        }
        Do::ReadRegistrations(names) => (Vec::new(), Some(Reply::Registrations(read::registrations(paths, &names)))),
        Do::TestWrite(session) => {
            let path = paths.token_file(&session);
            let tested = told(paths, &path, files::test_write(&path));
            (Vec::new(), Some(Reply::Written(tested)))
        }
        Do::WriteToken(name, text) => {
            let written = write(paths, &in_sso_cache(&name), &text);
            (vec![read::settled(paths, Piece::Token(name))], Some(Reply::Written(written)))
        }
        Do::WriteLogin(name, text) => {
            let written = write(paths, &in_login_cache(&name), &text);
            (vec![read::settled(paths, Piece::Login(name))], Some(Reply::Written(written)))
        }
        Do::Remove { token, roles } => {
            let path = in_sso_cache(&token);
            let removed = told(paths, &path, files::remove(&path));
            let mut seen = remove_roles(paths, roles);
            seen.push(read::settled(paths, Piece::Token(token)));
            (seen, Some(Reply::Written(removed)))
        }
        Do::RemoveLogin { login, roles } => {
            let path = in_login_cache(&login);
            let removed = told(paths, &path, files::remove(&path));
            let mut seen = remove_roles(paths, roles);
            seen.push(read::settled(paths, Piece::Login(login)));
            (seen, Some(Reply::Written(removed)))
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

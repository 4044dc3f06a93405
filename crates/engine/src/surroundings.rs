//! What the doctor looks at besides the AWS files: files of other tools, variables, permissions. Reads, and changes
//! nothing but Relight's own history.

use crate::paths::{self, Paths};
use crate::read::{content, settled_tokens};
use crate::{clock, command_line, permissions, state, wsl};
use relight_core::cache::CacheName;
use relight_core::config::{Credentials, FileKind, SessionId, SessionKind};
use relight_core::doctor::{Surroundings, files_of_keys, long_term_keys};
use relight_core::time::Timestamp;
use relight_core::tools::{
    FileOf, KubeconfigText, LookedUp, OldSdk, lookups, old_go_sdk, old_javascript_sdk, read_kubeconfig, registry_logins,
};
use relight_core::world::{Content, World};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything, as it stands now. `profile` is the one to judge by, where one was named. Blocks.
pub fn look(paths: &Paths, world: &World, profile: Option<&str>) -> Surroundings {
    Surroundings {
        profile: profile.map(ToOwned::to_owned),
        modes: permissions::modes(paths),
        missing_programs: missing_programs(world),
        wsl_homes: wsl::homes_with_aws_files(),
        held_since: held_since(paths, world),
        ..at_hand(paths, world)
    }
}

/// What an error can come of: other tools' files, variables, tokens that lie elsewhere. Writes nothing. Blocks.
pub fn at_hand(paths: &Paths, world: &World) -> Surroundings {
    let tools = paths.tools();
    let project = |name: &str| tools.project.as_ref().map(|folder| folder.join(name));
    let file = |path: &PathBuf| Some((paths.show(path), bytes(path)?));
    let sdk = |name: &str, read: fn(&[u8]) -> Option<OldSdk>| {
        let (path, bytes) = file(&project(name)?)?;
        Some(FileOf { path, content: read(&bytes)? })
    };
    let lookups = || -> Option<FileOf<Vec<LookedUp>>> {
        let (path, bytes) = file(&project("cdk.context.json")?)?;
        Some(FileOf { path, content: lookups(&bytes) })
    };
    let logins = tools.registries.iter().filter_map(|path| {
        let (path, bytes) = file(path)?;
        Some(FileOf { path, content: registry_logins(&bytes) })
    });
    Surroundings {
        variables: paths::variables(),
        shell: paths.shell,
        old_sdks: [sdk("package.json", old_javascript_sdk), sdk("go.mod", old_go_sdk)].into_iter().flatten().collect(),
        lookups: lookups(),
        kubeconfigs: tools.kubeconfigs.iter().filter_map(|path| kubeconfig(paths, path)).collect(),
        registries: logins.collect(),
        tokens_of_urls: tokens_of_urls(paths, world),
        ..Surroundings::default()
    }
}

/// The tokens that lie under a start URL's name while its session has none.
fn tokens_of_urls(paths: &Paths, world: &World) -> BTreeMap<SessionId, Timestamp> {
    let sessions = world.config.sessions.values().filter(|session| !session.start_url.is_empty());
    let without = sessions.filter(|session| {
        session.id.kind() == SessionKind::SsoSession && matches!(world.token(&session.id), Content::Missing)
    });
    let found = without.filter_map(|session| {
        let files = settled_tokens(paths, &CacheName::token(&session.start_url)).into_iter();
        let ends = files.filter_map(|file| match file {
            Content::Read(file) => file.token.ok().map(|token| token.expires_at),
            Content::Missing | Content::Unreadable { .. } => None,
        });
        Some((session.id.clone(), ends.max()?))
    });
    found.collect()
}

/// The programs of each `credential_process` that are named by their whole path and are not there. Windows has endings for
/// programs, which are not looked for.
fn missing_programs(world: &World) -> BTreeSet<String> {
    let commands = world.config.profiles.values().filter_map(|profile| match &profile.credentials {
        Credentials::CredentialProcess { command } if !cfg!(windows) => command_line::split(command.expose()),
        _ => None,
    });
    let programs = commands.filter_map(|words| words.into_iter().next());
    programs.filter(|program| program.starts_with('/') && !Path::new(program).exists()).collect()
}

/// Since when this machine has had each long-term key in the files; a new one is remembered. Blocks.
pub fn held_since(paths: &Paths, world: &World) -> BTreeMap<CacheName, Timestamp> {
    let now = clock::now();
    let in_use = long_term_keys(&world.config);
    let of_files = files_of_keys(world.files()).into_iter().filter(|(key, _)| in_use.contains_key(key));
    let changed = |file: FileKind| {
        let path = match file {
            FileKind::Config => &paths.config,
            FileKind::Credentials => &paths.credentials,
        };
        fs::metadata(path).and_then(|data| data.modified()).ok().and_then(|at| Timestamp::try_from(at).ok())
    };
    let keys: BTreeMap<_, _> = of_files.map(|(key, file)| (key, changed(file).unwrap_or(now))).collect();
    if keys.is_empty() { BTreeMap::new() } else { state::held_keys(paths, &keys, now) }
}

fn bytes(path: &Path) -> Option<Vec<u8>> {
    match content(path) {
        Content::Read(bytes) => Some(bytes),
        Content::Missing | Content::Unreadable { .. } => None,
    }
}

fn kubeconfig(paths: &Paths, path: &Path) -> Option<FileOf<KubeconfigText>> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let content = match content(path) {
        Content::Missing => return None,
        Content::Unreadable { reason } => KubeconfigText::Unreadable { reason },
        Content::Read(bytes) => read_kubeconfig(&bytes, |program| is_found(paths, folder, program)),
    };
    Some(FileOf { path: paths.show(path), content })
}

/// Whether the program of an `exec` is there: kubectl takes one with a slash in it from the kubeconfig's folder. Windows
/// has endings for programs, which are not looked for.
fn is_found(paths: &Paths, folder: &Path, program: &str) -> Option<bool> {
    if cfg!(windows) || program.is_empty() {
        return None;
    }
    let is_there = |folder: &Path| folder.join(program).is_file();
    Some(if program.contains('/') {
        is_there(folder)
    } else {
        paths.browsers.programs.iter().any(|folder| is_there(folder))
    })
}

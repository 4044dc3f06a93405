//! Who may read or change the files with secrets in them, on systems where a mode says so.

use crate::paths::Paths;
use relight_core::doctor::Mode;

/// The modes of the AWS files and of what is cached. Blocks.
#[cfg(unix)]
pub fn modes(paths: &Paths) -> Vec<Mode> {
    on_unix::modes(paths)
}

/// Access lists say it there, and a person's own folders say it by themselves.
#[cfg(not(unix))]
pub fn modes(_: &Paths) -> Vec<Mode> {
    Vec::new()
}

#[cfg(unix)]
mod on_unix {
    use super::{Mode, Paths};
    use relight_core::doctor::Protected;
    use std::collections::BTreeSet;
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    use std::path::{Path, PathBuf};

    /// Execute, on a folder: to get to what is in it.
    const THROUGH: u32 = 0o011;

    pub(super) fn modes(paths: &Paths) -> Vec<Mode> {
        let files = [(&paths.config, Protected::Config), (&paths.credentials, Protected::Credentials)];
        let mut modes: Vec<_> = files.into_iter().filter_map(|(path, what)| mode(paths, path, what)).collect();
        for folder in [&paths.sso_cache, &paths.cli_cache, &paths.boto_cache, &paths.login_cache] {
            let names = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
            let mut names: Vec<PathBuf> =
                names.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
            names.sort_unstable();
            modes.extend(names.iter().filter_map(|path| mode(paths, path, Protected::Cache)));
        }
        modes.extend(folders(paths).iter().filter_map(|path| mode(paths, path, Protected::Folder)));
        modes
    }

    /// `~/.aws` and what is in it on the way to the caches. Where a variable names another place, that may be a folder of
    /// all, whose mode is as it should be.
    fn folders(paths: &Paths) -> BTreeSet<&Path> {
        let own = paths.home.join(".aws");
        let caches = [&paths.sso_cache, &paths.cli_cache, &paths.boto_cache, &paths.login_cache];
        let on_the_way = caches.into_iter().flat_map(|cache| cache.ancestors());
        on_the_way.filter(|folder| folder.starts_with(&own)).collect()
    }

    fn mode(paths: &Paths, path: &Path, what: Protected) -> Option<Mode> {
        let target = fs::canonicalize(path).ok()?;
        let is_it = |data: &fs::Metadata| if what == Protected::Folder { data.is_dir() } else { data.is_file() };
        let file = fs::metadata(&target).ok().filter(is_it)?;
        let mode = file.mode() & 0o7777;
        Some(Mode {
            path: path.display().to_string(),
            shown: paths.show(path),
            what,
            mode,
            reach: reach(&target, &file),
        })
    }

    /// Which of group and others get through the folders above it. A group of the owner's name is theirs alone, as most
    /// Linux systems make it for each person.
    fn reach(target: &Path, file: &fs::Metadata) -> u32 {
        let mut through = if file.gid() == file.uid() { 0o001 } else { THROUGH };
        for folder in target.ancestors().skip(1) {
            let Ok(data) = fs::metadata(folder) else { return 0 };
            // To a folder of another group, the file's group are others.
            let group = if data.gid() == file.gid() { data.mode() & 0o010 } else { (data.mode() & 0o001) << 3 };
            through &= group | (data.mode() & 0o001);
        }
        through * 0o7
    }

    #[cfg(test)]
    #[expect(clippy::disallowed_methods, reason = "a test writes its own world")]
    mod tests {
        use super::*;
        use crate::paths::Folders;
        use relight_core::config::Platform;
        use std::collections::BTreeMap;
        use std::os::unix::fs::PermissionsExt;

        #[test]
        fn the_folders_of_awss_own_are_looked_at_and_no_other() {
            let (home, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let path = |name: &str| home.path().join(name);
            let (config, data, state) = (path("config"), path("data"), path("state"));
            let folders = Folders { home: home.path().to_owned(), config, data, state };
            let login = elsewhere.path().to_str().unwrap().to_owned();
            let variable = |name: &str| (name == "AWS_LOGIN_CACHE_DIRECTORY").then(|| login.clone());
            let paths = Paths::locate(Platform::Unix, &folders, &BTreeMap::new(), &variable).unwrap();
            fs::create_dir_all(&paths.sso_cache).unwrap();
            assert_eq!(paths.login_cache, elsewhere.path());
            let found = modes(&paths);
            let shown: Vec<_> = found.iter().map(|mode| (mode.what, mode.shown.as_str())).collect();
            let folders = ["~/.aws", "~/.aws/sso", "~/.aws/sso/cache"];
            assert_eq!(shown, folders.map(|name| (Protected::Folder, name)));
        }

        #[test]
        fn a_closed_folder_keeps_others_out() {
            let home = tempfile::tempdir().unwrap();
            let file = home.path().join("x.json");
            fs::write(&file, "").unwrap();
            let others = |bits: u32| {
                fs::set_permissions(home.path(), fs::Permissions::from_mode(bits)).unwrap();
                reach(&fs::canonicalize(&file).unwrap(), &fs::metadata(&file).unwrap()) & 0o007
            };
            assert_eq!((others(0o700), others(0o755), others(0o750)), (0, 0o007, 0));
        }
    }
}

//! The only reader of the environment and of the system's folders.
#![expect(clippy::disallowed_methods, reason = "everything else gets paths and variables from here")]

use crate::settings;
use etcetera::BaseStrategy;
use relight_core::action::Place;
use relight_core::config::{self, Environment, Home, Located, Platform, Remote, Sdk, SessionKind, Surroundings};
use relight_core::credentials::{AccessKeys, NoKeys};
use relight_core::doctor::Variables;
use relight_core::page::{Places, Shell, Variable};
use relight_core::secret::Secret;
use relight_core::settings::ASSUMED;
use relight_core::world::ShownPaths;
use std::collections::BTreeMap;
use std::env;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// Where everything is on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The person's home folder.
    pub home: PathBuf,
    /// The AWS config file.
    pub config: PathBuf,
    /// The AWS credentials file.
    pub credentials: PathBuf,
    /// Tokens and client registrations.
    pub sso_cache: PathBuf,
    /// Role credentials that the AWS CLI cached.
    pub cli_cache: PathBuf,
    /// Role credentials that programs on botocore cached, where they chose to.
    pub boto_cache: PathBuf,
    /// Tokens of `aws login`.
    pub login_cache: PathBuf,
    /// The homes of clients that have another one, in the order of [`Environment::homes`].
    pub others: Vec<OtherHome>,
    /// Relight's settings.
    pub settings: PathBuf,
    /// Relight's own folder: locks, attempts, history.
    pub state: PathBuf,
    /// Relight's log.
    pub log: PathBuf,
    /// What starts the tray when the person logs in, on Linux.
    pub autostart: PathBuf,
    /// Certificates to trust instead of the system's.
    pub ca_bundle: Option<PathBuf>,
    /// Where browsers are, and what they keep.
    pub browsers: BrowserFolders,
    /// The person's shell.
    pub shell: Shell,
    /// What the variables say about credentials and endpoints.
    pub environment: Environment,
    /// The variables that say where files are and which profile is chosen: name, value, and whether settings gave it.
    pub variables: Vec<(&'static str, String, bool)>,
    /// The profile that `AWS_PROFILE` or `AWS_DEFAULT_PROFILE` names, else `default`.
    pub profile: String,
}

/// What another home holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherHome {
    /// The config file.
    pub config: PathBuf,
    /// The credentials file.
    pub credentials: PathBuf,
    /// Tokens and client registrations.
    pub sso_cache: PathBuf,
    /// Tokens of `aws login`.
    pub login_cache: PathBuf,
}

/// The system's own folders of this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The home folder.
    pub home: PathBuf,
    /// Configurations of programs.
    pub config: PathBuf,
    /// What programs keep.
    pub data: PathBuf,
    /// What programs keep for this machine alone.
    pub state: PathBuf,
}

/// Where browsers are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserFolders {
    /// Configurations of programs.
    pub config: PathBuf,
    /// Programs, as `PATH` names them.
    pub programs: Vec<PathBuf>,
    /// Applications of Flatpak, the person's and the machine's.
    pub flatpaks: Vec<PathBuf>,
}

/// Where other tools keep what they know of AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToolFiles {
    /// The files that kubectl merges, in its order.
    pub kubeconfigs: Vec<PathBuf>,
    /// Logins to container registries: Docker's, and those that Podman and its relatives have.
    pub registries: Vec<PathBuf>,
    /// The current folder; none where it is gone.
    pub project: Option<PathBuf>,
}

/// Names, to the programs that a `credential_process` starts, the profiles whose credentials are being got: separated by
/// commas, which no profile's name has.
pub const UNDER_WAY: &str = "RELIGHT_CREDENTIALS_OF";

/// The profiles whose credentials this process's ancestors are getting.
pub fn under_way() -> Vec<String> {
    set(UNDER_WAY).map(|names| names.split(',').map(str::to_owned).collect()).unwrap_or_default()
}

/// What the person set as their browser.
pub fn browser() -> Option<String> {
    set("BROWSER")
}

/// The folders of programs, as `PATH` names them.
pub fn programs() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

/// Whether this is inside WSL, and the person at it: not at the other end of a remote shell.
pub fn is_wsl() -> bool {
    remote() == Some(Remote::Wsl)
}

/// The key in the environment.
pub fn environment_keys() -> Result<AccessKeys, NoKeys> {
    AccessKeys::of_environment(|variable| set(variable).map(Secret::new))
}

/// What the environment says besides credentials and endpoints.
pub fn variables() -> Variables {
    let mut names: Vec<_> = env::vars_os().filter(|(_, value)| !value.is_empty()).map(|(name, _)| name).collect();
    names.sort_unstable();
    let names: Vec<_> = names.into_iter().filter_map(|name| name.into_string().ok()).collect();
    Variables::read(&names, set, |path| Path::new(path).is_file())
}

impl Paths {
    /// Finds them; the files are what the command line says. The error is a sentence.
    pub fn find(config_file: Option<PathBuf>, credentials_file: Option<PathBuf>) -> Result<Self, String> {
        let folders = Folders::find()?;
        let settings = settings::first(&folders.settings());
        let mut paths = Self::locate(PLATFORM, &folders, &settings.environment, &set)?;
        if let Some(file) = config_file.map(absolute) {
            paths.environment.homes.iter_mut().for_each(|home| home.config = file.to_string_lossy().into_owned());
            paths.others.iter_mut().for_each(|home| home.config.clone_from(&file));
            paths.config = file;
            paths.environment.config_named_by = Some("--config");
        }
        if let Some(file) = credentials_file.map(absolute) {
            paths.environment.homes.iter_mut().for_each(|home| home.credentials = file.to_string_lossy().into_owned());
            paths.others.iter_mut().for_each(|home| home.credentials.clone_from(&file));
            paths.credentials = file;
            paths.environment.credentials_named_by = Some("--credentials");
        }
        // After what the command line says: those files are not of a distribution.
        if cfg!(windows) {
            paths.add_wsl(&settings.wsl);
        }
        Ok(paths)
    }

    /// The homes of these distributions of WSL, and the folder of each inside.
    pub(crate) fn add_wsl(&mut self, distributions: &BTreeMap<String, String>) {
        distributions.iter().filter_map(|(name, folder)| Home::in_wsl(name, folder)).for_each(|home| self.add(home));
    }

    /// One more home.
    pub(crate) fn add(&mut self, home: Home) {
        self.others.push(OtherHome::of(&home, None));
        self.environment.homes.push(home);
    }

    /// Whether one of the homes is that of a distribution of WSL.
    pub fn has_wsl(&self) -> bool {
        self.environment.homes.iter().any(|home| home.wsl.is_some())
    }

    /// What follows from these. `assumed` are the values of variables that `set` does not have.
    pub fn locate(
        platform: Platform,
        folders: &Folders,
        assumed: &BTreeMap<String, String>,
        set: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let variable = |name: &str| set(name).or_else(|| assumed.get(name).cloned());
        let exists = |path: &str| Path::new(path).exists();
        let system_home = folders.home.to_str();
        let around = Surroundings { platform, variable: &variable, system_home, exists: &exists };
        let located = Located::find(&around).ok_or_else(no_home)?;
        let home = PathBuf::from(&located.own.folder);
        let aws = home.join(".aws");
        let named =
            |name| variable(name).map(|text| PathBuf::from(config::expand(platform, &text, &located.own.folder)));
        let login_cache = named("AWS_LOGIN_CACHE_DIRECTORY");
        let of_botocore = located.others.iter().find(|home| home.clients.has(Sdk::Botocore));
        let of_botocore = of_botocore.map_or_else(|| aws.clone(), |home| Path::new(&home.folder).join(".aws"));
        let state = folders.state.join("relight");
        let variables = ASSUMED.into_iter().chain(["USERPROFILE", "HOMEDRIVE", "HOMEPATH"]);
        let variables = variables.filter_map(|name| Some((name, variable(name)?, set(name).is_none())));
        let mut environment = Environment::read(variable);
        environment.remote = remote();
        environment.assumed.clone_from(assumed);
        Ok(Self {
            config: absolute(PathBuf::from(&located.own.config)),
            credentials: absolute(PathBuf::from(&located.own.credentials)),
            sso_cache: aws.join("sso").join("cache"),
            // Of these two clients alone, in whichever home they look.
            cli_cache: of_botocore.join("cli").join("cache"),
            boto_cache: of_botocore.join("boto").join("cache"),
            login_cache: login_cache.clone().unwrap_or_else(|| aws.join("login").join("cache")),
            others: located.others.iter().map(|home| OtherHome::of(home, login_cache.clone())).collect(),
            settings: folders.settings(),
            autostart: folders.config.join("autostart").join("relight.desktop"),
            ca_bundle: named("AWS_CA_BUNDLE"),
            browsers: BrowserFolders {
                config: folders.config.clone(),
                programs: programs(),
                flatpaks: vec![folders.data.join("flatpak/app"), "/var/lib/flatpak/app".into()],
            },
            shell: shell(set("SHELL").as_deref()),
            // In a folder of its own: the state folder is watched, and each line of the log would be a change.
            log: state.join("log").join("relight.log"),
            state,
            profile: environment.selected_profile().to_owned(),
            variables: variables.collect(),
            environment: environment.located(located),
            home,
        })
    }

    /// The folders with tokens of this kind, by home.
    pub fn token_folders(&self, kind: SessionKind) -> Vec<&Path> {
        let (own, other): (_, fn(&OtherHome) -> &PathBuf) = match kind {
            SessionKind::SsoSession | SessionKind::Legacy => (&self.sso_cache, |home| &home.sso_cache),
            SessionKind::Login => (&self.login_cache, |home| &home.login_cache),
        };
        std::iter::once(own).chain(self.others.iter().map(other)).map(PathBuf::as_path).collect()
    }

    /// The files that a person or a client writes in place.
    pub fn written_by_hand(&self) -> impl Iterator<Item = &PathBuf> {
        let others = self.others.iter().flat_map(|home| [&home.config, &home.credentials]);
        [&self.config, &self.credentials, &self.settings].into_iter().chain(others)
    }

    /// Where other tools keep theirs.
    pub fn tools(&self) -> ToolFiles {
        let named = env::var_os("KUBECONFIG").filter(|list| !list.is_empty());
        let kubeconfigs = named.map_or_else(
            || vec![self.home.join(".kube").join("config")],
            |list| env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect(),
        );
        let docker = set("DOCKER_CONFIG").map_or_else(|| self.home.join(".docker"), PathBuf::from);
        let podman = set("REGISTRY_AUTH_FILE")
            .map(PathBuf::from)
            .or_else(|| set("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join("containers").join("auth.json")));
        ToolFiles {
            kubeconfigs,
            registries: std::iter::once(docker.join("config.json")).chain(podman).collect(),
            project: env::current_dir().ok(),
        }
    }

    /// Where the files are, for the window.
    pub fn places(&self) -> Places {
        Places {
            config: self.show(&self.config),
            credentials: self.show(&self.credentials),
            sso_cache: self.show(&self.sso_cache),
            cli_cache: self.show(&self.cli_cache),
            settings: self.show(&self.settings),
            state: self.show(&self.state),
            log: self.show(&self.log),
        }
    }

    /// The variables that settings may give, and what they are without.
    pub fn assumable(&self) -> Vec<Variable> {
        let given = |name| self.variables.iter().find(move |(given, _, assumed)| *given == name && !assumed);
        let variable = |name| Variable { name, value: given(name).map(|(_, value, _)| value.clone()) };
        ASSUMED.into_iter().map(variable).collect()
    }

    /// The file that a person wants to see.
    pub fn of(&self, place: Place) -> &Path {
        match place {
            Place::Config => &self.config,
            Place::Credentials => &self.credentials,
            Place::Settings => &self.settings,
            Place::Log => &self.log,
        }
    }

    /// How a person would write the paths that problems name.
    pub fn shown(&self) -> ShownPaths {
        let by_home = |kind| self.token_folders(kind).into_iter().map(|folder| self.show(folder)).collect();
        ShownPaths {
            config: self.show(&self.config),
            credentials: self.show(&self.credentials),
            sso_caches: by_home(SessionKind::SsoSession),
            login_caches: by_home(SessionKind::Login),
        }
    }

    /// `path`, with `~` for the home folder.
    pub fn show(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
            Ok(rest) => format!("~{MAIN_SEPARATOR}{}", rest.display()),
            Err(_) => path.display().to_string(),
        }
    }
}

impl Folders {
    /// Those of this system.
    fn find() -> Result<Self, String> {
        let folders = etcetera::choose_base_strategy().map_err(|_| no_home())?;
        Ok(Self {
            home: folders.home_dir().to_owned(),
            config: folders.config_dir(),
            // Windows has no such folder; what its cache folder holds does not follow the person to other machines.
            state: folders.state_dir().unwrap_or_else(|| folders.cache_dir()),
            data: folders.data_dir(),
        })
    }

    fn settings(&self) -> PathBuf {
        self.config.join("relight").join("settings.toml")
    }
}

impl OtherHome {
    fn of(home: &Home, login_cache: Option<PathBuf>) -> Self {
        let aws = Path::new(&home.folder).join(".aws");
        Self {
            config: absolute(PathBuf::from(&home.config)),
            credentials: absolute(PathBuf::from(&home.credentials)),
            sso_cache: aws.join("sso").join("cache"),
            login_cache: login_cache.unwrap_or_else(|| aws.join("login").join("cache")),
        }
    }
}

fn no_home() -> String {
    "There is no home folder: HOME is not set, and this user has none. Set HOME.".to_owned()
}

/// A variable that is set and not empty. One that is not Unicode counts as it can be read.
fn set(variable: &str) -> Option<String> {
    env::var_os(variable).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

fn remote() -> Option<Remote> {
    Remote::find(set, |path| Path::new(path).exists())
}

/// By the login shell's name. Windows has no such variable, and PowerShell.
fn shell(login: Option<&str>) -> Shell {
    match login.and_then(|path| Path::new(path).file_stem()).and_then(|name| name.to_str()) {
        Some("fish") => Shell::Fish,
        Some("pwsh" | "powershell") => Shell::Powershell,
        None if cfg!(windows) => Shell::Powershell,
        _ => Shell::Posix,
    }
}

/// So that the folder it lies in can be watched.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

const PLATFORM: Platform = if cfg!(windows) { Platform::Windows } else { Platform::Unix };

//! The only reader of the environment and of the system's folders.
#![expect(clippy::disallowed_methods, reason = "everything else gets paths and variables from here")]

use etcetera::BaseStrategy;
use relight_core::action::Place;
use relight_core::config::{self, Environment, Location, Platform, Remote, SessionId, SessionKind};
use relight_core::credentials::{AccessKeys, NoKeys};
use relight_core::page::{Places, Shell};
use relight_core::secret::Secret;
use relight_core::world::ShownPaths;
use std::env;
use std::path::{Path, PathBuf};

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
    /// The profile that `AWS_PROFILE` or `AWS_DEFAULT_PROFILE` names, else `default`.
    pub profile: String,
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

/// The key in the environment.
pub fn environment_keys() -> Result<AccessKeys, NoKeys> {
    AccessKeys::of_environment(|variable| set(variable).map(Secret::new))
}

impl Paths {
    /// Finds them; the files are what the command line says. The error is a sentence.
    pub fn find(config_file: Option<PathBuf>, credentials_file: Option<PathBuf>) -> Result<Self, String> {
        let folders = etcetera::choose_base_strategy()
            .map_err(|_| "There is no home folder: HOME is not set, and this user has none. Set HOME.".to_owned())?;
        // The home folder that AWS's clients use is HOME's, else the one that the system knows.
        let home = config::home(PLATFORM, set).map_or_else(|| folders.home_dir().to_owned(), PathBuf::from);
        let aws = home.join(".aws");
        let location = Location::find(PLATFORM, &home.to_string_lossy(), set);
        let named = |variable| set(variable).map(|text| expand(&text, &home));
        let state = folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("relight");
        let remote = Remote::find(set, |path| Path::new(path).exists());
        let mut environment = Environment::read(set);
        environment.remote = remote;
        Ok(Self {
            config: absolute(config_file.unwrap_or_else(|| location.config.into())),
            credentials: absolute(credentials_file.unwrap_or_else(|| location.credentials.into())),
            sso_cache: aws.join("sso").join("cache"),
            cli_cache: aws.join("cli").join("cache"),
            boto_cache: aws.join("boto").join("cache"),
            login_cache: named("AWS_LOGIN_CACHE_DIRECTORY").unwrap_or_else(|| aws.join("login").join("cache")),
            settings: folders.config_dir().join("relight").join("settings.toml"),
            autostart: folders.config_dir().join("autostart").join("relight.desktop"),
            ca_bundle: named("AWS_CA_BUNDLE"),
            browsers: BrowserFolders {
                config: folders.config_dir(),
                programs: env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default(),
                flatpaks: vec![folders.data_dir().join("flatpak/app"), "/var/lib/flatpak/app".into()],
            },
            shell: shell(set("SHELL").as_deref()),
            // In a folder of its own: the state folder is watched, and each line of the log would be a change.
            log: state.join("log").join("relight.log"),
            state,
            profile: environment.selected_profile().to_owned(),
            environment,
            home,
        })
    }

    /// A session's token.
    pub fn token_file(&self, session: &SessionId) -> PathBuf {
        let folder = match session.kind() {
            SessionKind::SsoSession | SessionKind::Legacy => &self.sso_cache,
            SessionKind::Login => &self.login_cache,
        };
        folder.join(session.token_file().as_str())
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
        ShownPaths {
            config: self.show(&self.config),
            credentials: self.show(&self.credentials),
            sso_cache: self.show(&self.sso_cache),
            login_cache: self.show(&self.login_cache),
        }
    }

    /// `path`, with `~` for the home folder.
    pub fn show(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
            Ok(rest) => format!("~/{}", rest.display()),
            Err(_) => path.display().to_string(),
        }
    }
}

/// A variable that is set and not empty. One that is not Unicode counts as it can be read.
fn set(variable: &str) -> Option<String> {
    env::var_os(variable).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
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

fn expand(text: &str, home: &Path) -> PathBuf {
    config::expand(PLATFORM, text, &home.to_string_lossy()).into()
}

const PLATFORM: Platform = if cfg!(windows) { Platform::Windows } else { Platform::Unix };

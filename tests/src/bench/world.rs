//! Home folders with AWS files of any number, as the AWS CLI would have left them. Nothing in them is a secret.

use crate::Result;
use jiff::{SignedDuration, Timestamp};
use relight_core::cache::{CacheName, sso_role_key};
use relight_core::config::SessionId;
use relight_core::time::write_date;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const REGION: &str = "eu-central-1";
const ROLE: &str = "PowerUserAccess";

/// AWS files of a person who is signed in everywhere.
pub(crate) struct World {
    home: PathBuf,
    sessions: usize,
}

impl World {
    /// Writes `.aws` into `home`: as many profiles, each with its role in the AWS CLI's cache, spread over as many
    /// sessions, each with its token. A larger world of the same folder takes over the files of a smaller one.
    pub(crate) fn write(home: &Path, profiles: usize, sessions: usize) -> Result<Self> {
        let world = Self { home: home.to_owned(), sessions };
        for folder in [world.aws().join("sso/cache"), world.aws().join("cli/cache")] {
            fs::create_dir_all(folder)?;
        }
        fs::write(world.aws().join("config"), world.config(profiles)?)?;
        let end = Timestamp::now() + SignedDuration::from_hours(7);
        for session in 0..sessions {
            fs::write(world.token_file(session), token(session, end))?;
        }
        for profile in 0..profiles {
            fs::write(world.role_file(profile)?, role(profile, end))?;
        }
        Ok(world)
    }

    /// The home folder.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// The folder of all AWS files.
    pub(crate) fn aws(&self) -> PathBuf {
        self.home.join(".aws")
    }

    /// The token of the first session becomes another one, which ends at `end`, as boto3 does it: written beside, then
    /// renamed. What `at_the_rename` gives was got right before the rename.
    pub(crate) fn replace_token<T>(&self, end: Timestamp, at_the_rename: impl FnOnce() -> T) -> Result<T> {
        let file = self.token_file(0);
        let beside = file.with_extension("tmp");
        fs::write(&beside, token(0, end))?;
        let moment = at_the_rename();
        fs::rename(beside, file)?;
        Ok(moment)
    }

    /// The name of a profile.
    pub(crate) fn profile(profile: usize) -> String {
        format!("team-{profile:05}-power-user")
    }

    /// The file of a profile's cached role.
    pub(crate) fn role_file(&self, profile: usize) -> Result<PathBuf> {
        let session = SessionId::SsoSession(session_name(profile % self.sessions));
        let name = sso_role_key(&account(profile), ROLE, &session).ok_or("an SSO session has roles")?;
        Ok(self.aws().join("cli/cache").join(name.as_str()))
    }

    fn token_file(&self, session: usize) -> PathBuf {
        self.aws().join("sso/cache").join(CacheName::token(&session_name(session)).as_str())
    }

    fn config(&self, profiles: usize) -> Result<String> {
        let mut text = String::new();
        for session in 0..self.sessions {
            let (name, url) = (session_name(session), start_url(session));
            write!(
                text,
                "[sso-session {name}]\nsso_start_url = {url}\nsso_region = {REGION}\n\
                 sso_registration_scopes = sso:account:access\n\n"
            )?;
        }
        for profile in 0..profiles {
            let (name, session, account) =
                (Self::profile(profile), session_name(profile % self.sessions), account(profile));
            write!(
                text,
                "[profile {name}]\nsso_session = {session}\nsso_account_id = {account}\n\
                 sso_role_name = {ROLE}\nregion = {REGION}\noutput = json\n\n"
            )?;
        }
        Ok(text)
    }
}

fn session_name(session: usize) -> String {
    format!("organisation-{session:03}")
}

fn start_url(session: usize) -> String {
    format!("https://organisation-{session:03}.awsapps.com/start")
}

fn account(profile: usize) -> String {
    format!("{:012}", 100_000_000_000 + profile)
}

/// A token that is far from being renewed: nothing here may want to call AWS.
fn token(session: usize, end: Timestamp) -> String {
    let url = start_url(session);
    let registration_end = write_date(end + SignedDuration::from_hours(80 * 24));
    let end = write_date(end);
    let (access, refresh) = ("dummy-access-token-".repeat(20), "dummy-refresh-token-".repeat(20));
    let client_secret = "dummy-client-secret-".repeat(60);
    format!(
        r#"{{"startUrl": "{url}", "region": "{REGION}", "accessToken": "{access}", "expiresAt": "{end}", "clientId": "dummy-client-id", "clientSecret": "{client_secret}", "registrationExpiresAt": "{registration_end}", "refreshToken": "{refresh}"}}"#
    )
}

/// Role credentials of the size of real ones: about a kilobyte.
fn role(profile: usize, end: Timestamp) -> String {
    let (account, end) = (account(profile), write_date(end));
    let session_token = "dummy-session-token-".repeat(40);
    format!(
        r#"{{"ProviderType": "sso", "Credentials": {{"AccessKeyId": "ASIA-DUMMY-{profile:09}", "SecretAccessKey": "dummy-secret-access-key-dummy-secret-key", "SessionToken": "{session_token}", "Expiration": "{end}", "AccountId": "{account}"}}}}"#
    )
}

//! Gets a profile's credentials: carries out what the core needs for that, one thing after another. What is cached is
//! read without anything that a call would need.

mod refresh;

use crate::aws::Aws;
use crate::flow_files::counting;
use crate::locks::{self, Held, Taken};
use crate::paths::{self, Paths};
use crate::process::{self, Asker};
use crate::{clock, files, read, state};
use relight_core::cache::CacheName;
use relight_core::config::{Config, Files, SessionKind};
use relight_core::credentials::{AccessKeys, Failure, Got, Need, Obtain, Plan};
use relight_core::flow::Lock;
use relight_core::homes::best;
use relight_core::offline::OutputEnd;
use relight_core::secret::Secret;
use relight_core::time::Timestamp;
use relight_core::world::{Content, Revoked};
use std::path::Path;
use tokio::runtime::Runtime;

/// Gets credentials. `ask` asks a person for the code of an MFA device, and gives none where there is nobody to ask.
pub struct Getting<'a, A> {
    paths: &'a Paths,
    ask: A,
    /// Made at the first call.
    calling: Option<(Runtime, Aws)>,
    /// Until the end: others then read what was written.
    locks: Vec<Held>,
    /// Profiles whose credentials are being got, here and by the processes that wait for this one.
    under_way: Vec<String>,
}

/// The two files as far as the profile `name` needs them: those of Relight's own home, else of another that has it. The
/// error is a sentence.
pub fn files_of(paths: &Paths, name: &str) -> Result<(Files, Config), String> {
    let own = files_in(paths, &paths.config, &paths.credentials, name)?;
    if own.1.profiles.contains_key(name) {
        return Ok(own);
    }
    for home in &paths.others {
        let other = files_in(paths, &home.config, &home.credentials, name)?;
        if other.1.profiles.contains_key(name) {
            return Ok(other);
        }
    }
    Ok(own)
}

fn files_in(paths: &Paths, config: &Path, credentials: &Path, name: &str) -> Result<(Files, Config), String> {
    let bytes = |path: &Path| match read::content(path) {
        Content::Read(bytes) => Ok(bytes),
        Content::Missing => Ok(Vec::new()),
        Content::Unreadable { reason } => Err(format!("{} cannot be read: {reason}.", paths.show(path))),
    };
    let files =
        Files { config_path: paths.show(config), credentials_path: paths.show(credentials), ..Files::default() };
    Ok(Config::of_profile(&bytes(config)?, &bytes(credentials)?, name, files, &paths.environment))
}

impl<'a, A: FnMut(&str) -> Option<Secret>> Getting<'a, A> {
    /// Gets nothing yet.
    pub fn new(paths: &'a Paths, ask: A) -> Self {
        Self { paths, ask, calling: None, locks: Vec::new(), under_way: paths::under_way() }
    }

    /// The credentials of the profile `name`, which is in `config`. Blocks.
    pub fn get(mut self, name: &str, files: &Files, config: &Config) -> Result<AccessKeys, Failure> {
        let circle = |profile: &str, under_way: &[String]| {
            let way: Vec<_> = under_way.iter().map(String::as_str).chain([profile]).collect();
            Failure::World(format!("credential_process leads in a circle: {}.", way.join(" → ")))
        };
        if self.under_way.iter().any(|other| other == name) {
            return Err(circle(name, &self.under_way));
        }
        let plan = Plan::new(name, files, config, &self.paths.environment, clock::zone, clock::now())?;
        self.under_way.push(name.to_owned());
        for program in plan.programs_of().filter(|program| *program != name) {
            if self.under_way.iter().any(|other| other == program) {
                return Err(circle(program, &self.under_way));
            }
            self.under_way.push(program.to_owned());
        }
        let (mut obtain, mut need) = Obtain::begin(plan);
        loop {
            if let Need::End(ended) = need {
                if let Some((name, end)) = obtain.revoked() {
                    let revoked = Revoked { end: *end, at: clock::now() };
                    if let Err(error) = state::remember_revoked(self.paths, name, revoked) {
                        tracing::warn!("the history cannot be written: {error}");
                    }
                }
                return ended;
            }
            let got = self.answer(need)?;
            need = obtain.on(got, clock::now());
        }
    }

    fn answer(&mut self, need: Need) -> Result<Got, Failure> {
        Ok(match need {
            Need::Cached(name) => Got::Cached(self.cached(&name)),
            Need::Lock(name) => {
                match locks::take_in_turn(self.paths, &Lock::Role(name)) {
                    Ok(Taken::Ours(held)) => self.locks.push(held),
                    Ok(Taken::Theirs) => tracing::info!("another process is getting these credentials for long"),
                    Err(error) => tracing::info!("Relight's own folder cannot be written: {error}"),
                }
                Got::Locked
            }
            Need::Token(name) => {
                let refused = state::refused_end(self.paths, &name);
                Got::Token(counting(&read::settled_tokens(self.paths, &name)), refused)
            }
            Need::Refresh(session, target) => {
                let (runtime, aws) = calling(&mut self.calling, self.paths)?;
                Got::Refreshed(runtime.block_on(refresh::refresh(self.paths, aws, &session, target.endpoints)))
            }
            Need::RoleCredentials { target, access_token, account_id, role_name } => {
                let (runtime, aws) = calling(&mut self.calling, self.paths)?;
                Got::Keys(runtime.block_on(aws.role_credentials(&target, &access_token, &account_id, &role_name)))
            }
            Need::Code(serial) => Got::Code((self.ask)(&serial)),
            Need::AssumeRole { sts, request, keys, code } => {
                let (runtime, aws) = calling(&mut self.calling, self.paths)?;
                let name = session_name(request.role_session_name.as_deref());
                Got::Assumed(runtime.block_on(aws.assume_role(&sts, &request, &name, &keys, code.as_ref())))
            }
            Need::WebIdentity { sts, request, token_file } => match web_token(&token_file) {
                Ok(token) => {
                    let (runtime, aws) = calling(&mut self.calling, self.paths)?;
                    let name = session_name(request.role_session_name.as_deref());
                    Got::Assumed(runtime.block_on(aws.assume_role_with_web_identity(&sts, &request, &name, &token)))
                }
                Err(sentence) => Got::Failed(sentence),
            },
            Need::Run { profile, command } => self.run(&profile, &command)?,
            Need::Environment => match paths::environment_keys() {
                Ok(keys) => Got::Keys(Ok(keys)),
                Err(why) => Got::Failed(format!("The key in the environment cannot be used: {why}.")),
            },
            Need::Login(name) => {
                let home = best(&read::settled_logins(self.paths, &name));
                let folders = self.paths.token_folders(SessionKind::Login);
                let file = folders.get(home).map(|folder| folder.join(name.as_str()));
                Got::Cached(file.and_then(|file| keys_in(&file, AccessKeys::from_login)))
            }
            Need::Write(name, text) => {
                let path = self.paths.cli_cache.join(name.as_str());
                if let Err(error) = files::write_whole(&path, text.expose()) {
                    tracing::warn!("{} cannot be written: {error}", self.paths.show(&path));
                }
                Got::Written
            }
            Need::End(_) => Got::Failed("It had ended.".to_owned()),
        })
    }

    fn cached(&self, name: &CacheName) -> Option<AccessKeys> {
        keys_in(&self.paths.cli_cache.join(name.as_str()), AccessKeys::from_cache)
    }

    fn run(&mut self, profile: &str, command: &Secret) -> Result<Got, Failure> {
        let (runtime, _) = calling(&mut self.calling, self.paths)?;
        let keys = process::keys_of(profile, command.expose(), Asker::Terminal, &self.under_way);
        let (keys, end) = match runtime.block_on(keys) {
            Ok(given) => given,
            Err(sentence) => return Ok(Got::Failed(sentence)),
        };
        let process = CacheName::sha256(command.expose());
        let remember = |end: Option<Timestamp>| state::remember_process(self.paths, &process, end, clock::now());
        let kept = match end {
            OutputEnd::At(end) => remember(Some(end)),
            OutputEnd::Never => remember(None),
            OutputEnd::Unsaid => Ok(()),
        };
        if let Err(error) = kept {
            tracing::warn!("the end of {profile} cannot be remembered: {error}");
        }
        Ok(Got::Keys(Ok(keys)))
    }
}

/// What calls need, which most runs do not.
fn calling<'c>(calling: &'c mut Option<(Runtime, Aws)>, paths: &Paths) -> Result<&'c (Runtime, Aws), Failure> {
    if calling.is_none() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::World(format!("The system gives no resources to start: {error}.")))?;
        *calling = Some((runtime, Aws::new(paths.ca_bundle.clone())));
    }
    calling.as_ref().ok_or_else(|| Failure::World("There is nothing to call with.".to_owned()))
}

/// One that clients write in place is read again where it looks half-written.
fn keys_in(path: &Path, parse: fn(&[u8]) -> Option<AccessKeys>) -> Option<AccessKeys> {
    read::until_parsed(path, parse)
}

fn web_token(path: &str) -> Result<Secret, String> {
    let failed = |why: String| format!("The web identity token {path} cannot be read: {why}.");
    match read::content(Path::new(path)) {
        Content::Read(bytes) => {
            let text = String::from_utf8(bytes).map_err(|_| failed("it is no text".to_owned()))?;
            Ok(Secret::new(text.trim()))
        }
        Content::Missing => Err(failed("it is not there".to_owned())),
        Content::Unreadable { reason } => Err(failed(reason)),
    }
}

/// What the profile says, else one that tells whose program it was.
fn session_name(named: Option<&str>) -> String {
    named.map_or_else(|| format!("relight-{}", clock::now().as_second()), ToOwned::to_owned)
}

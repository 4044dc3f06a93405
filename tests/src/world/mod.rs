//! A sealed world to run Relight's programs in: an own home folder, a cleared environment, a browser that only notes
//! what it is asked to open, and a fuse that keeps every call on this machine.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use crate::fake_aws::{Grant, LoginGrant};
use jiff::Timestamp;
use sha1::{Digest, Sha1};
use sha2::Sha256;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead, BufReader, Lines, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

/// Nothing listens there: a call to a real AWS host fails at once.
pub const FUSE: &str = "http://127.0.0.1:9";

/// A home folder and the programs that run in it.
pub struct World {
    home: PathBuf,
    environment: Vec<(String, String)>,
    _folder: Option<TempDir>,
}

/// What a program printed, and its exit code.
#[derive(Debug)]
pub struct Printed {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A program that runs; ended when this is dropped.
pub struct Running {
    child: Child,
    lines: Lines<BufReader<Box<dyn Read + Send>>>,
}

impl World {
    /// A new home folder.
    pub fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("relight-world-").tempdir()?;
        let mut world = Self::at(folder.path().to_owned(), Vec::new())?;
        world._folder = Some(folder);
        Ok(world)
    }

    /// In an existing home folder, with these variables too: those of a desktop.
    pub fn at(home: PathBuf, environment: Vec<(String, String)>) -> io::Result<Self> {
        let world = Self { home, environment, _folder: None };
        system::make_browser(&world.home)?;
        Ok(world)
    }

    /// Its home folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Writes a file below the home folder, with its folders.
    pub fn write(&self, inside: &str, text: impl AsRef<[u8]>) -> io::Result<PathBuf> {
        let path = self.home.join(inside);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
        Ok(path)
    }

    /// Replaces a file as most programs do: a new one, renamed over it.
    pub fn replace(&self, inside: &str, text: impl AsRef<[u8]>) -> io::Result<PathBuf> {
        let new = format!("{inside}.tmp-1");
        self.write(&new, text)?;
        self.rename(&new, inside)
    }

    /// Renames a file or a folder below the home folder, also where a program reads it at that very moment.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<PathBuf> {
        let path = self.home.join(to);
        system::rename(&self.home.join(from), &path)?;
        Ok(path)
    }

    /// The pages that the browser was asked to open.
    pub fn pages(&self) -> Vec<String> {
        fs::read_to_string(self.pages_file()).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// Waits until the browser was asked to open so many pages, and gives the last of them.
    pub fn wait_for_page(&self, number: usize) -> io::Result<String> {
        self.wait_for_line(&self.pages_file(), number)
    }

    #[cfg(unix)]
    fn wait_for_line(&self, file: &Path, number: usize) -> io::Result<String> {
        let mut lines = self.follow(file)?;
        (1..number).try_for_each(|_| lines.line().map(drop))?;
        lines.line()
    }

    /// Windows has no program that follows a file.
    #[cfg(windows)]
    fn wait_for_line(&self, file: &Path, number: usize) -> io::Result<String> {
        let line = system::soon(|| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let line = text.split_inclusive('\n').nth(number - 1).filter(|line| line.ends_with('\n'))?;
            Some(line.trim().to_owned())
        });
        line.ok_or_else(|| io::Error::other("no page was opened"))
    }

    /// One of Relight's programs, ready to run here.
    pub fn program(&self, name: &str) -> io::Result<Command> {
        let path = program(name)?;
        Ok(self.command(path))
    }

    /// Relight's own folder in this world.
    pub fn state(&self) -> io::Result<PathBuf> {
        let printed = self.relight(&["paths", "--json"])?.out;
        let paths: serde_json::Value = serde_json::from_str(&printed)?;
        Ok(paths["state"].as_str().unwrap_or_default().into())
    }

    /// Waits until the window's process has ended: it holds its lock for as long as it lives.
    pub fn wait_for_the_windows_end(&self) -> io::Result<()> {
        fs::File::open(self.state()?.join("locks/window.lock"))?.lock()
    }

    /// Any program, sealed in.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.envs(system::environment(&self.home)).env("TZ", "UTC");
        command.env("HTTPS_PROXY", FUSE).env("AWS_EC2_METADATA_DISABLED", "true");
        command.stdin(Stdio::null());
        command
    }

    /// Runs `relight` to its end.
    pub fn relight(&self, words: &[&str]) -> io::Result<Printed> {
        run(self.program("relight")?.args(words))
    }

    /// Starts `relight`, to read its output line by line.
    pub fn start_relight(&self, words: &[&str]) -> io::Result<Running> {
        Running::start(self.program("relight")?.args(words))
    }

    /// Starts `relight`, to read line by line what it prints on both outputs.
    pub fn start_relight_with_errors(&self, words: &[&str]) -> io::Result<Running> {
        let (both, out) = io::pipe()?;
        let mut command = self.program("relight")?;
        let child = command.args(words).stdout(out.try_clone()?).stderr(out).spawn()?;
        // The command holds the other ends too.
        drop(command);
        Ok(Running::of(child, Box::new(both)))
    }

    /// Makes a file look written so long ago.
    pub fn age(&self, inside: &str, ago: Duration) -> io::Result<()> {
        let file = fs::File::options().write(true).open(self.home.join(inside))?;
        file.set_modified(SystemTime::now() - ago)
    }

    /// Reads a file line by line, as it grows, from its beginning; it may come later.
    #[cfg(unix)]
    pub fn follow(&self, file: &Path) -> io::Result<Running> {
        Running::start(self.command("tail").args(["-n", "+1", "--retry", "-f"]).arg(file))
    }

    fn pages_file(&self) -> PathBuf {
        self.home.join("pages")
    }
}

impl Running {
    /// Starts a command.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        Ok(Self::begin(command)?.0)
    }

    /// Starts a command whose standard input is a pipe, and gives that too.
    pub fn start_asked(command: &mut Command) -> io::Result<(Self, ChildStdin)> {
        let (running, input) = Self::begin(command.stdin(Stdio::piped()))?;
        Ok((running, input.ok_or_else(|| io::Error::other("no standard input"))?))
    }

    fn begin(command: &mut Command) -> io::Result<(Self, Option<ChildStdin>)> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let out = child.stdout.take().ok_or_else(|| io::Error::other("no standard output"))?;
        let input = child.stdin.take();
        Ok((Self::of(child, Box::new(out)), input))
    }

    fn of(child: Child, out: Box<dyn Read + Send>) -> Self {
        Self { child, lines: BufReader::new(out).lines() }
    }

    /// Its number, to send it signals.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line it prints; blocks until there is one.
    pub fn line(&mut self) -> io::Result<String> {
        self.lines.next().unwrap_or_else(|| Err(io::Error::other("it printed no more lines")))
    }

    /// Reads lines until one is as wanted.
    pub fn line_with(&mut self, wanted: impl Fn(&str) -> bool) -> io::Result<String> {
        loop {
            let line = self.line()?;
            if wanted(&line) {
                return Ok(line);
            }
        }
    }

    /// Waits for its end.
    pub fn end(mut self) -> io::Result<Printed> {
        let mut out = String::new();
        for line in self.lines.by_ref() {
            out.push_str(&line?);
            out.push('\n');
        }
        let mut err = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut err)?;
        }
        Ok(Printed { code: self.child.wait()?.code(), out, err })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> io::Result<Printed> {
    let output = command.output()?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(Printed { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) })
}

/// What a program printed, with the paths of Windows written as on Unix.
pub fn slashes(printed: &str) -> String {
    printed.replace('\\', "/")
}

/// One of Relight's programs, as cargo built it beside the tests.
pub fn program(name: &str) -> io::Result<PathBuf> {
    let tests = std::env::current_exe()?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let mut beside = tests.ancestors().map(|folder| folder.join(&file));
    beside
        .find(|program| program.is_file())
        .ok_or_else(|| io::Error::other(format!("{name} is not built: run './dev test'")))
}

/// The name of a token's file: SHA-1 of the session's name, or of a legacy profile's start URL.
pub fn token_file(key: &str) -> String {
    let hash = Sha1::digest(key.as_bytes());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(".aws/sso/cache/{hex}.json")
}

/// A token file as the AWS CLI writes it.
pub fn token_text(grant: &Grant, expires_at: Timestamp) -> String {
    let refresh =
        grant.refresh_token.as_ref().map(|token| format!(", \"refreshToken\": \"{token}\"")).unwrap_or_default();
    format!(
        "{{\"startUrl\": \"{}\", \"region\": \"{}\", \"accessToken\": \"{}\", \"expiresAt\": \"{}\", \"clientId\": \"{}\", \"clientSecret\": \"{}\", \"registrationExpiresAt\": \"{}\"{refresh}}}",
        grant.start_url,
        grant.region,
        grant.access_token,
        seconds(expires_at),
        grant.client_id,
        grant.client_secret,
        seconds(grant.registration_expires_at)
    )
}

/// The file of an `aws login` session: SHA-256 of its ARN.
pub fn login_file(arn: &str) -> String {
    let hex: String = Sha256::digest(arn.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!(".aws/login/cache/{hex}.json")
}

/// A token file as `aws login` writes it.
pub fn login_text(grant: &LoginGrant, expires_at: Timestamp) -> String {
    format!(
        r#"{{"accessToken": {{"accessKeyId": "{}", "secretAccessKey": "{}", "sessionToken": "{}", "accountId": "{}", "expiresAt": "{}"}}, "tokenType": "aws_sigv4", "clientId": "{}", "refreshToken": "{}", "idToken": "{}", "dpopKey": "{}"}}"#,
        grant.access_key_id,
        grant.secret_access_key,
        grant.session_token,
        grant.account_id,
        seconds(expires_at),
        grant.client_id,
        grant.refresh_token,
        grant.id_token,
        grant.dpop_key.replace('\n', "\\n")
    )
}

fn seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

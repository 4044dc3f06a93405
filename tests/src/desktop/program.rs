//! Child processes that cannot outlive the test.

use std::{
    env, fs,
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
};

use rustix::process::{Pid, Signal};

use super::{
    STARTUP,
    error::{Error, Result},
};

/// A running program. Dropping it ends it, also when a test panics.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts `command`; `package` is what to install if there is no such program. Standard error
    /// goes to a log that errors quote.
    pub(super) fn start(command: &mut Command, package: &'static str, logs: &Path) -> Result<Self> {
        let program = Path::new(command.get_program());
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let log = logs.join(format!("{name}.log"));
        let child = command
            .stdin(Stdio::null())
            .stderr(File::options().create(true).append(true).open(&log)?)
            .spawn()
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => Error::Missing { program: name.clone(), package },
                _ => error.into(),
            })?;
        Ok(Self { name, child, log })
    }

    /// Starts `command` and returns the first line that it prints, by which it says that it serves.
    pub(super) fn start_and_read_line(
        command: &mut Command,
        package: &'static str,
        logs: &Path,
    ) -> Result<(Self, String)> {
        let mut program = Self::start(command.stdout(Stdio::piped()), package, logs)?;
        let output = program.child.stdout.take().expect("standard output is piped");
        let (sender, line) = mpsc::channel();
        thread::spawn(move || sender.send(BufReader::new(output).lines().next()));
        match line.recv_timeout(STARTUP) {
            Ok(Some(Ok(line))) => Ok((program, line)),
            _ => Err(program.failure()),
        }
    }

    /// Waits for it to end by itself; it must end well.
    pub(super) fn finish(mut self) -> Result<()> {
        if self.child.wait()?.success() { Ok(()) } else { Err(self.failure()) }
    }

    /// Asks it to end and waits. Only for programs that are known to obey.
    pub(super) fn terminate(&mut self) {
        let _ = rustix::process::kill_process(Pid::from_child(&self.child), Signal::TERM);
        let _ = self.child.wait();
    }

    /// The error that this program did not do its part.
    pub(super) fn failure(&self) -> Error {
        Error::Program { program: self.name.clone(), log: self.log() }
    }

    /// The process number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What this program, and others of the same name before it, wrote to standard error.
    pub fn log(&self) -> String {
        fs::read(&self.log).map(|log| String::from_utf8_lossy(&log).into_owned()).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program behind a D-Bus service, from its service file: some are not on the search path.
pub(super) fn service_program(file: &str, package: &'static str) -> Result<String> {
    let folders = env::var("XDG_DATA_DIRS").unwrap_or_default() + ":/usr/local/share:/usr/share";
    folders
        .split(':')
        .filter_map(|folder| fs::read_to_string(Path::new(folder).join("dbus-1/services").join(file)).ok())
        .find_map(|text| Some(text.lines().find_map(|line| line.strip_prefix("Exec="))?.to_owned()))
        .ok_or_else(|| Error::Missing { program: file.trim_end_matches(".service").to_owned(), package })
}

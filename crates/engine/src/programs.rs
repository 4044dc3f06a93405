//! Starts other programs: the window, a browser, an editor. Each runs on its own and outlives this one.

use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Starts a program, and takes note of its end so that no zombie is left.
pub fn start(command: &mut Command) -> io::Result<()> {
    let mut child = apart(command).stderr(Stdio::null()).spawn()?;
    thread::Builder::new().name("wait".to_owned()).spawn(move || child.wait()).map(drop)
}

/// Starts the window for somebody at a terminal, who reads there why it cannot open. Blocks for a moment.
pub fn start_window_from_terminal() -> Result<(), String> {
    const TRIES: u32 = 50;
    const PAUSE: Duration = Duration::from_millis(20);
    let failed = |error: io::Error| format!("The window cannot be opened: relight-window: {error}.");
    let program = ours("relight-window").map_err(failed)?;
    let mut child = apart(&mut Command::new(program)).stderr(Stdio::piped()).spawn().map_err(failed)?;
    for _ in 0..TRIES {
        if let Some(status) = child.try_wait().map_err(failed)? {
            let mut said = String::new();
            let _ = child.stderr.take().map(|mut stderr| stderr.read_to_string(&mut said));
            return if status.success() { Ok(()) } else { Err(said.trim().to_owned()) };
        }
        thread::sleep(PAUSE);
    }
    Ok(())
}

/// Becomes this command, so that it has this process's streams, signals and exit code. Comes back only where the command
/// did not start.
#[cfg(unix)]
pub fn become_command(command: &mut Command) -> io::Result<i32> {
    Err(std::os::unix::process::CommandExt::exec(command))
}

/// Runs this command with this process's streams, and gives its exit code; Ctrl-C reaches both.
#[cfg(not(unix))]
pub fn become_command(command: &mut Command) -> io::Result<i32> {
    Ok(command.status()?.code().unwrap_or(1))
}

/// In a process group of its own: Ctrl-C in this one's terminal is not meant for it.
fn apart(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.stdin(Stdio::null()).stdout(Stdio::null())
}

/// One of Relight's programs: it lies beside this one.
pub fn ours(name: &str) -> io::Result<PathBuf> {
    let beside = std::env::current_exe()?.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if beside.is_file() { Ok(beside) } else { Err(io::Error::new(io::ErrorKind::NotFound, "it is not installed")) }
}

/// Starts the window; one that runs already comes to the front. The error is a sentence.
pub fn start_window(settings: bool) -> Result<(), String> {
    let started = ours("relight-window").and_then(|program| {
        let mut command = Command::new(program);
        if settings {
            command.arg("--settings");
        }
        start(&mut command)
    });
    started.map_err(|error| format!("The window cannot be opened: relight-window: {error}."))
}

/// Shows a file in the program that the desktop has for it. The error is a sentence.
pub fn open_file(path: &std::path::Path) -> Result<(), String> {
    let mut command = opener();
    start(command.arg(path))
        .map_err(|error| format!("{} cannot be opened: {}: {error}.", path.display(), command.get_program().display()))
}

#[cfg(target_os = "linux")]
fn opener() -> Command {
    Command::new("xdg-open")
}

#[cfg(target_os = "macos")]
fn opener() -> Command {
    // As text: a file without a known ending has no program.
    let mut command = Command::new("open");
    command.arg("-t");
    command
}

#[cfg(windows)]
fn opener() -> Command {
    Command::new("notepad.exe")
}

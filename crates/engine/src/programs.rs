//! Starts other programs: the window, a browser, an editor. Each runs on its own and outlives this one.

use relight_core::action::Part;
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

/// Starts the window for a program that ends then, and says at once why it cannot open. Blocks for a moment.
pub fn start_window_and_see() -> Result<(), String> {
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

/// Starts the window, and hears why it cannot open or ends, which `failed` gets as a sentence, whenever that is. The error
/// is a sentence too.
pub fn start_window_and_listen(part: Part, failed: impl FnOnce(String) + Send + 'static) -> Result<(), String> {
    let cannot = |error: io::Error| format!("The window cannot be opened: relight-window: {error}.");
    let mut window = window(part).map_err(cannot)?;
    let mut child = apart(&mut window).stderr(Stdio::piped()).spawn().map_err(cannot)?;
    let listen = move || {
        let said = child.stderr.take().and_then(|stderr| io::read_to_string(stderr).ok()).unwrap_or_default();
        match child.wait() {
            Ok(status) if status.success() => {}
            Ok(status) if said.trim().is_empty() => failed(format!("The window ended unexpectedly: {status}.")),
            Ok(_) => failed(said.trim().to_owned()),
            Err(error) => tracing::debug!("how the window ended is not known: {error}"),
        }
    };
    thread::Builder::new().name("wait".to_owned()).spawn(listen).map(drop).map_err(cannot)
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

/// Windows opens no console for a program that wants one: a box that flashes, and is in nobody's way otherwise.
#[cfg(windows)]
pub(crate) const NO_CONSOLE: u32 = 0x0800_0000;

/// In a process group of its own: Ctrl-C in this one's terminal is not meant for it.
fn apart(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    // Without a console it hears no Ctrl-C either.
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(command, NO_CONSOLE);
    command.stdin(Stdio::null()).stdout(Stdio::null())
}

/// One of Relight's programs: it lies beside this one.
pub fn ours(name: &str) -> io::Result<PathBuf> {
    let beside = std::env::current_exe()?.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if beside.is_file() { Ok(beside) } else { Err(io::Error::new(io::ErrorKind::NotFound, "it is not installed")) }
}

/// Starts the window; one that runs already comes to the front. The error is a sentence.
pub fn start_window(part: Part) -> Result<(), String> {
    let started = window(part).and_then(|mut window| start(&mut window));
    started.map_err(|error| format!("The window cannot be opened: relight-window: {error}."))
}

fn window(part: Part) -> io::Result<Command> {
    let mut command = Command::new(ours("relight-window")?);
    command.arg(part.name());
    Ok(command)
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

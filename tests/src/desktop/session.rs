//! What every desktop has: a screen, a message bus and a window manager.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{error::Result, home::Home, program::Program};

/// A running session. Its fields end in their order.
pub(super) struct Session {
    _window_manager: Program,
    _bus: Program,
    _screen: Screen,
    envs: Vec<(String, String)>,
    bus_address: String,
    home: Home,
}

impl Session {
    pub(super) fn start() -> Result<Self> {
        let home = Home::create()?;
        let mut envs = home.envs();
        let (screen, display) = start_screen(&envs, &home.logs())?;
        envs.push(("DISPLAY".to_owned(), display));
        let (bus, bus_address) = start_bus(&envs, &home)?;
        envs.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), bus_address.clone()));
        let window_manager = Program::start(&mut sealed("openbox", &envs), "openbox", &home.logs())?;
        Ok(Self { _window_manager: window_manager, _bus: bus, _screen: screen, envs, bus_address, home })
    }

    pub(super) fn envs(&self) -> Vec<(String, String)> {
        self.envs.clone()
    }

    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        sealed(program, &self.envs)
    }

    pub(super) fn bus_address(&self) -> &str {
        &self.bus_address
    }

    pub(super) fn home(&self) -> PathBuf {
        self.home.path("")
    }

    pub(super) fn logs(&self) -> PathBuf {
        self.home.logs()
    }
}

/// The X server. It is asked to end, so that it removes its socket, which is not in our folder.
struct Screen(Program);

impl Drop for Screen {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

/// The server picks a free display and says which.
fn start_screen(envs: &[(String, String)], logs: &Path) -> Result<(Screen, String)> {
    let mut server = sealed("Xvfb", envs);
    server.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
    // Otherwise it starts afresh whenever its last client has left.
    server.arg("-noreset");
    let (program, number) = Program::start_and_read_line(&mut server, "xvfb", logs)?;
    Ok((Screen(program), format!(":{number}")))
}

fn start_bus(envs: &[(String, String)], home: &Home) -> Result<(Program, String)> {
    let config = home.write("bus.conf", &bus_config(&home.path("runtime/bus")))?;
    let mut daemon = sealed("dbus-daemon", envs);
    daemon.arg("--config-file").arg(config).args(["--nofork", "--print-address=1"]);
    Program::start_and_read_line(&mut daemon, "dbus-daemon", &home.logs())
}

/// A session bus that starts no services. With those of the machine, the first notice sent would
/// start whichever notification daemon is installed.
fn bus_config(socket: &Path) -> String {
    let socket = socket.display();
    format!(
        r#"<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#
    )
}

/// A command that sees nothing of the environment of the test.
fn sealed(program: impl AsRef<OsStr>, envs: &[(String, String)]) -> Command {
    let mut command = Command::new(program);
    command.env_clear().envs(envs.iter().cloned()).stdout(Stdio::null());
    command
}

//! A private Linux desktop for tests: X server, session bus, window manager, tray host, notification
//! daemon, home folder. Nothing of it is shared with the person who runs the tests, and nothing of
//! it is left when it is dropped.
//!
//! A test waits for what it expects by D-Bus signals; the timeouts only bound a failure. All calls
//! block: do not make them inside an async runtime.
//!
//! ```no_run
//! # use std::time::Duration;
//! # use relight_tests::desktop::{Desktop, Result};
//! # fn main() -> Result<()> {
//! let desktop = Desktop::start()?;
//! desktop.start_panel()?;
//! let notices = desktop.notifications()?;
//! let _program = desktop.run(&mut desktop.command("program-under-test"))?;
//!
//! let tray = desktop.wait_for_tray(Duration::from_secs(20))?;
//! tray.click("Sign in to corp")?;
//! let notice = notices.wait_for(|notice| notice.summary.contains("corp"), Duration::from_secs(20))?;
//! notices.invoke(notice.id, "later")?;
//! # Ok(())
//! # }
//! ```

mod bus;
mod error;
mod home;
mod menu;
mod notice;
mod notification_daemon;
mod notifications;
mod program;
mod session;
mod tray;
mod webview;

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use self::{bus::Bus, program::service_program, session::Session};
pub use self::{
    error::{Error, Result},
    menu::{Kind, MenuItem, menu_text},
    notice::{Action, Closed, Notice},
    notifications::Notifications,
    program::Program,
    tray::{Pixmap, Tray},
    webview::WebView,
};

/// How long a part of the desktop may take to come up, on a machine that compiles meanwhile.
const STARTUP: Duration = Duration::from_secs(60);

/// A private desktop. Its fields end in their order: programs before the bus and the screen they use.
pub struct Desktop {
    parts: Mutex<Parts>,
    bus: Arc<Bus>,
    session: Session,
}

/// What a test starts and stops.
#[derive(Default)]
struct Parts {
    panel: Option<Program>,
    notification_daemon: Option<Program>,
    settings: Option<Program>,
}

/// A notification daemon as people have it, for pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daemon {
    /// Of the Xfce desktop; draws buttons.
    Xfce,
    /// Of light desktops; draws no buttons, a click on the notice is its `default` action.
    Dunst,
}

impl Desktop {
    /// Starts screen, bus and window manager. There is no tray host and no notification daemon yet,
    /// and no program starts by itself on this bus.
    pub fn start() -> Result<Self> {
        let session = Session::start()?;
        let bus = Arc::new(Bus::connect(session.bus_address())?);
        Ok(Self { parts: Mutex::default(), bus, session })
    }

    /// The whole environment of a program on this desktop.
    pub fn envs(&self) -> Vec<(String, String)> {
        self.session.envs()
    }

    /// A command with the environment of this desktop and none of the test's own. What it prints is
    /// dropped unless the test redirects it.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        self.session.command(program)
    }

    /// Starts a program under test; dropping the result ends it.
    pub fn run(&self, command: &mut Command) -> Result<Program> {
        Program::start(command, "that has it, or build it first", &self.session.logs())
    }

    /// The home folder, which is removed with the desktop.
    pub fn home(&self) -> PathBuf {
        self.session.home()
    }

    /// Starts the Xfce panel and waits until it takes tray items.
    pub fn start_panel(&self) -> Result<()> {
        let mut parts = self.parts();
        self.start_settings(&mut parts)?;
        let mut panel = self.command("xfce4-panel");
        // Otherwise it waits some seconds for a window manager that it knows.
        panel.arg("--disable-wm-check");
        parts.panel = Some(self.start_part(&mut panel, "xfce4-panel", Tray::HOST)?);
        Ok(())
    }

    /// Ends the panel and waits until no tray host is left: the tray is a process of its own, which
    /// ends a little later.
    pub fn stop_panel(&self) -> Result<()> {
        self.parts().panel = None;
        self.bus.wait_for_name(Tray::HOST, false)
    }

    /// Ends the panel and starts another one, as after a crash.
    pub fn restart_panel(&self) -> Result<()> {
        self.stop_panel()?;
        self.start_panel()
    }

    /// The tray item, once the tray host has taken it in.
    pub fn wait_for_tray(&self, timeout: Duration) -> Result<Tray> {
        Tray::wait(&self.bus, timeout)
    }

    /// Restarts the panel and waits until a tray item registers with the new one.
    pub fn restart_tray_host_and_wait_for_item(&self, timeout: Duration) -> Result<Tray> {
        self.restart_panel()?;
        self.wait_for_tray(timeout)
    }

    /// Becomes the notification daemon of this desktop, one that can do what most can.
    pub fn notifications(&self) -> Result<Notifications> {
        self.notifications_with(&["actions", "body", "persistence"])
    }

    /// Becomes a notification daemon with these capabilities, for example without `actions`.
    pub fn notifications_with(&self, capabilities: &[&str]) -> Result<Notifications> {
        Notifications::start(self.session.bus_address(), capabilities)
    }

    /// Starts a real notification daemon instead of the double, for pictures.
    pub fn start_notification_daemon(&self, daemon: Daemon) -> Result<()> {
        let mut parts = self.parts();
        let (program, package) = match daemon {
            Daemon::Xfce => {
                self.start_settings(&mut parts)?;
                let file = "org.xfce.xfce4-notifyd.Notifications.service";
                (service_program(file, "xfce4-notifyd")?, "xfce4-notifyd")
            }
            Daemon::Dunst => ("dunst".to_owned(), "dunst"),
        };
        let daemon = self.start_part(&mut self.command(program), package, Notifications::NAME)?;
        parts.notification_daemon = Some(daemon);
        Ok(())
    }

    /// Ends the real notification daemon.
    pub fn stop_notification_daemon(&self) -> Result<()> {
        self.parts().notification_daemon = None;
        self.bus.wait_for_name(Notifications::NAME, false)
    }

    /// Starts `program`, one with a web view, in the world that `driver` was made in, and drives it.
    pub fn drive(&self, driver: &mut Command, program: &Path) -> Result<WebView> {
        WebView::start(driver.stdout(std::process::Stdio::null()), program, &self.session.logs())
    }

    /// Asks the window of this class to close, as its frame's button does, as soon as the window manager has it.
    pub fn close_window(&self, class: &str) -> Result<()> {
        let started = Instant::now();
        loop {
            let mut close = self.command("wmctrl");
            close.args(["-x", "-c", class]);
            match Program::start(&mut close, "wmctrl", &self.session.logs())?.finish() {
                Err(Error::Program { .. }) if started.elapsed() < STARTUP => {}
                done => return done,
            }
        }
    }

    /// Waits until a window of this class, for example `xfce4-notifyd`, is on the screen.
    pub fn wait_for_window(&self, class: &str) -> Result<()> {
        let started = Instant::now();
        loop {
            let mut search = self.command("xdotool");
            search.args(["search", "--sync", "--onlyvisible", "--limit", "1", "--class", class]);
            match Program::start_and_read_line(&mut search, "xdotool", &self.session.logs()) {
                // It gives up at a window that goes away while it looks.
                Err(Error::Program { .. }) if started.elapsed() < STARTUP => {}
                done => return done.map(drop),
            }
        }
    }

    /// Writes what is on the screen now to a PNG file. The panel draws an icon a moment after it
    /// has taken in the item.
    pub fn screenshot(&self, path: &Path) -> Result<()> {
        let mut import = self.command("import");
        import.args(["-window", "root"]).arg(path);
        Program::start(&mut import, "imagemagick", &self.session.logs())?.finish()
    }

    /// Xfce's programs read their settings over the bus.
    fn start_settings(&self, parts: &mut Parts) -> Result<()> {
        if parts.settings.is_none() {
            let program = service_program("org.xfce.Xfconf.service", "xfconf")?;
            parts.settings = Some(self.start_part(&mut self.command(program), "xfconf", "org.xfce.Xfconf")?);
        }
        Ok(())
    }

    /// Starts a program that serves when it has joined the bus under `name`.
    fn start_part(&self, command: &mut Command, package: &'static str, name: &'static str) -> Result<Program> {
        let program = Program::start(command, package, &self.session.logs())?;
        self.bus.wait_for_name(name, true).map_err(|error| match error {
            Error::Timeout { .. } => program.failure(),
            other => other,
        })?;
        Ok(program)
    }

    fn parts(&self) -> MutexGuard<'_, Parts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The demo: tray and window in a world of their own, with an AWS of their own. Nothing of the person's is read or
//! written.

use relight_tests::demo::{self, Schedule};
use relight_tests::fake_aws::FakeAws;
use relight_tests::world::World;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc;

/// What the programs need of the desktop they are shown on.
const OF_THE_DESKTOP: [&str; 12] = [
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
    "GTK_THEME",
    "LANG",
    "NO_AT_BRIDGE",
    "GTK_A11Y",
    "LIBGL_ALWAYS_SOFTWARE",
];

pub(super) fn run() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::Builder::new().prefix("relight-demo-").tempdir()?;
    let environment = OF_THE_DESKTOP.iter().filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?)));
    let world = World::at(folder.path().to_owned(), environment.collect())?;
    open_pages_in_the_persons_browser(folder.path())?;
    let aws = FakeAws::start();
    demo::organisations(&aws);
    demo::furnish(&world, &aws, Schedule::DEMO)?;
    println!(
        "The demo runs in {}, with an AWS of its own at {}.\n\n  \
         now     sandbox ends soon: there is a warning already\n  \
         {:>3} s   corp is renewed silently\n  \
         {:>3} s   data-eu is warned of\n  \
         {:>3} s   sandbox ends\n\n\
         Left click on the icon, or Sign in in the window, signs in: approve at the page that opens.\n\
         What you sign in to there lasts minutes, so that it all happens again. Ctrl-C ends the demo.",
        folder.path().display(),
        aws.url(),
        Schedule::DEMO.renewed.as_secs(),
        Schedule::DEMO.warned.as_secs(),
        Schedule::DEMO.ended.as_secs()
    );
    let mut programs = Programs(Vec::new());
    for name in ["relight-tray", "relight-window"] {
        programs.0.push(world.program(name)?.spawn()?);
    }
    until_interrupted_or_quit(&mut programs)
}

/// The page is the fake's, on loopback; the browser is the person's, with its own home.
fn open_pages_in_the_persons_browser(home: &Path) -> std::io::Result<()> {
    let person = std::env::var("HOME").unwrap_or_default();
    let browser = std::env::var("BROWSER").unwrap_or_else(|_| "xdg-open".to_owned());
    fs::write(home.join("browser"), format!("#!/bin/sh\nHOME='{person}' exec {browser} \"$1\"\n"))
}

/// Ends with the demo, also when it fails.
struct Programs(Vec<Child>);

impl Drop for Programs {
    fn drop(&mut self) {
        for program in &mut self.0 {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

async fn asked_to_end() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

/// The tray ends when the person chooses Quit, and the demo with it.
fn until_interrupted_or_quit(programs: &mut Programs) -> Result<(), Box<dyn Error>> {
    let (over, ended) = mpsc::channel();
    let interrupted = over.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let _ = runtime.map(|runtime| runtime.block_on(asked_to_end()));
        let _ = interrupted.send(true);
    });
    let mut tray = programs.0.remove(0);
    let id = tray.id();
    std::thread::spawn(move || {
        let _ = tray.wait();
        let _ = over.send(false);
    });
    let interrupted = ended.recv().unwrap_or_default();
    if !interrupted {
        return Ok(());
    }
    if let Some(tray) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) {
        // Asked, not killed: it takes its icon and notices away.
        let _ = rustix::process::kill_process(tray, rustix::process::Signal::TERM);
    }
    let _ = ended.recv_timeout(std::time::Duration::from_secs(12));
    Ok(())
}

//! The tray on Linux: ksni for the icon, D-Bus for the notices, both on one tokio thread.

mod bus;
mod color_scheme;
mod front;
mod item;
mod notices;
mod screen_lock;

use clap::Parser;
use front::Tray;
use notices::Notices;
use relight_core::action::{Action, Part};
use relight_core::app::{App, Event};
use relight_core::view::By;
use relight_engine::engine::Engine;
use relight_engine::locks::Taken;
use relight_engine::paths::Paths;
use relight_engine::{clock, locks, log, programs, signals, state};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A desktop that has not shown the icon by then has no place for it (GNOME without its extension).
const HOST_EXPECTED_WITHIN: Duration = Duration::from_secs(10);
/// Relight in the tray: shows when AWS sessions end, renews them, and signs in with one click.
#[derive(Parser)]
#[command(name = "relight-tray", version)]
struct Options {
    /// Open the window too
    #[arg(long)]
    window: bool,
}

pub(super) fn run() -> i32 {
    let options = Options::parse();
    let paths = match Paths::find(None, None) {
        Ok(paths) => paths,
        Err(sentence) => return say(&sentence, 3),
    };
    log::to_file(&paths);
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(8).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return say(&format!("The system gives no resources to start: {error}."), 3),
    };
    let code = match locks::take_program(&paths, "tray") {
        Ok(Taken::Ours(_held)) => runtime.block_on(tray(paths, options.window)),
        Ok(Taken::Theirs) => runtime.block_on(second_start()),
        // Better two icons than none: nobody else can be told of this one, and it cannot be told of others.
        Err(error) => {
            say(&format!("{} cannot be written, so Relight remembers nothing: {error}.", paths.show(&paths.state)), 0);
            runtime.block_on(tray(paths, options.window))
        }
    };
    runtime.shutdown_background();
    code
}

async fn tray(paths: Paths, window: bool) -> i32 {
    // The icon first, so that it is there at once; what it shows follows when the files are read.
    let (clicks, mut clicked) = tokio::sync::mpsc::unbounded_channel();
    let hostless = Arc::new(AtomicBool::new(false));
    let icon = item::start(clicks, hostless.clone());
    let mut app = App::new(By::Tray, true, paths.shown(), paths.environment.clone());
    app.handle(Event::Remembered(state::memory(&paths)), clock::now());
    let Ok(mut engine) = tokio::task::spawn_blocking(move || Engine::load(app, paths)).await else {
        return say("The AWS files could not be read.", 3);
    };
    let inbox = engine.inbox();
    let notices = Notices::start(inbox.clone());
    let to_engine = inbox.clone();
    tokio::spawn(async move {
        while let Some(action) = clicked.recv().await {
            to_engine.send(Event::Act(action));
        }
    });
    tokio::spawn(screen_lock::watch(inbox.clone()));
    tokio::spawn(say_if_hostless(hostless, notices.clone()));
    tokio::spawn(signals::quit_when_asked(inbox.clone()));
    if window {
        inbox.send(Event::Act(Action::OpenWindow(Part::Sessions)));
    }
    say("Relight is in the tray. Ctrl-C ends it; you stay signed in.", 0);
    engine.run(Event::Tick, &mut Tray::new(icon.clone(), notices.clone())).await;
    notices.withdraw_all().await;
    icon.remove().await;
    0
}

/// Another one runs already: say so, and show the window, for whoever looks for it.
async fn second_start() -> i32 {
    if let Err(sentence) = programs::start_window(Part::Sessions) {
        tracing::warn!("{sentence}");
        let body = "Its icon is in the tray. Left click signs in to what has ended.";
        Notices::start_alone().tell("Relight is already running", body).await;
    }
    say("Relight is already running: its icon is in the tray.", 0)
}

async fn say_if_hostless(hostless: Arc<AtomicBool>, notices: Notices) {
    clock::pause(HOST_EXPECTED_WITHIN).await;
    if hostless.load(Ordering::Relaxed) {
        let body = "Relight keeps renewing and warning, and its window shows everything. On GNOME, the extension 'AppIndicator and KStatusNotifierItem Support' shows its icon.";
        notices.tell("This desktop shows no tray icons", body).await;
        if let Err(sentence) = programs::start_window(Part::Sessions) {
            tracing::warn!("{sentence}");
        }
    }
}

fn say(sentence: &str, code: i32) -> i32 {
    let _ = writeln!(std::io::stderr(), "{sentence}");
    code
}

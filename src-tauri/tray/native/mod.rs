//! The tray on Windows and macOS: Tauri's, which wants the native event loop on the first thread. The engine runs in a
//! thread beside it. No window is ever opened here, so that no web view is loaded.

mod front;
mod item;
mod menu;
mod notices;
mod panel;
mod setup;
mod toast;

use clap::Parser;
use front::Tray;
use item::Item;
use notices::Notices;
use relight_core::action::{Action, Part};
use relight_core::app::{App, Event};
use relight_core::view::By;
use relight_engine::engine::Engine;
use relight_engine::locks::Taken;
use relight_engine::paths::Paths;
use relight_engine::{clock, locks, log, programs, signals, state};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use tauri::{AppHandle, RunEvent};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Relight in the tray: shows when AWS sessions end, renews them, and signs in with one click.
#[derive(Parser)]
#[command(name = "relight-tray", version)]
struct Options {
    /// Open the window too
    #[arg(long)]
    window: bool,
    /// Only choose whether the tray starts at login, as the window's settings do
    #[arg(long, value_name = "true|false")]
    start_at_login: Option<bool>,
    /// Only choose whether terminals find `relight`: its folder in the person's variable Path
    #[cfg(windows)]
    #[arg(long, value_name = "true|false")]
    on_path: Option<bool>,
}

pub(super) fn run() -> i32 {
    let options = Options::parse();
    let paths = match Paths::find(None, None) {
        Ok(paths) => paths,
        Err(sentence) => return fail(&sentence),
    };
    log::to_file(&paths);
    if let Some(chosen) = choose(&paths, &options) {
        return chosen.map_or_else(|sentence| fail(&sentence), |()| 0);
    }
    let held = match locks::take_program(&paths, "tray") {
        Ok(Taken::Ours(held)) => Some(held),
        Ok(Taken::Theirs) => return second_start(),
        // Better two icons than none: nobody else can be told of this one, and it cannot be told of others.
        Err(error) => {
            let place = paths.show(&paths.state);
            fail(&format!("{place} cannot be written, so Relight remembers nothing: {error}."));
            None
        }
    };
    let code = tray(paths, options.window).unwrap_or_else(|sentence| fail(&sentence));
    drop(held);
    code
}

/// Does what the installer asks for; none where nothing was asked.
fn choose(paths: &Paths, options: &Options) -> Option<Result<(), String>> {
    let at_login = options.start_at_login.map(|on| setup::start_at_login(paths, on));
    #[cfg(windows)]
    let at_login = at_login.or_else(|| options.on_path.map(setup::put_on_path));
    at_login
}

/// Shows the icon until the person quits. The error is a sentence.
fn tray(paths: Paths, window: bool) -> Result<i32, String> {
    let (clicks, clicked) = unbounded_channel();
    #[cfg_attr(not(target_os = "macos"), expect(unused_mut, reason = "only macOS has a dock to stay out of"))]
    let mut app = tauri::Builder::default()
        .build(tauri::generate_context!())
        .map_err(|error| format!("The icon cannot be shown: {error}."))?;
    #[cfg(target_os = "macos")]
    app.set_activation_policy(tauri::ActivationPolicy::Accessory);
    toast::register();
    // The icon first, so that it is there at once; what it shows follows when the files are read.
    let item =
        Item::put(app.handle(), clicks.clone()).map_err(|error| format!("The icon cannot be shown: {error}."))?;
    let item = Arc::new(Mutex::new(item));
    let engine = start_engine(app.handle().clone(), item, paths, clicked, window);
    let engine = engine.map_err(|error| format!("The system gives no resources to start: {error}."))?;
    let mut engine = Some(engine);
    Ok(app.run_return(move |_, event| match event {
        // There never is a window: its absence ends nothing.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::Exit => {
            let _ = clicks.send(Action::Quit);
            // It ends when what AWS gave out is written.
            let _ = engine.take().map(JoinHandle::join);
        }
        _ => {}
    }))
}

fn start_engine(
    app: AppHandle,
    item: Arc<Mutex<Item>>,
    paths: Paths,
    mut clicked: UnboundedReceiver<Action>,
    window: bool,
) -> std::io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(8).enable_all().build()?;
    thread::Builder::new().name("engine".to_owned()).spawn(move || {
        let mut core = App::new(By::Tray, true, paths.shown(), paths.environment.clone());
        core.handle(Event::Remembered(state::memory(&paths)), clock::now());
        runtime.block_on(async {
            let Ok(mut engine) = tokio::task::spawn_blocking(move || Engine::load(core, paths)).await else {
                app.exit(fail("The AWS files could not be read."));
                return;
            };
            let inbox = engine.inbox();
            let to_engine = inbox.clone();
            tokio::spawn(async move {
                while let Some(action) = clicked.recv().await {
                    to_engine.send(Event::Act(action));
                }
            });
            tokio::spawn(signals::quit_when_asked(inbox.clone()));
            if window {
                inbox.send(Event::Act(Action::OpenWindow(Part::Sessions)));
            }
            engine.run(Event::Tick, &mut Tray::new(app.clone(), item, Notices::start(inbox))).await;
            app.exit(0);
        });
        runtime.shutdown_background();
    })
}

/// Another one runs already: show the window, for whoever looks for it.
fn second_start() -> i32 {
    programs::start_window_and_see().map_or_else(|sentence| fail(&sentence), |()| 0)
}

/// Without a terminal, a toast is the only way to say something; the log keeps it in any case.
fn fail(sentence: &str) -> i32 {
    tracing::warn!("{sentence}");
    let _ = writeln!(std::io::stderr(), "{sentence}");
    if let Err(error) = toast::tell("Relight", sentence) {
        tracing::warn!("a notice cannot be shown: {error}");
    }
    3
}

//! The window itself, and the engine in a thread beside it.

use crate::front::Window;
use crate::state::{Found, Shared};
use crate::{commands, say};
use relight_core::action::{Action, Part};
use relight_core::app::{App, Event};
use relight_core::view::By;
use relight_engine::engine::{Engine, Inbox};
use relight_engine::paths::Paths;
use relight_engine::{browsers, signals, wsl};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, RunEvent, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

/// Wide enough for an end, its time left and its button in one line; the page takes 320 to 900.
const SIZE: (f64, f64) = (440.0, 720.0);
const LEAST_SIZE: (f64, f64) = (320.0, 360.0);

/// Shows the window until it is closed, and any sign-in of its own is over. The error is a sentence.
pub(crate) fn run(paths: Paths, part: Part) -> Result<i32, String> {
    look_for_what_shows_it()?;
    let shared = Arc::new(Shared::new(paths, part));
    let engine: Mutex<Option<JoinHandle<()>>> = Mutex::new(None);
    let app = tauri::Builder::default()
        .manage(shared.clone())
        .invoke_handler(tauri::generate_handler![commands::view, commands::act])
        .build(tauri::generate_context!())
        .map_err(|error| format!("The window cannot be opened: {error}."))?;
    // The engine first: it reads the files while the web view starts.
    let started = start_engine(app.handle().clone(), shared.clone());
    *engine.lock().unwrap_or_else(PoisonError::into_inner) =
        Some(started.map_err(|error| format!("The system gives no resources to start: {error}."))?);
    open(app.handle(), &shared).map_err(|error| format!("The window cannot be opened: {error}."))?;
    Ok(app.run_return(move |app, event| match event {
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } if !shared.may_end() => {
            // Whoever starts a sign-in sees it through.
            api.prevent_close();
            shared.closing.store(true, Ordering::SeqCst);
            hide(app);
        }
        RunEvent::ExitRequested { .. } => shared.ending.store(true, Ordering::SeqCst),
        RunEvent::Exit => {
            shared.act(Action::Quit);
            let engine = engine.lock().unwrap_or_else(PoisonError::into_inner).take();
            // It ends when what AWS gave out is written.
            let _ = engine.map(JoinHandle::join);
        }
        _ => {}
    }))
}

fn open(app: &AppHandle, shared: &Shared) -> tauri::Result<WebviewWindow> {
    let page = format!("index.html#{}", shared.part.name());
    WebviewWindowBuilder::new(app, "main", WebviewUrl::App(page.into()))
        .title("Relight")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(LEAST_SIZE.0, LEAST_SIZE.1)
        // What the person copies goes to their clipboard.
        .enable_clipboard_access()
        // Shown with its first paint, so that nothing flashes.
        .visible(false)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                let _ = window.show().and_then(|()| window.set_focus());
            }
        })
        .build()
}

fn hide(app: &AppHandle) {
    use tauri::Manager;
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = window.hide()
    {
        tracing::warn!("the window cannot be hidden: {error}");
    }
}

fn start_engine(app: AppHandle, shared: Arc<Shared>) -> std::io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(8).enable_all().build()?;
    thread::Builder::new().name("engine".to_owned()).spawn(move || {
        let core = App::new(By::Window, true, shared.paths.shown(), shared.paths.environment.clone());
        runtime.block_on(async {
            let paths = shared.paths.clone();
            let Ok(mut engine) = tokio::task::spawn_blocking(move || Engine::load(core, paths)).await else {
                say("The AWS files could not be read.", 3);
                return app.exit(3);
            };
            shared.connect(engine.inbox());
            // Closed before there was anybody to tell.
            if shared.ending.load(Ordering::SeqCst) {
                return;
            }
            look_around(shared.clone(), engine.inbox());
            tokio::spawn(signals::quit_when_asked(engine.inbox()));
            engine.run(Event::Tick, &mut Window::new(app.clone(), shared.clone())).await;
            app.exit(0);
        });
        runtime.shutdown_background();
    })
}

/// Once, and beside the engine: only the settings show what is found.
fn look_around(shared: Arc<Shared>, inbox: Inbox) {
    tokio::task::spawn_blocking(move || {
        let found = Found { browsers: browsers::found(&shared.paths), wsl_homes: wsl::homes_with_aws_files() };
        if shared.found.set(found).is_ok() {
            inbox.send(Event::Tick);
        }
    });
}

/// GTK panics later where there is no display; asked before, it says so.
#[cfg(target_os = "linux")]
fn look_for_what_shows_it() -> Result<(), String> {
    gtk::init().map_err(|_| {
        "There is no display to open the window on. 'relight status' shows everything in a terminal.".to_owned()
    })
}

/// Windows 11 has it; older ones and servers may not.
#[cfg(windows)]
fn look_for_what_shows_it() -> Result<(), String> {
    let found = tauri::webview_version().map(drop);
    found.map_err(|error| {
        tracing::debug!("no WebView2: {error}");
        "The window needs Microsoft Edge WebView2, which is not installed. Install the Evergreen Bootstrapper from https://developer.microsoft.com/microsoft-edge/webview2/ and open the window again. The tray and 'relight status' work without it.".to_owned()
    })
}

#[cfg(not(any(target_os = "linux", windows)))]
fn look_for_what_shows_it() -> Result<(), String> {
    Ok(())
}

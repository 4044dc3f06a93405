//! The commands, their texts and their exit codes.

mod args;
mod ending;
mod login;
mod logout;
mod manual;
mod out;
mod parsed;
mod paths;
mod person;
mod process;
mod prompt;
mod refresh;
mod select;
mod status;
mod table;
mod watch;
mod when;

use args::{Command, Options};
use clap::Parser;
use ending::Ending;
use person::Person;
use relight_core::app::{App, Event};
use relight_core::view::By;
use relight_engine::engine::Engine;
use relight_engine::paths::Paths;
use relight_engine::{log, programs, state};

/// Runs what the command line says, and gives the exit code.
pub(crate) fn run() -> i32 {
    let options = Options::parse();
    log::to_stderr(options.verbose);
    let ending = match Paths::find(options.config.clone(), options.credentials.clone()) {
        Ok(paths) => command(&options, paths),
        Err(sentence) => Ending::World(sentence),
    };
    ending.tell()
}

fn command(options: &Options, paths: Paths) -> Ending {
    let json = options.json;
    match &options.command {
        Command::Status(chosen) => status::run(chosen, json, &paths),
        Command::Login(chosen) => login::run(chosen, json, paths),
        Command::Refresh(chosen) => refresh::run(chosen, json, paths),
        Command::Logout(chosen) => logout::run(chosen, json, paths),
        Command::Watch => watch::run(json, paths),
        Command::Profiles(_) => parsed::run(json, &paths),
        Command::Paths => paths::run(json, &paths),
        Command::Window => programs::start_window_from_terminal().map_or_else(Ending::World, |()| Ending::Fine),
        Command::Completions(chosen) => manual::completions(chosen.shell),
        Command::Man(chosen) => manual::page(chosen.command.as_deref()),
    }
}

/// The core with everything read, without a loop: what asking needs.
fn read(paths: &Paths) -> App {
    let mut app = App::new(By::Terminal, false, paths.shown(), paths.environment.clone());
    relight_engine::read::all(&mut app.world, paths);
    let seen = state::seen(&app.world, paths);
    app.world.take(seen);
    app
}

/// The engine with everything read: what doing needs.
fn engine(paths: Paths) -> Engine {
    let app = App::new(By::Terminal, false, paths.shown(), paths.environment.clone());
    Engine::load(app, paths)
}

/// Runs the engine from `first` until `person` has all outcomes; Ctrl-C sends `stop`.
fn run_engine(engine: &mut Engine, first: Event, stop: Event, person: &mut Person) -> Result<(), Ending> {
    let inbox = engine.inbox();
    block_on(async {
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                inbox.send(stop);
            }
        });
        engine.run(first, person).await;
    })
}

/// Runs `work` on this thread.
fn block_on<T>(work: impl Future<Output = T>) -> Result<T, Ending> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Ending::World(format!("The system gives no resources to start: {error}.")))?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(done)
}

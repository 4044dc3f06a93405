//! The commands, their texts and their exit codes.

mod accounts;
mod add;
mod args;
mod check;
mod credentials;
mod doctor;
mod ending;
mod explain;
mod guard;
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
mod run;
mod select;
mod started;
mod status;
mod table;
mod watch;
mod when;

use args::{Command, Options};
use ending::Ending;
use person::Person;
use relight_core::app::{App, Event};
use relight_core::view::By;
use relight_engine::engine::{Engine, Front};
use relight_engine::paths::Paths;
use relight_engine::signals::Asked;
use relight_engine::{clock, log, programs, state};
use std::io;

/// Runs what the command line says, and gives the exit code.
pub(crate) fn run() -> i32 {
    let options = Options::read();
    log::to_stderr(options.verbose);
    let ending = match Paths::find(options.config.clone(), options.credentials.clone()) {
        Ok(paths) => command(&options, paths),
        Err(sentence) => Ending::World(sentence),
    };
    ending.tell()
}

fn command(options: &Options, paths: Paths) -> Ending {
    let json = options.json;
    if let (true, Some(why)) = (json, options.command.no_json()) {
        return Ending::Usage(format!("{why}, so there is nothing for --json to change. Leave it out."));
    }
    match &options.command {
        Command::Status(chosen) => status::run(chosen, json, &paths),
        Command::Login(chosen) => login::run(chosen, json, paths),
        Command::Refresh(chosen) => refresh::run(chosen, json, paths),
        Command::Logout(chosen) => logout::run(chosen, json, paths),
        Command::Accounts(chosen) => accounts::run(chosen, json, paths),
        Command::Add(chosen) => add::run(chosen, json, paths),
        Command::Watch => watch::run(json, paths),
        Command::Credentials(chosen) => credentials::run(chosen, json, &paths),
        Command::Check(chosen) => check::run(chosen, json, &paths),
        Command::Guard(chosen) => guard::run(chosen, options, &paths),
        Command::Doctor(chosen) => doctor::run(chosen, json, &paths),
        Command::Run(chosen) => run::run(chosen, options, &paths),
        Command::Explain(chosen) => explain::run(chosen, json, &paths),
        Command::Profiles(_) => parsed::run(json, &paths),
        Command::Paths => paths::run(json, &paths),
        Command::Window => programs::start_window_and_see().map_or_else(Ending::World, |()| Ending::Fine),
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

/// Runs the engine from `first` until `person` has all outcomes; what Ctrl-C ends is given up.
fn run_engine(engine: &mut Engine, first: Event, stop: Event, person: &mut Person) -> Result<(), Ending> {
    person.call_sessions_as(&engine.app().view(clock::now()));
    let ran = run_front(engine, first, stop, person);
    person.gave_up(engine.app().under_way());
    ran
}

/// Runs the engine from `first` until `front` is done. Ctrl-C sends `stop`; a second one ends at once.
fn run_front(engine: &mut Engine, first: Event, stop: Event, front: &mut impl Front) -> Result<(), Ending> {
    let inbox = engine.inbox();
    let ran = block_on(async {
        let mut asked = Asked::new()?;
        let twice = async move {
            asked.next().await;
            inbox.send(stop);
            asked.next().await;
        };
        tokio::select! {
            () = engine.run(first, front) => {}
            () = twice => engine.let_go(),
        }
        Ok(())
    })?;
    ran.map_err(|error: io::Error| Ending::World(format!("The system gives no resources to start: {error}.")))
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

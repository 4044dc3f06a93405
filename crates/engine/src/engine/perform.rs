//! Carries out effects. What takes long runs on other threads and comes back as a message; failures come back too.

use super::{Engine, Front, Message};
use crate::locks::{self, Taken};
use crate::paths::Paths;
use crate::process::{self, Asker};
use crate::read::Piece;
use crate::{aws_files, browser, clock, flow_files, programs, read, redirect, settings, state};
use relight_core::action::Place;
use relight_core::app::{Effect, Event, Ticket};
use relight_core::cache::CacheName;
use relight_core::config::SessionId;
use relight_core::flow::{Do, Reply};
use relight_core::offline::OutputEnd;
use relight_core::secret::Secret;
use relight_core::text::shown;
use relight_core::view::By;
use relight_core::world::Seen;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::task::spawn_blocking;

impl Engine {
    pub(super) fn perform(&mut self, effect: Effect, front: &mut impl Front) {
        match effect {
            Effect::Do(ticket, next) => self.step(ticket, next, front),
            Effect::End(ticket) => {
                if let Some(name) = self.published.remove(&ticket) {
                    warn(state::withdraw_attempt(&self.paths, &name), "the attempt file cannot be removed");
                }
                self.redirects.remove(&ticket);
                // After the attempt is withdrawn, so that who waits for the lock finds no trace of it.
                self.locks.remove(&ticket);
            }
            Effect::Finished(session, outcome) => {
                tracing::info!("{session}: {outcome:?}");
                front.finished(&session, &outcome);
            }
            // At once, and not on another thread: the program may end right after.
            Effect::RememberRefused(name, end) => {
                let remembered = state::remember_refused(&self.paths, &name, end, clock::now());
                warn(remembered, "the history cannot be written");
            }
            Effect::RememberRevoked(name, revoked) => {
                let remembered = state::remember_revoked(&self.paths, &name, revoked);
                warn(remembered, "the history cannot be written");
            }
            Effect::Learn(fact) => {
                warn(state::learn(&self.paths, &fact), "the history cannot be written");
            }
            Effect::Remember(memory) => {
                warn(state::remember(&self.paths, memory), "the shown notices cannot be remembered");
            }
            Effect::Browse(session, url) => {
                let command = self.browser_of(&session);
                self.in_background(move || browser::open(&url, command.as_deref()));
            }
            Effect::RunProcess { profile, process, command } => self.run_process(profile, process, command),
            Effect::Change(setting) => {
                let last = self.app.world.settings.clone();
                self.changes.write(setting, last, self.paths.clone(), self.inbox.clone());
            }
            Effect::EditConfig { edits, seen } => {
                let paths = self.paths.clone();
                self.in_background(move || {
                    let seen = aws_files::seen(&paths.config, &seen);
                    let written = aws_files::edit_all(&paths.config, seen, &edits, clock::now());
                    written.map(|_| ()).map_err(|error| format!("{}: {error}", paths.show(&paths.config)))
                });
            }
            Effect::Mend { change, seen } => self.mend(change, seen),
            Effect::TakeBack => self.take_back(),
            Effect::LookAround => self.look_around(),
            Effect::OpenFile(place) => {
                let paths = self.paths.clone();
                self.in_background(move || {
                    if place == Place::Settings {
                        settings::make(&paths).map_err(|error| reason(paths.show(&paths.settings), &error))?;
                    }
                    let file = paths.of(place);
                    if !file.exists() {
                        return Err(format!("There is no {} yet.", paths.show(file)));
                    }
                    programs::open_file(file)
                });
            }
            Effect::OpenWindow(part) => front.open_window(&self.app.view(clock::now()), part),
            // A terminal prints every outcome itself.
            Effect::Trouble(sentence) if self.app.by() != By::Terminal => front.trouble(&sentence),
            Effect::Trouble(_) | Effect::Quit => {}
        }
    }

    fn step(&mut self, ticket: Ticket, next: Do, front: &mut impl Front) {
        let (paths, inbox) = (self.paths.clone(), self.inbox.clone());
        let reply = move |reply| inbox.send(Event::Reply(ticket, reply));
        match next {
            Do::Lock(lock) => {
                let inbox = self.inbox.clone();
                spawn_blocking(move || match locks::try_take(&paths, &lock) {
                    Ok(Taken::Ours(held)) => drop(inbox.0.send(Message::Taken(ticket, lock, held))),
                    Ok(Taken::Theirs) => reply(Reply::LockHeld),
                    Err(error) => reply(Reply::LockFailed(reason(paths.show(&paths.state), &error))),
                });
            }
            Do::AwaitLock(lock) => {
                spawn_blocking(move || match locks::await_free(&paths, &lock) {
                    Ok(()) => reply(Reply::LockFreed),
                    Err(error) => reply(Reply::LockFailed(reason(paths.show(&paths.state), &error))),
                });
            }
            Do::Unlock(lock) => {
                if let Some(held) = self.locks.get_mut(&ticket) {
                    held.retain(|(other, _)| *other != lock);
                }
            }
            Do::Call(call) => {
                let aws = self.aws.clone();
                let inbox = self.inbox.clone();
                tokio::spawn(async move {
                    let answer = aws.call(call).await;
                    if let Some(skew) = aws.skew() {
                        inbox.send(Event::Seen(vec![Seen::Skew(skew)]));
                    }
                    reply(Reply::Answer(answer));
                });
            }
            Do::Publish(name, login) => {
                warn(state::publish_attempt(&self.paths, &name, login), "the attempt file cannot be written");
                self.published.insert(ticket, name);
            }
            Do::OpenBrowser(session, url) if front.may_open(&url) => {
                let command = self.browser_of(&session);
                spawn_blocking(move || {
                    if let Err(sentence) = browser::open(&url, command.as_deref()) {
                        // No warning: a terminal would show it beside the sentence itself.
                        tracing::info!("{sentence}");
                        reply(Reply::BrowserFailed(sentence));
                    }
                });
            }
            Do::OpenBrowser(..) => {}
            Do::Listen => self.listen(ticket),
            Do::TryFromWindows(session, port) => {
                let command = self.browser_of(&session);
                spawn_blocking(move || reply(Reply::Tried(browser::comes_back(port, command.as_deref()))));
            }
            Do::Draw => reply(match redirect::draw() {
                Ok((state, verifier)) => Reply::Drawn { state, verifier },
                Err(error) => Reply::ListenFailed(error.to_string()),
            }),
            Do::AskForCode => front.ask(Box::new(move |pasted| reply(Reply::Pasted(pasted)))),
            Do::TellBrowser(told) => {
                let told = self.redirects.get(&ticket).map(|waiting| waiting.tell(told));
                tokio::spawn(async move {
                    if let Some(told) = told {
                        told.await;
                    }
                    reply(Reply::BrowserTold);
                });
            }
            of_files => {
                let (inbox, writing) = (self.inbox.clone(), self.app.world.writing());
                spawn_blocking(move || {
                    let Some((seen, answer)) = flow_files::carry_out(&paths, &writing, of_files) else { return };
                    if !seen.is_empty() {
                        inbox.send(Event::Seen(seen));
                    }
                    answer.into_iter().for_each(reply);
                });
            }
        }
    }

    fn listen(&mut self, ticket: Ticket) {
        let (inbox, inbox_of_back) = (self.inbox.clone(), self.inbox.clone());
        let back = move |back| inbox_of_back.send(Event::Reply(ticket, Reply::Redirected(back)));
        let reply = match redirect::listen(back) {
            Ok((listening, waiting)) => {
                self.redirects.insert(ticket, waiting);
                Reply::Listening(listening)
            }
            Err(error) => Reply::ListenFailed(error.to_string()),
        };
        inbox.send(Event::Reply(ticket, reply));
    }

    /// Does what a person asked for, and tells them when it does not work.
    pub(super) fn in_background(&self, work: impl FnOnce() -> Result<(), String> + Send + 'static) {
        let inbox = self.inbox.clone();
        spawn_blocking(move || {
            if let Err(sentence) = work() {
                tracing::warn!("{sentence}");
                let _ = inbox.0.send(Message::Trouble(sentence));
            }
        });
    }

    fn run_process(&self, profile: String, process: CacheName, command: Secret) {
        let (paths, inbox, running) = (self.paths.clone(), self.inbox.clone(), self.running.clone());
        // A second click waits for the first.
        if !lock(&running).insert(process.clone()) {
            return;
        }
        tokio::spawn(async move {
            let ran = process::end_of(&profile, command.expose(), Asker::Click).await;
            // Writing waits for a lock.
            let _ = spawn_blocking(move || {
                let kept = ran.and_then(|end| keep(&paths, &profile, &process, end));
                lock(&running).remove(&process);
                match kept {
                    Ok(()) => inbox.send(Event::Seen(vec![state::processes(&paths)])),
                    Err(sentence) => _ = inbox.0.send(Message::Trouble(sentence)),
                }
            })
            .await;
        });
    }

    /// The command that opens this session's pages.
    fn browser_of(&self, session: &SessionId) -> Option<String> {
        self.app.world.settings.browsers.get(&session.to_string()).cloned()
    }

    /// Reads a file that changed; one that looks damaged takes a moment.
    pub(super) fn read_piece(&self, piece: Piece) {
        let (paths, inbox, order) = (self.paths.clone(), self.inbox.clone(), self.reading.clone());
        let times_read = self.times_read;
        spawn_blocking(move || {
            // Held until it is told, so that what was read later is told later.
            let _turn = order.lock();
            let seen = read::settled(&paths, piece.clone());
            let _ = inbox.0.send(Message::Piece(times_read, piece, seen));
        });
    }
}

/// Remembers what a program said of its end. The error is a sentence. Blocks.
fn keep(paths: &Paths, profile: &str, process: &CacheName, end: OutputEnd) -> Result<(), String> {
    let end = match end {
        OutputEnd::At(end) => Some(end),
        OutputEnd::Never => None,
        OutputEnd::Unsaid => return Err(format!("The program of {} names no end.", shown(profile))),
    };
    state::remember_process(paths, process, end, clock::now())
        .map_err(|error| format!("The end of {} cannot be remembered: {error}.", shown(profile)))
}

/// A thread that panicked has left the set whole.
fn lock(running: &Mutex<BTreeSet<CacheName>>) -> MutexGuard<'_, BTreeSet<CacheName>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `~/.aws/sso/cache/x.json: permission denied`
fn reason(path: impl AsRef<Path>, error: &io::Error) -> String {
    format!("{}: {error}", path.as_ref().display())
}

fn warn(result: io::Result<()>, what: &str) {
    if let Err(error) = result {
        tracing::warn!("{what}: {error}");
    }
}

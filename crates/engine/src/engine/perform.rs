//! Carries out effects. What takes long runs on other threads and comes back as a message; failures come back too.

use super::{Engine, Front, Message};
use crate::locks::{self, Taken};
use crate::paths::Paths;
use crate::process::{self, Asker};
use crate::read::Piece;
use crate::{browser, clock, files, programs, read, redirect, settings, state};
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
use std::path::{Path, PathBuf};
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
                    Ok(Taken::Ours(held)) => drop(inbox.0.send(Message::Taken(ticket, held))),
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
            Do::ReadToken(name) => self.with_seen(reply, move || read_token(&paths, name)),
            Do::ReadLogin(name) => self.with_seen(reply, move || read_login(&paths, name)),
            Do::ReadRegistrations(names) => {
                spawn_blocking(move || reply(Reply::Registrations(read::registrations(&paths, &names))));
            }
            Do::Call(call) => {
                let aws = self.aws.clone();
                tokio::spawn(async move { reply(Reply::Answer(aws.call(call).await)) });
            }
            Do::WriteToken(name, text) => {
                let path = paths.sso_cache.join(name.as_str());
                self.write_token(path, text, Piece::Token(name), reply);
            }
            Do::WriteLogin(name, text) => {
                let path = paths.login_cache.join(name.as_str());
                self.write_token(path, text, Piece::Login(name), reply);
            }
            Do::RemoveLogin(name) => self.with_seen(reply, move || remove_login(&paths, name)),
            Do::WriteRegistration(name, text) => {
                spawn_blocking(move || {
                    warn(
                        files::write_whole(&paths.sso_cache.join(name.as_str()), text.expose()),
                        "the client registration cannot be kept",
                    );
                });
            }
            Do::ForgetRegistration(name) => {
                spawn_blocking(move || {
                    let removed = files::remove(&paths.sso_cache.join(name.as_str()));
                    warn(removed, "a client registration cannot be removed");
                });
            }
            Do::Remove { token, roles } => {
                let inbox = self.inbox.clone();
                spawn_blocking(move || {
                    let (removed, seen) = remove(&paths, token, roles);
                    inbox.send(Event::Seen(seen));
                    reply(Reply::Written(removed));
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
                        tracing::warn!("{sentence}");
                        reply(Reply::BrowserFailed(sentence));
                    }
                });
            }
            Do::OpenBrowser(..) => {}
            Do::Listen => self.listen(ticket),
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
        }
    }

    /// Does something to a file on another thread, tells what it holds then, and replies.
    fn with_seen(
        &self,
        reply: impl FnOnce(Reply) + Send + 'static,
        work: impl FnOnce() -> (Seen, Reply) + Send + 'static,
    ) {
        let inbox = self.inbox.clone();
        spawn_blocking(move || {
            let (seen, answer) = work();
            inbox.send(Event::Seen(vec![seen]));
            reply(answer);
        });
    }

    /// Writes a token's file whole, and reads it again.
    fn write_token(&self, path: PathBuf, text: Secret, piece: Piece, reply: impl FnOnce(Reply) + Send + 'static) {
        let paths = self.paths.clone();
        self.with_seen(reply, move || {
            let written = files::write_whole(&path, text.expose()).map_err(|error| reason(paths.show(&path), &error));
            if let Err(reason) = &written {
                tracing::warn!("a token cannot be written, and is kept: {reason}");
            }
            (read::settled(&paths, piece), Reply::Written(written))
        });
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
    fn in_background(&self, work: impl FnOnce() -> Result<(), String> + Send + 'static) {
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

/// Removes a token and these cached role credentials, and says what is there now. Blocks.
fn remove(paths: &Paths, token: CacheName, roles: Vec<CacheName>) -> (Result<(), String>, Vec<Seen>) {
    let path = paths.sso_cache.join(token.as_str());
    let removed = files::remove(&path).map_err(|error| reason(paths.show(&path), &error));
    for role in &roles {
        for folder in [&paths.cli_cache, &paths.boto_cache] {
            warn(files::remove(&folder.join(role.as_str())), "cached role credentials cannot be removed");
        }
    }
    let mut seen: Vec<_> = roles.into_iter().map(|role| read::settled(paths, Piece::Role(role))).collect();
    seen.push(read::settled(paths, Piece::Token(token)));
    (removed, seen)
}

/// A thread that panicked has left the set whole.
fn lock(running: &Mutex<BTreeSet<CacheName>>) -> MutexGuard<'_, BTreeSet<CacheName>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read_token(paths: &Paths, name: CacheName) -> (Seen, Reply) {
    let content = read::settled_token(paths, name.clone());
    (Seen::Token(name, content.clone()), Reply::Token(content))
}

fn read_login(paths: &Paths, name: CacheName) -> (Seen, Reply) {
    let content = read::settled_login(paths, name.clone());
    (Seen::Login(name, content.clone()), Reply::Login(content))
}

fn remove_login(paths: &Paths, name: CacheName) -> (Seen, Reply) {
    let path = paths.login_cache.join(name.as_str());
    let removed = files::remove(&path).map_err(|error| reason(paths.show(&path), &error));
    (read::settled(paths, Piece::Login(name)), Reply::Written(removed))
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

//! One silent refresh outside of the engine's loop: the core's own transaction, driven to its end.

use crate::aws::Aws;
use crate::locks::{self, Taken};
use crate::paths::Paths;
use crate::{clock, flow_files, settings, state};
use relight_core::config::{Endpoints, Session, SessionKind};
use relight_core::flow::{Do, Outcome, Refresh, Reply};
use relight_core::homes::Writing;
use relight_core::learned::{Fact, What};
use relight_core::time::until;
use std::collections::VecDeque;

pub(super) async fn refresh(paths: &Paths, aws: &Aws, session: &Session, endpoints: Endpoints) -> Outcome {
    let (mut refresh, first) = Refresh::begin(session, endpoints, true, true);
    let mut next = VecDeque::from(first);
    let mut held = Vec::new();
    let writing = Writing { everywhere: settings::writes_everywhere(paths), ..Writing::default() };
    loop {
        if let Some(outcome) = refresh.outcome() {
            if let Outcome::Refused { expires_at, .. } = outcome {
                let remembered = state::remember_refused(paths, &session.id.token_file(), *expires_at, clock::now());
                if let Err(error) = remembered {
                    tracing::warn!("the history cannot be written: {error}");
                }
            }
            let learned = What::of_refresh(outcome, clock::now()).filter(|_| session.id.kind() != SessionKind::Login);
            if let Some((what, at)) = learned
                && let Err(error) = state::learn(paths, &Fact::of(session, what, at))
            {
                tracing::warn!("the history cannot be written: {error}");
            }
            return outcome.clone();
        }
        let reply = match next.pop_front() {
            None => {
                let Some(at) = refresh.wake_at() else {
                    return Outcome::Failed { message: "The refresh stands still.".to_owned(), again: true };
                };
                clock::pause(until(clock::now(), at).unsigned_abs()).await;
                next.extend(refresh.tick(clock::now()));
                continue;
            }
            Some(Do::Lock(lock)) => match locks::try_take(paths, &lock) {
                Ok(Taken::Ours(lock)) => {
                    held.push(lock);
                    Reply::Locked
                }
                Ok(Taken::Theirs) => Reply::LockHeld,
                Err(error) => Reply::LockFailed(error.to_string()),
            },
            Some(Do::Call(call)) => Reply::Answer(aws.call(call).await),
            // A refresh has no other steps than these and those of files.
            Some(other) => match flow_files::carry_out(paths, &writing, other) {
                Some((_, Some(reply))) => reply,
                Some((_, None)) | None => continue,
            },
        };
        next.extend(refresh.on(reply, clock::now()));
    }
}

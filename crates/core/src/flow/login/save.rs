//! The end of a sign-in: the token is written, the browser that waits is answered.

use super::device::LONGEST_RETRY;
use super::{SignIn, Step};
use crate::cache::{Registration, Token, TokenClient};
use crate::config::SessionKind;
use crate::flow::refresh::lock_pause;
use crate::flow::renewable::Renewable;
use crate::flow::{Do, Lock, Outcome, TRIES_TO_WRITE, Told, pause};
use crate::secret::Secret;
use crate::text::shown;
use crate::time::{SignedDuration, Timestamp, after, whole_seconds};
use crate::view::By;
use crate::world::{Content, Dated};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// How often the lock of the token's file is tried, within a second: the browser waits for its answer.
const TRIES_TO_TAKE_FILE: u32 = 4;

impl SignIn {
    pub(super) fn save(
        &mut self,
        client: Registration,
        access_token: Secret,
        expires_in: i64,
        refresh_token: Option<Secret>,
        now: Timestamp,
    ) -> Vec<Do> {
        let legacy = self.session.id.kind() == SessionKind::Legacy;
        let token = Token {
            start_url: Some(self.session.start_url.clone()),
            region: Some(self.target.region.clone()),
            access_token,
            expires_at: whole_seconds(after(now, SignedDuration::from_secs(expires_in))),
            expires_zoned: true,
            expires_spelt_utc: false,
            client: Some(TokenClient {
                id: client.client_id,
                secret: client.client_secret,
                expires_at: client.expires_at,
            }),
            refresh_token: refresh_token.filter(|_| !legacy),
        };
        self.keep(Renewable::Token(token))
    }

    pub(super) fn keep(&mut self, token: Renewable) -> Vec<Do> {
        self.tries = 0;
        let mut next = self.take_file(token);
        // The browser is somebody else's turn, whatever the disk does.
        next.push(Do::Unlock(Lock::Browser));
        next.extend(self.publish());
        next
    }

    /// A refresh reads the file once more and then writes it: nothing is to be written in between.
    pub(super) fn take_file(&mut self, token: Renewable) -> Vec<Do> {
        self.step = Step::TakingFile(token, 0);
        vec![Do::Lock(self.file_lock())]
    }

    /// A refresh that waits for its answer has time: it leaves what it finds then.
    pub(super) fn file_is_taken(&mut self, token: Renewable, tries: u32, now: Timestamp) -> Vec<Do> {
        if tries >= TRIES_TO_TAKE_FILE {
            return self.write(token);
        }
        self.wake_at = Some(after(now, lock_pause(tries)));
        self.step = Step::TakingFile(token, tries);
        Vec::new()
    }

    pub(super) fn write(&mut self, token: Renewable) -> Vec<Do> {
        let write = token.write(self.token_file());
        self.step = Step::Saving(token);
        vec![write]
    }

    pub(super) fn file_lock(&self) -> Lock {
        Lock::Refresh(self.token_file())
    }

    pub(super) fn written(&mut self, written: Result<(), String>, token: &Renewable, now: Timestamp) -> Vec<Do> {
        let mut next = vec![Do::Unlock(self.file_lock())];
        let Err(reason) = written else {
            let began = self.began(token.expires_at());
            next.extend(self.finish(Outcome::SignedIn { expires_at: token.lives_until(), began }));
            return next;
        };
        // AWS gives this token out once: only where somebody waits for the end is it given up early.
        self.tries += 1;
        if token.expires_at() <= now || self.by == By::Terminal && self.tries >= TRIES_TO_WRITE {
            return self.fail(format!("Signed in, but the token could not be written: {reason}."), true);
        }
        self.wake_at = Some(after(now, pause(self.tries, LONGEST_RETRY)));
        next
    }

    pub(super) fn fail(&mut self, message: String, again: bool) -> Vec<Do> {
        self.finish(Outcome::Failed { message, again })
    }

    /// Answers the browser that waits, if one does, and then ends.
    pub(super) fn finish(&mut self, outcome: Outcome) -> Vec<Do> {
        self.wake_at = None;
        if core::mem::take(&mut self.is_awaited) {
            let told = self.told(&outcome);
            self.step = Step::Telling(outcome);
            return vec![Do::TellBrowser(told)];
        }
        self.outcome = Some(outcome);
        Vec::new()
    }

    fn told(&self, outcome: &Outcome) -> Told {
        let name = shown(self.session.id.name());
        let bad = |sentence| Told { good: false, sentence };
        match outcome {
            Outcome::SignedIn { .. } => Told { good: true, sentence: format!("You are signed in to {name}.") },
            Outcome::Denied => bad(format!("You are not signed in to {name}: it was denied.")),
            Outcome::Failed { message, .. } => bad(format!("You are not signed in to {name}. {message}")),
            _ => bad(format!("You are not signed in to {name}.")),
        }
    }
}

/// What another sign-in would have changed.
pub(super) fn mark(file: &Content<Dated<Renewable>>) -> Option<&Secret> {
    token(file).map(Renewable::mark)
}

pub(super) fn expires_at(file: &Content<Dated<Renewable>>) -> Option<Timestamp> {
    token(file).map(Renewable::lives_until)
}

fn token(file: &Content<Dated<Renewable>>) -> Option<&Renewable> {
    match file {
        Content::Read(Dated { token: Ok(token), .. }) => Some(token),
        Content::Read(Dated { token: Err(_), .. }) | Content::Missing | Content::Unreadable { .. } => None,
    }
}

//! Renewing: the old session is ended at the portal first, or signing in would join it and not move its end.

use super::{SignIn, Step};
use crate::config::SessionKind;
use crate::flow::call::{Answer, CallError, ErrorKind, Operation};
use crate::flow::renewable::Renewable;
use crate::flow::{Began, Do};
use crate::time::Timestamp;
use crate::world::{Content, Dated};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

impl SignIn {
    pub(super) fn read_old(&mut self) -> Vec<Do> {
        self.step = Step::ReadingOld;
        let mut next = self.publish();
        next.push(self.read());
        next
    }

    pub(super) fn end_old(&mut self, old: Content<Dated<Renewable>>, now: Timestamp) -> Vec<Do> {
        match old {
            Content::Read(Dated { token: Ok(Renewable::Token(token)), .. }) if token.expires_at > now => {
                self.step = Step::EndingOld;
                vec![self.call(Operation::Logout { access_token: token.access_token })]
            }
            _ => self.begin_not_anew("there was no live token here to end the old session with".into()),
        }
    }

    pub(super) fn ended_old(&mut self, answer: &Result<Answer, CallError>, now: Timestamp) -> Vec<Do> {
        match answer {
            Ok(_) => {
                // What its token says is no longer true. Role credentials live on, and so do their caches.
                (self.began, self.step) = (Began::Anew(now), Step::RemovingOld);
                vec![Do::Remove { token: self.token_file(), roles: Vec::new() }]
            }
            Err(error) if error.kind == ErrorKind::Unauthorized => {
                self.begin_not_anew("AWS did not know the old token any more".into())
            }
            Err(error) => self.begin_not_anew(format!("the old one could not be ended: {}", error.sentence())),
        }
    }

    fn begin_not_anew(&mut self, reason: String) -> Vec<Do> {
        self.began = Began::NotAnew(reason);
        self.find_registration()
    }

    /// What is known of the session's start, now that its token ends at `expires_at`: a legacy token ends with its
    /// session, so that one shows whether the end moved.
    pub(super) fn began(&self, expires_at: Timestamp) -> Began {
        let Content::Read(Dated { token: Ok(old), .. }) = &self.before else { return self.began.clone() };
        let legacy = self.session.id.kind() == SessionKind::Legacy;
        if self.renew && legacy && expires_at <= old.expires_at() {
            return Began::NotAnew("the new token ends no later than the old one".into());
        }
        self.began.clone()
    }
}

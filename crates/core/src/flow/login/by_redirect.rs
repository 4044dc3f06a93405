//! The redirect's steps: send the browser away, wait for it, redeem what it brings (aws-sessions.md 3.4).

use super::aws_login::Given;
use super::redirect::{Asker, Away, LONGEST_WAIT, Listening, NoCode};
use super::wish::Way;
use super::{SignIn, Step, is_not_to_be_had};
use crate::cache::Tool;
use crate::flow::call::{Answer, CallError, ErrorKind, Operation};
use crate::flow::{Do, LONGEST_PAUSE, Outcome, Told};
use crate::secret::Secret;
use crate::time::{Timestamp, after};
use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

impl SignIn {
    pub(super) fn send_away(&mut self, asker: Asker, listening: Listening, now: Timestamp) -> Vec<Do> {
        let endpoint = match self.target.endpoint(asker.api()) {
            Ok(endpoint) => endpoint.url,
            Err(error) => return self.fail(error.sentence(), false),
        };
        self.open(Away::new(asker, listening, &endpoint, self.session.scopes.as_deref(), now), now)
    }

    pub(super) fn open(&mut self, away: Away, now: Timestamp) -> Vec<Do> {
        let page = away.page.clone();
        (self.tries, self.wake_at) = (0, Some(next_look(&away, now)));
        self.step = Step::Away(away);
        let mut next = self.publish();
        next.push(Do::OpenBrowser(self.session().clone(), page));
        next
    }

    pub(super) fn wait_on(&mut self, mut away: Away, now: Timestamp) -> Vec<Do> {
        if now < away.until {
            // The clock may have been set back meanwhile.
            away.until = away.until.min(after(now, LONGEST_WAIT));
            self.wake_at = Some(next_look(&away, now));
            self.step = Step::Away(away);
            return Vec::new();
        }
        let mut next = self.forget_client();
        next.extend(self.finish(Outcome::TimedOut(None)));
        next
    }

    pub(super) fn came_back(&mut self, back: Result<Secret, NoCode>, away: Away) -> Vec<Do> {
        (self.is_awaited, self.wake_at) = (away.state.is_none(), None);
        match back {
            Ok(code) => {
                let redeem = away.redeem(&code);
                self.step = Step::Redeeming(away, redeem.clone());
                let mut next = self.publish();
                next.push(self.call(redeem));
                next
            }
            Err(no_code) if no_code.is_denied() => self.finish(Outcome::Denied),
            Err(no_code) => self.use_code_because(&format!("AWS's page answered: {}.", no_code.said())),
        }
    }

    pub(super) fn redeemed(
        &mut self,
        answer: Result<Answer, CallError>,
        away: Away,
        redeem: Operation,
        now: Timestamp,
    ) -> Vec<Do> {
        match answer {
            Ok(Answer::Token { access_token, expires_in, refresh_token }) => match away.asker {
                Asker::Registered(client) => self.save(client, access_token, expires_in, refresh_token, now),
                Asker::SameDevice | Asker::CrossDevice => Vec::new(),
            },
            Ok(answer @ Answer::Keys { .. }) => self.given(Given::of(answer), &away, now),
            Ok(_) => Vec::new(),
            Err(error) if is_not_to_be_had(error.kind) => self.use_code_because(&error.sentence()),
            // Also where an answer was lost, and the code was used up by it.
            Err(error) if matches!(error.kind, ErrorKind::InvalidGrant | ErrorKind::ExpiredToken) => {
                self.fail(format!("{} Sign in once more.", error.sentence()), true)
            }
            Err(error) => {
                self.step = Step::Redeeming(away, redeem);
                self.try_again(&error, now)
            }
        }
    }

    /// The person sees that the browser cannot come back, and signs in with a code instead.
    pub fn use_code(&mut self) -> Vec<Do> {
        let is_here = matches!(&self.step, Step::Away(away) if away.state.is_none());
        if !is_here || self.is_aws_login() && !self.can_carry() {
            return Vec::new();
        }
        let mut next = self.forget_client();
        next.extend(self.go_on_with_code());
        next
    }

    pub(super) fn use_code_because(&mut self, reason: &str) -> Vec<Do> {
        if self.is_aws_login() && (self.way == Way::Device || !self.can_carry()) {
            return self.fail(reason.into(), true);
        }
        let note = format!("{reason} So you sign in with a code instead.");
        let mut next = Vec::new();
        if core::mem::take(&mut self.is_awaited) {
            let sentence = format!("{note} Relight opens another page for it.");
            next.push(Do::TellBrowser(Told { good: false, sentence }));
        }
        self.note = Some(note);
        next.extend(self.go_on_with_code());
        next
    }

    fn go_on_with_code(&mut self) -> Vec<Do> {
        (self.way, self.fresh_client, self.wake_at) = (Way::Device, false, None);
        if self.is_aws_login() {
            return self.begin_aws_login();
        }
        self.find_registration()
    }

    /// Where AWS has forgotten the client, its page never comes back: the next sign-in registers anew.
    fn forget_client(&self) -> Vec<Do> {
        if self.fresh_client || self.is_aws_login() {
            Vec::new()
        } else {
            vec![Do::ForgetRegistration(self.registration_file(Tool::RelightPkce))]
        }
    }
}

/// No pause is longer than others are.
fn next_look(away: &Away, now: Timestamp) -> Timestamp {
    after(now, LONGEST_PAUSE).min(away.until)
}

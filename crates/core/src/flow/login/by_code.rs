//! The device flow's steps: start, show the page, poll (aws-sessions.md 3.3, RFC 8628).

use super::device::{Device, Polled};
use super::{SignIn, Step, needs_new_client};
use crate::cache::Registration;
use crate::flow::call::{Answer, CallError, Client, Operation};
use crate::flow::{Do, Outcome};
use crate::time::Timestamp;
use alloc::vec;
use alloc::vec::Vec;

impl SignIn {
    pub(super) fn start_device(&mut self, client: Registration) -> Vec<Do> {
        let operation =
            Operation::StartDeviceAuthorization { client: client.client(), start_url: self.session.start_url.clone() };
        self.step = Step::Starting(client);
        vec![self.call(operation)]
    }

    pub(super) fn started(
        &mut self,
        answer: Result<Answer, CallError>,
        client: Registration,
        now: Timestamp,
    ) -> Vec<Do> {
        match answer {
            Ok(Answer::Started {
                device_code,
                user_code,
                verification_uri,
                verification_uri_complete,
                expires_in,
                interval,
            }) => {
                let pages = (verification_uri, verification_uri_complete);
                let device = Device::new(client, device_code, &user_code, pages, expires_in, interval, now);
                (self.tries, self.wake_at) = (0, Some(device.next_poll(device.interval, now)));
                let page = device.verification_uri_complete.clone();
                self.step = Step::Waiting(device);
                let mut next = self.publish();
                next.push(Do::OpenBrowser(self.session().clone(), page));
                next
            }
            Ok(_) => Vec::new(),
            Err(error) if needs_new_client(error.kind) && !self.fresh_client => self.register(),
            Err(error) => self.try_again(&error, now),
        }
    }

    pub(super) fn poll(&mut self, device: Device, now: Timestamp) -> Vec<Do> {
        if let Some(ended) = device.ended(now) {
            return self.not_yet(ended, device, now);
        }
        let poll = device.poll();
        self.step = Step::Polling(device);
        vec![self.call(poll)]
    }

    pub(super) fn polled(&mut self, answer: Result<Answer, CallError>, mut device: Device, now: Timestamp) -> Vec<Do> {
        match answer {
            Ok(Answer::Token { access_token, expires_in, refresh_token }) => {
                self.save(device.client, access_token, expires_in, refresh_token, now)
            }
            Ok(_) => Vec::new(),
            Err(error) => self.not_yet(device.failed(&error), device, now),
        }
    }

    fn not_yet(&mut self, polled: Polled, device: Device, now: Timestamp) -> Vec<Do> {
        match polled {
            Polled::Again(wait) => {
                self.wake_at = Some(device.next_poll(wait, now));
                self.step = Step::Waiting(device);
                Vec::new()
            }
            Polled::TimedOut(trouble) => self.finish(Outcome::TimedOut(trouble)),
            Polled::Denied => self.finish(Outcome::Denied),
            Polled::UnknownClient if self.fresh_client => {
                self.fail("AWS does not know the client that it registered a moment ago.".into(), true)
            }
            Polled::UnknownClient => self.register(),
            Polled::Failed(message) => self.fail(message, false),
        }
    }
}

impl Registration {
    pub(super) fn client(&self) -> Client {
        Client { id: self.client_id.clone(), secret: self.client_secret.clone() }
    }
}

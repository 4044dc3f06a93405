//! The client that signs in: a registration that is there, or a new one (aws-sessions.md 2.3, 3.1).

use super::redirect::{REDIRECT_GRANTS, REGISTERED_REDIRECT};
use super::wish::Way;
use super::{SignIn, Step, is_not_to_be_had};
use crate::cache::{CacheName, Registration, Tool, registration_key};
use crate::config::Session;
use crate::flow::Do;
use crate::flow::call::{Answer, CallError, Operation, Redirect};
use crate::time::Timestamp;
use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

impl SignIn {
    pub(super) fn find_registration(&mut self) -> Vec<Do> {
        (self.step, self.tries) = (Step::FindingRegistration, 0);
        let tools: &[Tool] = match self.way {
            Way::Device => &[Tool::Relight, Tool::Botocore],
            Way::Redirect => &[Tool::RelightPkce],
        };
        let files = tools.iter().map(|tool| self.registration_file(*tool)).collect();
        let mut next = self.publish();
        next.push(Do::ReadRegistrations(files));
        next
    }

    pub(super) fn usable(&self, found: Vec<Registration>, now: Timestamp) -> Option<Registration> {
        found.into_iter().find(|one| match self.way {
            Way::Device => one.serves_device_flow(now),
            Way::Redirect => one.serves_redirect(now),
        })
    }

    pub(super) fn register(&mut self) -> Vec<Do> {
        (self.step, self.tries) = (Step::Registering, 0);
        vec![self.call(self.registration())]
    }

    pub(super) fn registration(&self) -> Operation {
        let redirect = (self.way == Way::Redirect).then(|| Redirect {
            grants: REDIRECT_GRANTS.map(ToOwned::to_owned).to_vec(),
            uri: REGISTERED_REDIRECT.to_owned(),
            issuer: self.portal.clone(),
        });
        Operation::RegisterClient { scopes: self.session.scopes.clone(), redirect }
    }

    pub(super) fn registered(&mut self, answer: Result<Answer, CallError>, now: Timestamp) -> Vec<Do> {
        let (client, expires_at) = match answer {
            Ok(Answer::Registered { client, expires_at }) => (client, expires_at),
            Ok(_) => return Vec::new(),
            Err(error) if self.way == Way::Redirect && is_not_to_be_had(error.kind) => {
                return self.use_code_because(&error.sentence());
            }
            Err(error) => return self.try_again(&error, now),
        };
        let for_redirect = self.way == Way::Redirect;
        let client = Registration {
            client_id: client.id,
            client_secret: client.secret,
            expires_at,
            scopes: self.session.scopes.clone(),
            grant_types: for_redirect.then(|| REDIRECT_GRANTS.map(ToOwned::to_owned).to_vec()),
        };
        (self.fresh_client, self.tries) = (true, 0);
        let tool = if for_redirect { Tool::RelightPkce } else { Tool::Relight };
        let mut next = vec![Do::WriteRegistration(self.registration_file(tool), client.write())];
        next.extend(self.start(client));
        next
    }

    pub(super) fn registration_file(&self, tool: Tool) -> CacheName {
        let Session { start_url, scopes, .. } = &self.session;
        registration_key(tool, &self.target.region, start_url, self.session.registration_name(), scopes.as_deref())
    }
}

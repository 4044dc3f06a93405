//! A company's own start URL: AWS must be named the portal that it leads to, while the caches keep the configured one
//! (aws-sessions.md 3.5).

use super::{SignIn, Step};
use crate::flow::Do;
use crate::flow::call::{Answer, CallError, Operation};
use crate::start_url::needs_resolving;
use crate::text::shown;
use crate::time::Timestamp;
use alloc::format;
use alloc::vec::Vec;

impl SignIn {
    /// The portal is known, or asked for first.
    pub(super) fn find_portal(&mut self) -> Vec<Do> {
        if !needs_resolving(&self.portal) {
            return self.begin_with_portal();
        }
        self.step = Step::Resolving;
        let mut next = self.publish();
        next.push(self.ask_for_portal());
        next
    }

    pub(super) fn ask_for_portal(&self) -> Do {
        self.call(Operation::ResolveStartUrl { start_url: self.session.start_url.clone() })
    }

    pub(super) fn found_portal(&mut self, answer: Result<Answer, CallError>, now: Timestamp) -> Vec<Do> {
        let portal = match answer {
            Ok(Answer::StartUrl(portal)) => portal,
            Ok(_) => return Vec::new(),
            Err(error) => return self.try_again(&error, now),
        };
        self.target = self.target.led_to(&portal);
        if self.target.region != self.session.region {
            self.note = Some(format!(
                "{} leads to a portal in {}, but sso_region says {}: correct it, or other AWS clients ask the wrong region.",
                shown(&self.session.start_url),
                shown(&self.target.region),
                shown(&self.session.region)
            ));
        }
        self.portal = portal.url;
        self.begin_with_portal()
    }
}

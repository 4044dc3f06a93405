//! What others see of a sign-in, in this process and in others.

use super::wish::Way;
use super::{SignIn, Step};
use crate::time::write_date;
use crate::view::{Flow, Login, LoginState};
use alloc::borrow::ToOwned;

impl SignIn {
    /// What others may see of it; none while another process has the sign-in.
    pub fn shown(&self) -> Option<Login> {
        let mut shown = Login {
            flow: match self.way {
                Way::Redirect => Flow::Pkce,
                Way::Device => Flow::Device,
            },
            user_code: None,
            verification_uri: None,
            verification_uri_complete: self.page().map(ToOwned::to_owned),
            since: write_date(self.since),
            state: LoginState::Starting,
            by: self.by,
            note: self.note.clone(),
            browser_error: self.browser_error.clone(),
        };
        match &self.step {
            Step::Locking | Step::LookingAgain | Step::Elsewhere | Step::ReadingAfterElsewhere | Step::TakingTurn => {
                return None;
            }
            Step::WaitingForTurn => shown.state = LoginState::WaitingForTurn,
            Step::Waiting(device) | Step::Polling(device) => {
                shown.state = LoginState::WaitingForApproval;
                shown.user_code = Some(device.user_code.clone());
                shown.verification_uri = Some(device.verification_uri.clone());
            }
            Step::Away(_) => shown.state = LoginState::WaitingForApproval,
            Step::Redeeming(..) | Step::TakingFile(..) | Step::Saving(_) | Step::Telling(_) => {
                shown.state = LoginState::Saving;
            }
            _ => {}
        }
        Some(shown)
    }
}

//! What a call for credentials that failed means to a person (aws-sessions.md 4, 5.3).

use super::{Failure, Source};
use crate::flow::{CallError, ErrorKind};
use crate::text::shown;
use alloc::format;
use alloc::string::String;

/// A call to the portal or to sts that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallFailure {
    /// What became of it.
    pub error: CallError,
    /// AWS's own code, such as `AccessDenied`.
    pub code: Option<String>,
}

impl CallFailure {
    /// Whether the portal does not know the token any more: a refresh may help, a sign-in does.
    pub(super) fn is_unauthorized(&self) -> bool {
        self.error.kind == ErrorKind::Unauthorized
    }

    /// The failure of this step.
    pub(super) fn of(&self, step: &Source) -> Failure {
        match step {
            Source::Portal { session, account_id, role_name, .. } if self.is("ForbiddenException") => {
                Failure::World(format!(
                    "You are signed in to {}, but not assigned the role {} in the account {}, or the profile spells them wrongly. Signing in again does not help: ask the administrator of {}.",
                    shown(session.id.name()),
                    shown(role_name),
                    shown(account_id),
                    shown(&session.start_url)
                ))
            }
            Source::Assume { profile, request, .. } | Source::WebIdentity { profile, request, .. } => {
                self.of_role(profile, &request.role_arn, request.serial_number.is_some())
            }
            _ => Failure::World(self.error.sentence()),
        }
    }

    fn of_role(&self, profile: &str, role_arn: &str, with_mfa: bool) -> Failure {
        if self.error.passes() {
            return Failure::World(self.error.sentence());
        }
        let (said, code) = (&self.error.said, self.code.as_deref().unwrap_or_default());
        let cure = match code {
            "AccessDenied" if self.is_of_typed_code() => "Each code works once: wait for the next one.",
            "AccessDenied" if with_mfa => "Its trust policy must allow who you are, with MFA.",
            "AccessDenied" => {
                "Its trust policy must allow who you are; if it wants MFA, the profile needs mfa_serial. A sign-in does not help."
            }
            "ExpiredToken" | "ExpiredTokenException" => "The credentials that it starts from have ended: renew them.",
            "InvalidClientTokenId" | "UnrecognizedClientException" => {
                "The key that it starts from is unknown: deleted, of another partition, or a temporary one without its session token; or the region is not enabled."
            }
            "SignatureDoesNotMatch" if said.contains("Signature expired") || said.contains("not yet current") => {
                "This machine's clock is wrong: set it."
            }
            "SignatureDoesNotMatch" => "The secret of the key that it starts from is wrong: enter it again.",
            "RegionDisabledException" => "Use a region that the account has enabled.",
            "InvalidIdentityToken" | "IDPCommunicationError" => {
                "The web identity token is not accepted: let its program make a new one."
            }
            "ValidationError" if self.is_of_typed_code() => "An MFA code has six digits: type it again.",
            "ValidationError" if said.contains("DurationSeconds") => "Lower duration_seconds in the profile.",
            _ => "",
        };
        let is_over = matches!(code, "ExpiredToken" | "ExpiredTokenException");
        let code = if code.is_empty() { String::new() } else { format!(" ({})", shown(code)) };
        let cure = if cure.is_empty() { String::new() } else { format!(" {cure}") };
        let sentence = format!("The role {} of '{}' was refused: {said}{code}.{cure}", shown(role_arn), shown(profile));
        if is_over || with_mfa && self.is_of_typed_code() {
            Failure::Person(sentence)
        } else {
            Failure::World(sentence)
        }
    }

    /// Whether it is the MFA code that is wrong.
    fn is_of_typed_code(&self) -> bool {
        let said = &self.error.said;
        self.is("AccessDenied") && said.contains("MultiFactorAuthentication")
            || self.is("ValidationError") && said.to_lowercase().contains("tokencode")
    }

    fn is(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }
}

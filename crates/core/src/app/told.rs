//! What a person is told of a flow that is over.

use super::Effect;
use crate::flow::{Began, Outcome};
use crate::text;
use alloc::string::String;

/// That a sign-in came to nothing.
pub(super) fn in_words(session: &str, sentence: &str) -> Effect {
    Effect::Trouble(alloc::format!("Not signed in to {session}. {sentence}"))
}

/// What to tell a person who asked for a full session, and may not have got one.
pub(super) fn doubt(session: &str, outcome: &Outcome) -> Option<Effect> {
    let Outcome::SignedIn { began: began @ Began::NotAnew(_), .. } = outcome else { return None };
    Some(Effect::Trouble(alloc::format!("Signed in to {session}.{}", text::began(began))))
}

/// What to tell a person who signed out, when AWS or this machine did not follow.
pub(super) fn sign_out_trouble(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Failed { message, .. } => Some(message.clone()),
        Outcome::SignedOut { warning } => warning.clone(),
        _ => None,
    }
}

/// What to tell a person who waits for a sign-in, when it came to nothing without their doing.
pub(super) fn failure(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Denied => Some("The sign-in was denied at AWS's page.".into()),
        Outcome::TimedOut(None) => Some("Nobody approved the sign-in in time.".into()),
        Outcome::TimedOut(Some(trouble)) => Some(alloc::format!("The sign-in was not approved in time. {trouble}")),
        Outcome::Failed { message, .. } => Some(message.clone()),
        Outcome::SignedIn { .. }
        | Outcome::SignedInElsewhere
        | Outcome::EndedElsewhere
        | Outcome::Cancelled
        | Outcome::Refreshed { .. }
        | Outcome::NothingToDo
        | Outcome::Offline { .. }
        | Outcome::Refused { .. }
        | Outcome::SignedOut { .. }
        | Outcome::Listed(_)
        | Outcome::NotSignedIn => None,
    }
}

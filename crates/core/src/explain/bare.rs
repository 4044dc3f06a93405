//! Errors that say so little that they count only where they are the whole text: a person asks about them alone.

use super::Recognised;
use super::cause::Cause;
use super::found::Named;
use super::masked::masked;
use super::phrase::Client;
use alloc::string::String;
use alloc::vec::Vec;

/// More is no bare error.
const MOST: usize = 400;

/// What such a text means; [`Cause::Unknown`] for all others.
pub(super) fn recognise(text: &str) -> Recognised {
    let words: String = text.chars().take(MOST + 1).filter(|letter| !letter.is_whitespace()).collect();
    let cause = if words.len() > MOST { None } else { cause(&words) };
    Recognised {
        cause: cause.unwrap_or(Cause::Unknown),
        matched: cause.map(|_| masked(text.trim())),
        client: cause.map(|_| Client::Boto3),
        also: Vec::new(),
        named: Named::default(),
    }
}

fn cause(words: &str) -> Option<Cause> {
    // The prompt for an MFA code without a terminal. `input()` says more.
    if words == "EOFError:" {
        return Some(Cause::MfaRequired);
    }
    if words.strip_prefix("KeyError:").unwrap_or(words).strip_prefix('\'').is_some_and(is_token_file) {
        return Some(Cause::SsoTokenUnreadable);
    }
    missing_program(words).map(|_| Cause::CredentialProcessFailed)
}

/// A token file is called by the SHA-1 of what it is of.
fn is_token_file(quoted: &str) -> bool {
    let name = quoted.strip_suffix('\'').unwrap_or_default();
    name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// The file that Python cannot find, which may be the program of a `credential_process`: this machine's files tell.
pub(super) fn missing_program(text: &str) -> Option<String> {
    let words: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let rest = words.strip_prefix("FileNotFoundError:").unwrap_or(&words);
    let path = rest.strip_prefix("[Errno2]Nosuchfileordirectory:'")?.strip_suffix('\'')?;
    (!path.is_empty() && !path.contains('\'')).then(|| path.into())
}

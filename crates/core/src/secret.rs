//! Text that must never be shown.

use alloc::string::String;
use core::fmt;
use zeroize::Zeroizing;

/// A token, key or client secret: masked when printed, wiped when dropped, and not serialisable, so that it cannot
/// reach a view, a log or a message by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for the call or the file that it belongs in.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// An access key id as it may be shown: its first four and last four characters.
pub fn masked_key_id(id: &str) -> String {
    let id = id.trim();
    let count = id.chars().count();
    if count < 12 {
        return String::from("…");
    }
    let head: String = id.chars().take(4).collect();
    let tail: String = id.chars().skip(count - 4).collect();
    alloc::format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_when_printed() {
        assert_eq!(alloc::format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }

    #[test]
    fn a_key_id_shows_its_ends_alone() {
        assert_eq!(masked_key_id("AKIAIOSFODNN7EXAMPLE"), "AKIA…MPLE");
        assert_eq!(masked_key_id("short"), "…");
    }
}

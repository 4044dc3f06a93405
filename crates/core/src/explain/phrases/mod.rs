//! What clients say and why, by who says it (aws-sessions.md 5.3, 5.4). Recognition and docs/errors.md are made from here.

mod botocore;
mod cli;
mod cloud;
mod codes;
mod containers;
mod go;
mod java;
mod js;
mod network;
mod others;
mod rust;
mod terraform;
mod tokens;

use super::phrase::Phrase;

/// All tables, one after another.
const ALL: [&[Phrase]; 14] = [
    botocore::SESSIONS,
    botocore::FILES,
    cli::PHRASES,
    js::PHRASES,
    go::PHRASES,
    rust::PHRASES,
    java::PHRASES,
    others::PHRASES,
    terraform::PHRASES,
    containers::PHRASES,
    cloud::PHRASES,
    tokens::PHRASES,
    network::PHRASES,
    codes::CODES,
];

/// All phrases, in a lasting order.
pub(super) fn all() -> impl Iterator<Item = &'static Phrase> {
    ALL.into_iter().flatten()
}

/// The phrase of a number in [`all`].
pub(super) fn get(index: usize) -> Option<&'static Phrase> {
    all().nth(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::clean::clean;
    use crate::explain::pattern::Pattern;
    use alloc::collections::BTreeSet;

    #[test]
    fn every_phrase_can_be_found() {
        let texts: BTreeSet<_> = all().map(|phrase| phrase.text).collect();
        assert_eq!(texts.len(), all().count(), "a phrase stands twice");
        for phrase in all() {
            let anchor = Pattern::of(phrase.text).anchor.squeezed;
            assert_eq!(clean(phrase.text.as_bytes()), phrase.text, "a text never has that");
            assert!(phrase.text.is_ascii() && !anchor.is_empty(), "{}", phrase.text);
            let is_long = anchor.len() >= 10 || !phrase.near.is_empty();
            assert!(is_long, "'{}' is too short to stand alone", phrase.text);
        }
    }
}

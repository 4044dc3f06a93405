//! Phrases of which only a part is left: a screen, a log or an ellipsis cut the text off.

use super::innermost::slice;
use super::pattern::Pattern;
use super::phrase::{Phrase, SIGNS, Weight};
use super::phrases;
use super::search::Hit;
use super::squeezed;
use alloc::vec::Vec;

/// Fewer letters of a phrase's beginning say nothing,
const BEGUN: usize = 18;
/// nor fewer of its end,
const ENDED: usize = 20;
/// nor fewer from its middle.
const WITHIN: usize = 24;

/// So many pieces between ellipses are looked at, the text's last ones: it may be nothing but dots.
const LAST: usize = 6;

/// So near a part there must be a sign of AWS, in bytes.
const NEARBY: usize = 500;

/// Signs that may stand in the very part that is left.
const OWN_SIGNS: [&str; 4] = ["SSO session", "SSO token", "credentials", "security token"];

/// What the pieces of `text` say that begin or end in the middle of something.
pub(super) fn parts(text: &str, patterns: &[Pattern]) -> Vec<Hit> {
    pieces(text).into_iter().flat_map(|(start, end)| part(text, start, end, patterns)).collect()
}

/// From where to where: what stands between ellipses, the text's two ends among them.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut ends: Vec<_> = text.rmatch_indices("...").map(|(at, _)| at).take(LAST).collect();
    ends.reverse();
    let starts = ends.iter().map(|at| at + 3);
    let first = if ends.len() < LAST { Some(0) } else { None };
    let starts: Vec<_> = first.into_iter().chain(starts).collect();
    let ends = ends.iter().skip(usize::from(first.is_none())).copied().chain([text.len()]);
    let trimmed = |(start, end): (usize, usize)| {
        let piece = text.get(start..end)?;
        let from = start + piece.len() - piece.trim_start().len();
        (!piece.trim().is_empty()).then(|| (from, from + piece.trim().len()))
    };
    starts.into_iter().zip(ends).filter_map(trimmed).collect()
}

/// The phrase whose part stands at an end of the piece, where only one cause has it; of two causes both, the likelier one
/// last.
fn part(text: &str, start: usize, end: usize, patterns: &[Pattern]) -> Vec<Hit> {
    let Some(piece) = text.get(start..end) else { return Vec::new() };
    let (head, tail) = (squeezed::head(piece), squeezed::tail(piece));
    let parts = patterns.iter().enumerate().filter_map(|(index, pattern)| {
        let phrase = phrases::get(index).filter(|phrase| phrase.weight > Weight::Code && phrase.near.is_empty())?;
        let letters = &pattern.anchor.squeezed;
        if head.len() < letters.len() && head.len() >= WITHIN && letters.windows(head.len()).any(|part| part == head) {
            return Some((head.len(), Left::Middle, index, phrase));
        }
        let begun = squeezed::begun(&tail, letters);
        if begun >= BEGUN {
            return Some((begun, Left::Beginning, index, phrase));
        }
        let ended = if pattern.after.is_empty() { squeezed::ended(&head, letters) } else { 0 };
        (ended >= ENDED).then_some((ended, Left::End, index, phrase))
    });
    let parts: Vec<(usize, Left, usize, &Phrase)> = parts.collect();
    let Some(longest) = parts.iter().map(|(length, ..)| *length).max() else { return Vec::new() };
    let mut hits: Vec<(Hit, &Phrase, Left)> = Vec::new();
    for (length, left, index, phrase) in parts.into_iter().filter(|(length, ..)| *length == longest) {
        let (from, to) = match left {
            Left::Beginning => (squeezed::back(text, end, length), Some(end)),
            Left::End => (Some(start), squeezed::forth(text, start, length)),
            Left::Middle => (Some(start), Some(end)),
        };
        let (Some(from), Some(to)) = (from, to) else { continue };
        if hits.iter().all(|(_, other, _)| other.cause != phrase.cause) {
            hits.push((Hit { phrase: index, start: from, end: to, captures: Vec::new() }, phrase, left));
        }
    }
    let is_plain = hits.len() == 1 && hits.iter().all(|(.., left)| *left == Left::Beginning);
    hits.retain(|(hit, ..)| is_plain || is_of_aws(text, hit));
    if hits.len() > 2 {
        return Vec::new();
    }
    hits.reverse();
    hits.into_iter().map(|(hit, ..)| hit).collect()
}

/// What is left of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Beginning,
    End,
    Middle,
}

fn is_of_aws(text: &str, hit: &Hit) -> bool {
    let nearby = slice(text, hit.start.saturating_sub(NEARBY), hit.end + NEARBY);
    let part = slice(text, hit.start, hit.end);
    SIGNS.iter().any(|sign| squeezed::contains(nearby, sign))
        || OWN_SIGNS.iter().any(|sign| squeezed::contains(part, sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::search::search;
    use alloc::format;
    use alloc::string::String;

    #[test]
    fn a_text_is_taken_apart_at_its_ellipses_and_not_endlessly() {
        let words = |text: &str| -> Vec<String> {
            pieces(text).into_iter().filter_map(|(start, end)| text.get(start..end)).map(String::from).collect()
        };
        assert_eq!(words(" one ...two\n"), ["one", "two"]);
        assert_eq!(words("...one..."), ["one"]);
        assert_eq!(words(&format!("one{}", "...two".repeat(9))), ["two"; LAST]);
        assert!(words(&"...".repeat(1_000)).is_empty());
    }

    #[test]
    fn a_part_counts_where_it_is_long_and_of_aws() {
        let finds = |text: &str| !search(text).is_empty();
        assert!(finds("...zation token has expired and the SSO session associated with this prof..."));
        assert!(finds("...he SSO session associated with this prof..."), "a part with its own sign");
        assert!(!finds("...associated with this prof..."), "too short");
        assert!(finds("aws: ...rofile formed an infinite loop"));
        assert!(!finds("...rofile formed an infinite loop"), "nobody speaks of AWS");
    }
}

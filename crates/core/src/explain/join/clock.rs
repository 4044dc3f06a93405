//! The clock: by how much it is off, as AWS's own answer tells.

use super::super::answer::Evidence;
use super::Case;
use crate::text::span;
use crate::time::{SignedDuration, Timestamp, until};
use alloc::format;
use alloc::vec::Vec;

pub(super) fn look(case: &mut Case<'_>) {
    let of_words = times(case.said.matched.as_deref().unwrap_or_default());
    let Some((ours, theirs)) = of_words.or(case.said.named.times) else { return };
    let off = until(ours, theirs);
    let word = if off.is_negative() { "ahead of" } else { "behind" };
    case.shows(Evidence::new(format!("the request's time was {} {word} AWS's: {ours} against {theirs}", span(off))));
    // The text is fresh where its time of the request is about now.
    let age = until(ours, case.now).abs();
    if age > SignedDuration::from_mins(30) {
        let agrees = until(theirs, case.now).abs() < SignedDuration::from_mins(5);
        let how =
            if agrees { "agrees with AWS's time in the text" } else { "was another one then, or the text is old" };
        case.shows(Evidence::new(format!(
            "this machine's clock {how}: it is {} now",
            crate::time::write_date(case.now)
        )));
    }
}

/// The request's time and AWS's: `Signature expired: A is now earlier than B (C - 15 min.)`, C being AWS's.
fn times(text: &str) -> Option<(Timestamp, Timestamp)> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == 'T' || letter == 'Z';
    let words = text.split(|letter| !is_part(letter)).filter(|word| word.len() == 16);
    let found: Vec<Timestamp> = words.filter_map(basic).collect();
    let [ours, .., theirs] = found.as_slice() else { return None };
    Some((*ours, *theirs))
}

/// `20261122T010000Z`
fn basic(word: &str) -> Option<Timestamp> {
    word.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_has_both_times() {
        let found = times(
            "Signature expired: 20261122T010000Z is now earlier than 20261122T015412Z (20261122T020912Z - 15 min.)",
        );
        let at = |text: &str| text.parse::<Timestamp>().ok();
        assert_eq!(found, at("2026-11-22T01:00:00Z").zip(at("2026-11-22T02:09:12Z")));
        assert_eq!(times("Signature expired: 20261122T010000Z"), None);
    }
}

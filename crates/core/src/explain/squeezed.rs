//! A text looked at as if it had neither white space nor capitals. Offsets are those of the text as it stands.

use super::pattern::Gap;
use super::phrase::Capture;
use alloc::string::String;
use alloc::vec::Vec;

/// A gap of a phrase is no wider than this, in bytes.
pub(super) const WINDOW: usize = 600;

/// Where the `count` letters begin that end at `end`.
pub(super) fn back(text: &str, end: usize, count: usize) -> Option<usize> {
    if count == 0 {
        return Some(end);
    }
    let head = text.as_bytes().get(..end)?;
    let letters = head.iter().enumerate().rev().filter(|(_, byte)| !byte.is_ascii_whitespace());
    letters.map(|(at, _)| at).nth(count - 1)
}

/// Where the `count` letters end that begin at `start`.
pub(super) fn forth(text: &str, start: usize, count: usize) -> Option<usize> {
    let rest = text.as_bytes().get(start..)?;
    let letters = rest.iter().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace());
    letters.map(|(at, _)| start + at + 1).nth(count.checked_sub(1)?)
}

/// The first place at or behind `from`, inside the window, where `words` stand: from its first byte to behind its last.
/// Nothing stands where what was begun ends: at the end of a word.
pub(super) fn find(text: &str, from: usize, words: &[u8]) -> Option<(usize, usize)> {
    let window = window(text, from);
    if words.is_empty() {
        let end = from + token_length(window);
        return Some((end, end));
    }
    (0..window.len()).find_map(|at| Some((from + at, from + at + length_of(window.get(at..)?, words)?)))
}

/// The last place before `until`, inside the window, where `words` stand.
pub(super) fn find_before(text: &str, until: usize, words: &[u8]) -> Option<(usize, usize)> {
    let start = until.saturating_sub(WINDOW);
    let window = text.as_bytes().get(start..until).unwrap_or_default();
    (0..window.len()).rev().find_map(|at| {
        let length = length_of(window.get(at..)?, words)?;
        Some((start + at, start + at + length))
    })
}

/// Where the text breaks off, if it does before `words` came to their end: in the middle of them, or of the word before.
/// An ellipsis breaks it off, too.
pub(super) fn cut_off(text: &str, from: usize, gap: Gap, words: &[u8]) -> Option<usize> {
    // Behind a gap that holds anything, so many letters must be there.
    let least = if gap == Gap::Any { 6 } else { 1 };
    let rest = text.as_bytes().get(from..)?;
    let dots = rest.get(..rest.len().min(WINDOW))?.windows(3).position(|three| three == b"...");
    let rest = rest.get(..dots.unwrap_or(rest.len()))?.trim_ascii_end();
    if rest.len() > WINDOW {
        return None;
    }
    let begun = (least..words.len().max(least)).rev().find_map(|count| {
        let start = from + rest.len();
        let at = back(text, start, count)?;
        (at >= from && length_of(text.as_bytes().get(at..start)?, words.get(..count)?).is_some()).then_some(at)
    });
    let is_one_word = gap != Gap::Any && !rest.is_empty() && token_length(rest) == rest.len() && rest.len() < 80;
    begun.or(is_one_word.then_some(from + rest.len()))
}

/// The last letters of a text, as many as a phrase can have.
pub(super) fn tail(text: &str) -> Vec<u8> {
    let letters = text.bytes().rev().filter(|byte| !byte.is_ascii_whitespace());
    let mut tail: Vec<_> = letters.take(WINDOW).map(|byte| byte.to_ascii_lowercase()).collect();
    tail.reverse();
    tail
}

/// The first letters of a text, as many as a phrase can have.
pub(super) fn head(text: &str) -> Vec<u8> {
    let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    letters.take(WINDOW).map(|byte| byte.to_ascii_lowercase()).collect()
}

/// How many letters of `words`, to their end and not all, `head` begins with.
pub(super) fn ended(head: &[u8], words: &[u8]) -> usize {
    let is_start = |from: &usize| words.get(*from..).is_some_and(|ended| head.starts_with(ended));
    (1..words.len()).find(is_start).map_or(0, |from| words.len() - from)
}

/// How many letters of `words`, from their beginning and not all, `tail` ends with.
pub(super) fn begun(tail: &[u8], words: &[u8]) -> usize {
    let is_end = |count: &usize| words.get(..*count).is_some_and(|begun| tail.ends_with(begun));
    (1..words.len()).rev().find(is_end).unwrap_or_default()
}

/// Whether `words` stand somewhere in `text`.
pub(super) fn contains(text: &str, words: &str) -> bool {
    let is_letter = |byte: &u8| !byte.is_ascii_whitespace();
    let words: Vec<_> = words.bytes().filter(is_letter).map(|byte| byte.to_ascii_lowercase()).collect();
    (0..text.len()).any(|at| text.as_bytes().get(at..).is_some_and(|rest| length_of(rest, &words).is_some()))
}

/// What stood in a gap, as one word; none where it cannot be what it should be. A line that was broken in it is put
/// together again.
pub(super) fn token(gap: &str, kind: Capture) -> Option<String> {
    /// No name of AWS's is longer, but addresses are.
    const LONGEST: usize = 256;
    let mut token = String::new();
    let mut space = false;
    let mut broken = false;
    for letter in gap.trim().chars() {
        match letter {
            '\n' => (space, broken) = (false, true),
            _ if letter.is_whitespace() => space = !broken && !token.is_empty(),
            _ => {
                if core::mem::take(&mut space) {
                    token.push(' ');
                }
                broken = false;
                token.push(letter);
            }
        }
    }
    let token = token.trim_matches(['"', '\'', '[', ']', '(', ')', '<', '>', ',', ';', ' ']);
    let token = token.strip_suffix(['.', ':']).unwrap_or(token);
    let is_plain = match kind {
        Capture::Account => token.len() == 12 && token.bytes().all(|byte| byte.is_ascii_digit()),
        Capture::Region => crate::endpoint::is_region(token),
        Capture::Role => token != "arn",
        Capture::Profile | Capture::Session | Capture::Detail => true,
    };
    (is_plain && !token.is_empty() && token.len() <= LONGEST).then(|| token.into())
}

fn window(text: &str, from: usize) -> &[u8] {
    text.as_bytes().get(from..(from + WINDOW).min(text.len())).unwrap_or_default()
}

/// Up to the end of a word: white space, a quote, or what closes a bracket.
fn token_length(text: &[u8]) -> usize {
    let start = text.iter().take_while(|byte| matches!(byte, b' ' | b'"' | b'\'' | b'(' | b'[')).count();
    let rest = text.get(start..).unwrap_or_default();
    let ends =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b')' | b']' | b',' | b';' | b'<');
    start + rest.iter().position(ends).unwrap_or(rest.len())
}

/// How many bytes of `text` the squeezed `words` fill, if it begins with them.
fn length_of(text: &[u8], words: &[u8]) -> Option<usize> {
    let mut left = words;
    for (at, byte) in text.iter().enumerate() {
        let Some((first, rest)) = left.split_first() else { return Some(at) };
        if byte.is_ascii_whitespace() && at > 0 {
            continue;
        }
        if byte.to_ascii_lowercase() != *first {
            return None;
        }
        left = rest;
    }
    left.is_empty().then_some(text.len())
}

//! Finds phrases in a text, once through it, whatever it is.
//!
//! A terminal breaks lines anywhere, also in a word, and indents what follows. So white space counts for nothing here,
//! in the text as in the phrases. Of each phrase one piece without gaps, its anchor, is looked for in all of the text at
//! once; only around an anchor that was found its other pieces are, no farther than [`squeezed::WINDOW`], and around so many
//! anchors of a phrase as [`FIRST`] and [`LAST`] say. So the time is linear in the text, whoever wrote it.

use super::cut;
use super::pattern::{Gap, Pattern};
use super::phrase::{Capture, Weight};
use super::phrases;
use super::squeezed;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, PatternID};
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

/// So many places of a phrase count from the text's beginning,
const FIRST: usize = 4;
/// and so many to its end.
const LAST: usize = 12;

/// A phrase where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Among [`phrases::all`].
    pub(super) phrase: usize,
    /// Its first byte.
    pub(super) start: usize,
    /// Behind its last byte.
    pub(super) end: usize,
    /// What stood in its gaps.
    pub(super) captures: Vec<(Capture, String)>,
}

/// All phrases that stand in `text`, in the order of their ends.
pub(super) fn search(text: &str) -> Vec<Hit> {
    let patterns: Vec<_> = phrases::all().map(|phrase| Pattern::of(phrase.text)).collect();
    let mut hits: Vec<_> = anchors(text, &patterns)
        .into_iter()
        .zip(&patterns)
        .enumerate()
        .flat_map(|(phrase, (ends, pattern))| ends.all().filter_map(move |end| hit(text, phrase, pattern, end)))
        .collect();
    hits.extend(cut::parts(text, &patterns));
    hits.sort_by_key(|hit| (hit.end, hit.start));
    hits
}

/// Where a phrase's anchor ends: the first few places and the last.
#[derive(Clone, Debug, Default)]
struct Ends {
    first: Vec<usize>,
    last: VecDeque<usize>,
}

impl Ends {
    fn add(&mut self, end: usize) {
        if self.first.len() < FIRST {
            return self.first.push(end);
        }
        if self.last.len() == LAST {
            self.last.pop_front();
        }
        self.last.push_back(end);
    }

    fn all(self) -> impl Iterator<Item = usize> {
        self.first.into_iter().chain(self.last)
    }
}

fn anchors(text: &str, patterns: &[Pattern]) -> Vec<Ends> {
    let mut ends = alloc::vec![Ends::default(); patterns.len()];
    let Ok(automaton) = NFA::new(patterns.iter().map(|pattern| &pattern.anchor.squeezed)) else { return ends };
    let Ok(start) = automaton.start_state(Anchored::No) else { return ends };
    let mut state = start;
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_whitespace() {
            continue;
        }
        state = automaton.next_state(Anchored::No, state, byte.to_ascii_lowercase());
        if automaton.is_special(state) && automaton.is_match(state) {
            for index in 0..automaton.match_len(state) {
                let pattern: PatternID = automaton.match_pattern(state, index);
                if let Some(ends) = ends.get_mut(pattern.as_usize()) {
                    ends.add(at + 1);
                }
            }
        }
    }
    ends
}

/// The phrase whose anchor ends at `end`, if its other pieces stand around it.
fn hit(text: &str, phrase: usize, pattern: &Pattern, end: usize) -> Option<Hit> {
    let mut start = squeezed::back(text, end, pattern.anchor.squeezed.len())?;
    let weight = phrases::get(phrase)?.weight;
    if weight == Weight::Code && !is_word(text, start, end, &pattern.anchor.text) {
        return None;
    }
    let mut captures = Vec::new();
    let mut at = end;
    for (gap, piece) in &pattern.after {
        let Some((from, to)) = squeezed::find(text, at, &piece.squeezed) else {
            // The text ends in the middle of the phrase.
            let rest = squeezed::cut_off(text, at, *gap, &piece.squeezed)?;
            captures.extend(captured(text, *gap, at, rest));
            at = rest;
            break;
        };
        captures.extend(captured(text, *gap, at, from));
        at = to;
    }
    for (gap, piece) in &pattern.before {
        let (from, to) = squeezed::find_before(text, start, &piece.squeezed)?;
        captures.extend(captured(text, *gap, to, start));
        start = from;
    }
    Some(Hit { phrase, start, end: at, captures })
}

fn captured(text: &str, gap: Gap, from: usize, to: usize) -> Option<(Capture, String)> {
    let Gap::Kept(kind) = gap else { return None };
    squeezed::token(text.get(from..to)?, kind).map(|token| (kind, token))
}

/// Whether a code stands there in its own letters, as a word. A line may be broken in it.
fn is_word(text: &str, start: usize, end: usize, word: &str) -> bool {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let bytes = text.as_bytes();
    let found = bytes.get(start..end).unwrap_or_default();
    let is_broken = found.contains(&b'\n');
    let letters = found.iter().filter(|byte| !(is_broken && **byte == b'\n'));
    letters.eq(word.as_bytes())
        && !is_part(start.checked_sub(1).and_then(|at| bytes.get(at)))
        && !is_part(bytes.get(end))
}

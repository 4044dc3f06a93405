//! Which of the phrases in a text is the cause of the others.

use super::cause::Cause;
use super::phrase::{Capture, Client, Phrase, Weight};
use super::phrases;
use super::search::Hit;
use super::squeezed;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A phrase that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Where.
    pub(super) hit: Hit,
    /// Why.
    pub(super) cause: Cause,
    /// Who says so.
    pub(super) client: Client,
    weight: Weight,
}

/// What a text says: the innermost error, and the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// The cause of the rest.
    pub(super) inner: Known,
    /// Of other causes, each once, the innermost first.
    pub(super) also: Vec<Known>,
    /// What the phrases of the innermost error caught, the clearest first.
    pub(super) captures: Vec<(Capture, String)>,
    /// The lines that belong to the innermost error: names in them are its names.
    pub(super) around: Range<usize>,
}

/// What is farther apart than this, in bytes, are two errors: a trace of calls stands between an error and its cause.
const APART: usize = 4_000;
/// So near a phrase its context is looked for, in bytes.
const NEARBY: usize = 500;

/// Fewer bytes around a phrase are no context.
const ALONE: usize = 24;

/// Judges what was found in `text`. The last error counts that says more than that something failed. In it, the
/// clearest sentence; of two, the latter: wrapped errors have their cause at the end.
pub(super) fn judge(text: &str, hits: Vec<Hit>) -> Option<Said> {
    let mut known: Vec<Known> = hits.into_iter().filter_map(|hit| known(text, hit)).collect();
    let spans: Vec<_> = known.iter().map(|known| (known.hit.start, known.hit.end, known.weight)).collect();
    // A phrase inside a longer one of the same weight, or more, is a part of it.
    known.retain(|one| {
        let is_part = |(start, end, weight): &(usize, usize, Weight)| {
            let is_longer = end - start > one.hit.end - one.hit.start;
            is_longer && *start <= one.hit.start && one.hit.end <= *end && *weight >= one.weight
        };
        !spans.iter().any(is_part)
    });
    let blocks = blocks(&known);
    let tells = |block: &&Range<usize>| {
        known.get((*block).clone()).is_some_and(|block| block.iter().any(|one| one.weight > Weight::Wraps))
    };
    let block = blocks.iter().rev().find(tells).or(blocks.last())?.clone();
    let of_block = known.get(block.clone())?;
    let best = block.start + of_block.iter().enumerate().max_by_key(|(at, one)| (one.weight, *at))?.0;
    let mut of_block: Vec<&Known> = of_block.iter().collect();
    of_block.sort_by_key(|one| core::cmp::Reverse((one.weight, one.hit.end)));
    let captures = of_block.iter().flat_map(|one| one.hit.captures.clone()).collect();
    let around = around(text, known.get(block)?, known.get(best)?);
    let inner = known.remove(best);
    let mut also: Vec<Known> = Vec::new();
    known.sort_by_key(|one| core::cmp::Reverse((one.weight, one.hit.end)));
    for one in known {
        if !is_said_by(&one, &inner) && also.iter().all(|other| other.cause != one.cause) {
            also.push(one);
        }
    }
    Some(Said { inner, also, captures, around })
}

fn known(text: &str, hit: Hit) -> Option<Known> {
    let phrase: &Phrase = phrases::get(hit.phrase)?;
    let nearby = slice(text, hit.start.saturating_sub(NEARBY), hit.end + NEARBY);
    // Who asks about these words alone means AWS, unless they are anybody's.
    let is_alone = !phrase.is_common && text.len() < hit.end - hit.start + ALONE;
    let is_aws =
        is_alone || phrase.near.is_empty() || phrase.near.iter().any(|words| squeezed::contains(nearby, words));
    let is_others = !phrase.near.is_empty() && OTHER_CLOUDS.iter().any(|words| squeezed::contains(nearby, words));
    (is_aws && !is_others).then_some(Known { hit, cause: phrase.cause, client: phrase.client, weight: phrase.weight })
}

/// Whether `one` tells nothing beside `inner`: its error code, or that credentials were not found, which it explains.
fn is_said_by(one: &Known, inner: &Known) -> bool {
    one.cause == inner.cause
        || inner.cause == Cause::ClockSkew && one.cause == Cause::SecretKeyWrong
        || one.weight == Weight::Wraps && one.cause == Cause::NoCredentials
}

/// Clouds that took over AWS's words, or words like them.
const OTHER_CLOUDS: [&str; 9] = [
    "googleapis",
    "storage.cloud.google",
    "goog4-",
    "aliyun",
    "x-oss-",
    "backblaze",
    "digitaloceanspaces",
    "r2.cloudflarestorage",
    "myqcloud",
];

/// Phrases that belong together, by their places in `known`.
fn blocks(known: &[Known]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut end = 0;
    for (at, one) in known.iter().enumerate() {
        match blocks.last_mut().filter(|_| one.hit.start < end + APART) {
            Some(block) => block.end = at + 1,
            None => blocks.push(at..at + 1),
        }
        end = end.max(one.hit.end);
    }
    blocks
}

/// No farther from the innermost phrase than `FAR`: names are looked for there.
fn around(text: &str, block: &[Known], inner: &Known) -> Range<usize> {
    const FAR: usize = 4 * APART;
    let first = block.first().map_or(inner.hit.start, |one| one.hit.start);
    let last = block.last().map_or(inner.hit.end, |one| one.hit.end);
    let start = first.saturating_sub(APART).max(inner.hit.start.saturating_sub(FAR));
    start..(last + APART).min(inner.hit.end + FAR).min(text.len())
}

/// What stands from `start` to `end`, with the rest of its line, which tells more of the same.
pub(super) fn sentence(text: &str, start: usize, end: usize) -> &str {
    /// More is no sentence.
    const MOST: usize = 240;
    let rest = slice(text, end, end + MOST);
    // What JSON and XML have behind it is no part of it.
    let ends = ["\n", "\"}", "\",\"", "</"].iter().filter_map(|end| rest.find(end));
    let line = ends.min().unwrap_or(rest.len());
    slice(text, start, end + line)
}

/// `text` from `start` to `end`, widened to whole letters and narrowed to the text.
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    let end = text.ceil_char_boundary(end.min(text.len()));
    text.get(text.floor_char_boundary(start.min(end))..end).unwrap_or_default()
}

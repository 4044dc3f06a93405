//! A phrase taken apart: pieces of plain words, and the gaps between them.

use super::phrase::Capture;
use alloc::string::String;
use alloc::vec::Vec;

/// Words without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// As they are written.
    pub(super) text: String,
    /// In small letters, without white space.
    pub(super) squeezed: Vec<u8>,
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Anything.
    Any,
    /// Something worth knowing.
    Kept(Capture),
}

/// A phrase, as the search goes along it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// The longest piece: it is looked for first.
    pub(super) anchor: Piece,
    /// What follows, gap by gap. An empty piece ends a phrase with a gap.
    pub(super) after: Vec<(Gap, Piece)>,
    /// What precedes, from the anchor backwards.
    pub(super) before: Vec<(Gap, Piece)>,
}

impl Piece {
    fn new(text: &str) -> Self {
        let squeezed = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| byte.to_ascii_lowercase());
        Self { text: text.into(), squeezed: squeezed.collect() }
    }
}

impl Pattern {
    /// Of a phrase's text. A brace that is closed by none, or holds no name of a [`Capture`], is a letter.
    pub(super) fn of(text: &str) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut gaps: Vec<Gap> = Vec::new();
        let mut from = 0;
        for (open, _) in text.match_indices('{') {
            let Some((name, _)) = text.get(open + 1..).and_then(|rest| rest.split_once('}')) else { break };
            let gap = match (name, Capture::of(name)) {
                ("", _) => Gap::Any,
                (_, Some(capture)) => Gap::Kept(capture),
                (_, None) => continue,
            };
            pieces.push(Piece::new(text.get(from..open).unwrap_or_default()));
            gaps.push(gap);
            from = open + name.len() + 2;
        }
        pieces.push(Piece::new(text.get(from..).unwrap_or_default()));
        let longest = (0..pieces.len()).rev().max_by_key(|at| pieces.get(*at).map(|piece| piece.squeezed.len()));
        let behind = pieces.split_off(longest.unwrap_or_default() + 1);
        let anchor = pieces.pop().unwrap_or_else(|| Piece::new(""));
        let gaps_behind = gaps.split_off(pieces.len());
        pieces.reverse();
        gaps.reverse();
        Self {
            anchor,
            after: gaps_behind.into_iter().zip(behind).collect(),
            before: gaps.into_iter().zip(pieces).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_piece_is_the_anchor() {
        let pattern = Pattern::of("Profile {profile} returned invalid JSON, {}");
        assert_eq!(pattern.anchor.text, " returned invalid JSON, ");
        assert_eq!(pattern.anchor.squeezed, b"returnedinvalidjson,");
        assert_eq!(pattern.before, [(Gap::Kept(Capture::Profile), Piece::new("Profile "))]);
        assert_eq!(pattern.after, [(Gap::Any, Piece::new(""))]);
        assert_eq!(Pattern::of("plain {x}").anchor.text, "plain {x}");
    }
}

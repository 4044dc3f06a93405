//! What many observed sessions say together about the length of the next one.

use crate::time::SignedDuration;
use alloc::vec::Vec;

/// How long sessions last, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// One has lasted this long.
    pub at_least: SignedDuration,
    /// One was over by then; none where no end was seen.
    pub at_most: Option<SignedDuration>,
}

/// What one session says, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    /// It had lasted this long when AWS accepted its last refresh.
    pub(super) lasted: i64,
    /// It was over by then.
    pub(super) over: Option<i64>,
}

/// A bracket is shown when it is no wider: its early end is then never this much wrong.
pub const GOOD_ENOUGH: SignedDuration = SignedDuration::from_mins(5);

/// A session starts at the page, which is up to this many seconds before its sign-in is known here.
pub(super) const JITTER: i64 = 120;

impl Length {
    /// How wide the bracket is.
    pub fn width(&self) -> Option<SignedDuration> {
        self.at_most.map(|most| most.saturating_sub(self.at_least))
    }

    /// Whether it is known well enough to be shown; of a short session, within a tenth of it.
    pub fn is_good_enough(&self) -> bool {
        self.at_most.zip(self.width()).is_some_and(|(most, width)| width <= GOOD_ENOUGH.min(most / 10))
    }

    /// What `evidence`, the oldest first, says. A session that lasted longer than an older one makes that end void: the
    /// length was changed, or that session ended before its time. Two that agree on an earlier end make what is older
    /// void; one alone may have been revoked, and counts for nothing until a second one agrees.
    pub(super) fn of(evidence: &[Evidence]) -> Self {
        let lasts_longer = |lasted: i64, over: i64| lasted >= over.saturating_add(JITTER);
        // By place in `evidence`: ends that no newer session outlasted.
        let ends: Vec<(usize, Evidence, i64)> = numbered(evidence)
            .filter_map(|(place, session)| Some((place, session, session.over?)))
            .filter(|(place, _, over)| !evidence.iter().skip(place + 1).any(|newer| lasts_longer(newer.lasted, *over)))
            .collect();
        let earlier = |place: usize, lasted: i64| {
            ends.iter().filter(move |(newer, _, over)| *newer > place && lasts_longer(lasted, *over))
        };
        let is_void = |place: usize, lasted: i64| {
            earlier(place, lasted).any(|(one, first, over)| {
                earlier(place, lasted).any(|(other, second, later)| {
                    one != other && !lasts_longer(first.lasted, *later) && !lasts_longer(second.lasted, *over)
                })
            })
        };
        let lasted: Vec<_> = numbered(evidence).filter(|(place, session)| !is_void(*place, session.lasted)).collect();
        let is_odd =
            |at: usize, over: i64| lasted.iter().any(|(place, older)| *place < at && lasts_longer(older.lasted, over));
        let at_most = ends.iter().filter(|(place, _, over)| !is_odd(*place, *over)).map(|(_, _, over)| *over).min();
        let at_least = lasted.iter().map(|(_, session)| session.lasted).max().unwrap_or_default();
        Self {
            at_least: SignedDuration::from_secs(at_most.map_or(at_least, |most| at_least.min(most))),
            at_most: at_most.map(SignedDuration::from_secs),
        }
    }
}

fn numbered(evidence: &[Evidence]) -> impl Iterator<Item = (usize, Evidence)> {
    evidence.iter().copied().enumerate()
}

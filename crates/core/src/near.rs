//! The name that somebody probably meant.

use alloc::vec::Vec;

/// How many characters must be typed differently to get from `one` to `other`: put in, left out, replaced, or swapped
/// with their neighbour. No more than `most`; none where it takes more.
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most || one.len().max(other.len()) > LONGEST {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, typed) in one.iter().enumerate() {
        let mut line = Vec::with_capacity(other.len() + 1);
        line.push(row + 1);
        let mut left = row + 1;
        for (column, meant) in other.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX);
            let mut best =
                (at(&above, column) + usize::from(typed != meant)).min(left + 1).min(at(&above, column + 1) + 1);
            let is_swapped =
                row > 0 && column > 0 && one.get(row - 1) == Some(meant) && other.get(column - 1) == Some(typed);
            if is_swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            line.push(best);
            left = best;
        }
        before = core::mem::replace(&mut above, line);
    }
    above.last().copied().filter(|distance| *distance <= most)
}

/// The one of `names` that is nearest to `name` and not far from it: a third of its characters, three at most.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.chars().count() / 3).clamp(1, 3);
    let near = names.into_iter().filter(|other| *other != name);
    let near = near.filter_map(|other| Some((distance(&name.to_lowercase(), &other.to_lowercase(), most)?, other)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, other)| other)
}

/// Nobody mistypes a longer name by a character or two.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_keyboard_are_counted() {
        for (one, other, slips) in [
            ("us-east-1", "us-east-1", Some(0)),
            ("us-esat-1", "us-east-1", Some(1)),
            ("us-eas-1", "us-east-1", Some(1)),
            ("us-eastt-1", "us-east-1", Some(1)),
            ("us-west-1", "us-east-1", Some(2)),
            ("eu-north-1", "us-east-1", None),
            ("", "ab", Some(2)),
            ("ü", "u", Some(1)),
        ] {
            assert_eq!(distance(one, other, 2), slips, "{one} {other}");
        }
    }

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["dev", "prod", "production", "staging"];
        for (typed, meant) in [
            ("prd", Some("prod")),
            ("porduction", Some("production")),
            ("Prod", Some("prod")),
            ("prdo", Some("prod")),
            ("Producton", Some("production")),
            ("de", Some("dev")),
            ("test", None),
            ("dev", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
    }
}

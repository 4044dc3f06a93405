//! The name that a person may have meant.

use alloc::vec::Vec;

/// The one of `names` that `typed` is nearest to, in letters to be changed, added, left out or exchanged; none that is
/// farther away than a third of its length.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// A longer name is compared by its beginning.
    const LONGEST: usize = 64;
    let letters = |text: &str| text.to_lowercase().chars().take(LONGEST).collect::<Vec<_>>();
    let typed = letters(typed);
    let most = (typed.len() / 3).clamp(1, 4);
    names
        .map(|name| (distance(&typed, &letters(name)), name))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Optimal string alignment.
fn distance(one: &[char], other: &[char]) -> usize {
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut here = alloc::vec![row + 1];
        for (column, with) in other.iter().enumerate() {
            let change = at(&above, column) + usize::from(letter != with);
            let mut least = change.min(at(&above, column + 1) + 1).min(at(&here, column) + 1);
            let is_swap =
                row > 0 && column > 0 && one.get(row - 1) == Some(with) && other.get(column - 1) == Some(letter);
            if is_swap {
                least = least.min(at(&before, column - 1) + 1);
            }
            here.push(least);
        }
        before = core::mem::replace(&mut above, here);
    }
    at(&above, other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_not_far() {
        let near = |typed| nearest(typed, ["dev", "prod", "prod-admin"].into_iter());
        assert_eq!(near("prdo"), Some("prod"));
        assert_eq!(near("Prod-Admni"), Some("prod-admin"));
        assert_eq!(near("de"), Some("dev"));
        assert_eq!(near("staging"), None);
        assert_eq!(near(""), None);
    }
}

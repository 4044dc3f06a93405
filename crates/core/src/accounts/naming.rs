//! Names for new profiles: each its own, and none that is there already.

use super::pattern::{Field, Pattern};
use super::{Account, Chosen};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What tells roles apart whose names would be the same, in this order: as much of it is put behind as is needed.
const TELLING: [Field; 3] = [Field::Account, Field::Role, Field::AccountId];

/// A name for each of `chosen`, in their order; the error is the name that is taken, whatever is put behind it.
pub(super) fn names(
    chosen: &[(&Account, &Chosen)],
    pattern: &Pattern,
    session: &str,
    taken: &BTreeSet<String>,
) -> Vec<Result<String, String>> {
    let suffixes: Vec<_> = TELLING.into_iter().filter(|field| !pattern.uses(*field)).collect();
    let mut named: Vec<Result<String, String>> =
        chosen.iter().map(|(account, one)| Err(pattern.fill(session, account, &one.role_name))).collect();
    let mut used = taken.clone();
    for count in 0..=suffixes.len() {
        let candidate = |(account, one): &(&Account, &Chosen), base: &str| {
            let behind = suffixes.iter().take(count).map(|field| field.value(session, account, &one.role_name));
            behind.fold(String::from(base), |name, more| format!("{name}-{more}"))
        };
        let wanted: Vec<Option<String>> =
            named.iter().zip(chosen).map(|(name, one)| name.as_ref().err().map(|base| candidate(one, base))).collect();
        // Where two would share a name, neither gets it: the shorter one would say too little.
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for name in wanted.iter().flatten() {
            *times.entry(name).or_default() += 1;
        }
        for (name, wanted) in named.iter_mut().zip(&wanted) {
            if let Some(wanted) = wanted
                && times.get(wanted.as_str()) == Some(&1)
                && used.insert(wanted.clone())
            {
                *name = Ok(wanted.clone());
            }
        }
    }
    named
}

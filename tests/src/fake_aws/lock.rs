//! Locks that outlive a panic.

use std::sync::{LockResult, Mutex, MutexGuard, PoisonError};

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    unpoisoned(mutex.lock())
}

/// A test that panicked while it held a lock has failed already; its message must not be buried
/// under a second panic.
pub(super) fn unpoisoned<T>(result: LockResult<T>) -> T {
    result.unwrap_or_else(PoisonError::into_inner)
}

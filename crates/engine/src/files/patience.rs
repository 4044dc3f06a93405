//! Windows refuses a file that another program has open without sharing it: a virus scanner, a program that syncs, one
//! that writes in place. Most let go within an instant, so it is tried again; then it is told in words. Elsewhere a file
//! that is open can be read and replaced.

use crate::clock;
use std::io;
use std::time::Duration;

/// What is to be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// To open or read it.
    Read,
    /// To put another in its place, or remove it: Windows may call it "access denied" that it is open.
    Replace,
}

/// How often something was tried.
#[derive(Debug)]
pub(crate) struct Patience {
    access: Access,
    tries: u32,
}

/// Does something, again where another program is in the way.
pub(crate) fn patiently<T>(access: Access, mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut patience = Patience::to(access);
    loop {
        match act() {
            Err(error) => patience.outlast(error)?,
            done => return done,
        }
    }
}

impl Patience {
    pub(crate) fn to(access: Access) -> Self {
        Self { access, tries: 0 }
    }

    /// Blocks for a moment where it is worth trying again; else gives the error back, in words.
    pub(crate) fn outlast(&mut self, error: io::Error) -> io::Result<()> {
        let Some(code) = error.raw_os_error().filter(|_| cfg!(windows)) else { return Err(error) };
        self.tries += 1;
        match pause_before(self.access, code, self.tries) {
            Some(pause) => clock::block(pause),
            None => return Err(in_words(self.access, code).unwrap_or(error)),
        }
        Ok(())
    }
}

// Windows' system error codes.
const ACCESS_DENIED: i32 = 5;
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;
const DELETE_PENDING: i32 = 303;
const CLOUD_PROVIDER_NOT_RUNNING: i32 = 362;
const CLOUD_NETWORK_UNAVAILABLE: i32 = 388;
const CLOUD_IN_USE: i32 = 391;
const CLOUD_PROVIDER_TERMINATED: i32 = 404;
const CLOUD_REQUEST_TIMEOUT: i32 = 426;
const USER_MAPPED_FILE: i32 = 1224;

/// How long to wait after try number `tries`, from 1; none where another is in vain. A third of a second in all for
/// reading, which a person may wait for, and 1.3 seconds for what is written: there may be a token in it.
fn pause_before(access: Access, code: i32, tries: u32) -> Option<Duration> {
    const FIRST: Duration = Duration::from_millis(10);
    let most = match access {
        Access::Read => 5,
        Access::Replace => 7,
    };
    (may_pass(access, code) && tries <= most).then(|| FIRST * (1 << (tries - 1)))
}

fn may_pass(access: Access, code: i32) -> bool {
    match code {
        SHARING_VIOLATION | LOCK_VIOLATION | DELETE_PENDING | CLOUD_IN_USE | USER_MAPPED_FILE => true,
        ACCESS_DENIED => access == Access::Replace,
        _ => false,
    }
}

/// What the code means, where Windows' own words do not say what to do.
fn in_words(access: Access, code: i32) -> Option<io::Error> {
    let (kind, words) = match code {
        SHARING_VIOLATION | LOCK_VIOLATION | DELETE_PENDING | CLOUD_IN_USE | USER_MAPPED_FILE => {
            (io::ErrorKind::ResourceBusy, "another program has it open; close that program, or try again in a moment")
        }
        ACCESS_DENIED if access == Access::Replace => {
            (io::ErrorKind::PermissionDenied, "permission denied, or another program has it open")
        }
        CLOUD_PROVIDER_NOT_RUNNING | CLOUD_NETWORK_UNAVAILABLE | CLOUD_PROVIDER_TERMINATED | CLOUD_REQUEST_TIMEOUT => (
            io::ErrorKind::Other,
            "it is kept in the cloud and cannot be fetched now; start the program that syncs it (OneDrive), or connect to the network",
        ),
        _ => return None,
    };
    Some(io::Error::new(kind, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Access::{Read, Replace};

    /// The pauses, in milliseconds, until it is given up.
    fn pauses(access: Access, code: i32) -> Vec<u128> {
        (1..).map_while(|tries| pause_before(access, code, tries)).map(|pause| pause.as_millis()).collect()
    }

    #[test]
    fn what_may_pass_is_waited_for_and_nothing_else() {
        for code in [32, 33, 303, 391, 1224] {
            assert_eq!(pauses(Read, code), [10, 20, 40, 80, 160], "{code}");
            assert_eq!(pauses(Replace, code), [10, 20, 40, 80, 160, 320, 640], "{code}");
        }
        // To open a file that is denied is in vain; to replace one that is open may be denied too.
        assert_eq!((pauses(Read, 5).len(), pauses(Replace, 5).len()), (0, 7));
        // Not found, path not found, disk full, no network.
        for code in [2, 3, 112, 388] {
            assert_eq!((pauses(Read, code), pauses(Replace, code)), (vec![], vec![]), "{code}");
        }
    }

    #[test]
    fn an_error_says_what_to_do() {
        let words = [(Read, 32), (Replace, 5), (Read, 362), (Read, 5), (Read, 2)]
            .map(|(access, code)| in_words(access, code).map_or("-".to_owned(), |error| error.to_string()));
        insta::assert_snapshot!(words.join("\n"), @"
        another program has it open; close that program, or try again in a moment
        permission denied, or another program has it open
        it is kept in the cloud and cannot be fetched now; start the program that syncs it (OneDrive), or connect to the network
        -
        -
        ");
    }

    #[test]
    #[cfg(not(windows))]
    fn elsewhere_these_numbers_mean_other_things() {
        let mut tries = 0;
        let failed = patiently(Replace, || {
            tries += 1;
            // Here, a broken pipe.
            Err::<(), _>(io::Error::from_raw_os_error(32))
        });
        assert_eq!((failed.map_err(|error| error.raw_os_error()), tries), (Err(Some(32)), 1));
    }
}

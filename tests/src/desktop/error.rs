//! What can go wrong on the private desktop, said so that the test's reader knows what to do.

use std::{fmt, io, time::Duration};

/// The result of everything that the desktop does.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the desktop could not do what a test asked for.
pub enum Error {
    /// A program is not installed.
    Missing {
        /// The program, or the D-Bus service that it offers.
        program: String,
        /// The Debian package that brings it.
        package: &'static str,
    },
    /// A program ended, or failed, when it should have served.
    Program {
        /// The program's name.
        program: String,
        /// What it wrote to its standard error.
        log: String,
    },
    /// What the test waited for did not happen.
    Timeout {
        /// What the test waited for.
        awaited: String,
        /// The upper bound that has passed.
        after: Duration,
        /// What was there instead.
        seen: String,
    },
    /// The tray menu has no such item, or a person could not click it.
    MenuItem {
        /// The label asked for.
        label: String,
        /// The menu as a person sees it.
        menu: String,
    },
    /// There is no such open notice, or it does not offer that action.
    Notice {
        /// The notice's number.
        id: u32,
        /// What is wrong with it.
        problem: String,
    },
    /// The message bus, or a program on it, refused a call.
    Bus(zbus::Error),
    /// A file or a process of the desktop.
    Io(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { program, package } => {
                write!(f, "{program} is missing: install the Debian package {package}")
            }
            Self::Program { program, log } => {
                write!(f, "{program} did not start or did not stay; it wrote:\n{log}")
            }
            Self::Timeout { awaited, after, seen } => {
                write!(f, "waited {after:?} for {awaited}; there was:\n{seen}")
            }
            Self::MenuItem { label, menu } => {
                write!(f, "nothing to click called {label:?} in the menu:\n{menu}")
            }
            Self::Notice { id, problem } => write!(f, "notice {id}: {problem}"),
            Self::Bus(error) => write!(f, "message bus: {error}"),
            Self::Io(error) => write!(f, "{error}"),
        }
    }
}

/// The sentence again: it is what the runner prints for a test that returns an error.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

impl From<zbus::Error> for Error {
    fn from(error: zbus::Error) -> Self {
        Self::Bus(error)
    }
}

impl From<zbus::zvariant::Error> for Error {
    fn from(error: zbus::zvariant::Error) -> Self {
        Self::Bus(error.into())
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

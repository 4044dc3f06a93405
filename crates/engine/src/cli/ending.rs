//! How a command ends: exit codes and the last words on standard error.

use std::io;

/// The ends there are.
#[derive(Debug)]
pub(super) enum Ending {
    /// 0
    Fine,
    /// 1: the answer is "no"; what there is to say was said.
    No,
    /// 2: wrong usage, in a sentence.
    Usage(String),
    /// 3: the world failed, in a sentence.
    World(String),
    /// A command's own code, or 125 where it was not started.
    Code(i32),
}

impl Ending {
    /// Says the last words, and gives the exit code.
    pub(super) fn tell(&self) -> i32 {
        match self {
            Self::Fine => 0,
            Self::No => 1,
            Self::Code(code) => *code,
            Self::Usage(sentence) => {
                super::out::complain(sentence);
                2
            }
            Self::World(sentence) => {
                super::out::complain(sentence);
                3
            }
        }
    }
}

/// Who reads our output has gone: that is a quiet end.
impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Fine
        } else {
            Self::World(format!("The output cannot be written: {error}."))
        }
    }
}

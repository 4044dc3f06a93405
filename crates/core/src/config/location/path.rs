//! Paths as texts, of either kind of system, whichever this one is.

use alloc::string::String;

/// Which kind of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// `/home/me/.aws/config`
    Unix,
    /// `C:\Users\me\.aws\config`
    Windows,
}

/// What makes Windows take a path as it stands: no other separators, no `..`, no blanks cut off.
pub(super) const VERBATIM: &str = r"\\?\";

impl Platform {
    pub(super) fn is_separator(self, character: char) -> bool {
        character == '/' || self == Self::Windows && character == '\\'
    }

    pub(super) fn separator(self) -> char {
        match self {
            Self::Unix => '/',
            Self::Windows => '\\',
        }
    }

    /// `folder`, with what is in it.
    pub(super) fn join(self, folder: &str, parts: &[&str]) -> String {
        let mut path = String::from(folder);
        for part in parts {
            if !path.ends_with(|character| self.is_separator(character)) {
                path.push(self.separator());
            }
            path.push_str(part);
        }
        path
    }

    /// Whether two paths lead to one place, as far as their texts tell.
    pub fn is_same(self, one: &str, other: &str) -> bool {
        self.plain(one) == self.plain(other)
    }

    /// With this system's separators, single ones and none at the end; on Windows in small letters.
    fn plain(self, path: &str) -> String {
        if self == Self::Windows && path.starts_with(VERBATIM) {
            return path.to_lowercase();
        }
        let mut plain = String::with_capacity(path.len());
        for character in path.chars() {
            if !self.is_separator(character) {
                plain.push(character);
            } else if !plain.ends_with(self.separator()) || self == Self::Windows && plain == "\\" {
                plain.push(self.separator());
            }
        }
        while plain.len() > 1 && plain.ends_with(self.separator()) {
            plain.pop();
        }
        match self {
            Self::Unix => plain,
            Self::Windows => plain.to_lowercase(),
        }
    }
}

//! Names of files as Windows has them.

use std::path::{Path, PathBuf};

/// Whether two paths that are spelt alike name one file: Windows takes capital and small letters for the same.
pub(crate) fn is_same_name(one: &Path, other: &Path) -> bool {
    one == other || cfg!(windows) && one.to_string_lossy().to_lowercase() == other.to_string_lossy().to_lowercase()
}

/// A path that may be longer than Windows' usual 260 letters. The standard library sees to that by itself; tempfile,
/// which renames, gives a path to the system as it stands.
pub(super) fn of_any_length(path: PathBuf) -> PathBuf {
    /// The temporary file beside it has a longer name.
    const SHORT: usize = 200;
    if cfg!(not(windows)) || path.as_os_str().len() <= SHORT {
        return path;
    }
    let verbatim = std::path::absolute(&path).ok().and_then(|whole| verbatim(whole.to_str()?));
    verbatim.map_or(path, PathBuf::from)
}

/// `\\?\C:\x`, which Windows takes literally; none where an absolute path is written so already, or cannot be.
fn verbatim(absolute: &str) -> Option<String> {
    match absolute.as_bytes() {
        [b'\\', b'\\', b'?' | b'.', b'\\', ..] => None,
        [b'\\', b'\\', ..] => absolute.strip_prefix(r"\\").map(|share| format!(r"\\?\UNC\{share}")),
        [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic() => Some(format!(r"\\?\{absolute}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_given_literally() {
        for (path, wanted) in [
            (r"C:\Users\me\.aws\config", Some(r"\\?\C:\Users\me\.aws\config")),
            (r"\\server\home\me\.aws\config", Some(r"\\?\UNC\server\home\me\.aws\config")),
            (r"\\?\C:\x", None),
            (r"\\.\pipe\x", None),
            (r"C:x", None),
            ("/home/me", None),
        ] {
            assert_eq!(verbatim(path).as_deref(), wanted, "{path}");
        }
    }

    #[test]
    fn capitals_are_another_name_but_on_windows() {
        let (one, other) = (Path::new("/x/.aws/Config"), Path::new("/x/.aws/config"));
        assert_eq!(is_same_name(one, other), cfg!(windows));
        assert!(is_same_name(one, one));
    }
}

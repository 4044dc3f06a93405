//! WSL's distributions, seen from Windows: which of them run, and where Windows has their files. To open a file of one
//! that does not run would start it.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The names that `wsl.exe --list --running --quiet` printed: in UTF-16 without a mark, or in UTF-8 where `WSL_UTF8` is
/// set. Where none runs, a sentence stands there, which is no name.
pub fn listing(printed: &[u8]) -> Vec<String> {
    let text = if printed.contains(&0) {
        let units = printed.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair));
        char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        String::from_utf8_lossy(printed).into_owned()
    };
    let names =
        text.lines().map(|line| line.trim_matches(|sign: char| sign.is_whitespace() || "\u{feff}\0".contains(sign)));
    names.filter(|name| is_name(name)).map(ToOwned::to_owned).collect()
}

/// Whether `name` may be that of a distribution.
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|sign| sign.is_alphanumeric() || "._-+".contains(sign))
        && !name.starts_with(['.', '-'])
}

/// Where Windows has a folder of a distribution: `\\wsl$\Ubuntu\home\me`, which all versions of Windows with WSL know. None
/// where the names are not such.
pub fn unc(distribution: &str, folder: &str) -> Option<String> {
    let is_part = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
    let parts: Vec<_> = folder.strip_prefix('/')?.trim_end_matches('/').split('/').collect();
    (is_name(distribution) && parts.iter().all(|part| is_part(part)))
        .then(|| format!(r"\\wsl$\{distribution}\{}", parts.join(r"\")))
}

/// The distribution that a path of Windows leads into, and the path inside.
pub fn inside(path: &str) -> Option<(String, String)> {
    let path = path.replace('/', r"\");
    let rest = path.strip_prefix(r"\\?\UNC\").or_else(|| path.strip_prefix(r"\\"))?;
    let (server, rest) = rest.split_once('\\')?;
    let is_wsl = ["wsl$", "wsl.localhost"].iter().any(|name| server.eq_ignore_ascii_case(name));
    let (distribution, folder) = rest.split_once('\\').unwrap_or((rest, ""));
    (is_wsl && is_name(distribution)).then(|| (distribution.to_owned(), format!("/{}", folder.replace('\\', "/"))))
}

/// Whether a path of Windows leads into a distribution that is not among the `running`.
pub fn is_asleep(path: &str, running: &[String]) -> bool {
    inside(path).is_some_and(|(name, _)| !running.iter().any(|other| other.eq_ignore_ascii_case(&name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn names_are_read_from_utf_16_and_utf_8_and_sentences_are_none() {
        let names = ["Ubuntu-24.04", "Debian"];
        for printed in [
            utf16("Ubuntu-24.04\r\nDebian\r\n"),
            utf16("\u{feff}Ubuntu-24.04\r\nDebian\r\n"),
            b"Ubuntu-24.04\r\nDebian\r\n".to_vec(),
            b"\xef\xbb\xbfUbuntu-24.04\nDebian\n\n".to_vec(),
            [utf16("Ubuntu-24.04\r\nDebian\r\n"), Vec::from([0])].concat(),
        ] {
            assert_eq!(listing(&printed), names, "{printed:?}");
        }
        assert!(listing(&utf16("There are no running distributions.\r\n")).is_empty());
        assert!(listing(b"").is_empty());
    }

    #[test]
    fn a_home_of_a_distribution_has_a_path_in_windows_and_back() {
        let home = unc("Ubuntu", "/home/me/").unwrap();
        assert_eq!(home, r"\\wsl$\Ubuntu\home\me");
        assert_eq!(inside(&format!(r"{home}\.aws\x.json")), Some(("Ubuntu".into(), "/home/me/.aws/x.json".into())));
        for path in [r"\\WSL.localhost\Ubuntu\home", r"\\?\UNC\wsl$\Ubuntu\home", "//wsl$/Ubuntu/home"] {
            assert_eq!(inside(path), Some(("Ubuntu".into(), "/home".into())), "{path}");
        }
        for path in [r"C:\Users\me", r"\\server\share", r"\\wsl$", r"\\wsl$\", "/home/me", r"\\wsl$x\Ubuntu"] {
            assert_eq!(inside(path), None, "{path}");
        }
        for (name, folder) in [
            ("Ubuntu", "home/me"),
            ("Ubuntu", "/home/../me"),
            ("Ubuntu", r"/home\me"),
            ("a b", "/x"),
            (r"a\b", "/x"),
            ("..", "/x"),
            ("Ubuntu", "/"),
        ] {
            assert_eq!(unc(name, folder), None, "{name} {folder}");
        }
    }

    #[test]
    fn what_does_not_run_is_asleep_and_windows_own_files_never_are() {
        let running = ["ubuntu".to_owned()];
        assert!(!is_asleep(r"\\wsl$\Ubuntu\home\me", &running));
        assert!(is_asleep(r"\\wsl$\Debian\home\me", &running));
        assert!(!is_asleep(r"C:\Users\me", &[]));
    }
}

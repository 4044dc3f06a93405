//! A command that a person wrote, as words: each system's programs have rules of their own.

/// As a POSIX shell would take them. None where quotes do not match.
#[cfg(not(windows))]
pub(crate) fn split(command: &str) -> Option<Vec<String>> {
    shell_words::split(command).ok()
}

/// As Windows' programs take them: a backslash belongs to a path. None where quotes do not match.
#[cfg(windows)]
pub(crate) fn split(command: &str) -> Option<Vec<String>> {
    let is_whole = command.matches('"').count() % 2 == 0;
    is_whole.then(|| winsplit::split(command))
}

/// A command that [`split`] takes apart again.
#[cfg(not(windows))]
pub(crate) fn join<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    shell_words::join(words)
}

/// A command that [`split`] takes apart again. Neither a path nor an address has a quote in it here.
#[cfg(windows)]
pub(crate) fn join<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let quoted = words.into_iter().map(|word| {
        if word.is_empty() || word.contains([' ', '\t', '&']) { format!("\"{word}\"") } else { word.clone() }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_is_split_into_the_same_words() {
        let (path, plain) = if cfg!(windows) {
            (r"C:\Program Files\Mozilla Firefox\firefox.exe", r"C:\tools\open.exe")
        } else {
            ("/opt/my browser/firefox", "/usr/bin/firefox")
        };
        for words in [vec![path, "-P", "my work", "{url}"], vec![plain, "{url}"]] {
            let words: Vec<_> = words.into_iter().map(str::to_owned).collect();
            assert_eq!(split(&join(&words)), Some(words));
        }
        assert_eq!(split("firefox \"-P"), None);
    }
}

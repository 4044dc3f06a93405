//! Opens a page in the person's own browser. Only ever because a person asked for it.

use crate::programs;
use std::process::Command;

/// Opens `url` with `command`, or in the usual browser, where `BROWSER` is obeyed. Blocks until it was started. The
/// error is a sentence.
pub fn open(url: &str, command: Option<&str>) -> Result<(), String> {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err("The page's address is not a web address, so it was not opened.".to_owned());
    }
    if let Some(command) = command {
        return open_with(command, url);
    }
    let mut options = webbrowser::BrowserOptions::new();
    options.with_suppress_output(true);
    webbrowser::open_browser_with_options(webbrowser::Browser::Default, url, &options)
        .map_err(|error| format!("No browser could be started ({error}). Open the address by hand, or set BROWSER."))
}

/// Without a shell, so that an address can never be more than one word.
fn open_with(command: &str, url: &str) -> Result<(), String> {
    let fix = "Correct the browser command in Relight's settings, or open the address by hand.";
    let words = words(command, url).ok_or_else(|| format!("'{command}' is no command. {fix}"))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(format!("'{command}' is no command. {fix}"));
    };
    programs::start(Command::new(program).args(arguments))
        .map_err(|error| format!("The browser command '{command}' could not be started ({error}). {fix}"))
}

/// The command's words with the address where `{}` stands, else at the end.
fn words(command: &str, url: &str) -> Option<Vec<String>> {
    let mut words = shell_words::split(command).ok()?;
    let place = |word: &String| word.contains("{}");
    if words.iter().any(place) {
        words = words.into_iter().map(|word| word.replace("{}", url)).collect();
    } else {
        words.push(url.to_owned());
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_one_word_wherever_it_stands() {
        let url = "https://x/?a=1&b='2 3'";
        let words = |command| words(command, url);
        assert_eq!(
            words("firefox -P 'my work'"),
            Some(vec!["firefox".into(), "-P".into(), "my work".into(), url.into()])
        );
        assert_eq!(words("open --url={} -g"), Some(vec!["open".into(), format!("--url={url}"), "-g".into()]));
        assert_eq!(words("it's"), None);
    }

    #[test]
    fn a_command_that_is_not_there_says_what_to_do() {
        insta::assert_snapshot!(open("https://x", Some("/nonexistent/browser -x")).unwrap_err(), @"The browser command '/nonexistent/browser -x' could not be started (No such file or directory (os error 2)). Correct the browser command in Relight's settings, or open the address by hand.");
        assert!(open("file:///etc/passwd", Some("cat")).is_err());
    }
}

//! Opens a page in the person's own browser. Only ever because a person asked for it.

use crate::{command_line, paths, programs};
use relight_core::browser::with_address;
use std::process::Command;

/// Opens `url` with `command`, or in the usual browser, where `BROWSER` is obeyed. Blocks until it was started. The
/// error is a sentence.
pub fn open(url: &str, command: Option<&str>) -> Result<(), String> {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err("The page's address is not a web address, so it was not opened.".to_owned());
    }
    // The library obeys BROWSER on the other systems, and AWS's own command line on all.
    let named = if cfg!(windows) { paths::browser() } else { None };
    if let Some(command) = command.or(named.as_deref()) {
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
    let words = command_line::split(command).ok_or_else(|| format!("'{command}' is no command. {fix}"))?;
    let words = with_address(&words, url);
    let Some((program, arguments)) = words.split_first() else {
        return Err(format!("'{command}' is no command. {fix}"));
    };
    programs::start(Command::new(program).args(arguments))
        .map_err(|error| format!("The browser command '{command}' could not be started ({error}). {fix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_not_there_says_what_to_do() {
        let why = Command::new("/nonexistent/browser").spawn().unwrap_err().to_string();
        insta::assert_snapshot!(open("https://x", Some("/nonexistent/browser -x")).unwrap_err().replace(&why, "WHY"), @"The browser command '/nonexistent/browser -x' could not be started (WHY). Correct the browser command in Relight's settings, or open the address by hand.");
        insta::assert_snapshot!(open("https://x", Some("\"it")).unwrap_err(), @"'\"it' is no command. Correct the browser command in Relight's settings, or open the address by hand.");
        assert!(open("file:///etc/passwd", Some("cat")).is_err());
    }
}

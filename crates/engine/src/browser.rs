//! Opens a page in the person's own browser. Only ever because a person asked for it.

/// Opens `url`; `BROWSER` is obeyed. Blocks until the browser's command was started. The error is a sentence.
pub fn open(url: &str) -> Result<(), String> {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err("The page's address is not a web address, so it was not opened.".to_owned());
    }
    let mut options = webbrowser::BrowserOptions::new();
    options.with_suppress_output(true);
    webbrowser::open_browser_with_options(webbrowser::Browser::Default, url, &options)
        .map_err(|error| format!("No browser could be started ({error}). Open the address by hand, or set BROWSER."))
}

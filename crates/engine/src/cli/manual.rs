//! `relight completions` and `relight man`: both made from the command line's own words.

use super::args::Options;
use super::ending::Ending;
use super::out;
use clap_complete::Shell;

pub(super) fn completions(shell: Shell) -> Ending {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Options::whole(), "relight", &mut text);
    print(&text)
}

/// The page of the whole, or of one command: `relight-status(1)`.
pub(super) fn page(command: Option<&str>) -> Ending {
    let mut whole = Options::whole();
    whole.build();
    let chosen = match command {
        None => Some(whole.clone()),
        Some(name) => whole.find_subcommand(name).cloned().map(|found| found.name(format!("relight-{name}"))),
    };
    let Some(chosen) = chosen else {
        return Ending::Usage(format!("There is no command '{}'.", command.unwrap_or_default()));
    };
    let mut text = Vec::new();
    match clap_mangen::Man::new(chosen).render(&mut text) {
        Ok(()) => print(&text),
        Err(error) => error.into(),
    }
}

fn print(text: &[u8]) -> Ending {
    match out::print(&String::from_utf8_lossy(text)) {
        Ok(()) => Ending::Fine,
        Err(error) => error.into(),
    }
}

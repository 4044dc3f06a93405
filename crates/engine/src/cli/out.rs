//! The only writer to standard output and standard error. Colour on terminals only, and not where `NO_COLOR` is set.

use anstyle::{AnsiColor, Style};
use relight_core::status::State;
use relight_engine::signals::Asked;
use serde::Serialize;
use std::io::{self, BufRead, BufWriter, IsTerminal, Write};

/// Prints `text`, which may be coloured.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints `text` as it stands, whoever reads it.
pub(super) fn print_plain(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints one JSON document on a line of its own.
pub(super) fn json(document: &impl Serialize) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    serde_json::to_writer(&mut out, document)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Says something beside the output.
pub(super) fn say(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{text}");
}

/// Shows on a terminal how far something is, in place of what was shown before; nothing takes it away.
pub(super) fn progress(text: &str) {
    if io::stderr().is_terminal() {
        #[cfg(windows)]
        anstyle_query::windows::enable_ansi_colors();
        let mut err = io::stderr().lock();
        let _ = write!(err, "\r\u{1b}[2K{text}").and_then(|()| err.flush());
    }
}

/// Asks a person at a terminal, and gives their answer without white space; none where nobody can answer or Ctrl-C did.
/// Only what is typed from now on is an answer.
pub(super) fn ask(question: &str) -> Option<String> {
    if !is_asked() {
        return None;
    }
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    let mut err = io::stderr().lock();
    write!(err, "{question} ").and_then(|()| err.flush()).ok()?;
    drop(err);
    // What ran before may have left signals to us.
    let answered = super::block_on(async {
        let mut asked = Asked::new().ok()?;
        tokio::select! {
            () = asked.next() => None,
            line = tokio::task::spawn_blocking(line) => line.ok().flatten(),
        }
    });
    let answer = answered.ok().flatten();
    if answer.is_none() {
        let _ = writeln!(io::stderr());
    }
    answer
}

fn line() -> Option<String> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).unwrap_or_default();
    (read > 0).then(|| line.trim().to_owned())
}

/// Whether somebody is there to be asked, or to sign in: nobody's browser opens because of a script.
pub(super) fn is_asked() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question whose usual answer is yes. No where nobody can answer.
pub(super) fn agrees(question: &str) -> bool {
    ask(&format!("{question} [Y/n]")).is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "" | "y" | "yes"))
}

/// Says what went wrong.
pub(super) fn complain(sentence: &str) {
    say(&format!("relight: {sentence}"));
}

/// `text` in the colour of `state`.
pub(super) fn coloured(text: &str, state: State) -> String {
    let style = match state {
        State::Valid | State::Endless => AnsiColor::Green.on_default(),
        State::Expiring | State::Stale => AnsiColor::Yellow.on_default(),
        State::Expired | State::Broken => AnsiColor::Red.on_default().bold(),
        State::SignedOut | State::Unknown => Style::new().dimmed(),
    };
    format!("{style}{text}{style:#}")
}

/// A heading.
pub(super) fn heading(text: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{text}{style:#}\n")
}

/// A line that comes or goes.
pub(super) fn changed(line: &str) -> String {
    let style = match line.chars().next() {
        Some('+') => AnsiColor::Green.on_default(),
        Some('-') => AnsiColor::Red.on_default(),
        _ => Style::new().dimmed(),
    };
    format!("{style}{line}{style:#}")
}

/// Something to read last.
pub(super) fn faint(text: &str) -> String {
    let style = Style::new().dimmed();
    format!("{style}{text}{style:#}")
}

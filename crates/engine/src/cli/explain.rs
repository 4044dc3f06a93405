//! `relight explain`

use super::args::Explain;
use super::ending::Ending;
use super::out;
use relight_core::explain::{Answer, Cause, Client, Evidence, LoginHelps, explain};
use relight_core::fix::Fix;
use relight_core::text::shown;
use relight_engine::paths::Paths;
use relight_engine::{clock, surroundings};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read};

pub(super) fn run(chosen: &Explain, json: bool, paths: &Paths) -> Ending {
    let text = match text(&chosen.text) {
        Ok(text) => text,
        Err(ending) => return ending,
    };
    let app = super::read(paths);
    let answer = explain(&text, surroundings::at_hand(paths, &app.world), &app.world, &app.view(clock::now()));
    let printed = if json { out::json(&answer) } else { out::print(&human(&answer)) };
    let unknown = answer.cause == Cause::Unknown;
    // The process ends now, as in `status`.
    std::mem::forget(app);
    match printed {
        Err(error) => error.into(),
        Ok(()) if unknown => Ending::No,
        Ok(()) => Ending::Fine,
    }
}

/// The words of the command line, or what is piped in.
fn text(words: &[OsString]) -> Result<Vec<u8>, Ending> {
    let is_piped = match words {
        [] => !io::stdin().is_terminal(),
        [one] => one == "-",
        _ => false,
    };
    if is_piped {
        let unreadable = |error| Ending::World(format!("Standard input cannot be read: {error}."));
        let text = end_of(io::stdin().lock()).map_err(unreadable)?;
        let usage = "Nothing was piped in. Errors come by 2>&1: aws s3 ls 2>&1 | relight explain";
        return if text.trim_ascii().is_empty() { Err(Ending::Usage(usage.to_owned())) } else { Ok(text) };
    }
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let text = words.join(" ");
    if text.trim().is_empty() {
        let usage = "Give the text of the error, or pipe it in: aws s3 ls 2>&1 | relight explain";
        return Err(Ending::Usage(usage.to_owned()));
    }
    Ok(text.into_bytes())
}

/// The end of what is piped in: an error is there. A log without end needs no memory without end.
fn end_of(mut input: impl Read) -> io::Result<Vec<u8>> {
    const KEPT: usize = 16 << 20;
    let mut text = Vec::new();
    loop {
        let count = input.by_ref().take(KEPT as u64).read_to_end(&mut text)?;
        if count == 0 {
            return Ok(text);
        }
        let surplus = text.len().saturating_sub(KEPT);
        text.drain(..surplus);
    }
}

/// The answer as a person reads it.
pub(super) fn human(answer: &Answer) -> String {
    let mut out = out::heading(answer.title);
    if let Some(matched) = &answer.matched {
        out.push_str(&format!("  {}\n", out::faint(&shown(matched))));
    }
    let about = about(answer);
    if !about.is_empty() {
        out.push_str(&format!("  {about}\n"));
    }
    out.push_str(&format!("\n{}\n", answer.explanation));
    if !answer.evidence.is_empty() {
        out.push_str(&format!("\n{}", out::heading("On this machine")));
        out.extend(answer.evidence.iter().map(evidence));
    }
    out.push_str(&format!("\n{}", out::heading("What to do")));
    out.extend(answer.fixes.iter().enumerate().map(|(number, one)| fix(number + 1, one)));
    if answer.cause != Cause::Unknown {
        let helps = match (answer.cause.about().login, answer.login_helps) {
            // Without a profile nobody knows.
            (LoginHelps::Depends, _) if answer.profile.is_none() => {
                "Whether signing in helps depends on where the program has its credentials from."
            }
            (_, true) => "Signing in helps.",
            (_, false) => "Signing in does not help.",
        };
        out.push_str(&format!("\n{helps}\n"));
    }
    if !answer.also.is_empty() {
        out.push_str(&format!("\n{}", out::heading("Also in the text")));
        for also in &answer.also {
            let title = also.cause.about().title;
            out.push_str(&format!("  {title}\n      {}\n", out::faint(&shown(&also.matched))));
        }
    }
    out
}

/// What it is about, in one line.
fn about(answer: &Answer) -> String {
    let session = answer.session.as_ref().map(|session| session.name().to_owned());
    let parts = [
        // What is no profile of the files is explained, not named.
        ("profile", answer.profile.clone().filter(|name| !name.starts_with('('))),
        ("session", session),
        ("account", answer.account.clone()),
        ("role", answer.role.clone()),
        ("region", answer.region.clone()),
        ("said by", answer.client.and_then(Client::words_of).map(str::to_owned)),
    ];
    let parts = parts.iter().filter_map(|(name, value)| Some(format!("{name} {}", shown(value.as_deref()?))));
    parts.collect::<Vec<_>>().join(" · ")
}

fn evidence(evidence: &Evidence) -> String {
    let what = shown(&evidence.what);
    match (&evidence.file, evidence.line) {
        (Some(file), Some(line)) => format!("  {file}:{line}: {what}\n"),
        (Some(file), None) => format!("  {file}: {what}\n"),
        (None, _) => format!("  {what}\n"),
    }
}

fn fix(number: usize, fix: &Fix) -> String {
    let of_doctor = fix.change.as_ref().map(|_| "relight doctor --fix");
    let command = fix.command.as_deref().or(of_doctor);
    let command = command.map(|command| format!("       {command}\n")).unwrap_or_default();
    format!("  {number}. {}\n{command}", fix.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_log_without_end_the_end_is_kept() {
        let log = io::repeat(b'x').take(40 << 20).chain(&b"the error"[..]);
        let kept = end_of(log).unwrap();
        assert!(kept.len() <= 16 << 20 && kept.ends_with(b"the error"));
    }
}

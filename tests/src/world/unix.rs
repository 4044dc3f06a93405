//! What a sealed world needs on Unix: variables, and a browser that is a script.

use super::World;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

/// How Relight's questions end.
const QUESTIONS: [&[u8]; 3] = [b"[Y/n] ", b"[y/N] ", b"[1] "];

/// The variables that every program needs.
pub(super) fn environment(home: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("HOME", home.display().to_string()),
        ("PATH", "/usr/local/bin:/usr/bin:/bin".to_owned()),
        ("BROWSER", home.join("browser").display().to_string()),
    ]
}

/// A browser that writes each page's address as a line of the file `pages`.
pub(super) fn make_browser(home: &Path) -> io::Result<()> {
    let browser = home.join("browser");
    fs::write(&browser, format!("#!/bin/sh\necho \"$1\" >> '{}'\n", home.join("pages").display()))?;
    fs::set_permissions(browser, fs::Permissions::from_mode(0o755))
}

/// What is read can be renamed.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

impl World {
    /// What a terminal shows where `line` of a shell runs, and where each of `answers` is typed once a question is asked:
    /// not before, because a question takes only what comes after it. As over SSH, from where no browser comes back.
    pub fn at_a_terminal(&self, line: &str, answers: &[&str]) -> io::Result<String> {
        let mut script = self.command("script");
        script
            .args(["-qec", line, "/dev/null"])
            .current_dir(self.home())
            .env("NO_COLOR", "1")
            .env("SSH_TTY", "/dev/pts/0");
        let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut keyboard = child.stdin.take();
        let (mut shown, mut answers) = (Vec::new(), answers.iter());
        for byte in child.stdout.take().into_iter().flat_map(Read::bytes) {
            shown.push(byte?);
            if QUESTIONS.iter().any(|question| shown.ends_with(question))
                && let Some(keyboard) = &mut keyboard
                && let Some(answer) = answers.next()
            {
                write!(keyboard, "{answer}")?;
            }
        }
        drop(keyboard);
        child.wait()?;
        Ok(String::from_utf8_lossy(&shown).replace("\r\n", "\n"))
    }
}

//! A terminal for a command, and somebody who answers there.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

/// What is shown at a terminal of `script`'s, where each line of `typed` answers a question that ends with `] `: what was
/// typed before a question is no answer to it.
pub fn answered(script: &mut Command, typed: &str) -> io::Result<String> {
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut keyboard = child.stdin.take().filter(|_| !typed.is_empty());
    let mut screen = child.stdout.take().ok_or_else(|| io::Error::other("no screen"))?;
    let (mut shown, mut lines, mut buffer) = (Vec::new(), typed.split_inclusive('\n'), [0; 4096]);
    loop {
        let length = screen.read(&mut buffer)?;
        shown.extend_from_slice(buffer.get(..length).unwrap_or_default());
        if length == 0 {
            break;
        }
        if shown.ends_with(b"] ") {
            match (lines.next(), &mut keyboard) {
                (Some(line), Some(keyboard)) => keyboard.write_all(line.as_bytes())?,
                _ => keyboard = None,
            }
        }
    }
    child.wait()?;
    String::from_utf8(shown).map_err(io::Error::other)
}

//! `note-page FILE ADDRESS`: the browser of tests on Windows, where no script can be one. Adds the address to the file.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1);
    let (Some(file), Some(address)) = (words.next(), words.next()) else {
        return Err(std::io::Error::other("note-page FILE ADDRESS"));
    };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    writeln!(file, "{address}")
}

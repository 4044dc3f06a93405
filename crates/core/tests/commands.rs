//! Commands that people paste, as a shell reads them.
#![cfg(unix)]

use relight_core::text::command;
use std::process::Command;

#[test]
fn a_shell_reads_the_name_as_it_was() {
    for name in ["a b", "a'b", r#"'a" b"#, "$(x)", "`x`", r"a\b", "a!b", "~", "*", "a#b", "=x", "é & x"] {
        let line = command("printf %s", name).unwrap();
        let said = Command::new("sh").args(["-c", &line]).output().unwrap();
        assert_eq!(String::from_utf8(said.stdout).unwrap(), name, "{line}");
    }
}

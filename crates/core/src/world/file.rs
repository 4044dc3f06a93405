//! What becomes of the two files when they are read again.

use super::Content;
use crate::ini::Document;
use crate::problem::Problem;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Why a file cannot be read that is none.
pub const IS_FOLDER: &str = "there is a folder in its place";

/// Takes a file in. One that cannot be read now keeps what was last read of it, and is a problem; so is one that is not
/// there though a variable or an option names it: `named` is that, and the file's usual name.
pub(crate) fn read(
    content: Content<Vec<u8>>,
    document: &mut Document,
    path: &str,
    named: Option<(&str, &str)>,
) -> Option<Problem> {
    match content {
        Content::Missing => {
            *document = Document::default();
            named.map(|(by, _)| {
                let message = format!("{by} names {path}, which is not there.");
                let unset = if by.starts_with('-') { "leave it out" } else { "unset it" };
                Problem::warning("file-missing", message, format!("Correct {by}, or {unset}."))
            })
        }
        Content::Read(bytes) => {
            *document = Document::parse(&bytes);
            None
        }
        Content::Unreadable { reason } => {
            let hint: String = match named {
                Some((variable, file)) if reason == IS_FOLDER => {
                    let separator = if path.contains('\\') { '\\' } else { '/' };
                    let folder = path.trim_end_matches(separator);
                    format!("Set {variable} to the file in it, such as {folder}{separator}{file}.")
                }
                _ => {
                    "Correct its permissions or what stands in its place, or close the program that has it open.".into()
                }
            };
            let message = format!("{path} cannot be read: {reason}.");
            Some(Problem::error("file-unreadable", message, hint).at(path, None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_named_should_be_there() {
        let said = [None, Some("AWS_CONFIG_FILE"), Some("--config")].map(|by| {
            let problem = read(Content::Missing, &mut Document::default(), "/nope", by.map(|by| (by, "config")));
            problem.map_or_else(|| "nothing".into(), |problem| problem.sentence())
        });
        insta::assert_snapshot!(said.join("\n"), @"
        nothing
        AWS_CONFIG_FILE names /nope, which is not there. Correct AWS_CONFIG_FILE, or unset it.
        --config names /nope, which is not there. Correct --config, or leave it out.
        ");
    }
}

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
/// there though a variable names it: `named` is that, and the file's usual name.
pub(crate) fn read(
    content: Content<Vec<u8>>,
    document: &mut Document,
    path: &str,
    named: Option<(&str, &str)>,
) -> Option<Problem> {
    match content {
        Content::Missing => {
            *document = Document::default();
            named.map(|(variable, _)| {
                let message = format!("{variable} names {path}, which is not there.");
                Problem::warning("file-missing", message, format!("Correct {variable}, or unset it."))
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

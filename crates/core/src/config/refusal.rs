//! Which clients refuse the files as a whole.

use super::{FileKind, Files, Place};
use crate::ini::{Client, Fault, Refusal, Trouble};
use crate::problem::{self, Problem};
use crate::reading::{Refused, Why, botocore};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// For each family of clients why it refuses, if it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// boto3 and the AWS CLI.
    pub botocore: Option<(Refusal, FileKind)>,
    /// The SDK for JavaScript.
    pub js: Option<(Refusal, FileKind)>,
    /// The SDK for Rust.
    pub rust: Option<(Refusal, FileKind)>,
}

impl Verdicts {
    /// Of both files; the config file is read first.
    pub fn new(files: &Files) -> Self {
        let verdict = |client| {
            let config = files.config.refused_by(client).map(|refusal| (refusal, FileKind::Config));
            config.or_else(|| files.credentials.refused_by(client).map(|refusal| (refusal, FileKind::Credentials)))
        };
        let botocore = refused_by_botocore(files).map(|refused| {
            // The mark of an encoding is, to Python, something before the first header or a byte that is no text.
            let mark = match refused.why {
                Why::NoHeader => Some(Trouble::ByteOrderMark),
                Why::NotUtf8 => Some(Trouble::Utf16),
                _ => None,
            };
            let mut faults = files.document(refused.file).faults.iter();
            let mark = faults.find(|fault| Some(&fault.trouble) == mark.as_ref() && fault.line == refused.line);
            let message = mark.map_or_else(|| refused.why.words().into(), |mark| mark.trouble.words());
            (Refusal { message, line: refused.line }, refused.file)
        });
        Self { botocore, js: None, rust: verdict(Client::Rust) }
    }
}

impl Files {
    /// Where a file is given up by the reference grammar, or taken for an empty one: what it says may not all be known.
    pub fn given_up_at(&self) -> Option<Place> {
        let gives_up = |fault: &&Fault| fault.trouble == Trouble::NotUtf8 || fault.refusal(Client::Rust).is_some();
        [FileKind::Config, FileKind::Credentials].into_iter().find_map(|file| {
            let line = self.document(file).faults.iter().find(gives_up)?.line;
            Some(Place { file, line })
        })
    }
}

/// What botocore's own way of reading says: the grammar alone cannot tell in every odd file.
fn refused_by_botocore(files: &Files) -> Option<Refused> {
    botocore::read(Some(files.config.bytes()), Some(files.credentials.bytes())).err()
}

/// One problem for each breach of the grammar in either file, and for what some client reads differently.
pub(super) fn problems(files: &Files) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_sound = files.config.faults.is_empty() && files.credentials.faults.is_empty();
    let refused = if is_sound { None } else { refused_by_botocore(files) };
    for (document, file) in [(&files.config, FileKind::Config), (&files.credentials, FileKind::Credentials)] {
        // One line before the first header is as good as all of them: it is the header that is missing.
        let mut stray = false;
        // Of a file that is no text, nothing else is worth telling.
        let not_utf8 = document.faults.iter().find(|fault| fault.trouble == Trouble::NotUtf8);
        let is_binary = not_utf8.is_some() && document.sections.is_empty();
        for fault in document.faults.iter().filter(|fault| !is_binary || Some(*fault) == not_utf8) {
            let is_stray = fault.trouble == Trouble::OutsideSection;
            if is_stray && stray {
                continue;
            }
            stray |= is_stray;
            let stops_botocore = refused.is_some() && fault.refusal(Client::Botocore).is_some();
            // No profile works then in what most people use.
            let problem = if stops_botocore { Problem::error } else { Problem::warning };
            let problem = problem(fault.trouble.code(), message(fault, stops_botocore), fault.trouble.hint(fault.line));
            problem::add(&mut problems, files.place(problem, Place { file, line: fault.line }));
        }
    }
    problems.extend(refused.filter(|refused| !is_told(*refused, files)).map(|refused| {
        let message = format!("boto3 and the AWS CLI refuse this whole file: {}.", refused.why.words());
        let problem = Problem::error("refused-by-boto3", message, format!("Correct line {}.", refused.line));
        files.place(problem, Place { file: refused.file, line: refused.line })
    }));
    problems
}

/// Whether some fault of that file says already that botocore refuses it.
fn is_told(refused: Refused, files: &Files) -> bool {
    files.document(refused.file).refused_by(Client::Botocore).is_some()
}

fn message(fault: &Fault, stops_botocore: bool) -> String {
    let words = fault.trouble.words();
    let who = match (stops_botocore, fault.refusal(Client::Rust).is_some()) {
        (true, true) => "boto3, the AWS CLI and the AWS SDK for Rust refuse",
        (true, false) => "boto3 and the AWS CLI refuse",
        (false, true) => "The AWS SDK for Rust refuses",
        (false, false) => return sentence(&words, fault.trouble.effect()),
    };
    format!("{who} this whole file: {words}.")
}

/// `There is a comment behind the value: boto3 takes it for a part of it.`
fn sentence(words: &str, effect: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    format!("{}{}: {effect}.", first.collect::<String>(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tests::files;
    use super::*;
    use crate::ini::{Document, Encoding};
    use crate::reading::differences;

    #[test]
    fn a_breach_says_who_refuses_the_file_and_how_to_mend_it() {
        let problems = problems(&files("[profile dev]\nregion=a\n\n[profile dev]\nk : v", ""));
        let lines: Vec<_> = problems
            .iter()
            .map(|problem| {
                format!(
                    "{:?} {}:{} {} {}",
                    problem.severity,
                    problem.file.as_deref().unwrap_or(""),
                    problem.line.unwrap_or(0),
                    problem.message,
                    problem.hint
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @"
        Error ~/.aws/config:4 boto3 and the AWS CLI refuse this whole file: [profile dev] stands twice. Merge lines 1 and 4 into one section.
        Warning ~/.aws/config:5 The AWS SDK for Rust refuses this whole file: a line has no '='. Write '=' instead of ':' on line 5.
        ");
    }

    #[test]
    fn a_file_of_powershell_is_read_and_told() {
        let document = |encoding: Encoding| Document::parse(&encoding.bytes_of("[profile a]\r\nregion = x\r\n"));
        let (config, credentials) = (document(Encoding::Utf16Le), document(Encoding::Utf16Be));
        assert_eq!(config.property("profile a", "region").map(|region| (&*region.value, region.line)), Some(("x", 2)));
        assert_eq!(config.sections, credentials.sections);
        let files = Files { config, credentials, config_path: "c".into(), credentials_path: "k".into() };
        let words = "the file is UTF-16, which Windows PowerShell's '>' writes";
        let refusal = Refusal { message: words.into(), line: 1 };
        let verdicts = Verdicts { botocore: Some((refusal, FileKind::Config)), js: None, rust: None };
        assert_eq!(Verdicts::new(&files), verdicts);
        let problems = problems(&files);
        let lines = problems.iter().map(|one| format!("{:?} {} {} {}", one.file, one.code, one.message, one.hint));
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
        Some("c") utf-16 boto3 and the AWS CLI refuse this whole file: the file is UTF-16, which Windows PowerShell's '>' writes. Save the file as UTF-8 without a byte order mark: until then the AWS SDKs find nothing in it.
        Some("k") utf-16 boto3 and the AWS CLI refuse this whole file: the file is UTF-16, which Windows PowerShell's '>' writes. Save the file as UTF-8 without a byte order mark: until then the AWS SDKs find nothing in it.
        "#);
        let seen = differences(&files);
        assert!(seen.iter().all(|one| one.client != Client::Botocore && one.reads.is_none()), "{seen:?}");
        assert_eq!(seen.len(), 2, "neither JavaScript nor Rust sees the region");
    }

    #[test]
    fn ten_thousand_duplicates_are_not_ten_thousand_problems() {
        assert_eq!(problems(&files(&"[profile a]\n".repeat(10_000), "")).len(), 20);
    }
}

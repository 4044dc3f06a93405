//! Which clients refuse the files as a whole.

use super::{FileKind, Files, Place};
use crate::ini::{Client, Fault, Refusal};
use crate::problem::{self, Problem};
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
        Self { botocore: verdict(Client::Botocore), js: verdict(Client::Js), rust: verdict(Client::Rust) }
    }
}

/// One problem for each breach of the grammar in either file.
pub(super) fn problems(files: &Files) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (document, file) in [(&files.config, FileKind::Config), (&files.credentials, FileKind::Credentials)] {
        for fault in &document.faults {
            let problem = Problem::warning(fault.trouble.code(), message(fault), fault.trouble.hint(fault.line));
            problem::add(&mut problems, files.place(problem, Place { file, line: fault.line }));
        }
    }
    problems
}

fn message(fault: &Fault) -> String {
    let words = fault.trouble.words();
    let refused = |client| fault.refusal(client).is_some();
    let who = match (refused(Client::Botocore), refused(Client::Rust)) {
        (true, true) => "boto3, the AWS CLI and the AWS SDK for Rust refuse",
        (true, false) => "boto3 and the AWS CLI refuse",
        (false, true) => "The AWS SDK for Rust refuses",
        (false, false) => return format!("AWS clients read this line differently: {words}."),
    };
    format!("{who} this whole file: {words}.")
}

#[cfg(test)]
mod tests {
    use super::super::tests::files;
    use super::*;

    #[test]
    fn a_breach_says_who_refuses_the_file_and_how_to_mend_it() {
        let problems = problems(&files("[profile dev]\nregion=a\n\n[profile dev]\nk : v", ""));
        let lines: Vec<_> = problems
            .iter()
            .map(|problem| {
                format!(
                    "{}:{} {} {}",
                    problem.file.as_deref().unwrap_or(""),
                    problem.line.unwrap_or(0),
                    problem.message,
                    problem.hint
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @"
        ~/.aws/config:4 boto3 and the AWS CLI refuse this whole file: [profile dev] stands twice. Merge lines 1 and 4 into one section.
        ~/.aws/config:5 The AWS SDK for Rust refuses this whole file: a line has no '='. Write '=' instead of ':' on line 5.
        ");
    }

    #[test]
    fn ten_thousand_duplicates_are_not_ten_thousand_problems() {
        assert_eq!(problems(&files(&"[profile a]\n".repeat(10_000), "")).len(), 20);
    }
}

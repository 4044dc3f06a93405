//! docs/errors.md: a section for each cause, with the words that programs say, so that a search for them finds it.

use super::about;
use super::cause::{Cause, LoginHelps};
use super::phrase::{Client, Weight};
use super::phrases;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The document, as it stands in the project.
fn document() -> String {
    let mut out = String::from(
        "<!-- Made from the program's own table by `./dev errors`. Do not edit. -->\n\n# Errors of AWS credentials, and what to do\n\nWhat the AWS CLI, the SDKs and the tools built on them say when they get no credentials, or none that AWS takes. `relight explain` finds the cause in a text that you paste or pipe in (`aws s3 ls 2>&1 | relight explain`), asks this machine's files, and says what helps here. `…` stands for what varies.\n\n",
    );
    for cause in Cause::ALL.into_iter().filter(|cause| *cause != Cause::Unknown) {
        let about = about::of(cause);
        out.push_str(&format!("- [{}](#{}): {}\n", about.code, about.code, about.title));
    }
    for cause in Cause::ALL.into_iter().filter(|cause| *cause != Cause::Unknown) {
        out.push_str(&section(cause));
    }
    out
}

fn section(cause: Cause) -> String {
    let about = about::of(cause);
    let helps = match about.login {
        LoginHelps::Yes => "Signing in again helps.",
        LoginHelps::No => "Signing in again does not help.",
        LoginHelps::Depends => "Whether signing in again helps depends on where the credentials come from.",
    };
    let mut out = format!("\n## {}\n\n**{}.** {} {helps}\n", about.code, about.title, about.explanation);
    if cause.is_not_about_credentials() {
        out.push_str("\nThis is not a credential problem.\n");
    }
    out.push_str("\nWhat to do:\n\n");
    for (number, advice) in about.advice.iter().enumerate() {
        let end = if advice.ends_with('?') { "" } else { "." };
        out.push_str(&format!("{}. {advice}{end}\n", number + 1));
    }
    let mut said: BTreeMap<Client, Vec<&str>> = BTreeMap::new();
    for phrase in
        phrases::all().filter(|phrase| phrase.cause == cause && phrase.weight != Weight::Wraps && !phrase.is_common)
    {
        said.entry(phrase.client).or_default().push(phrase.text);
    }
    if !said.is_empty() {
        out.push_str("\nWhat programs say:\n");
    }
    for (client, phrases) in said {
        out.push_str(&format!("\n{}:\n\n```text\n", capitalised(client.words())));
        for phrase in phrases {
            out.push_str(&without_gaps(phrase));
            out.push('\n');
        }
        out.push_str("```\n");
    }
    out
}

/// The phrase with `…` in its gaps.
fn without_gaps(phrase: &str) -> String {
    let mut out = String::new();
    let mut rest = phrase;
    while let Some((before, (_, after))) =
        rest.split_once('{').and_then(|(before, gap)| Some((before, gap.split_once('}')?)))
    {
        out.push_str(before);
        out.push('…');
        rest = after;
    }
    out + rest
}

fn capitalised(words: &str) -> String {
    // Names such as boto3 and eksctl stay as they are.
    match words.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => words.replacen("any", "Any", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use std::{env, fs};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a file that is made from the code")]
    fn the_document_of_errors_is_that_of_the_table() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
        if env::var_os("RELIGHT_WRITE_ERRORS").is_some() {
            fs::write(&file, document()).unwrap();
        }
        let written = fs::read_to_string(&file).unwrap_or_default();
        assert!(written == document(), "docs/errors.md is not what the table says: run './dev errors'");
    }
}

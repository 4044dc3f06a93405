//! Values that AWS or its clients refuse: accounts, roles, MFA devices, durations, outputs and programs.

use super::Finding;
use super::look::{Look, about_section};
use super::mend::set;
use crate::config::{Credentials, FileKind, Profile, RoleSource};
use crate::fix::Fix;
use crate::ini::{Document, Property, Section};
use crate::problem::{Problem, Severity};
use crate::text::shown;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let files = look.world.files();
    let of = |file, document: &Document| {
        let all = document.sections.iter().flat_map(|section| section.properties.iter().map(move |one| (section, one)));
        all.filter_map(|(section, property)| finding(look, file, section, property)).collect::<Vec<_>>()
    };
    let mut found = of(FileKind::Config, &files.config);
    found.extend(of(FileKind::Credentials, &files.credentials));
    found.extend(look.profiles().filter_map(|profile| chained(look, profile)));
    found
}

/// What is wrong with a value, and how it is put right.
struct Wrong {
    severity: Severity,
    /// Behind `KEY = VALUE in [SECTION]`.
    words: &'static str,
    hint: Cow<'static, str>,
    meant: Option<String>,
}

impl Wrong {
    fn new(words: &'static str, hint: impl Into<Cow<'static, str>>) -> Self {
        Self { severity: Severity::Error, words, hint: hint.into(), meant: None }
    }

    fn for_some(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }
}

fn finding(look: &Look<'_>, file: FileKind, section: &Section, property: &Property) -> Option<Finding> {
    let (key, value) = (property.key.as_str(), property.value.lines().next().unwrap_or_default());
    if value.is_empty() {
        return None;
    }
    let wrong = match key {
        "sso_account_id" => account(value),
        "sso_role_name" => role_name(value),
        "role_arn" => role_arn(value),
        "mfa_serial" => mfa_device(value),
        "duration_seconds" => duration(value),
        "output" => output(value),
        "credential_process" => program(look, value),
        _ => None,
    }?;
    // A command may have secrets in it.
    let written = if key == "credential_process" { key.into() } else { format!("{key} = {}", shown(value)) };
    let message = format!("{written} in [{}] {}.", shown(&section.name), wrong.words);
    let mut problem = Problem::error("value-malformed", message, wrong.hint);
    problem.severity = wrong.severity;
    let problem = problem.at(look.world.files().path(file), Some(property.line));
    let proof = look.proof(&problem);
    let fix: Option<Fix> = wrong.meant.and_then(|meant| set(look, file, section, key, &meant));
    Some(Finding::new(problem).about(about_section(&section.name)).proven(proof).mended(fix))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The API's pattern for names (IAM and sts: `[\w+=,.@-]`).
fn is_name(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character))
}

fn account(value: &str) -> Option<Wrong> {
    if is_account(value) {
        return None;
    }
    Some(Wrong::new("is no account", "An account has twelve digits, with the zeros in front."))
}

fn role_name(value: &str) -> Option<Wrong> {
    if is_name(value) {
        return None;
    }
    Some(Wrong::new(
        "is no name of a role",
        "It has letters, digits and _+=,.@- only: 'relight accounts' lists the names.",
    ))
}

fn is_role_arn(value: &str) -> bool {
    let mut parts = value.splitn(6, ':');
    let mut part = || parts.next().unwrap_or_default();
    let (arn, partition, service, region, account, resource) = (part(), part(), part(), part(), part(), part());
    let is_role =
        resource.strip_prefix("role/").is_some_and(|role| !role.is_empty() && !role.contains(char::is_whitespace));
    arn == "arn"
        && partition.starts_with("aws")
        && service == "iam"
        && region.is_empty()
        && is_account(account)
        && is_role
}

fn role_arn(value: &str) -> Option<Wrong> {
    if is_role_arn(value) {
        return None;
    }
    let meant = Some(value.replacen(":iam:", ":iam::", 1)).filter(|meant| is_role_arn(meant));
    let hint = match &meant {
        Some(meant) => format!("Did you mean {}?", shown(meant)),
        None => "Write it like arn:aws:iam::111122223333:role/NAME.".into(),
    };
    Some(Wrong { meant, ..Wrong::new("is no ARN of a role", hint) })
}

/// An ARN, or the serial number of a device: at least nine characters (sts, `SerialNumber`).
fn mfa_device(value: &str) -> Option<Wrong> {
    let is_text = value.chars().all(|character| character.is_ascii_alphanumeric() || "_+=/:,.@-".contains(character));
    if value.len() >= 9 && is_text {
        return None;
    }
    let hint = "Write its ARN, like arn:aws:iam::111122223333:mfa/NAME, or the number on the device.";
    Some(Wrong::new("is no MFA device", hint))
}

/// From 15 minutes to 12 hours (sts, `DurationSeconds`).
fn duration(value: &str) -> Option<Wrong> {
    if value.parse::<u32>().is_ok_and(|seconds| (900..=43_200).contains(&seconds)) {
        return None;
    }
    Some(Wrong::new("is no duration of a role", "Write 900 to 43200, and no more than the role allows."))
}

/// What the AWS CLI prints in.
fn output(value: &str) -> Option<Wrong> {
    if ["json", "yaml", "yaml-stream", "text", "table", "off"].contains(&value) {
        return None;
    }
    let hint = "Write json, yaml, yaml-stream, text or table.";
    Some(Wrong::new("is no output format of the AWS CLI", hint).for_some())
}

fn program(look: &Look<'_>, value: &str) -> Option<Wrong> {
    let command = value.trim_start_matches(['"', '\'']);
    if command.starts_with('~') {
        let words = "begins with ~, which boto3 and the AWS CLI do not expand";
        return Some(Wrong::new(words, "Write the whole path of the program.").for_some());
    }
    let is_it = |program: &String| {
        command
            .strip_prefix(program.as_str())
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    if !look.around.missing_programs.iter().any(is_it) {
        return None;
    }
    Some(Wrong::new("names a program that is not there", "Install it, or correct its path."))
}

/// A role from another role's credentials lasts for an hour at most (aws-sessions.md 2.2).
fn chained(look: &Look<'_>, profile: &Profile) -> Option<Finding> {
    let Credentials::AssumeRole(role) = &profile.credentials else { return None };
    let RoleSource::Profile(source) = &role.source else { return None };
    let source = look.world.config.profiles.get(source).filter(|source| source.name != profile.name)?;
    let is_role = matches!(source.credentials, Credentials::AssumeRole(_) | Credentials::WebIdentity(_));
    let seconds = role.request.duration_seconds.filter(|seconds| is_role && (3_601..=43_200).contains(seconds))?;
    let message = format!(
        "duration_seconds = {seconds}, but '{}' starts from the role of '{}': AWS gives such a chain an hour at most, and refuses more.",
        shown(&profile.name),
        shown(&source.name)
    );
    let problem = Problem::error("value-malformed", message, "Write 3600, or leave duration_seconds out.");
    Some(Finding::new(look.world.files().place(problem, profile.place)).of_profile(&profile.name))
}

//! Roles that a profile assumes, and the profiles that they start from (aws-sessions.md 2.2).

use super::account::account_in;
use super::{Files, Keys};
use crate::cache::CacheName;
use crate::problem::Problem;
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a profile says about the role it assumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Whose credentials assume it.
    pub source: RoleSource,
    /// Whether a person must type an MFA code for it.
    pub needs_mfa: bool,
    /// What AWS is asked for.
    pub request: AssumeRole,
    /// The AWS CLI's cache of it, for what this profile says.
    pub cache: CacheName,
    /// The account in its ARN.
    pub account_id: Option<String>,
    /// The name in its ARN.
    pub role_name: Option<String>,
}

/// What sts is asked for: exactly what the AWS CLI asks, because it names its cache by that (aws-sessions.md 2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumeRole {
    /// `role_arn`
    pub role_arn: String,
    /// `role_session_name`; none lets each client make one up, which the cache's name leaves out.
    pub role_session_name: Option<String>,
    /// `external_id`
    pub external_id: Option<String>,
    /// `mfa_serial`
    pub serial_number: Option<String>,
    /// `duration_seconds`
    pub duration_seconds: Option<u32>,
}

/// Where a role starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleSource {
    /// A profile; itself too, where it has a key of its own.
    Profile(String),
    /// `credential_source = Environment`: the environment of whoever uses it.
    Environment,
    /// `credential_source`: a container or an instance, which renew their own.
    Machine,
    /// Neither is named, or something that is not there.
    Missing,
}

/// A role that a token of another identity provider assumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `web_identity_token_file`, as it stands: no client expands anything in it.
    pub token_file: String,
    /// What AWS is asked for.
    pub request: AssumeRole,
    /// The AWS CLI's cache of it, for what this profile says.
    pub cache: CacheName,
    /// The account in the role's ARN.
    pub account_id: Option<String>,
    /// The name in it.
    pub role_name: Option<String>,
}

impl Identity {
    pub(super) fn new(token_file: &str, role_arn: &str, session_name: Option<&str>) -> Self {
        let (account_id, role_name) = parts_of(role_arn);
        let request = AssumeRole {
            role_arn: role_arn.to_owned(),
            role_session_name: session_name.map(ToOwned::to_owned),
            external_id: None,
            serial_number: None,
            duration_seconds: None,
        };
        Self { token_file: token_file.to_owned(), cache: request.cache(), request, account_id, role_name }
    }

    /// Where the token's path cannot be followed.
    pub(super) fn problem(&self, named_by: &str) -> Option<Problem> {
        if self.is_absolute() {
            return None;
        }
        let why = if self.token_file.starts_with('~') {
            "begins with ~, which no client expands"
        } else {
            "is not a whole path, so it depends on the folder that a program is started in"
        };
        let message = format!("The path of the web identity token {why}.");
        let hint = format!("Write the whole path in {named_by}.");
        Some(Problem::warning("web-identity-path", message, hint))
    }

    /// Whether the path means one file wherever a program is started: `/…`, `C:\…` or `\\…`.
    pub fn is_absolute(&self) -> bool {
        let path = self.token_file.as_bytes();
        path.starts_with(b"/") || path.starts_with(b"\\") || matches!(path, [_, b':', b'\\' | b'/', ..])
    }
}

pub(super) fn identity(keys: &Keys<'_>, problems: &mut Vec<Problem>, files: &Files) -> Identity {
    let value = |key| keys.get(key).unwrap_or_default();
    let token_file = "web_identity_token_file";
    let identity = Identity::new(value(token_file), value("role_arn"), keys.get("role_session_name"));
    problems.extend(identity.problem(token_file).map(|problem| files.place(problem, keys.place_of(token_file))));
    identity
}

/// A token without the role that it is for. Whatever else the profile has, botocore refuses it.
pub(super) fn without_arn(is_all: bool, keys: &Keys<'_>, files: &Files) -> Problem {
    let problem = if is_all { Problem::error } else { Problem::warning };
    let problem = problem(
        "web-identity-incomplete",
        "There is a web_identity_token_file but no role_arn: boto3 and the AWS CLI refuse this profile.",
        "Add the role_arn that the token is for, or remove web_identity_token_file.",
    );
    files.place(problem, keys.place_of("web_identity_token_file"))
}

pub(super) fn read(keys: &Keys<'_>, problems: &mut Vec<Problem>, files: &Files) -> Role {
    let arn = keys.get("role_arn").unwrap_or_default();
    let (source, place) = (keys.get("source_profile"), keys.place_of("role_arn"));
    let source = match (source, keys.get("credential_source")) {
        (Some(_), Some(_)) => {
            let problem = Problem::error(
                "source-profile-broken",
                "There are both source_profile and credential_source.",
                "Keep one of them.",
            );
            problems.push(files.place(problem, keys.place_of("credential_source")));
            RoleSource::Missing
        }
        (Some(source), None) => RoleSource::Profile(source.to_owned()),
        (None, Some("Environment")) => RoleSource::Environment,
        (None, Some("Ec2InstanceMetadata" | "EcsContainer")) => RoleSource::Machine,
        (None, Some(other)) => {
            let problem = Problem::error(
                "source-profile-broken",
                format!("credential_source is '{}', which no client knows.", shown(other)),
                "Write Environment, EcsContainer or Ec2InstanceMetadata.",
            );
            problems.push(files.place(problem, keys.place_of("credential_source")));
            RoleSource::Missing
        }
        (None, None) => {
            let problem = Problem::error(
                "source-profile-broken",
                "There is a role_arn but nothing to assume it with.",
                "Add source_profile or credential_source.",
            );
            problems.push(files.place(problem, place));
            RoleSource::Missing
        }
    };
    let (account_id, role_name) = parts_of(arn);
    let value = |key| keys.get(key).map(ToOwned::to_owned);
    let request = AssumeRole {
        role_arn: arn.to_owned(),
        role_session_name: value("role_session_name"),
        external_id: value("external_id"),
        serial_number: value("mfa_serial"),
        duration_seconds: keys.get("duration_seconds").and_then(|text| text.parse().ok()),
    };
    let needs_mfa = request.serial_number.is_some();
    Role { source, needs_mfa, cache: request.cache(), request, account_id, role_name }
}

/// `arn:aws:iam::ACCOUNT:role/path/NAME`
fn parts_of(arn: &str) -> (Option<String>, Option<String>) {
    let resource = arn.splitn(6, ':').nth(5);
    let role = resource.and_then(|resource| resource.strip_prefix("role/")).and_then(|path| path.rsplit('/').next());
    (account_in(arn).map(ToOwned::to_owned), role.map(ToOwned::to_owned))
}

impl AssumeRole {
    /// Keys sorted, separators `, ` and `: `, as Python writes them (aws-sessions.md 2.3).
    fn cache(&self) -> CacheName {
        let mut fields: Vec<String> = Vec::new();
        fields.extend(self.duration_seconds.map(|seconds| format!("\"DurationSeconds\": {seconds}")));
        for (name, value) in [
            ("ExternalId", self.external_id.as_deref()),
            ("RoleArn", Some(self.role_arn.as_str())),
            ("RoleSessionName", self.role_session_name.as_deref()),
            ("SerialNumber", self.serial_number.as_deref()),
        ] {
            fields.extend(value.map(|text| format!("\"{name}\": {}", crate::cache::python_string(text))));
        }
        CacheName::of(&format!("{{{}}}", fields.join(", ")))
    }
}

//! Keys that look like one of AWS's with a slip in it: clients pass over them without a word.

use super::look::{Look, about_section, has};
use super::{About, Finding};
use crate::config::{FileKind, SessionId};
use crate::fix::Fix;
use crate::ini::{Document, Edit, Property, Section};
use crate::near::{distance, nearest};
use crate::problem::{Problem, Severity};
use crate::text::shown;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let files = look.world.files();
    let of = |file, document: &Document| {
        let all = document.sections.iter().flat_map(|section| section.properties.iter().map(move |one| (section, one)));
        all.filter_map(|(section, property)| slip(look, file, section, property)).take(MOST).collect::<Vec<_>>()
    };
    let mut found = of(FileKind::Config, &files.config);
    found.extend(of(FileKind::Credentials, &files.credentials));
    found
}

/// A file of another kind, by mistake, is one thing to mend.
const MOST: usize = 20;

/// Whether a problem is there only because the key that would prevent it is mistyped: that is told instead.
pub(super) fn explains(look: &Look<'_>, about: Option<&About>, problem: &Problem) -> bool {
    let (files, code) = (look.world.files(), problem.code);
    let is_meant = |file, section: &Section| {
        section.properties.iter().any(|property| meant(file, section, property).is_some_and(|key| misses(code, key)))
    };
    let any = |file, document: &Document, name: &str| document.sections_named(name).any(|one| is_meant(file, one));
    let in_config = |name: &str| any(FileKind::Config, &files.config, name);
    match about {
        Some(About::Profile(name)) if name == "default" => {
            in_config(name) || any(FileKind::Credentials, &files.credentials, name)
        }
        Some(About::Profile(name)) => {
            in_config(&format!("profile {name}")) || any(FileKind::Credentials, &files.credentials, name)
        }
        Some(About::Session(SessionId::SsoSession(name))) => in_config(&format!("sso-session {name}")),
        _ => false,
    }
}

/// Whether a problem of this code may come from the key's absence.
fn misses(code: &str, key: &str) -> bool {
    match code {
        "sso-config-incomplete" => key.starts_with("sso_"),
        "source-profile-broken" => matches!(key, "source_profile" | "credential_source"),
        "partial-credentials" | "session-token-missing" => key.starts_with("aws_"),
        "web-identity-incomplete" => key == "role_arn",
        _ => false,
    }
}

/// The key that somebody probably meant, where it is not there as well.
fn meant(file: FileKind, section: &Section, property: &Property) -> Option<&'static str> {
    let kind = section.name.split([' ', '\t']).next().unwrap_or_default();
    let known: &[&'static str] = match (file, kind) {
        (FileKind::Config, "sso-session") => &OF_SESSION,
        (FileKind::Config, "services" | "plugins" | "preview") => return None,
        _ => &OF_PROFILE,
    };
    let key = property.key.as_str();
    if known.contains(&key) {
        return None;
    }
    let free = known.iter().copied().filter(|meant| !has(section, meant));
    nearest(key, free)
        .and_then(|near| known.iter().copied().find(|meant| *meant == near && distance(key, near, 2).is_some()))
}

fn slip(look: &Look<'_>, file: FileKind, section: &Section, property: &Property) -> Option<Finding> {
    let meant = meant(file, section, property)?;
    let (key, name) = (&property.key, shown(&section.name));
    let message = format!("'{}' in [{name}] is no key that AWS's clients know: they pass over it.", shown(key));
    let mut problem = Problem::warning("key-mistyped", message, format!("Did you mean {meant}?"))
        .at(look.world.files().path(file), Some(property.line));
    let about = about_section(&section.name);
    let problems = match &about {
        About::Profile(name) => look.profile(name).map(|profile| &profile.problems),
        About::Session(id) => look.view.sessions.iter().find(|one| one.id == *id).map(|session| &session.problems),
        About::Context { .. } => None,
    };
    if problems.is_some_and(|problems| problems.iter().any(|other| misses(other.code, meant))) {
        problem.severity = Severity::Error;
    }
    let edit = Edit::RenameKey { section: section.name.clone(), key: key.clone(), to: meant.into() };
    let fix: Option<Fix> =
        look.edit(format!("Write {meant} instead of {} in [{name}]", shown(key)), file, Vec::from([edit]));
    let proof = look.proof(&problem);
    Some(Finding::new(problem).about(about).proven(proof).mended(fix))
}

const OF_SESSION: [&str; 3] = ["sso_start_url", "sso_region", "sso_registration_scopes"];

/// What AWS's clients read in a profile (SDKs and Tools reference guide, "Settings reference"; AWS CLI, "Configuration
/// and credential file settings").
const OF_PROFILE: [&str; 56] = [
    "account_id_endpoint_mode",
    "addressing_style",
    "api_versions",
    "auth_scheme_preference",
    "aws_access_key_id",
    "aws_account_id",
    "aws_secret_access_key",
    "aws_security_token",
    "aws_session_token",
    "ca_bundle",
    "cli_auto_prompt",
    "cli_binary_format",
    "cli_follow_urlparam",
    "cli_help_output",
    "cli_history",
    "cli_pager",
    "cli_timestamp_format",
    "credential_process",
    "credential_source",
    "csm_enabled",
    "defaults_mode",
    "disable_request_compression",
    "duration_seconds",
    "ec2_metadata_service_endpoint",
    "ec2_metadata_service_endpoint_mode",
    "ec2_metadata_v1_disabled",
    "endpoint_discovery_enabled",
    "endpoint_url",
    "external_id",
    "ignore_configured_endpoint_urls",
    "login_session",
    "max_attempts",
    "metadata_service_num_attempts",
    "metadata_service_timeout",
    "mfa_serial",
    "output",
    "parameter_validation",
    "region",
    "request_checksum_calculation",
    "request_min_compression_size_bytes",
    "response_checksum_validation",
    "retry_mode",
    "role_arn",
    "role_session_name",
    "s3_disable_multiregion_access_points",
    "s3_use_arn_region",
    "sdk_ua_app_id",
    "services",
    "sigv4a_signing_region_set",
    "source_profile",
    "sso_account_id",
    "sso_region",
    "sso_registration_scopes",
    "sso_role_name",
    "sso_session",
    "sso_start_url",
];

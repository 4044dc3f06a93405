//! What the environment of this program says about credentials. Nothing secret is kept of it.

use super::role::Identity;
use super::{Credentials, Endpoints, FileKind, Files, Home, Located, Place, Profile, Remote};
use crate::offline::{BedrockKey, NoBedrockKey, account_of};
use crate::problem::Problem;
use crate::settings::ASSUMED;
use crate::status::expiry_key::{self, KeyExpiry};
use crate::text::{listed, shown};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The variables that matter, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// What overrides AWS's endpoints.
    pub overrides: super::endpoint::Overrides,
    /// `AWS_PROFILE`
    pub profile: Option<String>,
    /// `AWS_DEFAULT_PROFILE`, which the AWS CLI asks second and boto3 first (aws-sessions.md 1.1).
    pub default_profile: Option<String>,
    /// Why a browser cannot come back to this machine, if it cannot.
    pub remote: Option<Remote>,
    /// The home folders that clients have, Relight's own first; none until they were looked for.
    pub homes: Vec<Home>,
    /// Variables that this program was not started with, by the settings at its start.
    pub assumed: BTreeMap<String, String>,
    /// What is wrong with the variables that tell of them, and of the files.
    paths_problems: Vec<Problem>,
    /// `AWS_REGION`, else `AWS_DEFAULT_REGION`, as the AWS CLI v2 asks (aws-sessions.md 1.1).
    pub region: Option<String>,
    /// The variable or option that names the config file, if one does: a file that is named should be there.
    pub config_named_by: Option<&'static str>,
    /// The same of the credentials file.
    pub credentials_named_by: Option<&'static str>,
    key: Option<Key>,
    /// `AWS_ROLE_ARN`, `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_SESSION_NAME`
    web_identity: Option<Identity>,
    /// A token file without the role that it is for.
    lacks_role: bool,
    has_container: bool,
    bedrock: Option<Result<BedrockKey, NoBedrockKey>>,
}

/// `AWS_ACCESS_KEY_ID` and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    id: String,
    has_secret: bool,
    has_token: bool,
    expiry: KeyExpiry,
}

/// The names of what is no profile, with a mark that no profile's name may have.
/// The key in the environment.
pub const ENVIRONMENT_KEY: &str = "(environment)";
const WEB_IDENTITY: &str = "(web identity)";
const CONTAINER: &str = "(container)";
const BEDROCK_KEY: &str = "(bedrock key)";

impl Environment {
    /// Takes what matters; `variable` gives the value of one that is set and not empty.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let key = variable("AWS_ACCESS_KEY_ID").map(|id| Key {
            id,
            has_secret: variable("AWS_SECRET_ACCESS_KEY").is_some(),
            has_token: variable("AWS_SESSION_TOKEN").is_some() || variable("AWS_SECURITY_TOKEN").is_some(),
            expiry: expiry_key::of_environment(&variable),
        });
        let token_file = variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        let role_arn = variable("AWS_ROLE_ARN");
        let lacks_role = token_file.is_some() && role_arn.is_none();
        let session_name = variable("AWS_ROLE_SESSION_NAME");
        let web_identity =
            token_file.zip(role_arn).map(|(file, arn)| Identity::new(&file, &arn, session_name.as_deref()));
        let has_container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
            .iter()
            .any(|name| variable(name).is_some());
        Self {
            remote: None,
            homes: Vec::new(),
            assumed: BTreeMap::new(),
            paths_problems: Vec::new(),
            overrides: super::endpoint::Overrides::read(&variable),
            profile: variable("AWS_PROFILE"),
            default_profile: variable("AWS_DEFAULT_PROFILE"),
            region: variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION")),
            config_named_by: variable("AWS_CONFIG_FILE").map(|_| "AWS_CONFIG_FILE"),
            credentials_named_by: variable("AWS_SHARED_CREDENTIALS_FILE").map(|_| "AWS_SHARED_CREDENTIALS_FILE"),
            key,
            web_identity,
            lacks_role,
            has_container,
            bedrock: variable("AWS_BEARER_TOKEN_BEDROCK").map(|text| BedrockKey::parse(&text)),
        }
    }

    /// With where the files were found.
    #[must_use]
    pub fn located(self, located: Located) -> Self {
        let homes = core::iter::once(located.own).chain(located.others).collect();
        Self { homes, paths_problems: located.problems, ..self }
    }

    /// What is wrong with the variables that tell of home folders and files.
    pub(crate) fn paths_problems(&self) -> &[Problem] {
        &self.paths_problems
    }

    /// That other variables are to be assumed than were when this program started.
    pub(crate) fn outdated(&self, assumed: &BTreeMap<String, String>) -> Option<Problem> {
        let differs = |name: &&str| self.assumed.get(*name) != assumed.get(*name);
        let names: Vec<_> = ASSUMED.into_iter().filter(differs).collect();
        (!self.homes.is_empty() && !names.is_empty()).then(|| {
            let message = format!("Relight's settings say something new of {}.", listed(&names));
            Problem::info(
                "settings-later",
                message,
                "It counts when Relight's programs start again: quit the tray and the window.",
            )
        })
    }

    /// The profile that a client without a name of its own uses, in the AWS CLI's order.
    pub fn selected_profile(&self) -> &str {
        self.profile.as_deref().or(self.default_profile.as_deref()).unwrap_or("default")
    }

    /// Each source of credentials, as if it were a profile: they end and are shown like one.
    pub(super) fn profiles(&self) -> Vec<Profile> {
        let mut profiles = Vec::new();
        if let Some(key) = &self.key {
            let is_temporary = key.has_token || key.id.starts_with("ASIA");
            let credentials = Credentials::Environment {
                access_key_id: key.id.clone(),
                expiry: is_temporary.then(|| key.expiry.clone()),
            };
            profiles.push(profile(ENVIRONMENT_KEY, credentials, key.problems(is_temporary)));
        }
        if let Some(identity) = &self.web_identity {
            let problems = identity.problem("AWS_WEB_IDENTITY_TOKEN_FILE").into_iter().collect();
            profiles.push(profile(WEB_IDENTITY, Credentials::WebIdentity(identity.clone()), problems));
        }
        if self.has_container {
            profiles.push(profile(CONTAINER, Credentials::Container, Vec::new()));
        }
        if let Some(key) = &self.bedrock {
            let problem = key.as_ref().err().map(|why| {
                Problem::warning(
                    "bedrock-bearer-token",
                    format!("AWS_BEARER_TOKEN_BEDROCK is not a key of AWS's own: {why}. While it is set, AWS's Bedrock refuses every call, whatever the profile."),
                    "Unset AWS_BEARER_TOKEN_BEDROCK, or set it to the whole key.",
                )
            });
            let credentials = Credentials::BedrockKey(key.as_ref().ok().cloned());
            profiles.push(profile(BEDROCK_KEY, credentials, problem.into_iter().collect()));
        }
        profiles
    }

    /// Where variables contradict each other or the files.
    pub(super) fn problems(&self, profiles: &BTreeMap<String, Profile>, files: &Files) -> Vec<Problem> {
        let mut problems = self.paths_problems.clone();
        match (&self.profile, &self.default_profile) {
            (Some(one), Some(other)) if one != other => problems.push(Problem::warning(
                "two-profile-variables",
                format!(
                    "AWS_PROFILE is '{0}' and AWS_DEFAULT_PROFILE is '{1}': boto3 uses '{1}', the AWS CLI v2 and the other SDKs '{0}'.",
                    shown(one),
                    shown(other)
                ),
                "Unset AWS_DEFAULT_PROFILE.",
            )),
            _ => {}
        }
        if self.lacks_role {
            problems.push(Problem::warning(
                "web-identity-incomplete",
                "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not: boto3 and the AWS CLI refuse that.",
                "Set AWS_ROLE_ARN to the role that the token is for, or unset AWS_WEB_IDENTITY_TOKEN_FILE.",
            ));
        }
        problems.extend(self.shadowing(profiles));
        let named = [("AWS_PROFILE", &self.profile), ("AWS_DEFAULT_PROFILE", &self.default_profile)];
        for (variable, name) in named.into_iter().filter_map(|(variable, name)| Some((variable, name.as_deref()?))) {
            if !profiles.contains_key(name) {
                let (why, hint) = if has_header(files, name) {
                    let hint = format!("Correct that header, or unset {variable}.");
                    ("whose header in the files is one that clients pass over", hint)
                } else {
                    ("which is in no file", format!("Correct {variable}, or unset it."))
                };
                problems.push(Problem::warning(
                    "profile-not-found",
                    format!("{variable} names the profile '{}', {why}.", shown(name)),
                    hint,
                ));
            }
        }
        problems
    }

    /// The key hides the profile that `AWS_PROFILE` names: unless a tool set both for the same account.
    fn shadowing(&self, profiles: &BTreeMap<String, Profile>) -> Option<Problem> {
        let (key, name) = (self.key.as_ref().filter(|key| key.has_secret)?, self.profile.as_deref()?);
        let account = account_of(&key.id);
        if account.is_some() && profiles.get(name).is_some_and(|profile| profile.account_id == account) {
            return None;
        }
        let name = shown(name);
        Some(Problem::warning(
            "environment-shadows-profile",
            format!(
                "AWS_ACCESS_KEY_ID is set, so the profile '{name}' that AWS_PROFILE names is not used by boto3, the AWS CLI and the SDKs for Go, Java and Rust; only the one for JavaScript uses it."
            ),
            "Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or name the profile with --profile.",
        ))
    }
}

/// Whether a profile's name stands where the other file would have it so.
fn has_header(files: &Files, name: &str) -> bool {
    let other = format!("profile {name}");
    files.config.sections_named(name).chain(files.credentials.sections_named(&other)).next().is_some()
}

impl Key {
    fn problems(&self, is_temporary: bool) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !self.has_secret {
            problems.push(Problem::error(
                "partial-credentials",
                "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not.",
                "Set both, or unset AWS_ACCESS_KEY_ID.",
            ));
        } else if is_temporary && !self.has_token {
            problems.push(Problem::error(
                "session-token-missing",
                "AWS_ACCESS_KEY_ID is a temporary key (ASIA…), but AWS_SESSION_TOKEN is not set: AWS refuses it.",
                "Set all three: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
            ));
        }
        if let KeyExpiry::Unreadable { key } = self.expiry {
            problems.push(Problem::warning(
                "expiry-unreadable",
                format!("The value of {key} is no date that can be told for certain, so the key's end is not known."),
                format!("Set {key} with its zone, such as 2026-11-22T18:00:00Z."),
            ));
        }
        problems
    }
}

fn profile(name: &str, credentials: Credentials, problems: Vec<Problem>) -> Profile {
    let account_id = match &credentials {
        Credentials::Environment { access_key_id, .. } => account_of(access_key_id),
        Credentials::BedrockKey(Some(BedrockKey::ShortTerm { account_id, .. })) => account_id.clone(),
        Credentials::WebIdentity(identity) => identity.account_id.clone(),
        _ => None,
    };
    Profile {
        name: name.to_owned(),
        credentials,
        own_key: None,
        account_id,
        region: None,
        endpoints: Endpoints::default(),
        problems,
        // It stands in no file; nothing is ever shown of it.
        place: Place { file: FileKind::Config, line: 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::files;
    use super::super::{Config, Profile};
    use super::*;
    use alloc::string::ToString;

    fn config(variables: &[(&str, &str)]) -> Config {
        let value = |name: &str| variables.iter().find(|(set, _)| *set == name).map(|(_, value)| value.to_string());
        Config::new(&files("[profile dev]\nregion = x\n", ""), &Environment::read(value))
    }

    fn said(variables: &[(&str, &str)]) -> String {
        let config = config(variables);
        let of = |profile: &Profile| {
            let problems: Vec<_> = profile.problems.iter().map(|problem| problem.code).collect();
            format!("{} {:?} {:?} {problems:?}\n", profile.name, profile.credentials, profile.account_id)
        };
        let others = config.profiles.values().filter(|profile| profile.name != "dev");
        let mut out: String = others.map(of).collect();
        out.extend(config.problems.iter().map(|problem| format!("{}: {}\n", problem.code, problem.message)));
        out
    }

    const ID: (&str, &str) = ("AWS_ACCESS_KEY_ID", "ASIAY34FZKBOKMUTVV7A");
    const SECRET: (&str, &str) = ("AWS_SECRET_ACCESS_KEY", "DUMMY");
    const TOKEN: (&str, &str) = ("AWS_SESSION_TOKEN", "DUMMY");

    #[test]
    fn each_source_of_credentials_is_listed() {
        let end = ("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T18:00:00Z");
        insta::assert_snapshot!(said(&[ID, SECRET, TOKEN, end]), @r#"(environment) Environment { access_key_id: "ASIAY34FZKBOKMUTVV7A", expiry: Some(At { key: "AWS_CREDENTIAL_EXPIRATION", at: 2026-11-22T18:00:00Z }) } Some("609629065308") []"#);
        insta::assert_snapshot!(said(&[ID, SECRET]), @r#"(environment) Environment { access_key_id: "ASIAY34FZKBOKMUTVV7A", expiry: Some(Unknown) } Some("609629065308") ["session-token-missing"]"#);
        insta::assert_snapshot!(said(&[("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), SECRET]), @r#"(environment) Environment { access_key_id: "AKIAIOSFODNN7EXAMPLE", expiry: None } None []"#);
        insta::assert_snapshot!(said(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://x"), ("AWS_BEARER_TOKEN_BEDROCK", "x"), ("AWS_ROLE_ARN", "arn:aws:iam::1:role/R"), ("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")]), @r#"
        (bedrock key) BedrockKey(None) None ["bedrock-bearer-token"]
        (container) Container None []
        (web identity) WebIdentity(Identity { token_file: "/t", request: AssumeRole { role_arn: "arn:aws:iam::1:role/R", role_session_name: None, external_id: None, serial_number: None, duration_seconds: None }, cache: CacheName("53f12569783cc263874b5eb7397b60eb8c32dd1c.json"), account_id: None, role_name: Some("R") }) None []
        "#);
    }

    #[test]
    fn contradictions_are_named() {
        insta::assert_snapshot!(said(&[("AWS_PROFILE", "dev"), ("AWS_DEFAULT_PROFILE", "prod")]), @"
        two-profile-variables: AWS_PROFILE is 'dev' and AWS_DEFAULT_PROFILE is 'prod': boto3 uses 'prod', the AWS CLI v2 and the other SDKs 'dev'.
        profile-not-found: AWS_DEFAULT_PROFILE names the profile 'prod', which is in no file.
        ");
        insta::assert_snapshot!(said(&[("AWS_PROFILE", "gone"), ID, SECRET, TOKEN]), @r#"
        (environment) Environment { access_key_id: "ASIAY34FZKBOKMUTVV7A", expiry: Some(Unknown) } Some("609629065308") []
        environment-shadows-profile: AWS_ACCESS_KEY_ID is set, so the profile 'gone' that AWS_PROFILE names is not used by boto3, the AWS CLI and the SDKs for Go, Java and Rust; only the one for JavaScript uses it.
        profile-not-found: AWS_PROFILE names the profile 'gone', which is in no file.
        "#);
    }
}

//! Which credentials each client takes from a profile that has several kinds (aws-sessions.md 2.1).

use super::{FileKind, Files, Keys};
use crate::problem::Problem;
use crate::text::listed;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Clients that look in different orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sdk {
    /// boto3, the AWS CLI and all else built on botocore.
    Botocore,
    /// Terraform, eksctl and many more.
    Go,
    /// Java v2.
    Java,
    /// JavaScript v3, with the CDK.
    Js,
    /// Rust.
    Rust,
}

/// What a profile can have credentials from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// `role_arn` with a source.
    Role,
    /// `role_arn` with `web_identity_token_file`.
    WebIdentity,
    /// Identity Center.
    Sso,
    /// A key in the credentials file.
    KeyOfCredentials,
    /// A key in the config file.
    KeyOfConfig,
    /// `login_session`
    Login,
    /// `credential_process`
    Process,
}

use Provider::{KeyOfConfig, KeyOfCredentials, Login, Process, Role, Sso, WebIdentity};

impl Sdk {
    const ALL: [Self; 5] = [Self::Botocore, Self::Go, Self::Java, Self::Js, Self::Rust];

    /// What it looks for, one after another.
    fn order(self) -> [Provider; 7] {
        match self {
            Self::Botocore => [Role, WebIdentity, Sso, KeyOfCredentials, Login, Process, KeyOfConfig],
            Self::Go => [Role, KeyOfCredentials, KeyOfConfig, WebIdentity, Sso, Process, Login],
            Self::Java => [WebIdentity, Sso, Role, Process, KeyOfCredentials, KeyOfConfig, Login],
            Self::Js => [Role, KeyOfCredentials, KeyOfConfig, WebIdentity, Process, Sso, Login],
            Self::Rust => [Role, WebIdentity, Sso, Login, Process, KeyOfCredentials, KeyOfConfig],
        }
    }

    /// What it takes; none where the profile has no credentials for it.
    pub fn provider(self, keys: &Keys<'_>) -> Option<Provider> {
        self.first_of(&Kinds::of(keys))
    }

    pub(super) fn first_of(self, kinds: &Kinds) -> Option<Provider> {
        self.order().into_iter().find(|provider| match provider {
            // JavaScript looks for a source first.
            Role if self == Self::Js => kinds.role && (kinds.source || !kinds.token_file),
            Role => kinds.role && !kinds.token_file,
            WebIdentity => kinds.role && kinds.token_file,
            Sso if self == Self::Botocore => kinds.sso_role,
            Sso => kinds.sso_role || kinds.sso_session,
            KeyOfCredentials => kinds.key == Some(FileKind::Credentials),
            KeyOfConfig => kinds.key == Some(FileKind::Config),
            Login => kinds.login,
            Process => kinds.process,
        })
    }

    fn words(self) -> &'static str {
        match self {
            Self::Botocore => "boto3 (AWS CLI)",
            Self::Go => "Go (Terraform)",
            Self::Java => "Java",
            Self::Js => "JavaScript (CDK)",
            Self::Rust => "Rust",
        }
    }
}

impl Provider {
    fn words(self) -> &'static str {
        match self {
            Role => "the role",
            WebIdentity => "the web identity token",
            Sso => "SSO",
            KeyOfCredentials => "the key in the credentials file",
            KeyOfConfig => "the key in the config file",
            Login => "the login_session",
            Process => "the credential_process",
        }
    }
}

/// What stands in a profile, looked up once.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key that is there or not")]
pub(super) struct Kinds {
    role: bool,
    source: bool,
    token_file: bool,
    sso_role: bool,
    sso_session: bool,
    key: Option<FileKind>,
    login: bool,
    process: bool,
}

impl Kinds {
    /// In one pass over the keys: there may be 10,000 profiles.
    pub(super) fn of(keys: &Keys<'_>) -> Self {
        let mut kinds = Self::default();
        for (key, value) in keys.values.iter().filter(|(_, value)| !value.first_line().is_empty()) {
            match *key {
                "role_arn" => kinds.role = true,
                "source_profile" | "credential_source" => kinds.source = true,
                "web_identity_token_file" => kinds.token_file = true,
                "sso_account_id" | "sso_role_name" => kinds.sso_role = true,
                "sso_session" | "sso_start_url" => kinds.sso_session = true,
                "aws_access_key_id" => kinds.key = Some(value.place.file),
                "aws_secret_access_key" => kinds.key = kinds.key.or(Some(value.place.file)),
                "login_session" => kinds.login = true,
                "credential_process" => kinds.process = true,
                _ => {}
            }
        }
        kinds
    }

    /// Whether the profile names an Identity Center session.
    pub(super) fn names_session(&self) -> bool {
        self.sso_session
    }

    /// Whether there is a web identity token without a role.
    pub(super) fn lacks_role(&self) -> bool {
        self.token_file && !self.role
    }

    /// Whether there is a key, or half of one.
    pub(super) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// How many there are: with one, all clients agree.
    fn count(&self) -> usize {
        let Self { role, source, token_file, sso_role, sso_session, key, login, process } = self;
        let kinds = [*role, *source && *token_file, *sso_role || *sso_session, key.is_some(), *login, *process];
        kinds.into_iter().filter(|is| *is).count()
    }
}

const ACCESS_KEY: &str = "aws_access_key_id";

/// What clients disagree about in a profile with several kinds of credentials.
pub(super) fn problems(kinds: &Kinds, keys: &Keys<'_>, files: &Files) -> Vec<Problem> {
    let mut problems = Vec::new();
    if kinds.count() > 1 {
        problems.extend(differing(kinds, keys, files));
    }
    if kinds.source || kinds.token_file || kinds.process {
        problems.extend(refused_by_go(keys, files));
    }
    problems
}

fn differing(kinds: &Kinds, keys: &Keys<'_>, files: &Files) -> Option<Problem> {
    let mut takers: Vec<(Provider, Vec<&str>)> = Vec::new();
    for sdk in Sdk::ALL {
        // A client that finds nothing fails; that is not another account's credentials.
        let Some(provider) = sdk.first_of(kinds) else { continue };
        match takers.iter_mut().find(|(known, _)| *known == provider) {
            Some((_, sdks)) => sdks.push(sdk.words()),
            None => takers.push((provider, alloc::vec![sdk.words()])),
        }
    }
    if takers.len() < 2 || takers.iter().all(|(provider, _)| matches!(provider, Sso | Process)) && is_twin(keys) {
        return None;
    }
    let takers: Vec<String> =
        takers.iter().map(|(provider, sdks)| format!("{} for {}", provider.words(), listed(sdks))).collect();
    let place = keys.place_of(ACCESS_KEY);
    let hint = match (keys.values.contains_key(ACCESS_KEY), place.file) {
        (true, file) => format!(
            "Remove the key ({}) from {}, or the other kind of credentials from this profile.",
            key_lines(keys),
            files.path(file)
        ),
        (false, _) => String::from("Leave one kind of credentials in this profile."),
    };
    let message = format!("Clients take different credentials from this profile: {}.", takers.join("; "));
    Some(files.place(Problem::warning("credentials-differ", message, hint), place))
}

/// `lines 2 to 4`, of the key and what belongs to it.
fn key_lines(keys: &Keys<'_>) -> String {
    let parts = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];
    let file = keys.place_of(ACCESS_KEY).file;
    let lines = parts.iter().filter_map(|part| keys.values.get(part)).filter(|value| value.place.file == file);
    let lines: Vec<_> = lines.map(|value| value.place.line).collect();
    match (lines.iter().min(), lines.iter().max()) {
        (Some(first), Some(last)) if first != last => format!("lines {first} to {last}"),
        (Some(line), _) => format!("line {line}"),
        (None, _) => String::from("its lines"),
    }
}

/// Whether the `credential_process` is one of the programs that give what the SSO keys beside it say: they are written
/// together on purpose.
fn is_twin(keys: &Keys<'_>) -> bool {
    let command = keys.get("credential_process").unwrap_or_default();
    let programs = ["aws-sso", "granted", "assume", "aws-vault", "export-credentials", "relight"];
    programs.iter().any(|program| command.contains(program))
}

/// Go's SDK accepts one of these in a profile.
fn refused_by_go(keys: &Keys<'_>, files: &Files) -> Option<Problem> {
    let kinds = ["source_profile", "credential_source", "credential_process", "web_identity_token_file"];
    let there: Vec<_> = kinds.into_iter().filter(|key| keys.get(key).is_some()).collect();
    let last = there.get(1..)?.last()?;
    // Every client refuses the first two together, which is told.
    if matches!(there.as_slice(), ["source_profile", "credential_source"]) && keys.get("role_arn").is_some() {
        return None;
    }
    let message =
        format!("The AWS SDK for Go (Terraform, eksctl) refuses a profile with more than one of {}.", listed(&there));
    Some(files.place(Problem::warning("several-sources", message, "Keep one of them."), keys.place_of(last)))
}

#[cfg(test)]
mod tests {
    use super::super::Merged;
    use super::super::tests::files;
    use super::*;

    fn taken(config: &str, credentials: &str) -> String {
        let files = files(&format!("[profile p]\n{config}"), &format!("[p]\n{credentials}"));
        let merged = Merged::new(&files);
        let Some(keys) = merged.profiles.get("p") else { return String::new() };
        let mut out: Vec<_> = Sdk::ALL.into_iter().map(|sdk| format!("{sdk:?} {:?}", sdk.provider(keys))).collect();
        out.extend(
            problems(&Kinds::of(keys), keys, &files)
                .iter()
                .map(|problem| format!("{}: {} {}", problem.code, problem.message, problem.hint)),
        );
        out.join("\n")
    }

    const SSO: &str = "sso_start_url=https://c\nsso_region=r\nsso_account_id=1\nsso_role_name=R\n";
    const KEY: &str = "aws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key=x\n";

    #[test]
    fn a_pasted_key_comes_before_sso_in_some_clients() {
        insta::assert_snapshot!(taken(SSO, KEY), @"
        Botocore Some(Sso)
        Go Some(KeyOfCredentials)
        Java Some(Sso)
        Js Some(KeyOfCredentials)
        Rust Some(Sso)
        credentials-differ: Clients take different credentials from this profile: SSO for boto3 (AWS CLI), Java and Rust; the key in the credentials file for Go (Terraform) and JavaScript (CDK). Remove the key (lines 2 to 3) from ~/.aws/credentials, or the other kind of credentials from this profile.
        ");
    }

    #[test]
    fn a_key_comes_before_or_behind_a_login_and_a_process() {
        insta::assert_snapshot!(taken("login_session=a\n", KEY), @"
        Botocore Some(KeyOfCredentials)
        Go Some(KeyOfCredentials)
        Java Some(KeyOfCredentials)
        Js Some(KeyOfCredentials)
        Rust Some(Login)
        credentials-differ: Clients take different credentials from this profile: the key in the credentials file for boto3 (AWS CLI), Go (Terraform), Java and JavaScript (CDK); the login_session for Rust. Remove the key (lines 2 to 3) from ~/.aws/credentials, or the other kind of credentials from this profile.
        ");
        insta::assert_snapshot!(taken(&format!("credential_process=x\n{KEY}"), ""), @"
        Botocore Some(Process)
        Go Some(KeyOfConfig)
        Java Some(Process)
        Js Some(KeyOfConfig)
        Rust Some(Process)
        credentials-differ: Clients take different credentials from this profile: the credential_process for boto3 (AWS CLI), Java and Rust; the key in the config file for Go (Terraform) and JavaScript (CDK). Remove the key (lines 3 to 4) from ~/.aws/config, or the other kind of credentials from this profile.
        ");
    }

    #[test]
    fn what_go_refuses_is_named() {
        insta::assert_snapshot!(taken("role_arn=a\nsource_profile=b\nweb_identity_token_file=/t\n", ""), @"
        Botocore Some(WebIdentity)
        Go Some(WebIdentity)
        Java Some(WebIdentity)
        Js Some(Role)
        Rust Some(WebIdentity)
        credentials-differ: Clients take different credentials from this profile: the web identity token for boto3 (AWS CLI), Go (Terraform), Java and Rust; the role for JavaScript (CDK). Leave one kind of credentials in this profile.
        several-sources: The AWS SDK for Go (Terraform, eksctl) refuses a profile with more than one of source_profile and web_identity_token_file. Keep one of them.
        ");
    }

    #[test]
    fn one_kind_is_taken_by_all() {
        insta::assert_snapshot!(taken("role_arn=a\nsource_profile=p\n", KEY), @"
    Botocore Some(Role)
    Go Some(Role)
    Java Some(Role)
    Js Some(Role)
    Rust Some(Role)
    ");
    }
}

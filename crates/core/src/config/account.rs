//! Where a profile names its account more than once, and differently.

use super::{Credentials, Files, Keys};
use crate::offline::account_of;
use crate::problem::Problem;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The account that a profile's credentials are for, as the files tell it.
pub(super) fn of(credentials: &Credentials, keys: &Keys<'_>) -> Option<String> {
    match credentials {
        Credentials::Sso { account_id, .. } => account_id.clone(),
        Credentials::AssumeRole(role) => role.account_id.clone(),
        Credentials::WebIdentity(identity) => identity.account_id.clone(),
        Credentials::Login { arn, .. } => account_in(arn).map(ToOwned::to_owned),
        Credentials::Static { access_key_id } | Credentials::Temporary { access_key_id, .. } => {
            account_of(access_key_id).or_else(|| keys.get("aws_account_id").map(ToOwned::to_owned))
        }
        Credentials::CredentialProcess { .. } => keys.get("aws_account_id").map(ToOwned::to_owned),
        Credentials::Environment { .. } | Credentials::Container | Credentials::BedrockKey(_) | Credentials::None => {
            None
        }
    }
}

/// A key of another account than the profile says: it may change what nobody meant it to.
pub(super) fn problem(name: &str, credentials: &Credentials, keys: &Keys<'_>, files: &Files) -> Option<Problem> {
    let is_key = matches!(credentials, Credentials::Static { .. } | Credentials::Temporary { .. });
    // A key that other clients take instead of what the profile is for.
    if !is_key && let Some(other) = keys.get("aws_access_key_id").and_then(account_of) {
        let own = of(credentials, keys).filter(|own| is_account(own) && *own != other)?;
        let message = format!(
            "The key of this profile belongs to account {other}, but the profile is for account {own}: Go (Terraform) and JavaScript (CDK) use the key."
        );
        let problem = Problem::warning("wrong-account", message, "Remove the key from this profile.");
        return Some(files.place(problem, keys.place_of("aws_access_key_id")));
    }
    let in_name: Vec<_> = twelve_digits(name).collect();
    if !is_key && in_name.is_empty() {
        return None;
    }
    let own = of(credentials, keys)?;
    let arn = |key: &'static str| keys.get(key).and_then(account_in).map(|account| (key, account));
    let plain = |key: &'static str| keys.get(key).map(|account| (key, account));
    // A name may have two, of where it leads from and to.
    let in_name = in_name.first().copied().filter(|_| !in_name.contains(&own.as_str())).map(|account| (NAME, account));
    let said =
        [plain("aws_account_id"), plain("sso_account_id"), arn("x_principal_arn"), arn("assumed_role_arn"), in_name];
    let (who, account) = said.into_iter().flatten().find(|(_, account)| is_account(account) && *account != own)?;
    let whose = if is_key { "its key belongs" } else { "its credentials belong" };
    let problem = Problem::warning(
        "wrong-account",
        format!("{who} says account {account}, but {whose} to account {own}."),
        "Check which one is meant before you use this profile.",
    );
    Some(files.place(problem, keys.place_of(if who == NAME { "aws_access_key_id" } else { who })))
}

const NAME: &str = "The profile's name";

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`
pub(super) fn account_in(arn: &str) -> Option<&str> {
    arn.strip_prefix("arn:")?.split(':').nth(3).filter(|account| is_account(account))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The access portal names what it gives to copy `123456789012_RoleName`; people put the number elsewhere too. What can
/// be read as a date with hour and minute is none.
fn twelve_digits(name: &str) -> impl Iterator<Item = &str> {
    let digits = name.split(|character: char| !character.is_ascii_digit()).filter(|digits| is_account(digits));
    digits.filter(|digits| !digits.starts_with("19") && !digits.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::config;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn said(text: &str, credentials: &str) -> String {
        let config = config(text, credentials);
        let problems = config.profiles.values().flat_map(|profile| &profile.problems);
        let lines: Vec<_> = problems
            .filter(|problem| problem.code == "wrong-account")
            .map(|problem| {
                alloc::format!(
                    "{}:{} {}",
                    problem.file.as_deref().unwrap_or_default(),
                    problem.line.unwrap_or(0),
                    problem.message
                )
            })
            .collect();
        lines.join("\n")
    }

    const KEY: &str = "aws_access_key_id=ASIAY34FZKBOKMUTVV7A\naws_secret_access_key=x\naws_session_token=y\n";

    #[test]
    fn a_key_of_another_account_than_the_profile_says_is_told() {
        let of = |name: &str, more: &str| said("", &alloc::format!("[{name}]\n{KEY}{more}"));
        insta::assert_snapshot!(of("111122223333_Admin", ""), @"~/.aws/credentials:2 The profile's name says account 111122223333, but its key belongs to account 609629065308.");
        insta::assert_snapshot!(of("prod", "x_principal_arn=arn:aws:sts::111122223333:assumed-role/R/me\n"), @"~/.aws/credentials:5 x_principal_arn says account 111122223333, but its key belongs to account 609629065308.");
        insta::assert_snapshot!(of("prod", "aws_account_id=111122223333\n"), @"~/.aws/credentials:5 aws_account_id says account 111122223333, but its key belongs to account 609629065308.");
        assert_eq!(of("609629065308_Admin", "aws_account_id=609629065308\n"), "");
        assert_eq!(of("prod-2026", "aws_account_id=prod\n"), "");
    }

    #[test]
    fn a_profile_with_another_accounts_number_in_its_name_is_told() {
        let sso = "[profile prod-111122223333]\nsso_start_url=https://c\nsso_region=r\nsso_account_id=444455556666\nsso_role_name=R\n";
        insta::assert_snapshot!(said(sso, ""), @"~/.aws/config:1 The profile's name says account 111122223333, but its credentials belong to account 444455556666.");
    }
}

//! Logins to ECR that are over: Docker says only that it was denied (aws-sessions.md 5.4, row 86).

use super::Finding;
use super::look::Look;
use crate::fix::Fix;
use crate::problem::{Problem, Severity};
use crate::text::{ago, command, shown, span};
use crate::time::{SignedDuration, until};
use crate::tools::{FileOf, RegistryLogin};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const CODE: &str = "container-registry-token-expired";
/// What ended longer ago is hardly missed.
const MISSED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A login lasts 12 hours; whoever builds for long wants to know.
const SOON: SignedDuration = SignedDuration::from_mins(30);

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let files = look.around.registries.iter();
    files.flat_map(|file| file.content.iter().filter_map(|login| of_login(look, file, login))).collect()
}

fn of_login(look: &Look<'_>, file: &FileOf<Vec<RegistryLogin>>, login: &RegistryLogin) -> Option<Finding> {
    let (end, host) = (login.expires_at?, shown(&login.host));
    let left = until(look.now, end);
    if left > SOON {
        return None;
    }
    let when = if left.is_positive() { format!("ends in {}", span(left)) } else { format!("ended {}", ago(left)) };
    let message = format!("Docker's login to {host} {when}.");
    let mut problem = Problem::warning(CODE, message, "Log in again before the next pull or push.");
    if left.abs() > MISSED || left.is_positive() {
        problem.severity = Severity::Info;
    }
    Some(Finding::new(problem.at(&file.path, login.line)).mended(log_in(look, login)))
}

fn log_in(look: &Look<'_>, login: &RegistryLogin) -> Option<Fix> {
    let mut profiles = look.profiles().filter(|profile| profile.account_id == login.account_id);
    let profile =
        look.selected().filter(|selected| selected.account_id == login.account_id).or_else(|| profiles.next());
    let service = if login.account_id.is_some() { "ecr" } else { "ecr-public" };
    let mut words =
        command(&format!("aws {service} get-login-password --region"), login.region.as_deref().unwrap_or("us-east-1"))?;
    if let Some(profile) = profile.filter(|_| login.account_id.is_some()) {
        words = command(&format!("{words} --profile"), &profile.name)?;
    }
    let docker = command("docker login --username AWS --password-stdin", &login.host)?;
    Some(Fix::new("Log in again").with_command(String::from(&format!("{words} | {docker}"))))
}

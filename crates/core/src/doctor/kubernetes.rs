//! kubectl contexts whose token comes from AWS: whether the profile that they name will work.

use super::look::{Look, sign_in};
use super::{About, Finding, Surroundings};
use crate::fix::{Fix, quoted};
use crate::near::nearest;
use crate::problem::{Problem, Severity};
use crate::status::State;
use crate::text::{command, shown};
use crate::tools::{Cluster, Context, Exec, GetsToken, Kubeconfig, KubeconfigText, Tool, User, cluster_arn};
use crate::view::ProfileView;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

const CODE: &str = "kubernetes-credentials";
/// kubectl 1.24 and later refuse it.
const REMOVED_API: &str = "client.authentication.k8s.io/v1alpha1";

pub(crate) fn check(look: &Look<'_>) -> Vec<Finding> {
    let mut found: Vec<_> =
        look.around.kubeconfigs.iter().filter_map(|file| unusable(&file.path, &file.content)).collect();
    found.extend(merged(look.around).uses().into_iter().flat_map(|one| of_context(look, &one)));
    found
}

/// The current context, where a program of AWS gives its token.
pub(crate) struct Current<'a> {
    /// The kubeconfig that its user stands in, and the line there.
    pub(crate) place: (&'a str, u32),
    /// Its name.
    pub(crate) context: &'a str,
    /// The profile that the kubeconfig names.
    pub(crate) profile: Option<&'a str>,
}

/// The context that kubectl uses where none is named.
pub(crate) fn current(around: &Surroundings) -> Option<Current<'_>> {
    let one = merged(around).uses().into_iter().find(|one| one.is_current)?;
    Some(Current { place: (one.path, one.exec.line), context: &one.context.name, profile: one.told.profile })
}

fn unusable(path: &str, file: &KubeconfigText) -> Option<Finding> {
    let (line, why) = match file {
        KubeconfigText::Read(_) => return None,
        KubeconfigText::Damaged { line } => (*line, "it is no YAML that a kubeconfig has".to_string()),
        KubeconfigText::Unreadable { reason } => (None, reason.clone()),
    };
    let problem =
        Problem::warning("kubeconfig-unreadable", format!("{path} cannot be read: {why}."), "Correct the file.");
    Some(Finding::new(problem.at(path, line)))
}

/// A context with what gives its token.
struct Use<'a> {
    path: &'a str,
    context: &'a Context,
    exec: &'a Exec,
    told: GetsToken<'a>,
    cluster: Option<&'a Cluster>,
    is_current: bool,
}

/// Several kubeconfigs as kubectl merges them: of two of one name, the first counts.
struct Merged<'a>(Vec<(&'a str, &'a Kubeconfig)>);

fn merged(around: &Surroundings) -> Merged<'_> {
    let read = around.kubeconfigs.iter().filter_map(|file| match &file.content {
        KubeconfigText::Read(config) => Some((file.path.as_str(), config)),
        _ => None,
    });
    Merged(read.collect())
}

impl<'a> Merged<'a> {
    fn uses(&self) -> Vec<Use<'a>> {
        let current = self.0.iter().find_map(|(_, config)| config.current.as_deref());
        let users = || self.0.iter().flat_map(|(path, config)| config.users.iter().map(move |user| (*path, user)));
        let user = |name: &str| users().find(|(_, user): &(&str, &User)| user.name == name);
        let cluster = |name: &str| self.0.iter().flat_map(|(_, it)| &it.clusters).find(|cluster| cluster.name == name);
        let mut known: Vec<&str> = Vec::new();
        let mut uses = Vec::new();
        for context in self.0.iter().flat_map(|(_, config)| &config.contexts) {
            if known.contains(&context.name.as_str()) {
                continue;
            }
            known.push(&context.name);
            let Some((path, User { exec: Some(exec), .. })) = user(&context.user) else { continue };
            let Some(told) = exec.gets_token() else { continue };
            let is_current = current == Some(context.name.as_str());
            uses.push(Use { path, context, exec, told, cluster: cluster(&context.cluster), is_current });
        }
        uses
    }
}

fn of_context(look: &Look<'_>, one: &Use<'_>) -> Vec<Finding> {
    let named = one.told.profile;
    let profile = look.profile(named.unwrap_or_else(|| look.selected_name()));
    let lacking = named.filter(|_| profile.is_none());
    let checks = [
        missing_program(one),
        // Where the profile is missing, too, both are told at once: one command mends both.
        removed_api(one).filter(|_| lacking.is_none()),
        lacking.map(|name| no_profile(look, one, name)),
        profile.filter(|_| named.is_some()).and_then(|profile| unusable_profile(look, one, profile)),
        other_account(look, one),
    ];
    checks.into_iter().flatten().map(|finding| finding.about(about(one))).collect()
}

fn about(one: &Use<'_>) -> About {
    About::Context { name: one.context.name.clone(), profile: one.told.profile.map(ToString::to_string) }
}

/// What is wrong with the current context is in the way now.
fn problem(one: &Use<'_>, message: String, hint: impl Into<String>) -> Problem {
    let mut problem = Problem::warning(CODE, message, hint).at(one.path, Some(one.exec.line));
    if !one.is_current {
        problem.severity = Severity::Info;
    }
    problem
}

fn named(one: &Use<'_>) -> String {
    let current = if one.is_current { "current " } else { "" };
    format!("kubectl's {current}context {}", quoted(&one.context.name))
}

fn missing_program(one: &Use<'_>) -> Option<Finding> {
    if one.exec.is_found != Some(false) {
        return None;
    }
    let program = shown(&one.exec.command);
    let message = format!("{} gets its token from '{program}', which is not there.", named(one));
    Some(Finding::new(problem(one, message, format!("Install '{program}', or correct its path."))))
}

fn uses_removed_api(one: &Use<'_>) -> bool {
    one.exec.api_version == REMOVED_API
}

fn removed_api(one: &Use<'_>) -> Option<Finding> {
    if !uses_removed_api(one) {
        return None;
    }
    let message = format!("{} asks for its token by {REMOVED_API}, which kubectl 1.24 and later refuse.", named(one));
    let hint = "Write the context anew with the AWS CLI of today.";
    Some(Finding::new(problem(one, message, hint)).mended(update(one, one.told.profile)))
}

fn no_profile(look: &Look<'_>, one: &Use<'_>, name: &str) -> Finding {
    let api = if uses_removed_api(one) {
        format!("asks for its token by {REMOVED_API}, which kubectl 1.24 and later refuse, and ")
    } else {
        String::new()
    };
    let message = format!("{} {api}uses the profile {}, which is not in the AWS files.", named(one), quoted(name));
    let mut problem = problem(one, message, "Write the context anew with a profile that is there, or add the profile.");
    problem.severity = Severity::Warning;
    let account = one.cluster.and_then(|cluster| cluster_arn(&cluster.name)).map(|(_, account, _)| account);
    let of_account = |profile: &&crate::config::Profile| account.is_some() && profile.account_id.as_deref() == account;
    // What cannot be used itself is no cure.
    let works = |profile: &&crate::config::Profile| {
        look.profile(&profile.name).is_none_or(|profile| profile.state != State::Broken)
    };
    let usable = || look.profiles().filter(works);
    let near = nearest(name, usable().map(|profile| profile.name.as_str()));
    let other = near.or_else(|| usable().find(of_account).map(|profile| profile.name.as_str()));
    Finding::new(problem).mended(other.and_then(|other| update(one, Some(other))))
}

fn unusable_profile(look: &Look<'_>, one: &Use<'_>, profile: &ProfileView) -> Option<Finding> {
    let session = look.session_of(profile);
    let name = quoted(&profile.name);
    let (why, hint) = match profile.state {
        State::Broken => ("cannot be used", "Correct the profile first."),
        State::Expired if session.is_some() => ("whose session has ended", "Sign in."),
        State::Expired => ("has ended credentials", "Renew them."),
        State::SignedOut => ("is not signed in", "Sign in."),
        State::Unknown if profile.kind == "none" => ("has no credentials", "Give it some, or use another."),
        State::Valid | State::Expiring | State::Stale | State::Endless | State::Unknown => return None,
    };
    let cure = session.filter(|_| profile.state != State::Broken).map(sign_in);
    let renew = profile.renew.clone().map(|command| Fix::new(format!("Renew {name}")).with_command(command));
    let which = if why.starts_with("whose") { "" } else { "which " };
    let message = format!("{} uses the profile {name}, {which}{why}.", named(one));
    Some(Finding::new(problem(one, message, hint)).mended(cure.or(renew)))
}

/// The cluster's account against the profile's, where no role leads from one to the other.
fn other_account(look: &Look<'_>, one: &Use<'_>) -> Option<Finding> {
    let (region, account, _) = cluster_arn(&one.cluster?.name)?;
    let profile = match one.told.profile {
        Some(name) => look.world.config.profiles.get(name)?,
        None => look.current().filter(|_| one.is_current)?,
    };
    let own = profile.account_id.as_deref();
    let other = own.filter(|own| *own != account && one.told.role_arn.is_none());
    let told = one.told.region.filter(|told| *told != region && one.told.tool == Tool::AwsCli);
    let (code, message) = match (other, told) {
        (Some(own), _) => {
            let message = format!(
                "{} is in account {account}, but its profile {} is for account {own}.",
                named(one),
                quoted(&profile.name)
            );
            ("wrong-account", message)
        }
        (None, Some(told)) => {
            (CODE, format!("{} is in {region}, but its token is asked for in {}.", named(one), shown(told)))
        }
        (None, None) => return None,
    };
    let right = look.profiles().find(|profile| profile.account_id.as_deref() == Some(account));
    let right = if other.is_some() { right.map(|right| right.name.as_str()) } else { Some(profile.name.as_str()) };
    let mut problem = problem(one, message, "Write the context anew with a profile of the cluster's account.");
    problem.code = code;
    Some(Finding::new(problem).mended(right.and_then(|right| update(one, Some(right)))))
}

/// `aws eks update-kubeconfig`, to copy; none where a name in it is nothing for a shell.
fn update(one: &Use<'_>, profile: Option<&str>) -> Option<Fix> {
    let arn = one.cluster.and_then(|cluster| cluster_arn(&cluster.name));
    let name = one.told.cluster.or(arn.map(|(_, _, name)| name))?;
    let region = arn.map(|(region, _, _)| region).or(one.told.region);
    let mut words = command("aws eks update-kubeconfig --name", name)?;
    // Without an alias, a second context is made, which has the cluster's ARN for a name.
    let context = one.context.name.as_str();
    let alias = Some(context).filter(|name| cluster_arn(name).is_none());
    let options = [("--region", region), ("--role-arn", one.told.role_arn), ("--profile", profile), ("--alias", alias)];
    for (option, value) in options {
        if let Some(value) = value {
            words = command(&format!("{words} {option}"), value)?;
        }
    }
    let with = profile.map(|profile| format!(" with the profile {}", quoted(profile))).unwrap_or_default();
    Some(Fix::new(format!("Write the context anew{with}")).with_command(words))
}

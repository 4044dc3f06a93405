//! Clusters, registries, Bedrock, regions.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::super::phrase::Client;
use super::super::regions::must_be_enabled;
use super::super::registry::Registry;
use super::{Case, problems, region, sessions};
use crate::doctor::look::sign_in;
use crate::doctor::{About, bedrock, kubernetes};
use crate::fix::{Fix, quoted};
use crate::status::State;
use crate::text;
use crate::view::SessionView;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Only the plugin's failure is known, or that the cluster does not take its token: whether the profile behind it would
/// work.
pub(super) fn kubernetes(case: &mut Case<'_>) {
    let current = kubernetes::current(case.around);
    let of_context = kubernetes::check(&case.doctor()).into_iter().filter(|finding| match &finding.about {
        Some(About::Context { name, .. }) => current.as_ref().is_some_and(|current| current.context == name),
        _ => true,
    });
    let of_context: Vec<_> = of_context.collect();
    if let (Some(current), []) = (&current, of_context.as_slice()) {
        let profile = current.profile.map_or_else(|| String::from("no profile of its own"), quoted);
        let what = format!("kubectl's current context {} has {profile}", quoted(current.context));
        case.shows(Evidence::new(what).at(current.place.0, Some(current.place.1)));
    }
    for finding in of_context {
        case.takes(finding);
    }
    if let Some(profile) = case.target.profile {
        let standing = text::credentials(profile, case.now, &case.world.zone);
        case.shows(case.of_profile(format!("{}: {standing}", quoted(&profile.name))));
    }
    let over = |session: &&SessionView| matches!(session.state, State::Expired | State::SignedOut);
    if let Some(session) = case.target.session.filter(over) {
        case.login_helps = true;
        case.shows(sessions::standing(case, session));
        case.fix(sign_in(session));
    }
    if case.fixes.is_empty() {
        if current.is_none() {
            let see = Fix::new("See which profile the cluster's user has");
            case.fix(see.with_command(String::from("kubectl config view --minify")));
        }
        case.fix(Fix::new("Read the plugin's own message, which stands above: 'relight explain' knows it too"));
    }
    case.fix(Fix::new("Where the token is fine and the answer is Unauthorized, ask who administers the cluster for an access entry for your role"));
}

/// The command that logs docker in, with what the text names.
pub(super) fn registry(case: &mut Case<'_>) {
    if case.said.named.registry == Some(Registry::Public) {
        return public_registry(case);
    }
    let (Some(account), Some(region)) = (case.said.named.account.as_deref(), case.said.named.region.as_deref()) else {
        let is_of_packages = case.said.client == Some(Client::Any);
        let advice = Cause::ContainerRegistryTokenExpired.about().advice.iter();
        return advice
            .filter(|advice| advice.contains("codeartifact") == is_of_packages)
            .for_each(|advice| case.fix(Fix::new(*advice)));
    };
    let mut of_account = case.view.profiles.iter().filter(|profile| profile.account_id.as_deref() == Some(account));
    let profile = of_account.next().filter(|_| of_account.next().is_none());
    let profile = profile.and_then(|profile| text::command(" --profile", &profile.name)).unwrap_or_default();
    let command = format!(
        "aws ecr get-login-password --region {region}{profile} | docker login --username AWS --password-stdin {account}.dkr.ecr.{region}.amazonaws.com"
    );
    let fix = match &case.said.named.registry {
        Some(Registry::Packages(packages)) => {
            Fix::new("Log the tool in again, for 12 hours").with_command(packages.login(&profile))
        }
        _ => Fix::new("Log docker in again, for 12 hours").with_command(command),
    };
    case.fix(fix);
    case.fix(Fix::new("If that fails, it is the profile's turn: 'relight explain' knows the message of aws, too"));
}

/// The key in the environment, or one in the place of an access key.
pub(super) fn bedrock(case: &mut Case<'_>) {
    problems::look(case);
    if case.view.profiles.iter().all(|profile| profile.kind != "bedrock-key") {
        case.says("AWS_BEARER_TOKEN_BEDROCK is not set here, so the program has it from somewhere else.");
    }
    for finding in bedrock::check(&case.doctor()) {
        case.takes(finding);
    }
    if !case.fixes.is_empty() {
        case.fix(Fix::new("Or make a new Bedrock API key, and set it whole"));
    }
    case.cause = Cause::BedrockBearerToken;
}

/// It gives to everybody, but not to who brings a login that is over.
fn public_registry(case: &mut Case<'_>) {
    let logout = Fix::new("Remove the login that is over: public.ecr.aws gives to everybody without one");
    case.fix(logout.with_command(String::from("docker logout public.ecr.aws")));
    // It logs in there alone, whatever region is meant (aws ecr-public).
    case.fix(Fix::new("Or log in anew, for 12 hours, where more is pulled than is given without").with_command(
        String::from("aws ecr-public get-login-password --region us-east-1 | docker login --username AWS --password-stdin public.ecr.aws"),
    ));
}

/// Which region it is about.
pub(super) fn not_enabled(case: &mut Case<'_>) {
    let of_profile = case.target.profile.and_then(|profile| profile.region.as_deref());
    let Some(region) = case.said.named.region.as_deref().or(of_profile) else { return };
    if must_be_enabled(region) {
        case.shows(Evidence::new(format!("{region} is a region that each account must enable before it can be used")));
    }
}

/// Modules by name.
pub(super) fn module(case: &mut Case<'_>) {
    match case.said.client {
        Some(Client::Java) => of_java(case),
        Some(Client::DotNet) => of_dotnet(case),
        _ => {}
    }
}

fn of_dotnet(case: &mut Case<'_>) {
    let words = case.said.matched.as_deref().unwrap_or_default();
    let packages = ["AWSSDK.SSOOIDC", "AWSSDK.SSO", "AWSSDK.SecurityToken", "AWSSDK.Signin"];
    let Some(package) = packages.into_iter().find(|package| words.contains(package)) else { return };
    let names = match package {
        "AWSSDK.SSOOIDC" | "AWSSDK.SSO" => Vec::from(["AWSSDK.SSO", "AWSSDK.SSOOIDC"]),
        other => Vec::from([other]),
    };
    for name in names {
        let command = format!("dotnet add package {name}");
        case.fix(Fix::new(format!("Add the package {name} to the program")).with_command(command));
    }
}

fn of_java(case: &mut Case<'_>) {
    let words = case.said.matched.as_deref().unwrap_or_default();
    let modules = ["ssooidc", "sso", "sts", "signin"];
    let Some(module) = modules.into_iter().find(|module| words.contains(&format!("'{module}'"))) else { return };
    let both = if module == "sso" { "software.amazon.awssdk:sso and :ssooidc" } else { "" };
    let names = if both.is_empty() { format!("software.amazon.awssdk:{module}") } else { both.into() };
    case.fix(Fix::new(format!(
        "Add {names} to the program's dependencies, of the same version as the rest of the SDK"
    )));
}

/// A host of this machine is none of AWS's.
pub(super) fn network(case: &mut Case<'_>) {
    let named = case.said.named.region.clone();
    if named.is_some_and(|region| region::mistyped(case, &region)) {
        case.fix(Fix::new("Where the region is right, see that this machine is online, with the VPN that it needs"));
        return;
    }
    let words = case.said.matched.as_deref().unwrap_or_default();
    let Some(host) = ["//localhost", "//127.0.0.1", "//[::1]"].into_iter().find(|host| words.contains(host)) else {
        return;
    };
    case.shows(Evidence::new(format!(
        "the call went to this machine itself ({}), not to AWS",
        host.trim_start_matches('/')
    )));
    case.fix(Fix::new(
        "Start what should answer there, or remove endpoint_url and AWS_ENDPOINT_URL, which send calls there",
    ));
}

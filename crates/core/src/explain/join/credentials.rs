//! Credentials that work, or would, where something else is missing: the secret, a permission, a code, the account.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::target::{Target, role_parts};
use super::{Case, files, nothing, problems, select};
use crate::doctor::accounts;
use crate::doctor::look::sign_in;
use crate::fix::{Fix, quoted};
use crate::status::State;
use crate::text::{self, shown};
use crate::view::{ProfileView, SessionView};
use alloc::format;
use alloc::vec::Vec;

/// The secret does not fit.
pub(super) fn secret(case: &mut Case<'_>) {
    if files::is_shadowed(case) {
        case.turn_into(Cause::EnvironmentShadowsProfile);
        return files::shadowed(case);
    }
    problems::show(case, |problem| matches!(problem.code, "quoted-key" | "key-in-two-files" | "inline-comment"));
    let Some(profile) = case.target.profile.filter(|profile| profile.access_key.is_some()) else { return };
    let key = profile.access_key.as_deref().unwrap_or("…");
    case.shows(case.of_profile(format!("the key of {} is {key}", quoted(&profile.name))));
    case.fix(Fix::new(format!("Copy the key {key} and its secret again, together, without quotes and spaces")));
}

/// Who asked, as far as the files tell.
pub(super) fn denied(case: &mut Case<'_>) {
    if case.said.matched.as_deref().is_some_and(|words| words.contains("Request has expired")) {
        case.says("The text is about a presigned address that is past its end.");
        return case.fix(Fix::new("Make a new presigned address: each is good for the time that it was made for"));
    }
    if files::is_shadowed(case) {
        problems::show(case, |problem| problem.code == "environment-shadows-profile");
    }
    if is_of_head(case) {
        case.says("The answer has no reason in it, because only the head was asked for: a key that AWS does not know, or a bucket of somebody else, is answered so, too.");
    }
    let Some(profile) = case.target.profile else { return };
    if let Some(role) = &profile.role_name {
        let account = shown(profile.account_id.as_deref().unwrap_or("?"));
        let what = format!("{} is the role {} in the account {account}", quoted(&profile.name), shown(role));
        case.shows(case.of_profile(what));
    }
    let who = text::command("aws sts get-caller-identity --profile", &profile.name);
    case.fix(Fix::new("See who you are: is it the account and role that you meant?").with_command(who));
    case.fix(Fix::new("Ask the account's administrator for the permission that the message names"));
}

/// S3 answers HEAD with a number alone.
fn is_of_head(case: &Case<'_>) -> bool {
    let words = case.said.matched.as_deref().unwrap_or_default();
    ["Forbidden: Forbidden", "operation: Forbidden", "null (Service: S3"].iter().any(|sign| words.contains(sign))
}

/// The role is not given.
pub(super) fn role(case: &mut Case<'_>) {
    if is_of_web_identity(case) {
        case.fix(Fix::new("See that the account has an identity provider (OIDC) of the token's issuer, with the audience that the token has"));
        case.fix(Fix::new("Compare the conditions on 'aud' and 'sub' in the role's trust policy with the token: repository, branch and environment"));
        return case.fix(Fix::new("Fetch a fresh token just before: such tokens last some minutes"));
    }
    let arn = case.said.named.role.as_deref().unwrap_or_default();
    let name = arn.rsplit('/').next().unwrap_or_default();
    let account = arn.split(':').nth(4);
    let is_it = |profile: &&ProfileView| {
        profile.kind == "assume-role"
            && profile.role_name.as_deref() == Some(name)
            && profile.account_id.as_deref() == account
    };
    let is_another = |profile: &ProfileView| !arn.is_empty() && !case.target.is_certain() && !is_it(&profile);
    if case.target.profile.is_none_or(|profile| profile.kind != "assume-role" || is_another(profile)) {
        case.target.profile = case.target.profile.filter(|profile| profile.kind != "assume-role");
        let mut found = case.view.profiles.iter().filter(is_it);
        if let (Some(one), None) = (found.next(), found.next()) {
            case.target.profile = Some(one);
        }
    }
    who_asked(case);
    let Some(profile) = case.target.profile.filter(|profile| profile.kind == "assume-role") else {
        // What another profile would get bears on nothing here.
        case.target = Target::none();
        return;
    };
    let source = profile.source_profile.as_deref().map_or_else(|| "its source".into(), quoted);
    case.shows(case.of_profile(format!(
        "{} assumes {} with the credentials of {source}",
        quoted(&profile.name),
        shown(profile.role_name.as_deref().unwrap_or("a role"))
    )));
    if !profile.needs_mfa {
        case.fix(Fix::new("Where the role wants MFA, add mfa_serial to the profile"));
    }
    case.fix(Fix::new(format!(
        "See that the role's trust policy names the identity of {source}, and that it may call sts:AssumeRole"
    )));
    case.fix(Fix::new(
        "Where the role wants an external id, add external_id; where a duration is refused, lower duration_seconds",
    ));
}

/// The profile whose identity the text names as the one that asked.
fn who_asked(case: &mut Case<'_>) {
    let Some((account, role)) = &case.said.named.caller else { return };
    let (_, name) = role_parts(role);
    let is_it = |profile: &&ProfileView| {
        profile.role_name.as_deref() == Some(name) && profile.account_id.as_deref() == Some(account)
    };
    let mut found = case.view.profiles.iter().filter(is_it);
    if let (Some(one), None) = (found.next(), found.next()) {
        let place = case.world.config.profiles.get(&one.name).map(|profile| profile.place);
        let evidence = Evidence::new(format!("the identity that asked is that of the profile {}", quoted(&one.name)));
        case.shows(match place {
            Some(place) => evidence.at(case.world.files().path(place.file), Some(place.line)),
            None => evidence,
        });
    }
}

/// Whether the token of another identity provider was to be taken for the role.
fn is_of_web_identity(case: &Case<'_>) -> bool {
    const SIGNS: [&str; 5] = ["WebIdentity", "OpenIDConnect", "InvalidIdentityToken", "token audience", "IDP"];
    case.said.matched.as_deref().is_some_and(|words| SIGNS.iter().any(|sign| words.contains(sign)))
}

/// A code must be typed.
pub(super) fn mfa(case: &mut Case<'_>) {
    let by_target = case.target.profile.filter(|profile| profile.needs_mfa);
    let mut with_mfa = case.view.profiles.iter().filter(|profile| profile.needs_mfa);
    let only = with_mfa.next().filter(|_| with_mfa.next().is_none() && !case.target.is_certain());
    let Some(profile) = by_target.or(only) else { return };
    case.target.profile = Some(profile);
    let name = quoted(&profile.name);
    case.shows(case.of_profile(format!("{name} wants an MFA code")));
    let ask = text::command("relight credentials", &profile.name);
    case.fix(
        Fix::new(format!("Get the credentials of {name} where you can type the code: they are kept for others"))
            .with_command(ask),
    );
    case.fix(Fix::new("After a wrong code, wait for the next one: each is good once"));
}

/// The profiles of the account that the text wants.
pub(super) fn account(case: &mut Case<'_>) {
    const MOST: usize = 3;
    if case.said.matched.as_deref().is_some_and(|words| words.contains("no credentials")) {
        case.turn_into(Cause::NoCredentials);
        return nothing::look(case);
    }
    problems::show(case, |problem| matches!(problem.code, "wrong-account" | "environment-shadows-profile"));
    for finding in accounts::check(&case.doctor()) {
        case.takes(finding);
    }
    let Some(account) = case.said.named.account.as_deref() else { return };
    let of_account = case.view.profiles.iter().filter(|profile| profile.account_id.as_deref() == Some(account));
    let of_account: Vec<_> = of_account.take(MOST).collect();
    if of_account.is_empty() {
        return case.shows(Evidence::new(format!("no profile here is of the account {account}")));
    }
    for profile in of_account {
        let fix = Fix::new(format!("Use the profile {}, which is of the account {account}", quoted(&profile.name)));
        case.fix(fix.with_command(select(case, &profile.name)));
        let of_profile = |session: &&SessionView| session.profiles.contains(&profile.name);
        let session = case.view.sessions.iter().find(of_profile);
        if let Some(session) = session.filter(|session| matches!(session.state, State::Expired | State::SignedOut)) {
            case.login_helps = true;
            case.fix(sign_in(session));
        }
    }
}

//! Temporary credentials that are over: whose they are decides what renews them.

use super::super::answer::Evidence;
use super::super::cause::Cause;
use super::super::phrase::Client;
use super::{Case, files, open, problems, sessions};
use crate::action::Action;
use crate::config::{FileKind, Merged, Provider, Sdk};
use crate::fix::{Fix, quoted};
use crate::page::Shell;
use crate::problem::Problem;
use crate::secret::masked_key_id;
use crate::status::State;
use crate::text::{self, ago};
use crate::time::until;
use crate::view::{ProfileView, SessionView};
use alloc::format;
use alloc::string::String;

pub(super) fn look(case: &mut Case<'_>) {
    if files::is_shadowed(case) {
        case.turn_into(Cause::EnvironmentShadowsProfile);
        return files::shadowed(case);
    }
    if case.said.matched.as_deref().is_some_and(|words| words.contains("requested URL returned error")) {
        of_git(case);
    }
    let Some(profile) = case.target.profile else { return of_any(case) };
    if let Some(place) = pasted_key(case, profile) {
        return place.show(case, profile);
    }
    if is_anybody(case) {
        problems::show(case, is_of_several);
    }
    match (profile.kind, case.target.session) {
        ("environment", _) => environment(case, profile),
        ("temporary", _) => temporary(case, profile),
        ("credential-process", _) => process(case, profile),
        ("web-identity", _) => {
            problems::look(case);
            case.fix(Fix::new("Let the program that writes the web identity token write it anew"));
        }
        ("static", _) => {
            case.shows(case.of_profile(format!("{} has a long-term key, which never ends", quoted(&profile.name))));
            case.says("So the text is about another key: one in the environment, or one that the program kept.");
        }
        (_, Some(session)) => of_session(case, profile, session),
        _ => {}
    }
    about_clock(case);
}

/// git's password at `CodeCommit` is made of the profile's credentials and lasts 15 minutes, unless a keychain keeps it.
fn of_git(case: &mut Case<'_>) {
    case.says("git tells the number alone: the password that it sent is over, because git keeps what lasts 15 minutes; or the profile's credentials are; or they may not read this repository.");
    let region = case.said.named.region.as_deref().unwrap_or("REGION");
    let reject =
        format!("printf 'protocol=https\\nhost=git-codecommit.{region}.amazonaws.com\\n\\n' | git credential reject");
    let has_printf = matches!(case.around.shell, Shell::Posix | Shell::Fish);
    case.fix(
        Fix::new("Erase the password that git keeps, and run git again").with_command(has_printf.then_some(reject)),
    );
    case.fix(
        Fix::new("See that nothing but 'aws codecommit credential-helper' answers for that host: neither osxkeychain nor manager")
            .with_command(String::from("git config --show-origin --get-all credential.helper")),
    );
}

/// Nothing says whose they are: a session that is over may be it.
fn of_any(case: &mut Case<'_>) {
    let before = case.fixes.len();
    sessions::offer(case, |session| session.attention && session.state == State::Expired);
    if case.fixes.len() > before {
        case.login_helps = true;
        case.fix(
            Fix::new("See which profile the program uses, and how it stands")
                .with_command(String::from("relight status")),
        );
        case.fix(Fix::new(
            "Where it has keys that were copied, copy them anew; restart a program that runs all the time",
        ));
        about_clock(case);
    }
}

fn about_clock(case: &mut Case<'_>) {
    if is_about_request(case) {
        case.fix(Fix::new(
            "If new credentials change nothing, compare this machine's clock: EC2 says the same of both",
        ));
    }
}

/// The profile's session is over, or the program keeps what it got from it before.
fn of_session(case: &mut Case<'_>, profile: &ProfileView, session: &SessionView) {
    match session.state {
        State::Valid | State::Expiring | State::Stale | State::Endless => {
            let standing = text::standing(session, case.now, &case.world.zone);
            case.shows(case.of_profile(format!(
                "{} gets its credentials from {}: {standing}",
                quoted(&profile.name),
                quoted(&session.name)
            )));
            case.says("The session is not over, so the program uses credentials that it got before.");
            case.fix(Fix::new("Run the program again; restart one that runs all the time"));
            if session.state == State::Stale {
                let command = text::command("relight refresh", &session.name);
                case.fix(
                    Fix::new(format!("Renew {} silently", quoted(&session.name)))
                        .with_command(command)
                        .with_action(Action::RefreshAll),
                );
            }
        }
        State::Expired | State::SignedOut | State::Broken | State::Unknown => {
            case.login_helps = true;
            sessions::look(case);
        }
    }
}

fn environment(case: &mut Case<'_>, profile: &ProfileView) {
    case.shows(Evidence::new(key_in_environment(case, profile)));
    case.fix(files::unset(case));
    case.fix(Fix::new("Or set all three anew, from where they came"));
}

/// Of the key in the environment: which it is, and when it ended.
pub(super) fn key_in_environment(case: &Case<'_>, profile: &ProfileView) -> String {
    let key = profile.access_key.as_deref().unwrap_or("…");
    match profile.expires_at {
        Some(end) if end <= case.now => {
            format!("AWS_ACCESS_KEY_ID is {key}, which ended {}", ago(until(end, case.now)))
        }
        _ => format!("AWS_ACCESS_KEY_ID is set: {key}"),
    }
}

fn temporary(case: &mut Case<'_>, profile: &ProfileView) {
    let name = quoted(&profile.name);
    let what = match profile.expires_at {
        Some(end) if end <= case.now => format!("the keys of {name} ended {}", ago(until(end, case.now))),
        Some(_) => format!("the keys of {name}: {}", text::credentials(profile, case.now, &case.world.zone)),
        None => format!("{name} has temporary keys, whose end is written nowhere"),
    };
    problems::show(case, |problem| problem.code == "session-token-missing");
    let merged = Merged::new(case.world.files());
    let place = merged.profiles.get(profile.name.as_str()).map(|keys| keys.place_of("aws_access_key_id"));
    case.shows(match place {
        Some(place) => Evidence::new(what).at(case.world.files().path(place.file), Some(place.line)),
        None => case.of_profile(what),
    });
    if !case.fixes.is_empty() {
        return;
    }
    match &profile.renew {
        Some(command) => {
            case.fix(Fix::new(format!("Make the keys of {name} anew")).with_command(command.clone()));
        }
        None => case.fix(
            Fix::new(format!("Copy the keys of {name} anew, or run the tool that wrote them"))
                .with_action(open(FileKind::Credentials)),
        ),
    }
}

fn process(case: &mut Case<'_>, profile: &ProfileView) {
    let name = quoted(&profile.name);
    case.shows(case.of_profile(format!("a program gives {name} its credentials")));
    case.fix(
        Fix::new(format!("Run the program of {name}, and see what it gives"))
            .with_command(text::command("relight refresh", &profile.name))
            .with_action(Action::RunProcess(profile.name.clone())),
    );
}

/// EC2 and IAM say `RequestExpired` of old credentials and of a wrong clock (aws-sessions.md 5.3).
fn is_about_request(case: &Case<'_>) -> bool {
    case.said.matched.as_deref().is_some_and(|words| words.contains("RequestExpired") || words.contains("Request has"))
}

/// A key in the files that this client takes before the session of the same profile.
pub(super) struct PastedKey {
    id: String,
    file: FileKind,
    line: u32,
}

impl PastedKey {
    pub(super) fn show(self, case: &mut Case<'_>, profile: &ProfileView) {
        let path = case.world.files().path(self.file);
        let what = format!("this program takes the key {} of {} before its session", self.id, quoted(&profile.name));
        let evidence = Evidence::new(what).at(path, Some(self.line));
        let title = format!("Remove the key of {} from {path}: its session gives credentials", quoted(&profile.name));
        case.shows(evidence);
        problems::show(case, is_of_several);
        if case.fixes.is_empty() {
            case.fix(Fix::new(title).with_action(open(self.file)));
        }
        case.login_helps = false;
    }
}

/// A profile from which clients take different credentials.
pub(super) fn is_of_several(problem: &Problem) -> bool {
    problem.code == "credentials-differ"
}

/// Whether the text does not say which client speaks.
fn is_anybody(case: &Case<'_>) -> bool {
    matches!(case.said.client, Some(Client::Aws | Client::Any))
}

pub(super) fn pasted_key(case: &Case<'_>, profile: &ProfileView) -> Option<PastedKey> {
    let sdk = match case.said.client? {
        Client::Js | Client::Cdk => Sdk::Js,
        Client::Go | Client::Terraform | Client::Eksctl => Sdk::Go,
        Client::Boto3 | Client::AwsCli => Sdk::Botocore,
        Client::Java => Sdk::Java,
        Client::Rust => Sdk::Rust,
        Client::DotNet
        | Client::Php
        | Client::Ruby
        | Client::Kubectl
        | Client::Helm
        | Client::Docker
        | Client::Aws
        | Client::Any => return None,
    };
    if !matches!(profile.kind, "sso" | "login") {
        return None;
    }
    let files = case.world.files();
    let merged = Merged::new(files);
    let keys = merged.profiles.get(profile.name.as_str())?;
    let is_taken = matches!(sdk.provider(keys)?, Provider::KeyOfCredentials | Provider::KeyOfConfig);
    let id = keys.get("aws_access_key_id").filter(|_| is_taken)?;
    let place = keys.place_of("aws_access_key_id");
    Some(PastedKey { id: masked_key_id(id), file: place.file, line: place.line })
}

//! What the files and the environment say, or do not.

use super::super::answer::Evidence;
use super::super::bare::missing_program;
use super::super::cause::Cause;
use super::super::masked::masked;
use super::super::phrase::Client;
use super::super::regions::is_known;
use super::{Case, expired, open, problems, select};
use crate::action::Action;
use crate::config::{Credentials, ENVIRONMENT_KEY, FileKind, Profile, Verdicts};
use crate::doctor::{environment, sdk, shell};
use crate::fix::{Fix, quoted};
use crate::near::nearest;
use crate::problem::Problem;
use crate::text;
use crate::view::ProfileView;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A name that is in no file that the program reads.
pub(super) fn not_found(case: &mut Case<'_>) {
    let name = case.said.named.profile.clone();
    let name = name.as_deref().unwrap_or_else(|| case.world.environment().selected_profile());
    let shown = quoted(&masked(name));
    if case.target.profile.is_some_and(|profile| profile.name == name) {
        case.shows(case.of_profile(format!("{} is here", quoted(name))));
        case.says("Relight finds the profile, so the program reads other files, or refuses these.");
        problems::show(case, |problem| {
            problems::cause_of(problem).is_some_and(|cause| cause == Cause::ConfigUnparsable)
        });
        return case.fix(Fix::new(
            "Compare HOME, AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE of the program with where the profile is",
        ));
    }
    let is_named = |text: &str| text.contains(&format!("'{name}'")) || text.contains(&format!("{name}]"));
    problems::show(case, |problem| {
        problems::cause_of(problem) == Some(Cause::ProfileNotFound) && is_named(&problem.message)
    });
    let names = case.view.profiles.iter().map(|profile| profile.name.as_str()).filter(|name| !name.starts_with('('));
    if let Some(near) = nearest(name, names) {
        let place = case.world.config.profiles.get(near).map(|profile| profile.place);
        let evidence = Evidence::new(format!("the nearest name is {}", quoted(near)));
        case.shows(match place {
            Some(place) => evidence.at(case.world.files().path(place.file), Some(place.line)),
            None => evidence,
        });
        let command = select(case, near);
        case.fix(Fix::new(format!("Use the profile {} instead of {shown}", quoted(near))).with_command(command));
    } else if case.fixes.is_empty() {
        case.shows(
            Evidence::new(format!("no profile is called {shown}, or nearly so"))
                .at(&case.world.files().config_path, None),
        );
    }
}

/// Whether the client that speaks refuses the files as a whole.
pub(super) fn is_refused(case: &Case<'_>) -> bool {
    refusal(case).is_some()
}

fn refusal(case: &Case<'_>) -> Option<(String, FileKind, u32)> {
    let verdicts = Verdicts::new(case.world.files());
    let refused = match case.said.client? {
        Client::Boto3 | Client::AwsCli | Client::Kubectl => verdicts.botocore,
        Client::Rust => verdicts.rust,
        Client::Js | Client::Cdk => verdicts.js,
        _ => None,
    };
    refused.map(|(refusal, file)| (refusal.message, file, refusal.line))
}

/// The line that the program stumbles over.
pub(super) fn unparsable(case: &mut Case<'_>) {
    let Some((message, file, line)) = refusal(case) else {
        problems::look(case);
        if case.evidence.is_empty() {
            case.says("The files that Relight reads have no such line now.");
        }
        return;
    };
    let path = case.world.files().path(file);
    case.shows(Evidence::new(message).at(path, Some(line)));
    let fix = Fix::new(format!("Correct line {line} of {path}")).with_action(open(file));
    let hints: Vec<_> = case
        .view
        .problems
        .iter()
        .filter(|problem| problem.line == Some(line) && problem.file.as_deref() == Some(path))
        .map(|problem| problem.hint.clone())
        .collect();
    case.fix(match hints.first() {
        Some(hint) => Fix { title: format!("{} ({path}:{line})", hint.trim_end_matches('.')), ..fix },
        None => fix,
    });
    others(case, (file, line));
}

/// The other lines for which this client refuses a file: it would stumble over them next.
fn others(case: &mut Case<'_>, (file, line): (FileKind, u32)) {
    let client = match case.said.client {
        Some(Client::Boto3 | Client::AwsCli | Client::Kubectl) => "boto3",
        Some(Client::Rust) => "Rust",
        _ => return,
    };
    let first = case.world.files().path(file);
    let is_other = |problem: &&Problem| {
        problem.message.split_once("refuse this whole file").is_some_and(|(who, _)| who.contains(client))
            && !(problem.line == Some(line) && problem.file.as_deref() == Some(first))
    };
    for problem in case.view.problems.iter().filter(is_other) {
        case.shows(problems::evidence(problem));
        let fix = problems::by_hand(case.world.files(), problem);
        let place = problem.file.as_deref().zip(problem.line).map(|(file, line)| format!(" ({file}:{line})"));
        case.fix(Fix { title: fix.title + &place.unwrap_or_default(), ..fix });
    }
}

/// The program that gives the credentials.
pub(super) fn process(case: &mut Case<'_>) {
    let words = case.said.matched.as_deref().unwrap_or_default();
    let is_program = |profile: &ProfileView| profile.kind == "credential-process";
    let may_be_it = match case.target.profile {
        Some(profile) => is_program(profile),
        None => !case.view.profiles.is_empty() && case.view.profiles.iter().all(is_program),
    };
    // Whatever reads JSON says so.
    if words.contains("Expecting value") && !may_be_it {
        return case.turn_into(Cause::Unknown);
    }
    if may_be_it || case.target.profile.is_none() {
        let mut named =
            case.view.profiles.iter().filter(|profile| is_program(profile) && is_run_in(case, profile, words));
        if let (Some(one), None) = (named.next(), named.next()) {
            case.target.profile = Some(one);
        }
    }
    if let Some(program) = missing_program(words) {
        let Some(profile) = profile_with(case, &program) else { return case.turn_into(Cause::Unknown) };
        case.target.profile = Some(profile);
    }
    let Some(profile) = case.target.profile.filter(|profile| profile.kind == "credential-process") else { return };
    let name = quoted(&profile.name);
    case.shows(case.of_profile(format!("{name} gets its credentials from a program")));
    if words.contains("not found") || words.contains("No such file") || words.contains("cannot find") {
        case.fix(
            Fix::new("Install the program, or write its whole path where it is now")
                .with_action(open(FileKind::Config)),
        );
    }
    case.fix(
        Fix::new(format!("Run the program of {name}, and read what it says"))
            .with_command(text::command("relight refresh", &profile.name))
            .with_action(Action::RunProcess(profile.name.clone())),
    );
    case.fix(Fix::new("Correct credential_process in the profile").with_action(open(FileKind::Config)));
}

/// Whether the text names the program of the profile's `credential_process`.
fn is_run_in(case: &Case<'_>, profile: &ProfileView, words: &str) -> bool {
    let Some(Credentials::CredentialProcess { command }) =
        case.world.config.profiles.get(&profile.name).map(|profile| &profile.credentials)
    else {
        return false;
    };
    let command = command.expose().trim_start();
    let program = match command.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => command.split_whitespace().next(),
    };
    // A path; `sh` and `aws` are in many texts.
    program.is_some_and(|program| program.contains(['/', '\\']) && words.contains(program))
}

/// The profile whose `credential_process` runs `program`, written without white space.
fn profile_with<'a>(case: &Case<'a>, program: &str) -> Option<&'a ProfileView> {
    let runs = |command: &str| command.split_whitespace().collect::<String>().contains(program);
    let is_it = |profile: &Profile| matches!(&profile.credentials, Credentials::CredentialProcess { command } if runs(command.expose()));
    let (name, _) = case.world.config.profiles.iter().find(|(_, profile)| is_it(profile))?;
    case.view.profiles.iter().find(|profile| profile.name == *name)
}

/// Whether a key in the environment hides the profile that was chosen. Not for one that is named by an option, and not
/// for JavaScript (aws-sessions.md 2.1).
pub(super) fn is_shadowed(case: &Case<'_>) -> bool {
    let is_said = case.view.problems.iter().any(|problem| problem.code == "environment-shadows-profile");
    is_said && !case.said.named.by_option && !matches!(case.said.client, Some(Client::Js | Client::Cdk))
}

/// The key in the environment, and what takes it away.
pub(super) fn shadowed(case: &mut Case<'_>) {
    let key = case.view.profiles.iter().find(|profile| profile.name == ENVIRONMENT_KEY);
    if let Some(key) = key {
        case.shows(Evidence::new(expired::key_in_environment(case, key)));
    }
    for problem in case.view.problems.iter().filter(|problem| problem.code == "environment-shadows-profile") {
        case.shows(problems::evidence(problem));
    }
    case.fix(unset(case));
}

pub(super) fn unset(case: &Case<'_>) -> Fix {
    Fix::new("Unset the key in the environment, also where it is set for good (such as ~/.bashrc)")
        .with_command(shell::unset(case.around.shell, &environment::KEY))
}

/// A region for the profile.
pub(super) fn region(case: &mut Case<'_>) {
    if let Some(region) = case.said.named.region.clone() {
        if super::region::mistyped(case, &region) {
            return;
        }
        let is_refused = case.said.matched.as_deref().is_some_and(|words| words.contains("invalid AWS Region"));
        if is_refused && is_known(&region) {
            case.shows(Evidence::new(format!("{region} is a region of AWS, which this program is too old to know")));
            return case.fix(Fix::new(
                "Update the program (in Terraform the provider), or turn its check off (skip_region_validation = true)",
            ));
        }
    }
    if let Some(region) = &case.world.environment().region {
        case.shows(Evidence::new(format!(
            "AWS_REGION or AWS_DEFAULT_REGION is {} here; boto3 reads the latter alone",
            text::shown(region)
        )));
    }
    let Some(profile) = case.target.profile.filter(|profile| !profile.name.starts_with('(')) else { return };
    if let Some(region) = &profile.region {
        return case.shows(case.of_profile(format!(
            "{} has the region {}",
            quoted(&profile.name),
            text::shown(region)
        )));
    }
    case.shows(case.of_profile(format!("{} has no region", quoted(&profile.name))));
    let mut others = case.view.profiles.iter().filter(|other| other.session == profile.session);
    let region = others.find_map(|other| other.region.as_deref()).unwrap_or("REGION");
    let command = text::command("aws configure set region", region)
        .and_then(|text| text::command(&format!("{text} --profile"), &profile.name));
    case.fix(Fix::new(format!("Give {} a region", quoted(&profile.name))).with_command(command));
}

/// Old SDKs read the credentials file alone.
pub(super) fn not_loaded(case: &mut Case<'_>) {
    if let Some(profile) = case.target.profile {
        case.shows(case.of_profile(format!("{} is in the config file alone", quoted(&profile.name))));
    }
    let of_project = sdk::check(&case.doctor());
    if of_project.is_empty() && !case.around.variables.loads_config {
        case.fix(sdk::load_config(case.around.shell));
    }
    for finding in of_project {
        case.takes(finding);
    }
    if case.around.variables.loads_config {
        case.says("AWS_SDK_LOAD_CONFIG is set here now: start the program again from this terminal.");
    }
    case.fix(Fix::new("Update the program: newer SDKs read both files"));
}

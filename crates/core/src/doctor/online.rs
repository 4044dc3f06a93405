//! What AWS itself says: who each profile is, and what time it is.

use super::look::{Look, sign_in};
use super::{About, Finding, Surroundings};
use crate::config::{Credentials, Step};
use crate::credentials::{CallFailure, Failure};
use crate::explain::{Cause, recognise};
use crate::fix::{Fix, quoted};
use crate::problem::Problem;
use crate::status::State;
use crate::text::listed;
use crate::time::{SignedDuration, Timestamp, until};
use crate::view::View;
use crate::world::World;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Who a profile's credentials are of: sts `GetCallerIdentity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Twelve digits.
    pub account_id: String,
    /// Of the user or of the role's session.
    pub arn: String,
}

/// Why there is no identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It was not asked for, in words.
    NotAsked(String),
    /// There were no credentials to ask with.
    NoKeys(Failure),
    /// AWS did not say it.
    Refused(CallFailure),
}

/// What became of one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub profile: String,
    /// What was found out.
    pub answer: Result<Identity, Unknown>,
    /// This machine's time when AWS answered, and the time that the answer says.
    pub times: Option<(Timestamp, Timestamp)>,
}

/// The profiles to ask for, and why one is not: none where it is. A program of others runs for nobody who did not name its
/// profile.
pub fn whom_to_ask(world: &World, view: &View, named: Option<&str>) -> Vec<(String, Option<Unknown>)> {
    let profiles = view.profiles.iter().filter(|profile| named.is_none_or(|named| profile.name == named));
    let why_not = |name: &str, kind: &str, state: State| {
        let steps = world.config.steps(name);
        let runs = steps.iter().flatten().any(|step| match step {
            Step::First(first) => matches!(first.credentials, Credentials::CredentialProcess { .. }),
            Step::Key { .. } | Step::Assume(..) => false,
        });
        match (state, kind) {
            (State::Broken, _) => Some("it cannot be used"),
            (State::SignedOut, _) => Some("nobody is signed in"),
            (State::Expired, "sso" | "assume-role" | "login") => Some("its session has ended"),
            (_, "container") => Some("only programs in the container get them"),
            (_, "bedrock-key") => Some("it signs nothing"),
            _ if runs && named.is_none() => Some("it runs a program: name it with --profile"),
            _ => None,
        }
    };
    let asked = profiles.filter(|profile| profile.kind != "none");
    asked
        .map(|profile| {
            let why_not = why_not(&profile.name, profile.kind, profile.state);
            (profile.name.clone(), why_not.map(|why| Unknown::NotAsked(why.into())))
        })
        .collect()
}

/// How far this machine's clock is ahead of AWS's; none where nobody answered.
pub fn skew(asked: &[Asked]) -> Option<SignedDuration> {
    let ahead = asked.iter().filter_map(|one| one.times.map(|(here, there)| until(there, here)));
    // Answers that took long look like a clock that is ahead: the quickest counts.
    ahead.min_by_key(|ahead| ahead.abs())
}

/// What is wrong with what AWS said.
pub fn online_findings(around: &Surroundings, world: &World, view: &View, asked: &[Asked]) -> Vec<Finding> {
    let look = Look { around, world, view, now: view.now };
    let clock = skew(asked).and_then(|ahead| crate::skew::problem(-ahead, world.remote()));
    let mut found: Vec<_> = clock.map(Finding::new).into_iter().collect();
    found.extend(asked.iter().filter_map(|one| other_account(&look, one)));
    // What is in the way of all is told once.
    let mut of_network: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in asked {
        match &one.answer {
            Ok(_) | Err(Unknown::NotAsked(_)) => {}
            Err(Unknown::NoKeys(Failure::Person(sentence))) => found.push(no_keys(&look, &one.profile, sentence, true)),
            Err(Unknown::NoKeys(Failure::World(sentence))) if is_of_network(sentence) => {
                of_network.entry(sentence.clone()).or_default().push(quoted(&one.profile));
            }
            Err(Unknown::NoKeys(Failure::World(sentence))) => found.push(no_keys(&look, &one.profile, sentence, false)),
            Err(Unknown::Refused(failure)) if failure.error.passes() => {
                of_network.entry(failure.error.sentence()).or_default().push(quoted(&one.profile));
            }
            Err(Unknown::Refused(failure)) => found.push(refused(&look, &one.profile, failure)),
        }
    }
    found.extend(of_network.into_iter().map(|(sentence, profiles)| unreachable(&look, &sentence, &profiles)));
    found.sort_by(|one, other| one.place_in_list().cmp(&other.place_in_list()));
    found
}

fn other_account(look: &Look<'_>, one: &Asked) -> Option<Finding> {
    let identity = one.answer.as_ref().ok()?;
    let profile = look.world.config.profiles.get(&one.profile)?;
    let own = profile.account_id.as_deref().filter(|own| *own != identity.account_id)?;
    let message = format!(
        "{} says that it is for account {own}, but its credentials are of account {} ({}).",
        quoted(&one.profile),
        identity.account_id,
        crate::text::shown(&identity.arn)
    );
    let problem = Problem::warning("wrong-account", message, "Correct the profile, or its credentials.");
    Some(Finding::new(look.world.files().place(problem, profile.place)).of_profile(&one.profile))
}

fn no_keys(look: &Look<'_>, profile: &str, sentence: &str, is_for_a_person: bool) -> Finding {
    let message = format!("{} has no credentials now: {sentence}", quoted(profile));
    let problem = Problem::error("no-credentials", message, "Until then, no program can use it.");
    let session = look.profile(profile).filter(|_| is_for_a_person).and_then(|profile| look.session_of(profile));
    Finding::new(problem).about(About::Profile(profile.into())).mended(session.map(sign_in))
}

/// What AWS says is explained as any program's failure is, of which this is the usual form.
fn refused(look: &Look<'_>, profile: &str, failure: &CallFailure) -> Finding {
    let said = &failure.error.said;
    let code = failure.code.as_deref().unwrap_or_default();
    let text = format!("An error occurred ({code}) when calling the GetCallerIdentity operation: {said}");
    let cause = recognise(text.as_bytes()).cause;
    let code = failure.code.as_deref().map(|code| format!(" ({})", crate::text::shown(code))).unwrap_or_default();
    let message = format!("{} does not know who {} is: {said}{code}.", failure.error.address, quoted(profile));
    let expired = cause == Cause::TemporaryCredentialsExpired;
    let session = look.profile(profile).filter(|_| expired).and_then(|profile| look.session_of(profile));
    let about = cause.about();
    let finding = Finding::new(Problem::error(cause.code(), message, about.explanation)).of_profile(profile);
    match session {
        Some(session) => finding.mended(sign_in(session)),
        None => about.advice.iter().fold(finding, |finding, advice| finding.mended(Fix::new(*advice))),
    }
}

/// The sentences of [`crate::flow::CallError`] where nobody answered.
fn is_of_network(sentence: &str) -> bool {
    [" cannot be reached: ", " did not answer in time", " gave an answer that is not AWS's"]
        .iter()
        .any(|words| sentence.contains(words))
}

fn unreachable(look: &Look<'_>, sentence: &str, profiles: &[String]) -> Finding {
    let few: Vec<_> = profiles.iter().take(MOST).map(String::as_str).collect();
    let names = if few.len() < profiles.len() { format!("{} profiles", profiles.len()) } else { listed(&few) };
    let of_certificate = sentence.contains("certificate");
    let (code, hint) = if of_certificate {
        let hint =
            "A proxy or firewall reads what is sent. Ask for its certificate, and name the file in AWS_CA_BUNDLE.";
        ("tls-interception", hint.into())
    } else {
        ("network", through_proxy(look).unwrap_or_else(|| "Then look again.".into()))
    };
    Finding::new(Problem::error(code, format!("AWS could not be asked about {names}: {sentence}"), hint))
}

/// Which proxy it may be asked through; without a password that stands in its address.
fn through_proxy(look: &Look<'_>) -> Option<String> {
    let variables = &look.around.variables;
    let (name, value) =
        ["https_proxy", "HTTPS_PROXY"].into_iter().find_map(|name| Some((name, variables.proxy(name)?)))?;
    let address = value.expose().rsplit('@').next()?;
    let address = address.split_once("://").map_or(address, |(_, address)| address).split('/').next()?;
    Some(format!("{name} names the proxy {}: see that it answers, then look again.", crate::text::shown(address)))
}

const MOST: usize = 5;

//! What AWS itself says: who each profile is, and what time it is.

use super::look::{Look, sign_in};
use super::{About, Finding, Surroundings};
use crate::config::{Credentials, Step};
use crate::credentials::{CallFailure, Failure};
use crate::explain::{Cause, recognise};
use crate::fix::{Fix, quoted};
use crate::problem::Problem;
use crate::status::State;
use crate::text::{listed, shown};
use crate::time::{SignedDuration, Timestamp, until};
use crate::view::View;
use crate::world::World;
use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
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

impl Unknown {
    /// In a word or two, for a table.
    pub fn in_short(&self) -> Cow<'_, str> {
        match self {
            Self::NotAsked(why) => Cow::Borrowed(why),
            _ if InTheWay::of(self, &self.sentence()).is_some() => "AWS not reached".into(),
            Self::NoKeys(_) => "no credentials".into(),
            Self::Refused(failure) => failure.code.as_deref().map_or_else(|| "refused".into(), shown),
        }
    }

    /// In a sentence, as AWS or Relight said it.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotAsked(why) => why.clone(),
            Self::NoKeys(Failure::Person(sentence) | Failure::World(sentence)) => sentence.clone(),
            Self::Refused(failure) if failure.error.passes() => failure.error.sentence(),
            Self::Refused(failure) => failure.error.cause(),
        }
    }
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
    let mut in_the_way: BTreeMap<String, Met> = BTreeMap::new();
    for one in asked {
        let Err(unknown) = &one.answer else { continue };
        let said = unknown.sentence();
        let Some(met) = InTheWay::of(unknown, &said) else {
            found.extend(of_profile(&look, &one.profile, unknown));
            continue;
        };
        let all = in_the_way.entry(met.how.into()).or_default();
        all.profiles.push(quoted(&one.profile));
        all.addresses.insert(met.address.into());
    }
    found.extend(in_the_way.into_iter().map(|(how, met)| unreachable(&look, &how, &met)));
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
        shown(&identity.arn)
    );
    let problem = Problem::warning("wrong-account", message, "Correct the profile, or its credentials.");
    Some(Finding::new(look.world.files().place(problem, profile.place)).of_profile(&one.profile))
}

fn of_profile(look: &Look<'_>, profile: &str, unknown: &Unknown) -> Option<Finding> {
    match unknown {
        Unknown::NotAsked(_) => None,
        Unknown::NoKeys(Failure::Person(sentence)) => Some(no_keys(look, profile, sentence, true)),
        Unknown::NoKeys(Failure::World(sentence)) => Some(no_keys(look, profile, sentence, false)),
        Unknown::Refused(failure) => Some(refused(look, profile, failure)),
    }
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
    let code = failure.code.as_deref().map(|code| format!(" ({})", shown(code))).unwrap_or_default();
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

/// What was in the way of a call.
struct InTheWay<'a> {
    /// Who was to be asked.
    address: &'a str,
    /// What came of it, with the blank before it.
    how: &'a str,
}

/// Whom the same was in the way of.
#[derive(Default)]
struct Met {
    profiles: Vec<String>,
    addresses: BTreeSet<String>,
}

const NOT_REACHED: &str = " cannot be reached: ";

impl<'a> InTheWay<'a> {
    /// The sentences of [`crate::flow::CallError`] where nobody answered.
    fn read(sentence: &'a str) -> Option<Self> {
        let all = [NOT_REACHED, " did not answer in time", " gave an answer that is not AWS's"];
        let (address, how) = all.iter().find_map(|words| Some(sentence.split_at(sentence.find(words)?)))?;
        Some(Self { address, how })
    }

    /// `said` is the sentence of `unknown`.
    fn of(unknown: &'a Unknown, said: &'a str) -> Option<Self> {
        match unknown {
            Unknown::NoKeys(Failure::World(_)) => Self::read(said),
            Unknown::Refused(CallFailure { error, .. }) if error.passes() => {
                Some(Self { address: &error.address, how: said.strip_prefix(&error.address).unwrap_or(said) })
            }
            Unknown::NotAsked(_) | Unknown::NoKeys(Failure::Person(_)) | Unknown::Refused(_) => None,
        }
    }
}

fn unreachable(look: &Look<'_>, how: &str, met: &Met) -> Finding {
    let few: Vec<_> = met.profiles.iter().take(MOST).map(String::as_str).collect();
    let names = if few.len() < met.profiles.len() { format!("{} profiles", met.profiles.len()) } else { listed(&few) };
    let addresses: Vec<_> = met.addresses.iter().map(String::as_str).collect();
    let about = format!("AWS could not be asked about {names}");
    let plainly = format!("{about}: {}{how}", listed(&addresses));
    if how.contains("certificate") {
        let hint =
            "A proxy or firewall reads what is sent. Ask for its certificate, and name the file in AWS_CA_BUNDLE.";
        return Finding::new(Problem::error("tls-interception", plainly, hint));
    }
    let Some((variable, proxy)) = proxy(look, &met.addresses) else {
        return Finding::new(Problem::error("network", plainly, "Then look again."));
    };
    // No other host was connected to, so the words are about the proxy.
    let why = how.strip_prefix(NOT_REACHED).map(|why| why.trim_end_matches(" Check the network, VPN and proxy."));
    let (message, hint) = match why {
        Some(why) => (
            format!("{about} through the proxy {proxy}, which {variable} names: {why}"),
            format!("See that the proxy is right and answers, or unset {variable}; then look again."),
        ),
        None => (plainly, format!("{variable} names the proxy {proxy}: see that it answers, then look again.")),
    };
    Finding::new(Problem::error("network", message, hint))
}

/// Through which proxy these are asked; without a password that stands in its address.
fn proxy(look: &Look<'_>, addresses: &BTreeSet<String>) -> Option<(&'static str, String)> {
    let variables = &look.around.variables;
    let (name, value) =
        ["https_proxy", "HTTPS_PROXY"].into_iter().find_map(|name| Some((name, variables.proxy(name)?)))?;
    let address = value.expose().rsplit('@').next()?;
    let address = address.split_once("://").map_or(address, |(_, address)| address).split('/').next()?;
    let is_asked = addresses.iter().any(|address| !variables.is_without_proxy(address));
    is_asked.then(|| (name, shown(address).into_owned()))
}

const MOST: usize = 5;

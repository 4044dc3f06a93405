//! Names in a text: profile, session, account, region and role. What a phrase caught counts first, then what stands in
//! the lines around it in forms that have one meaning.

use super::innermost::{Said, slice};
use super::phrase::Capture;
use super::registry::{Registry, registry};
use super::squeezed;
use crate::endpoint::is_region;
use crate::time::Timestamp;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// What a text names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// A profile.
    pub profile: Option<String>,
    /// A session: the name of its section, its start URL or its ARN.
    pub session: Option<String>,
    /// An account.
    pub account: Option<String>,
    /// A region.
    pub region: Option<String>,
    /// A role: its ARN, else its name.
    pub role: Option<String>,
    /// Whether the profile stands behind `--profile`, so that the AWS CLI and boto3 do not look at the environment.
    #[serde(skip)]
    pub by_option: bool,
    /// Account and role of the identity that asked.
    #[serde(skip)]
    pub caller: Option<(String, String)>,
    /// When a request was sent by its own clock, and by AWS's.
    #[serde(skip)]
    pub times: Option<(Timestamp, Timestamp)>,
    /// A registry of AWS's, by its address.
    #[serde(skip)]
    pub registry: Option<Registry>,
}

/// What the text says in all.
pub(super) fn named(text: &str, said: &Said) -> Named {
    let caught = |kind: Capture| {
        let of_others = said.also.iter().flat_map(|known| &known.hit.captures);
        let mut captures = said.captures.iter().chain(of_others);
        captures.find(|(of, _)| *of == kind).map(|(_, text)| text.clone())
    };
    let around = slice(text, said.around.start, said.around.end);
    // Addresses and ARNs are long, and broken at the end of a line.
    let joined = &around.replace('\n', "");
    let host_region = |text: &str| HOSTS.iter().find_map(|host| before_suffix(text, host));
    let by_option = behind(around, &["--profile ", "--profile="]);
    let registry = registry(joined);
    let packages = match &registry {
        Some(Registry::Packages(packages)) => Some(packages),
        _ => None,
    };
    Named {
        by_option: by_option.is_some(),
        profile: caught(Capture::Profile).or(by_option).or_else(|| behind(around, &PROFILE)),
        session: caught(Capture::Session)
            .or_else(|| behind(around, &["[sso-session ", "sso login --sso-session "]))
            .or_else(|| start_url(around))
            .or_else(|| start_url(joined)),
        account: caught(Capture::Account)
            // Of a role that is refused, the account is meant that has it.
            .or_else(|| caught(Capture::Role)?.split(':').nth(4).filter(|part| part.len() == 12).map(ToOwned::to_owned))
            .or_else(|| image_registry(joined).map(|(account, _)| account))
            .or_else(|| packages.map(|packages| packages.account.clone()))
            .or_else(|| account(around))
            .or_else(|| account(joined)),
        region: caught(Capture::Region)
            .or_else(|| behind(around, &["--region ", "--region="]).filter(|region| is_region(region)))
            .or_else(|| image_registry(joined).map(|(_, region)| region))
            .or_else(|| packages.map(|packages| packages.region.clone()))
            .or_else(|| host_region(around))
            .or_else(|| host_region(joined)),
        role: caught(Capture::Role).or_else(|| role(joined)),
        caller: caller(joined),
        times: time(around, "RequestTime").zip(time(around, "ServerTime")),
        registry,
    }
}

/// What stands before a profile's name.
const PROFILE: [&str; 9] = [
    "AWS_PROFILE=",
    "AWS_DEFAULT_PROFILE=",
    "AWS_VAULT=",
    "[profile ",
    "profileName=",
    "profile=",
    "profile \"",
    "profile '",
    "profile: ",
];

/// How the names of AWS's hosts end behind the region.
const HOSTS: [&str; 3] = [".amazonaws.com", ".api.aws", ".on.aws"];

/// The word behind the first of `leads` that stands in `text`.
fn behind(text: &str, leads: &[&str]) -> Option<String> {
    let word = |lead: &&str| {
        let (_, rest) = text.split_once(lead)?;
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let ends = |letter: char| letter.is_whitespace() || "\"'`,;)]}<>|&\\".contains(letter);
        let word = rest.split(ends).next()?.trim_end_matches(['.', ':']);
        (!word.is_empty() && word.len() <= 128 && !word.starts_with(['$', '-', '{'])).then(|| word.to_owned())
    };
    leads.iter().find_map(word)
}

/// In XML, in JSON, or as Node.js prints an object.
fn time(text: &str, name: &str) -> Option<Timestamp> {
    let leads = [format!("<{name}>"), format!("\"{name}\":"), format!("{name}: ")];
    let leads: Vec<_> = leads.iter().map(String::as_str).collect();
    behind(text, &leads)?.parse().ok()
}

/// `https://corp.awsapps.com/start`
fn start_url(text: &str) -> Option<String> {
    let end = text.find(".awsapps.com/start")?;
    let start = text.get(..end)?.rfind("https://")?;
    let url = text.get(start..end + ".awsapps.com/start".len())?;
    (!url.contains(char::is_whitespace)).then(|| url.to_owned())
}

/// `111122223333` and `us-east-1` of `111122223333.dkr.ecr.us-east-1.amazonaws.com`
fn image_registry(text: &str) -> Option<(String, String)> {
    let (before, after) = text.split_once(".dkr.ecr.")?;
    let account = before.get(before.len().checked_sub(12)?..)?;
    let region = after.split('.').next()?;
    let are_sound = account.bytes().all(|byte| byte.is_ascii_digit()) && is_region(region);
    are_sound.then(|| (account.to_owned(), region.to_owned()))
}

/// `us-east-1` of `sts.us-east-1.amazonaws.com`
fn before_suffix(text: &str, suffix: &str) -> Option<String> {
    text.match_indices(suffix).find_map(|(at, _)| {
        let label = text.get(..at)?.rsplit(['.', '/', '"', ' ', '@']).next()?;
        let is_one = label.bytes().filter(|byte| *byte == b'-').count() >= 2
            && label.ends_with(|last: char| last.is_ascii_digit())
            && is_region(label);
        is_one.then(|| label.to_owned())
    })
}

/// The account of the first ARN that has one, of `account` and a number, or of `Account: "…"`.
fn account(text: &str) -> Option<String> {
    let of_arn = text.match_indices("arn:aws").find_map(|(at, _)| {
        let account = text.get(at..)?.split(':').nth(4)?;
        (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then(|| account.to_owned())
    });
    of_arn.or_else(|| {
        let number = behind(text, &["account ", "Account ", "account:", "account ID "])?;
        (number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
    })
}

/// `111122223333` and `Admin` of `User: arn:aws:sts::111122223333:assumed-role/Admin/jane`
fn caller(text: &str) -> Option<(String, String)> {
    let (_, identity) = text.split_once("User: arn:aws")?;
    let (account, rest) = identity.split_once("sts::")?.1.split_once(":assumed-role/")?;
    let role = rest.split('/').next().filter(|name| !name.is_empty() && name.len() <= 64)?;
    (account.len() == 12).then(|| (account.to_owned(), role.to_owned()))
}

/// The first ARN of a role; else the role of an identity that came from one.
fn role(text: &str) -> Option<String> {
    let arn = text.match_indices("arn:aws").find_map(|(at, _)| {
        // As long as an ARN may be.
        let rest = slice(text, at, at + 2_048);
        let (account, name) = rest.split_once("::")?.1.split_once(":role/")?;
        let token = squeezed::token(rest.split([' ', '"', '\'', ')', ',', '\n']).next()?, Capture::Role)?;
        (account.len() == 12 && !name.is_empty()).then_some(token)
    });
    arn.or_else(|| {
        let (_, rest) = text.split_once(":assumed-role/")?;
        rest.split('/').next().filter(|name| !name.is_empty() && name.len() <= 64).map(ToOwned::to_owned)
    })
}

//! Calls that go elsewhere than to AWS, because a variable or a profile says so: a test stack, a gateway, or a trap.

use super::look::{Look, about_section};
use super::shell::unset;
use super::{About, Finding};
use crate::config::{FileKind, endpoint_line, is_true};
use crate::endpoint::is_of_aws;
use crate::fix::Fix;
use crate::ini::{Document, Section};
use crate::problem::{Problem, Severity};
use crate::text::shown;
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let variables = &look.around.variables;
    if variables.ignores_endpoints {
        return Vec::new();
    }
    let mut found: Vec<_> = variables.endpoints.iter().filter_map(|(name, url)| variable(look, name, url)).collect();
    let files = look.world.files();
    found.extend(of_file(look, FileKind::Config, &files.config));
    found.extend(of_file(look, FileKind::Credentials, &files.credentials));
    found
}

fn variable(look: &Look<'_>, name: &str, url: &str) -> Option<Finding> {
    let what = match name.strip_prefix("AWS_ENDPOINT_URL_") {
        Some(service) => format!("the calls of {}", shown(&service.to_ascii_lowercase())),
        None => "every call".into(),
    };
    let problem = match host(url) {
        Some(host) => elsewhere(&shown(name), &what, host, "Unset it"),
        // Where it is in the way of a sign-in, status tells it.
        None if is_told(look) => return None,
        None => no_address(&shown(name)),
    };
    let fix = Fix::new(format!("Unset {}", shown(name))).with_command(unset(look.around.shell, &[name]));
    Some(Finding::new(problem).mended(fix))
}

/// One place in a file that names an address.
struct Named<'a> {
    section: &'a Section,
    /// The service whose calls it is for.
    service: Option<&'a str>,
    line: u32,
    url: &'a str,
}

impl Named<'_> {
    fn what(&self) -> String {
        let service = self.service.map(|service| format!(" for {}", shown(service))).unwrap_or_default();
        format!("endpoint_url{service} of [{}]", shown(&self.section.name))
    }

    fn about(&self) -> Option<About> {
        self.service.is_none().then(|| about_section(&self.section.name))
    }
}

/// What goes to one address is told at once.
fn of_file(look: &Look<'_>, file: FileKind, document: &Document) -> Vec<Finding> {
    let mut by_host: BTreeMap<Option<&str>, Vec<Named<'_>>> = BTreeMap::new();
    for named in named(file, document).filter(|named| look.is_wanted(named.about().as_ref())) {
        by_host.entry(host(named.url)).or_default().push(named);
    }
    let found = by_host.into_iter().filter_map(|(host, all)| {
        let first = all.first()?;
        let others = all.len() - 1;
        let more = if others > 0 { format!(" (and {others} more)") } else { String::new() };
        let by = format!("{}{more}", first.what());
        let problem = match host {
            Some(host) => elsewhere(&by, "calls", host, "Remove it"),
            None if is_told(look) => return None,
            None => no_address(&by),
        };
        let finding = Finding::new(problem.at(look.world.files().path(file), Some(first.line)));
        Some(Finding { about: first.about().filter(|_| others == 0), ..finding })
    });
    found.take(MOST).collect()
}

/// Nobody looks through more of them.
const MOST: usize = 10;

fn named(file: FileKind, document: &Document) -> impl Iterator<Item = Named<'_>> {
    let ignores = |section: &Section| {
        section.properties.iter().any(|one| one.key == "ignore_configured_endpoint_urls" && is_true(&one.value))
    };
    let sections = document.sections.iter().filter(move |section| !ignores(section));
    let all = sections.flat_map(|section| section.properties.iter().map(move |one| (section, one)));
    all.filter_map(move |(section, one)| {
        let (service, url) = if file == FileKind::Config && section.name.starts_with("services ") {
            (Some(one.key.as_str()), one.value.lines().find_map(endpoint_line)?)
        } else {
            (None, one.value.lines().next().filter(|url| one.key == "endpoint_url" && !url.is_empty())?)
        };
        Some(Named { section, service, line: one.line, url })
    })
}

/// `remove` says how it goes, without what for.
fn elsewhere(by: &str, what: &str, host: &str, remove: &str) -> Problem {
    let name = name_of(host);
    let (instead, hint) = if is_of_aws(name) {
        (", instead of where AWS's clients send them", " if you did not mean that.")
    } else {
        (" instead of to AWS", " to call AWS.")
    };
    let message = format!("{by} sends {what} to {}{instead}.", shown(host));
    let mut problem = Problem::warning("endpoint-elsewhere", message, format!("{remove}{hint}"));
    if is_of_aws(name) || is_near(name) {
        problem.severity = Severity::Info;
    }
    problem
}

fn no_address(by: &str) -> Problem {
    let message = format!("{by} is no web address: the calls that it is for fail.");
    Problem::error(
        "endpoint-not-a-web-address",
        message,
        "Correct it, or remove it: it begins with https:// or http://.",
    )
}

fn is_told(look: &Look<'_>) -> bool {
    let told = |problem: &Problem| problem.code == "endpoint-not-a-web-address";
    look.view.sessions.iter().any(|session| session.problems.iter().any(told))
}

/// The host and port of a web address, without a password before it.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host).filter(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

fn name_of(host: &str) -> &str {
    match host.split_once(']') {
        Some((name, _)) => name.trim_start_matches('['),
        None => host.split(':').next().unwrap_or(host),
    }
}

/// This machine, or a container on it.
fn is_near(name: &str) -> bool {
    let name: Cow<'_, str> = if name.is_ascii() { name.to_ascii_lowercase().into() } else { name.into() };
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_loopback = is_number && name.starts_with("127.");
    let is_loopback = is_loopback || ["0.0.0.0", "::1", "host.docker.internal"].contains(&name.as_ref());
    let is_container = !name.contains(['.', ':']);
    is_loopback || is_container || name.ends_with(".localhost") || name.ends_with("localhost.localstack.cloud")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address_is_told_without_its_password() {
        for (url, said, is_near_by) in [
            ("http://localhost:4566", Some("localhost:4566"), true),
            ("http://127.0.0.1/x", Some("127.0.0.1"), true),
            ("http://[::1]:4566/", Some("[::1]:4566"), true),
            ("http://minio:9000", Some("minio:9000"), true),
            ("http://s3.localhost.localstack.cloud:4566", Some("s3.localhost.localstack.cloud:4566"), true),
            ("https://me:hunter2@gateway.example/aws", Some("gateway.example"), false),
            ("https://127.example", Some("127.example"), false),
            ("localhost:4566", None, false),
            ("https://", None, false),
        ] {
            let found = host(url);
            assert_eq!(found, said, "{url}");
            assert_eq!(found.is_some_and(|host| is_near(name_of(host))), is_near_by, "{url}");
        }
    }
}

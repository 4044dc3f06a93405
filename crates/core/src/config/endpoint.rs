//! Endpoint overrides: where a session's calls go when not to AWS's own endpoint (aws-sessions.md 1.4).

use super::session::is_web_address;
use super::{Config, Keys, Merged, Profile, Session, SessionId};
use crate::problem::Problem;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

/// What the environment says about endpoints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `AWS_ENDPOINT_URL_SSO_OIDC`
    pub sso_oidc: Option<String>,
    /// `AWS_ENDPOINT_URL_SSO`
    pub sso: Option<String>,
    /// `AWS_ENDPOINT_URL_SIGNIN`
    pub signin: Option<String>,
    /// `AWS_ENDPOINT_URL`
    pub all: Option<String>,
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`
    pub ignore_configured: bool,
}

impl Overrides {
    /// `variable` gives the value of one that is set and not empty.
    pub(super) fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            sso_oidc: variable("AWS_ENDPOINT_URL_SSO_OIDC"),
            sso: variable("AWS_ENDPOINT_URL_SSO"),
            signin: variable("AWS_ENDPOINT_URL_SIGNIN"),
            all: variable("AWS_ENDPOINT_URL"),
            ignore_configured: variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
                .is_some_and(|value| value.eq_ignore_ascii_case("true")),
        }
    }
}

/// The addresses of the services that a sign-in talks to; none means AWS's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// Of sso-oidc: registration, device authorization, tokens.
    pub sso_oidc: Option<String>,
    /// Of the portal: role credentials, logout.
    pub sso: Option<String>,
    /// Of signin: `aws login`.
    pub signin: Option<String>,
}

impl Config {
    /// The endpoints to use for `session` when the person named `profile`: its own override counts then.
    pub fn endpoints_for(&self, session: &Session, profile: Option<&str>) -> Endpoints {
        let named =
            profile.and_then(|name| self.profiles.get(name)).filter(|profile| profile.session() == Some(&session.id));
        named.map_or_else(|| session.endpoints.clone(), |profile| profile.endpoints.clone())
    }
}

const MOST_LINES: usize = 100;

/// The overrides that one profile's keys and its `services` section make.
pub(super) fn of_profile(keys: &Keys<'_>, merged: &Merged<'_>, overrides: &Overrides) -> Endpoints {
    let ignored = keys.get("ignore_configured_endpoint_urls").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    if overrides.ignore_configured || ignored {
        return Endpoints::default();
    }
    let services = keys.get("services").and_then(|name| merged.services.get(name));
    let of_service = |service| {
        let block = services.and_then(|keys| keys.block(service));
        // Nobody has a longer block, and 10,000 profiles may name it.
        let own = block.and_then(|block| block.lines().take(MOST_LINES).find_map(endpoint_line));
        own.or_else(|| keys.get("endpoint_url")).map(ToOwned::to_owned)
    };
    let overriding = of_environment(overrides);
    Endpoints {
        sso_oidc: overriding.sso_oidc.or_else(|| of_service("sso_oidc")),
        sso: overriding.sso.or_else(|| of_service("sso")),
        signin: overriding.signin.or_else(|| of_service("signin")),
    }
}

/// Gives each session the endpoints that its profiles share.
pub(super) fn assign(
    sessions: &mut BTreeMap<SessionId, Session>,
    profiles: &BTreeMap<String, Profile>,
    overrides: &Overrides,
) {
    for session in sessions.values_mut() {
        let mut all = session.profiles.iter().filter_map(|name| profiles.get(name)).map(|profile| &profile.endpoints);
        let first = all.next().cloned().unwrap_or_else(|| of_environment(overrides));
        if all.all(|other| *other == first) {
            session.endpoints = first;
        } else {
            session.endpoints = of_environment(overrides);
            session.problems.push(Problem::warning(
                "endpoints-differ",
                format!(
                    "The profiles of {} name different endpoints for its sign-in, so AWS's own is used.",
                    session.id.name()
                ),
                "Give all its profiles the same 'services' or 'endpoint_url', or name a profile when you sign in.",
            ));
        }
        let endpoints = &session.endpoints;
        if [&endpoints.sso_oidc, &endpoints.sso, &endpoints.signin]
            .into_iter()
            .flatten()
            .any(|url| !is_web_address(url))
        {
            session.problems.push(Problem::error(
                "endpoint-not-a-web-address",
                format!("The endpoint that the sign-in to {} is sent to is not a web address.", session.id.name()),
                "Correct endpoint_url, or AWS_ENDPOINT_URL in the environment: it begins with https:// or http://.",
            ));
        }
    }
}

fn of_environment(overrides: &Overrides) -> Endpoints {
    if overrides.ignore_configured {
        return Endpoints::default();
    }
    let or_all = |own: &Option<String>| own.clone().or_else(|| overrides.all.clone());
    Endpoints { sso_oidc: or_all(&overrides.sso_oidc), sso: or_all(&overrides.sso), signin: or_all(&overrides.signin) }
}

fn endpoint_line(line: &str) -> Option<&str> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    (key.trim().eq_ignore_ascii_case("endpoint_url") && !value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::Environment;
    use super::super::tests::files;
    use super::*;

    const SESSION: &str = "[sso-session corp]\nsso_start_url=https://c\nsso_region=us-east-1\n[services local]\nsso_oidc =\n  endpoint_url = http://oidc\n";

    fn endpoints(profiles: &str, overrides: &Overrides) -> (Endpoints, usize) {
        let mut environment = Environment::default();
        environment.overrides = overrides.clone();
        let config = Config::new(&files(&format!("{SESSION}{profiles}"), ""), &environment);
        let session = &config.sessions[&SessionId::SsoSession("corp".into())];
        (session.endpoints.clone(), session.problems.len())
    }

    /// That of signin is the one that all services have.
    fn urls(sso_oidc: Option<&str>, sso: Option<&str>) -> Endpoints {
        Endpoints { sso_oidc: sso_oidc.map(Into::into), sso: sso.map(Into::into), signin: sso.map(Into::into) }
    }

    #[test]
    fn a_value_that_all_profiles_share_counts() {
        let both = "[profile a]\nsso_session=corp\nservices=local\nendpoint_url=http://all\n[profile b]\nsso_session=corp\nservices=local\nendpoint_url=http://all\n";
        assert_eq!(endpoints(both, &Overrides::default()), (urls(Some("http://oidc"), Some("http://all")), 0));
    }

    #[test]
    fn values_that_differ_are_a_problem_and_aws_is_asked() {
        let one = "[profile a]\nsso_session=corp\nservices=local\n[profile b]\nsso_session=corp\n";
        assert_eq!(endpoints(one, &Overrides::default()), (Endpoints::default(), 1));
    }

    #[test]
    fn the_environment_beats_the_files() {
        let overrides = Overrides { sso_oidc: Some("http://env".into()), ..Overrides::default() };
        assert_eq!(
            endpoints("[profile a]\nsso_session=corp\nendpoint_url=http://all\n", &overrides).0,
            urls(Some("http://env"), Some("http://all"))
        );
        let overrides = Overrides { all: Some("http://env".into()), ..Overrides::default() };
        assert_eq!(endpoints("", &overrides).0, urls(Some("http://env"), Some("http://env")));
        let overrides = Overrides { ignore_configured: true, all: Some("http://env".into()), ..Overrides::default() };
        assert_eq!(
            endpoints("[profile a]\nsso_session=corp\nendpoint_url=http://all\n", &overrides).0,
            Endpoints::default()
        );
    }
}

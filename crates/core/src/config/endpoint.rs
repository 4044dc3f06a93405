//! Where calls go: endpoint overrides, and the switches for dual stack, FIPS and the old STS (aws-sessions.md 1.4, 5.1).

use super::session::is_web_address;
use super::{Config, Files, Keys, Merged, Profile, Session, SessionId, SessionKind};
use crate::endpoint::{Api, Parameters};
use crate::problem::Problem;
use crate::text::shown;
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
    /// `AWS_ENDPOINT_URL_STS`
    pub sts: Option<String>,
    /// `AWS_ENDPOINT_URL_SIGNIN`
    pub signin: Option<String>,
    /// `AWS_ENDPOINT_URL`
    pub all: Option<String>,
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`
    pub ignore_configured: bool,
    /// `AWS_USE_DUALSTACK_ENDPOINT`
    pub dual_stack: Option<bool>,
    /// `AWS_USE_FIPS_ENDPOINT`
    pub fips: Option<bool>,
    /// Whether `AWS_STS_REGIONAL_ENDPOINTS` is `legacy`
    pub legacy_sts: Option<bool>,
}

impl Overrides {
    /// `variable` gives the value of one that is set and not empty.
    pub(super) fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let switch = |name| variable(name).map(|value| is_true(&value));
        Self {
            sso_oidc: variable("AWS_ENDPOINT_URL_SSO_OIDC"),
            sso: variable("AWS_ENDPOINT_URL_SSO"),
            sts: variable("AWS_ENDPOINT_URL_STS"),
            signin: variable("AWS_ENDPOINT_URL_SIGNIN"),
            all: variable("AWS_ENDPOINT_URL"),
            ignore_configured: switch("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == Some(true),
            dual_stack: switch("AWS_USE_DUALSTACK_ENDPOINT"),
            fips: switch("AWS_USE_FIPS_ENDPOINT"),
            legacy_sts: variable("AWS_STS_REGIONAL_ENDPOINTS").map(|value| is_legacy(&value)),
        }
    }
}

/// Where calls go: addresses that stand in AWS's place, none meaning AWS's own, and which of AWS's own is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// Of sso-oidc: registration, device authorization, tokens.
    pub sso_oidc: Option<String>,
    /// Of the portal: role credentials, logout.
    pub sso: Option<String>,
    /// Of STS. A session has none: profiles ask it.
    pub sts: Option<String>,
    /// Of signin: `aws login`.
    pub signin: Option<String>,
    /// `use_dualstack_endpoint`
    pub dual_stack: bool,
    /// `use_fips_endpoint`
    pub fips: bool,
    /// `sts_regional_endpoints = legacy`
    pub legacy_sts: bool,
}

impl Endpoints {
    /// The address that stands in the place of AWS's own.
    pub fn url(&self, api: Api) -> Option<&str> {
        match api {
            Api::SsoOidc => self.sso_oidc.as_deref(),
            Api::Sso => self.sso.as_deref(),
            Api::Sts => self.sts.as_deref(),
            Api::Signin | Api::SigninOAuth | Api::SigninControlPlane => self.signin.as_deref(),
        }
    }

    /// What decides about the address of `api` in `region`. An address of one's own makes the switches moot: botocore
    /// and the AWS CLI have it so.
    pub fn parameters<'a>(&'a self, api: Api, region: &'a str) -> Parameters<'a> {
        let url = self.url(api);
        let is_own = url.is_some();
        Parameters {
            region,
            dual_stack: self.dual_stack && !is_own,
            fips: self.fips && !is_own,
            legacy_sts: self.legacy_sts,
            url,
        }
    }

    /// What of it matters to a sign-in of this kind.
    fn for_sign_in(&self, kind: SessionKind) -> Self {
        let (dual_stack, fips) = (self.dual_stack, self.fips);
        let switches = Self { dual_stack, fips, ..Self::default() };
        match kind {
            SessionKind::Login => Self { signin: self.signin.clone(), ..switches },
            SessionKind::SsoSession | SessionKind::Legacy => {
                Self { sso_oidc: self.sso_oidc.clone(), sso: self.sso.clone(), ..switches }
            }
        }
    }

    /// Whether what stands in AWS's place can be called.
    pub(super) fn are_sound(&self) -> bool {
        [&self.sso_oidc, &self.sso, &self.sts, &self.signin].into_iter().flatten().all(|url| is_web_address(url))
    }
}

impl Config {
    /// The endpoints to use for `session` when the person named `profile`: its own count then.
    pub fn endpoints_for(&self, session: &Session, profile: Option<&str>) -> Endpoints {
        let named =
            profile.and_then(|name| self.profiles.get(name)).filter(|profile| profile.session() == Some(&session.id));
        named.map_or_else(|| session.endpoints.clone(), |profile| profile.endpoints.for_sign_in(session.id.kind()))
    }
}

const MOST_LINES: usize = 100;

/// What one profile's keys and its `services` section say.
pub(super) fn of_profile(keys: &Keys<'_>, merged: &Merged<'_>, overrides: &Overrides) -> Endpoints {
    let switch = |key: &str, variable: Option<bool>| variable.or_else(|| keys.get(key).map(is_true)).unwrap_or(false);
    let legacy_sts = overrides.legacy_sts.or_else(|| keys.get("sts_regional_endpoints").map(is_legacy));
    let switches = Endpoints {
        dual_stack: switch("use_dualstack_endpoint", overrides.dual_stack),
        fips: switch("use_fips_endpoint", overrides.fips),
        legacy_sts: legacy_sts.unwrap_or(false),
        ..Endpoints::default()
    };
    if overrides.ignore_configured || keys.get("ignore_configured_endpoint_urls").is_some_and(is_true) {
        return switches;
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
        sts: overriding.sts.or_else(|| of_service("sts")),
        signin: overriding.signin.or_else(|| of_service("signin")),
        ..switches
    }
}

/// Switches of a profile that are not spelt `true` or `false`: clients take them differently.
pub(super) fn wrong_switches(keys: &Keys<'_>, files: &Files) -> impl Iterator<Item = Problem> {
    ["use_dualstack_endpoint", "use_fips_endpoint"].into_iter().filter_map(|key| {
        let value = keys.get(key).filter(|value| !["true", "false"].contains(value))?;
        let problem = Problem::warning(
            "switch-not-understood",
            format!(
                "{key} is '{}': boto3, the AWS CLI and Relight take that for {}, the SDK for JavaScript refuses it.",
                shown(value),
                is_true(value)
            ),
            format!("Write {key} = true or {key} = false."),
        );
        Some(files.place(problem, keys.place_of(key)))
    })
}

/// Gives each session the endpoints that its profiles share.
pub(super) fn assign(
    sessions: &mut BTreeMap<SessionId, Session>,
    profiles: &BTreeMap<String, Profile>,
    overrides: &Overrides,
) {
    for session in sessions.values_mut() {
        let kind = session.id.kind();
        let profiles = session.profiles.iter().filter_map(|name| profiles.get(name));
        let mut all = profiles.map(|profile| profile.endpoints.for_sign_in(kind));
        let of_environment = of_environment(overrides).for_sign_in(kind);
        let first = all.next().unwrap_or_else(|| of_environment.clone());
        if all.all(|other| other == first) {
            session.endpoints = first;
        } else {
            session.endpoints = of_environment;
            session.problems.push(Problem::warning(
                "endpoints-differ",
                format!(
                    "The profiles of {} name different endpoints for its sign-in, so AWS's own is used.",
                    session.id.name()
                ),
                "Give all its profiles the same 'services', 'endpoint_url', 'use_fips_endpoint' and 'use_dualstack_endpoint', or name a profile when you sign in.",
            ));
        }
        if !session.endpoints.are_sound() {
            session.problems.push(Problem::error(
                "endpoint-not-a-web-address",
                format!("The endpoint that the sign-in to {} is sent to is not a web address.", session.id.name()),
                "Correct endpoint_url, or AWS_ENDPOINT_URL in the environment: it begins with https:// or http://.",
            ));
        }
    }
}

fn of_environment(overrides: &Overrides) -> Endpoints {
    let switches = Endpoints {
        dual_stack: overrides.dual_stack.unwrap_or(false),
        fips: overrides.fips.unwrap_or(false),
        legacy_sts: overrides.legacy_sts.unwrap_or(false),
        ..Endpoints::default()
    };
    if overrides.ignore_configured {
        return switches;
    }
    let or_all = |own: &Option<String>| own.clone().or_else(|| overrides.all.clone());
    Endpoints {
        sso_oidc: or_all(&overrides.sso_oidc),
        sso: or_all(&overrides.sso),
        sts: or_all(&overrides.sts),
        signin: or_all(&overrides.signin),
        ..switches
    }
}

/// As botocore reads a switch: all but `true` is off.
pub(crate) fn is_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true")
}

fn is_legacy(value: &str) -> bool {
    value == "legacy"
}

/// The address that a line of a block in a `services` section names.
pub(crate) fn endpoint_line(line: &str) -> Option<&str> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    (key.trim().eq_ignore_ascii_case("endpoint_url") && !value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::Environment;
    use super::super::tests::files;
    use super::*;

    const SESSION: &str = "[sso-session corp]\nsso_start_url=https://c\nsso_region=us-east-1\n[services local]\nsso_oidc =\n  endpoint_url = http://oidc\nsts =\n  endpoint_url = http://sts\nsignin =\n  endpoint_url = http://signin\n";
    const ARN: &str = "arn:aws:iam::111122223333:user/me";

    fn config(profiles: &str, overrides: &Overrides) -> Config {
        let mut environment = Environment::default();
        environment.overrides = overrides.clone();
        Config::new(&files(&format!("{SESSION}{profiles}"), ""), &environment)
    }

    fn endpoints(profiles: &str, overrides: &Overrides) -> (Endpoints, usize) {
        let config = config(profiles, overrides);
        let session = &config.sessions[&SessionId::SsoSession("corp".into())];
        (session.endpoints.clone(), session.problems.len())
    }

    fn of_profile(keys: &str, variables: &[(&str, &str)]) -> Endpoints {
        let value = |name: &str| variables.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        config(&format!("[profile a]\n{keys}"), &Overrides::read(value)).profiles["a"].endpoints.clone()
    }

    fn urls(sso_oidc: Option<&str>, sso: Option<&str>) -> Endpoints {
        Endpoints { sso_oidc: sso_oidc.map(Into::into), sso: sso.map(Into::into), ..Endpoints::default() }
    }

    #[test]
    fn a_value_that_all_profiles_share_counts() {
        let both = "[profile a]\nsso_session=corp\nservices=local\nendpoint_url=http://all\n[profile b]\nsso_session=corp\nservices=local\nendpoint_url=http://all\n";
        assert_eq!(endpoints(both, &Overrides::default()), (urls(Some("http://oidc"), Some("http://all")), 0));
        let both = "[profile a]\nsso_session=corp\nuse_fips_endpoint=true\n[profile b]\nsso_session=corp\nuse_fips_endpoint=TRUE\n";
        assert_eq!(endpoints(both, &Overrides::default()), (Endpoints { fips: true, ..Endpoints::default() }, 0));
    }

    #[test]
    fn values_that_differ_are_a_problem_and_aws_is_asked() {
        for key in ["services=local", "use_fips_endpoint=true", "use_dualstack_endpoint=true"] {
            let one = format!("[profile a]\nsso_session=corp\n{key}\n[profile b]\nsso_session=corp\n");
            assert_eq!(endpoints(&one, &Overrides::default()), (Endpoints::default(), 1), "{key}");
        }
    }

    #[test]
    fn what_a_sign_in_does_not_call_may_differ() {
        let one = "[services other]\nsts =\n  endpoint_url = http://sts\n[profile a]\nsso_session=corp\nservices=other\nsts_regional_endpoints=legacy\n[profile b]\nsso_session=corp\n";
        assert_eq!(endpoints(one, &Overrides::default()), (Endpoints::default(), 0));
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

    #[test]
    fn switches_are_read_from_the_environment_then_the_profile() {
        let of = |keys: &str, variables: &[(&str, &str)]| {
            let found = of_profile(keys, variables);
            (found.dual_stack, found.fips, found.legacy_sts)
        };
        let all = "use_dualstack_endpoint=true\nuse_fips_endpoint=True\nsts_regional_endpoints=legacy\n";
        assert_eq!(of(all, &[]), (true, true, true));
        assert_eq!(of(&format!("{all}ignore_configured_endpoint_urls=true\n"), &[]), (true, true, true));
        let off = [
            ("AWS_USE_DUALSTACK_ENDPOINT", "false"),
            ("AWS_USE_FIPS_ENDPOINT", "false"),
            ("AWS_STS_REGIONAL_ENDPOINTS", "regional"),
        ];
        assert_eq!(of(all, &off), (false, false, false));
        let on = [
            ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
            ("AWS_USE_FIPS_ENDPOINT", "true"),
            ("AWS_STS_REGIONAL_ENDPOINTS", "legacy"),
        ];
        assert_eq!(of("use_fips_endpoint=false\n", &on), (true, true, true));
    }

    #[test]
    fn sts_and_signin_have_addresses_of_their_own() {
        let found = of_profile("services=local\nendpoint_url=http://all\n", &[("AWS_ENDPOINT_URL_STS", "http://env")]);
        assert_eq!((found.url(Api::Sts), found.url(Api::Signin)), (Some("http://env"), Some("http://signin")));
        let config = config(&format!("[profile a]\nlogin_session={ARN}\nservices=local\n"), &Overrides::default());
        let session = &config.sessions[&SessionId::Login(ARN.into())];
        assert_eq!(session.endpoints, Endpoints { signin: Some("http://signin".into()), ..Endpoints::default() });
    }

    #[test]
    fn an_address_of_ones_own_makes_the_switches_moot() {
        let found = of_profile("services=local\nuse_fips_endpoint=true\n", &[]);
        assert!(!found.parameters(Api::SsoOidc, "us-east-1").fips);
        assert!(found.parameters(Api::Sso, "us-east-1").fips);
    }

    #[test]
    fn a_switch_that_some_client_refuses_is_told() {
        let config = config(
            "[profile a]\nregion=us-east-1\nuse_fips_endpoint=yes\nuse_dualstack_endpoint=True\n",
            &Overrides::default(),
        );
        let said =
            config.profiles["a"].problems.iter().map(|problem| format!("{:?} {}\n", problem.line, problem.message));
        insta::assert_snapshot!(said.collect::<String>(), @"
        Some(14) use_dualstack_endpoint is 'True': boto3, the AWS CLI and Relight take that for true, the SDK for JavaScript refuses it.
        Some(13) use_fips_endpoint is 'yes': boto3, the AWS CLI and Relight take that for false, the SDK for JavaScript refuses it.
        ");
    }
}

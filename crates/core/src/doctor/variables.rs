//! What the environment says besides what [`crate::config::Environment`] takes of it.

use super::misspelt::{self, is_plain};
use crate::config::is_true;
use crate::secret::Secret;
use crate::time::{Timestamp, read_date};
use alloc::string::String;
use alloc::vec::Vec;

/// The variables that the doctor looks at. Nothing secret is shown of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a variable that is set or not")]
pub struct Variables {
    /// The profile that `AWS_PROFILE` or `AWS_DEFAULT_PROFILE` names, else `default`.
    pub selected: String,
    /// Whether one of the two is set.
    pub names_profile: bool,
    /// `AWS_REGION`
    pub region: Option<String>,
    /// `AWS_DEFAULT_REGION`, the only one of the two that boto3 reads (aws-sessions.md 1.1).
    pub default_region: Option<String>,
    /// Whether `AWS_SDK_LOAD_CONFIG` is set.
    pub loads_config: bool,
    /// `AWS_ACCOUNT_ID`
    pub account_id: Option<String>,
    /// `CDK_DEFAULT_ACCOUNT`
    pub cdk_account: Option<String>,
    /// `AWS_CREDENTIAL_EXPIRATION`, where it can be told for certain.
    pub key_ends_at: Option<Timestamp>,
    /// `AWS_ENDPOINT_URL` and those of single services: the variable, and its value.
    pub endpoints: Vec<(String, String)>,
    /// Whether `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is on: those and the files' count for nothing then.
    pub ignores_endpoints: bool,
    /// Those that are set and that somebody probably meant otherwise, and how.
    pub misspelt: Vec<(String, &'static str)>,
    /// Proxies: the variable, and its value, which may have a password in it.
    pub proxies: Vec<(&'static str, Secret)>,
    /// Whom `NO_PROXY` exempts, however it is spelt.
    no_proxy: Vec<String>,
    /// `AWS_CA_BUNDLE`
    pub ca_bundle: Option<String>,
    /// Whether that file is there.
    pub ca_bundle_is_there: bool,
    /// Whether `NODE_EXTRA_CA_CERTS` is set.
    pub has_node_certificates: bool,
}

/// In both spellings: programs disagree about which one counts.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

impl Variables {
    /// Takes what matters of those that are `set`; `variable` gives the value of one that is not empty, `is_there` tells
    /// whether a file is.
    pub fn read(set: &[String], variable: impl Fn(&str) -> Option<String>, is_there: impl Fn(&str) -> bool) -> Self {
        let named = variable("AWS_PROFILE").or_else(|| variable("AWS_DEFAULT_PROFILE"));
        let ca_bundle = variable("AWS_CA_BUNDLE");
        let key_end = variable("AWS_CREDENTIAL_EXPIRATION").and_then(|text| read_date(&text)).filter(|date| date.zoned);
        let is_of_service = |name: &&String| name.starts_with("AWS_ENDPOINT_URL_") || *name == "AWS_ENDPOINT_URL";
        let endpoints = set.iter().filter(|name| is_plain(name)).filter(is_of_service);
        let endpoints = endpoints.filter_map(|name| Some((name.clone(), variable(name)?)));
        Self {
            names_profile: named.is_some(),
            selected: named.unwrap_or_else(|| "default".into()),
            region: variable("AWS_REGION"),
            default_region: variable("AWS_DEFAULT_REGION"),
            loads_config: variable("AWS_SDK_LOAD_CONFIG").is_some(),
            account_id: variable("AWS_ACCOUNT_ID"),
            cdk_account: variable("CDK_DEFAULT_ACCOUNT"),
            key_ends_at: key_end.map(|date| date.at),
            endpoints: endpoints.collect(),
            ignores_endpoints: variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|value| is_true(&value)),
            misspelt: misspelt::find(set),
            proxies: PROXIES.into_iter().filter_map(|name| Some((name, Secret::new(variable(name)?)))).collect(),
            no_proxy: ["NO_PROXY", "no_proxy"].into_iter().filter_map(&variable).collect(),
            ca_bundle_is_there: ca_bundle.as_deref().is_some_and(is_there),
            ca_bundle,
            has_node_certificates: variable("NODE_EXTRA_CA_CERTS").is_some(),
        }
    }

    /// The value of a proxy variable.
    pub(super) fn proxy(&self, name: &str) -> Option<&Secret> {
        self.proxies.iter().find(|(set, _)| *set == name).map(|(_, value)| value)
    }

    /// Whether a host, with or without its port, is asked without a proxy: it or what it belongs to is among the exempt.
    pub(super) fn is_without_proxy(&self, address: &str) -> bool {
        let host = address.split(':').next().unwrap_or(address);
        let is_it = |exempt: &str| {
            let exempt = exempt.trim().trim_start_matches("*.").trim_start_matches('.');
            let is_part = host.strip_suffix(exempt).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            exempt == "*" || (!exempt.is_empty() && is_part)
        };
        self.no_proxy.iter().flat_map(|all| all.split(',')).any(is_it)
    }
}

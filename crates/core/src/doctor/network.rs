//! Proxies and certificates that some clients take and others do not.

use super::Finding;
use super::look::Look;
use super::shell::export;
use super::shell::unset;
use crate::fix::Fix;
use crate::problem::Problem;
use crate::text::shown;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    let proxies = [("HTTPS_PROXY", "https_proxy"), ("HTTP_PROXY", "http_proxy")];
    let of_proxies = proxies.into_iter().filter_map(|names| spelt_twice(look, names));
    let wrong = look.around.variables.proxies.iter().filter_map(|(name, value)| no_address(look, name, value.expose()));
    of_proxies.chain(wrong).chain(bundle(look)).chain(node(look)).collect()
}

/// Python asks the small letters first, Go the capitals.
fn spelt_twice(look: &Look<'_>, (capital, small): (&str, &str)) -> Option<Finding> {
    let variables = &look.around.variables;
    if variables.proxy(capital)? == variables.proxy(small)? {
        return None;
    }
    let message = format!(
        "{capital} and {small} name different proxies: boto3 and the AWS CLI take {small}, Go (Terraform) {capital}."
    );
    Some(Finding::new(Problem::warning("proxies-differ", message, "Set both to the same, or unset one.")))
}

fn no_address(look: &Look<'_>, name: &str, value: &str) -> Option<Finding> {
    let scheme = value.split_once("://").map(|(scheme, _)| scheme);
    let is_good = scheme.is_none_or(|scheme| ["http", "https", "socks5", "socks5h"].contains(&scheme));
    if is_good && !value.contains(char::is_whitespace) {
        return None;
    }
    let fix = Fix::new(format!("Unset {name}")).with_command(unset(look.around.shell, &[name]));
    let message = format!("{name} is not the address of a proxy.");
    let problem = Problem::warning("proxy-mistyped", message, "Write it like http://proxy.example:8080, or unset it.");
    Some(Finding::new(problem).mended(fix))
}

fn bundle(look: &Look<'_>) -> Option<Finding> {
    let variables = &look.around.variables;
    let file = variables.ca_bundle.as_deref().filter(|_| !variables.ca_bundle_is_there)?;
    let message = format!("AWS_CA_BUNDLE names {}, which is not there: no call to AWS gets through.", shown(file));
    let fix = Fix::new("Unset AWS_CA_BUNDLE").with_command(unset(look.around.shell, &["AWS_CA_BUNDLE"]));
    Some(Finding::new(Problem::error("tls-interception", message, "Correct it, or unset it.")).mended(fix))
}

/// Node.js has a variable of its own for certificates; the AWS SDK for JavaScript does not read AWS's.
fn node(look: &Look<'_>) -> Option<Finding> {
    let variables = &look.around.variables;
    let file =
        variables.ca_bundle.as_deref().filter(|_| variables.ca_bundle_is_there && !variables.has_node_certificates)?;
    let message = "AWS_CA_BUNDLE is set, and NODE_EXTRA_CA_CERTS is not: the AWS SDK for JavaScript does not trust what the others do.";
    let fix = Fix::new("Set NODE_EXTRA_CA_CERTS, too");
    let fix = fix.with_command(export(look.around.shell, "NODE_EXTRA_CA_CERTS", file));
    let problem = Problem::info("tls-interception", message, "Set it to the same file if programs on Node.js fail.");
    Some(Finding::new(problem).mended(fix))
}

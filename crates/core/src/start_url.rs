//! Start URLs: where a person signs in, and what their hosts say (aws-sessions.md 3.5). A company may give out an address
//! of its own that leads to its access portal; AWS takes only the portal's.

use crate::config::Endpoints;
use crate::flow::{CallError, ErrorKind};
use crate::portal;
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use core::net::IpAddr;

/// Where an address of a company's own leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The portal's own start URL, which AWS takes.
    pub url: String,
    /// The region of its Identity Center, where the host says it; else the one that the file names holds.
    pub region: Option<String>,
}

/// How a server is asked where its address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// First.
    Head,
    /// Where the server knows no `HEAD`.
    Get,
}

/// What an answer comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Led {
    /// To a portal.
    There(Resolved),
    /// The same with `GET`.
    AskWithGet,
}

/// Whether `start_url` is not AWS's own, so that its server must be asked where it leads.
pub fn needs_resolving(start_url: &str) -> bool {
    host(start_url).is_some_and(|host| portal::at(&host).is_none())
}

/// The address to ask where `start_url` leads, or why it is not asked. Who can change the answer chooses where the
/// person signs in, so it must come over TLS; only beside a test's endpoint, which lies on this machine, it need not.
pub fn question(start_url: &str, endpoints: &Endpoints) -> Result<String, CallError> {
    let host = host(start_url).unwrap_or_default();
    let is_test = |url: &Option<String>| url.as_deref().is_some_and(is_loopback);
    let may_be_plain = is_loopback(start_url) && (is_test(&endpoints.sso_oidc) || is_test(&endpoints.sso));
    if scheme(start_url) != "https" && !may_be_plain {
        let said = "sso_start_url is neither AWS's own nor begins with https://, so it is not asked where it leads";
        return Err(leads_nowhere(host, said));
    }
    Ok(start_url.split('#').next().unwrap_or(start_url).to_owned())
}

/// What the answer of `start_url`'s server means: its status and its `Location`. One redirect is followed, and it must
/// lead to a portal.
pub fn answered(start_url: &str, method: Method, status: u16, location: Option<&str>) -> Result<Led, CallError> {
    let host = host(start_url).unwrap_or_default();
    let failed = |kind, said: String| Err(CallError { kind, address: host.clone(), said });
    match (status, method) {
        (405 | 501, Method::Head) => Ok(Led::AskWithGet),
        (301 | 302 | 303 | 307 | 308, _) => match location.map(resolved) {
            Some(Ok(found)) => Ok(Led::There(found)),
            Some(Err(said)) => Err(leads_nowhere(host, &said)),
            None => Err(leads_nowhere(host, "sso_start_url redirects without saying where")),
        },
        (429, _) => failed(ErrorKind::TooManyRequests, format!("HTTP status {status}")),
        (500.., _) => failed(ErrorKind::ServerError, format!("HTTP status {status}")),
        _ => Err(leads_nowhere(
            host,
            &format!("sso_start_url does not lead to an access portal of AWS's (HTTP status {status})"),
        )),
    }
}

/// The portal that a redirect to `location` leads to, as the AWS CLI writes it: without query, fragment and the slash at
/// its end. The error is a sentence without its full stop.
pub fn resolved(location: &str) -> Result<Resolved, String> {
    // A location without a host stays where it was: not at AWS's.
    let named = shown(location.split(['?', '#']).next().unwrap_or(location));
    let absolute = if location.starts_with("//") { format!("https:{location}") } else { location.to_owned() };
    let Some(host) = host(&absolute).filter(|host| portal::at(host).is_some()) else {
        return Err(format!("sso_start_url leads to {named}, which is not an access portal of AWS's"));
    };
    if scheme(&absolute) != "https" {
        return Err(format!("sso_start_url leads to {named}, which does not begin with https://"));
    }
    let (_, rest) = absolute.split_once("://").unwrap_or_default();
    let whole = rest.split(['?', '#']).next().unwrap_or(rest);
    let path = whole.find('/').and_then(|start| whole.get(start..)).unwrap_or_default().trim_end_matches('/');
    if !path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(format!("sso_start_url leads to {named}, which is no web address"));
    }
    Ok(Resolved { region: portal::region_in(&host), url: format!("https://{host}{path}") })
}

/// The host of a web address, in lower case and without the dot at its end. None where it is not plain to see: with a
/// user's name before it, or anything that clients could read differently.
pub(crate) fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (address, port),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':');
    let host = host.strip_suffix('.').unwrap_or(host);
    (is_port && !host.is_empty() && host.bytes().all(is_host)).then(|| host.to_ascii_lowercase())
}

fn scheme(url: &str) -> String {
    url.split_once("://").map_or(String::new(), |(scheme, _)| scheme.to_ascii_lowercase())
}

fn is_loopback(url: &str) -> bool {
    let is_address = |host: String| host == "localhost" || host.parse::<IpAddr>().is_ok_and(|at| at.is_loopback());
    scheme(url) == "http" && host(url).is_some_and(is_address)
}

fn leads_nowhere(host: String, said: &str) -> CallError {
    CallError { kind: ErrorKind::StartUrl, address: host, said: said.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awss_own_start_urls_are_known_in_each_partition() {
        for url in [
            "https://d-1234567890.awsapps.com/start",
            "https://view.awsapps.com/start",
            "https://CORP.AWSAPPS.COM.:443/start/#/",
            "https://start.us-gov-home.awsapps.com/directory/x",
            "https://start.home.awsapps.cn/directory/x",
            "https://ssoins-1.portal.eu-west-1.app.aws",
            "https://ssoins-1.eu-west-1.portal.amazonaws.com",
            "https://ssoins-1.portal.eusc-de-east-1.api.amazonwebservices.eu",
            "https://identitycenter.amazonaws.com/ssoins-1",
            "https://identitycenter.us-gov.amazonaws.com/ssoins-1",
        ] {
            assert!(!needs_resolving(url), "{url}");
        }
        for url in [
            "https://aws.example.com",
            "https://example.com/corp.awsapps.com",
            "https://awsapps.com.example.com/start",
            "https://notawsapps.com/start",
            "https://example.com?x=.awsapps.com",
            "https://x.identitycenter.amazonaws.com/ssoins-1",
            "http://127.0.0.1:1/go",
        ] {
            assert!(needs_resolving(url), "{url}");
        }
    }

    #[test]
    fn a_host_that_clients_could_read_differently_is_none() {
        for url in [
            "https://corp.awsapps.com@example.com/",
            "https://example.com\\.awsapps.com/start",
            "https://corp.awsapps.com:80:90/",
            "https://corp%2eawsapps.com/",
            "https:///start",
            "corp.awsapps.com",
        ] {
            assert_eq!(host(url), None, "{url}");
            assert!(resolved(url).is_err(), "{url}");
        }
        assert_eq!(host("http://[::1]:8080/x").as_deref(), Some("::1"));
    }

    #[test]
    fn a_redirect_to_a_portal_names_it_and_its_region() {
        let of = |location| {
            let found = resolved(location).unwrap();
            format!("{} {}", found.url, found.region.unwrap_or_default())
        };
        let cases = [
            ("https://d-1.awsapps.com/start/#/", "https://d-1.awsapps.com/start "),
            ("//D-1.awsapps.com/start?x=y", "https://d-1.awsapps.com/start "),
            ("https://i.portal.eu-west-1.app.aws/", "https://i.portal.eu-west-1.app.aws eu-west-1"),
            ("https://i.us-east-2.portal.amazonaws.com", "https://i.us-east-2.portal.amazonaws.com us-east-2"),
            (
                "https://i.cn-north-1.portal.amazonaws.com.cn/",
                "https://i.cn-north-1.portal.amazonaws.com.cn cn-north-1",
            ),
            (
                "https://i.portal.cn-north-1.app.amazonwebservices.com.cn/x/",
                "https://i.portal.cn-north-1.app.amazonwebservices.com.cn/x cn-north-1",
            ),
            (
                "https://i.eusc-de-east-1.portal.amazonaws.eu",
                "https://i.eusc-de-east-1.portal.amazonaws.eu eusc-de-east-1",
            ),
            (
                "https://i.portal.eusc-de-east-1.api.amazonwebservices.eu",
                "https://i.portal.eusc-de-east-1.api.amazonwebservices.eu eusc-de-east-1",
            ),
        ];
        for (location, expected) in cases {
            assert_eq!(of(location), expected);
        }
    }

    #[test]
    fn what_an_answer_means_is_a_portal_or_a_sentence() {
        let asked = "https://aws.example.com/go";
        let of = |method, status, location| match answered(asked, method, status, location) {
            Ok(Led::There(found)) => found.url,
            Ok(Led::AskWithGet) => "ask with GET".to_owned(),
            Err(error) => error.sentence().split(" Set it to").next().unwrap_or_default().to_owned(),
        };
        let mut out = String::new();
        for (method, status, location) in [
            (Method::Head, 302, Some("https://d-1.awsapps.com/start")),
            (Method::Get, 308, Some("https://d-1.awsapps.com/start")),
            (Method::Head, 405, None),
            (Method::Get, 405, None),
            (Method::Head, 200, None),
            (Method::Head, 404, None),
            (Method::Head, 503, None),
            (Method::Head, 429, None),
            (Method::Head, 302, None),
            (Method::Head, 302, Some("/start")),
            (Method::Head, 302, Some("https://login.example.com/\u{1b}[31m?SAMLRequest=x")),
            (Method::Head, 302, Some("http://d-1.awsapps.com/start")),
            (Method::Head, 302, Some("https://d-1.awsapps.com/\u{7f}")),
        ] {
            out.push_str(&format!("{status}: {}\n", of(method, status, location)));
        }
        insta::assert_snapshot!(out, @"
        302: https://d-1.awsapps.com/start
        308: https://d-1.awsapps.com/start
        405: ask with GET
        405: sso_start_url does not lead to an access portal of AWS's (HTTP status 405).
        200: sso_start_url does not lead to an access portal of AWS's (HTTP status 200).
        404: sso_start_url does not lead to an access portal of AWS's (HTTP status 404).
        503: aws.example.com has an error of its own: HTTP status 503. Try again in a few minutes.
        429: aws.example.com asks to slow down (HTTP status 429). Try again in a minute.
        302: sso_start_url redirects without saying where.
        302: sso_start_url leads to /start, which is not an access portal of AWS's.
        302: sso_start_url leads to https://login.example.com/�[31m, which is not an access portal of AWS's.
        302: sso_start_url leads to http://d-1.awsapps.com/start, which does not begin with https://.
        302: sso_start_url leads to https://d-1.awsapps.com/�, which is no web address.
        ");
    }

    #[test]
    fn only_a_server_with_tls_is_asked_or_a_tests_own() {
        let of = |url, endpoint: Option<&str>| {
            let endpoints = Endpoints { sso_oidc: endpoint.map(ToOwned::to_owned), ..Endpoints::default() };
            question(url, &endpoints).map_err(|error| error.kind)
        };
        assert_eq!(of("https://aws.example.com/go#x", None), Ok("https://aws.example.com/go".to_owned()));
        assert_eq!(of("http://aws.example.com/go", Some("http://127.0.0.1:1")), Err(ErrorKind::StartUrl));
        assert_eq!(of("http://127.0.0.1:1/go", None), Err(ErrorKind::StartUrl));
        assert_eq!(of("http://127.0.0.1:1/go", Some("https://127.0.0.1:1")), Err(ErrorKind::StartUrl));
        assert_eq!(of("http://localhost:1/go", Some("http://[::1]:1")), Ok("http://localhost:1/go".to_owned()));
    }
}

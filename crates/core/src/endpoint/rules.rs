//! The rules, in botocore's order: the first that applies decides.

use super::{Api, Endpoint, NoEndpoint, Parameters, Partition, is_region};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

/// The one address that STS had before it had one in each region, and the region that signatures name there.
const GLOBAL_STS: (&str, &str) = ("https://sts.amazonaws.com", "us-east-1");

/// The regions that are asked there under `sts_regional_endpoints = legacy`; newer ones never were.
const LEGACY_STS_REGIONS: [&str; 16] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "aws-global",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Where `api` is called.
pub fn endpoint(api: Api, parameters: &Parameters<'_>) -> Result<Endpoint, NoEndpoint> {
    let region = parameters.region;
    // These policies are kept in one place, whatever else is wished.
    if api == Api::SigninControlPlane && !region.is_empty() {
        let region = sound(region)?;
        return Ok(at(region, &format!("signin.{region}.{}", Partition::of(region).dual_stack_suffix)));
    }
    if api == Api::SigninOAuth && parameters.fips {
        return Err(NoEndpoint::NoFips);
    }
    if let Some(url) = parameters.url {
        return match (parameters.fips, parameters.dual_stack) {
            (true, _) => Err(NoEndpoint::FipsAndUrl),
            (false, true) => Err(NoEndpoint::DualStackAndUrl),
            (false, false) => Ok(Endpoint { url: url.to_owned(), signing_region: region.to_owned() }),
        };
    }
    let region = sound(region)?;
    let partition = Partition::of(region);
    let (fips, dual_stack) = (parameters.fips, parameters.dual_stack);
    let is_plain = !fips && !dual_stack;
    let is_legacy = parameters.legacy_sts && LEGACY_STS_REGIONS.contains(&region);
    if api == Api::Sts && is_plain && (is_legacy || region == "aws-global") {
        let (url, signing_region) = GLOBAL_STS;
        return Ok(Endpoint { url: url.to_owned(), signing_region: signing_region.to_owned() });
    }
    let host = match api {
        Api::SsoOidc => usual("oidc", region, partition, fips, dual_stack),
        Api::Sso => usual("portal.sso", region, partition, fips, dual_stack),
        Api::Sts => usual("sts", region, partition, fips, dual_stack),
        Api::SigninOAuth if partition.id == "aws" => format!("{region}.oauth.signin.aws"),
        Api::Signin | Api::SigninOAuth | Api::SigninControlPlane => signin(region, partition, fips, dual_stack),
    };
    Ok(at(region, &host))
}

/// `NAME.REGION.SUFFIX`, as most services have it.
fn usual(name: &str, region: &str, partition: &Partition, fips: bool, dual_stack: bool) -> String {
    // GovCloud's ordinary endpoints are FIPS endpoints already.
    let fips = if fips && (dual_stack || partition.id != "aws-us-gov") { "-fips" } else { "" };
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.dns_suffix };
    format!("{name}{fips}.{region}.{suffix}")
}

/// `REGION.signin.SUFFIX` with a suffix of its own, unless FIPS or dual stack is wanted.
fn signin(region: &str, partition: &Partition, fips: bool, dual_stack: bool) -> String {
    match (fips, dual_stack) {
        (false, false) => format!("{region}.signin.{}", partition.signin_suffix),
        (true, false) if region == "us-gov-west-1" => format!("signin-fips.{}", partition.signin_suffix),
        (true, false) if partition.id == "aws-us-gov" => format!("{region}.signin-fips.{}", partition.signin_suffix),
        _ => usual("signin", region, partition, fips, dual_stack),
    }
}

fn at(region: &str, host: &str) -> Endpoint {
    Endpoint { url: format!("https://{host}"), signing_region: region.to_owned() }
}

/// Nothing but a region becomes part of a host name: a token goes to that host.
fn sound(region: &str) -> Result<&str, NoEndpoint> {
    match region {
        "" => Err(NoEndpoint::NoRegion),
        region if is_region(region) => Ok(region),
        _ => Err(NoEndpoint::NotARegion),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(api: Api, region: &str, fips: bool, dual_stack: bool) -> String {
        let parameters = Parameters { region, dual_stack, fips, ..Parameters::default() };
        endpoint(api, &parameters).map_or_else(|error| format!("{error:?}"), |found| found.url)
    }

    #[test]
    fn each_partition_has_its_endpoints() {
        let mut out = String::new();
        for region in ["eu-west-1", "cn-north-1", "us-gov-west-1", "us-gov-east-1", "eusc-de-east-1", "us-isof-south-1"]
        {
            for api in [Api::SsoOidc, Api::Sso, Api::Sts, Api::Signin] {
                // Plain, dual stack, FIPS, both.
                let all = [(false, false), (false, true), (true, false), (true, true)];
                let hosts = all.map(|(fips, dual_stack)| url(api, region, fips, dual_stack).replace("https://", ""));
                out.push_str(&format!("{}\n", hosts.join(" ")));
            }
        }
        insta::assert_snapshot!(out, @"
        oidc.eu-west-1.amazonaws.com oidc.eu-west-1.api.aws oidc-fips.eu-west-1.amazonaws.com oidc-fips.eu-west-1.api.aws
        portal.sso.eu-west-1.amazonaws.com portal.sso.eu-west-1.api.aws portal.sso-fips.eu-west-1.amazonaws.com portal.sso-fips.eu-west-1.api.aws
        sts.eu-west-1.amazonaws.com sts.eu-west-1.api.aws sts-fips.eu-west-1.amazonaws.com sts-fips.eu-west-1.api.aws
        eu-west-1.signin.aws.amazon.com signin.eu-west-1.api.aws signin-fips.eu-west-1.amazonaws.com signin-fips.eu-west-1.api.aws
        oidc.cn-north-1.amazonaws.com.cn oidc.cn-north-1.api.amazonwebservices.com.cn oidc-fips.cn-north-1.amazonaws.com.cn oidc-fips.cn-north-1.api.amazonwebservices.com.cn
        portal.sso.cn-north-1.amazonaws.com.cn portal.sso.cn-north-1.api.amazonwebservices.com.cn portal.sso-fips.cn-north-1.amazonaws.com.cn portal.sso-fips.cn-north-1.api.amazonwebservices.com.cn
        sts.cn-north-1.amazonaws.com.cn sts.cn-north-1.api.amazonwebservices.com.cn sts-fips.cn-north-1.amazonaws.com.cn sts-fips.cn-north-1.api.amazonwebservices.com.cn
        cn-north-1.signin.amazonaws.cn signin.cn-north-1.api.amazonwebservices.com.cn signin-fips.cn-north-1.amazonaws.com.cn signin-fips.cn-north-1.api.amazonwebservices.com.cn
        oidc.us-gov-west-1.amazonaws.com oidc.us-gov-west-1.api.aws oidc.us-gov-west-1.amazonaws.com oidc-fips.us-gov-west-1.api.aws
        portal.sso.us-gov-west-1.amazonaws.com portal.sso.us-gov-west-1.api.aws portal.sso.us-gov-west-1.amazonaws.com portal.sso-fips.us-gov-west-1.api.aws
        sts.us-gov-west-1.amazonaws.com sts.us-gov-west-1.api.aws sts.us-gov-west-1.amazonaws.com sts-fips.us-gov-west-1.api.aws
        us-gov-west-1.signin.amazonaws-us-gov.com signin.us-gov-west-1.api.aws signin-fips.amazonaws-us-gov.com signin-fips.us-gov-west-1.api.aws
        oidc.us-gov-east-1.amazonaws.com oidc.us-gov-east-1.api.aws oidc.us-gov-east-1.amazonaws.com oidc-fips.us-gov-east-1.api.aws
        portal.sso.us-gov-east-1.amazonaws.com portal.sso.us-gov-east-1.api.aws portal.sso.us-gov-east-1.amazonaws.com portal.sso-fips.us-gov-east-1.api.aws
        sts.us-gov-east-1.amazonaws.com sts.us-gov-east-1.api.aws sts.us-gov-east-1.amazonaws.com sts-fips.us-gov-east-1.api.aws
        us-gov-east-1.signin.amazonaws-us-gov.com signin.us-gov-east-1.api.aws us-gov-east-1.signin-fips.amazonaws-us-gov.com signin-fips.us-gov-east-1.api.aws
        oidc.eusc-de-east-1.amazonaws.eu oidc.eusc-de-east-1.api.amazonwebservices.eu oidc-fips.eusc-de-east-1.amazonaws.eu oidc-fips.eusc-de-east-1.api.amazonwebservices.eu
        portal.sso.eusc-de-east-1.amazonaws.eu portal.sso.eusc-de-east-1.api.amazonwebservices.eu portal.sso-fips.eusc-de-east-1.amazonaws.eu portal.sso-fips.eusc-de-east-1.api.amazonwebservices.eu
        sts.eusc-de-east-1.amazonaws.eu sts.eusc-de-east-1.api.amazonwebservices.eu sts-fips.eusc-de-east-1.amazonaws.eu sts-fips.eusc-de-east-1.api.amazonwebservices.eu
        eusc-de-east-1.signin.amazonaws-eusc.eu signin.eusc-de-east-1.api.amazonwebservices.eu signin-fips.eusc-de-east-1.amazonaws.eu signin-fips.eusc-de-east-1.api.amazonwebservices.eu
        oidc.us-isof-south-1.csp.hci.ic.gov oidc.us-isof-south-1.api.aws.hci.ic.gov oidc-fips.us-isof-south-1.csp.hci.ic.gov oidc-fips.us-isof-south-1.api.aws.hci.ic.gov
        portal.sso.us-isof-south-1.csp.hci.ic.gov portal.sso.us-isof-south-1.api.aws.hci.ic.gov portal.sso-fips.us-isof-south-1.csp.hci.ic.gov portal.sso-fips.us-isof-south-1.api.aws.hci.ic.gov
        sts.us-isof-south-1.csp.hci.ic.gov sts.us-isof-south-1.api.aws.hci.ic.gov sts-fips.us-isof-south-1.csp.hci.ic.gov sts-fips.us-isof-south-1.api.aws.hci.ic.gov
        us-isof-south-1.signin.csphome.hci.ic.gov signin.us-isof-south-1.api.aws.hci.ic.gov signin-fips.us-isof-south-1.csp.hci.ic.gov signin-fips.us-isof-south-1.api.aws.hci.ic.gov
        ");
    }

    #[test]
    fn signed_oauth_and_the_control_plane_of_signin_are_elsewhere() {
        assert_eq!(url(Api::SigninOAuth, "us-west-2", false, false), "https://us-west-2.oauth.signin.aws");
        assert_eq!(url(Api::SigninOAuth, "us-west-2", false, true), "https://us-west-2.oauth.signin.aws");
        assert_eq!(url(Api::SigninOAuth, "cn-north-1", false, false), "https://cn-north-1.signin.amazonaws.cn");
        assert_eq!(url(Api::SigninOAuth, "us-west-2", true, false), "NoFips");
        for fips in [false, true] {
            let expected = "https://signin.eusc-de-east-1.api.amazonwebservices.eu";
            assert_eq!(url(Api::SigninControlPlane, "eusc-de-east-1", fips, false), expected);
        }
        assert_eq!(url(Api::SigninControlPlane, "", false, false), "NoRegion");
    }

    #[test]
    fn a_region_of_no_partition_is_the_commercial_ones() {
        assert_eq!(url(Api::SsoOidc, "moon-base-1", false, false), "https://oidc.moon-base-1.amazonaws.com");
        assert_eq!(url(Api::Signin, "moon-base-1", false, false), "https://moon-base-1.signin.aws.amazon.com");
    }

    #[test]
    fn only_a_region_becomes_part_of_a_host_name() {
        for region in ["x.example/", "us-east-1.example", "US-EAST-1", "-", "a b", "é"] {
            assert_eq!(url(Api::Sso, region, false, false), "NotARegion", "{region}");
        }
        assert_eq!(url(Api::SigninControlPlane, "x.example/", false, false), "NotARegion");
    }

    #[test]
    fn legacy_sts_is_one_address_where_it_was_ever_that() {
        let of = |region, fips| {
            let parameters = Parameters { region, fips, legacy_sts: true, ..Parameters::default() };
            let found = endpoint(Api::Sts, &parameters).unwrap();
            format!("{} {}", found.url, found.signing_region)
        };
        assert_eq!(of("eu-west-3", false), "https://sts.amazonaws.com us-east-1");
        assert_eq!(of("eu-south-1", false), "https://sts.eu-south-1.amazonaws.com eu-south-1");
        assert_eq!(of("us-east-2", true), "https://sts-fips.us-east-2.amazonaws.com us-east-2");
    }

    #[test]
    fn an_address_of_ones_own_needs_no_region_and_takes_no_wishes() {
        let of = |fips, dual_stack| {
            let url = Some("http://127.0.0.1:1");
            endpoint(Api::Sso, &Parameters { dual_stack, fips, url, ..Parameters::default() })
        };
        assert_eq!(of(false, false).unwrap().url, "http://127.0.0.1:1");
        assert_eq!(of(true, true), Err(NoEndpoint::FipsAndUrl));
        assert_eq!(of(false, true), Err(NoEndpoint::DualStackAndUrl));
    }
}

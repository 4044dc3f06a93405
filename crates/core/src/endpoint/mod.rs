//! Where AWS's services are: the rules by which the SDKs find the address of a call, as a function. They agree with the
//! cases that botocore is tested with (aws-sessions.md 3.5, 2.5 and 5.1).

mod partition;
mod rules;

pub use partition::Partition;
pub(crate) use partition::is_of_aws;
pub use rules::endpoint;

use alloc::string::String;
use core::fmt;

/// What is called. The sign-in to the console has three addresses, by what is asked there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Registration, device authorization, `/authorize` and tokens of the Identity Center.
    SsoOidc,
    /// The access portal: accounts, role credentials, logout. The files call it `sso`.
    Sso,
    /// Roles and who one is.
    Sts,
    /// `aws login`: `/v1/authorize` and `/v1/token`, without a signature.
    Signin,
    /// Those of signin's OAuth operations that are signed with credentials.
    SigninOAuth,
    /// Signin's policies and settings.
    SigninControlPlane,
}

/// What decides about an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters<'a> {
    /// Empty where none is known.
    pub region: &'a str,
    /// Whether an address is wanted that IPv6 reaches, too.
    pub dual_stack: bool,
    /// Whether validated cryptography (FIPS 140) is wanted.
    pub fips: bool,
    /// Whether STS is asked at its one old address where a region has no other tradition
    /// (`sts_regional_endpoints = legacy`).
    pub legacy_sts: bool,
    /// An address that stands in AWS's place.
    pub url: Option<&'a str>,
}

/// Where a call goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://host`, or what stands in its place; without a slash at the end where it is AWS's own.
    pub url: String,
    /// The region that a signature names. Empty only where the address stands in AWS's place and no region is known.
    pub signing_region: String,
}

/// Why there is no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoEndpoint {
    /// Nothing says which region.
    NoRegion,
    /// What should be a region cannot be part of a host name.
    NotARegion,
    /// FIPS and an address of one's own exclude each other.
    FipsAndUrl,
    /// Dual stack and an address of one's own exclude each other.
    DualStackAndUrl,
    /// Signin's signed OAuth operations have no FIPS address.
    NoFips,
}

impl fmt::Display for NoEndpoint {
    /// A sentence without its full stop.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoRegion => "No region is known to send this call to. Set sso_region or region",
            Self::NotARegion => "The region of this call is not the name of a region. Correct sso_region or region",
            Self::FipsAndUrl => {
                "A FIPS endpoint and an endpoint of one's own exclude each other. Remove use_fips_endpoint or endpoint_url"
            }
            Self::DualStackAndUrl => {
                "A dual-stack endpoint and an endpoint of one's own exclude each other. Remove use_dualstack_endpoint or endpoint_url"
            }
            Self::NoFips => "AWS has no FIPS endpoint for this call. Turn use_fips_endpoint off for it",
        })
    }
}

/// Whether `text` can be a region: a part of a host name, in lower case as AWS writes it.
pub fn is_region(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len()) && text.bytes().all(is_part) && !text.starts_with('-') && !text.ends_with('-')
}

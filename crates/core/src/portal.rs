//! Hosts of AWS's access portals (aws-sessions.md 3.5).

use crate::endpoint::is_region;
use alloc::string::{String, ToString};

/// What follows the host of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Portal {
    /// Nothing.
    Whole,
    /// `/start`
    Start,
    /// The organisation: `/directory/d-…`
    Directory,
    /// The instance: `/ssoins-…`
    Issuer,
}

/// Ends of hosts; the first that fits counts.
const ENDS: [(&str, Portal); 10] = [
    (".us-gov-home.awsapps.com", Portal::Directory),
    (".home.awsapps.cn", Portal::Directory),
    (".app.aws", Portal::Whole),
    (".portal.amazonaws.com", Portal::Whole),
    (".portal.amazonaws.com.cn", Portal::Whole),
    (".portal.amazonaws.eu", Portal::Whole),
    (".app.amazonwebservices.com.cn", Portal::Whole),
    (".api.amazonwebservices.eu", Portal::Whole),
    (".awsapps.com", Portal::Start),
    (".awsapps.cn", Portal::Start),
];

const ISSUERS: [&str; 4] = [
    "identitycenter.amazonaws.com",
    "identitycenter.amazonaws.com.cn",
    "identitycenter.amazonaws.eu",
    "identitycenter.us-gov.amazonaws.com",
];

/// What kind of portal is at `host`, in lower case; none where it is not AWS's.
pub(crate) fn at(host: &str) -> Option<Portal> {
    if ISSUERS.contains(&host) {
        return Some(Portal::Issuer);
    }
    ENDS.iter().find(|(end, _)| host.ends_with(end)).map(|(_, portal)| *portal)
}

/// The label that is a region: `X.portal.REGION.app.aws`, `X.REGION.portal.amazonaws.com`, `start.REGION.home.awsapps.cn`.
pub(crate) fn region_in(host: &str) -> Option<String> {
    let is_region = |label: &&str| {
        let mut parts = label.rsplit('-');
        let is_number = parts.next().is_some_and(|end| end.len() == 1 && end.bytes().all(|byte| byte.is_ascii_digit()));
        is_number && parts.count() >= 2 && is_region(label)
    };
    // The first one is the organisation's own.
    host.split('.').skip(1).find(is_region).map(ToString::to_string)
}

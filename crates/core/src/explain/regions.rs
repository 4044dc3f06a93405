//! Regions by name: a host of a region that does not exist is a misspelt region, not a network that is down.

use super::cause::Cause;
use super::found::Named;
use super::innermost::{Said, slice};
use crate::near::{distance, nearest};

/// Every region of AWS's commercial partition, China's and `GovCloud`'s (as of November 2026). One that is missing here is
/// taken for misspelt only where its host cannot be reached.
const KNOWN: [&str; 29] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "cn-north-1",
    "cn-northwest-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "eusc-de-east-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "eu-isoe-west-1",
];

/// Regions that each account must enable before it can use them.
const OPT_IN: [&str; 17] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

/// Whether each account must enable it first.
pub(super) fn must_be_enabled(region: &str) -> bool {
    OPT_IN.contains(&region)
}

/// Whether there is such a region.
pub(super) fn is_known(region: &str) -> bool {
    KNOWN.contains(&region) || must_be_enabled(region)
}

/// The region that somebody probably meant.
pub(super) fn meant(written: &str) -> Option<&'static str> {
    nearest(written, KNOWN.into_iter().chain(OPT_IN)).filter(|near| distance(written, near, 2).is_some())
}

/// The cause, where the host that cannot be reached tells more: an Identity Center's in no known region.
pub(super) fn clearer(cause: Cause, text: &str, said: &Said, named: &Named) -> Cause {
    let region = named.region.as_deref().unwrap_or_default();
    let around = slice(text, said.around.start, said.around.end).replace('\n', "");
    let is_of_center = [("oidc.", "."), ("portal.sso.", "."), ("device.sso.", ".")].iter().any(|(before, after)| {
        around.match_indices(before).any(|(at, _)| {
            let rest = around.get(at + before.len()..).and_then(|rest| rest.strip_prefix(region));
            rest.is_some_and(|rest| rest.starts_with(after))
        })
    });
    let is_named = !region.is_empty();
    if cause == Cause::Network && is_of_center && is_named && !is_known(region) {
        Cause::SsoWrongRegionOrUrl
    } else {
        cause
    }
}

//! AWS's partitions: which regions belong to one, and how its host names end (botocore's partitions.json and the rules
//! of signin, as of 1.44.5; aws-sessions.md 2.5, 3.5). All of them have FIPS and dual-stack endpoints.

/// A part of AWS with accounts and host names of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// As it stands in an ARN.
    pub id: &'static str,
    /// `us` and `eu` of `us-east-1` and `eu-west-3`.
    areas: &'static [&'static str],
    /// What is named like a region and stands for the whole partition.
    global: Option<&'static str>,
    /// How host names end.
    pub dns_suffix: &'static str,
    /// How those end that have an IPv6 address, too.
    pub dual_stack_suffix: &'static str,
    /// How those of the sign-in to the console end.
    pub signin_suffix: &'static str,
    /// Whether an Identity Center is there.
    pub has_identity_center: bool,
}

impl Partition {
    /// The partition of `region`, by its name's pattern.
    pub fn find(region: &str) -> Option<&'static Self> {
        let area = area(region);
        PARTITIONS.iter().find(|partition| {
            partition.global == Some(region) || area.is_some_and(|area| partition.areas.contains(&area))
        })
    }

    /// The partition of `region`; a region that none knows is AWS's own commercial one's, as the SDKs' rules have it.
    pub fn of(region: &str) -> &'static Self {
        Self::find(region).unwrap_or(&AWS)
    }
}

/// Whether a host, without its port, is one of AWS's.
pub(crate) fn is_of_aws(host: &str) -> bool {
    let is_below = |suffix: &str| host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.'));
    let suffixes = |one: &'static Partition| [one.dns_suffix, one.dual_stack_suffix, one.signin_suffix];
    PARTITIONS.iter().flat_map(suffixes).any(is_below)
}

/// `us-gov` of `us-gov-west-1`; none of what is not named like a region.
fn area(region: &str) -> Option<&str> {
    let (rest, number) = region.rsplit_once('-')?;
    let (area, direction) = rest.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = !direction.is_empty() && direction.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_number && is_word).then_some(area)
}

const AWS: Partition = Partition {
    id: "aws",
    areas: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    global: Some("aws-global"),
    dns_suffix: "amazonaws.com",
    dual_stack_suffix: "api.aws",
    signin_suffix: "aws.amazon.com",
    has_identity_center: true,
};

static PARTITIONS: [Partition; 8] = [
    AWS,
    Partition {
        id: "aws-cn",
        areas: &["cn"],
        global: Some("aws-cn-global"),
        dns_suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
        signin_suffix: "amazonaws.cn",
        has_identity_center: true,
    },
    Partition {
        id: "aws-us-gov",
        areas: &["us-gov"],
        global: Some("aws-us-gov-global"),
        dns_suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        signin_suffix: "amazonaws-us-gov.com",
        has_identity_center: true,
    },
    Partition {
        id: "aws-eusc",
        areas: &["eusc-de"],
        global: None,
        dns_suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
        signin_suffix: "amazonaws-eusc.eu",
        has_identity_center: true,
    },
    Partition {
        id: "aws-iso",
        areas: &["us-iso"],
        global: Some("aws-iso-global"),
        dns_suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
        signin_suffix: "c2shome.ic.gov",
        has_identity_center: false,
    },
    Partition {
        id: "aws-iso-b",
        areas: &["us-isob"],
        global: Some("aws-iso-b-global"),
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
        signin_suffix: "sc2shome.sgov.gov",
        has_identity_center: false,
    },
    Partition {
        id: "aws-iso-e",
        areas: &["eu-isoe"],
        global: Some("aws-iso-e-global"),
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
        signin_suffix: "csphome.adc-e.uk",
        has_identity_center: false,
    },
    Partition {
        id: "aws-iso-f",
        areas: &["us-isof"],
        global: Some("aws-iso-f-global"),
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
        signin_suffix: "csphome.hci.ic.gov",
        has_identity_center: false,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_known_by_its_pattern() {
        for (region, id) in [
            ("us-east-1", Some("aws")),
            ("mx-central-17", Some("aws")),
            ("aws-global", Some("aws")),
            ("cn-northwest-1", Some("aws-cn")),
            ("us-gov-west-1", Some("aws-us-gov")),
            ("eusc-de-east-1", Some("aws-eusc")),
            ("us-iso-east-1", Some("aws-iso")),
            ("us-isob-west-2", Some("aws-iso-b")),
            ("eu-isoe-west-1", Some("aws-iso-e")),
            ("us-isof-south-1", Some("aws-iso-f")),
            ("us-moon-west-1", None),
            ("us-east", None),
            ("us-east-", None),
            ("us--1", None),
            ("us-east-1a", None),
            ("", None),
        ] {
            assert_eq!(Partition::find(region).map(|partition| partition.id), id, "{region}");
        }
        assert_eq!(Partition::of("moon-1").id, "aws");
    }
}

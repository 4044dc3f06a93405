//! Variables that look like one of AWS's with a slip in it: nobody reads them, and nobody says so.

use super::Finding;
use super::look::Look;
use super::shell::rename;
use crate::fix::Fix;
use crate::near::distance;
use crate::problem::Problem;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn check(look: &Look<'_>) -> Vec<Finding> {
    look.around.variables.misspelt.iter().map(|(name, meant)| finding(look, name, meant)).collect()
}

fn finding(look: &Look<'_>, name: &str, meant: &str) -> Finding {
    let message = format!("{name} is set, which is no variable that AWS's clients know: they pass over it.");
    let fix = Fix::new(format!("Set {meant} instead of {name}")).with_command(rename(look.around.shell, name, meant));
    Finding::new(Problem::warning("variable-mistyped", message, format!("Did you mean {meant}?"))).mended(fix)
}

/// Of the variables that are set, those that somebody probably meant otherwise, and how.
pub(super) fn find(set: &[String]) -> Vec<(String, &'static str)> {
    set.iter().filter_map(|name| Some((name.clone(), meant(name, set)?))).collect()
}

fn meant(name: &str, set: &[String]) -> Option<&'static str> {
    if !is_plain(name) || !(name.starts_with("AWS_") || name.starts_with("ASW_")) || OF_AWS.contains(&name) {
        return None;
    }
    // A longer name, AWS_REGIONS or AWS_PROFILE_2, is a script's own.
    let is_own = |known: &str| name.starts_with(known);
    let is_set = |known: &str| set.iter().any(|other| other == known);
    let near = OF_AWS.into_iter().filter(|known| !is_own(known) && !is_set(known));
    let near = near.filter_map(|known| Some((distance(name, known, if known.len() < LONG { 1 } else { 2 })?, known)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Whether a name can stand in a command as it is.
pub(super) fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Of a shorter name, two slips make another word.
const LONG: usize = 14;

/// The variables that decide which credentials are used, and where (SDKs and Tools reference guide, "Environment
/// variables").
const OF_AWS: [&str; 23] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_CA_BUNDLE",
    "AWS_CONFIG_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_DEFAULT_OUTPUT",
    "AWS_DEFAULT_PROFILE",
    "AWS_DEFAULT_REGION",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_ENDPOINT_URL",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_SDK_LOAD_CONFIG",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

#[cfg(test)]
mod tests {
    #[test]
    fn a_slip_is_told_from_a_name_of_ones_own() {
        for (name, meant) in [
            ("AWS_PROFLE", Some("AWS_PROFILE")),
            ("ASW_PROFILE", Some("AWS_PROFILE")),
            ("AWS_REGOIN", Some("AWS_REGION")),
            ("AWS_DEFAULT_REGON", Some("AWS_DEFAULT_REGION")),
            ("AWS_SECRET_ACCES_KEY", Some("AWS_SECRET_ACCESS_KEY")),
            ("AWS_SECRETE_ACESS_KEY", Some("AWS_SECRET_ACCESS_KEY")),
            ("AWS_ACCESS_KEY", None),
            ("AWS_ACCESS_KEYID", Some("AWS_ACCESS_KEY_ID")),
            ("AWS_SESION_TOKEN", Some("AWS_SESSION_TOKEN")),
            ("AWS_PROFILE", None),
            ("AWS_PROFILES", None),
            ("AWS_REGION2", None),
            ("AWS_ROLE_NAME", None),
            ("AWS_VAULT", None),
            ("AWS_EC2_METADATA_V1_DISABLED", None),
            ("AWS_ENDPOINT_URL_S3", None),
            ("WAS_PROFILE", None),
            ("AWS_PROFL$E", None),
        ] {
            assert_eq!(super::meant(name, &[name.into()]), meant, "{name}");
        }
        assert_eq!(super::meant("AWS_PROFLE", &["AWS_PROFLE".into(), "AWS_PROFILE".into()]), None);
    }
}

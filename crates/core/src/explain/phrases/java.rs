//! The SDK for Java, versions 2 and 1.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::Java;
use crate::explain::phrase::{Phrase, SIGNS, decides, says, wraps};

pub(super) const PHRASES: &[Phrase] = &[
    wraps(Java, C::NoCredentials, "Unable to load credentials from any of the providers in the chain"),
    wraps(Java, C::NoCredentials, "Unable to load AWS credentials from any provider in the chain"),
    decides(
        Java,
        C::SdkModuleMissing,
        "in the '{profile}' profile, the '{detail}' service module must be on the class path",
    ),
    decides(Java, C::SdkModuleMissing, "service module must be on the class path"),
    says(Java, C::SsoSessionExpired, "Token is expired").only_near(&[
        "SdkClientException",
        "SsoOidcTokenProvider",
        "awssdk",
    ]),
    says(Java, C::SsoNeverSignedIn, "Unable to load SSO token"),
    says(Java, C::SsoTokenUnreadable, "startUrl is null"),
    says(Java, C::SsoTokenUnreadable, "expiresAt is null"),
    decides(Java, C::SsoRoleNotAssigned, "No access (Service: Sso"),
    decides(Java, C::SsoSessionExpired, "Invalid refresh token provided (Service: SsoOidc"),
    says(Java, C::SsoSessionExpired, "Session token not found or invalid (Service: Sso"),
    says(Java, C::SsoConfigIncomplete, "Property 'sso_{}' was not configured for profile '{profile}'"),
    says(Java, C::SsoConfigIncomplete, "Sso-session section not found with sso-session title {session}"),
    says(Java, C::ProfileNotFound, "No AWS profile named '{profile}'"),
    says(Java, C::ProfileNotFound, "Profile file contained no information for profile '{profile}'"),
    wraps(Java, C::NoCredentials, "Profile file contained no credentials for profile '{profile}'"),
    says(Java, C::SourceProfileBroken, "Invalid profile file: Circular relationship detected with profiles"),
    says(Java, C::SourceProfileBroken, "Either 'source_profile' or 'credential_source' can be specified, but not both"),
    says(Java, C::SourceProfileBroken, "source profile has no credentials configured"),
    says(Java, C::MissingRegion, "Unable to load region from any of the providers in the chain"),
    says(Java, C::MissingRegion, "Unable to find a region via the region provider chain"),
    says(Java, C::ConfigUnparsable, "Expected an '=' sign defining a property on line"),
    says(Java, C::ConfigUnparsable, "Expected a profile definition on line"),
    says(Java, C::ConfigUnparsable, "Profile definition must end with ']' on line"),
    says(Java, C::CredentialProcessFailed, "Failed to refresh process-based credentials"),
    says(Java, C::CredentialProcessFailed, "Command returned non-zero exit value").only_near(&[
        "ProcessCredentialsProvider",
        "awssdk",
        "amazon",
    ]),
    says(Java, C::CredentialProcessFailed, "Unsupported credential version").only_near(SIGNS),
    decides(Java, C::AccessDenied, "Access Denied (Service: "),
    says(Java, C::AccessDenied, "null (Service: S3, Status Code: 403"),
    says(Java, C::AccessDenied, "Forbidden (Service: Amazon S3; Status Code: 403"),
];

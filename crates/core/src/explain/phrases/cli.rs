//! The AWS CLI's own words, beside botocore's.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::AwsCli;
use crate::explain::phrase::{Phrase, SIGNS, decides, says};

pub(super) const PHRASES: &[Phrase] = &[
    says(AwsCli, C::SsoLoginAbandoned, "The pending authorization to retrieve an SSO token has expired"),
    says(AwsCli, C::SsoLoginAbandoned, "Failed to retrieve an authorization code"),
    says(AwsCli, C::SsoLoginAbandoned, "State parameter does not match expected value").only_near(SIGNS),
    says(AwsCli, C::SsoLoginAbandoned, "Error loading authorization code:"),
    says(AwsCli, C::SsoLoginAbandoned, "Unable to initialize the OAuth 2.0 authorization callback handler"),
    says(AwsCli, C::SsoLoginAbandoned, "(ExpiredTokenException) when calling the CreateToken operation"),
    decides(AwsCli, C::SsoLoginAbandoned, "(AccessDeniedException) when calling the CreateToken operation"),
    says(AwsCli, C::SsoConfigIncomplete, "Missing the following required SSO configuration values: {}"),
    says(
        AwsCli,
        C::SsoWrongRegionOrUrl,
        "(InvalidRequestException) when calling the StartDeviceAuthorization operation",
    ),
    says(AwsCli, C::SsoWrongRegionOrUrl, "(InvalidRequestException) when calling the RegisterClient operation"),
    says(AwsCli, C::SsoWrongRegionOrUrl, "(InvalidRequestException) when calling the CreateToken operation"),
    says(AwsCli, C::LoginSessionExpired, "Please reauthenticate using 'aws login'"),
    says(AwsCli, C::LoginSessionExpired, "Unable to refresh your credentials because of a change"),
    decides(AwsCli, C::LoginPermissionMissing, "insufficient permissions. You may be missing permission for the"),
    says(AwsCli, C::ProfileNotFound, "The config profile could not be found"),
];

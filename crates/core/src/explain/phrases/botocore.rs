//! botocore: boto3 and the AWS CLI, both versions.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::Boto3;
use crate::explain::phrase::{Phrase, SIGNS, decides, says, wraps};

/// About sessions.
pub(super) const SESSIONS: &[Phrase] = &[
    says(Boto3, C::SsoSessionExpired, "The SSO session associated with this profile has expired"),
    says(Boto3, C::SsoSessionExpired, "To refresh this SSO session run aws sso login"),
    says(Boto3, C::SsoSessionExpired, "Token has expired and refresh failed"),
    says(Boto3, C::SsoSessionExpired, "UnauthorizedSSOTokenError"),
    says(Boto3, C::SsoSessionExpired, "(UnauthorizedException) when calling the GetRoleCredentials operation"),
    says(
        Boto3,
        C::SsoSessionExpired,
        "(UnauthorizedException) when calling the List{} operation: Session token not found or invalid",
    ),
    says(Boto3, C::SsoSessionExpired, "(InvalidGrantException) when calling the CreateToken operation"),
    says(Boto3, C::SsoNeverSignedIn, "Error loading SSO Token: Token for {session} does not exist"),
    says(Boto3, C::NoCredentials, "Unable to locate authorization token"),
    says(Boto3, C::SsoTokenUnreadable, "Error loading SSO Token: Token for {session} is invalid"),
    wraps(Boto3, C::SsoTokenUnreadable, "Error loading SSO Token:"),
    // A token file that is no JSON is a key that the cache does not have.
    decides(Boto3, C::SsoTokenUnreadable, "raise KeyError(cache_key)").only_near(&["botocore", "awscli"]),
    decides(Boto3, C::SsoTokenUnreadable, "can't subtract offset-naive and offset-aware datetimes")
        .only_near(&["botocore", "awscli"]),
    wraps(Boto3, C::SsoSessionExpired, "Error when retrieving token from sso"),
    wraps(
        Boto3,
        C::SsoSessionExpired,
        "An unspecified error happened when resolving AWS credentials or an access token from SSO",
    ),
    decides(Boto3, C::SsoRoleNotAssigned, "(ForbiddenException) when calling the GetRoleCredentials operation"),
    decides(Boto3, C::SsoRoleNotAssigned, "(ForbiddenException) when calling the ListAccountRoles operation"),
    says(
        Boto3,
        C::LoginSessionExpired,
        "Error loading login session token: Unable to load a existing login session for session {session}",
    ),
    wraps(Boto3, C::LoginSessionExpired, "Error loading login session token:"),
    says(Boto3, C::LoginSessionExpired, "Your session has expired. Please reauthenticate").only_near(SIGNS),
    says(Boto3, C::LoginSessionExpired, "Your session has expired or credentials have changed"),
    says(Boto3, C::LoginSessionExpired, "because of a change in your password"),
    says(Boto3, C::LoginSessionExpired, "LoginRefreshRequired"),
    decides(Boto3, C::LoginPermissionMissing, "missing permission for the '{}CreateOAuth2Token' action"),
    decides(Boto3, C::LoginPermissionMissing, "missing permission for the 'CreateOAuth2Token' action"),
    says(Boto3, C::SdkModuleMissing, "Missing Dependency: {}requires"),
    says(Boto3, C::SdkModuleMissing, "requires an additional dependency. You will need to pip install"),
    says(Boto3, C::SdkModuleMissing, "MissingDependencyException"),
];

/// About files, keys and the region.
pub(super) const FILES: &[Phrase] = &[
    says(Boto3, C::NoCredentials, "Unable to locate credentials"),
    says(Boto3, C::NoCredentials, "NoCredentialsError"),
    says(Boto3, C::PartialCredentials, "Partial credentials found in {detail}, missing: {}"),
    says(Boto3, C::PartialCredentials, "Partial credentials found in"),
    decides(
        Boto3,
        C::SourceProfileBroken,
        "Partial credentials found in assume-role, missing: source_profile or credential_source",
    ),
    says(Boto3, C::ProfileNotFound, "The config profile ({profile}) could not be found"),
    says(Boto3, C::ConfigUnparsable, "Unable to parse config file"),
    says(Boto3, C::ConfigUnparsable, "configparser.{}Error: ").only_near(SIGNS),
    says(Boto3, C::SsoConfigIncomplete, "The specified sso-session does not exist: {session}"),
    says(
        Boto3,
        C::SsoConfigIncomplete,
        "The profile {profile} is configured to use SSO but is missing required configuration: {}",
    ),
    says(Boto3, C::SsoConfigIncomplete, "is configured to use SSO but is missing required configuration"),
    says(Boto3, C::SsoConfigIncomplete, "is configured to use the SSO token provider but is missing"),
    says(
        Boto3,
        C::SsoConfigIncomplete,
        "The value for {} is inconsistent between profile ({profile}) and sso-session ({session})",
    ),
    says(Boto3, C::CredentialProcessFailed, "Error when retrieving credentials from custom-process"),
    says(Boto3, C::CredentialProcessFailed, "Unsupported version '{}' for credential process provider"),
    says(
        Boto3,
        C::CredentialProcessFailed,
        "Credentials were refreshed, but the refreshed credentials are still expired",
    ),
    says(Boto3, C::CredentialProcessFailed, "Expecting value: line 1 column 1 (char 0)").near(&[
        "botocore",
        "aws",
        "credential",
        "boto3",
    ]),
    says(Boto3, C::CredentialProcessFailed, "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)")
        .near(&["botocore", "credential_process"]),
    says(Boto3, C::CredentialProcessFailed, "in _retrieve_credentials_using{}No such file or directory:")
        .near(&["botocore"]),
    wraps(Boto3, C::CredentialProcessFailed, "Error when retrieving credentials from"),
    decides(Boto3, C::MfaRequired, "Enter MFA code for {role}:"),
    decides(Boto3, C::MfaRequired, "Enter MFA code for arn:"),
    decides(Boto3, C::MfaRequired, "Cannot refresh credentials: MFA token required"),
    decides(Boto3, C::MfaRequired, "RefreshWithMFAUnsupportedError"),
    says(Boto3, C::SourceProfileBroken, "Infinite loop in credential configuration detected"),
    says(
        Boto3,
        C::SourceProfileBroken,
        "Infinite loop in credential configuration detected. Attempting to load from profile {profile} which has",
    ),
    says(Boto3, C::SourceProfileBroken, "The source_profile {} referenced in the profile {profile} does not exist"),
    says(Boto3, C::SourceProfileBroken, "The source profile {} must have credentials in the profile {profile}."),
    says(Boto3, C::SourceProfileBroken, "The source profile {} must have credentials."),
    says(Boto3, C::SourceProfileBroken, "contains both source_profile and credential_source"),
    says(Boto3, C::SourceProfileBroken, "requires either source_profile or credential_source"),
    says(Boto3, C::SourceProfileBroken, "No source_profile or credential_source"),
    says(Boto3, C::SourceProfileBroken, "Credential source '{}' is not supported"),
    says(Boto3, C::SourceProfileBroken, "No credentials found in credential_source referenced in profile {profile}"),
    says(Boto3, C::MissingRegion, "You must specify a region"),
    says(Boto3, C::MissingRegion, "NoRegionError"),
    wraps(Boto3, C::NoCredentials, "Error when retrieving credentials from iam-role"),
    wraps(Boto3, C::NoCredentials, "Error when retrieving credentials from container-role"),
];

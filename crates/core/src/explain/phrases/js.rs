//! The SDK for JavaScript, version 3 and 2, and what is built on it.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::{Cdk, Js};
use crate::explain::phrase::{Phrase, SIGNS, decides, says, wraps};

pub(super) const PHRASES: &[Phrase] = &[
    wraps(Js, C::NoCredentials, "Could not load credentials from any providers"),
    wraps(Js, C::NoCredentials, "Credential is missing").near(&["sdk", "smithy", "CredentialsProviderError"]),
    says(
        Js,
        C::SsoNeverSignedIn,
        "The SSO session token associated with profile={profile} was not found or is invalid",
    ),
    says(Js, C::SsoNeverSignedIn, "The SSO session token associated with profile"),
    decides(Js, C::SsoSessionExpired, "Token is expired. To refresh this SSO session run"),
    decides(Js, C::SsoTokenUnreadable, "Value not present for '{}' in SSO Token"),
    decides(Js, C::SsoSessionExpired, "Value not present for '{}' in SSO Token. Cannot refresh"),
    // Of a legacy profile: its token file cannot be read, which is mostly that there is none.
    says(
        Js,
        C::SsoNeverSignedIn,
        "The SSO session associated with this profile is invalid. To refresh this SSO session run aws sso login",
    ),
    says(Js, C::SsoNeverSignedIn, "The SSO session associated with this profile is invalid"),
    says(Js, C::SsoSessionExpired, "UnauthorizedException: Session token not found or invalid"),
    decides(Js, C::SsoRoleNotAssigned, "ForbiddenException: No access").only_near(SIGNS),
    decides(Js, C::SsoRoleNotAssigned, "CredentialsProviderError: ForbiddenException"),
    says(Js, C::SsoSessionExpired, "CredentialsProviderError: UnauthorizedException"),
    says(Js, C::SsoConfigIncomplete, "Profile is configured with invalid SSO credentials. Required parameters"),
    says(Js, C::SsoConfigIncomplete, "Cannot read properties of undefined (reading 'sso_"),
    says(Js, C::SsoConfigIncomplete, "Sso session {session} could not be found in shared credentials file"),
    says(Js, C::SsoConfigIncomplete, "Sso session {session} is missing required property"),
    says(Js, C::SsoConfigIncomplete, "is missing required property \"sso_"),
    says(Js, C::SsoConfigIncomplete, "Conflicting SSO"),
    decides(
        Js,
        C::MfaRequired,
        "Profile {profile} requires multi-factor authentication, but no MFA code callback was provided",
    ),
    decides(Js, C::MfaRequired, "requires multi-factor authentication, but no MFA code"),
    says(Js, C::CredentialProcessFailed, "Profile {profile} credential_process returned"),
    says(Js, C::CredentialProcessFailed, "Profile {profile} credential_process did not return Version 1"),
    says(Js, C::SourceProfileBroken, "Detected a cycle attempting to resolve credentials for profile {profile}."),
    says(Js, C::SourceProfileBroken, "Unsupported credential source in profile {profile}. Got"),
    wraps(Js, C::NoCredentials, "Could not resolve credentials using profile: [{profile}]"),
    says(Js, C::ProfileNotFound, "Profile {profile} could not be found or parsed in shared credentials file"),
    says(Js, C::ProfileNotFound, "Profile {profile} not found").only_near(SIGNS),
    says(Js, C::LoginSessionExpired, "Your session has expired. Please reauthenticate using aws login"),
    says(Js, C::LoginSessionExpired, "Failed to load a token for session {session},"),
    says(Js, C::LoginSessionExpired, "Failed to load token from {}login/cache/"),
    says(Js, C::LoginSessionExpired, "Failed to load token from {}login\\cache\\"),
    says(Js, C::MissingRegion, "Region is missing"),
    says(Js, C::MissingRegion, "Missing region in config"),
    says(Js, C::SdkConfigNotLoaded, "set AWS_SDK_LOAD_CONFIG"),
    says(Js, C::NoCredentials, "Missing credentials in config"),
    says(Js, C::SdkModuleMissing, "Cannot find module '@aws-sdk/{detail}'"),
    says(Js, C::SdkModuleMissing, "Cannot find package '@aws-sdk/{detail}'"),
    decides(
        Cdk,
        C::WrongAccount,
        "Need to perform AWS calls for account {account}, but the current credentials are for {}",
    ),
    wraps(Cdk, C::WrongAccount, "Need to perform AWS calls for account {account}, but"),
    wraps(
        Cdk,
        C::NoCredentials,
        "Unable to resolve AWS account to use. It must be either configured when you define your CDK",
    ),
    wraps(Cdk, C::NoCredentials, "Unable to determine the default AWS account"),
    wraps(Cdk, C::AssumeRoleDenied, "could not be used to assume '{role}', but are for the right account"),
    wraps(Cdk, C::AssumeRoleDenied, "Could not assume role in target account using current credentials"),
    says(Cdk, C::MissingRegion, "Unable to resolve AWS region to use"),
];

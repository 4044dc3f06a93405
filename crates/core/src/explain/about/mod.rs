//! What there is to say of each cause. The program's answers and docs/errors.md are made from here.

mod files;
mod keys;
mod others;
mod sessions;

use super::cause::{About, Cause};

pub(super) fn of(cause: Cause) -> &'static About {
    match cause {
        Cause::SsoSessionExpired => &sessions::SSO_SESSION_EXPIRED,
        Cause::SsoNeverSignedIn => &sessions::SSO_NEVER_SIGNED_IN,
        Cause::SsoTokenUnreadable => &sessions::SSO_TOKEN_UNREADABLE,
        Cause::SsoConfigIncomplete => &sessions::SSO_CONFIG_INCOMPLETE,
        Cause::SsoWrongRegionOrUrl => &sessions::SSO_WRONG_REGION_OR_URL,
        Cause::SsoLoginAbandoned => &sessions::SSO_LOGIN_ABANDONED,
        Cause::SsoRoleNotAssigned => &sessions::SSO_ROLE_NOT_ASSIGNED,
        Cause::LoginSessionExpired => &sessions::LOGIN_SESSION_EXPIRED,
        Cause::LoginPermissionMissing => &sessions::LOGIN_PERMISSION_MISSING,
        Cause::TemporaryCredentialsExpired => &keys::TEMPORARY_CREDENTIALS_EXPIRED,
        Cause::CredentialsUnknownToAws => &keys::CREDENTIALS_UNKNOWN_TO_AWS,
        Cause::SecretKeyWrong => &keys::SECRET_KEY_WRONG,
        Cause::ClockSkew => &keys::CLOCK_SKEW,
        Cause::AccessDenied => &keys::ACCESS_DENIED,
        Cause::AssumeRoleDenied => &keys::ASSUME_ROLE_DENIED,
        Cause::MfaRequired => &keys::MFA_REQUIRED,
        Cause::NoCredentials => &keys::NO_CREDENTIALS,
        Cause::WrongAccount => &keys::WRONG_ACCOUNT,
        Cause::PartialCredentials => &files::PARTIAL_CREDENTIALS,
        Cause::ProfileNotFound => &files::PROFILE_NOT_FOUND,
        Cause::ConfigUnparsable => &files::CONFIG_UNPARSABLE,
        Cause::SourceProfileBroken => &files::SOURCE_PROFILE_BROKEN,
        Cause::CredentialProcessFailed => &files::CREDENTIAL_PROCESS_FAILED,
        Cause::EnvironmentShadowsProfile => &files::ENVIRONMENT_SHADOWS_PROFILE,
        Cause::MissingRegion => &files::MISSING_REGION,
        Cause::SdkConfigNotLoaded => &files::SDK_CONFIG_NOT_LOADED,
        Cause::RegionNotEnabled => &others::REGION_NOT_ENABLED,
        Cause::SdkModuleMissing => &others::SDK_MODULE_MISSING,
        Cause::KubernetesCredentials => &others::KUBERNETES_CREDENTIALS,
        Cause::ContainerRegistryTokenExpired => &others::CONTAINER_REGISTRY_TOKEN_EXPIRED,
        Cause::BedrockBearerToken => &others::BEDROCK_BEARER_TOKEN,
        Cause::BedrockModelAccess => &others::BEDROCK_MODEL_ACCESS,
        Cause::Network => &others::NETWORK,
        Cause::TlsInterception => &others::TLS_INTERCEPTION,
        Cause::Throttled => &others::THROTTLED,
        Cause::Unknown => &others::UNKNOWN,
    }
}

//! The causes there are: a closed list, because programs read their codes.

use super::about;
use serde::{Serialize, Serializer};

/// Why a program that uses AWS failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
#[expect(missing_docs, reason = "`about` says at length what each one is")]
pub enum Cause {
    SsoSessionExpired,
    SsoNeverSignedIn,
    SsoTokenUnreadable,
    SsoConfigIncomplete,
    SsoWrongRegionOrUrl,
    SsoLoginAbandoned,
    SsoRoleNotAssigned,
    LoginSessionExpired,
    LoginPermissionMissing,
    TemporaryCredentialsExpired,
    CredentialsUnknownToAws,
    SecretKeyWrong,
    ClockSkew,
    AccessDenied,
    AssumeRoleDenied,
    MfaRequired,
    NoCredentials,
    PartialCredentials,
    ProfileNotFound,
    ConfigUnparsable,
    SourceProfileBroken,
    CredentialProcessFailed,
    EnvironmentShadowsProfile,
    MissingRegion,
    RegionNotEnabled,
    SdkConfigNotLoaded,
    SdkModuleMissing,
    WrongAccount,
    KubernetesCredentials,
    ContainerRegistryTokenExpired,
    BedrockBearerToken,
    BedrockModelAccess,
    Network,
    TlsInterception,
    Throttled,
    Unknown,
}

/// Whether signing in again is a cure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginHelps {
    /// It is the cure.
    Yes,
    /// It changes nothing.
    No,
    /// That depends on where the credentials come from.
    Depends,
}

/// What there is to say of a cause, whatever the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Stable name, such as `sso-session-expired`.
    pub code: &'static str,
    /// In a few words, to stand above the rest.
    pub title: &'static str,
    /// One sentence or two: what it means.
    pub explanation: &'static str,
    /// Whether signing in again is a cure.
    pub login: LoginHelps,
    /// What to do, the most likely cure first.
    pub advice: &'static [&'static str],
}

impl Cause {
    /// In the order in which they are listed.
    pub const ALL: [Self; 36] = [
        Self::SsoSessionExpired,
        Self::SsoNeverSignedIn,
        Self::SsoTokenUnreadable,
        Self::SsoConfigIncomplete,
        Self::SsoWrongRegionOrUrl,
        Self::SsoLoginAbandoned,
        Self::SsoRoleNotAssigned,
        Self::LoginSessionExpired,
        Self::LoginPermissionMissing,
        Self::TemporaryCredentialsExpired,
        Self::CredentialsUnknownToAws,
        Self::SecretKeyWrong,
        Self::ClockSkew,
        Self::AccessDenied,
        Self::AssumeRoleDenied,
        Self::MfaRequired,
        Self::NoCredentials,
        Self::PartialCredentials,
        Self::ProfileNotFound,
        Self::ConfigUnparsable,
        Self::SourceProfileBroken,
        Self::CredentialProcessFailed,
        Self::EnvironmentShadowsProfile,
        Self::MissingRegion,
        Self::RegionNotEnabled,
        Self::SdkConfigNotLoaded,
        Self::SdkModuleMissing,
        Self::WrongAccount,
        Self::KubernetesCredentials,
        Self::ContainerRegistryTokenExpired,
        Self::BedrockBearerToken,
        Self::BedrockModelAccess,
        Self::Network,
        Self::TlsInterception,
        Self::Throttled,
        Self::Unknown,
    ];

    /// What there is to say of it.
    pub fn about(self) -> &'static About {
        about::of(self)
    }

    /// Its stable name.
    pub fn code(self) -> &'static str {
        self.about().code
    }

    /// The cause of that name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// Whether credentials have nothing to do with it: neither another profile nor a login changes anything.
    pub fn is_not_about_credentials(self) -> bool {
        matches!(
            self,
            Self::AccessDenied
                | Self::BedrockModelAccess
                | Self::ClockSkew
                | Self::MissingRegion
                | Self::Network
                | Self::RegionNotEnabled
                | Self::SdkModuleMissing
                | Self::Throttled
                | Self::TlsInterception
        )
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn every_cause_has_a_code_of_its_own_and_says_what_to_do() {
        let codes: BTreeSet<_> = Cause::ALL.into_iter().map(Cause::code).collect();
        assert_eq!(codes.len(), Cause::ALL.len());
        for cause in Cause::ALL {
            let about = cause.about();
            assert!(!about.advice.is_empty() && about.explanation.ends_with('.'), "{}", about.code);
            assert!(about.advice.iter().all(|advice| !advice.ends_with('.')), "{}", about.code);
            assert_eq!(Cause::of_code(about.code), Some(cause));
            let proposes_login = about.advice.iter().any(|advice| advice.starts_with("Sign in"));
            assert!(!(proposes_login && about.login == LoginHelps::No), "{}: a login cannot help", about.code);
        }
    }
}

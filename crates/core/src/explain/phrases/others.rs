//! The SDKs for .NET, PHP and Ruby.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::{DotNet, Php, Ruby};
use crate::explain::phrase::{Phrase, SIGNS, decides, says, wraps};

pub(super) const PHRASES: &[Phrase] = &[
    wraps(DotNet, C::NoCredentials, "Unable to get IAM security credentials from EC2 Instance Metadata Service"),
    wraps(DotNet, C::NoCredentials, "Failed to resolve AWS credentials. The credential providers used to search"),
    says(DotNet, C::NoCredentials, "No credentials specified or obtained from persisted/shell defaults"),
    says(DotNet, C::SsoSessionExpired, "No valid SSO Token could be found"),
    says(DotNet, C::MissingRegion, "No region specified or obtained from persisted/shell defaults"),
    says(DotNet, C::MissingRegion, "No RegionEndpoint or ServiceURL configured"),
    decides(
        DotNet,
        C::SdkModuleMissing,
        "Assembly {detail} could not be found or loaded. This assembly must be available at runtime to use",
    )
    .only_near(SIGNS),
    says(Php, C::NoCredentials, "Error retrieving credentials from the instance profile metadata"),
    says(Php, C::NoCredentials, "Cannot read credentials from ").only_near(&[
        "CredentialsException",
        "CredentialProvider",
        ".aws",
    ]),
    says(Php, C::ProfileNotFound, "'{profile}' not found in credentials file").only_near(&[
        "CredentialsException",
        "Aws\\",
        "aws-sdk-php",
    ]),
    says(Ruby, C::NoCredentials, "unable to sign request without credentials set"),
    says(Ruby, C::NoCredentials, "Aws::Errors::MissingCredentialsError"),
    says(Ruby, C::MissingRegion, "Aws::Errors::MissingRegionError"),
    says(Ruby, C::ProfileNotFound, "NoSuchProfileError: Profile '{profile}' not found"),
    says(Ruby, C::SsoSessionExpired, "Cached SSO Token is expired."),
];

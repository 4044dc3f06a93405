//! Terraform: its AWS provider and its S3 backend, whose words Pulumi and others repeat.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::Terraform;
use crate::explain::phrase::{Phrase, decides, says, wraps};

pub(super) const PHRASES: &[Phrase] = &[
    wraps(Terraform, C::NoCredentials, "No valid credential sources found"),
    wraps(Terraform, C::NoCredentials, "no valid credential sources for"),
    wraps(Terraform, C::AssumeRoleDenied, "IAM Role ({role}) cannot be assumed"),
    wraps(Terraform, C::AssumeRoleDenied, "Cannot assume IAM Role"),
    says(
        Terraform,
        C::EnvironmentShadowsProfile,
        "A Profile was specified along with the environment variables \"AWS_ACCESS_KEY_ID\"",
    ),
    decides(Terraform, C::WrongAccount, "AWS account ID not allowed: {account}"),
    decides(Terraform, C::WrongAccount, "AWS Account ID not allowed: {account} ("),
    says(Terraform, C::MissingRegion, "Invalid provider configuration{}\"region\": required field is not set"),
    says(Terraform, C::MissingRegion, "The attribute \"region\" is required by the backend"),
    says(Terraform, C::MissingRegion, "invalid AWS Region: {region}"),
    says(Terraform, C::SsoConfigIncomplete, "profile \"{profile}\" is configured to use SSO but is missing"),
    says(Terraform, C::SdkConfigNotLoaded, "AWS_SDK_LOAD_CONFIG is not set"),
];

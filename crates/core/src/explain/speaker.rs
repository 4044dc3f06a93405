//! Who speaks in a text, where the words that tell the cause are AWS's own, which every program repeats.

use super::cause::Cause;
use super::innermost::{Said, slice};
use super::phrase::Client;

/// What only one of them says. The tools stand before the SDKs that they are built on.
const SIGNS: [(&str, Client); 28] = [
    ("registry.terraform.io", Client::Terraform),
    ("Terraform AWS Provider", Client::Terraform),
    ("configuring S3 Backend", Client::Terraform),
    ("terraform", Client::Terraform),
    ("aws: [ERROR]", Client::AwsCli),
    ("aws-cdk", Client::Cdk),
    ("eksctl", Client::Eksctl),
    ("botocore", Client::Boto3),
    ("boto3", Client::Boto3),
    ("when calling the", Client::Boto3),
    ("CredentialsProviderError", Client::Js),
    ("@aws-sdk", Client::Js),
    ("@smithy", Client::Js),
    ("$metadata", Client::Js),
    ("software.amazon.awssdk", Client::Java),
    ("com.amazonaws", Client::Java),
    ("(Service: ", Client::Java),
    ("Amazon.Runtime", Client::DotNet),
    ("AWSSDK.", Client::DotNet),
    ("Aws::", Client::Ruby),
    ("Aws\\", Client::Php),
    ("operation error ", Client::Go),
    ("api error ", Client::Go),
    ("failed to refresh cached credentials", Client::Go),
    ("status code: ", Client::Go),
    ("aws_smithy", Client::Rust),
    ("unhandled error (", Client::Rust),
    ("service error: ", Client::Rust),
];

/// Who speaks.
pub(super) fn speaker(text: &str, said: &Said) -> Client {
    let around = slice(text, said.around.start, said.around.end);
    let sign = || SIGNS.iter().find(|(words, _)| around.contains(words)).map(|(_, client)| *client);
    let own = said.inner.client;
    let is_built_on = |client: Client| match own {
        // The address of a package names whose it is, not who asks for it.
        Client::Aws | Client::Any => said.inner.cause != Cause::ContainerRegistryTokenExpired,
        Client::Go => matches!(client, Client::Terraform | Client::Eksctl),
        Client::Boto3 => client == Client::AwsCli,
        Client::Js => client == Client::Cdk,
        _ => false,
    };
    sign().filter(|client| is_built_on(*client)).unwrap_or(own)
}

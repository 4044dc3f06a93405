//! The way to AWS: names, connections, proxies, certificates. The words are those of libraries that know nothing of AWS,
//! so AWS must stand nearby.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::{Any, Boto3, Java};
use crate::explain::phrase::{Phrase, decides, says};

const AWS: &[&str] = &[
    "amazonaws",
    "awsapps.com",
    "api.aws",
    "botocore",
    "boto3",
    "aws: ",
    "aws-sdk",
    "awssdk",
    "operation error",
    "dispatch failure",
    "@smithy",
    "CredentialsProviderError",
];

pub(super) const PHRASES: &[Phrase] = &[
    says(Boto3, C::Network, "Could not connect to the endpoint URL"),
    says(Boto3, C::Network, "Connect timeout on endpoint URL"),
    says(Boto3, C::Network, "Read timeout on endpoint URL"),
    says(Boto3, C::Network, "Connection was closed before we received a valid response from endpoint URL"),
    says(Boto3, C::Network, "Failed to connect to proxy URL"),
    decides(Boto3, C::TlsInterception, "SSL validation failed for"),
    says(Java, C::Network, "Received an UnknownHostException when attempting to interact with a service"),
    says(Any, C::Network, "no such host").near(AWS),
    says(Any, C::Network, "getaddrinfo ENOTFOUND").near(AWS),
    says(Any, C::Network, "getaddrinfo EAI_AGAIN").near(AWS),
    says(Any, C::Network, "connect ECONNREFUSED").near(AWS),
    says(Any, C::Network, "connect ETIMEDOUT").near(AWS),
    says(Any, C::Network, "Temporary failure in name resolution").near(AWS),
    says(Any, C::Network, "failed to lookup address information").near(AWS),
    says(Any, C::Network, "Name or service not known").near(AWS),
    says(Any, C::Network, "Could not resolve host").near(AWS),
    says(Any, C::Network, "network is unreachable").near(AWS),
    says(Any, C::Network, "connection refused").near(AWS),
    says(Any, C::Network, "proxyconnect tcp").near(AWS),
    says(Any, C::Network, "TLS handshake timeout").near(AWS),
    says(Any, C::Network, "i/o timeout").near(&["amazonaws.com", "awsapps.com"]),
    says(Any, C::Network, "Unable to execute HTTP request: Connect").near(AWS),
    says(Any, C::Network, "dispatch failure: io error").near(AWS),
    decides(Any, C::TlsInterception, "CERTIFICATE_VERIFY_FAILED").near(AWS),
    decides(Any, C::TlsInterception, "certificate signed by unknown authority").near(AWS),
    decides(Any, C::TlsInterception, "self signed certificate in certificate chain").near(AWS),
    decides(Any, C::TlsInterception, "self-signed certificate in certificate chain").near(AWS),
    decides(Any, C::TlsInterception, "self-signed certificate").near(AWS),
    decides(Any, C::TlsInterception, "unable to get local issuer certificate").near(AWS),
    decides(Any, C::TlsInterception, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY").near(AWS),
    decides(Any, C::TlsInterception, "unable to verify the first certificate").near(AWS),
    decides(Any, C::TlsInterception, "PKIX path building failed").near(AWS),
    decides(Any, C::TlsInterception, "invalid peer certificate: ").near(AWS),
];

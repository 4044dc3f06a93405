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
    says(Boto3, C::Network, "Connection was closed before we received a valid response from endpoint URL")
        .only_near(&["amazonaws.com", "awsapps.com"]),
    says(Boto3, C::Network, "Failed to connect to proxy URL"),
    decides(Boto3, C::TlsInterception, "SSL validation failed for"),
    says(Java, C::Network, "Received an UnknownHostException when attempting to interact with a service"),
    says(Any, C::Network, "no such host").only_near(AWS),
    says(Any, C::Network, "getaddrinfo ENOTFOUND").only_near(AWS),
    says(Any, C::Network, "getaddrinfo EAI_AGAIN").only_near(AWS),
    says(Any, C::Network, "connect ECONNREFUSED").only_near(AWS),
    says(Any, C::Network, "connect ETIMEDOUT").only_near(AWS),
    says(Any, C::Network, "Temporary failure in name resolution").only_near(AWS),
    says(Any, C::Network, "failed to lookup address information").only_near(AWS),
    says(Any, C::Network, "Name or service not known").only_near(AWS),
    says(Any, C::Network, "Could not resolve host").only_near(AWS),
    says(Any, C::Network, "The remote name could not be resolved").only_near(AWS),
    says(Any, C::Network, "No such host is known").only_near(AWS),
    // The same of .NET, Windows and Linux in German.
    says(Any, C::Network, "Der Remotename konnte nicht aufgel").only_near(AWS),
    says(Any, C::Network, "Der angegebene Host ist unbekannt").only_near(AWS),
    says(Any, C::Network, "Der Name oder der Dienst ist nicht bekannt").only_near(AWS),
    says(Any, C::Network, "network is unreachable").only_near(AWS),
    says(Any, C::Network, "connection refused").only_near(AWS),
    says(Any, C::Network, "proxyconnect tcp").only_near(AWS),
    says(Any, C::Network, "TLS handshake timeout").only_near(AWS),
    says(Any, C::Network, "i/o timeout").only_near(&["amazonaws.com", "awsapps.com"]),
    says(Any, C::Network, "Unable to execute HTTP request: Connect").only_near(AWS),
    says(Any, C::Network, "dispatch failure: io error").only_near(AWS),
    decides(Any, C::TlsInterception, "CERTIFICATE_VERIFY_FAILED").only_near(AWS),
    decides(Any, C::TlsInterception, "certificate signed by unknown authority").only_near(AWS),
    decides(Any, C::TlsInterception, "self signed certificate in certificate chain").only_near(AWS),
    decides(Any, C::TlsInterception, "self-signed certificate in certificate chain").only_near(AWS),
    decides(Any, C::TlsInterception, "self-signed certificate").only_near(AWS),
    decides(Any, C::TlsInterception, "unable to get local issuer certificate").only_near(AWS),
    decides(Any, C::TlsInterception, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY").only_near(AWS),
    decides(Any, C::TlsInterception, "unable to verify the first certificate").only_near(AWS),
    decides(Any, C::TlsInterception, "PKIX path building failed").only_near(AWS),
    decides(Any, C::TlsInterception, "invalid peer certificate: ").only_near(AWS),
];

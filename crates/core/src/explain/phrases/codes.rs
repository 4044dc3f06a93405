//! AWS's error codes as they stand, in any program's log (aws-sessions.md 5.3).

use crate::explain::cause::Cause as C;
use crate::explain::phrase::{Phrase, code};

pub(super) const CODES: &[Phrase] = &[
    code(C::TemporaryCredentialsExpired, "ExpiredToken"),
    code(C::TemporaryCredentialsExpired, "ExpiredTokenException"),
    code(C::TemporaryCredentialsExpired, "RequestExpired"),
    code(C::CredentialsUnknownToAws, "InvalidClientTokenId"),
    code(C::CredentialsUnknownToAws, "UnrecognizedClientException"),
    code(C::CredentialsUnknownToAws, "InvalidAccessKeyId"),
    code(C::CredentialsUnknownToAws, "AuthFailure"),
    code(C::SecretKeyWrong, "SignatureDoesNotMatch"),
    code(C::SecretKeyWrong, "InvalidSignatureException"),
    code(C::SecretKeyWrong, "IncompleteSignature"),
    code(C::SecretKeyWrong, "IncompleteSignatureException"),
    code(C::AccessDenied, "AccessDenied"),
    code(C::AccessDenied, "AccessDeniedException"),
    code(C::AccessDenied, "UnauthorizedOperation"),
    code(C::RegionNotEnabled, "RegionDisabledException"),
    code(C::RegionNotEnabled, "OptInRequired"),
    code(C::RegionNotEnabled, "SubscriptionRequiredException"),
    code(C::NoCredentials, "MissingAuthenticationToken"),
    code(C::NoCredentials, "MissingAuthenticationTokenException"),
    code(C::AssumeRoleDenied, "InvalidIdentityToken"),
    code(C::AssumeRoleDenied, "IDPCommunicationError"),
    code(C::AssumeRoleDenied, "IDPRejectedClaim"),
    code(C::AssumeRoleDenied, "PackedPolicyTooLarge"),
    // Of STS; IAM says it of a policy that is written.
    code(C::AssumeRoleDenied, "MalformedPolicyDocument").near(&[
        "AssumeRole",
        "Service: Sts",
        "AWSSecurityTokenService",
    ]),
    code(C::Throttled, "Throttling"),
    code(C::Throttled, "ThrottlingException"),
    code(C::Throttled, "ThrottledException"),
    code(C::Throttled, "TooManyRequestsException"),
    code(C::Throttled, "RequestLimitExceeded"),
    code(C::Throttled, "ProvisionedThroughputExceededException"),
    code(C::Throttled, "SlowDown"),
];

//! Every row of the tables of errors (aws-sessions.md 5.3 and 5.4), as short as it stands there.

use relight_core::explain::recognise;

/// 5.4: what clients say, by the number of the row.
const CLIENTS: [(u32, &str, &str); 119] = [
    (1, "Unable to locate credentials", "no-credentials"),
    (1, r#"Unable to locate credentials. You can configure credentials by running "aws configure"."#, "no-credentials"),
    (
        1,
        r#"aws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials. You can configure credentials by running "aws login"."#,
        "no-credentials",
    ),
    (2, "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key", "partial-credentials"),
    (3, "The config profile (dev) could not be found", "profile-not-found"),
    (4, "Unable to parse config file: ~/.aws/config", "config-unparsable"),
    (5, "Error loading SSO Token: Token for corp does not exist", "sso-never-signed-in"),
    (6, "Error loading SSO Token: Token for corp is invalid", "sso-token-unreadable"),
    (7, "Error when retrieving token from sso: Token has expired and refresh failed", "sso-session-expired"),
    (
        8,
        "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login",
        "sso-session-expired",
    ),
    (
        9,
        "An unspecified error happened when resolving AWS credentials or an access token from SSO",
        "sso-session-expired",
    ),
    (10, "The pending authorization to retrieve an SSO token has expired", "sso-login-abandoned"),
    (11, "Error loading authorization code: Failed to retrieve an authorization code", "sso-login-abandoned"),
    (12, "Error loading authorization code: State parameter does not match", "sso-login-abandoned"),
    (13, "Unable to initialize the OAuth 2.0 authorization callback handler", "sso-login-abandoned"),
    (14, r#"The specified sso-session does not exist: "corp""#, "sso-config-incomplete"),
    (
        15,
        r#"The profile "dev" is configured to use SSO but is missing required configuration: sso_region"#,
        "sso-config-incomplete",
    ),
    (
        16,
        "The value for sso_region is inconsistent between profile (eu-west-1) and sso-session (us-east-1)",
        "sso-config-incomplete",
    ),
    (17, "Missing the following required SSO configuration values: sso_start_url", "sso-config-incomplete"),
    (
        18,
        "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access",
        "sso-role-not-assigned",
    ),
    (19, "An error occurred (UnauthorizedException) when calling the ListAccounts operation", "sso-session-expired"),
    (
        19,
        "An error occurred (UnauthorizedException) when calling the GetRoleCredentials operation",
        "sso-session-expired",
    ),
    (20, "An error occurred (ExpiredToken) when calling the ListBuckets operation", "temporary-credentials-expired"),
    (
        20,
        "An error occurred (ExpiredTokenException) when calling the DescribeCluster operation",
        "temporary-credentials-expired",
    ),
    (21, "An error occurred (InvalidClientTokenId)", "credentials-unknown-to-aws"),
    (21, "An error occurred (UnrecognizedClientException)", "credentials-unknown-to-aws"),
    (
        22,
        "An error occurred (SignatureDoesNotMatch) when calling the X operation: Signature expired: 20261122T010000Z is now earlier than",
        "clock-skew",
    ),
    (
        22,
        "An error occurred (SignatureDoesNotMatch) when calling the X operation: Signature not yet current: 20261122T010000Z",
        "clock-skew",
    ),
    (
        23,
        "An error occurred (SignatureDoesNotMatch): The request signature we calculated does not match the signature you provided",
        "secret-key-wrong",
    ),
    (
        24,
        "An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/x",
        "assume-role-denied",
    ),
    (
        24,
        "AccessDenied: User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: x",
        "assume-role-denied",
    ),
    (25, "RegionDisabledException", "region-not-enabled"),
    (26, "Error when retrieving credentials from custom-process: sh: 1: x: not found", "credential-process-failed"),
    (
        27,
        "Error when retrieving credentials from custom-process: Unsupported version '2' for credential process provider, supported versions: 1",
        "credential-process-failed",
    ),
    (28, "Expecting value: line 1 column 1 (char 0)", "credential-process-failed"),
    (29, "Credentials were refreshed, but the refreshed credentials are still expired", "credential-process-failed"),
    (30, "Enter MFA code for arn:aws:iam::111122223333:mfa/me: EOFError", "mfa-required"),
    (31, "Cannot refresh credentials: MFA token required", "mfa-required"),
    (
        32,
        "Infinite loop in credential configuration detected. Attempting to load from profile a which has already been visited",
        "source-profile-broken",
    ),
    (33, r#"The source_profile "base" referenced in the profile "dev" does not exist"#, "source-profile-broken"),
    (34, r#"The source profile "base" must have credentials"#, "source-profile-broken"),
    (35, r#"The profile "dev" contains both source_profile and credential_source"#, "source-profile-broken"),
    (
        36,
        "Missing Dependency: Using the login credential provider requires an additional dependency",
        "sdk-module-missing",
    ),
    (
        37,
        "Error loading login session token: Unable to load a existing login session for session arn:aws:iam::111122223333:user/me",
        "login-session-expired",
    ),
    (38, "Your session has expired. Please reauthenticate using 'aws login'", "login-session-expired"),
    (38, "Your session has expired or credentials have changed", "login-session-expired"),
    (39, "Unable to refresh credentials because of a change in your password", "login-session-expired"),
    (40, "You may be missing permission for the 'signin:CreateOAuth2Token' action", "login-permission-missing"),
    (40, "missing permission for the 'CreateOAuth2Token' action", "login-permission-missing"),
    (41, r#"Could not connect to the endpoint URL: "https://sts.us-east-1.amazonaws.com/""#, "network"),
    (42, r#"Failed to connect to proxy URL: "http://proxy:3128""#, "network"),
    (
        43,
        "SSL validation failed for https://sts.us-east-1.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED]",
        "tls-interception",
    ),
    (
        44,
        r#"You must specify a region. You can also configure your region by running "aws configure"."#,
        "missing-region",
    ),
    (44, "Region is missing", "missing-region"),
    (45, "Could not load credentials from any providers", "no-credentials"),
    (
        46,
        "The SSO session token associated with profile=dev was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
        "sso-never-signed-in",
    ),
    (
        47,
        "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
        "sso-session-expired",
    ),
    (
        48,
        "Value not present for 'refreshToken' in SSO Token. Cannot refresh. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
        "sso-session-expired",
    ),
    (
        49,
        "The SSO session associated with this profile is invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
        "sso-never-signed-in",
    ),
    (
        49,
        "The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.",
        "sso-session-expired",
    ),
    (50, "CredentialsProviderError: UnauthorizedException: Session token not found or invalid", "sso-session-expired"),
    (50, "CredentialsProviderError: ForbiddenException: No access", "sso-role-not-assigned"),
    (
        51,
        r#"Profile is configured with invalid SSO credentials. Required parameters "sso_account_id""#,
        "sso-config-incomplete",
    ),
    (52, "TypeError: Cannot read properties of undefined (reading 'sso_region')", "sso-config-incomplete"),
    (53, "Sso session 'corp' could not be found in shared credentials file.", "sso-config-incomplete"),
    (53, r#"Sso session 'corp' is missing required property "sso_region""#, "sso-config-incomplete"),
    (54, "Profile dev requires multi-factor authentication, but no MFA code callback was provided.", "mfa-required"),
    (55, "Profile dev credential_process returned expired credentials.", "credential-process-failed"),
    (55, "Profile dev credential_process returned invalid JSON.", "credential-process-failed"),
    (55, "Profile dev credential_process returned invalid credentials.", "credential-process-failed"),
    (56, "Could not resolve credentials using profile: [dev] in configuration/credentials file(s).", "no-credentials"),
    (57, "failed to refresh cached credentials, no EC2 IMDS role found", "no-credentials"),
    (
        58,
        "refresh cached SSO token failed, unable to refresh SSO token, operation error SSO OIDC: CreateToken, https response error StatusCode: 400, RequestID: x, InvalidGrantException:",
        "sso-session-expired",
    ),
    (59, "the SSO session has expired or is invalid: failed to read cached SSO token file", "sso-never-signed-in"),
    (59, "SSOProviderInvalidToken: the SSO session has expired or is invalid", "sso-session-expired"),
    (60, "cached SSO token is expired, or not present, and cannot be refreshed", "sso-session-expired"),
    (61, "no EC2 IMDS role found", "no-credentials"),
    (61, "no EC2 instance role found", "no-credentials"),
    (62, "NoCredentialProviders: no valid providers in chain", "no-credentials"),
    (63, "failed to get shared config profile, dev", "profile-not-found"),
    (64, "assume role with MFA enabled, but AssumeRoleTokenProvider session option not set", "mfa-required"),
    (65, "only one credential type may be specified per profile", "source-profile-broken"),
    (66, "failed to find SSO session section, corp", "sso-config-incomplete"),
    (67, "login session has expired, please reauthenticate", "login-session-expired"),
    (67, "token file not found, please reauthenticate", "login-session-expired"),
    (68, "Error: No valid credential sources found", "no-credentials"),
    (68, "no valid credential sources for S3 Backend found", "no-credentials"),
    (69, "IAM Role (arn:aws:iam::111122223333:role/x) cannot be assumed", "assume-role-denied"),
    (
        70,
        r#"A Profile was specified along with the environment variables "AWS_ACCESS_KEY_ID" and "AWS_SECRET_ACCESS_KEY""#,
        "environment-shadows-profile",
    ),
    (71, "the credential provider was not enabled", "no-credentials"),
    (
        72,
        "the credentials provider was not properly configured: ProfileFile provider could not be built: profile formed an infinite loop",
        "source-profile-broken",
    ),
    (73, "an error occurred while loading credentials: failed to load the cached SSO token", "sso-never-signed-in"),
    (
        73,
        "failed to read `/home/me/.aws/sso/cache/ee0b.json`: No such file or directory (os error 2)",
        "sso-never-signed-in",
    ),
    (74, "the SSO token has expired and cannot be refreshed", "sso-session-expired"),
    (75, "service error: UnauthorizedException: Session token not found or invalid", "sso-session-expired"),
    (75, "unhandled error (ForbiddenException)", "sso-role-not-assigned"),
    (
        76,
        "Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain",
        "no-credentials",
    ),
    (
        77,
        "To use assumed roles in the 'dev' profile, the 'sts' service module must be on the class path",
        "sdk-module-missing",
    ),
    (
        77,
        "To use Sso related properties in the 'dev' profile, the 'ssooidc' service module must be on the class path",
        "sdk-module-missing",
    ),
    (78, "SdkClientException: Token is expired", "sso-session-expired"),
    (78, "Unable to load SSO token", "sso-never-signed-in"),
    (78, "startUrl is null", "sso-token-unreadable"),
    (
        79,
        "Need to perform AWS calls for account 111122223333, but no credentials have been configured",
        "wrong-account",
    ),
    (
        79,
        "Need to perform AWS calls for account 111122223333, but the current credentials are for 444455556666",
        "wrong-account",
    ),
    (
        80,
        "Unable to resolve AWS account to use. It must be either configured when you define your CDK Stack",
        "no-credentials",
    ),
    (
        81,
        "current credentials could not be used to assume 'arn:aws:iam::111122223333:role/cdk-x', but are for the right account. Proceeding anyway.",
        "assume-role-denied",
    ),
    (82, "checking AWS STS access \u{2013} cannot get role ARN for current session", "no-credentials"),
    (83, "getting credentials: exec: executable aws failed with exit code 255", "kubernetes-credentials"),
    (84, "error: You must be logged in to the server (Unauthorized)", "kubernetes-credentials"),
    (
        84,
        "error: You must be logged in to the server (the server has asked for the client to provide credentials)",
        "kubernetes-credentials",
    ),
    (
        85,
        "Kubernetes cluster unreachable: the server has asked for the client to provide credentials",
        "kubernetes-credentials",
    ),
    (
        86,
        "denied: Your authorization token has expired. Reauthenticate and try again.",
        "container-registry-token-expired",
    ),
    (86, "no basic auth credentials", "container-registry-token-expired"),
    (87, "The security token included in the request is expired", "temporary-credentials-expired"),
    (87, "The security token included in the request is invalid", "credentials-unknown-to-aws"),
    (88, "ExpiredToken: The provided token has expired", "temporary-credentials-expired"),
    (89, "The AWS Access Key Id you provided does not exist in our records", "credentials-unknown-to-aws"),
    (90, "Missing credentials in config", "no-credentials"),
    (91, "Unable to locate authorization token", "no-credentials"),
];

/// 5.3: what services answer.
const CODES: [(&str, &str); 26] = [
    ("ExpiredToken", "temporary-credentials-expired"),
    ("ExpiredTokenException", "temporary-credentials-expired"),
    ("RequestExpired", "temporary-credentials-expired"),
    ("InvalidClientTokenId", "credentials-unknown-to-aws"),
    ("UnrecognizedClientException", "credentials-unknown-to-aws"),
    ("InvalidAccessKeyId", "credentials-unknown-to-aws"),
    ("AuthFailure", "credentials-unknown-to-aws"),
    ("SignatureDoesNotMatch", "secret-key-wrong"),
    ("InvalidSignatureException", "secret-key-wrong"),
    ("RequestTimeTooSkewed", "clock-skew"),
    ("AccessDenied", "access-denied"),
    ("AccessDeniedException", "access-denied"),
    ("RegionDisabledException", "region-not-enabled"),
    ("OptInRequired", "region-not-enabled"),
    ("SubscriptionRequiredException", "region-not-enabled"),
    ("MissingAuthenticationToken", "no-credentials"),
    ("MissingAuthenticationTokenException", "no-credentials"),
    ("IncompleteSignature", "secret-key-wrong"),
    ("PackedPolicyTooLarge", "assume-role-denied"),
    ("InvalidIdentityToken", "assume-role-denied"),
    ("IDPCommunicationError", "assume-role-denied"),
    ("Throttling", "throttled"),
    ("ThrottlingException", "throttled"),
    ("TooManyRequestsException", "throttled"),
    ("RequestLimitExceeded", "throttled"),
    ("NotAuthorizedException", "unknown"),
];

fn cause(text: &str) -> &'static str {
    recognise(text.as_bytes()).cause.code()
}

#[test]
fn every_row_of_the_clients_is_known() {
    let wrong = CLIENTS.iter().filter(|(_, text, expected)| cause(text) != *expected);
    let wrong: Vec<_> = wrong.map(|(row, text, _)| format!("{row} {}: {text}", cause(text))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(CLIENTS.last().map(|(row, ..)| *row), Some(91));
}

#[test]
fn every_code_is_known_in_the_form_of_each_client() {
    for (code, expected) in CODES {
        let forms = [
            format!("An error occurred ({code}) when calling the GetObject operation: no"),
            format!(
                "operation error S3: GetObject, https response error StatusCode: 403, RequestID: 1, api error {code}: no"
            ),
            format!("{code}: no\n\tstatus code: 403, request id: 1"),
            format!(
                "{code}: no\n    at throwDefaultError (/srv/node_modules/@aws-sdk/client-s3/dist-cjs/index.js:1:1)"
            ),
            format!(
                "service error: unhandled error ({code}): Error {{ code: \"{code}\", message: \"no\", aws_request_id: \"1\" }}"
            ),
            format!("AmazonS3Exception: no (Service: Amazon S3; Status Code: 403; Error Code: {code}; Request ID: 1)"),
            format!("<Error><Code>{code}</Code><Message>no</Message><RequestId>1</RequestId></Error>"),
            format!("{{\"__type\":\"com.amazon.coral.service#{code}\",\"message\":\"no\"}}"),
            format!("Aws::S3::Errors::{code}: no"),
        ];
        for form in forms {
            assert_eq!(cause(&form), expected, "{form}");
        }
    }
    let of = |operation: &str| {
        cause(&format!("An error occurred (MalformedPolicyDocument) when calling the {operation} operation: no"))
    };
    assert_eq!((of("AssumeRole"), of("CreateRole")), ("assume-role-denied", "unknown"));
}

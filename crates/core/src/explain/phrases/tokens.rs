//! Bearer tokens: Bedrock's API keys, and tokens of other identity providers.

use crate::explain::cause::Cause as C;
use crate::explain::phrase::Client::Aws;
use crate::explain::phrase::{Phrase, decides, says};

const BEDROCK: &[&str] = &["bedrock", "anthropic", "claude", "invokemodel", "converse"];
/// What AWS wraps such an answer in.
const BEDROCK_OR_BODY: &[&str] = &["bedrock", "anthropic", "claude", "invokemodel", "converse", "{\"Message\":\""];

pub(super) const PHRASES: &[Phrase] = &[
    decides(Aws, C::BedrockBearerToken, "Invalid API Key format: Must start with pre-defined prefix"),
    decides(Aws, C::BedrockBearerToken, "Authentication failed: Please make sure your API Key is valid")
        .only_near(BEDROCK_OR_BODY),
    decides(Aws, C::BedrockBearerToken, "Bearer Token has expired").only_near(BEDROCK_OR_BODY),
    decides(Aws, C::BedrockBearerToken, "The bearer token included in the request is invalid").near(BEDROCK),
    decides(Aws, C::BedrockBearerToken, "is not authorized to perform: bedrock:CallWithBearerToken"),
    says(Aws, C::BedrockBearerToken, "API Key is valid or not expired").near(BEDROCK),
    says(Aws, C::BedrockBearerToken, "AWS_BEARER_TOKEN_BEDROCK"),
    decides(Aws, C::AssumeRoleDenied, "No OpenIDConnect provider found in your account for"),
    decides(Aws, C::AssumeRoleDenied, "Couldn't retrieve verification key from your identity provider"),
    decides(Aws, C::AssumeRoleDenied, "Incorrect token audience"),
    decides(
        Aws,
        C::TemporaryCredentialsExpired,
        "Token expired: current date/time {} must be before the expiration date/time",
    ),
];

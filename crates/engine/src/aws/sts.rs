//! sts: roles that other credentials assume (aws-sessions.md 5.1).

use super::{called, failure, timeouts};
use aws_sdk_sts::Client;
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_sts::operation::RequestId;
use aws_sdk_sts::types;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use relight_core::config::AssumeRole;
use relight_core::credentials::{AccessKeys, Assumed, CallFailure, Sts};
use relight_core::secret::Secret;
use relight_core::time::Timestamp;

/// `AssumeRole`, signed with `keys`.
pub(super) async fn assume_role(
    sts: &Sts,
    http: SharedHttpClient,
    request: &AssumeRole,
    session_name: &str,
    keys: &AccessKeys,
    code: Option<&Secret>,
) -> Result<Assumed, CallFailure> {
    let sent = client(sts, http, Some(signer(keys)))
        .assume_role()
        .role_arn(&request.role_arn)
        .role_session_name(session_name)
        .set_external_id(request.external_id.clone())
        .set_serial_number(request.serial_number.clone())
        .set_duration_seconds(seconds(request))
        .set_token_code(code.map(|code| code.expose().to_owned()))
        .send()
        .await;
    let secrets: Vec<_> =
        [Some(&keys.secret_access_key), keys.session_token.as_ref(), code].into_iter().flatten().collect();
    let output =
        sent.map_err(|error| called(failure::of(&error, &sts.endpoint, &secrets), failure::code_of(&error)))?;
    let id = output.request_id().unwrap_or_default().to_owned();
    assumed(output.credentials, output.assumed_role_user, id, sts)
}

/// `AssumeRoleWithWebIdentity`, which nobody signs.
pub(super) async fn assume_role_with_web_identity(
    sts: &Sts,
    http: SharedHttpClient,
    request: &AssumeRole,
    session_name: &str,
    token: &Secret,
) -> Result<Assumed, CallFailure> {
    let sent = client(sts, http, None)
        .assume_role_with_web_identity()
        .role_arn(&request.role_arn)
        .role_session_name(session_name)
        .set_duration_seconds(seconds(request))
        .web_identity_token(token.expose())
        .send()
        .await;
    let output =
        sent.map_err(|error| called(failure::of(&error, &sts.endpoint, &[token]), failure::code_of(&error)))?;
    let id = output.request_id().unwrap_or_default().to_owned();
    assumed(output.credentials, output.assumed_role_user, id, sts)
}

/// Signs requests with `keys`.
pub(super) fn signer(keys: &AccessKeys) -> Credentials {
    let token = keys.session_token.as_ref().map(|token| token.expose().to_owned());
    Credentials::new(keys.access_key_id.expose(), keys.secret_access_key.expose(), token, None, "relight")
}

pub(super) fn client(sts: &Sts, http: SharedHttpClient, signer: Option<Credentials>) -> Client {
    let mut builder = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(sts.region.clone()))
        .endpoint_url(&sts.endpoint)
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts());
    builder.set_credentials_provider(signer.map(aws_sdk_sts::config::SharedCredentialsProvider::new));
    Client::from_conf(builder.build())
}

fn seconds(request: &AssumeRole) -> Option<i32> {
    request.duration_seconds.and_then(|seconds| i32::try_from(seconds).ok())
}

fn assumed(
    credentials: Option<types::Credentials>,
    user: Option<types::AssumedRoleUser>,
    request_id: String,
    sts: &Sts,
) -> Result<Assumed, CallFailure> {
    let incomplete = || called(failure::incomplete(&sts.endpoint, "an answer without a role's credentials"), None);
    let credentials = credentials.ok_or_else(incomplete)?;
    let end = Timestamp::from_second(credentials.expiration.secs()).map_err(|_| incomplete())?;
    let secret = Secret::new(credentials.secret_access_key);
    let token = Secret::new(credentials.session_token);
    let keys = AccessKeys::new(&credentials.access_key_id, secret.expose(), Some(token.expose()), Some(end));
    let (assumed_role_id, arn) = user.map(|user| (user.assumed_role_id, user.arn)).unwrap_or_default();
    let account = arn.split(':').nth(4).map(ToOwned::to_owned);
    let keys = keys.map_err(|_| incomplete())?.of_account(account.as_deref());
    Ok(Assumed { keys, assumed_role_id, arn, request_id })
}

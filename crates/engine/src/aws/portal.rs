//! The portal: role credentials, and signing out (aws-sessions.md 4).

use super::{called, failure, timeouts};
use aws_sdk_sso::Client as Portal;
use aws_sdk_sso::config::retry::RetryConfig;
use aws_sdk_sso::config::{BehaviorVersion, Config, Region};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use relight_core::credentials::{AccessKeys, CallFailure};
use relight_core::flow::{Answer, CallError, Target};
use relight_core::secret::Secret;
use relight_core::time::Timestamp;

/// `GetRoleCredentials`
pub(super) async fn role_credentials(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
    account_id: &str,
    role_name: &str,
) -> Result<AccessKeys, CallFailure> {
    let sent = client(target, http)
        .get_role_credentials()
        .access_token(access_token.expose())
        .account_id(account_id)
        .role_name(role_name)
        .send()
        .await;
    let address = address(target);
    let output =
        sent.map_err(|error| called(failure::of(&error, &address, &[access_token]), failure::code_of(&error)))?;
    let incomplete = || called(failure::incomplete(&address, "an answer without a role's credentials"), None);
    let given = output.role_credentials.ok_or_else(incomplete)?;
    // Milliseconds, where the token's end is in seconds.
    let end = Timestamp::from_millisecond(given.expiration).ok().filter(|_| given.expiration > 0);
    let secret = Secret::new(given.secret_access_key.unwrap_or_default());
    let token = Secret::new(given.session_token.unwrap_or_default());
    let end = end.filter(|_| !token.expose().is_empty()).ok_or_else(incomplete)?;
    AccessKeys::new(&given.access_key_id.unwrap_or_default(), secret.expose(), Some(token.expose()), Some(end))
        .map_err(|_| incomplete())
}

pub(super) async fn log_out(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
) -> Result<Answer, CallError> {
    let sent = client(target, http).logout().access_token(access_token.expose()).send().await;
    sent.map(|_| Answer::LoggedOut).map_err(|error| failure::of(&error, &address(target), &[access_token]))
}

fn client(target: &Target, http: SharedHttpClient) -> Portal {
    let mut builder = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(target.region.clone()))
        .use_dual_stack(target.dual_stack)
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts());
    builder.set_endpoint_url(target.endpoints.sso.clone());
    Portal::from_conf(builder.build())
}

fn address(target: &Target) -> String {
    target.endpoints.sso.clone().unwrap_or_else(|| format!("portal.sso.{}", target.region))
}

//! The portal: signing out (aws-sessions.md 4).

use super::{failure, timeouts};
use aws_sdk_sso::Client as Portal;
use aws_sdk_sso::config::retry::RetryConfig;
use aws_sdk_sso::config::{BehaviorVersion, Config, Region};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use relight_core::flow::{Answer, CallError, Target};
use relight_core::secret::Secret;

pub(super) async fn log_out(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
) -> Result<Answer, CallError> {
    let mut builder = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(target.region.clone()))
        .use_dual_stack(target.dual_stack)
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts());
    builder.set_endpoint_url(target.endpoints.sso.clone());
    let address = target.endpoints.sso.clone().unwrap_or_else(|| format!("portal.sso.{}", target.region));
    let sent = Portal::from_conf(builder.build()).logout().access_token(access_token.expose()).send().await;
    sent.map(|_| Answer::LoggedOut).map_err(|error| failure::of(&error, &address, &[access_token]))
}

//! The portal: signing out (aws-sessions.md 4).

use super::{failure, timeouts};
use aws_sdk_sso::Client as Portal;
use aws_sdk_sso::config::retry::RetryConfig;
use aws_sdk_sso::config::{BehaviorVersion, Config, Region};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use relight_core::endpoint::Api;
use relight_core::flow::{Answer, CallError, Target};
use relight_core::secret::Secret;

pub(super) async fn log_out(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
) -> Result<Answer, CallError> {
    let address = target.endpoint(Api::Sso)?.url;
    let configuration = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(target.region.clone()))
        .endpoint_url(&address)
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts())
        .build();
    let sent = Portal::from_conf(configuration).logout().access_token(access_token.expose()).send().await;
    sent.map(|_| Answer::LoggedOut).map_err(|error| failure::of(&error, &address, &[access_token]))
}

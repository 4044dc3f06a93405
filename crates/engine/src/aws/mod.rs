//! Calls to AWS: sso-oidc and the portal, through the SDK's clients, built from an explicit configuration. The SDK's
//! own profile chain is never used: it would write token files in place and start processes. Its retries are off:
//! retries and pauses are the core's decisions.

mod failure;
mod oidc;
mod portal;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::timeout::TimeoutConfig;
use relight_core::flow::{Answer, Call, CallError, Operation};
use std::sync::OnceLock;
use std::time::Duration;

/// Until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Until the whole answer is there.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// Makes calls. The HTTP client, with the system's certificates, is made at the first one.
#[derive(Debug, Default)]
pub struct Aws {
    http: OnceLock<SharedHttpClient>,
}

impl Aws {
    /// Makes `call`.
    pub async fn call(&self, call: Call) -> Result<Answer, CallError> {
        let http = self.http.get_or_init(http_client).clone();
        match call.operation {
            Operation::Logout { access_token } => portal::log_out(&call.target, http, &access_token).await,
            operation => oidc::call(&call.target, http, operation).await,
        }
    }
}

/// With the system's certificates, and through the proxy that `HTTPS_PROXY` and its like name.
fn http_client() -> SharedHttpClient {
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector.tls_provider(Provider::Rustls(CryptoMode::Ring)).build()
    })
}

/// The limits that both services' clients share.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).operation_timeout(ANSWER_TIMEOUT).build()
}

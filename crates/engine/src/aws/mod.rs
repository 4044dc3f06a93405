//! Calls to AWS: sso-oidc, the portal and signin, through the SDK's clients, built from an explicit configuration: the
//! core names the address of each call. The SDK's
//! own profile chain is never used: it would write token files in place and start processes. Its retries are off:
//! retries and pauses are the core's decisions.

mod certificates;
mod dpop;
mod failure;
mod oidc;
mod portal;
mod signin;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::timeout::TimeoutConfig;
use relight_core::flow::{Answer, Call, CallError, ErrorKind, Operation};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

/// Until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Until the whole answer is there.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// Makes calls. The HTTP client, with its certificates, is made at the first one.
#[derive(Debug, Default)]
pub struct Aws {
    http: OnceLock<SharedHttpClient>,
    ca_bundle: Option<PathBuf>,
}

impl Aws {
    /// Trusts the certificates in the file `ca_bundle`, else the system's.
    pub fn new(ca_bundle: Option<PathBuf>) -> Self {
        Self { http: OnceLock::new(), ca_bundle }
    }

    /// Makes `call`.
    pub async fn call(&self, call: Call) -> Result<Answer, CallError> {
        let http = self.client(&call)?;
        match call.operation {
            Operation::Logout { access_token } => portal::log_out(&call.target, http, &access_token).await,
            Operation::RefreshLogin { client_id, refresh_token, dpop_key } => {
                signin::refresh(&call.target, http, client_id, &refresh_token, &dpop_key).await
            }
            Operation::RedeemLoginCode { client_id, code, redirect_uri, verifier } => {
                signin::redeem(&call.target, http, client_id, &code, redirect_uri, &verifier).await
            }
            operation => oidc::call(&call.target, http, operation).await,
        }
    }

    /// A bundle that cannot be used is looked at again with the next call.
    fn client(&self, call: &Call) -> Result<SharedHttpClient, CallError> {
        if let Some(http) = self.http.get() {
            return Ok(http.clone());
        }
        let tls = certificates::trust(self.ca_bundle.as_deref()).map_err(|said| CallError {
            kind: ErrorKind::Network,
            address: call.target.address(),
            said,
        })?;
        Ok(self.http.get_or_init(|| http_client(tls)).clone())
    }
}

/// Through the proxy that `HTTPS_PROXY` and its like name.
fn http_client(tls: TlsContext) -> SharedHttpClient {
    Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls.clone()).build()
    })
}

/// The answer is whole JSON, but not what the operation promises.
fn incomplete(address: &str, what: &str) -> CallError {
    CallError { kind: ErrorKind::Incomplete, address: failure::shown_address(address), said: what.to_owned() }
}

/// The limits that the services' clients share.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).operation_timeout(ANSWER_TIMEOUT).build()
}

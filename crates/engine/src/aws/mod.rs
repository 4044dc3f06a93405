//! Calls to AWS: sso-oidc, the portal, sts and signin, through the SDK's clients, built from an explicit configuration:
//! the core names the address of each call. The SDK's
//! own profile chain is never used: it would write token files in place and start processes. Its retries are off:
//! retries and pauses are the core's decisions.

mod certificates;
mod date;
mod dpop;
mod failure;
mod identity;
mod oidc;
mod portal;
mod signin;
mod start_url;
mod sts;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpClient};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::timeout::TimeoutConfig;
use relight_core::config::AssumeRole;
use relight_core::credentials::{AccessKeys, Assumed, CallFailure, Sts};
use relight_core::doctor::Identity;
use relight_core::flow::{Answer, Call, CallError, ErrorKind, Operation, Target};
use relight_core::secret::Secret;
use relight_core::time::{SignedDuration, Timestamp};
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
    skew: date::Skew,
}

impl Aws {
    /// Trusts the certificates in the file `ca_bundle`, else the system's.
    pub fn new(ca_bundle: Option<PathBuf>) -> Self {
        Self { http: OnceLock::new(), ca_bundle, skew: date::Skew::default() }
    }

    /// Makes `call`.
    pub async fn call(&self, call: Call) -> Result<Answer, CallError> {
        let address = call.target.address();
        if let Operation::ResolveStartUrl { start_url } = &call.operation {
            return start_url::resolve(&call.target, connector(&self.trust(&address)?, None, None), start_url).await;
        }
        let http = self.client(&address)?;
        match call.operation {
            Operation::Logout { access_token } => portal::log_out(&call.target, http, &access_token).await,
            Operation::ListAccounts { access_token, next_token } => {
                portal::list_accounts(&call.target, http, &access_token, next_token).await
            }
            Operation::ListAccountRoles { access_token, account_id, next_token } => {
                portal::list_account_roles(&call.target, http, &access_token, account_id, next_token).await
            }
            Operation::RefreshLogin { client_id, refresh_token, dpop_key } => {
                signin::refresh(&call.target, http, client_id, &refresh_token, &dpop_key).await
            }
            Operation::RedeemLoginCode { client_id, code, redirect_uri, verifier } => {
                signin::redeem(&call.target, http, client_id, &code, redirect_uri, &verifier).await
            }
            operation => oidc::call(&call.target, http, operation).await,
        }
    }

    /// How far AWS's clock is ahead of this machine's, by AWS's last answer.
    pub fn skew(&self) -> Option<SignedDuration> {
        self.skew.last()
    }

    /// The portal's `GetRoleCredentials`.
    pub async fn role_credentials(
        &self,
        target: &Target,
        access_token: &Secret,
        account_id: &str,
        role_name: &str,
    ) -> Result<AccessKeys, CallFailure> {
        let http = self.client(&target.address()).map_err(|error| called(error, None))?;
        portal::role_credentials(target, http, access_token, account_id, role_name).await
    }

    /// sts `AssumeRole` with `keys`, and the code of an MFA device where it wants one. The session is called
    /// `session_name`.
    pub async fn assume_role(
        &self,
        sts: &Sts,
        request: &AssumeRole,
        session_name: &str,
        keys: &AccessKeys,
        code: Option<&Secret>,
    ) -> Result<Assumed, CallFailure> {
        let http = self.client(&sts.region).map_err(|error| called(error, None))?;
        sts::assume_role(sts, http, request, session_name, keys, code).await
    }

    /// sts `AssumeRoleWithWebIdentity` with the token of another identity provider.
    pub async fn assume_role_with_web_identity(
        &self,
        sts: &Sts,
        request: &AssumeRole,
        session_name: &str,
        token: &Secret,
    ) -> Result<Assumed, CallFailure> {
        let http = self.client(&sts.region).map_err(|error| called(error, None))?;
        sts::assume_role_with_web_identity(sts, http, request, session_name, token).await
    }

    /// sts `GetCallerIdentity` with `keys`, and the time that the answer says.
    pub async fn caller_identity(
        &self,
        sts: &Sts,
        keys: &AccessKeys,
    ) -> (Result<Identity, CallFailure>, Option<Timestamp>) {
        match self.client(&sts.region) {
            Ok(http) => identity::caller_identity(sts, http, keys).await,
            Err(error) => (Err(called(error, None)), None),
        }
    }

    /// A bundle that cannot be used is looked at again with the next call; the failure names `address`.
    fn client(&self, address: &str) -> Result<SharedHttpClient, CallError> {
        if let Some(http) = self.http.get() {
            return Ok(http.clone());
        }
        let tls = self.trust(address)?;
        Ok(self.http.get_or_init(|| date::noted(http_client(tls), self.skew.clone())).clone())
    }

    fn trust(&self, address: &str) -> Result<TlsContext, CallError> {
        certificates::trust(self.ca_bundle.as_deref()).map_err(|said| CallError {
            kind: ErrorKind::Network,
            address: address.to_owned(),
            said,
        })
    }
}

fn http_client(tls: TlsContext) -> SharedHttpClient {
    Builder::new().build_with_connector_fn(move |settings, components| connector(&tls, settings, components))
}

/// Through the proxy that `HTTPS_PROXY` and its like name.
fn connector(
    tls: &TlsContext,
    settings: Option<&HttpConnectorSettings>,
    components: Option<&RuntimeComponents>,
) -> Connector {
    let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env());
    connector.set_connector_settings(settings.cloned());
    connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
    connector.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls.clone()).build()
}

fn called(error: CallError, code: Option<String>) -> CallFailure {
    CallFailure { error, code }
}

/// The limits that all services' clients share.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).operation_timeout(ANSWER_TIMEOUT).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use relight_core::config::Endpoints;
    use relight_core::flow::Target;
    use relight_core::secret::Secret;
    use std::net::TcpListener;

    #[tokio::test(start_paused = true)]
    async fn a_server_that_never_answers_is_a_timeout() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", silent.local_addr().unwrap());
        let endpoints = Endpoints { sso: Some(url.clone()), sso_oidc: Some(url.clone()), ..Endpoints::default() };
        let operations = [
            Operation::RegisterClient { scopes: None, redirect: None },
            Operation::Logout { access_token: Secret::new("token") },
        ];
        for operation in operations {
            let target = Target { region: "us-east-1".into(), endpoints: endpoints.clone() };
            let error = Aws::new(None).call(Call { target, operation }).await.unwrap_err();
            assert_eq!(error.kind, ErrorKind::Timeout, "{error:?}");
            assert!(error.sentence().starts_with(url.trim_start_matches("http://")), "{}", error.sentence());
        }
    }
}

//! The portal: role credentials, what a person may use, and signing out (aws-sessions.md 4).

use super::{called, failure, timeouts};
use aws_sdk_sso::Client as Portal;
use aws_sdk_sso::config::retry::RetryConfig;
use aws_sdk_sso::config::{BehaviorVersion, Config, Region};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use relight_core::accounts::Account;
use relight_core::credentials::{AccessKeys, CallFailure};
use relight_core::endpoint::Api;
use relight_core::flow::{Answer, CallError, Target};
use relight_core::secret::Secret;
use relight_core::time::Timestamp;
use serde_json::{Map, Value};

/// `GetRoleCredentials`
pub(super) async fn role_credentials(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
    account_id: &str,
    role_name: &str,
) -> Result<AccessKeys, CallFailure> {
    let address = target.endpoint(Api::Sso).map_err(|error| called(error, None))?.url;
    let sent = client(target, &address, http)
        .get_role_credentials()
        .access_token(access_token.expose())
        .account_id(account_id)
        .role_name(role_name)
        .send()
        .await;
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

/// The most that the portal gives.
const PAGE: i32 = 100;

pub(super) async fn log_out(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
) -> Result<Answer, CallError> {
    let address = target.endpoint(Api::Sso)?.url;
    let call = client(target, &address, http).logout().access_token(access_token.expose());
    let sent = call.customize().interceptor(OfAws).send().await;
    sent.map(|_| Answer::LoggedOut).map_err(|error| failure::of(&error, &address, &[access_token]))
}

pub(super) async fn list_accounts(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
    next_token: Option<String>,
) -> Result<Answer, CallError> {
    let address = target.endpoint(Api::Sso)?.url;
    let asked = client(target, &address, http).list_accounts().access_token(access_token.expose());
    let sent = asked.max_results(PAGE).set_next_token(next_token).send().await;
    let page = sent.map_err(|error| failure::of(&error, &address, &[access_token]))?;
    let accounts = page.account_list.unwrap_or_default().into_iter().filter_map(|account| {
        let name = account.account_name.unwrap_or_default();
        Some(Account { id: account.account_id?, name, email: account.email_address, roles: Vec::new() })
    });
    Ok(Answer::Accounts { accounts: accounts.collect(), next_token: more(page.next_token) })
}

pub(super) async fn list_account_roles(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
    account_id: String,
    next_token: Option<String>,
) -> Result<Answer, CallError> {
    let address = target.endpoint(Api::Sso)?.url;
    let asked =
        client(target, &address, http).list_account_roles().access_token(access_token.expose()).account_id(account_id);
    let sent = asked.max_results(PAGE).set_next_token(next_token).send().await;
    let page = sent.map_err(|error| failure::of(&error, &address, &[access_token]))?;
    let roles = page.role_list.unwrap_or_default().into_iter().filter_map(|role| role.role_name);
    Ok(Answer::AccountRoles { roles: roles.collect(), next_token: more(page.next_token) })
}

/// An empty token means the same as none.
fn more(next_token: Option<String>) -> Option<String> {
    next_token.filter(|token| !token.is_empty())
}

fn client(target: &Target, address: &str, http: SharedHttpClient) -> Portal {
    let configuration = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(target.region.clone()))
        .endpoint_url(address)
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts())
        .build();
    Portal::from_conf(configuration)
}

/// The SDK takes any answer to `Logout` that says 200, also a web page of a proxy: AWS's own is empty, or an object.
#[derive(Debug)]
struct OfAws;

impl Intercept for OfAws {
    fn name(&self) -> &'static str {
        "OfAws"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response().body().bytes().unwrap_or_default();
        let is_of_aws = body.is_empty() || serde_json::from_slice::<Map<String, Value>>(body).is_ok();
        // What fails is told by its status anyway.
        if is_of_aws || !context.response().status().is_success() { Ok(()) } else { Err("no answer of AWS".into()) }
    }
}

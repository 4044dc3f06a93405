//! The portal: signing out, and what a person may use (aws-sessions.md 4).

use super::{failure, timeouts};
use aws_sdk_sso::Client as Portal;
use aws_sdk_sso::config::retry::RetryConfig;
use aws_sdk_sso::config::{BehaviorVersion, Config, Region};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use relight_core::accounts::Account;
use relight_core::flow::{Answer, CallError, Target};
use relight_core::secret::Secret;

/// The most that the portal gives.
const PAGE: i32 = 100;

pub(super) async fn log_out(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
) -> Result<Answer, CallError> {
    let sent = portal(target, http).logout().access_token(access_token.expose()).send().await;
    sent.map(|_| Answer::LoggedOut).map_err(|error| failure::of(&error, &address(target), &[access_token]))
}

pub(super) async fn list_accounts(
    target: &Target,
    http: SharedHttpClient,
    access_token: &Secret,
    next_token: Option<String>,
) -> Result<Answer, CallError> {
    let asked = portal(target, http).list_accounts().access_token(access_token.expose());
    let sent = asked.max_results(PAGE).set_next_token(next_token).send().await;
    let page = sent.map_err(|error| failure::of(&error, &address(target), &[access_token]))?;
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
    let asked = portal(target, http).list_account_roles().access_token(access_token.expose()).account_id(account_id);
    let sent = asked.max_results(PAGE).set_next_token(next_token).send().await;
    let page = sent.map_err(|error| failure::of(&error, &address(target), &[access_token]))?;
    let roles = page.role_list.unwrap_or_default().into_iter().filter_map(|role| role.role_name);
    Ok(Answer::AccountRoles { roles: roles.collect(), next_token: more(page.next_token) })
}

/// An empty token means the same as none.
fn more(next_token: Option<String>) -> Option<String> {
    next_token.filter(|token| !token.is_empty())
}

fn portal(target: &Target, http: SharedHttpClient) -> Portal {
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

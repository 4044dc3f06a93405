//! sso-oidc: registration, device authorization, tokens (aws-sessions.md 3.1).

use super::failure::{self, incomplete};
use super::timeouts;
use aws_sdk_ssooidc::Client as Oidc;
use aws_sdk_ssooidc::config::retry::RetryConfig;
use aws_sdk_ssooidc::config::{BehaviorVersion, Config, Region};
use aws_sdk_ssooidc::operation::create_token::CreateTokenOutput;
use aws_sdk_ssooidc::operation::register_client::RegisterClientOutput;
use aws_sdk_ssooidc::operation::start_device_authorization::StartDeviceAuthorizationOutput;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use relight_core::endpoint::Api;
use relight_core::flow::{Answer, CallError, Client, Operation, Redirect, Target};
use relight_core::secret::Secret;
use relight_core::time::Timestamp;

/// Shown to the person at AWS's page.
const CLIENT_NAME: &str = "Relight";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

pub(super) async fn call(target: &Target, http: SharedHttpClient, operation: Operation) -> Result<Answer, CallError> {
    let address = target.endpoint(Api::SsoOidc)?.url;
    let oidc = Oidc::from_conf(configuration(target, &address, http));
    match operation {
        Operation::RegisterClient { scopes, redirect } => {
            let mut client = oidc.register_client().client_name(CLIENT_NAME).client_type("public").set_scopes(scopes);
            if let Some(Redirect { grants, uri, issuer }) = redirect {
                client = client.set_grant_types(Some(grants)).redirect_uris(uri).issuer_url(issuer);
            }
            let sent = client.send().await;
            registered(sent.map_err(|error| failure::of(&error, &address, &[]))?, &address)
        }
        Operation::StartDeviceAuthorization { client, start_url } => {
            let sent = oidc
                .start_device_authorization()
                .client_id(client.id)
                .client_secret(client.secret.expose())
                .start_url(start_url)
                .send()
                .await;
            started(sent.map_err(|error| failure::of(&error, &address, &[&client.secret]))?, &address)
        }
        Operation::CreateToken { client, device_code } => {
            let sent = oidc
                .create_token()
                .client_id(client.id)
                .client_secret(client.secret.expose())
                .grant_type(DEVICE_CODE)
                .device_code(device_code.expose())
                .send()
                .await;
            token(sent.map_err(|error| failure::of(&error, &address, &[&client.secret, &device_code]))?, &address)
        }
        Operation::RedeemCode { client, code, redirect_uri, verifier } => {
            let sent = oidc
                .create_token()
                .client_id(client.id)
                .client_secret(client.secret.expose())
                .grant_type("authorization_code")
                .code(code.expose())
                .redirect_uri(redirect_uri)
                .code_verifier(verifier.expose())
                .send()
                .await;
            let secrets = [&client.secret, &code, &verifier];
            token(sent.map_err(|error| failure::of(&error, &address, &secrets))?, &address)
        }
        Operation::RefreshToken { client, refresh_token } => {
            let sent = oidc
                .create_token()
                .client_id(client.id)
                .client_secret(client.secret.expose())
                .grant_type("refresh_token")
                .refresh_token(refresh_token.expose())
                .send()
                .await;
            token(sent.map_err(|error| failure::of(&error, &address, &[&client.secret, &refresh_token]))?, &address)
        }
        Operation::Logout { .. }
        | Operation::ListAccounts { .. }
        | Operation::ListAccountRoles { .. }
        | Operation::RefreshLogin { .. }
        | Operation::RedeemLoginCode { .. }
        | Operation::ResolveStartUrl { .. } => Err(incomplete(&address, "no such operation here")),
    }
}

fn configuration(target: &Target, address: &str, http: SharedHttpClient) -> Config {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(target.region.clone()))
        .endpoint_url(address)
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts())
        .build()
}

fn registered(output: RegisterClientOutput, address: &str) -> Result<Answer, CallError> {
    let expires_at = Timestamp::from_second(output.client_secret_expires_at)
        .map_err(|_| incomplete(address, "an impossible end of the registration"))?;
    match (output.client_id, output.client_secret) {
        (Some(id), Some(secret)) => {
            Ok(Answer::Registered { client: Client { id, secret: Secret::new(secret) }, expires_at })
        }
        _ => Err(incomplete(address, "a registration without id or secret")),
    }
}

fn started(output: StartDeviceAuthorizationOutput, address: &str) -> Result<Answer, CallError> {
    let (Some(device_code), Some(user_code), Some(verification_uri)) =
        (output.device_code, output.user_code, output.verification_uri)
    else {
        return Err(incomplete(address, "a device authorization without its codes or address"));
    };
    Ok(Answer::Started {
        device_code: Secret::new(device_code),
        user_code,
        verification_uri_complete: output.verification_uri_complete.unwrap_or_else(|| verification_uri.clone()),
        verification_uri,
        expires_in: output.expires_in.into(),
        interval: (output.interval > 0).then_some(output.interval.into()),
    })
}

fn token(output: CreateTokenOutput, address: &str) -> Result<Answer, CallError> {
    match output.access_token {
        Some(access_token) if output.expires_in > 0 && is_token(&access_token) => Ok(Answer::Token {
            access_token: Secret::new(access_token),
            expires_in: output.expires_in.into(),
            refresh_token: output.refresh_token.filter(|text| is_token(text)).map(Secret::new),
        }),
        _ => Err(incomplete(address, "a token answer without token or lifetime")),
    }
}

/// What can stand in a header, as bearer tokens do.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

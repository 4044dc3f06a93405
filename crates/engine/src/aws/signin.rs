//! signin: the keys of `aws login` (aws-sessions.md 2.5).

use super::dpop::Key;
use super::failure::{self, incomplete};
use super::timeouts;
use crate::clock;
use aws_sdk_signin::Client as Signin;
use aws_sdk_signin::config::retry::RetryConfig;
use aws_sdk_signin::config::{BehaviorVersion, Config, Region};
use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;
use aws_sdk_signin::types::CreateOAuth2TokenResponseBody;
use aws_sdk_signin::types::builders::CreateOAuth2TokenRequestBodyBuilder;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use relight_core::cache::LoginKeys;
use relight_core::endpoint::Api;
use relight_core::flow::{Answer, CallError, ErrorKind, Target};
use relight_core::secret::Secret;

/// `CreateOAuth2Token` with a refresh token.
pub(super) async fn refresh(
    target: &Target,
    http: SharedHttpClient,
    client_id: String,
    refresh_token: &Secret,
    dpop_key: &Secret,
) -> Result<Answer, CallError> {
    let address = target.endpoint(Api::Signin)?.url;
    let bad_key = |said| CallError { kind: ErrorKind::BadKey, address: failure::shown_address(&address), said };
    let key = Key::read(dpop_key).map_err(bad_key)?;
    let input = CreateOAuth2TokenRequestBody::builder()
        .client_id(client_id)
        .grant_type("refresh_token")
        .refresh_token(refresh_token.expose());
    create_token(configuration(target, &address, http), &address, input, key, &[refresh_token]).await
}

/// `CreateOAuth2Token` with an authorization code, and a key that is made for it.
pub(super) async fn redeem(
    target: &Target,
    http: SharedHttpClient,
    client_id: String,
    code: &Secret,
    redirect_uri: String,
    verifier: &Secret,
) -> Result<Answer, CallError> {
    let address = target.endpoint(Api::Signin)?.url;
    let made = Key::new().and_then(|key| Ok((key.pem()?, key)));
    let (pem, key) = made.map_err(|said| {
        let address = failure::shown_address(&address);
        CallError { kind: ErrorKind::Other, address, said: format!("no key could be made for it ({said})") }
    })?;
    let input = CreateOAuth2TokenRequestBody::builder()
        .client_id(client_id)
        .grant_type("authorization_code")
        .code(code.expose())
        .redirect_uri(redirect_uri)
        .code_verifier(verifier.expose());
    let answer = create_token(configuration(target, &address, http), &address, input, key, &[code, verifier]).await?;
    Ok(match answer {
        Answer::Keys { keys, expires_in, refresh_token, id_token, dpop_key: _ } => {
            Answer::Keys { keys, expires_in, refresh_token, id_token, dpop_key: Some(pem) }
        }
        other => other,
    })
}

async fn create_token(
    configuration: Config,
    address: &str,
    input: CreateOAuth2TokenRequestBodyBuilder,
    key: Key,
    secrets: &[&Secret],
) -> Result<Answer, CallError> {
    let input = input.build().map_err(|error| incomplete(address, &error.to_string()))?;
    let call = Signin::from_conf(configuration).create_o_auth2_token().token_input(input);
    // The proof names the address, which is known once the SDK has found it.
    let sent = call.customize().mutate_request(move |request| {
        let proof = key.prove(request.method(), request.uri(), clock::now());
        match proof.map(|proof| request.headers_mut().try_insert("DPoP", proof)) {
            Ok(Ok(_)) => {}
            // Without it AWS refuses the call, and says so.
            Ok(Err(error)) => tracing::warn!("the proof of a call cannot be sent: {error}"),
            Err(error) => tracing::warn!("a call cannot be proved: {error}"),
        }
    });
    let output = sent.send().await.map_err(|error| failure::of(&error, address, secrets))?;
    output
        .token_output
        .and_then(keys)
        .ok_or_else(|| incomplete(address, "an answer without keys, their lifetime or a refresh token"))
}

fn keys(output: CreateOAuth2TokenResponseBody) -> Option<Answer> {
    let keys = output.access_token?;
    let whole = [&keys.access_key_id, &keys.secret_access_key, &keys.session_token, &output.refresh_token];
    if output.expires_in <= 0 || whole.into_iter().any(String::is_empty) {
        return None;
    }
    Some(Answer::Keys {
        keys: LoginKeys {
            access_key_id: Secret::new(keys.access_key_id),
            secret_access_key: Secret::new(keys.secret_access_key),
            session_token: Secret::new(keys.session_token),
        },
        expires_in: output.expires_in.into(),
        refresh_token: Secret::new(output.refresh_token),
        id_token: output.id_token.map(Secret::new),
        dpop_key: None,
    })
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

//! What a failed call means. Texts of servers are cleaned before anybody sees them: no control characters, a sentence
//! or two, and none of the secrets that were sent.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use relight_core::flow::{CallError, ErrorKind};
use relight_core::secret::Secret;
use serde::Deserialize;
use std::error::Error;

/// No more of a server's words than this is shown.
const LONGEST: usize = 300;

pub(super) fn of<E: ProvideErrorMetadata + Error + 'static>(
    error: &SdkError<E, HttpResponse>,
    address: &str,
    secrets: &[&Secret],
) -> CallError {
    let (kind, said) = match error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let body = Body::read(answer.raw());
            let of_login = body.error.as_deref().and_then(kind_of_login);
            match answer.err().code().or(body.error.as_deref()) {
                Some(code) => {
                    let said = answer.err().message().or(body.error_description.as_deref()).unwrap_or(code);
                    (of_login.unwrap_or_else(|| kind_of(code, status)), said.to_owned())
                }
                None => (
                    if status >= 500 { ErrorKind::ServerError } else { ErrorKind::BadAnswer },
                    format!("HTTP status {status}"),
                ),
            }
        }
        SdkError::TimeoutError(_) => (ErrorKind::Timeout, "no answer in time".to_owned()),
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(error) => of_connection(error),
            None => (ErrorKind::Network, "no connection".to_owned()),
        },
        SdkError::ResponseError(answer) => {
            (ErrorKind::BadAnswer, format!("HTTP status {}", answer.raw().status().as_u16()))
        }
        other => (ErrorKind::Other, innermost(other)),
    };
    CallError { kind, address: shown_address(address), said: clean(&said, secrets) }
}

/// A request without an SDK's client that brought no answer.
pub(super) fn of_connector(error: &ConnectorError, address: &str) -> CallError {
    let (kind, said) = of_connection(error);
    CallError { kind, address: shown_address(address), said: clean(&said, &[]) }
}

fn of_connection(error: &ConnectorError) -> (ErrorKind, String) {
    if error.is_timeout() {
        (ErrorKind::Timeout, "no answer in time".to_owned())
    } else {
        (ErrorKind::Network, innermost(error))
    }
}

/// AWS's own code, such as `AccessDenied`, where it gave one.
pub(super) fn code_of<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<String> {
    match error {
        SdkError::ServiceError(answer) => answer.err().code().map(|code| bare(code).to_owned()),
        _ => None,
    }
}

/// The answer is whole, but not what the operation promises.
pub(super) fn incomplete(address: &str, what: &str) -> CallError {
    CallError { kind: ErrorKind::Incomplete, address: shown_address(address), said: what.to_owned() }
}

/// The members that all sso-oidc errors have (aws-sessions.md 3.6), and `error` those of signin (2.5); the SDK keeps
/// them in each error's own type.
#[derive(Default, Deserialize)]
struct Body {
    error: Option<String>,
    error_description: Option<String>,
}

impl Body {
    fn read(answer: &HttpResponse) -> Self {
        answer.body().bytes().and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
    }
}

/// What the one `AccessDeniedException` of signin means, by its member `error` (aws-sessions.md 2.5).
fn kind_of_login(error: &str) -> Option<ErrorKind> {
    match error {
        "TOKEN_EXPIRED" => Some(ErrorKind::LoginOver),
        "AUTHCODE_EXPIRED" => Some(ErrorKind::InvalidGrant),
        "USER_CREDENTIALS_CHANGED" => Some(ErrorKind::CredentialsChanged),
        "INSUFFICIENT_PERMISSIONS" => Some(ErrorKind::NotPermitted),
        _ => None,
    }
}

/// The code without namespace and suffix, as in `com.amazonaws.ssooidc#SlowDownException:http…`.
fn bare(code: &str) -> &str {
    code.rsplit('#').next().unwrap_or(code).split(':').next().unwrap_or(code)
}

fn kind_of(code: &str, status: u16) -> ErrorKind {
    match bare(code) {
        "AuthorizationPendingException" | "authorization_pending" => ErrorKind::AuthorizationPending,
        "SlowDownException" | "slow_down" => ErrorKind::SlowDown,
        "ExpiredTokenException" | "expired_token" => ErrorKind::ExpiredToken,
        "AccessDeniedException" | "access_denied" => ErrorKind::AccessDenied,
        "InvalidGrantException" | "invalid_grant" => ErrorKind::InvalidGrant,
        "InvalidClientException" | "invalid_client" => ErrorKind::InvalidClient,
        "UnauthorizedClientException" | "unauthorized_client" => ErrorKind::UnauthorizedClient,
        "InvalidRequestException" | "invalid_request" => ErrorKind::InvalidRequest,
        "InvalidScopeException" | "invalid_scope" => ErrorKind::InvalidScope,
        "UnsupportedGrantTypeException"
        | "unsupported_grant_type"
        | "InvalidClientMetadataException"
        | "invalid_client_metadata"
        | "InvalidRedirectUriException"
        | "invalid_redirect_uri" => ErrorKind::Unsupported,
        "UnauthorizedException" => ErrorKind::Unauthorized,
        "ForbiddenException" => ErrorKind::Forbidden,
        "TooManyRequestsException" | "ThrottlingException" | "Throttling" | "RequestLimitExceeded" => {
            ErrorKind::TooManyRequests
        }
        "InternalServerException" => ErrorKind::ServerError,
        _ if status == 429 => ErrorKind::TooManyRequests,
        _ if status >= 500 => ErrorKind::ServerError,
        _ => ErrorKind::Other,
    }
}

/// The last cause names the thing: "connection refused" rather than "dispatch failure".
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// Host and port alone: a URL may hold a password.
pub(super) fn shown_address(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.rsplit('@').next().unwrap_or(host).to_owned()
}

fn clean(text: &str, secrets: &[&Secret]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.expose().is_empty()) {
        text = text.replace(secret.expose(), "…");
    }
    let text: String =
        text.chars().map(|character| if character.is_control() { ' ' } else { character }).take(LONGEST).collect();
    text.trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_in_each_spelling() {
        assert_eq!(kind_of("com.amazonaws.ssooidc#SlowDownException", 400), ErrorKind::SlowDown);
        assert_eq!(kind_of("InvalidGrantException:http://internal/", 400), ErrorKind::InvalidGrant);
        assert_eq!(kind_of("Whatever", 503), ErrorKind::ServerError);
        assert_eq!(kind_of("Whatever", 400), ErrorKind::Other);
    }

    #[test]
    fn what_a_server_said_is_cleaned() {
        let secret = Secret::new("s3cr3t");
        assert_eq!(clean("bad \u{1b}[31ms3cr3t\nthing.", &[&secret]), "bad  [31m… thing");
        assert_eq!(clean(&"x".repeat(5000), &[]).len(), LONGEST);
        assert_eq!(shown_address("https://me:pw@host:8443/path?x"), "host:8443");
    }
}

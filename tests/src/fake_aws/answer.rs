//! What goes back to the client: an answer, or a refusal in the words of the protocol.

use std::time::Duration;

use serde_json::{Value, json};

use super::operation::Protocol;
use super::pages;

/// A whole HTTP answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json(body: &Value) -> Self {
        Self::new(200, "application/json", body.to_string())
    }

    pub(super) fn xml(body: String) -> Self {
        Self::new(200, "text/xml", body)
    }

    pub(super) fn html(body: String) -> Self {
        Self::new(200, "text/html; charset=utf-8", body)
    }

    pub(super) fn redirect(to: String) -> Self {
        let mut answer = Self::new(302, "text/plain", String::new());
        answer.headers.push(("location", to));
        answer
    }

    pub(super) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("content-type", content_type.to_owned())], body: body.into() }
    }

    fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

/// What the server does with a request.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Send this.
    Answer(Answer),
    /// Send this after a while.
    Late(Answer, Duration),
    /// Send the first half of this and break the connection.
    Torn(Answer),
    /// Send nothing and close the connection.
    Closed,
    /// Send nothing and keep the connection.
    Silence,
}

/// An error of a service: its HTTP status, its name in the model, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// A request that lacks something or is malformed; sso-oidc and the portal name it alike.
    pub(super) fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidRequestException", message)
    }

    pub(super) fn invalid_client() -> Self {
        Self::new(401, "InvalidClientException", "Invalid client provided")
    }

    pub(super) fn invalid_grant(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidGrantException", message)
    }

    pub(super) fn unauthorized_client() -> Self {
        Self::new(400, "UnauthorizedClientException", "The client is not registered for this grant type")
    }

    /// The refusal as an answer. `request_id` shows in the errors of sts.
    pub(super) fn in_words_of(&self, protocol: Protocol, request_id: &str) -> Answer {
        let mut answer = match protocol {
            Protocol::Oidc => Answer::json(&json!({
                "error": oauth_error(self.code),
                "error_description": self.message,
            })),
            Protocol::Portal => Answer::json(&json!({ "message": self.message })),
            Protocol::Signin => Answer::json(&json!({
                "error": signin_error(self.code),
                "message": self.message,
            })),
            Protocol::Sts => return self.as_xml(request_id),
            Protocol::Page => {
                let page = pages::notice("This did not work", &self.message);
                return Answer::html(page).with_status(self.status);
            }
        };
        let error_type = match self.code {
            // These are the `error` of one exception.
            "TOKEN_EXPIRED" | "AUTHCODE_EXPIRED" | "USER_CREDENTIALS_CHANGED" | "INSUFFICIENT_PERMISSIONS" => {
                "AccessDeniedException".to_owned()
            }
            code => code.to_owned(),
        };
        answer.headers.push(("x-amzn-ErrorType", error_type));
        answer.with_status(self.status)
    }

    fn as_xml(&self, request_id: &str) -> Answer {
        let side = if self.status < 500 { "Sender" } else { "Receiver" };
        let (code, message) = (self.code, pages::escape(&self.message));
        Answer::xml(format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  \
               <Error>\n    \
                 <Type>{side}</Type>\n    \
                 <Code>{code}</Code>\n    \
                 <Message>{message}</Message>\n  \
               </Error>\n  \
               <RequestId>{request_id}</RequestId>\n\
             </ErrorResponse>\n"
        ))
        .with_status(self.status)
    }
}

/// The member `error` of an exception of signin, where its name is not that already.
fn signin_error(code: &'static str) -> &'static str {
    match code {
        "ValidationException" => "INVALID_REQUEST",
        "TooManyRequestsError" => "rate_exceeded",
        "InternalServerException" => "server_error",
        code => code,
    }
}

/// OAuth's name of an sso-oidc error (aws-sessions.md 3.6).
fn oauth_error(code: &str) -> &'static str {
    match code {
        "AuthorizationPendingException" => "authorization_pending",
        "SlowDownException" => "slow_down",
        "ExpiredTokenException" => "expired_token",
        "AccessDeniedException" => "access_denied",
        "InvalidGrantException" => "invalid_grant",
        "InvalidClientException" => "invalid_client",
        "UnauthorizedClientException" => "unauthorized_client",
        "UnsupportedGrantTypeException" => "unsupported_grant_type",
        "InvalidScopeException" => "invalid_scope",
        "InvalidClientMetadataException" => "invalid_client_metadata",
        "InvalidRedirectUriException" => "invalid_redirect_uri",
        "InternalServerException" => "server_error",
        _ => "invalid_request",
    }
}

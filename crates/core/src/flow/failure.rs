//! What a failed call means (aws-sessions.md 3.6, 4, 2.5).

use alloc::format;
use alloc::string::String;

/// A call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallError {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// Whom we asked: a host, or an address and port.
    pub address: String,
    /// What it said, cleaned of control characters and cut to a sentence or two.
    pub said: String,
}

/// The failures that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `AuthorizationPendingException`
    AuthorizationPending,
    /// `SlowDownException`
    SlowDown,
    /// `ExpiredTokenException`
    ExpiredToken,
    /// `AccessDeniedException`
    AccessDenied,
    /// `InvalidGrantException`
    InvalidGrant,
    /// `InvalidClientException`
    InvalidClient,
    /// `UnauthorizedClientException`
    UnauthorizedClient,
    /// `InvalidRequestException`
    InvalidRequest,
    /// `InvalidScopeException`
    InvalidScope,
    /// `UnsupportedGrantTypeException`, `InvalidClientMetadataException` or `InvalidRedirectUriException`: this way of
    /// signing in is not to be had here.
    Unsupported,
    /// The portal's `UnauthorizedException`
    Unauthorized,
    /// The portal's `ForbiddenException`: signed in, but not assigned.
    Forbidden,
    /// signin: the session of `aws login` is over (`TOKEN_EXPIRED`)
    LoginOver,
    /// signin: the person has another password, or other permissions (`USER_CREDENTIALS_CHANGED`)
    CredentialsChanged,
    /// signin: `INSUFFICIENT_PERMISSIONS`
    NotPermitted,
    /// The key in the file does not sign proofs.
    BadKey,
    /// Throttled.
    TooManyRequests,
    /// An internal error of AWS.
    ServerError,
    /// No connection, or it broke.
    Network,
    /// No answer in time.
    Timeout,
    /// An answer that is not AWS's: a captive portal, a proxy.
    BadAnswer,
    /// An answer that lacks what the operation promises.
    Incomplete,
    /// Nobody was asked: there is no address for the call.
    NoEndpoint,
    /// A start URL that leads to no portal of AWS's.
    StartUrl,
    /// Any other error of AWS.
    Other,
}

impl CallError {
    /// Whether the same call may succeed later.
    pub fn passes(&self) -> bool {
        use ErrorKind as Kind;
        match self.kind {
            Kind::TooManyRequests
            | Kind::ServerError
            | Kind::Network
            | Kind::Timeout
            | Kind::BadAnswer
            | Kind::SlowDown => true,
            Kind::AuthorizationPending
            | Kind::ExpiredToken
            | Kind::AccessDenied
            | Kind::InvalidGrant
            | Kind::InvalidClient
            | Kind::UnauthorizedClient
            | Kind::InvalidRequest
            | Kind::InvalidScope
            | Kind::Unsupported
            | Kind::Unauthorized
            | Kind::Forbidden
            | Kind::LoginOver
            | Kind::CredentialsChanged
            | Kind::NotPermitted
            | Kind::BadKey
            | Kind::Incomplete
            | Kind::NoEndpoint
            | Kind::StartUrl
            | Kind::Other => false,
        }
    }

    /// What failed, without a full stop, for a sentence that says by itself what to do.
    pub fn cause(&self) -> String {
        let (address, said) = (&self.address, &self.said);
        match self.kind {
            ErrorKind::Network => format!("{address} cannot be reached: {said}"),
            ErrorKind::Timeout => format!("{address} did not answer in time"),
            _ => format!("{address} said: {said}"),
        }
    }

    /// The failure in a sentence, and what to do.
    pub fn sentence(&self) -> String {
        use ErrorKind as Kind;
        let (address, said) = (&self.address, &self.said);
        match self.kind {
            Kind::Network => format!("{address} cannot be reached: {said}. Check the network, VPN and proxy."),
            Kind::Timeout => format!("{address} did not answer in time. Check the network, VPN and proxy."),
            Kind::BadAnswer => format!(
                "{address} gave an answer that is not AWS's ({said}). A proxy or a Wi-Fi sign-in page may be in between: open any web page to see it."
            ),
            Kind::TooManyRequests | Kind::SlowDown => {
                format!("{address} asks to slow down ({said}). Try again in a minute.")
            }
            Kind::ServerError => format!("{address} has an error of its own: {said}. Try again in a few minutes."),
            Kind::InvalidRequest => {
                format!("{address} refused the request: {said}. Check sso_start_url and sso_region.")
            }
            Kind::InvalidScope => format!("{address} refused the scopes: {said}. Check sso_registration_scopes."),
            Kind::Incomplete => {
                format!(
                    "{address} gave an answer without what it promises: {said}. Try again; a proxy may be in between."
                )
            }
            Kind::NoEndpoint => format!("{said}."),
            Kind::StartUrl => format!(
                "{said}. Set it to the address of your access portal, such as https://example.awsapps.com/start."
            ),
            Kind::AccessDenied => {
                format!("{address} denied the sign-in: {said}. Ask whoever administers your access to AWS.")
            }
            Kind::CredentialsChanged => "Your password or your permissions have changed since the sign-in.".into(),
            Kind::NotPermitted => format!(
                "{address} may not give you keys: {said}. Ask your administrator for the policy \
                 SignInLocalDevelopmentAccess, which permits signin:CreateOAuth2Token."
            ),
            Kind::BadKey => format!("The token file's dpopKey cannot be used: {said}. Sign in again."),
            Kind::LoginOver
            | Kind::AuthorizationPending
            | Kind::ExpiredToken
            | Kind::InvalidGrant
            | Kind::InvalidClient
            | Kind::UnauthorizedClient
            | Kind::Unauthorized => format!("{address} said: {said}. Sign in again."),
            Kind::Unsupported | Kind::Forbidden | Kind::Other => format!(
                "{address} said: {said}. Try again; if it says the same, ask whoever administers your access to AWS."
            ),
        }
    }
}

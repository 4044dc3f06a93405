//! Which operation a request asks for.

/// An operation of the fake AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// sso-oidc: `POST /client/register`
    RegisterClient,
    /// sso-oidc: `POST /device_authorization`
    StartDeviceAuthorization,
    /// sso-oidc: `POST /token`
    CreateToken,
    /// The page of the authorization code flow: `/authorize`
    Authorize,
    /// The page where a person enters or confirms a user code: `/device`
    Verify,
    /// sso portal: `GET /federation/credentials`
    GetRoleCredentials,
    /// sso portal: `GET /assignment/accounts`
    ListAccounts,
    /// sso portal: `GET /assignment/roles`
    ListAccountRoles,
    /// sso portal: `POST /logout`
    Logout,
    /// signin: the page `/v1/authorize`
    SigninAuthorize,
    /// signin: the page that shows a code to carry to another device, `/v1/sessions/confirmation`
    SigninConfirmation,
    /// signin: `POST /v1/token`
    CreateOAuth2Token,
    /// sts
    GetCallerIdentity,
    /// sts
    AssumeRole,
    /// sts
    AssumeRoleWithWebIdentity,
    /// sts
    GetSessionToken,
    /// bedrock-runtime: `POST /model/ID/converse`
    Converse,
    /// The API server of a cluster: `GET /api/v1/namespaces`
    ListNamespaces,
    /// Anything the fake does not know.
    Unknown,
}

/// How an operation speaks, above all how it reports an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    /// REST-JSON with OAuth's `error` and `error_description`.
    Oidc,
    /// REST-JSON with a `message`.
    Portal,
    /// REST-JSON with an `error` and a `message`.
    Signin,
    /// The Query protocol: a form in, XML out.
    Sts,
    /// HTML for a person.
    Page,
}

impl Operation {
    /// Reads the operation off a request. The services share one port because their paths
    /// do not collide; sts names its operation in the body.
    pub(super) fn of(method: &str, path: &str, body: &[u8]) -> Self {
        match (method, path) {
            ("POST", "/client/register") => Self::RegisterClient,
            ("POST", "/device_authorization") => Self::StartDeviceAuthorization,
            ("POST", "/token") => Self::CreateToken,
            ("GET" | "POST", "/authorize") => Self::Authorize,
            ("GET" | "POST", "/device") => Self::Verify,
            ("GET", "/federation/credentials") => Self::GetRoleCredentials,
            ("GET", "/assignment/accounts") => Self::ListAccounts,
            ("GET", "/assignment/roles") => Self::ListAccountRoles,
            ("POST", "/logout") => Self::Logout,
            ("GET" | "POST", "/v1/authorize") => Self::SigninAuthorize,
            ("GET", "/v1/sessions/confirmation") => Self::SigninConfirmation,
            ("POST", "/v1/token") => Self::CreateOAuth2Token,
            ("POST", path) if path.starts_with("/model/") && path.ends_with("/converse") => Self::Converse,
            ("GET", "/api/v1/namespaces") => Self::ListNamespaces,
            ("POST", "/") => Self::of_sts(body),
            _ => Self::Unknown,
        }
    }

    pub(super) fn protocol(self) -> Protocol {
        match self {
            Self::RegisterClient | Self::StartDeviceAuthorization | Self::CreateToken => Protocol::Oidc,
            Self::GetRoleCredentials
            | Self::ListAccounts
            | Self::ListAccountRoles
            | Self::Logout
            | Self::Converse
            | Self::ListNamespaces
            | Self::Unknown => Protocol::Portal,
            Self::CreateOAuth2Token => Protocol::Signin,
            Self::GetCallerIdentity | Self::AssumeRole | Self::AssumeRoleWithWebIdentity | Self::GetSessionToken => {
                Protocol::Sts
            }
            Self::Authorize | Self::Verify | Self::SigninAuthorize | Self::SigninConfirmation => Protocol::Page,
        }
    }

    fn of_sts(body: &[u8]) -> Self {
        let action = form_urlencoded::parse(body).find(|(name, _)| name == "Action");
        match action.as_ref().map(|(_, action)| action.as_ref()) {
            Some("GetCallerIdentity") => Self::GetCallerIdentity,
            Some("AssumeRole") => Self::AssumeRole,
            Some("AssumeRoleWithWebIdentity") => Self::AssumeRoleWithWebIdentity,
            Some("GetSessionToken") => Self::GetSessionToken,
            _ => Self::Unknown,
        }
    }
}

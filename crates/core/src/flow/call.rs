//! Calls to AWS as values (aws-sessions.md 3.1, 2.5, 4).

pub use super::failure::{CallError, ErrorKind};
use crate::accounts::Account;
use crate::cache::{LoginKeys, Token};
use crate::config::{Endpoints, Session};
use crate::endpoint::{Api, Endpoint, endpoint, is_region};
use crate::secret::Secret;
use crate::start_url::{Resolved, host, needs_resolving};
use crate::time::Timestamp;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A call to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Where.
    pub target: Target,
    /// What.
    pub operation: Operation,
}

/// Where a call goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Of the Identity Center, or what is called in its place.
    pub region: String,
    /// What stands in AWS's place, and which of AWS's own endpoints is wanted.
    pub endpoints: Endpoints,
}

/// The operations that sessions need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Not AWS's: asks the server of a start URL of a company's own where it leads ([`crate::start_url`]).
    ResolveStartUrl {
        /// As the file says it.
        start_url: String,
    },
    /// sso-oidc `RegisterClient`
    RegisterClient {
        /// None for the legacy spelling.
        scopes: Option<Vec<String>>,
        /// For the redirect; none for the device flow.
        redirect: Option<Redirect>,
    },
    /// sso-oidc `StartDeviceAuthorization`
    StartDeviceAuthorization {
        /// Who asks.
        client: Client,
        /// For which Identity Center.
        start_url: String,
    },
    /// sso-oidc `CreateToken` with a device code
    CreateToken {
        /// Who asks.
        client: Client,
        /// From the start of the device authorization.
        device_code: Secret,
    },
    /// sso-oidc `CreateToken` with an authorization code
    RedeemCode {
        /// Who asks.
        client: Client,
        /// What the browser brought, used up by this call.
        code: Secret,
        /// Where it brought it, with the port.
        redirect_uri: String,
        /// Proves that we sent the browser.
        verifier: Secret,
    },
    /// sso-oidc `CreateToken` with a refresh token
    RefreshToken {
        /// Who asks.
        client: Client,
        /// Used up by this call.
        refresh_token: Secret,
    },
    /// signin `CreateOAuth2Token` with an authorization code; the key that proves it is made for this call
    RedeemLoginCode {
        /// Which client asked.
        client_id: String,
        /// Used up by this call.
        code: Secret,
        /// Where the browser was sent with it.
        redirect_uri: String,
        /// Proves that we asked for it.
        verifier: Secret,
    },
    /// signin `CreateOAuth2Token` with a refresh token
    RefreshLogin {
        /// Which client signed in.
        client_id: String,
        /// Used up by this call.
        refresh_token: Secret,
        /// Signs the proof that the call carries: SEC1, as PEM.
        dpop_key: Secret,
    },
    /// portal `Logout`
    Logout {
        /// Whose session ends.
        access_token: Secret,
    },
    /// portal `ListAccounts`: one page
    ListAccounts {
        /// Whose.
        access_token: Secret,
        /// None for the first page.
        next_token: Option<String>,
    },
    /// portal `ListAccountRoles`: one page
    ListAccountRoles {
        /// Whose.
        access_token: Secret,
        /// Of which account.
        account_id: String,
        /// None for the first page.
        next_token: Option<String>,
    },
}

/// What a client for the redirect registers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// `grantTypes`
    pub grants: Vec<String>,
    /// `redirectUris`: without a port.
    pub uri: String,
    /// `issuerUrl`: the start URL.
    pub issuer: String,
}

/// A registered client's name and password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// `clientId`
    pub id: String,
    /// `clientSecret`
    pub secret: Secret,
}

/// What AWS answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To `ResolveStartUrl`.
    StartUrl(Resolved),
    /// To `RegisterClient`.
    Registered {
        /// Who we are now, and our password.
        client: Client,
        /// `clientSecretExpiresAt`
        expires_at: Timestamp,
    },
    /// To `StartDeviceAuthorization`.
    Started {
        /// Asks for the token.
        device_code: Secret,
        /// For the person to compare.
        user_code: String,
        /// Where the code is typed.
        verification_uri: String,
        /// With the code filled in.
        verification_uri_complete: String,
        /// Seconds until the codes end.
        expires_in: i64,
        /// Seconds between two polls; none means 5.
        interval: Option<i64>,
    },
    /// To `CreateToken`, either way.
    Token {
        /// Shown to the portal.
        access_token: Secret,
        /// Seconds until it ends.
        expires_in: i64,
        /// Renews it, once.
        refresh_token: Option<Secret>,
    },
    /// To `CreateOAuth2Token`, either way.
    Keys {
        /// For programs.
        keys: LoginKeys,
        /// Seconds until they end.
        expires_in: i64,
        /// Renews them, once.
        refresh_token: Secret,
        /// Says who signed in; only with a code.
        id_token: Option<Secret>,
        /// The key that was made for the sign-in: SEC1, as PEM; only with a code.
        dpop_key: Option<Secret>,
    },
    /// To `Logout`.
    LoggedOut,
    /// To `ListAccounts`. Roles are asked for one account at a time.
    Accounts {
        /// This page's.
        accounts: Vec<Account>,
        /// Of the next page, if there is one.
        next_token: Option<String>,
    },
    /// To `ListAccountRoles`.
    AccountRoles {
        /// This page's names.
        roles: Vec<String>,
        /// Of the next page, if there is one.
        next_token: Option<String>,
    },
}
impl Target {
    /// Where `session`'s calls go.
    pub fn new(session: &Session, endpoints: Endpoints) -> Self {
        Self::of(&session.start_url, &session.region, endpoints)
    }

    /// Where the calls of the Identity Center at `start_url` in `region` go. `*.app.aws` needs the dual-stack endpoint,
    /// or the verification page leads astray (aws-sessions.md 3.5).
    pub fn of(start_url: &str, region: &str, mut endpoints: Endpoints) -> Self {
        endpoints.dual_stack |= host(start_url).is_some_and(|host| host.ends_with(".app.aws"));
        Self { region: region.to_owned(), endpoints }
    }

    /// The same for the portal that its start URL was found to lead to: in its region, by dual stack where it needs that.
    #[must_use]
    pub fn led_to(&self, portal: &Resolved) -> Self {
        let region = portal.region.as_deref().unwrap_or(&self.region);
        Self::of(&portal.url, region, self.endpoints.clone())
    }

    /// The same for the session of `token`: behind a company's own start URL, the sign-in found the region.
    #[must_use]
    pub fn of_token(&self, token: &Token) -> Self {
        let is_own = token.start_url.as_deref().is_some_and(needs_resolving);
        let found = token.region.clone().filter(|region| is_own && is_region(region));
        Self { region: found.unwrap_or_else(|| self.region.clone()), endpoints: self.endpoints.clone() }
    }

    /// The address of `api`: the one that stands in AWS's place, else AWS's own by its rules.
    pub fn endpoint(&self, api: Api) -> Result<Endpoint, CallError> {
        endpoint(api, &self.endpoints.parameters(api, &self.region)).map_err(|error| CallError {
            kind: ErrorKind::NoEndpoint,
            address: self.address(),
            said: error.to_string(),
        })
    }

    /// Where it goes, in words, while nothing was sent yet.
    pub fn address(&self) -> String {
        let own = self.endpoints.sso_oidc.clone().or_else(|| self.endpoints.signin.clone());
        own.unwrap_or_else(|| format!("AWS's sign-in service in {}", self.region))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(target: &Target) -> [String; 2] {
        [Api::SsoOidc, Api::Sso]
            .map(|api| target.endpoint(api).map_or_else(|error| error.sentence(), |found| found.url))
    }

    #[test]
    fn a_start_url_at_app_aws_is_asked_by_dual_stack() {
        let of = |url| addresses(&Target::of(url, "eu-west-1", Endpoints::default()));
        let dual_stack = ["https://oidc.eu-west-1.api.aws", "https://portal.sso.eu-west-1.api.aws"];
        assert_eq!(of("https://ssoins-1.portal.eu-west-1.app.aws"), dual_stack);
        assert_eq!(of("https://ssoins-1.portal.eu-west-1.APP.AWS.:443/x?y"), dual_stack);
        let plain = ["https://oidc.eu-west-1.amazonaws.com", "https://portal.sso.eu-west-1.amazonaws.com"];
        assert_eq!(of("https://corp.awsapps.com/start"), plain);
        assert_eq!(of("https://app.aws.example/.app.aws"), plain);

        let portal = crate::start_url::resolved("https://ssoins-1.portal.eu-west-1.app.aws/").unwrap();
        let target = Target::of("https://aws.example.com", "us-east-1", Endpoints::default());
        assert_eq!(addresses(&target.led_to(&portal)), dual_stack);
    }

    #[test]
    fn what_stands_in_awss_place_is_called_whatever_else_is_wished() {
        let endpoints = Endpoints { sso: Some("http://127.0.0.1:1/".into()), fips: true, ..Endpoints::default() };
        let target = Target::of("https://a.portal.us-east-1.app.aws", "us-east-1", endpoints);
        assert_eq!(addresses(&target), ["https://oidc-fips.us-east-1.api.aws", "http://127.0.0.1:1/"]);
    }

    #[test]
    fn without_an_address_the_sentence_says_what_to_do() {
        let of = |region| addresses(&Target::of("https://c", region, Endpoints::default()))[0].clone();
        insta::assert_snapshot!(of(""), @"No region is known to send this call to. Set sso_region or region.");
        insta::assert_snapshot!(of("example.com/"), @"The region of this call is not the name of a region. Correct sso_region or region.");
    }
}

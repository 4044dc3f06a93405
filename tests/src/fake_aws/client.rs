//! RegisterClient, and the clients registered (aws-sessions.md 3.1).

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::answer::{Answer, Refusal};
use super::journal::Request;
use super::model::Model;

pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
pub(super) const AUTHORIZATION_CODE: &str = "authorization_code";
pub(super) const REFRESH_TOKEN: &str = "refresh_token";

/// The only host a redirect may have; `localhost` is refused (aws-sessions.md 3.4).
const LOOPBACK: &str = "http://127.0.0.1";

/// 90 days (aws-sessions.md 3.7).
const REGISTRATION_LENGTH: Duration = Duration::from_hours(90 * 24);

/// A registered client. Public clients have a secret too, it merely protects nothing.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) name: String,
    pub(super) secret: String,
    pub(super) scopes: Vec<String>,
    pub(super) issuer_url: Option<String>,
    pub(super) expires_at: Timestamp,
    grant_types: Vec<String>,
    redirect_uris: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RegisterClientInput {
    pub(super) client_name: String,
    pub(super) client_type: String,
    pub(super) scopes: Vec<String>,
    pub(super) grant_types: Vec<String>,
    pub(super) redirect_uris: Vec<String>,
    pub(super) issuer_url: Option<String>,
}

impl Client {
    /// A registration that names no grant types may use the device flow only.
    pub(super) fn may_use(&self, grant_type: &str) -> bool {
        if self.grant_types.is_empty() {
            return grant_type == DEVICE_CODE || grant_type == REFRESH_TOKEN;
        }
        self.grant_types.iter().any(|known| known == grant_type)
    }

    /// Redirects are registered without a port and used with one (aws-sessions.md 3.1).
    pub(super) fn may_redirect_to(&self, uri: &str) -> bool {
        let path = loopback_path(uri);
        let registered = |known: &String| path.is_some() && loopback_path(known) == path;
        self.redirect_uris.iter().any(registered)
    }
}

impl Model {
    pub(super) fn register_client(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let input: RegisterClientInput = request.input()?;
        self.check_registration(&input)?;
        let now = self.now();
        let id = self.register(input);
        let client = &self.clients[&id];
        Ok(Answer::json(&json!({
            "clientId": id,
            "clientSecret": client.secret,
            "clientIdIssuedAt": now.as_second(),
            "clientSecretExpiresAt": client.expires_at.as_second(),
        })))
    }

    /// Registers a client that was checked, and returns its id.
    pub(super) fn register(&mut self, input: RegisterClientInput) -> String {
        let client = Client {
            name: input.client_name,
            secret: self.mint.secret("client-secret-"),
            scopes: input.scopes,
            issuer_url: input.issuer_url,
            expires_at: self.now() + REGISTRATION_LENGTH,
            grant_types: input.grant_types,
            redirect_uris: input.redirect_uris,
        };
        let id = self.mint.identifier("fake-client-");
        self.clients.insert(id.clone(), client);
        id
    }

    /// The client of a request, if it is registered and its secret is right and not over.
    pub(super) fn authenticate(&self, id: &str, secret: &str) -> Result<&Client, Refusal> {
        let client = self.clients.get(id).ok_or_else(Refusal::invalid_client)?;
        if client.secret != secret || self.now() >= client.expires_at {
            return Err(Refusal::invalid_client());
        }
        Ok(client)
    }

    fn check_registration(&self, input: &RegisterClientInput) -> Result<(), Refusal> {
        let refuse = |code, message: &str| Err(Refusal::new(400, code, message));
        if input.client_name.is_empty() {
            return Err(Refusal::invalid_request("clientName is required"));
        }
        if input.client_type != "public" {
            return refuse("InvalidClientMetadataException", "clientType must be public");
        }
        if !input.scopes.iter().all(|scope| is_scope(scope)) {
            return refuse("InvalidScopeException", "Invalid scope provided");
        }
        let grants = [DEVICE_CODE, AUTHORIZATION_CODE, REFRESH_TOKEN];
        if !input.grant_types.iter().all(|grant| grants.contains(&grant.as_str())) {
            return refuse("UnsupportedGrantTypeException", "Unsupported grant type");
        }
        if !input.redirect_uris.iter().all(|uri| loopback_path(uri).is_some()) {
            return refuse("InvalidRedirectUriException", "Redirects must go to 127.0.0.1");
        }
        if input.grant_types.iter().any(|grant| grant == AUTHORIZATION_CODE) {
            if input.redirect_uris.is_empty() {
                return refuse("InvalidRedirectUriException", "redirectUris is required");
            }
            let issuer = input.issuer_url.as_deref().unwrap_or_default();
            if self.organisation(issuer).is_none() {
                return Err(Refusal::invalid_request("Invalid issuer url provided"));
            }
        }
        Ok(())
    }
}

/// The path of a loopback URI, without its port.
pub(super) fn loopback_path(uri: &str) -> Option<&str> {
    let rest = uri.strip_prefix(LOOPBACK)?;
    let (port, path) = rest.split_at(rest.find('/')?);
    let port_is_number = || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (port.is_empty() || port_is_number()).then_some(path)
}

/// Scopes look like `sso:account:access`.
fn is_scope(scope: &str) -> bool {
    let part = |part: &str| {
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
        !part.is_empty() && part.chars().all(allowed)
    };
    scope.contains(':') && scope.split(':').all(part)
}

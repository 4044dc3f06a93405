//! The sso portal: what a bearer of an access token may see and take (aws-sessions.md 4).

use serde_json::{Value, json};

use super::access_key::Identity;
use super::answer::{Answer, Refusal};
use super::journal::Request;
use super::model::Model;
use super::organisation::Organisation;
use super::session::SessionId;

/// The page size without `max_result`. Small, so that a client that forgets to page is found out.
const PAGE: usize = 20;

/// What a next token looks like, before the number of the first entry of that page.
const NEXT: &str = "fake-next-";

impl Model {
    pub(super) fn get_role_credentials(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let organisation = self.bearer_organisation(request)?;
        let account_id = required(request, "account_id")?;
        let role_name = required(request, "role_name")?;
        let role = organisation.role(&account_id, &role_name).ok_or_else(no_access)?;
        let expires_at = self.now() + role.session_length;

        let (partition, user_name) = (organisation.partition(), organisation.user_name.clone());
        let suffix = self.mint.identifier("");
        let identity = Identity::of_role(
            partition,
            &account_id,
            &format!("AWSReservedSSO_{role_name}_{}", suffix.to_lowercase()),
            &format!("AROAFAKE{suffix}"),
            &user_name,
        );
        let credentials = self.issue_credentials(identity, expires_at);
        Ok(Answer::json(&json!({ "roleCredentials": {
            "accessKeyId": credentials.access_key_id,
            "secretAccessKey": credentials.secret_access_key,
            "sessionToken": credentials.session_token,
            // Milliseconds, where sso-oidc counts seconds.
            "expiration": credentials.expires_at.as_millisecond(),
        }})))
    }

    pub(super) fn list_accounts(&self, request: &Request) -> Result<Answer, Refusal> {
        let organisation = self.bearer_organisation(request)?;
        let accounts = organisation.accounts.iter().filter(|account| !account.roles.is_empty());
        let accounts = accounts.map(|account| {
            json!({
                "accountId": account.id,
                "accountName": account.name,
                "emailAddress": account.email,
            })
        });
        page("accountList", accounts.collect(), request)
    }

    pub(super) fn list_account_roles(&self, request: &Request) -> Result<Answer, Refusal> {
        let organisation = self.bearer_organisation(request)?;
        let account_id = required(request, "account_id")?;
        let mut accounts = organisation.accounts.iter();
        let account =
            accounts.find(|account| account.id == account_id && !account.roles.is_empty()).ok_or_else(no_access)?;
        let roles = account.roles.iter();
        let roles = roles.map(|role| json!({ "roleName": role.name, "accountId": account.id }));
        page("roleList", roles.collect(), request)
    }

    pub(super) fn logout(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let session = self.bearer_session(request)?;
        self.end_session(session);
        Ok(Answer::json(&json!({})))
    }

    fn bearer_organisation(&self, request: &Request) -> Result<&Organisation, Refusal> {
        let session = self.bearer_session(request)?;
        self.organisation_of(session).ok_or_else(unauthorized)
    }

    fn bearer_session(&self, request: &Request) -> Result<SessionId, Refusal> {
        let token = request.header("x-amz-sso_bearer_token").unwrap_or_default();
        self.session_of(token).ok_or_else(unauthorized)
    }
}

/// One page of a list, with the token of the next one if there is more.
fn page(name: &str, entries: Vec<Value>, request: &Request) -> Result<Answer, Refusal> {
    let size = match request.query_value("max_result") {
        None => PAGE,
        Some(size) => size
            .parse()
            .ok()
            .filter(|size| (1..=100).contains(size))
            .ok_or_else(|| Refusal::invalid_request("max_result must be between 1 and 100"))?,
    };
    let from: usize = match request.query_value("next_token") {
        None => 0,
        Some(token) => token
            .strip_prefix(NEXT)
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| Refusal::invalid_request("Invalid next token"))?,
    };
    let rest = entries.get(from..).unwrap_or_default();
    let (these, more) = rest.split_at(size.min(rest.len()));
    let next = (!more.is_empty()).then(|| format!("{NEXT}{}", from + size));
    Ok(Answer::json(&json!({ name: these, "nextToken": next })))
}

fn required(request: &Request, name: &str) -> Result<String, Refusal> {
    let value = request.query_value(name).filter(|value| !value.is_empty());
    value.ok_or_else(|| Refusal::invalid_request(format!("{name} is required")))
}

fn unauthorized() -> Refusal {
    Refusal::new(401, "UnauthorizedException", "Session token not found or invalid")
}

/// Not in the model of the service, yet what it says (aws-sessions.md 4).
fn no_access() -> Refusal {
    Refusal::new(403, "ForbiddenException", "No access")
}

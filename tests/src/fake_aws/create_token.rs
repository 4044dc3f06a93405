//! CreateToken: three grants, one kind of answer (aws-sessions.md 3.1).

use serde::Deserialize;
use serde_json::json;

use super::answer::{Answer, Refusal};
use super::client::{AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN};
use super::journal::Request;
use super::model::Model;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CreateTokenInput {
    client_id: String,
    client_secret: String,
    grant_type: String,
    device_code: Option<String>,
    refresh_token: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
}

impl Model {
    pub(super) fn create_token(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let input: CreateTokenInput = request.input()?;
        let client_id = input.client_id.as_str();
        let client = self.authenticate(client_id, &input.client_secret)?;
        let grant_type = input.grant_type.as_str();
        if ![DEVICE_CODE, AUTHORIZATION_CODE, REFRESH_TOKEN].contains(&grant_type) {
            return Err(Refusal::new(400, "UnsupportedGrantTypeException", "Unsupported grant type"));
        }
        if !client.may_use(grant_type) {
            return Err(Refusal::unauthorized_client());
        }

        let tokens = match grant_type {
            DEVICE_CODE => self.poll_device(required(input.device_code.as_ref(), "deviceCode")?, client_id),
            REFRESH_TOKEN => self.refresh(required(input.refresh_token.as_ref(), "refreshToken")?, client_id),
            _ => self.redeem_code(
                required(input.code.as_ref(), "code")?,
                required(input.redirect_uri.as_ref(), "redirectUri")?,
                required(input.code_verifier.as_ref(), "codeVerifier")?,
                client_id,
            ),
        }?;
        let mut answer = json!({
            "accessToken": tokens.access_token,
            "tokenType": "Bearer",
            "expiresIn": tokens.expires_in,
        });
        if let Some(refresh_token) = tokens.refresh_token {
            answer["refreshToken"] = refresh_token.into();
        }
        Ok(Answer::json(&answer))
    }
}

fn required<'a>(value: Option<&'a String>, name: &str) -> Result<&'a str, Refusal> {
    value.map(String::as_str).ok_or_else(|| Refusal::invalid_request(format!("{name} is required")))
}

//! `CreateOAuth2Token`: a code or a refresh token for keys. Each request proves that its sender has the key of the
//! session (DPoP, RFC 9449).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{CROSS_DEVICE, SAME_DEVICE, dpop, invalid};
use crate::fake_aws::answer::{Answer, Refusal};
use crate::fake_aws::journal::Request;
use crate::fake_aws::model::Model;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    client_id: String,
    grant_type: String,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
}

impl Model {
    pub(in crate::fake_aws) fn create_oauth2_token(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let input: Input =
            serde_json::from_str(&request.body).map_err(|error| invalid(format!("Malformed body: {error}")))?;
        if ![SAME_DEVICE, CROSS_DEVICE].contains(&input.client_id.as_str()) {
            return Err(invalid("clientId is not known"));
        }
        let proof = dpop::check(request, self.clock.of_clients()).map_err(|why| invalid(format!("DPoP: {why}")))?;
        if !self.signin.proofs.insert(proof.id) {
            return Err(invalid("DPoP: this proof was used before"));
        }
        let (tokens, id_token) = match input.grant_type.as_str() {
            "authorization_code" => {
                let verifier = required(input.code_verifier.as_ref(), "codeVerifier")?;
                let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
                let code = required(input.code.as_ref(), "code")?;
                let redirect_uri = required(input.redirect_uri.as_ref(), "redirectUri")?;
                let arn = self.redeem_login_code(code, redirect_uri, &challenge, &input.client_id)?;
                let (tokens, id_token) = self.start_login(&arn, &input.client_id, proof.thumbprint);
                (tokens, Some(id_token))
            }
            "refresh_token" => {
                let token = required(input.refresh_token.as_ref(), "refreshToken")?;
                (self.refresh_login(token, &input.client_id, &proof.thumbprint)?, None)
            }
            _ => return Err(invalid("grantType must be authorization_code or refresh_token")),
        };
        let mut answer = json!({
            "accessToken": {
                "accessKeyId": tokens.keys.access_key_id,
                "secretAccessKey": tokens.keys.secret_access_key,
                "sessionToken": tokens.keys.session_token,
            },
            "tokenType": "aws_sigv4",
            "expiresIn": tokens.expires_in,
            "refreshToken": tokens.refresh_token,
        });
        if let Some(id_token) = id_token {
            answer["idToken"] = id_token.into();
        }
        Ok(Answer::json(&answer))
    }
}

fn required<'a>(value: Option<&'a String>, name: &str) -> Result<&'a str, Refusal> {
    value.map(String::as_str).filter(|value| !value.is_empty()).ok_or_else(|| invalid(format!("{name} is required")))
}

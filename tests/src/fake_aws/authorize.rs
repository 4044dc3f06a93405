//! The authorization code grant with PKCE (aws-sessions.md 3.4): the `/authorize` page and the
//! exchange of its code.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::answer::{Answer, Refusal};
use super::client::AUTHORIZATION_CODE;
use super::journal::Request;
use super::model::Model;
use super::pages;
use super::session::{SessionId, Tokens};

/// The longest life RFC 6749, 4.1.2 allows a code.
const CODE_LENGTH: Duration = Duration::from_mins(10);

/// A browser that came to sign a client in.
#[derive(Debug)]
pub(super) struct Authorization {
    /// What the page's buttons send back.
    id: String,
    client_id: String,
    start_url: String,
    redirect_uri: String,
    state: String,
    code_challenge: String,
    progress: Progress,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Progress {
    Asked,
    Approved {
        code: String,
        session: SessionId,
        expires_at: Timestamp,
    },
    /// Denied, or the code was exchanged.
    Over,
}

impl Model {
    /// `GET` shows the page, `POST` is one of its buttons.
    pub(super) fn authorize(&mut self, request: &Request) -> Result<Answer, Refusal> {
        if request.method == "POST" {
            let id = request.form_value("request").unwrap_or_default();
            let approved = request.form_value("decision").as_deref() == Some("approve");
            return self.decide_authorization(&id, approved);
        }
        let authorization = self.open_authorization(request)?;
        if let Some(refusal) = refused_parameters(request) {
            let answer = [("error", "invalid_request"), ("error_description", refusal)];
            return Ok(authorization.redirect(&answer));
        }
        let id = authorization.id.clone();
        let page = pages::authorize(&authorization.start_url, self.client_name(&authorization), &id);
        self.authorizations.push(authorization);
        if self.auto_approve {
            return self.decide_authorization(&id, true);
        }
        Ok(Answer::html(page))
    }

    /// CreateToken with an authorization code, which works once.
    pub(super) fn redeem_code(
        &mut self,
        code: &str,
        redirect_uri: &str,
        code_verifier: &str,
        client_id: &str,
    ) -> Result<Tokens, Refusal> {
        let now = self.now();
        let refused = || Refusal::invalid_grant("Invalid authorization code provided");
        let mut approved = self.authorizations.iter_mut().filter_map(|authorization| match &authorization.progress {
            Progress::Approved { code: known, session, expires_at } if known == code => {
                let (session, expires_at) = (*session, *expires_at);
                Some((authorization, session, expires_at))
            }
            Progress::Approved { .. } | Progress::Asked | Progress::Over => None,
        });
        let (authorization, session, expires_at) = approved.next().ok_or_else(refused)?;
        // Also a failed attempt uses the code up: whoever guesses gets one guess.
        authorization.progress = Progress::Over;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(code_verifier));
        let matches = authorization.client_id == client_id
            && authorization.redirect_uri == redirect_uri
            && authorization.code_challenge == challenge;
        if !matches || now >= expires_at {
            return Err(refused());
        }
        Ok(self.issue_tokens(session, client_id))
    }

    /// Checks what must be right before the browser may be sent anywhere.
    fn open_authorization(&mut self, request: &Request) -> Result<Authorization, Refusal> {
        let parameter = |name| request.query_value(name).unwrap_or_default();
        let client_id = parameter("client_id");
        let redirect_uri = parameter("redirect_uri");
        let client = self.clients.get(&client_id);
        let client = client.ok_or_else(Refusal::invalid_client)?;
        if self.now() >= client.expires_at {
            return Err(Refusal::invalid_client());
        }
        if !client.may_use(AUTHORIZATION_CODE) {
            return Err(Refusal::unauthorized_client());
        }
        if !client.may_redirect_to(&redirect_uri) {
            return Err(Refusal::new(400, "InvalidRedirectUriException", "The redirect is not registered"));
        }
        Ok(Authorization {
            start_url: client.issuer_url.clone().unwrap_or_default(),
            id: self.mint.identifier("authorize-"),
            client_id,
            redirect_uri,
            state: parameter("state"),
            code_challenge: parameter("code_challenge"),
            progress: Progress::Asked,
        })
    }

    fn decide_authorization(&mut self, id: &str, approved: bool) -> Result<Answer, Refusal> {
        let over = || Refusal::invalid_request("This request was answered already");
        let asked = |known: &Authorization| known.id == id && known.progress == Progress::Asked;
        let number = self.authorizations.iter().position(asked).ok_or_else(over)?;
        if !approved {
            let authorization = &mut self.authorizations[number];
            authorization.progress = Progress::Over;
            return Ok(authorization.redirect(&[("error", "access_denied")]));
        }
        let start_url = self.authorizations[number].start_url.clone();
        let session = self.sign_in(&start_url).ok_or_else(over)?;
        let code = self.mint.secret("code-");
        let expires_at = self.now() + CODE_LENGTH;
        let authorization = &mut self.authorizations[number];
        let answer = authorization.redirect(&[("code", &code)]);
        authorization.progress = Progress::Approved { code, session, expires_at };
        Ok(answer)
    }

    fn client_name(&self, authorization: &Authorization) -> &str {
        let client = self.clients.get(&authorization.client_id);
        client.map_or("", |client| &client.name)
    }
}

impl Authorization {
    fn redirect(&self, parameters: &[(&str, &str)]) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters)
            .append_pair("state", &self.state)
            .finish();
        Answer::redirect(format!("{}?{query}", self.redirect_uri))
    }
}

/// What is wrong with the parameters, told to the client by a redirect.
fn refused_parameters(request: &Request) -> Option<&'static str> {
    let is = |name, wanted| request.query_value(name).as_deref() == Some(wanted);
    if !is("response_type", "code") {
        return Some("response_type must be code");
    }
    if !is("code_challenge_method", "S256") {
        return Some("code_challenge_method must be S256");
    }
    if request.query_value("code_challenge").is_none_or(|challenge| challenge.is_empty()) {
        return Some("code_challenge is required");
    }
    None
}

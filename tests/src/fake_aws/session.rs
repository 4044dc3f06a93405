//! Identity Center sessions and the tokens that live in them.

use std::time::Duration;

use jiff::Timestamp;

use super::answer::Refusal;
use super::model::Model;
use super::organisation::Organisation;

/// How long the token of a client without scopes lasts, within the session
/// (aws-sessions.md 3.2).
const LEGACY_TOKEN_LENGTH: Duration = Duration::from_hours(8);

/// A person's sign-in to an organisation, kept by the browser.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) start_url: String,
    pub(super) ends_at: Timestamp,
    /// Over before its time. A flag of its own, so that a clock set back does not revive it.
    ended: bool,
}

/// Names a session. Sessions are never removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SessionId(usize);

#[derive(Debug)]
pub(super) struct AccessToken {
    pub(super) session: SessionId,
    pub(super) expires_at: Timestamp,
    pub(super) revoked: bool,
}

#[derive(Debug)]
pub(super) struct RefreshToken {
    session: SessionId,
    client_id: String,
    used: bool,
}

/// What a client gets for a grant.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) expires_at: Timestamp,
    pub(super) expires_in: i64,
}

impl Model {
    /// The person approves in the browser. A browser session that still lives is joined and its
    /// end does not move; only without one does a full session start.
    pub(super) fn sign_in(&mut self, start_url: &str) -> Option<SessionId> {
        let organisation = self.organisation(start_url)?;
        if let Some(live) = self.live_session(&organisation.start_url) {
            return Some(live);
        }
        let session = Session {
            start_url: organisation.start_url.clone(),
            ends_at: self.now() + organisation.session_length,
            ended: false,
        };
        self.sessions.push(session);
        Some(SessionId(self.sessions.len() - 1))
    }

    /// Issues tokens to a client. No token outlives the session.
    pub(super) fn issue_tokens(&mut self, id: SessionId, client_id: &str) -> Tokens {
        let now = self.now();
        let session = &self.sessions[id.0];
        let organisation = self.organisation(&session.start_url);
        let scoped = self.clients.get(client_id).is_some_and(|client| !client.scopes.is_empty());
        let length = organisation
            .filter(|_| scoped)
            .map_or(LEGACY_TOKEN_LENGTH, |organisation| organisation.access_token_length);
        let refreshable = scoped && organisation.is_some_and(|known| known.refresh_tokens);
        let expires_at = session.ends_at.min(now + length);

        let access_token = self.mint.secret("aoa");
        self.access_tokens.insert(access_token.clone(), AccessToken { session: id, expires_at, revoked: false });
        let refresh_token = refreshable.then(|| {
            let refresh_token = self.mint.secret("aor");
            self.refresh_tokens.insert(
                refresh_token.clone(),
                RefreshToken { session: id, client_id: client_id.to_owned(), used: false },
            );
            refresh_token
        });
        Tokens {
            access_token,
            refresh_token,
            expires_at,
            // The session may have ended between approval and exchange.
            expires_in: expires_at.duration_since(now).as_secs().max(0),
        }
    }

    /// Uses up a refresh token. That the old one dies at once is not documented; the model
    /// takes the strict reading (aws-sessions.md 3.8).
    pub(super) fn refresh(&mut self, token: &str, client_id: &str) -> Result<Tokens, Refusal> {
        let refused = || Refusal::invalid_grant("Invalid refresh token provided");
        let refresh_token = self.refresh_tokens.get(token).ok_or_else(refused)?;
        let session = refresh_token.session;
        let another = refresh_token.client_id != client_id;
        if refresh_token.used || another || !self.is_live(session) {
            return Err(refused());
        }
        if let Some(refresh_token) = self.refresh_tokens.get_mut(token) {
            refresh_token.used = true;
        }
        Ok(self.issue_tokens(session, client_id))
    }

    /// The session behind an access token that still works.
    pub(super) fn session_of(&self, access_token: &str) -> Option<SessionId> {
        let token = self.access_tokens.get(access_token)?;
        let works = !token.revoked && self.now() < token.expires_at && self.is_live(token.session);
        works.then_some(token.session)
    }

    pub(super) fn organisation_of(&self, id: SessionId) -> Option<&Organisation> {
        self.organisation(&self.sessions[id.0].start_url)
    }

    pub(super) fn live_session(&self, start_url: &str) -> Option<SessionId> {
        let organisation = self.organisation(start_url)?;
        let mut ids = (0..self.sessions.len()).map(SessionId);
        ids.find(|&id| self.is_live(id) && organisation.answers_to(&self.sessions[id.0].start_url))
    }

    pub(super) fn session(&self, id: SessionId) -> &Session {
        &self.sessions[id.0]
    }

    /// Ends a session before its time. Its tokens die with it; role credentials taken from it
    /// live on (aws-sessions.md 4).
    pub(super) fn end_session(&mut self, id: SessionId) {
        self.sessions[id.0].ended = true;
    }

    fn is_live(&self, id: SessionId) -> bool {
        let session = &self.sessions[id.0];
        !session.ended && self.now() < session.ends_at
    }
}

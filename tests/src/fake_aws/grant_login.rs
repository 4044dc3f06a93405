//! Sign-ins of `aws login`, made directly in the model.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use p256::SecretKey;
use p256::elliptic_curve::Generate;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::pkcs8::LineEnding;

use super::FakeAws;
use super::signin::{SAME_DEVICE, thumbprint};

/// What a client keeps after a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginGrant {
    /// Who signed in.
    pub arn: String,
    /// Whose keys they are.
    pub account_id: String,
    /// `ASIA…`
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// Its session token.
    pub session_token: String,
    /// When the keys end.
    pub expires_at: Timestamp,
    /// The client's id.
    pub client_id: String,
    /// Renews the keys, once.
    pub refresh_token: String,
    /// Says who signed in and when.
    pub id_token: String,
    /// Signs the proofs: SEC1, as PEM.
    pub dpop_key: String,
}

impl FakeAws {
    /// Signs this person in as `aws login` does, without a browser.
    pub fn grant_login(&self, arn: &str) -> LoginGrant {
        let key = SecretKey::generate();
        let point = key.public_key().to_sec1_point(false);
        let coordinate = |bytes: Option<&[u8]>| URL_SAFE_NO_PAD.encode(bytes.expect("a point that is not compressed"));
        let thumbprint =
            thumbprint(&coordinate(point.x().map(|x| x.as_slice())), &coordinate(point.y().map(|y| y.as_slice())));
        let (tokens, id_token) = self.model(|model| model.start_login(arn, SAME_DEVICE, thumbprint));
        LoginGrant {
            arn: arn.to_owned(),
            account_id: arn.split(':').nth(4).unwrap_or_default().to_owned(),
            access_key_id: tokens.keys.access_key_id,
            secret_access_key: tokens.keys.secret_access_key,
            session_token: tokens.keys.session_token,
            expires_at: tokens.keys.expires_at,
            client_id: SAME_DEVICE.to_owned(),
            refresh_token: tokens.refresh_token,
            id_token,
            dpop_key: key.to_sec1_pem(LineEnding::LF).expect("a key as PEM").as_str().to_owned(),
        }
    }

    /// From now on the browser is signed in as this person at the console.
    pub fn sign_browser_in_as(&self, arn: &str) {
        self.model(|model| arn.clone_into(&mut model.signin.browser));
    }

    /// Ends the sessions of `aws login` that this person has; keys that were given out live on.
    pub fn end_logins(&self, arn: &str) {
        self.model(|model| model.end_logins(arn));
    }

    /// The person has another password: their sessions are not renewed any more.
    pub fn change_credentials(&self, arn: &str) {
        self.model(|model| model.change_credentials(arn));
    }

    /// Takes the permission to renew keys (`signin:CreateOAuth2Token`) away from this person.
    pub fn forbid_login(&self, arn: &str) {
        self.model(|model| model.signin.forbidden.insert(arn.to_owned()));
    }
}

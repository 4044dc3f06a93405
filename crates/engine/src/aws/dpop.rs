//! The proof that a call of `aws login` carries: whoever sends it has the key of the sign-in (`DPoP`, RFC 9449;
//! aws-sessions.md 2.5).

use crate::chance;
use data_encoding::BASE64URL_NOPAD;
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::LineEnding;
use relight_core::secret::Secret;
use relight_core::time::Timestamp;
use serde_json::json;
use std::fmt::Write;

/// The key of one sign-in, on P-256. Wiped when dropped.
pub(super) struct Key(SecretKey);

impl Key {
    /// A new one.
    pub(super) fn new() -> Result<Self, String> {
        let bytes = chance::bytes::<32>().map_err(|error| error.to_string())?;
        // All but one in 2^32 numbers are keys.
        SecretKey::from_slice(bytes.as_ref()).map(Self).map_err(|error| error.to_string())
    }

    /// As it stands in a token file.
    pub(super) fn pem(&self) -> Result<Secret, String> {
        let pem = self.0.to_sec1_pem(LineEnding::LF).map_err(|error| error.to_string())?;
        Ok(Secret::new(pem.as_str()))
    }

    /// Reads the SEC1 PEM in a token file.
    pub(super) fn read(pem: &Secret) -> Result<Self, String> {
        let key = SecretKey::from_sec1_pem(pem.expose());
        key.map(Self).map_err(|_| "it is not a P-256 key in SEC1 PEM".to_owned())
    }

    /// A proof for one request; each is made once.
    pub(super) fn prove(&self, method: &str, url: &str, now: Timestamp) -> Result<String, String> {
        let id = chance::bytes().map_err(|error| format!("this machine gives no randomness: {error}"))?;
        self.proof(method, url, now, *id)
    }

    fn proof(&self, method: &str, url: &str, now: Timestamp, id: [u8; 16]) -> Result<String, String> {
        let signing = SigningKey::from(&self.0);
        let point = signing.verifying_key().to_sec1_point(false);
        let coordinate = |bytes: Option<&p256::FieldBytes>| bytes.map(|bytes| BASE64URL_NOPAD.encode(bytes));
        let (Some(x), Some(y)) = (coordinate(point.x()), coordinate(point.y())) else {
            return Err("its public key cannot be written".to_owned());
        };
        let jwk = json!({ "kty": "EC", "x": x, "y": y, "crv": "P-256" });
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk });
        let payload = json!({ "htm": method, "htu": url, "iat": now.as_second(), "jti": uuid(id) });
        let [header, payload] = [header, payload].map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes()));
        let signed = format!("{header}.{payload}");
        let signature: Signature = signing.try_sign(signed.as_bytes()).map_err(|error| error.to_string())?;
        Ok(format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes())))
    }
}

/// Version 4 (RFC 9562 5.4), as the other clients name their proofs.
fn uuid(mut bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    for (number, byte) in bytes.iter().enumerate() {
        if matches!(number, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    /// Not a real one: its number is seven, 32 times.
    fn key() -> SecretKey {
        SecretKey::from_slice(&[7; 32]).unwrap()
    }

    fn parts(proof: &str) -> Vec<String> {
        let decoded = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).unwrap();
        proof.split('.').take(2).map(|part| String::from_utf8(decoded(part)).unwrap()).collect()
    }

    #[test]
    fn a_proof_says_which_request_it_is_for_and_its_signature_holds() {
        let now = Timestamp::from_second(1_795_314_426).unwrap();
        let url = "https://us-east-1.signin.aws.amazon.com/v1/token";
        let proof = Key(key()).proof("POST", url, now, [0xff; 16]).unwrap();
        insta::assert_snapshot!(parts(&proof).join("\n"), @r#"
        {"alg":"ES256","jwk":{"crv":"P-256","kty":"EC","x":"HhhTL9R1TALzBB2cdc6zO4P_2BrHzk_ogsyxyYvFiW4","y":"pGwxHE4v9A3ZajZT5uRURdMt_khuztdcepDGoYiBwKM"},"typ":"dpop+jwt"}
        {"htm":"POST","htu":"https://us-east-1.signin.aws.amazon.com/v1/token","iat":1795314426,"jti":"ffffffff-ffff-4fff-bfff-ffffffffffff"}
        "#);
        let (signed, signature) = proof.rsplit_once('.').unwrap();
        let signature = Signature::from_slice(&BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap()).unwrap();
        let public = VerifyingKey::from(&SigningKey::from(key()));
        assert!(public.verify(signed.as_bytes(), &signature).is_ok());
    }

    #[test]
    fn no_proof_is_like_another() {
        let prove = || Key(key()).prove("POST", "https://x/v1/token", Timestamp::UNIX_EPOCH).unwrap();
        assert_ne!(prove(), prove());
    }

    #[test]
    fn a_new_key_is_written_as_the_aws_cli_writes_it_and_read_again() {
        let pem = Key::new().unwrap().pem().unwrap();
        let lines: Vec<_> = pem.expose().lines().map(str::len).collect();
        assert_eq!(lines, [30, 64, 64, 36, 28], "SEC1 with the curve and the public key, 64 characters a line");
        assert!(pem.expose().starts_with("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEI") && pem.expose().ends_with("-\n"));
        assert_eq!(Key::read(&pem).unwrap().pem().unwrap(), pem);
        assert_ne!(Key::new().unwrap().0, Key::new().unwrap().0);
    }

    #[test]
    fn the_key_in_a_file_is_read_with_either_line_ending_and_nothing_else_is() {
        for ending in [LineEnding::LF, LineEnding::CRLF] {
            let pem = key().to_sec1_pem(ending).unwrap();
            assert_eq!(Key::read(&Secret::new(pem.as_str())).unwrap().0, key());
        }
        let pem = key().to_sec1_pem(LineEnding::LF).unwrap();
        for other in ["", "x", pem.get(..100).unwrap(), &pem.replace("EC PRIVATE", "PRIVATE")] {
            assert_eq!(Key::read(&Secret::new(other)).err().unwrap(), "it is not a P-256 key in SEC1 PEM");
        }
    }
}

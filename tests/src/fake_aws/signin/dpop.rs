//! The proof that a request carries (RFC 9449), as the service takes it: ES256 over what the request is, with the public
//! key inside.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::fake_aws::journal::Request;

/// How far a client's clock may be off.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A proof that holds.
pub(super) struct Proof {
    /// Its `jti`.
    pub(super) id: String,
    /// Of the key that it was signed with (RFC 7638).
    pub(super) thumbprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    typ: String,
    alg: String,
    jwk: Jwk,
}

/// A public key. One with the private part is refused, as an unknown field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    htm: String,
    htu: String,
    iat: i64,
    jti: String,
}

/// What the request proves, or what is wrong with its proof.
pub(super) fn check(request: &Request, now: Timestamp) -> Result<Proof, String> {
    let proof = request.header("dpop").ok_or("the header is missing")?;
    let (signed, signature) = proof.rsplit_once('.').ok_or("it has no signature")?;
    let (header, payload) = signed.split_once('.').ok_or("it has not three parts")?;
    let (header, payload): (Header, Payload) = (read(header)?, read(payload)?);
    if (header.typ.as_str(), header.alg.as_str()) != ("dpop+jwt", "ES256") {
        return Err("typ must be dpop+jwt, and alg ES256".to_owned());
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|error| error.to_string())?;
    let signature = Signature::from_slice(&signature).map_err(|_| "its signature has not 64 bytes")?;
    header.jwk.key()?.verify(signed.as_bytes(), &signature).map_err(|_| "its signature is wrong")?;

    // Behind the test's TLS the scheme is another, so the rest counts.
    let here = format!("://{}{}", request.header("host").unwrap_or_default(), request.path);
    let there = payload.htu.strip_prefix("https").or_else(|| payload.htu.strip_prefix("http"));
    if payload.htm != request.method || there != Some(&here) {
        return Err(format!("it is for {} {}, not for this request", payload.htm, payload.htu));
    }
    let age = now.duration_since(Timestamp::from_second(payload.iat).map_err(|error| error.to_string())?);
    if age.abs() > SKEW {
        return Err(format!("it was made {age:#} ago"));
    }
    if payload.jti.is_empty() {
        return Err("its jti is empty".to_owned());
    }
    Ok(Proof { id: payload.jti, thumbprint: thumbprint(&header.jwk.x, &header.jwk.y) })
}

/// RFC 7638, of a P-256 key with these coordinates in base64url.
pub(in crate::fake_aws) fn thumbprint(x: &str, y: &str) -> String {
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(members))
}

impl Jwk {
    fn key(&self) -> Result<VerifyingKey, String> {
        if (self.kty.as_str(), self.crv.as_str()) != ("EC", "P-256") {
            return Err("its key is not on P-256".to_owned());
        }
        // Uncompressed (SEC1 2.3.3).
        let mut point = vec![4];
        for coordinate in [&self.x, &self.y] {
            point.extend(URL_SAFE_NO_PAD.decode(coordinate).map_err(|error| error.to_string())?);
        }
        VerifyingKey::from_sec1_bytes(&point).map_err(|_| "its key is no point of P-256".to_owned())
    }
}

fn read<T: DeserializeOwned>(part: &str) -> Result<T, String> {
    let part = URL_SAFE_NO_PAD.decode(part).map_err(|error| error.to_string())?;
    serde_json::from_slice(&part).map_err(|error| error.to_string())
}

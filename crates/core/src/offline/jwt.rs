//! The end that a web identity token names: its `exp` claim, read without checking the signature (RFC 7519 4.1.4).

use super::is_object;
use crate::time::Timestamp;
use alloc::string::String;
use core::fmt;
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

/// What is kept of a token; nothing of it is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jwt {
    /// `exp`: its end. None where it has none, which means never.
    pub expires_at: Option<Timestamp>,
    /// `iat`: when it was made.
    pub issued_at: Option<Timestamp>,
}

/// Why a text is no token. Says never what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoJwt {
    /// Nothing but white space.
    Empty,
    /// Not three parts with dots between.
    NotThreeParts,
    /// The middle part is not base64url of a JSON object.
    NoClaims,
    /// `exp` is not a number of seconds.
    NoDate,
}

impl fmt::Display for NoJwt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "it is empty",
            Self::NotThreeParts => "it is not a JSON Web Token",
            Self::NoClaims => "it is not a JSON Web Token: its claims cannot be read",
            Self::NoDate => "its 'exp' claim is not a date",
        })
    }
}

/// `sub`: whom a token is about. None where it cannot be read.
pub fn subject(token: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims {
        sub: String,
    }
    let claims: Claims = serde_json::from_str(&claims(token.trim_ascii()).ok()?).ok()?;
    Some(claims.sub)
}

/// The middle part, as text: what is skipped of bytes is not looked at.
fn claims(token: &[u8]) -> Result<String, NoJwt> {
    let mut parts = token.split(|byte| *byte == b'.');
    let (Some(_), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(NoJwt::NotThreeParts);
    };
    // Some makers leave the padding that RFC 7515 forbids.
    let claims = claims.strip_suffix(b"==").or_else(|| claims.strip_suffix(b"=")).unwrap_or(claims);
    let claims = BASE64URL_NOPAD.decode(claims).map_err(|_| NoJwt::NoClaims)?;
    String::from_utf8(claims).ok().filter(|text| is_object(text.as_bytes())).ok_or(NoJwt::NoClaims)
}

impl Jwt {
    /// Reads a token file's content, or a token that stands elsewhere.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoJwt> {
        #[derive(Deserialize)]
        struct Claims {
            exp: Option<serde_json::Value>,
            iat: Option<serde_json::Value>,
        }
        let token = bytes.trim_ascii();
        if token.is_empty() {
            return Err(NoJwt::Empty);
        }
        let claims: Claims = serde_json::from_str(&claims(token)?).map_err(|_| NoJwt::NoClaims)?;
        let expires_at = claims.exp.map(|exp| seconds(&exp).ok_or(NoJwt::NoDate)).transpose()?;
        Ok(Self { expires_at, issued_at: claims.iat.as_ref().and_then(seconds) })
    }
}

/// `NumericDate`: seconds since 1970, perhaps with a fraction. What lies behind every calendar counts as its last day.
fn seconds(value: &serde_json::Value) -> Option<Timestamp> {
    let seconds = value.as_i64().or_else(|| {
        #[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates, as wanted")]
        value.as_f64().map(|seconds| seconds as i64)
    })?;
    Some(Timestamp::from_second(seconds).unwrap_or(if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn token(claims: &str) -> String {
        format!("eyJhbGciOiJSUzI1NiJ9.{}.c2ln\n", BASE64URL_NOPAD.encode(claims.as_bytes()))
    }

    fn end(claims: &str) -> Result<Option<i64>, NoJwt> {
        Jwt::parse(token(claims).as_bytes()).map(|jwt| jwt.expires_at.map(Timestamp::as_second))
    }

    #[test]
    fn the_end_is_the_exp_claim() {
        assert_eq!(end(r#"{"sub":"é","exp":1795314426,"iat":1795310826}"#), Ok(Some(1_795_314_426)));
        assert_eq!(end(r#"{"exp":1795314426.75}"#), Ok(Some(1_795_314_426)));
        assert_eq!(end(r#"{"exp":1e30}"#), Ok(Some(Timestamp::MAX.as_second())));
        assert_eq!(end(r#"{"sub":"x"}"#), Ok(None));
    }

    #[test]
    fn what_is_no_token_is_named_without_its_content() {
        let parse = |text: &str| Jwt::parse(text.as_bytes()).err();
        assert_eq!(parse(" \n"), Some(NoJwt::Empty));
        assert_eq!(parse("abc"), Some(NoJwt::NotThreeParts));
        assert_eq!(parse("a.b.c.d.e"), Some(NoJwt::NotThreeParts));
        assert_eq!(parse("a.!.c"), Some(NoJwt::NoClaims));
        assert_eq!(parse(&token("[0,4]")), Some(NoJwt::NoClaims));
        let not_text = [b"e30.", BASE64URL_NOPAD.encode(b"{\"x\":\"\x80\"}").as_bytes(), b".x"].concat();
        assert_eq!(Jwt::parse(&not_text), Err(NoJwt::NoClaims));
        assert_eq!(parse(&token(r#"{"exp":"soon"}"#)), Some(NoJwt::NoDate));
    }
}

//! Logins to ECR in Docker's `config.json`, and in the file of the same form that Podman has. The token that ECR gives as a
//! password is base64 of JSON which names its own end; nothing else of it is kept.

use super::line_of;
use crate::endpoint::is_region;
use crate::secret::Secret;
use crate::time::Timestamp;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use data_encoding::{BASE64, BASE64_NOPAD};
use serde_json::{Map, Value};

/// A login to a registry of ECR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryLogin {
    /// `111122223333.dkr.ecr.us-east-1.amazonaws.com`, or `public.ecr.aws`.
    pub host: String,
    /// Whose registry it is; none of the public one.
    pub account_id: Option<String>,
    /// Its region; none of the public one.
    pub region: Option<String>,
    /// When the token ends; none where it stands in a credential store, which only its own program reads.
    pub expires_at: Option<Timestamp>,
    /// Its line.
    pub line: Option<u32>,
}

/// The logins to ECR in a file. Registries with a credential helper of their own (`ecr-login`), which gets a new token
/// each time, are left out; a file that is no JSON gives nothing.
pub fn registry_logins(bytes: &[u8]) -> Vec<RegistryLogin> {
    let (Ok(text), Ok(file)) = (core::str::from_utf8(bytes), serde_json::from_slice::<Map<String, Value>>(bytes))
    else {
        return Vec::new();
    };
    let helpers = file.get("credHelpers").and_then(Value::as_object);
    let logins = file.get("auths").and_then(Value::as_object).into_iter().flatten();
    let logins = logins.filter_map(|(registry, login)| {
        let host = host_of(registry);
        let (account_id, region) = account_and_region(host)?;
        if helpers.is_some_and(|helpers| helpers.contains_key(host)) {
            return None;
        }
        Some(RegistryLogin {
            host: host.to_owned(),
            account_id: account_id.map(ToOwned::to_owned),
            region: region.map(ToOwned::to_owned),
            expires_at: end_of(login),
            line: line_of(text, registry),
        })
    });
    logins.collect()
}

/// Of `https://HOST/v2/`, too, which older programs write.
fn host_of(registry: &str) -> &str {
    let rest = registry.split_once("://").map_or(registry, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// None for what is no registry of ECR: `ACCOUNT.dkr.ecr[-fips].REGION.amazonaws.com[.cn]`, or its dual-stack name
/// `ACCOUNT.dkr-ecr[-fips].REGION.on.aws`.
fn account_and_region(host: &str) -> Option<(Option<&str>, Option<&str>)> {
    if host == "public.ecr.aws" {
        return Some((None, None));
    }
    let mut labels = host.split('.');
    let account = labels.next().filter(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()))?;
    match labels.next()? {
        "dkr" if matches!(labels.next()?, "ecr" | "ecr-fips") => {}
        "dkr-ecr" | "dkr-ecr-fips" => {}
        _ => return None,
    }
    let region = labels.next().filter(|region| is_region(region))?;
    Some((Some(account), Some(region)))
}

/// `auth` is base64 of `AWS:TOKEN`; the token, base64 of `{"payload": …, "expiration": SECONDS}`.
fn end_of(login: &Value) -> Option<Timestamp> {
    let decoded = |text: &str| {
        let text = text.trim().trim_end_matches('=');
        let bytes = BASE64_NOPAD.decode(text.as_bytes()).or_else(|_| BASE64.decode(text.as_bytes())).ok()?;
        String::from_utf8(bytes).ok().map(Secret::new)
    };
    let password = match (login.get("auth").and_then(Value::as_str), login.get("password").and_then(Value::as_str)) {
        (Some(auth), _) if !auth.is_empty() => Secret::new(decoded(auth)?.expose().split_once(':')?.1),
        (_, Some(password)) => Secret::new(password),
        _ => return None,
    };
    let token = decoded(password.expose())?;
    let token: Expiring = serde_json::from_str(token.expose()).ok()?;
    Timestamp::from_second(token.expiration).ok()
}

#[derive(serde::Deserialize)]
struct Expiring {
    expiration: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn auth(expiration: i64) -> String {
        let token = BASE64.encode(format!(r#"{{"payload":"x","version":"2","expiration":{expiration}}}"#).as_bytes());
        BASE64.encode(format!("AWS:{token}").as_bytes())
    }

    fn read(text: &str) -> Vec<String> {
        let logins = registry_logins(text.as_bytes());
        let words = |login: RegistryLogin| {
            let end = login.expires_at.map(Timestamp::as_second);
            format!("{} {:?} {:?} {end:?} {:?}", login.host, login.account_id, login.region, login.line)
        };
        logins.into_iter().map(words).collect()
    }

    #[test]
    fn the_ends_of_logins_to_ecr_are_read() {
        let text = format!(
            r#"{{"auths": {{
  "111122223333.dkr.ecr.us-east-1.amazonaws.com": {{"auth": "{}"}},
  "https://444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn/v2/": {{"auth": "{}"}},
  "777788889999.dkr.ecr.eu-west-1.amazonaws.com": {{}},
  "ghcr.io": {{"auth": "{}"}},
  "111122223333.dkr.ecr.eu-west-1.amazonaws.com": {{}},
  "public.ecr.aws": {{"auth": "AWS"}}
}}, "credsStore": "desktop", "credHelpers": {{"111122223333.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login"}}}}"#,
            auth(1_795_314_426),
            auth(7),
            auth(8)
        );
        assert_eq!(
            read(&text),
            [
                r#"111122223333.dkr.ecr.us-east-1.amazonaws.com Some("111122223333") Some("us-east-1") Some(1795314426) Some(2)"#,
                r#"777788889999.dkr.ecr.eu-west-1.amazonaws.com Some("777788889999") Some("eu-west-1") None Some(4)"#,
                r#"444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn Some("444455556666") Some("cn-north-1") Some(7) Some(3)"#,
                "public.ecr.aws None None None Some(7)",
            ]
        );
        assert_eq!(read("{\"auths\": []"), [""; 0]);
        assert_eq!(read("{\"auths\": {\"111122223333.dkr.ecr.x_y.amazonaws.com\": 7}}"), [""; 0]);
    }
}

//! The cache files that AWS's clients share: their names, and their content (aws-sessions.md 2.3).

mod login;
mod name;
mod registration;
mod role;
mod token;

pub use login::{LOGIN_LENGTH, LoginKeys, LoginToken, login_file};
pub use name::{CacheName, python_string};
pub use registration::{Registration, Tool, registration_key};
pub use role::{RoleCredentials, sso_role_key};
pub use token::{Damage, Token, TokenClient};

use serde_json::{Map, Value};

/// The JSON object in `bytes`, or how the file is damaged.
fn object(bytes: &[u8]) -> Result<Map<alloc::string::String, Value>, Damage> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Damage::Empty);
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Damage::NotAnObject),
        Err(error) => Err(Damage::NotJson { line: error.line(), column: error.column() }),
    }
}

/// A text field; empty counts as missing.
fn text<'a>(object: &'a Map<alloc::string::String, Value>, field: &'static str) -> Result<Option<&'a str>, Damage> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Damage::WrongType { field }),
    }
}

/// A date field.
fn date(object: &Map<alloc::string::String, Value>, field: &'static str) -> Result<Option<crate::time::Date>, Damage> {
    match text(object, field)? {
        None => Ok(None),
        Some(text) => crate::time::read_date(text).map(Some).ok_or(Damage::NoDate { field }),
    }
}

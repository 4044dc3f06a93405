//! The ends that other tools write beside temporary keys, in a file or in the environment (aws-sessions.md 2.6).

use crate::config::Keys;
use crate::time::{Timestamp, read_date};
use alloc::string::String;
use jiff::civil::DateTime;

/// What a file says about the end of a temporary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyExpiry {
    /// A moment.
    At {
        /// The key that says so.
        key: &'static str,
        /// The end.
        at: Timestamp,
    },
    /// A time of this machine's own zone (awsume).
    Local {
        /// The key that says so.
        key: &'static str,
        /// The end.
        at: DateTime,
    },
    /// There is a key, but its value is no date, or one without a zone.
    Unreadable {
        /// The key.
        key: &'static str,
    },
    /// There is none.
    Unknown,
}

/// The keys that tools were seen to write, the surest first.
const KEYS: [&str; 10] = [
    "x_security_token_expires",
    "aws_session_expiration",
    "aws_expiration",
    "aws_credential_expiration",
    "expiration",
    "aws_session_token_expiration",
    "token_expiration",
    "aws_token_expiry",
    "expires_at",
    "x_expiration",
];

/// Finds what the section says: the surest key that can be read, else the surest that cannot.
pub(crate) fn find(keys: &Keys<'_>) -> KeyExpiry {
    let awsume = keys.get("manager") == Some("awsume") || keys.get("autoawsume").is_some();
    let aws_mfa = keys.get("assumed_role").is_some() || keys.get("aws_security_token").is_some();
    // `expiration` without a zone is UTC from aws-mfa and local time from awsume; their companion keys tell which.
    let zone = |key| match key {
        "expiration" if awsume => Zone::Local,
        "expiration" if aws_mfa => Zone::Utc,
        _ => Zone::Named,
    };
    surest(KEYS.into_iter().filter_map(|key| Some(read(key, keys.get(key)?, zone(key)))))
}

/// The variables that tools set beside a key, the surest first. awsume writes local time.
const VARIABLES: [(&str, Zone); 3] = [
    ("AWS_CREDENTIAL_EXPIRATION", Zone::Named),
    ("AWS_SESSION_EXPIRATION", Zone::Named),
    ("AWSUME_EXPIRATION", Zone::Local),
];

/// Finds what the environment says.
pub(crate) fn of_environment(variable: impl Fn(&str) -> Option<String>) -> KeyExpiry {
    surest(VARIABLES.into_iter().filter_map(|(key, zone)| Some(read(key, &variable(key)?, zone))))
}

/// What a date without a zone means.
#[derive(Clone, Copy)]
enum Zone {
    /// Nothing that can be told.
    Named,
    Utc,
    Local,
}

fn read(key: &'static str, text: &str, zone: Zone) -> KeyExpiry {
    match (read_date(text), zone, text.trim().parse()) {
        (Some(date), ..) if date.zoned => KeyExpiry::At { key, at: date.at },
        (Some(date), Zone::Utc, _) => KeyExpiry::At { key, at: date.at },
        (Some(_), Zone::Local, Ok(at)) => KeyExpiry::Local { key, at },
        _ => KeyExpiry::Unreadable { key },
    }
}

fn surest(said: impl Iterator<Item = KeyExpiry>) -> KeyExpiry {
    let mut unreadable = KeyExpiry::Unknown;
    for expiry in said {
        match expiry {
            KeyExpiry::At { .. } | KeyExpiry::Local { .. } => return expiry,
            KeyExpiry::Unreadable { .. } if unreadable == KeyExpiry::Unknown => unreadable = expiry,
            KeyExpiry::Unreadable { .. } | KeyExpiry::Unknown => {}
        }
    }
    unreadable
}

#[cfg(test)]
mod tests {
    use crate::config::Credentials;
    use crate::config::tests::config;
    use alloc::format;
    use alloc::string::String;

    fn expiry(lines: &str) -> String {
        let text = format!(
            "[t]\naws_access_key_id=ASIAEXAMPLEEXAMPLE00\naws_secret_access_key=x\naws_session_token=y\n{lines}"
        );
        match config("", &text).profiles.get("t").map(|profile| profile.credentials.clone()) {
            Some(Credentials::Temporary { expiry, .. }) => format!("{expiry:?}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn each_tools_key_is_read_with_its_own_zone_rule() {
        let cases = [
            "x_security_token_expires = 2026-11-22T10:00:00+02:00",
            "aws_session_expiration = 2020-06-14T17:13:26+0000",
            "AWS_Session_Expiration = 2020-06-14T17:13:26+00:00+0000",
            "aws_expiration = 2026-11-22T08:00:00.000Z",
            "expiration = 2026-11-22 08:00:00\nassumed_role = False",
            "expiration = 2026-11-22 08:00:00\nmanager = awsume",
            "expiration = 2026-11-22 08:00:00",
            "expires_at = tomorrow",
            "expires_at = tomorrow\nx_expiration = 2026-11-22T08:00:00Z",
            "token_expiration = 2026-11-22T08:00:00+0000",
            "aws_session_token_expiration = 2026-11-22T08:00:00UTC",
            "aws_token_expiry = 2026-11-22 08:00:00Z",
            "aws_credential_expiration = 2026-11-22T08:00:00.5Z",
            "",
        ];
        let read: alloc::vec::Vec<String> = cases.iter().map(|lines| expiry(lines).clone()).collect();
        insta::assert_snapshot!(read.join("\n"), @r#"
        At { key: "x_security_token_expires", at: 2026-11-22T08:00:00Z }
        At { key: "aws_session_expiration", at: 2020-06-14T17:13:26Z }
        At { key: "aws_session_expiration", at: 2020-06-14T17:13:26Z }
        At { key: "aws_expiration", at: 2026-11-22T08:00:00Z }
        At { key: "expiration", at: 2026-11-22T08:00:00Z }
        Local { key: "expiration", at: 2026-11-22T08:00:00 }
        Unreadable { key: "expiration" }
        Unreadable { key: "expires_at" }
        At { key: "x_expiration", at: 2026-11-22T08:00:00Z }
        At { key: "token_expiration", at: 2026-11-22T08:00:00Z }
        At { key: "aws_session_token_expiration", at: 2026-11-22T08:00:00Z }
        At { key: "aws_token_expiry", at: 2026-11-22T08:00:00Z }
        At { key: "aws_credential_expiration", at: 2026-11-22T08:00:00.5Z }
        Unknown
        "#);
    }
}

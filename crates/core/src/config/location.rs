//! Where the two files are, as the SDKs' reference tells it (aws-sessions.md 1.1): a function of variables and system.

use alloc::format;
use alloc::string::String;

/// Which kind of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// `/home/me/.aws/config`
    Unix,
    /// `C:\Users\me\.aws\config`
    Windows,
}

/// The two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The config file.
    pub config: String,
    /// The credentials file.
    pub credentials: String,
}

/// The home folder that the SDKs for Rust, JavaScript and Java use; `variable` gives the value of one that is set and
/// not empty.
pub fn home(platform: Platform, variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    variable("HOME").or_else(|| match platform {
        Platform::Unix => None,
        Platform::Windows => variable("USERPROFILE").or_else(|| {
            let drive = variable("HOMEDRIVE")?;
            Some(format!("{drive}{}", variable("HOMEPATH")?))
        }),
    })
}

impl Location {
    /// Where `variable` and the home folder say.
    pub fn find(platform: Platform, home: &str, variable: impl Fn(&str) -> Option<String>) -> Self {
        let file = |name, file| {
            let named = variable(name).map(|path| expand(platform, &path, home));
            named.unwrap_or_else(|| platform.join(home, &[".aws", file]))
        };
        Self {
            config: file("AWS_CONFIG_FILE", "config"),
            credentials: file("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
        }
    }
}

/// `~` and `~/x` as every client but Go reads them. Nothing else is expanded.
pub fn expand(platform: Platform, path: &str, home: &str) -> String {
    let is_separator = |character| character == '/' || platform == Platform::Windows && character == '\\';
    match path.strip_prefix('~') {
        Some("") => home.into(),
        Some(rest) if rest.starts_with(is_separator) => platform.join(home, &[rest.trim_start_matches(is_separator)]),
        _ => path.into(),
    }
}

impl Platform {
    fn join(self, folder: &str, parts: &[&str]) -> String {
        let separator = match self {
            Self::Unix => '/',
            Self::Windows => '\\',
        };
        let mut path = String::from(folder);
        for part in parts {
            if !path.ends_with(separator) {
                path.push(separator);
            }
            path.push_str(part);
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn found(platform: Platform, variables: &[(&str, &str)]) -> Option<(String, String)> {
        let variable = |name: &str| variables.iter().find(|(set, _)| *set == name).map(|(_, value)| value.to_string());
        let location = Location::find(platform, &home(platform, variable)?, variable);
        Some((location.config, location.credentials))
    }

    fn files(config: &str, credentials: &str) -> (String, String) {
        (config.into(), credentials.into())
    }

    #[test]
    fn variables_and_the_home_folder_say_where_the_files_are() {
        use Platform::{Unix, Windows};
        assert_eq!(
            found(Unix, &[("HOME", "/home/me"), ("USERPROFILE", "x")]),
            Some(files("/home/me/.aws/config", "/home/me/.aws/credentials"))
        );
        assert_eq!(found(Unix, &[("USERPROFILE", "x")]), None);
        assert_eq!(found(Unix, &[("HOME", "/")]), Some(files("/.aws/config", "/.aws/credentials")));
        let windows = Some(files(r"C:\Users\me\.aws\config", r"C:\Users\me\.aws\credentials"));
        assert_eq!(found(Windows, &[("HOME", r"C:\Users\me"), ("USERPROFILE", "x")]), windows);
        assert_eq!(found(Windows, &[("USERPROFILE", r"C:\Users\me"), ("HOMEDRIVE", "x")]), windows);
        assert_eq!(found(Windows, &[("HOMEDRIVE", "C:"), ("HOMEPATH", r"\Users\me")]), windows);
        assert_eq!(
            found(
                Unix,
                &[("HOME", "/home/me"), ("AWS_CONFIG_FILE", "~/alt/config"), ("AWS_SHARED_CREDENTIALS_FILE", "/x")]
            ),
            Some(files("/home/me/alt/config", "/x"))
        );
    }

    #[test]
    fn only_a_leading_tilde_is_the_home_folder() {
        let unix = |path| expand(Platform::Unix, path, "/home/me");
        assert_eq!(unix("~"), "/home/me");
        assert_eq!(unix("~bob/config"), "~bob/config");
        assert_eq!(unix("/etc/$X/~/config"), "/etc/$X/~/config");
        assert_eq!(unix(r"~\config"), r"~\config");
        assert_eq!(expand(Platform::Windows, r"~\config", r"C:\me"), r"C:\me\config");
    }
}

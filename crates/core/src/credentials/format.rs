//! Credentials as other programs and shells take them: what `aws configure export-credentials` prints, in words that
//! each shell reads as they stand, and without leftovers of other credentials.

use super::AccessKeys;
use crate::cache::python_string;
use crate::secret::Secret;
use crate::text::single_quoted;
use crate::time::write_date;
use alloc::format;
use alloc::string::String;

/// For whom the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A `credential_process`: one JSON document.
    Process,
    /// sh, bash, zsh and their relatives.
    Env,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
    /// Windows' cmd
    Cmd,
}

impl Format {
    /// The text for `keys`, with its last line's end. The error is a sentence.
    pub fn text(self, keys: &AccessKeys) -> Result<Secret, String> {
        if self == Self::Process {
            return Ok(process(keys));
        }
        let end = keys.expires_at.map(write_date);
        let token = keys.session_token.as_ref().map(Secret::expose);
        let mut text = String::with_capacity(2048);
        for (name, value) in [
            ("AWS_ACCESS_KEY_ID", Some(keys.access_key_id.expose())),
            ("AWS_SECRET_ACCESS_KEY", Some(keys.secret_access_key.expose())),
            ("AWS_SESSION_TOKEN", token),
            // The older name of the token, which boto3 and the AWS CLI look for first.
            ("AWS_SECURITY_TOKEN", None),
            ("AWS_CREDENTIAL_EXPIRATION", end.as_deref()),
        ] {
            text.push_str(&match value {
                Some(value) => self.set(name, value)?,
                None => self.unset(name),
            });
            text.push('\n');
        }
        Ok(Secret::new(text))
    }

    fn set(self, name: &str, value: &str) -> Result<String, String> {
        let is_plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+=_.:@-".contains(&byte));
        Ok(match self {
            Self::Process => String::new(),
            Self::Env if is_plain => format!("export {name}={value}"),
            Self::Env => format!("export {name}={}", single_quoted(value)),
            Self::Fish if is_plain => format!("set -gx {name} {value}"),
            Self::Fish => format!("set -gx {name} '{}'", value.replace('\\', r"\\").replace('\'', r"\'")),
            Self::Powershell => format!("$Env:{name} = '{}'", value.replace('\'', "''")),
            // Nothing in cmd escapes these at its prompt and in a file alike.
            Self::Cmd if value.contains(['%', '"', '!']) => {
                return Err(format!(
                    "{name} has characters that cmd does not take as they stand. Use --format powershell."
                ));
            }
            Self::Cmd => format!("set \"{name}={value}\""),
        })
    }

    fn unset(self, name: &str) -> String {
        match self {
            Self::Process => String::new(),
            Self::Env => format!("unset {name}"),
            Self::Fish => format!("set -e {name}"),
            Self::Powershell => format!("Remove-Item Env:{name} -ErrorAction Ignore"),
            Self::Cmd => format!("set \"{name}=\""),
        }
    }
}

fn process(keys: &AccessKeys) -> Secret {
    let mut text = String::with_capacity(2048);
    text.push_str("{\"Version\":1");
    let mut add = |name: &str, value: &str| text.push_str(&format!(",\"{name}\":{}", python_string(value)));
    add("AccessKeyId", keys.access_key_id.expose());
    add("SecretAccessKey", keys.secret_access_key.expose());
    if let Some(token) = &keys.session_token {
        add("SessionToken", token.expose());
    }
    if let Some(end) = keys.expires_at {
        add("Expiration", &write_date(end));
    }
    if let Some(account_id) = &keys.account_id {
        add("AccountId", account_id);
    }
    text.push_str("}\n");
    Secret::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(format: Format, secret: &str, is_temporary: bool) -> String {
        let end = is_temporary.then(|| "2026-11-22T02:27:06Z".parse().unwrap_or_default());
        let keys = AccessKeys::new("ASIADUMMY", secret, is_temporary.then_some("a/b+c="), end);
        let text = keys.map_err(|why| format!("{why}")).and_then(|keys| format.text(&keys));
        text.map_or_else(|error| error, |text| text.expose().into())
    }

    #[test]
    fn each_shell_gets_its_own_words() {
        insta::assert_snapshot!(said(Format::Process, "s", true), @r#"{"Version":1,"AccessKeyId":"ASIADUMMY","SecretAccessKey":"s","SessionToken":"a/b+c=","Expiration":"2026-11-22T02:27:06Z"}"#);
        insta::assert_snapshot!(said(Format::Env, "s", true), @"
        export AWS_ACCESS_KEY_ID=ASIADUMMY
        export AWS_SECRET_ACCESS_KEY=s
        export AWS_SESSION_TOKEN=a/b+c=
        unset AWS_SECURITY_TOKEN
        export AWS_CREDENTIAL_EXPIRATION=2026-11-22T02:27:06Z
        ");
        insta::assert_snapshot!(said(Format::Fish, "s", true), @"
        set -gx AWS_ACCESS_KEY_ID ASIADUMMY
        set -gx AWS_SECRET_ACCESS_KEY s
        set -gx AWS_SESSION_TOKEN a/b+c=
        set -e AWS_SECURITY_TOKEN
        set -gx AWS_CREDENTIAL_EXPIRATION 2026-11-22T02:27:06Z
        ");
        insta::assert_snapshot!(said(Format::Powershell, "s", true), @"
        $Env:AWS_ACCESS_KEY_ID = 'ASIADUMMY'
        $Env:AWS_SECRET_ACCESS_KEY = 's'
        $Env:AWS_SESSION_TOKEN = 'a/b+c='
        Remove-Item Env:AWS_SECURITY_TOKEN -ErrorAction Ignore
        $Env:AWS_CREDENTIAL_EXPIRATION = '2026-11-22T02:27:06Z'
        ");
        insta::assert_snapshot!(said(Format::Cmd, "s", true), @r#"
        set "AWS_ACCESS_KEY_ID=ASIADUMMY"
        set "AWS_SECRET_ACCESS_KEY=s"
        set "AWS_SESSION_TOKEN=a/b+c="
        set "AWS_SECURITY_TOKEN="
        set "AWS_CREDENTIAL_EXPIRATION=2026-11-22T02:27:06Z"
        "#);
    }

    #[test]
    fn what_is_absent_is_taken_away() {
        insta::assert_snapshot!(said(Format::Process, "s", false), @r#"{"Version":1,"AccessKeyId":"ASIADUMMY","SecretAccessKey":"s"}"#);
        insta::assert_snapshot!(said(Format::Env, "s", false), @"
        export AWS_ACCESS_KEY_ID=ASIADUMMY
        export AWS_SECRET_ACCESS_KEY=s
        unset AWS_SESSION_TOKEN
        unset AWS_SECURITY_TOKEN
        unset AWS_CREDENTIAL_EXPIRATION
        ");
    }

    #[test]
    fn no_value_is_read_as_a_command() {
        let line = |format| said(format, "a'\\$(x)`|", false).lines().nth(1).map(String::from).unwrap_or_default();
        insta::assert_snapshot!(line(Format::Env), @r"export AWS_SECRET_ACCESS_KEY='a'\''\$(x)`|'");
        insta::assert_snapshot!(line(Format::Fish), @r"set -gx AWS_SECRET_ACCESS_KEY 'a\'\\$(x)`|'");
        insta::assert_snapshot!(line(Format::Powershell), @r"$Env:AWS_SECRET_ACCESS_KEY = 'a''\$(x)`|'");
        insta::assert_snapshot!(line(Format::Cmd), @r#"set "AWS_SECRET_ACCESS_KEY=a'\$(x)`|""#);
        insta::assert_snapshot!(said(Format::Cmd, "100%", false), @"AWS_SECRET_ACCESS_KEY has characters that cmd does not take as they stand. Use --format powershell.");
    }
}

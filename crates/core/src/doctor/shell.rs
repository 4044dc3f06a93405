//! Commands that change a variable in the person's shell.

use crate::page::Shell;
use crate::text::word;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Takes variables away.
pub(crate) fn unset(shell: Shell, names: &[&str]) -> String {
    let all = |before: &str, between: &str, behind: &str| {
        names.iter().map(|name| format!("{before}{name}{behind}")).collect::<Vec<_>>().join(between)
    };
    match shell {
        Shell::Posix => format!("unset {}", names.join(" ")),
        Shell::Fish => format!("set -e {}", names.join(" ")),
        Shell::Powershell => format!("Remove-Item {}", all("Env:", ", ", "")),
        Shell::Cmd => all("set \"", " & ", "=\""),
    }
}

/// Sets a variable; none for a value that nobody can type.
pub(crate) fn export(shell: Shell, name: &str, value: &str) -> Option<String> {
    let word = word(value)?;
    Some(match shell {
        Shell::Posix => format!("export {name}={word}"),
        Shell::Fish => format!("set -gx {name} {word}"),
        Shell::Powershell => format!("$Env:{name} = '{}'", value.replace('\'', "''")),
        Shell::Cmd if value.contains(['"', '%']) => return None,
        Shell::Cmd => format!("set \"{name}={value}\""),
    })
}

/// Gives a variable's value to another, unseen, and takes the first away.
pub(crate) fn rename(shell: Shell, from: &str, to: &str) -> String {
    let set = match shell {
        Shell::Posix => format!("export {to}=\"${from}\""),
        Shell::Fish => format!("set -gx {to} ${from}"),
        Shell::Powershell => format!("$Env:{to} = $Env:{from}"),
        Shell::Cmd => return format!("set \"{to}=%{from}%\" & {}", unset(shell, &[from])),
    };
    format!("{set}; {}", unset(shell, &[from]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shell_has_its_words() {
        let said = [Shell::Posix, Shell::Fish, Shell::Powershell, Shell::Cmd].map(|shell| {
            format!("{} | {}", unset(shell, &["A", "B"]), export(shell, "AWS_PROFILE", "dev").unwrap_or_default())
        });
        insta::assert_snapshot!(said.join("\n"), @r#"
        unset A B | export AWS_PROFILE=dev
        set -e A B | set -gx AWS_PROFILE dev
        Remove-Item Env:A, Env:B | $Env:AWS_PROFILE = 'dev'
        set "A=" & set "B=" | set "AWS_PROFILE=dev"
        "#);
        let renamed = [Shell::Posix, Shell::Fish, Shell::Powershell, Shell::Cmd].map(|shell| rename(shell, "A", "B"));
        insta::assert_snapshot!(renamed.join("\n"), @r#"
        export B="$A"; unset A
        set -gx B $A; set -e A
        $Env:B = $Env:A; Remove-Item Env:A
        set "B=%A%" & set "A="
        "#);
        let odd = |shell| export(shell, "AWS_PROFILE", "it's $(x)").unwrap_or_default();
        assert_eq!(odd(Shell::Posix), r"export AWS_PROFILE='it'\''s $(x)'");
        assert_eq!(odd(Shell::Powershell), "$Env:AWS_PROFILE = 'it''s $(x)'");
        assert_eq!(export(Shell::Posix, "AWS_PROFILE", "a\nb"), None);
    }
}

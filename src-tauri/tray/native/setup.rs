//! What the installer lets a person choose. It is done here, because an installer's script reads no long `Path`.

use relight_core::settings::Setting;
use relight_engine::paths::Paths;
use relight_engine::{autostart, settings};

/// Has the tray start at login or not, as the window's settings do. The error is a sentence.
pub(super) fn start_at_login(paths: &Paths, on: bool) -> Result<(), String> {
    settings::change(paths, &Setting::StartAtLogin(on))?;
    autostart::keep(paths, on).map_err(|error| format!("Starting at login cannot be changed: {error}."))
}

/// Has terminals find `relight`, or not. The error is a sentence.
#[cfg(windows)]
pub(super) fn put_on_path(on: bool) -> Result<(), String> {
    person_path::change(on).map_err(|error| format!("The variable Path cannot be changed: {error}."))
}

#[cfg(windows)]
mod person_path {
    use std::io;
    use winreg::enums::{HKEY_CURRENT_USER, KEY_QUERY_VALUE, KEY_SET_VALUE, REG_EXPAND_SZ, REG_SZ};
    use winreg::types::FromRegValue;
    use winreg::{RegKey, RegValue};

    /// The person's own part of the variable: with its kind and `%NAMES%` as they are.
    pub(super) fn change(on: bool) -> io::Result<()> {
        let program = std::env::current_exe()?;
        let folder = program.parent().and_then(|folder| folder.to_str());
        let folder = folder.ok_or_else(|| io::Error::other("the folder's name is not Unicode"))?;
        let person = RegKey::predef(HKEY_CURRENT_USER);
        let variables = person.open_subkey_with_flags("Environment", KEY_QUERY_VALUE | KEY_SET_VALUE)?;
        let (there, kind) = match variables.get_raw_value("Path") {
            Ok(value) if matches!(value.vtype, REG_SZ | REG_EXPAND_SZ) => {
                (String::from_reg_value(&value)?, value.vtype)
            }
            Ok(_) => return Err(io::Error::other("it is no text")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (String::new(), REG_EXPAND_SZ),
            Err(error) => return Err(error),
        };
        let changed = if on { with(&there, folder) } else { without(&there, folder) };
        if changed == there {
            return Ok(());
        }
        let bytes = changed.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        variables.set_raw_value("Path", &RegValue { bytes: bytes.into(), vtype: kind })
    }

    fn with(path: &str, folder: &str) -> String {
        if path.split(';').any(|entry| is(entry, folder)) {
            return path.to_owned();
        }
        let between = if path.is_empty() || path.ends_with(';') { "" } else { ";" };
        format!("{path}{between}{folder}")
    }

    fn without(path: &str, folder: &str) -> String {
        path.split(';').filter(|entry| !is(entry, folder)).collect::<Vec<_>>().join(";")
    }

    fn is(entry: &str, folder: &str) -> bool {
        let plain = |text: &str| text.trim().trim_matches('"').trim_end_matches('\\').to_lowercase();
        plain(entry) == plain(folder)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_folder_comes_and_goes_and_all_else_stays() {
            let folder = r"C:\Users\kim\AppData\Local\Programs\Relight";
            for (before, on) in [
                ("", folder.to_owned()),
                (r"%USERPROFILE%\bin", format!(r"%USERPROFILE%\bin;{folder}")),
                (r"C:\a;;D:\b", format!(r"C:\a;;D:\b;{folder}")),
            ] {
                assert_eq!(with(before, folder), on);
                assert_eq!(with(&on, folder), on);
                assert_eq!(without(&on, folder), before);
                assert_eq!(without(before, folder), before);
            }
            // What ended with a separator has one less afterwards, and means the same.
            assert_eq!(with(r"C:\a;", folder), format!(r"C:\a;{folder}"));
            let odd = format!(r#"C:\a;"{}\";D:\b"#, folder.to_uppercase());
            assert_eq!(with(&odd, folder), odd);
            assert_eq!(without(&odd, folder), r"C:\a;D:\b");
        }
    }
}

//! A value in the registry's list of what starts when this person logs in.

use crate::paths::Paths;
use std::io;
use std::path::Path;
use winreg::RegKey;
use winreg::enums::HKEY_CURRENT_USER;

const NAME: &str = "Relight";
const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
/// Where the Task Manager and the Settings note what the person switched off. The entry itself stays as it is.
const APPROVED: &str = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run";

pub(super) fn place(_paths: &Paths) -> String {
    format!(r"HKEY_CURRENT_USER\{RUN}\{NAME}")
}

/// A value that starts this program, or none.
pub(super) fn keep(_paths: &Paths, program: Option<&Path>) -> io::Result<()> {
    keep_in(&RegKey::predef(HKEY_CURRENT_USER), program)
}

fn keep_in(person: &RegKey, program: Option<&Path>) -> io::Result<()> {
    let (run, _) = person.create_subkey(RUN)?;
    let there: Option<String> = found(run.get_value(NAME))?;
    match (program, there) {
        (_, Some(command)) if !is_ours(&command) => {
            tracing::info!("the entry {NAME} starts another program, and is left alone");
            Ok(())
        }
        (None, None) => Ok(()),
        (None, Some(_)) => {
            run.delete_value(NAME)?;
            // Or it would stay off when the setting is switched on again.
            let approved = found(person.open_subkey_with_flags(APPROVED, winreg::enums::KEY_SET_VALUE))?;
            approved.map_or(Ok(()), |approved| found(approved.delete_value(NAME)).map(drop))
        }
        (Some(program), there) => {
            let command = command(program);
            if there.as_ref() == Some(&command) { Ok(()) } else { run.set_value(NAME, &command) }
        }
    }
}

/// Quoted: a folder's name may have blanks. No path of Windows has quotes.
fn command(program: &Path) -> String {
    format!("\"{}\"", program.display())
}

/// Whether a command starts a tray of Relight, wherever that is.
fn is_ours(command: &str) -> bool {
    let program = command.trim().trim_matches('"').rsplit(['\\', '/']).next();
    program.is_some_and(|name| name.eq_ignore_ascii_case("relight-tray.exe"))
}

fn found<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A person of the registry's, who is gone with the test.
    struct Person(RegKey, String);

    impl Person {
        fn new(test: &str) -> Self {
            let name = format!(r"Software\dev.relight.tests\{test}-{}", std::process::id());
            Self(RegKey::predef(HKEY_CURRENT_USER).create_subkey(&name).unwrap().0, name)
        }

        fn entry(&self) -> Option<String> {
            self.0.open_subkey(RUN).unwrap().get_value(NAME).ok()
        }

        fn switch_off(&self) {
            let off = winreg::RegValue { bytes: vec![3; 12].into(), vtype: winreg::enums::REG_BINARY };
            self.0.create_subkey(APPROVED).unwrap().0.set_raw_value(NAME, &off).unwrap();
        }

        fn is_switched_off(&self) -> bool {
            self.0.open_subkey(APPROVED).is_ok_and(|approved| approved.get_raw_value(NAME).is_ok())
        }
    }

    impl Drop for Person {
        fn drop(&mut self) {
            let _ = RegKey::predef(HKEY_CURRENT_USER).delete_subkey_all(&self.1);
        }
    }

    #[test]
    fn the_entry_is_as_the_setting_says_and_follows_the_program() {
        let person = Person::new("setting");
        let keep = |program: Option<&str>| keep_in(&person.0, program.map(Path::new)).unwrap();
        keep(None);
        assert_eq!(person.entry(), None);
        keep(Some(r"C:\old\relight-tray.exe"));
        assert_eq!(person.entry().as_deref(), Some(r#""C:\old\relight-tray.exe""#));
        keep(Some(r"C:\my apps\relight-tray.exe"));
        assert_eq!(person.entry().as_deref(), Some(r#""C:\my apps\relight-tray.exe""#));
        keep(None);
        assert_eq!(person.entry(), None);
    }

    #[test]
    fn what_the_person_switched_off_stays_off_until_the_setting_changes() {
        let person = Person::new("switched-off");
        let program = Some(Path::new(r"C:\relight-tray.exe"));
        let keep = |program| keep_in(&person.0, program).unwrap();
        keep(program);
        person.switch_off();
        keep(program);
        assert!(person.is_switched_off());
        keep(None);
        assert!(!person.is_switched_off());
    }

    #[test]
    fn an_entry_of_the_persons_own_is_left_alone() {
        let person = Person::new("own");
        let own = r"C:\tools\relight-tray.cmd";
        person.0.create_subkey(RUN).unwrap().0.set_value(NAME, &own).unwrap();
        for program in [Some(Path::new(r"C:\relight-tray.exe")), None] {
            keep_in(&person.0, program).unwrap();
            assert_eq!(person.entry().as_deref(), Some(own));
        }
    }
}

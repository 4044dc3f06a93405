//! `relight credentials`: on standard output nothing but what was asked for.

use super::args::{Credentials, Format};
use super::ending::Ending;
use super::{out, select};
use relight_core::credentials::{self, Failure};
use relight_core::secret::Secret;
use relight_core::text::shown;
use relight_engine::clock;
use relight_engine::credentials::{Getting, files_of};
use relight_engine::paths::Paths;

pub(super) fn run(chosen: &Credentials, json: bool, paths: &Paths) -> Ending {
    if json && chosen.format != Format::Process {
        return Ending::Usage("--json prints the format 'process': leave --format or --json out.".to_owned());
    }
    let name = &chosen.profile;
    let (files, config) = match files_of(paths, name) {
        Ok(read) => read,
        Err(sentence) => return Ending::World(sentence),
    };
    if !config.profiles.contains_key(name) {
        let app = super::read(paths);
        return select::no_profile(&app, &app.view(clock::now()), name);
    }
    let text = Getting::new(paths, ask).get(name, &files, &config);
    let text = text.and_then(|keys| format(chosen.format).text(&keys).map_err(Failure::World));
    match text {
        Ok(text) => {
            let printed = out::print_plain(text.expose());
            // The process ends now: taking the files apart piece by piece would only take time.
            std::mem::forget((files, config));
            printed.map_or_else(Into::into, |()| Ending::Fine)
        }
        Err(Failure::World(sentence)) => Ending::World(sentence),
        Err(Failure::Person(sentence)) => {
            out::complain(&sentence);
            Ending::No
        }
    }
}

/// The code of this MFA device; none where there is no terminal.
fn ask(serial: &str) -> Option<Secret> {
    let code = rpassword::prompt_password(format!("MFA code of {}: ", shown(serial))).ok()?;
    Some(Secret::new(code.trim())).filter(|code| !code.expose().is_empty())
}

fn format(format: Format) -> credentials::Format {
    match format {
        Format::Process => credentials::Format::Process,
        Format::Env => credentials::Format::Env,
        Format::Fish => credentials::Format::Fish,
        Format::Powershell => credentials::Format::Powershell,
        Format::Cmd => credentials::Format::Cmd,
    }
}

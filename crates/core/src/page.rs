//! All that the window shows: what is true, what was chosen, and where the files are. It has no secret in it.

use crate::accounts::{AccountsPage, SessionPage};
use crate::browser::FoundBrowser;
use crate::doctor::Finding;
use crate::explain::Answer;
use crate::fix::Mended;
use crate::settings::Settings;
use crate::view::View;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// What crosses to the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Page {
    /// Relight's own version.
    pub relight: &'static str,
    /// What is true.
    pub view: View,
    /// What was chosen.
    pub settings: Settings,
    /// Where the files are.
    pub places: Places,
    /// What the session may use that was asked for last; none until one was.
    pub accounts: Option<AccountsPage>,
    /// The organisation that is being added; none until something was typed.
    pub organisation: Option<SessionPage>,
    /// What the pasted error means; none until one was.
    pub answer: Option<Answer>,
    /// What is wrong on this computer, the worst first; none until it was looked for.
    pub findings: Option<Vec<Finding>>,
    /// What came of the last change that mends something.
    pub mended: Option<Mended>,
    /// The person's shell, for what they copy.
    pub shell: Shell,
    /// The ways to open a page that this machine offers; none until they were looked for.
    pub found_browsers: Vec<FoundBrowser>,
    /// The variables that settings may give, in their order.
    pub variables: Vec<Variable>,
    /// On Windows: what WSL has; none until it was looked for.
    pub found_wsl_homes: Vec<WslHome>,
}

/// A variable that settings may give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What the program was started with, which counts.
    pub value: Option<String>,
}

/// A home folder with AWS files, in a distribution of WSL that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WslHome {
    /// The distribution.
    pub distribution: String,
    /// As the distribution calls it: `/home/me`.
    pub home: String,
}

/// Where the files are, as the person would write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Places {
    /// The AWS config file.
    pub config: String,
    /// The AWS credentials file.
    pub credentials: String,
    /// Tokens and client registrations.
    pub sso_cache: String,
    /// Role credentials that the AWS CLI cached.
    pub cli_cache: String,
    /// Relight's settings.
    pub settings: String,
    /// Relight's own folder.
    pub state: String,
    /// Relight's log.
    pub log: String,
}

/// How a shell sets a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Shell {
    /// `export NAME=value`
    #[default]
    Posix,
    /// `set -gx NAME value`
    Fish,
    /// `$Env:NAME = 'value'`
    Powershell,
    /// `set "NAME=value"`
    Cmd,
}

#[cfg(test)]
mod tests {
    //! The window's types are made from these: `RELIGHT_WRITE_BINDINGS=1` writes them, and the check is that nothing
    //! changed since.

    use super::*;
    use crate::accounts::{AccountRow, Chosen, Preview, ProfilesWish, RoleRow, SessionWish};
    use crate::action::{Action, Part, Place};
    use crate::config::{Home, SessionId};
    use crate::doctor::About;
    use crate::explain::{Also, Cause, Evidence, Pasted};
    use crate::fix::{Change, Fix, Shown};
    use crate::flow::Progress;
    use crate::problem::{Problem, Severity};
    use crate::settings::{LogLevel, Setting};
    use crate::status::{EndsBasis, ExpiresBasis, State};
    use crate::view::{By, Flow, Login, LoginState, ProfileView, SessionView};
    use std::path::Path;
    use std::{env, fs};
    use ts_rs::{Config, TS};

    fn bindings() -> String {
        let config = Config::new();
        let mut text = "// Made from the Rust types by `./dev bindings`. Do not edit.\n".to_owned();
        let declarations = [
            Page::decl(&config),
            View::decl(&config),
            Home::decl(&config),
            SessionId::decl(&config),
            SessionView::decl(&config),
            ProfileView::decl(&config),
            Login::decl(&config),
            Flow::decl(&config),
            LoginState::decl(&config),
            By::decl(&config),
            Problem::decl(&config),
            Severity::decl(&config),
            State::decl(&config),
            EndsBasis::decl(&config),
            ExpiresBasis::decl(&config),
            Settings::decl(&config),
            LogLevel::decl(&config),
            Places::decl(&config),
            Shell::decl(&config),
            AccountsPage::decl(&config),
            AccountRow::decl(&config),
            RoleRow::decl(&config),
            Progress::decl(&config),
            Preview::decl(&config),
            SessionPage::decl(&config),
            Answer::decl(&config),
            Cause::decl(&config),
            Evidence::decl(&config),
            Also::decl(&config),
            Fix::decl(&config),
            Change::decl(&config),
            Finding::decl(&config),
            About::decl(&config),
            Mended::decl(&config),
            FoundBrowser::decl(&config),
            Action::decl(&config),
            ProfilesWish::decl(&config),
            Chosen::decl(&config),
            SessionWish::decl(&config),
            Setting::decl(&config),
            Pasted::decl(&config),
            Shown::decl(&config),
            Place::decl(&config),
            Part::decl(&config),
            Variable::decl(&config),
            WslHome::decl(&config),
        ];
        for declaration in declarations {
            text += "\nexport ";
            text += &declaration;
            text += "\n";
        }
        text.replace("/**\n * ", "  /** ").replace("\n */\n", " */\n  ").replace(" \n", "\n").replace(", };", ",\n};")
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the one file that is made from the code")]
    fn the_windows_types_are_those_of_the_core() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings.ts");
        if env::var_os("RELIGHT_WRITE_BINDINGS").is_some() {
            fs::write(&file, bindings()).unwrap();
        }
        let written = fs::read_to_string(&file).unwrap_or_default();
        assert!(written == bindings(), "ui/src/bindings.ts is not what the types say: run './dev bindings'");
    }
}

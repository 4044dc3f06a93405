//! The command line's words.

use clap::{Arg, ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use relight_core::accounts::Pattern;
use std::path::PathBuf;

/// Knows when every AWS session of this machine ends, renews what can be renewed, and signs you in.
#[derive(Debug, Parser)]
#[command(name = "relight", version, max_term_width = 100)]
pub(super) struct Options {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Print one JSON document on standard output, and nothing else there
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// The AWS config file, instead of `AWS_CONFIG_FILE` or ~/.aws/config
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The AWS credentials file, instead of `AWS_SHARED_CREDENTIALS_FILE` or ~/.aws/credentials
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) credentials: Option<PathBuf>,
    /// Log to standard error; more with -vv and -vvv. Secrets are masked
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show how every session and profile stands; never touches the network
    Status(Status),
    /// Sign in, in the browser
    Login(Login),
    /// Renew tokens silently where that can be done; of a profile, run its `credential_process`
    Refresh(Refresh),
    /// Sign out: at AWS, and on this machine
    Logout(Logout),
    /// Show the accounts and roles that a session may use, and make profiles of them
    Accounts(Accounts),
    /// Add an organisation: from the address of its access portal to working profiles
    Add(Add),
    /// Print a line for each change, until interrupted
    Watch,
    /// Print a profile's credentials: for other programs as a `credential_process`, or for a shell
    Credentials(Credentials),
    /// Say whether a profile's credentials last long enough; silent renewal counts
    Check(Check),
    /// Run a command once a profile's credentials last long enough
    Guard(Guard),
    /// Find everything that is wrong or soon will be: in the AWS files, in the environment, in kubectl, Docker and the CDK
    Doctor(Doctor),
    /// Run a command unchanged; where it fails for want of credentials, say why and offer what cures it
    #[command(after_help = "It exits with the command's own code, and with 125 where it did not start the command.")]
    Run(Run),
    /// Say what an error text means, what this machine's files say to it, and what to do
    Explain(Explain),
    /// Show the AWS files as they are read
    Profiles(Profiles),
    /// Show where everything is
    Paths,
    /// Open the window
    Window,
    /// Print completions for a shell
    Completions(Completions),
    /// Print the man page, of the whole or of one command
    #[command(hide = true)]
    Man(Man),
}

impl Options {
    /// What the command line is made of. Commands that print no document know `--json` still, to say why they have none,
    /// and do not list it.
    pub(super) fn whole() -> clap::Command {
        let without = ["guard", "run", "window", "completions", "man"];
        without.into_iter().fold(Self::command(), |whole, name| whole.mut_subcommand(name, hide_json))
    }

    /// What the command line says; help and what it cannot mean end the program.
    pub(super) fn read() -> Self {
        Self::from_arg_matches(&Self::whole().get_matches()).unwrap_or_else(|error| error.exit())
    }
}

fn hide_json(command: clap::Command) -> clap::Command {
    command.arg(Arg::new("json").long("json").global(true).action(ArgAction::SetTrue).hide(true))
}

impl Command {
    /// Why there is no JSON document that it could print, where there is none.
    pub(super) fn no_json(&self) -> Option<&'static str> {
        match self {
            Self::Guard(_) => Some("guard prints what its command prints"),
            Self::Run(_) => Some("run prints what its command prints"),
            Self::Window => Some("window prints nothing"),
            Self::Completions(_) => Some("completions prints a script for a shell"),
            Self::Man(_) => Some("man prints a page for man"),
            Self::Status(_)
            | Self::Login(_)
            | Self::Refresh(_)
            | Self::Logout(_)
            | Self::Accounts(_)
            | Self::Add(_)
            | Self::Watch
            | Self::Credentials(_)
            | Self::Check(_)
            | Self::Doctor(_)
            | Self::Explain(_)
            | Self::Profiles(_)
            | Self::Paths => None,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Status {
    /// Only this profile; may be given several times
    #[arg(long = "profile", value_name = "PROFILE")]
    pub(super) profiles: Vec<String>,
    /// Answer as if it were that time: 2026-11-22T18:00:00Z, 18:00 or +40m
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Login {
    /// A session or a profile; without one, what is most urgent
    #[arg(value_name = "SESSION or PROFILE")]
    pub(super) name: Option<String>,
    /// A profile, also where a session has the same name; its endpoint override counts
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// How to sign in
    #[arg(long, value_enum, default_value_t = Flow::Auto)]
    pub(super) flow: Flow,
    /// Print the address and the code, and open nothing
    #[arg(long)]
    pub(super) no_browser: bool,
    /// End the present session at AWS first, so that a full one begins. What has role credentials already keeps them
    #[arg(long)]
    pub(super) renew: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Flow {
    /// What suits the session and this machine best
    Auto,
    /// The browser comes back to this machine by itself
    Pkce,
    /// Device authorization: compare a code with the page
    Device,
}

#[derive(Debug, Args)]
pub(super) struct Refresh {
    /// Sessions, profiles that use one, or profiles with a `credential_process`; without a name, all sessions that can
    /// be renewed
    #[arg(value_name = "SESSION or PROFILE")]
    pub(super) names: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Logout {
    /// Sessions to sign out of, or profiles that use them
    #[arg(value_name = "SESSION or PROFILE", required_unless_present = "all")]
    pub(super) sessions: Vec<String>,
    /// Sign out of all sessions of this machine
    #[arg(long, conflicts_with = "sessions")]
    pub(super) all: bool,
}

#[derive(Debug, Args)]
pub(super) struct Credentials {
    /// The profile
    #[arg(value_name = "PROFILE")]
    pub(super) profile: String,
    /// For whom: `process` is the JSON of a `credential_process`, `env` is for sh and its relatives
    #[arg(long, value_enum, default_value_t = Format::Process)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Process,
    Env,
    Fish,
    Powershell,
    Cmd,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The profile; without one, the key in the environment, else the profile that `AWS_PROFILE` selects
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// How long the credentials must last, such as 45m or 1h30m; without it, they must be valid now
    #[arg(long, value_name = "DURATION")]
    pub(super) needs: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Only this profile, what it leads to, and what is about no profile
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// Also ask AWS who each profile is, at most four at a time. A `credential_process` is run only for the profile named
    #[arg(long)]
    pub(super) online: bool,
    /// Mend what can be mended here: each change is shown first, and made only when you agree
    #[arg(long)]
    pub(super) fix: bool,
}

#[derive(Debug, Args)]
pub(super) struct Run {
    /// The command and its words
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(super) command: Vec<std::ffi::OsString>,
}

#[derive(Debug, Args)]
pub(super) struct Guard {
    /// How long the credentials must last, such as 45m or 1h30m
    #[arg(long, value_name = "DURATION")]
    pub(super) needs: String,
    /// The profile, which the command gets as `AWS_PROFILE`; without one, the key in the environment, else the selected profile
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// The command and its words
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(super) command: Vec<std::ffi::OsString>,
}

#[derive(Debug, Args)]
pub(super) struct Accounts {
    /// A session, or a profile that uses it; without one, the only session there is
    #[arg(value_name = "SESSION or PROFILE")]
    pub(super) session: Option<String>,
    /// Add profiles for the roles shown, called so: text with `{account}`, `{account_id}`, `{role}`, `{session}`
    #[arg(long, value_name = "PATTERN", num_args = 0..=1, default_missing_value = Pattern::DEFAULT)]
    pub(super) add: Option<String>,
    /// Remove the session's profiles whose role is not assigned any more; of these roles and accounts alone, where some are
    /// named
    #[arg(long)]
    pub(super) prune: bool,
    #[command(flatten)]
    pub(super) chosen: Chosen,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// The address of the access portal, as the browser shows it
    #[arg(value_name = "URL")]
    pub(super) url: String,
    /// The region of its Identity Center, where the address does not say it
    #[arg(long, value_name = "REGION")]
    pub(super) sso_region: Option<String>,
    /// What to call the session; without it, what the address suggests
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// What to call the profiles: text with `{account}`, `{account_id}`, `{role}`, `{session}`
    #[arg(long, value_name = "PATTERN", default_value = Pattern::DEFAULT)]
    pub(super) pattern: String,
    /// Print the sign-in's address and code, and open nothing
    #[arg(long)]
    pub(super) no_browser: bool,
    #[command(flatten)]
    pub(super) chosen: Chosen,
}

/// Which roles, and what of their profiles.
#[derive(Clone, Debug, Args)]
pub(super) struct Chosen {
    /// Only this role; may be given several times
    #[arg(long = "role", value_name = "NAME")]
    pub(super) roles: Vec<String>,
    /// Only this account, by its number or name; may be given several times
    #[arg(long = "account", value_name = "ID or NAME")]
    pub(super) accounts: Vec<String>,
    /// The region of new profiles; without it, they have none
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// Write without asking; elsewhere than on a terminal nothing is written without it
    #[arg(long)]
    pub(super) yes: bool,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The text; `-`, or nothing where it is piped in, reads standard input: `aws s3 ls 2>&1 | relight explain`
    #[arg(value_name = "TEXT or -")]
    pub(super) text: Vec<std::ffi::OsString>,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The command; without one, the whole
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Profiles {
    /// The literal parse: sections, keys and values, by the SDKs' reference grammar
    #[arg(long, required = true)]
    pub(super) parsed: bool,
}

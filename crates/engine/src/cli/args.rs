//! The command line's words.

use clap::{Args, Parser, Subcommand, ValueEnum};
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
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
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
    /// Print a line for each change, until interrupted
    Watch,
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
    #[arg(value_name = "SESSION or PROFILE", conflicts_with = "profile")]
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

//! The real clients, and how each is heard.

use super::situations::{Situation, Way};
use crate::credentials::clients::{AWS, with_aws_cli};
use crate::reading::clients_folder;
use crate::setting::{Result, aws};
use relight_tests::fake_aws::Network;
use relight_tests::world::{FUSE, Printed, World, program, run};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A client, by the name of its file of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    Boto3,
    CliV1,
    CliV2,
    Js,
    Rust,
}

impl Client {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Boto3 => "boto3",
            Self::CliV1 => "awscli-v1",
            Self::CliV2 => "awscli-v2",
            Self::Js => "js",
            Self::Rust => "rust",
        }
    }

    /// Whether it can tell more than a line.
    pub(super) fn has_traces(self) -> bool {
        !matches!(self, Self::CliV1 | Self::CliV2)
    }

    /// Its name and version; none where it is not installed.
    pub(super) fn version(self) -> Result<Option<String>> {
        let pinned = |name: &str, file: &str, before: &str| -> Result<Option<String>> {
            let text = fs::read_to_string(clients_folder().join(file))?;
            let (_, version) = text.split_once(before).ok_or("the client is not pinned")?;
            let version = version.trim_start_matches(['=', '"', ' ', ':', '\n', 'v']);
            Ok(version.split([' ', '"']).next().map(|version| format!("{name} {version}")))
        };
        match self {
            Self::Boto3 => pinned("boto3", "requirements.txt", "\nboto3"),
            Self::CliV1 => pinned("AWS CLI", "requirements.txt", "\nawscli"),
            Self::Js => pinned("SDK for JavaScript", "package.json", "@aws-sdk/credential-providers"),
            Self::Rust => pinned("aws-config", "../../Cargo.lock", "name = \"aws-config\"\nversion"),
            Self::CliV2 if !Path::new(AWS).exists() => Ok(None),
            Self::CliV2 => {
                let said = run(World::new()?.command(AWS).arg("--version"))?.out;
                let version = said.strip_prefix("aws-cli/").and_then(|said| said.split(' ').next());
                Ok(version.map(|version| format!("AWS CLI {version}")))
            }
        }
    }

    /// What it says in a situation, as it is to be kept: nothing where it does not mind. With its whole trace, where it
    /// has one and that is wanted.
    pub(super) fn hear(self, situation: &Situation, trace: bool) -> Result<String> {
        let (aws, world) = (aws(), World::new()?);
        let home = world.home().display().to_string();
        world.write(".aws/config", situation.config.replace("{home}", &home))?;
        world.write(".aws/credentials", situation.credentials)?;
        (situation.prepare)(&aws, &world)?;
        let network = Network::before(&aws, &[])?;
        if self == Self::CliV2 && situation.way != Way::Proxy {
            with_aws_cli(&world, &aws)?;
        }
        // In a session of its own: a question would else reach the terminal of who runs this.
        let mut command = world.command("/usr/bin/setsid");
        command.arg("--wait").args(self.words(situation, trace)?);
        command.env("AWS_PROFILE", situation.profile).env("AWS_ENDPOINT_URL", aws.url()).env("COLUMNS", "80");
        command.envs(situation.variables.iter().copied());
        match situation.way {
            Way::Fake => &mut command,
            Way::Refused => command.env("AWS_ENDPOINT_URL", FUSE),
            Way::Untrusted => command.env("AWS_ENDPOINT_URL", network.url()).env("NO_PROXY", "localhost"),
            Way::Proxy => command.env_remove("AWS_ENDPOINT_URL"),
        };
        let said = self.heard(&run(&mut command)?, trace);
        let mut places = vec![(home, "~"), (clients_folder().display().to_string(), "~/app")];
        places.push((aws.url().trim_start_matches("http://").to_owned(), "127.0.0.1:4566"));
        places.push((network.url().trim_start_matches("https://").to_owned(), "localhost:4566"));
        places.extend(aws.requests().into_iter().map(|request| (request.id, "00000000-0000-4000-8000-000000000000")));
        Ok(at_one_time(&places.iter().fold(said, |said, (place, name)| said.replace(place, name))))
    }

    fn words(self, situation: &Situation, trace: bool) -> Result<Vec<PathBuf>> {
        let folder = clients_folder();
        let python = folder.join(".venv/bin/python");
        assert!(python.exists() && folder.join("node_modules").exists(), "real clients are missing: run './dev setup'");
        let of_cli = situation.words.iter().map(PathBuf::from);
        Ok(match self {
            Self::Boto3 => [python, folder.join("client.py")].into_iter().chain(traced(trace, "--trace")).collect(),
            Self::CliV1 => [python, folder.join(".venv/bin/aws")].into_iter().chain(of_cli).collect(),
            Self::CliV2 => [PathBuf::from(AWS)].into_iter().chain(of_cli).collect(),
            Self::Js => [node()?, folder.join("client.mjs")].into_iter().chain(traced(trace, "--trace")).collect(),
            Self::Rust => [program("examples/rust-client")?].into_iter().chain(traced(trace, "--debug")).collect(),
        })
    }

    /// The scripts print to standard output what went wrong; a trace and the AWS CLI go to standard error.
    fn heard(self, printed: &Printed, trace: bool) -> String {
        match self {
            Self::Boto3 if trace => printed.err.clone(),
            Self::CliV1 | Self::CliV2 => printed.err.clone(),
            Self::Boto3 | Self::Js | Self::Rust => printed.out.clone(),
        }
    }
}

/// With the dates of answers always the same.
fn at_one_time(said: &str) -> String {
    let (before, now) = ("\"date\": \"", "Sun, 22 Nov 2026 09:14:51 GMT");
    let mut parts = said.split(before);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + before + now + part.trim_start_matches(|letter| letter != '"'))
}

fn traced(trace: bool, word: &str) -> Option<PathBuf> {
    trace.then(|| word.into())
}

fn node() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let node = env::split_paths(&path).map(|folder| folder.join("node")).find(|node| node.exists());
    Ok(node.ok_or("node is not installed")?)
}

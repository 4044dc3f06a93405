//! Six stories, each from the files to what a client says of them, to its cause, to the cure, to the client that works.

mod asia_keys;
mod bedrock;
mod cdk;
mod kubectl;
mod load_config;
mod stale_section;

use crate::reading::clients_folder;
use crate::setting::{Result, START_URL, aws, config, signed_in, world};
use relight_tests::fake_aws::FakeAws;
use relight_tests::world::{World, run};
use serde_json::Value;
use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// A machine with the profile `dev` of `corp`, and the AWS that it uses.
pub(super) struct Story {
    pub(super) aws: FakeAws,
    pub(super) world: World,
    variables: Vec<(&'static str, String)>,
}

impl Story {
    pub(super) fn new() -> Result<Self> {
        let aws = aws();
        aws.auto_approve(true);
        let world = world(&aws)?;
        let sound = config(&aws).split("[profile old]").next().unwrap_or_default().to_owned();
        world.write(".aws/config", sound)?;
        // So that the permissions of what is in it are nobody's concern.
        fs::set_permissions(world.home(), fs::Permissions::from_mode(0o700))?;
        fs::create_dir(world.home().join("project"))?;
        Ok(Self { aws, world, variables: vec![("SHELL", "/bin/bash".to_owned())] })
    }

    /// Signed in to `corp`.
    pub(super) fn signed_in() -> Result<Self> {
        let story = Self::new()?;
        signed_in(&story.world, &story.aws, START_URL, "corp", 50)?;
        Ok(story)
    }

    /// And with a variable in the person's shell.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    /// Without it again.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self
    }

    /// The files of `more` behind those of the config.
    pub(super) fn also(&self, more: &str) -> Result<()> {
        let file = self.world.home().join(".aws/config");
        Ok(fs::write(&file, fs::read_to_string(&file)? + "\n" + more)?)
    }

    /// Keys as a person copies them from the access portal: id, secret and session token.
    pub(super) fn copied_keys(&self) -> Result<[String; 3]> {
        let elsewhere = world(&self.aws)?;
        signed_in(&elsewhere, &self.aws, START_URL, "corp", 50)?;
        let keys: Value = serde_json::from_str(&elsewhere.relight(&["credentials", "dev"])?.out)?;
        let text = |name: &str| keys[name].as_str().map(str::to_owned).ok_or("no key");
        Ok([text("AccessKeyId")?, text("SecretAccessKey")?, text("SessionToken")?])
    }

    fn in_shell(&self, mut command: Command) -> Command {
        command.current_dir(self.world.home().join("project")).env("AWS_ENDPOINT_URL", self.aws.url());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// What a client says: `line` of the person's shell. `$PYTHON`, `$NODE` and `$CLIENTS` are where they are.
    pub(super) fn says(&self, line: &str) -> Result<String> {
        let mut command = self.world.command("sh");
        let path = env::var_os("PATH").unwrap_or_default();
        let mut nodes = env::split_paths(&path).map(|folder| folder.join("node"));
        let python = clients_folder().join(".venv/bin/python");
        assert!(python.exists(), "real clients are missing: run './dev setup'");
        command.args(["-c", line]).env("PYTHON", python).env("CLIENTS", clients_folder());
        command.env("NODE", nodes.find(|node| node.exists()).ok_or("node is not installed")?);
        let printed = run(&mut self.in_shell(command))?;
        Ok(format!("{}{}", printed.out, printed.err))
    }

    /// What Relight makes of it, without what stands in the text itself.
    pub(super) fn explained(&self, text: &str) -> Result<String> {
        let printed = run(self.in_shell(self.world.program("relight")?).args(["explain", text]))?;
        for secret in self.aws.secrets() {
            assert!(!printed.out.contains(&secret), "a secret in {}", printed.out);
        }
        Ok(printed.out.replace(&self.world.home().display().to_string(), "HOME"))
    }

    /// The command of the first fix.
    pub(super) fn first_command(&self, text: &str) -> Result<String> {
        let printed = run(self.in_shell(self.world.program("relight")?).args(["explain", "--json", text]))?;
        let answer: Value = serde_json::from_str(&printed.out)?;
        Ok(answer["fixes"][0]["command"].as_str().ok_or("the first fix has no command")?.to_owned())
    }

    /// Everything that the doctor finds.
    pub(super) fn doctor(&self) -> Result<String> {
        Ok(run(self.in_shell(self.world.program("relight")?).arg("doctor"))?.out)
    }
}

/// What stands below a heading of an explanation.
pub(super) fn part<'a>(explained: &'a str, heading: &str) -> &'a str {
    let (_, rest) = explained.split_once(&format!("\n{heading}\n")).unwrap_or_default();
    rest.split("\n\n").next().unwrap_or_default()
}

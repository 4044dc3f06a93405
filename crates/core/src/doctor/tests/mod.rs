//! Each check against small worlds: what is told, and that a sound world is told nothing.

mod files;
mod online;
mod slips;
mod tools;
mod variables;

use super::{Finding, Surroundings, Variables, findings};
use crate::config::Environment;
use crate::time::{SignedDuration, Timestamp, before};
use crate::view::View;
use crate::world::{Content, Dated, Seen, ShownPaths, World};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A machine of texts and variables.
#[derive(Default)]
struct Machine {
    config: String,
    /// The config file where it is no text.
    bytes: Option<Vec<u8>>,
    credentials: String,
    variables: Vec<(&'static str, String)>,
    /// By session name: its token file.
    tokens: Vec<(&'static str, String)>,
    around: Surroundings,
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn config(text: &str) -> Machine {
    Machine { config: text.into(), ..Machine::default() }
}

impl Machine {
    fn credentials(mut self, text: &str) -> Self {
        self.credentials = text.into();
        self
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    fn token(mut self, session: &'static str, text: impl Into<String>) -> Self {
        self.tokens.push((session, text.into()));
        self
    }

    fn around(mut self, change: impl FnOnce(&mut Surroundings)) -> Self {
        change(&mut self.around);
        self
    }

    fn findings(self) -> Vec<Finding> {
        let (around, world, view) = self.read();
        findings(&around, &world, &view)
    }

    fn read(mut self) -> (Surroundings, World, View) {
        let value = |name: &str| self.variables.iter().rfind(|(set, _)| *set == name).map(|(_, value)| value.clone());
        let set: Vec<_> = self.variables.iter().map(|(name, _)| (*name).into()).collect();
        self.around.variables = Variables::read(&set, value, |path| path == "/there");
        let paths = ShownPaths {
            config: "~/.aws/config".into(),
            credentials: "~/.aws/credentials".into(),
            sso_caches: Vec::from(["~/.aws/sso/cache".into()]),
            login_caches: Vec::from(["~/.aws/login/cache".into()]),
        };
        let mut world = World::new(paths, Environment::read(value));
        let mut seen = Vec::from([
            Seen::Config(Content::Read(self.bytes.unwrap_or(self.config.into_bytes()))),
            Seen::Credentials(Content::Read(self.credentials.into_bytes())),
        ]);
        for (session, text) in self.tokens {
            let token = crate::cache::Token::parse(text.as_bytes());
            let file = Dated { token, modified: Some(before(now(), SignedDuration::from_mins(10))) };
            seen.push(Seen::Token(crate::cache::CacheName::token(session), Content::Read(file)));
        }
        world.take(seen);
        let view = View::new(&world, &BTreeMap::new(), &BTreeMap::new(), now());
        (self.around, world, view)
    }

    /// As lines: what, whose, and each fix.
    fn said(self) -> String {
        self.findings().iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn line(finding: &Finding) -> String {
    let problem = &finding.problem;
    let place = match (&problem.file, problem.line) {
        (Some(file), Some(line)) => format!("{file}:{line} "),
        (Some(file), None) => format!("{file} "),
        _ => String::new(),
    };
    let mut out = format!("{:?} {} {place}{} {}", problem.severity, problem.code, problem.message, problem.hint);
    if let Some(proof) = &finding.proof {
        out += &format!("\n  | {proof}");
    }
    for fix in &finding.fixes {
        out += &format!("\n  * {}", fix.title);
        out += &fix.command.as_ref().map(|command| format!(": {command}")).unwrap_or_default();
        let change = fix.change.iter().flat_map(|change| &change.diff);
        out.extend(change.map(|line| format!("\n    {line}")));
    }
    out
}

const SSO: &str = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
    [profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = R\nregion = us-east-1\n";

fn token(url: &str, end: &str) -> String {
    format!(
        r#"{{"startUrl": "{url}", "region": "us-east-1", "accessToken": "DUMMY", "expiresAt": "{end}", "clientId": "x", "clientSecret": "DUMMY", "registrationExpiresAt": "2027-01-01T00:00:00Z", "refreshToken": "DUMMY"}}"#
    )
}

fn signed_in(machine: Machine) -> Machine {
    machine.token("corp", token("https://corp.awsapps.com/start", "2026-11-22T10:50:00Z")).with("AWS_PROFILE", "dev")
}

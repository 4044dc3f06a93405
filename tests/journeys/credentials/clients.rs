//! Real clients use what Relight cached and gives, and Relight uses what they cached.

use super::{credentials, document, signed_in_world};
use crate::setting::Result;
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Printed, World, run};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Debian's AWS CLI v2 2.9, which goes elsewhere only by a copy of its own models (aws-sessions.md 7).
pub(crate) const AWS: &str = "/usr/bin/aws";
const MODELS: &str = "/usr/lib/python3/dist-packages/awscli/botocore/data";

/// What it can get by itself: a role that starts from an Identity Center role it cannot.
const OF_THEIRS: [&str; 3] = ["dev", "keyed", "web"];

/// Whether that CLI is here, with its calls turned to `aws`.
pub(crate) fn with_aws_cli(world: &World, aws: &FakeAws) -> Result<bool> {
    if !Path::new(AWS).exists() || !Path::new(MODELS).is_dir() {
        println!("Debian's AWS CLI is not installed: this was not tried");
        return Ok(false);
    }
    for service in ["sso", "sso-oidc", "sts"] {
        for version in std::fs::read_dir(Path::new(MODELS).join(service))? {
            let version = version?;
            let inside = format!(".aws/models/{service}/{}", version.file_name().to_string_lossy());
            for file in std::fs::read_dir(version.path())? {
                let file = file?;
                let name = file.file_name().to_string_lossy().into_owned();
                let bytes = std::fs::read(file.path())?;
                if name.starts_with("endpoint-rule-set") {
                    let mut rules: Value = serde_json::from_slice(&bytes)?;
                    let endpoint = json!({ "url": aws.url(), "properties": {}, "headers": {} });
                    rules["rules"] = json!([{ "conditions": [], "endpoint": endpoint, "type": "endpoint" }]);
                    world.write(&format!("{inside}/{name}"), rules.to_string())?;
                } else {
                    world.write(&format!("{inside}/{name}"), bytes)?;
                }
            }
        }
    }
    Ok(true)
}

fn aws_cli(world: &World, profile: &str) -> Result<Printed> {
    let mut aws = world.command(AWS);
    aws.args(["configure", "export-credentials"]).env("AWS_PROFILE", profile).env("AWS_DEFAULT_REGION", "us-east-1");
    Ok(run(&mut aws)?)
}

fn same(ours: &Value, theirs: &Value) {
    for name in ["AccessKeyId", "SecretAccessKey", "SessionToken"] {
        assert_eq!(ours[name], theirs[name], "{name}");
    }
}

#[test]
fn the_aws_cli_uses_what_relight_cached() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    if !with_aws_cli(&world, &aws)? {
        return Ok(());
    }
    for profile in ["dev", "deploy", "chained", "web"] {
        let ours = document(&credentials(&world, profile)?)?;
        let calls = aws.requests().len();
        let printed = aws_cli(&world, profile)?;
        assert_eq!(printed.code, Some(0), "{}", printed.err);
        same(&ours, &serde_json::from_str(&printed.out)?);
        assert_eq!(aws.requests().len(), calls, "the AWS CLI made no call for {profile}");
    }
    Ok(())
}

#[test]
fn relight_uses_what_the_aws_cli_cached() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    if !with_aws_cli(&world, &aws)? {
        return Ok(());
    }
    for profile in OF_THEIRS {
        let printed = aws_cli(&world, profile)?;
        assert_eq!(printed.code, Some(0), "{}", printed.err);
        let calls = aws.requests().len();
        same(&document(&credentials(&world, profile)?)?, &serde_json::from_str(&printed.out)?);
        assert_eq!(aws.requests().len(), calls, "Relight made no call for {profile}");
    }
    Ok(())
}

#[test]
fn a_role_is_cached_in_the_aws_clis_own_form() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    if !with_aws_cli(&world, &aws)? {
        return Ok(());
    }
    for profile in OF_THEIRS {
        let printed = aws_cli(&world, profile)?;
        assert_eq!(printed.code, Some(0), "{}", printed.err);
    }
    let theirs = cached(&world)?;
    assert_eq!(theirs.len(), OF_THEIRS.len());
    std::fs::remove_dir_all(world.home().join(".aws/cli"))?;
    for profile in OF_THEIRS {
        document(&credentials(&world, profile)?)?;
    }
    assert_eq!(cached(&world)?, theirs);
    Ok(())
}

/// Each cached role's file: its name, the fields in their order, and how its date ends. Not the headers of the answer,
/// and not the account, which newer ones write too.
fn cached(world: &World) -> Result<BTreeMap<String, (Vec<String>, String)>> {
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(world.home().join(".aws/cli/cache"))? {
        let file = file?;
        let text = std::fs::read_to_string(file.path())?;
        let is_field = |(_, after): &(&str, &str)| after.starts_with(": ");
        let fields = text.split('"').zip(text.split('"').skip(1)).filter(is_field).map(|(field, _)| field);
        let is_old = |field: &&str| field.starts_with(char::is_uppercase) && *field != "AccountId";
        let fields = fields.filter(is_old).map(str::to_owned).collect();
        let value: Value = serde_json::from_str(&text)?;
        let end = value["Credentials"]["Expiration"].as_str().and_then(|end| end.get(19..)).unwrap_or_default();
        files.insert(file.file_name().to_string_lossy().into_owned(), (fields, end.to_owned()));
    }
    Ok(files)
}

#[test]
fn boto3_takes_relight_as_a_credential_process() -> Result<()> {
    let (aws, world) = signed_in_world()?;
    let clients = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("clients");
    let python = clients.join(".venv/bin/python");
    assert!(python.exists(), "boto3 is not installed: run './dev setup'");
    let mut boto3 = world.command(python);
    boto3.arg(clients.join("role_credentials.py")).arg("program").env("AWS_ENDPOINT_URL", aws.url());
    let printed = run(&mut boto3)?;
    assert_eq!(printed.out, "ASIA 444455556666\n", "{}", printed.err);
    assert_eq!(aws.count(Operation::AssumeRole), 1);
    Ok(())
}

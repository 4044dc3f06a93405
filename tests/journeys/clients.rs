//! Real clients use what Relight wrote, and Relight sees what they write.

use crate::setting::{Result, START_URL, aws, in_minutes, world};
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Printed, World, run, token_file, token_text};
use std::path::PathBuf;
use std::process::Command;

fn clients() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("clients")
}

fn against<'a>(command: &'a mut Command, aws: &FakeAws) -> &'a mut Command {
    command.env("AWS_ENDPOINT_URL", aws.url())
}

fn boto3(world: &World, aws: &FakeAws) -> Result<Printed> {
    let python = clients().join(".venv/bin/python");
    assert!(python.exists(), "boto3 is not installed: run './dev setup'");
    Ok(run(against(world.command(python).arg(clients().join("role_credentials.py")).arg("dev"), aws))?)
}

fn javascript(world: &World, aws: &FakeAws) -> Result<Printed> {
    assert!(clients().join("node_modules").exists(), "the SDK for JavaScript is not installed: run './dev setup'");
    let node = std::env::var_os("PATH")
        .and_then(|path| std::env::split_paths(&path).map(|folder| folder.join("node")).find(|node| node.exists()));
    let node = node.ok_or("node is not installed")?;
    Ok(run(against(world.command(node).arg(clients().join("role_credentials.mjs")).arg("dev"), aws))?)
}

#[test]
fn boto3_and_the_sdk_for_javascript_work_at_once_after_a_sign_in() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    assert_eq!(world.relight(&["login", "corp", "--flow", "device"])?.code, Some(0));
    let printed = boto3(&world, &aws)?;
    assert_eq!(printed.out, "ASIA 111122223333\n", "{}", printed.err);
    let printed = javascript(&world, &aws)?;
    assert_eq!(printed.out, "ASIA\n", "{}", printed.err);
    assert_eq!(aws.count(Operation::GetRoleCredentials), 2);
    Ok(())
}

#[test]
fn a_cache_that_boto3_refreshed_is_seen_at_once() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    world.write(&token_file("corp"), token_text(&aws.grant(START_URL), in_minutes(5)))?;
    let mut watch = world.start_relight(&["watch", "--json"])?;
    let before = watch.line()?;
    let printed = boto3(&world, &aws)?;
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert_eq!(aws.count(Operation::CreateToken), 1, "boto3 refreshed");
    let after = watch.line()?;
    let end = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).map(|view| view["sessions"][0]["expires_at"].to_string())
    };
    assert!(end(&after)? > end(&before)?, "{after}");
    Ok(())
}

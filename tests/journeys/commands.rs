//! What the words of a command line mean: what is refused and with which code, and what a command that is told would do.

use crate::setting::{LEGACY_URL, Result, START_URL, aws, config, in_minutes, signed_in, world};
use relight_tests::fake_aws::Operation;
use relight_tests::world::{Printed, World, slashes, token_file, token_text};
use serde_json::Value;
use std::fs;

fn said(printed: &Printed) -> String {
    slashes(&format!("{} {}{}\n", printed.code.unwrap_or(-1), printed.out, printed.err.trim_end()))
}

fn document(printed: &Printed) -> Result<Value> {
    serde_json::from_str(&printed.out).map_err(|_| format!("{printed:?}").into())
}

const ASKING: [&[&str]; 7] = [
    &["check", "--profile", "prod"],
    &["credentials", "prod"],
    &["status", "--profile", "prod"],
    &["login", "prod"],
    &["login"],
    &["accounts"],
    &["logout", "prod"],
];

#[test]
fn a_profile_that_an_unreadable_file_may_have_is_the_worlds_failure() -> Result<()> {
    let world = World::new()?;
    fs::create_dir_all(world.home().join(".aws/config"))?;
    for words in ASKING {
        let printed = world.relight(words)?;
        assert_eq!((printed.code, printed.out.as_str()), (Some(3), ""), "{words:?} {printed:?}");
        assert!(
            slashes(&printed.err).contains("~/.aws/config cannot be read: there is a folder in its place."),
            "{printed:?}"
        );
    }
    insta::assert_snapshot!(said(&world.relight(&["check", "--profile", "prod"])?), @"3 relight: No profile 'prod' is in what can be read of the AWS files. ~/.aws/config cannot be read: there is a folder in its place. Correct its permissions or what stands in its place, or close the program that has it open.");
    let printed = world.relight(&["profiles", "--parsed", "--json"])?;
    assert_eq!(document(&printed)?["problems"][0]["code"], "file-unreadable");
    insta::assert_snapshot!(said(&world.relight(&["profiles", "--parsed"])?), @"0 relight: ~/.aws/config cannot be read: there is a folder in its place. Correct its permissions or what stands in its place, or close the program that has it open.");
    Ok(())
}

#[test]
fn a_profile_that_a_refused_file_may_have_is_the_worlds_failure() -> Result<()> {
    let world = World::new()?;
    world.write(".aws/config", "[profile dev\nregion = eu-west-1\n")?;
    for words in ASKING {
        let printed = world.relight(words)?;
        assert_eq!((printed.code, printed.out.as_str()), (Some(3), ""), "{words:?} {printed:?}");
        assert!(slashes(&printed.err).contains("~/.aws/config:1: "), "{printed:?}");
    }
    insta::assert_snapshot!(said(&world.relight(&["login", "prod"])?), @"3 relight: No session or profile 'prod' is in what can be read of the AWS files. ~/.aws/config:1: boto3, the AWS CLI and the AWS SDK for Rust refuse this whole file: a section header lacks its closing ']'. Add ']' at the end of line 1.");
    insta::assert_snapshot!(said(&world.relight(&["profiles", "--parsed"])?), @"
    0 [profile dev]
    region = eu-west-1
    relight: ~/.aws/config:1: boto3, the AWS CLI and the AWS SDK for Rust refuse this whole file: a section header lacks its closing ']'. Add ']' at the end of line 1.
    ");
    world.write(".aws/config", b"[profile d\xe9v]\nregion = eu-west-1\n")?;
    assert_eq!(world.relight(&["status", "--profile", "prod"])?.code, Some(3));
    // What only some clients refuse, and is read all the same, hides nothing.
    world.write(".aws/config", "[profile dev]\nregion = eu-west-1\n[profile dev]\nregion = eu-west-1\n")?;
    assert_eq!(world.relight(&["status", "--profile", "prod"])?.code, Some(2));
    Ok(())
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_for_its_permissions_is_told() -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new()?;
    let config = world.write(".aws/config", "[profile dev]\nregion = eu-west-1\n")?;
    fs::set_permissions(&config, fs::Permissions::from_mode(0o000))?;
    if fs::read(&config).is_ok() {
        println!("this user may read everything: permissions were not tried");
        return Ok(());
    }
    assert_eq!(world.relight(&["check", "--profile", "dev"])?.code, Some(3));
    Ok(())
}

#[test]
fn options_that_would_do_nothing_are_refused() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let cases: [&[&str]; 9] = [
        &["accounts", "corp", "--region", "eu-west-1"],
        &["accounts", "corp", "--prune", "--region", "eu-west-1"],
        &["accounts", "corp", "--yes"],
        &["guard", "--json", "--needs", "1m", "--", "true"],
        &["--json", "run", "--", "true"],
        &["completions", "bash", "--json"],
        &["window", "--json"],
        &["login", "corp", "--profile", "old"],
        &["login", "corp", "--profile", "nobody"],
    ];
    let all = cases.iter().map(|words| Ok(said(&world.relight(words)?))).collect::<Result<Vec<_>>>()?;
    insta::assert_snapshot!(all.concat(), @"
    2 relight: --region is for new profiles: give --add too.
    2 relight: --region is for new profiles: give --add too.
    2 relight: --yes writes without asking, and nothing would be written: give --add or --prune too.
    2 relight: guard prints what its command prints, so there is nothing for --json to change. Leave it out.
    2 relight: run prints what its command prints, so there is nothing for --json to change. Leave it out.
    2 relight: completions prints a script for a shell, so there is nothing for --json to change. Leave it out.
    2 relight: window prints nothing, so there is nothing for --json to change. Leave it out.
    2 relight: 'old' signs in to old, not to corp: name one of the two.
    2 relight: There is no profile 'nobody'. Profiles: dev, old.
    ");
    assert_eq!(aws.requests().len(), 0, "and nothing is called");
    let listed = |command: &str| -> Result<bool> { Ok(world.relight(&[command, "--help"])?.out.contains("--json")) };
    for (command, has_document) in
        [("guard", false), ("run", false), ("completions", false), ("window", false), ("man", false), ("status", true)]
    {
        assert_eq!(listed(command)?, has_document, "{command}");
    }
    Ok(())
}

#[test]
fn the_endpoint_of_the_profile_that_is_named_counts() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let elsewhere = "[profile elsewhere]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nendpoint_url = http://127.0.0.1:9\n";
    world.write(".aws/config", config(&aws) + elsewhere)?;
    signed_in(&world, &aws, START_URL, "corp", 50)?;
    let printed = world.relight(&["accounts", "dev"])?;
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert_eq!(aws.count(Operation::ListAccounts), 1);
    aws.auto_approve(true);
    let printed = world.relight(&["login", "corp", "--profile", "dev", "--flow", "device"])?;
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert_eq!(aws.count(Operation::ListAccounts), 1);
    Ok(())
}

#[test]
fn sessions_of_one_name_are_told_apart_also_when_it_is_over() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let same = config(&aws).replace("corp]", "old]").replace("sso_session = corp", "sso_session = old");
    world.write(".aws/config", same)?;
    signed_in(&world, &aws, LEGACY_URL, LEGACY_URL, 50)?;
    let grant = aws.grant(START_URL);
    world.write(&token_file("old"), token_text(&grant, in_minutes(50)))?;
    let printed = world.relight(&["logout", LEGACY_URL])?;
    assert_eq!(printed.out, "Signed out of old.awsapps.com/start.\n", "{}", printed.err);
    assert_eq!(world.relight(&["logout", "old"])?.out, "Signed out of old.\n");
    insta::assert_snapshot!(said(&world.relight(&["accounts", "old.awsapps.com/start"])?), @"1 relight: Not signed in to old.awsapps.com/start. Sign in: relight login old.awsapps.com/start");
    Ok(())
}

#[test]
fn the_filter_of_a_list_counts_for_what_is_told_of_it() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 50)?;
    let words = ["accounts", "corp", "--account", "Development", "--role", "Administrator"];
    let printed = world.relight(&words)?;
    insta::assert_snapshot!(said(&printed), @"
    0 Development  444455556666
      Administrator

    1 account, 1 role; 1 without a profile. To add profiles: relight accounts corp --account Development --role Administrator --add
    ");
    // The profiles' account is listed, though not shown.
    assert_eq!(document(&world.relight(&[&words[..], &["--json"]].concat())?)?["note"], Value::Null);
    aws.unassign(START_URL, "111122223333", "ReadOnly");
    let removed = |words: &[&str]| -> Result<usize> {
        let printed = world.relight(&[&["accounts", "corp", "--prune", "--json"], words].concat())?;
        Ok(document(&printed)?["plan"]["remove"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(removed(&["--account", "Development"])?, 0);
    assert_eq!(removed(&["--role", "ReadOnly"])?, 1, "a role that is listed no more can be named");
    assert_eq!(removed(&[])?, 1);
    Ok(())
}

#[test]
fn what_add_writes_is_in_its_json() -> Result<()> {
    let aws = aws();
    let world = World::new()?;
    let url = "https://corp.awsapps.com/start";
    let add = |words: &[&str]| -> Result<Printed> {
        let mut relight = world.program("relight")?;
        relight.env("AWS_ENDPOINT_URL", aws.url()).env("SSH_TTY", "/dev/pts/0");
        relight.args(["add", url, "--sso-region", "us-east-1", "--json"]).args(words);
        Ok(relight_tests::world::run(&mut relight)?)
    };
    let printed = add(&[])?;
    insta::assert_snapshot!(printed.out, @r#"{"added_session":{"backup":null,"keys":{"sso_region":"us-east-1","sso_registration_scopes":"sso:account:access","sso_start_url":"https://corp.awsapps.com/start"},"name":"corp","written":false},"message":"Nothing was written. To write it, add --yes.","outcome":"not-written","session":"sso-session:corp","version":1}"#);
    aws.auto_approve(true);
    let printed = add(&["--yes", "--role", "ReadOnly"])?;
    assert_eq!(printed.code, Some(0), "{printed:?}");
    let added = document(&printed)?;
    assert_eq!((&added["added_session"]["name"], &added["added_session"]["written"]), (&"corp".into(), &true.into()));
    assert_eq!((&added["plan"]["written"], added["plan"]["add"].as_array().map(Vec::len)), (&true.into(), Some(1)));
    let again = document(&add(&["--yes", "--role", "ReadOnly"])?)?;
    assert_eq!((&again["added_session"], &again["plan"]["written"]), (&Value::Null, &false.into()));
    Ok(())
}

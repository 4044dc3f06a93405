//! What a person may use, profiles made of it, and an organisation from its address to working profiles.

use crate::setting::{Result, START_URL, aws, in_minutes, signed_in, world};
#[cfg(unix)]
use crate::{clients::boto3, setting::config};
use relight_tests::fake_aws::{Account, FakeAws, Fault, Operation, Organisation, Role};
use relight_tests::world::{Printed, World, run, slashes, token_file, token_text};
use serde_json::Value;
use std::fs;

const CONFIG: &str = ".aws/config";

/// `corp`, signed in to.
fn at_corp() -> Result<(FakeAws, World)> {
    let aws = aws();
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 50)?;
    Ok((aws, world))
}

fn read(world: &World) -> Result<String> {
    Ok(fs::read_to_string(world.home().join(CONFIG))?)
}

fn document(printed: &Printed) -> Result<Value> {
    serde_json::from_str(&printed.out).map_err(|_| format!("{printed:?}").into())
}

#[test]
fn what_one_may_use_is_listed_with_its_profiles() -> Result<()> {
    let (_aws, world) = at_corp()?;
    let printed = world.relight(&["accounts", "corp"])?;
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    insta::assert_snapshot!(printed.out, @"
    Development  444455556666
      Administrator

    Production  111122223333
      Administrator
      ReadOnly       dev

    2 accounts, 3 roles; 2 without a profile. To add profiles: relight accounts corp --add
    ");
    let printed = world.relight(&["accounts", "dev", "--json", "--account", "Production"])?;
    insta::assert_snapshot!(serde_json::to_string_pretty(&document(&printed)?)?, @r#"
    {
      "accounts": [
        {
          "account_id": "111122223333",
          "account_name": "Production",
          "email": "production@example.com",
          "roles": [
            {
              "profiles": [],
              "role_name": "Administrator"
            },
            {
              "profiles": [
                "dev"
              ],
              "role_name": "ReadOnly"
            }
          ]
        }
      ],
      "left_out": [],
      "message": null,
      "note": null,
      "outcome": "listed",
      "plan": null,
      "session": "sso-session:corp",
      "version": 1
    }
    "#);
    Ok(())
}

#[test]
fn all_pages_are_read_however_many_there_are() -> Result<()> {
    let aws = aws();
    let account = |number: usize| Account::new(format!("{number:012}"), format!("a{number:03}"));
    let many = (0..3).map(|number| account(number).with_role(Role::new("R")));
    let mut organisation = many.fold(Organisation::new(START_URL), Organisation::with_account);
    organisation.accounts[1].roles = (0..150).map(|number| Role::new(format!("R{number:03}"))).collect();
    aws.add_organisation(organisation);
    let world = world(&aws)?;
    signed_in(&world, &aws, START_URL, "corp", 50)?;
    let listed = document(&world.relight(&["accounts", "corp", "--json"])?)?;
    let counts: Vec<_> =
        listed["accounts"].as_array().into_iter().flatten().map(|one| one["roles"].as_array().map(Vec::len)).collect();
    assert_eq!(counts, [Some(1), Some(150), Some(1)]);
    assert_eq!((aws.count(Operation::ListAccounts), aws.count(Operation::ListAccountRoles)), (1, 4));
    assert!(aws.requests().iter().all(|request| request.query.contains("max_result=100")));
    Ok(())
}

#[test]
fn a_portal_that_asks_to_slow_down_is_obeyed() -> Result<()> {
    let (aws, world) = at_corp()?;
    aws.fault(Operation::ListAccountRoles, Fault::Throttle.times(1));
    let printed = world.relight(&["accounts", "corp"])?;
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    let calls: Vec<_> =
        aws.requests().into_iter().filter(|request| request.operation == Operation::ListAccountRoles).collect();
    assert_eq!(calls.iter().map(|call| call.status).collect::<Vec<_>>(), [Some(429), Some(200), Some(200)]);
    assert!((calls[1].at - calls[0].at).total(jiff::Unit::Second)? >= 1.0, "a second later");
    Ok(())
}

#[test]
fn a_token_that_is_past_is_renewed_and_one_that_cannot_be_is_told() -> Result<()> {
    let (aws, world) = at_corp()?;
    let file = world.replace(&token_file("corp"), token_text(&aws.grant(START_URL), in_minutes(-5)))?;
    world.age(&token_file("corp"), std::time::Duration::from_secs(3900))?;
    assert_eq!(world.relight(&["accounts", "corp"])?.code, Some(0));
    assert_eq!(aws.count(Operation::CreateToken), 1);

    fs::remove_file(file)?;
    let printed = world.relight(&["accounts", "corp", "--json"])?;
    assert_eq!(
        (printed.code, printed.out.as_str(), printed.err.as_str()),
        (
            Some(1),
            "{\"message\":\"Not signed in to corp. Sign in: relight login corp\",\"outcome\":\"not-signed-in\",\"session\":\"sso-session:corp\",\"version\":1}\n",
            "relight: Not signed in to corp. Sign in: relight login corp\n"
        )
    );
    Ok(())
}

#[test]
fn nothing_is_written_that_nobody_agreed_to() -> Result<()> {
    let (_aws, world) = at_corp()?;
    let before = read(&world)?;
    let printed = world.relight(&["accounts", "corp", "--add"])?;
    assert_eq!(
        (printed.code, printed.err.as_str()),
        (Some(1), "relight: Nothing was written. To write it, add --yes.\n")
    );
    insta::assert_snapshot!(slashes(&printed.out).replace(&aws_url(&before), "URL"), @"
    Add 2 profiles to ~/.aws/config:

      [profile Development-Administrator]
      sso_session = corp
      sso_account_id = 444455556666
      sso_role_name = Administrator
      endpoint_url = URL

      [profile Production-Administrator]
      sso_session = corp
      sso_account_id = 111122223333
      sso_role_name = Administrator
      endpoint_url = URL

    ReadOnly in 111122223333 has a profile already: dev
    ");
    assert_eq!(read(&world)?, before);
    for (words, told) in [
        (["--add", "{rolle}"].as_slice(), "{rolle} means nothing"),
        (&["--add", "--region", "Paris"], "'Paris' is not the name of a region"),
        (&["--role", "Nobody"], "AWS lists no role 'Nobody' for you."),
        (&["--account", "1"], "AWS lists no account '1' for you."),
    ] {
        let printed = world.relight(&[&["accounts", "corp"], words].concat())?;
        assert!(printed.code == Some(2) && printed.err.contains(told), "{printed:?}");
    }
    Ok(())
}

/// The endpoint that the profiles of this config file share.
fn aws_url(config: &str) -> String {
    config.lines().find_map(|line| line.strip_prefix("endpoint_url = ")).unwrap_or_default().to_owned()
}

#[cfg(unix)]
#[test]
fn added_profiles_work_in_boto3_and_nothing_else_changes() -> Result<()> {
    let (aws, world) = at_corp()?;
    let real = world.write("dotfiles/aws-config", format!("# mine\r\n{}", config(&aws).replace('\n', "\r\n")))?;
    fs::remove_file(world.home().join(CONFIG))?;
    std::os::unix::fs::symlink(&real, world.home().join(CONFIG))?;
    let before = read(&world)?;
    let words = ["accounts", "corp", "--add", "{account}/{role}", "--region", "eu-west-1", "--yes", "--json"];
    let printed = world.relight(&words)?;
    assert_eq!(printed.code, Some(0), "{printed:?}");
    let plan = &document(&printed)?["plan"];
    let backup = plan["backup"].as_str().unwrap_or_default();
    assert!(plan["written"] == true && backup.starts_with("~/.aws/config.backup-"), "{plan}");
    assert_eq!(fs::read_to_string(world.home().join(&backup[2..]))?, before);

    let after = fs::read_to_string(&real)?;
    assert!(fs::symlink_metadata(world.home().join(CONFIG))?.is_symlink());
    let added = after.strip_prefix(&before).ok_or("what was there is as it was")?;
    insta::assert_snapshot!(added.replace(aws.url(), "URL").replace('\r', "␍"), @"
    ␍
    [profile Development/Administrator]␍
    sso_session = corp␍
    sso_account_id = 444455556666␍
    sso_role_name = Administrator␍
    region = eu-west-1␍
    endpoint_url = URL␍
    ␍
    [profile Production/Administrator]␍
    sso_session = corp␍
    sso_account_id = 111122223333␍
    sso_role_name = Administrator␍
    region = eu-west-1␍
    endpoint_url = URL␍
    ");
    for (profile, account) in
        [("Production/Administrator", "111122223333"), ("Development/Administrator", "444455556666")]
    {
        let printed = boto3(&world, &aws, profile)?;
        assert_eq!(printed.out, format!("ASIA {account}\n"), "{}", printed.err);
    }
    let again = document(&world.relight(&words)?)?;
    assert_eq!((&again["plan"]["written"], &again["plan"]["add"]), (&false.into(), &Value::Array(Vec::new())));
    assert_eq!(fs::read_to_string(&real)?, after);
    Ok(())
}

#[test]
fn profiles_go_whose_role_is_not_assigned_any_more() -> Result<()> {
    let (aws, world) = at_corp()?;
    assert_eq!(world.relight(&["accounts", "corp", "--add", "--yes"])?.code, Some(0));
    aws.unassign(START_URL, "111122223333", "ReadOnly");
    let printed = world.relight(&["accounts", "corp", "--prune"])?;
    assert_eq!(printed.code, Some(1), "shown, not done");
    insta::assert_snapshot!(slashes(&printed.out), @"
    Remove 1 profile from ~/.aws/config:

      [profile dev], line 5: ReadOnly in 111122223333 is not assigned any more
    ");
    assert_eq!(world.relight(&["accounts", "corp", "--prune", "--yes"])?.code, Some(0));
    let after = read(&world)?;
    assert!(!after.contains("[profile dev]") && after.contains("[profile old]"), "{after}");
    assert!(after.contains("[profile Production-Administrator]"), "{after}");
    Ok(())
}

#[test]
fn another_person_is_told_and_nothing_of_the_first_is_removed() -> Result<()> {
    let (aws, world) = at_corp()?;
    let account = Account::new("999900001111", "Other").with_role(Role::new("R"));
    aws.add_organisation(Organisation::new(START_URL).with_account(account));
    let before = read(&world)?;
    let printed = world.relight(&["accounts", "corp"])?;
    assert!(printed.out.contains("another person signed in than they expect"), "{printed:?}");
    let printed = world.relight(&["accounts", "corp", "--prune", "--yes"])?;
    assert!(printed.out.contains("So no profile is removed."), "{printed:?}");
    assert_eq!(read(&world)?, before);
    Ok(())
}

#[test]
fn a_newcomer_gets_from_an_address_to_working_profiles() -> Result<()> {
    let aws = aws();
    aws.auto_approve(true);
    let world = World::new()?;
    let relight = |words: &[&str]| -> Result<Printed> {
        let mut relight = world.program("relight")?;
        // From a remote shell, so that nobody need come back with a browser.
        Ok(run(relight.env("AWS_ENDPOINT_URL", aws.url()).env("SSH_TTY", "/dev/pts/0").args(words))?)
    };
    let page = "https://corp.awsapps.com/start/#/?tab=accounts";
    let printed = relight(&["add", page])?;
    assert!(printed.code == Some(2) && printed.err.ends_with("Give it: --sso-region REGION\n"), "{printed:?}");
    let printed = relight(&["add", page, "--sso-region", "us-east-1"])?;
    assert_eq!(printed.code, Some(1), "{printed:?}");
    assert!(!world.home().join(".aws").exists(), "nothing is written that nobody agreed to");

    let words = ["add", page, "--sso-region", "us-east-1", "--region", "us-east-1", "--yes"];
    let printed = relight(&words)?;
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert_eq!(world.pages().len(), 1);
    let (told, _stamp) = printed.out.rsplit_once("backup-").ok_or("no backup is named")?;
    insta::assert_snapshot!(slashes(told), @"
    Add to ~/.aws/config:

      [sso-session corp]
      sso_start_url = https://corp.awsapps.com/start
      sso_region = us-east-1
      sso_registration_scopes = sso:account:access

    Signed in to corp: 59 min left.

    Add 3 profiles to ~/.aws/config:

      [profile Development-Administrator]
      sso_session = corp
      sso_account_id = 444455556666
      sso_role_name = Administrator
      region = us-east-1

      [profile Production-Administrator]
      sso_session = corp
      sso_account_id = 111122223333
      sso_role_name = Administrator
      region = us-east-1

      [profile Production-ReadOnly]
      sso_session = corp
      sso_account_id = 111122223333
      sso_role_name = ReadOnly
      region = us-east-1

    Written. ~/.aws/config as it was: ~/.aws/config.
    ");
    #[cfg(unix)]
    let printed = boto3(&world, &aws, "Production-ReadOnly")?;
    #[cfg(unix)]
    assert_eq!(printed.out, "ASIA 111122223333\n", "{}", printed.err);

    let before = read(&world)?;
    insta::assert_snapshot!(before, @"
    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = us-east-1
    sso_registration_scopes = sso:account:access

    [profile Development-Administrator]
    sso_session = corp
    sso_account_id = 444455556666
    sso_role_name = Administrator
    region = us-east-1

    [profile Production-Administrator]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = Administrator
    region = us-east-1

    [profile Production-ReadOnly]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = ReadOnly
    region = us-east-1
    ");
    let printed = relight(&words)?;
    assert!(printed.err.starts_with("[sso-session corp] has this address already.\n"), "{printed:?}");
    assert_eq!((read(&world)?, world.pages().len()), (before, 1), "the second time there is nothing to do");
    let other =
        relight(&["add", "https://other.awsapps.com/start", "--sso-region", "us-east-1", "--name", "corp", "--yes"])?;
    assert!(other.code == Some(2) && other.err.contains("with another address already"), "{other:?}");
    Ok(())
}

//! Sessions of Identity Center and of `aws login`.

use super::{Situation, TWICE, USUAL, Way, told};
use crate::setting::{LEGACY_URL, Result, START_URL, in_minutes};
use crate::texts::clients::Client::{Boto3, CliV1, CliV2, Js, Rust};
use relight_tests::fake_aws::{FakeAws, Fault, Grant, Operation};
use relight_tests::world::{World, login_file, login_text, token_file, token_text};

pub(super) const CONFIG: &str = "[sso-session acme]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\n[profile payroll]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n";
const LEGACY: &str = "[profile payroll]\nsso_start_url = https://old.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n";
const LOGIN: &str = "[profile payroll]\nlogin_session = arn:aws:iam::111122223333:user/jane\nregion = us-east-1\n";
const JANE: &str = "arn:aws:iam::111122223333:user/jane";

pub(super) const SITUATIONS: &[Situation] = &[
    Situation { name: "no token file", cause: "sso-never-signed-in", ..USUAL },
    Situation {
        name: "refresh refused",
        cause: "sso-session-expired",
        prepare: |aws, world| {
            token(aws, world, -60, |_| ())?;
            aws.end_session(START_URL);
            Ok(())
        },
        ..USUAL
    },
    Situation {
        name: "token past, without a refresh token",
        cause: "sso-session-expired",
        prepare: |aws, world| token(aws, world, -60, |grant| grant.refresh_token = None),
        ..USUAL
    },
    Situation {
        name: "token file cut off",
        cause: "sso-token-unreadable",
        prepare: |_, world| write(world, "{\"startUrl\": \"https://corp.awsapps.com/start\", \"acces"),
        ..USUAL
    },
    Situation {
        name: "token file without its token",
        cause: "sso-token-unreadable",
        prepare: |_, world| {
            write(world, "{\"startUrl\": \"https://corp.awsapps.com/start\", \"region\": \"us-east-1\"}")
        },
        ..USUAL
    },
    Situation {
        name: "token with a date in the old form",
        cause: "sso-token-unreadable",
        prepare: |aws, world| dated(aws, world, "UTC"),
        ..USUAL
    },
    Situation {
        name: "token with a date without a zone",
        cause: "sso-token-unreadable",
        prepare: |aws, world| dated(aws, world, ""),
        only_in_full: true,
        ..USUAL
    },
    Situation {
        name: "portal takes the token no more",
        cause: "sso-session-expired",
        prepare: |aws, world| {
            token(aws, world, 60, |_| ())?;
            aws.end_session(START_URL);
            Ok(())
        },
        ..USUAL
    },
    Situation {
        name: "role not assigned",
        cause: "sso-role-not-assigned",
        prepare: |aws, world| {
            token(aws, world, 60, |_| ())?;
            aws.unassign(START_URL, "111122223333", "ReadOnly");
            Ok(())
        },
        ..USUAL
    },
    Situation {
        name: "portal throttles",
        cause: "throttled",
        variables: TWICE,
        prepare: |aws, world| {
            aws.fault(Operation::GetRoleCredentials, Fault::Throttle);
            token(aws, world, 60, |_| ())
        },
        ..USUAL
    },
    Situation { name: "legacy: no token file", cause: "sso-never-signed-in", config: LEGACY, ..USUAL },
    Situation {
        name: "legacy: token past",
        cause: "sso-session-expired",
        config: LEGACY,
        prepare: |aws, world| {
            let mut grant = aws.grant(LEGACY_URL);
            grant.refresh_token = None;
            world.write(&token_file(LEGACY_URL), token_text(&grant, in_minutes(-60)))?;
            Ok(())
        },
        ..USUAL
    },
    Situation {
        name: "dangling sso-session",
        cause: "sso-config-incomplete",
        config: "[profile payroll]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n",
        ..USUAL
    },
    Situation {
        name: "role missing",
        cause: "sso-config-incomplete",
        config: "[sso-session acme]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\n[profile payroll]\nsso_session = acme\nsso_account_id = 111122223333\nregion = us-east-1\n",
        ..USUAL
    },
    Situation {
        name: "legacy: region and start URL missing",
        cause: "sso-config-incomplete",
        config: "[profile payroll]\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n",
        ..USUAL
    },
    Situation {
        name: "region differs between profile and session",
        cause: "sso-config-incomplete",
        config: "[sso-session acme]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\n[profile payroll]\nsso_session = acme\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n",
        ..USUAL
    },
    Situation {
        name: "nothing listens",
        cause: "network",
        variables: TWICE,
        prepare: |aws, world| token(aws, world, 60, |_| ()),
        way: Way::Refused,
        without: &[CliV2],
        ..USUAL
    },
    Situation {
        name: "certificate of an unknown authority",
        cause: "tls-interception",
        variables: TWICE,
        prepare: |aws, world| token(aws, world, 60, |_| ()),
        way: Way::Untrusted,
        without: &[CliV2],
        ..USUAL
    },
    Situation {
        name: "proxy not there",
        cause: "network",
        variables: TWICE,
        prepare: |aws, world| token(aws, world, 60, |_| ()),
        way: Way::Proxy,
        // They know of no proxy, and would call AWS.
        without: &[Js, Rust],
        ..USUAL
    },
    Situation {
        name: "aws login: never done",
        cause: "login-session-expired",
        but: &[(Boto3, "sdk-module-missing"), (CliV1, "sdk-module-missing")],
        config: LOGIN,
        without: &[CliV2],
        ..USUAL
    },
    Situation {
        name: "aws login: session over",
        cause: "login-session-expired",
        config: LOGIN,
        prepare: |aws, world| {
            login(aws, world)?;
            aws.end_logins(JANE);
            Ok(())
        },
        without: &[Boto3, CliV1, CliV2],
        ..USUAL
    },
    Situation {
        name: "aws login: password changed",
        cause: "login-session-expired",
        config: LOGIN,
        prepare: |aws, world| {
            login(aws, world)?;
            aws.change_credentials(JANE);
            Ok(())
        },
        without: &[Boto3, CliV1, CliV2],
        ..USUAL
    },
    Situation {
        name: "aws login: permission missing",
        cause: "login-permission-missing",
        config: LOGIN,
        prepare: |aws, world| {
            login(aws, world)?;
            aws.forbid_login(JANE);
            Ok(())
        },
        without: &[Boto3, CliV1, CliV2],
        ..USUAL
    },
    Situation {
        config: "[sso-session acme]\nsso_start_url = https://crop.awsapps.com/start\nsso_region = us-east-1\n\n[profile payroll]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = us-east-1\n",
        ..sign_in("sign-in: start URL mistyped", "sso-wrong-region-or-url")
    },
    Situation {
        prepare: |aws, _| refuse(aws, "ExpiredTokenException", "Device code expired"),
        ..sign_in("sign-in: not finished in time", "sso-login-abandoned")
    },
    Situation {
        prepare: |aws, _| refuse(aws, "AccessDeniedException", "The request was denied"),
        ..sign_in("sign-in: denied", "sso-login-abandoned")
    },
    Situation {
        config: "[profile payroll]\nregion = us-east-1\n",
        ..sign_in("sign-in: profile without SSO", "sso-config-incomplete")
    },
    told(
        "list of accounts, with a token that is over",
        "sso-session-expired",
        &["sso", "list-accounts", "--access-token", "dummy", "--region", "us-east-1"],
    ),
];

/// With the device flow, the only one that this AWS CLI has. The CLI v1 has none.
const fn sign_in(name: &'static str, cause: &'static str) -> Situation {
    Situation { without: &[Boto3, CliV1, Js, Rust], ..told(name, cause, &["sso", "login"]) }
}

fn refuse(aws: &FakeAws, code: &'static str, words: &'static str) -> Result<()> {
    aws.fault(Operation::CreateToken, Fault::Words(400, code, words));
    Ok(())
}

fn token(aws: &FakeAws, world: &World, left: i64, edit: fn(&mut Grant)) -> Result<()> {
    let mut grant = aws.grant(START_URL);
    edit(&mut grant);
    write(world, &token_text(&grant, in_minutes(left)))
}

/// A token for an hour, whose date ends so.
fn dated(aws: &FakeAws, world: &World, zone: &str) -> Result<()> {
    let end = jiff::Timestamp::from_second(in_minutes(60).as_second())?.to_string();
    let other = end.replace('Z', zone);
    write(world, &token_text(&aws.grant(START_URL), end.parse()?).replace(&end, &other))
}

fn write(world: &World, text: &str) -> Result<()> {
    world.write(&token_file("acme"), text)?;
    Ok(())
}

fn login(aws: &FakeAws, world: &World) -> Result<()> {
    world.write(&login_file(JANE), login_text(&aws.grant_login(JANE), in_minutes(-1)))?;
    Ok(())
}

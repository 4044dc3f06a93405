//! Keys, and what STS says to them.

use super::{Situation, TWICE, USUAL, told};
use crate::setting::Result;
use crate::texts::clients::Client::{Boto3, CliV1, CliV2, Js, Rust};
use relight_tests::fake_aws::{FakeAws, Fault, Operation};
use relight_tests::world::World;
use std::time::Duration;

const DIRECT: &str = "[profile payroll]\nregion = us-east-1\n";
const KEY: &str = "[payroll]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = DUMMY\n";
const ROLE: &str =
    "[profile payroll]\nrole_arn = arn:aws:iam::444455556666:role/deploy\nsource_profile = base\nregion = us-east-1\n";
const BASE: &str = "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = DUMMY\n";
const WEB: &str = "[profile payroll]\nrole_arn = arn:aws:iam::444455556666:role/deploy\nweb_identity_token_file = {home}/token\nregion = us-east-1\n";

const WRONG_SECRET: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const BEHIND: &str =
    "Signature expired: 20261122T010000Z is now earlier than 20261122T015412Z (20261122T020912Z - 15 min.)";
const AHEAD: &str =
    "Signature not yet current: 20261122T034412Z is still later than 20261122T022412Z (20261122T020912Z + 15 min.)";
const DENIED: &str = "User: arn:aws:iam::111122223333:user/jane is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/deploy";
const DISABLED: &str = "STS is not activated in this region for account:111122223333. Your account administrator can activate STS in this region using the IAM Console.";

/// With keys of a profile, and as the base of a role.
const fn direct(name: &'static str, cause: &'static str, prepare: fn(&FakeAws, &World) -> Result<()>) -> Situation {
    Situation { name, cause, config: DIRECT, credentials: KEY, prepare, ..USUAL }
}

const fn of_role(name: &'static str, cause: &'static str, prepare: fn(&FakeAws, &World) -> Result<()>) -> Situation {
    Situation { name, cause, config: ROLE, credentials: BASE, prepare, ..USUAL }
}

pub(super) const SITUATIONS: &[Situation] = &[
    direct("temporary keys over", "temporary-credentials-expired", |aws, world| expired(aws, world, "payroll")),
    of_role("base of a role over", "temporary-credentials-expired", |aws, world| expired(aws, world, "base")),
    direct("key unknown", "credentials-unknown-to-aws", |_, _| Ok(())),
    of_role("base of a role unknown", "credentials-unknown-to-aws", |_, _| Ok(())),
    direct("secret wrong", "secret-key-wrong", |aws, _| says(aws, 403, "SignatureDoesNotMatch", WRONG_SECRET)),
    of_role("secret of the base wrong", "secret-key-wrong", |aws, _| {
        says(aws, 403, "SignatureDoesNotMatch", WRONG_SECRET)
    }),
    direct("clock behind", "clock-skew", |aws, _| says(aws, 403, "SignatureDoesNotMatch", BEHIND)),
    of_role("clock behind, at a role", "clock-skew", |aws, _| says(aws, 403, "SignatureDoesNotMatch", BEHIND)),
    of_role("clock ahead, at a role", "clock-skew", |aws, _| says(aws, 403, "SignatureDoesNotMatch", AHEAD)),
    of_role("role not to be assumed", "assume-role-denied", |aws, _| says(aws, 403, "AccessDenied", DENIED)),
    Situation {
        but: &[(Rust, "assume-role-denied"), (Js, "mfa-required")],
        config: "[profile payroll]\nrole_arn = arn:aws:iam::444455556666:role/mfa/deploy\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/jane\nregion = us-east-1\n",
        credentials: "",
        ..of_role("role with MFA, no terminal", "mfa-required", |aws, world| {
            let key = aws.add_user_key("111122223333", "jane");
            let text = format!("[base]\naws_access_key_id = {}\naws_secret_access_key = DUMMY\n", key.access_key_id);
            world.write(".aws/credentials", text)?;
            Ok(())
        })
    },
    direct("region switched off", "region-not-enabled", |aws, _| says(aws, 403, "RegionDisabledException", DISABLED)),
    of_role("region switched off, at a role", "region-not-enabled", |aws, _| {
        says(aws, 403, "RegionDisabledException", DISABLED)
    }),
    Situation {
        variables: TWICE,
        ..direct("throttled", "throttled", |aws, _| says(aws, 400, "Throttling", "Rate exceeded"))
    },
    Situation {
        variables: TWICE,
        ..of_role("throttled, at a role", "throttled", |aws, _| says(aws, 400, "Throttling", "Rate exceeded"))
    },
    direct("key with quotes", "secret-key-wrong", |aws, _| {
        says(
            aws,
            400,
            "IncompleteSignature",
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '\"AKIAIOSFODNN7EXAMPLE\"/20261122'",
        )
    }),
    Situation {
        config: WEB,
        ..of_role("identity token over", "temporary-credentials-expired", |aws, world| {
            world.write("token", "e30.e30.x\n")?;
            says(
                aws,
                400,
                "ExpiredTokenException",
                "Token expired: current date/time 1795309200 must be before the expiration date/time 1795305600",
            )
        })
    },
    Situation {
        config: WEB,
        ..of_role("identity token not trusted", "assume-role-denied", |aws, world| {
            world.write("token", "e30.e30.x\n")?;
            says(aws, 403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
        })
    },
    Situation {
        name: "keys of the environment over, beside a profile",
        cause: "temporary-credentials-expired",
        config: DIRECT,
        credentials: KEY,
        variables: &[("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "DUMMY")],
        prepare: |aws, _| says(aws, 403, "ExpiredToken", "The security token included in the request is expired"),
        without: &[Boto3, CliV1, CliV2],
        ..USUAL
    },
    Situation {
        config: DIRECT,
        prepare: |aws, world| temporary(aws, world, "payroll"),
        ..told("a call that temporary keys may not make", "access-denied", &["sts", "get-session-token"])
    },
];

/// Temporary keys whose time is over.
fn expired(aws: &FakeAws, world: &World, profile: &str) -> Result<()> {
    temporary(aws, world, profile)?;
    aws.advance(Duration::from_hours(24));
    Ok(())
}

fn temporary(aws: &FakeAws, world: &World, profile: &str) -> Result<()> {
    let grant = aws.grant_login("arn:aws:iam::111122223333:user/jane");
    let text = format!(
        "[{profile}]\naws_access_key_id = {}\naws_secret_access_key = {}\naws_session_token = {}\n",
        grant.access_key_id, grant.secret_access_key, grant.session_token
    );
    world.write(".aws/credentials", text)?;
    Ok(())
}

fn says(aws: &FakeAws, status: u16, code: &'static str, words: &'static str) -> Result<()> {
    for operation in [Operation::GetCallerIdentity, Operation::AssumeRole, Operation::AssumeRoleWithWebIdentity] {
        aws.fault(operation, Fault::Words(status, code, words));
    }
    Ok(())
}

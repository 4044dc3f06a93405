//! Each fault at each step, against the real program and the fake AWS.

use super::expected::{ASK, BY_CODE, Expected, STEPS, Step, expected, faults};
use super::{beside_each_other, corp_file, follow_pages, renewable, unharmed};
use crate::setting::{Result, aws, in_minutes, world};
use relight_tests::fake_aws::{FakeAws, Fault};
use relight_tests::world::{Printed, World, token_file};
use std::collections::BTreeMap;
use std::fs;

struct Row {
    step: Step,
    name: &'static str,
    fault: Fault,
    /// It strikes each request, not only the first.
    lasting: bool,
}

/// Each fault lasts, and where a flow tries again by itself, it also comes once. What lasts while a person's approval is
/// polled for would last for ten minutes: that is shown in the core.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for step in STEPS {
        for (name, fault) in faults() {
            // Without a browser that comes back, a code is polled for.
            let ends_in_polls = step == Step::Redeem
                && expected(step, name, false) == Expected::Done
                && expected(step, name, true) == Expected::Failed(ASK);
            if step != Step::Poll && !ends_in_polls {
                rows.push(Row { step, name, fault: fault.clone(), lasting: true });
            }
            let once = expected(step, name, false);
            if step == Step::Poll || ends_in_polls || once != expected(step, name, true) {
                rows.push(Row { step, name, fault, lasting: false });
            }
        }
    }
    rows
}

#[test]
fn every_fault_at_every_step_is_told_with_what_to_do_and_the_next_run_succeeds() -> Result<()> {
    let rows = rows();
    let results = beside_each_other(&rows, 24, |row| Ok(survived(row).err().map(|error| error.to_string())))?;
    let mut cells: BTreeMap<&str, BTreeMap<Step, (usize, usize)>> = BTreeMap::new();
    for (row, failure) in rows.iter().zip(&results) {
        let (tried, survived) = cells.entry(row.name).or_default().entry(row.step).or_default();
        (*tried, *survived) = (*tried + 1, *survived + usize::from(failure.is_none()));
    }
    println!("{:33}{}", "fault (tried/survived)", STEPS.map(|step| format!("{:>10}", format!("{step:?}"))).concat());
    for (name, _) in faults() {
        let cell = |step: &Step| {
            cells[name].get(step).map_or_else(String::new, |(tried, survived)| format!("{tried}/{survived}"))
        };
        println!("{name:33}{}", STEPS.iter().map(|step| format!("{:>10}", cell(step))).collect::<String>());
    }
    let failures: Vec<_> = rows
        .iter()
        .zip(&results)
        .filter_map(|(row, failure)| {
            Some(format!(
                "{:?}, {}, {}: {}",
                row.step,
                row.name,
                if row.lasting { "each time" } else { "once" },
                failure.as_ref()?
            ))
        })
        .collect();
    println!("{} tried, {} survived", rows.len(), rows.len() - failures.len());
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    Ok(())
}

fn survived(row: &Row) -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    aws.auto_approve(true);
    let before = prepare(row.step, &world, &aws)?;
    let fault = row.fault.clone();
    if row.lasting {
        aws.fault(row.step.operation(), fault)
    } else {
        aws.fault(row.step.operation(), fault.times(1))
    }
    let printed = world.relight(row.step.words())?;
    unharmed(&world, &aws, &printed, before.as_deref())?;
    as_expected(expected(row.step, row.name, row.lasting), &printed)?;
    let failed = printed.code != Some(0);
    if failed && fs::read_to_string(corp_file(&world)).ok() != before {
        return Err("it failed, and the token is another one all the same".into());
    }
    aws.clear_faults();
    // AWS has used the refresh token up, so a person must sign in, and nothing worse.
    let is_lost = row.step == Step::Refresh && row.name == "closed in the answer";
    if row.step == Step::Refresh && printed.code == Some(3) {
        let next = world.relight(&["refresh", "corp"])?;
        let wanted = if is_lost { Expected::No("Sign in: relight login corp") } else { Expected::Done };
        as_expected(wanted, &next).map_err(|error| format!("the next refresh: {error}"))?;
        unharmed(&world, &aws, &next, before.as_deref())?;
    }
    let next = world.relight(&BY_CODE)?;
    as_expected(Expected::Done, &next).map_err(|error| format!("the next sign-in: {error}"))?;
    unharmed(&world, &aws, &next, None)
}

/// What a person has before it goes wrong: the text of the token file.
fn prepare(step: Step, world: &World, aws: &FakeAws) -> Result<Option<String>> {
    match step {
        Step::Enrol | Step::Redeem => {
            follow_pages(world)?;
            Ok(None)
        }
        Step::Register | Step::Start => Ok(None),
        // With a registration that was made before.
        Step::Poll => {
            let grant = aws.grant(crate::setting::START_URL);
            let key = format!(
                r#"{{"region": "us-east-1", "scopes": ["sso:account:access"], "session_name": "corp", "startUrl": "{}", "tool": "botocore"}}"#,
                crate::setting::START_URL
            );
            let (id, secret, end) = (grant.client_id, grant.client_secret, in_minutes(60 * 24));
            let text = format!(
                r#"{{"clientId": "{id}", "clientSecret": "{secret}", "expiresAt": "{end}", "scopes": ["sso:account:access"]}}"#
            );
            world.write(&token_file(&key), text)?;
            Ok(None)
        }
        Step::Refresh => Ok(Some(renewable(world, aws, -1)?.1)),
        Step::Logout => Ok(Some(renewable(world, aws, 50)?.1)),
    }
}

fn as_expected(expected: Expected, printed: &Printed) -> Result<()> {
    let says = |words: &str| printed.out.contains(words) || printed.err.contains(words);
    let met = match expected {
        Expected::Done => printed.code == Some(0) && !says("may live on"),
        Expected::No(cure) => printed.code == Some(1) && says(cure),
        Expected::Failed(cures) => printed.code == Some(3) && cures.iter().any(|cure| says(cure)),
        Expected::DoneBut(words) => printed.code == Some(0) && says(words),
    };
    if met { Ok(()) } else { Err(format!("expected {expected:?}, but {printed:?}").into()) }
}

//! A server that hangs, and a person who does not wait for it.

use super::{beside_each_other, corp_file, follow_pages, renewable, unharmed};
use crate::faults::expected::{BY_CODE, STEPS, Step};
use crate::setting::{LONG, Result, aws, world};
use relight_tests::fake_aws::{FakeAws, Fault};
use relight_tests::world::{Running, World, program};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::time::Duration;

/// `relight`, with both outputs in one, up to the call of `step`.
fn begin(world: &World, aws: &FakeAws, step: Step, words: &[&str]) -> Result<Running> {
    let before = aws.count(step.operation());
    let mut command = world.command("sh");
    command.args(["-c", "exec \"$0\" \"$@\" 2>&1"]).arg(program("relight")?).args(words);
    let running = Running::start(&mut command)?;
    aws.wait_for(step.operation(), before + 1, LONG)?;
    Ok(running)
}

fn press_ctrl_c(running: &Running) -> Result<()> {
    let id = i32::try_from(running.id()).ok().and_then(Pid::from_raw).ok_or("no process")?;
    Ok(kill_process(id, Signal::INT)?)
}

#[test]
fn ctrl_c_ends_what_waits_for_a_server_that_hangs() -> Result<()> {
    beside_each_other(&STEPS, STEPS.len(), |step| {
        let aws = aws();
        let world = world(&aws)?;
        aws.auto_approve(true);
        follow_pages(&world)?;
        let before = match step {
            Step::Refresh => Some(renewable(&world, &aws, -1)?.1),
            Step::Logout => Some(renewable(&world, &aws, 50)?.1),
            _ => None,
        };
        aws.fault(step.operation(), Fault::Hang);
        let mut running = begin(&world, &aws, *step, step.words())?;
        press_ctrl_c(&running)?;
        if *step == Step::Refresh {
            running.line_with(|line| line.contains("Ctrl-C once more ends at once"))?;
            press_ctrl_c(&running)?;
        }
        let printed = running.end()?;
        assert_eq!(printed.code, Some(1), "{step:?}: {printed:?}");
        assert!(printed.out.contains("given up"), "{step:?}: {printed:?}");
        assert_eq!(fs::read_to_string(corp_file(&world)).ok(), before, "{step:?}");
        unharmed(&world, &aws, &printed, before.as_deref())?;
        aws.clear_faults();
        assert_eq!(world.relight(&BY_CODE)?.code, Some(0), "{step:?}: the next run");
        Ok(())
    })?;
    println!("a server that hangs: {} steps given up, {0} survived", STEPS.len());
    Ok(())
}

#[test]
fn an_answer_that_comes_after_ctrl_c_is_kept() -> Result<()> {
    let aws = aws();
    let world = world(&aws)?;
    let (_, before) = renewable(&world, &aws, -1)?;
    aws.fault(Step::Refresh.operation(), Fault::Slow(Duration::from_millis(300)));
    let running = begin(&world, &aws, Step::Refresh, &["refresh", "corp"])?;
    press_ctrl_c(&running)?;
    let printed = running.end()?;
    assert!(printed.out.contains("Renewed corp"), "{printed:?}");
    assert_ne!(fs::read_to_string(corp_file(&world))?, before);
    Ok(())
}

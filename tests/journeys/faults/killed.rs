//! `kill -9` at random moments. `RELIGHT_SEED` repeats a run, as far as the moments go.

use super::expected::{BY_CODE, BY_REDIRECT};
use super::{beside_each_other, corp_file, follow_pages, renewable, unharmed};
use crate::setting::{Result, aws, world};
use relight_tests::fake_aws::{FakeAws, Operation};
use relight_tests::world::{Printed, World, program, run};
use std::fs;
use std::time::{Duration, Instant, SystemTime};

/// How many of each command; there are two ways to sign in.
const REFRESHES: usize = 120;
const SIGN_INS: usize = 40;
const THREADS: usize = 4;

/// A generator of numbers: xorshift64*, which needs no crate to be the same everywhere.
struct Numbers(u64);

impl Numbers {
    /// From 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let top = u32::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32).unwrap_or_default();
        f64::from(top) / f64::from(u32::MAX)
    }
}

fn seed() -> u64 {
    let given = std::env::var("RELIGHT_SEED").ok().and_then(|text| text.parse().ok());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |since| since.as_secs());
    given.unwrap_or(now).max(1)
}

/// The moments of the kills: half over all of `whole`, half around its end, where the file is written. What runs beside
/// others takes longer: up to `slower` times as long.
fn moments(count: usize, whole: Duration, slower: f64, numbers: &mut Numbers) -> Vec<Duration> {
    let share = |number: usize, random: f64| {
        if number.is_multiple_of(2) { random * 1.1 } else { 0.7 + random * (slower - 0.7) }
    };
    (0..count).map(|number| whole.mul_f64(share(number, numbers.next()))).collect()
}

/// `relight`, killed after `delay` unless it has ended by then. In the foreground `timeout` does not kill itself too, and
/// waits for its end: it holds its locks until then, a moment longer than its output.
fn killed(world: &World, words: &[&str], delay: Duration) -> Result<Printed> {
    const KILLED: i32 = 128 + 9;
    let mut command = world.command("timeout");
    command.args(["--foreground", "-s", "KILL", &format!("{:.6}", delay.as_secs_f64().max(0.000_001))]);
    let printed = run(command.arg(program("relight")?).args(words))?;
    Ok(Printed { code: printed.code.filter(|code| *code != KILLED), ..printed })
}

/// How long `words` take when nobody kills them: the median of five.
fn length(words: &[&str], prepare: impl Fn(&World, &FakeAws) -> Result<()>) -> Result<Duration> {
    let (aws, mut lengths) = (aws(), Vec::new());
    aws.auto_approve(true);
    let world = world(&aws)?;
    for _ in 0..5 {
        prepare(&world, &aws)?;
        let began = Instant::now();
        assert_eq!(world.relight(words)?.code, Some(0));
        lengths.push(began.elapsed());
    }
    lengths.sort();
    Ok(lengths[2])
}

/// What a kill left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Old,
    New,
    /// AWS had used the refresh token up, and its answer was lost: a person must sign in.
    Used,
}

#[test]
fn after_a_kill_at_any_moment_of_a_refresh_the_file_is_whole_and_the_next_start_says_sign_in_at_worst() -> Result<()> {
    let seed = seed();
    let whole = length(&["refresh", "corp"], |world, aws| renewable(world, aws, -1).map(drop))?;
    let moments = moments(REFRESHES, whole, 1.2, &mut Numbers(seed));
    let left = beside_each_other(&moments, THREADS, |delay| {
        let aws = aws();
        let world = world(&aws)?;
        let (_, before) = renewable(&world, &aws, -1)?;
        let printed = killed(&world, &["refresh", "corp"], *delay)?;
        unharmed(&world, &aws, &printed, Some(&before))?;
        let is_old = fs::read_to_string(corp_file(&world))? == before;
        let next = world.relight(&["refresh", "corp"])?;
        unharmed(&world, &aws, &next, Some(&before))?;
        let statuses: Vec<_> = aws.requests().iter().filter_map(|request| request.status).collect();
        match next.code {
            Some(0) => Ok(if is_old { Left::Old } else { Left::New }),
            Some(1) if is_old && statuses == [200, 400] && next.out.contains("Sign in: relight login corp") => {
                aws.auto_approve(true);
                let signed_in = world.relight(&BY_CODE)?;
                if signed_in.code == Some(0) { Ok(Left::Used) } else { Err(format!("{signed_in:?}").into()) }
            }
            _ => Err(format!("after {delay:?} of {whole:?}, old: {is_old}, {statuses:?}: {next:?}").into()),
        }
    })?;
    let count = |wanted: Left| left.iter().filter(|one| **one == wanted).count();
    println!(
        "kill -9 at {} moments of a refresh (seed {seed}, {whole:?} long): all survived; {} old files, {} new ones, {} times 'sign in'",
        left.len(),
        count(Left::Old),
        count(Left::New),
        count(Left::Used)
    );
    Ok(())
}

#[test]
fn after_a_kill_at_any_moment_of_a_sign_in_with_a_code_the_file_is_whole_and_the_next_one_succeeds() -> Result<()> {
    sign_ins(&BY_CODE, 2.5)
}

#[test]
fn after_a_kill_at_any_moment_of_a_sign_in_by_redirect_the_file_is_whole_and_the_next_one_succeeds() -> Result<()> {
    sign_ins(&BY_REDIRECT, 8.0)
}

fn sign_ins(words: &[&str], slower: f64) -> Result<()> {
    let seed = seed();
    let whole = length(words, |world, _| follow_pages(world))?;
    let moments = moments(SIGN_INS, whole, slower, &mut Numbers(seed));
    let signed_in = beside_each_other(&moments, 2 * THREADS, |delay| {
        let aws = aws();
        aws.auto_approve(true);
        let world = world(&aws)?;
        follow_pages(&world)?;
        let printed = killed(&world, words, *delay)?;
        unharmed(&world, &aws, &printed, None)?;
        let is_signed_in = corp_file(&world).exists();
        let status = world.relight(&["status"])?;
        if status.out.contains("signing in") {
            return Err(format!("a ghost of a sign-in: {status:?}").into());
        }
        let next = world.relight(&BY_CODE)?;
        unharmed(&world, &aws, &next, None)?;
        // A client that AWS knows already is not registered again: one that was lost is, once.
        let registered = aws.count(Operation::RegisterClient);
        if next.code == Some(0) && registered <= 2 {
            Ok(is_signed_in)
        } else {
            Err(format!("after {delay:?} of {whole:?}: {next:?}").into())
        }
    })?;
    println!(
        "kill -9 at {} moments of {} (seed {seed}, {whole:?} long): all survived; {} had the token",
        signed_in.len(),
        words.join(" "),
        signed_in.iter().filter(|signed_in| **signed_in).count()
    );
    Ok(())
}

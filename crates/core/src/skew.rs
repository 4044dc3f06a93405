//! How far this machine's clock is from AWS's, by the date in each of AWS's answers. A wrong clock makes every end that is
//! shown wrong, and AWS refuses what was signed five minutes off (aws-sessions.md 8). In WSL 2 the clock stays behind
//! after the computer slept.

use crate::config::Remote;
use crate::problem::Problem;
use crate::text::span;
use crate::time::{SignedDuration, Timestamp, until};
use alloc::format;
use jiff::fmt::rfc2822::DateTimeParser;

/// What is less matters to nobody: answers take a while, and dates have no fractions of a second.
const TOLERATED: SignedDuration = SignedDuration::from_mins(2);
/// What is signed further off than this is refused.
const MOST: SignedDuration = SignedDuration::from_mins(5);

/// How far AWS's clock is ahead of this machine's, which says `now`. `date` is the header `Date` (RFC 9110 5.6.7).
pub fn skew(date: &str, now: Timestamp) -> Option<SignedDuration> {
    let of_aws = DateTimeParser::new().parse_timestamp(date).ok()?;
    Some(until(now, of_aws))
}

/// What to tell a person of it, and what to do on this machine.
pub fn problem(skew: SignedDuration, remote: Option<Remote>) -> Option<Problem> {
    if skew.abs() < TOLERATED {
        return None;
    }
    let way = if skew.is_negative() { "ahead of" } else { "behind" };
    let message = format!(
        "This machine's clock is {} {way} AWS's: every end that is shown is wrong by as much, and from 5 min on AWS refuses signed calls.",
        span(skew)
    );
    let hint = match remote {
        Some(Remote::Wsl) => {
            "WSL's clock falls behind when the computer sleeps: run 'sudo hwclock -s' here, or 'wsl --shutdown' in Windows."
        }
        _ => "Set the clock, or let the system set it from the network.",
    };
    Some(if skew.abs() < MOST {
        Problem::warning("clock-skew", message, hint)
    } else {
        Problem::error("clock-skew", message, hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(date: &str, remote: Option<Remote>) -> Option<alloc::string::String> {
        let now = "2026-11-22T10:00:00Z".parse().unwrap();
        problem(skew(date, now)?, remote).map(|problem| problem.sentence())
    }

    #[test]
    fn a_clock_that_is_minutes_off_is_told_and_how_to_set_it() {
        insta::assert_snapshot!(said("Sun, 22 Nov 2026 10:07:30 GMT", Some(Remote::Wsl)).unwrap(), @"This machine's clock is 7 min behind AWS's: every end that is shown is wrong by as much, and from 5 min on AWS refuses signed calls. WSL's clock falls behind when the computer sleeps: run 'sudo hwclock -s' here, or 'wsl --shutdown' in Windows.");
        insta::assert_snapshot!(said("Sun, 22 Nov 2026 09:57:59 GMT", None).unwrap(), @"This machine's clock is 2 min ahead of AWS's: every end that is shown is wrong by as much, and from 5 min on AWS refuses signed calls. Set the clock, or let the system set it from the network.");
    }

    #[test]
    fn a_second_or_a_minute_and_what_is_no_date_say_nothing() {
        for date in ["Sun, 22 Nov 2026 10:01:59 GMT", "Sun, 22 Nov 2026 09:58:01 GMT", "soon", ""] {
            assert_eq!(said(date, None), None, "{date}");
        }
    }
}

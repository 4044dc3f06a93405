//! Points in time: how AWS's files spell them, and arithmetic that cannot overflow.

use alloc::string::{String, ToString};

pub use jiff::{SignedDuration, Timestamp};

/// A date read from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The moment meant.
    pub at: Timestamp,
    /// False where the text has no zone: read as UTC, but clients disagree about such a date (aws-sessions.md 2.3).
    pub zoned: bool,
    /// Whether the zone is written as the letters `UTC`, which most SDKs cannot read (aws-sessions.md 2.3).
    pub spelt_utc: bool,
}

/// Reads every date form that clients and tools were seen to write: `Z`, `UTC`, `±hh:mm`, `±hhmm`, a doubled offset
/// (`+00:00+0000`, yawsso), zero to nine fractional digits, `T` or a space (aws-sessions.md 2.3, 2.6).
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let (stamp, utc) = match text.strip_suffix("UTC").or_else(|| text.strip_suffix('Z')) {
        Some(stamp) => (stamp.trim_end(), true),
        None => (without_second_offset(text), false),
    };
    if !utc && let Ok(at) = stamp.parse::<Timestamp>() {
        return Some(Date { at, zoned: true, spelt_utc: false });
    }
    // A bare day has no hour, so it is no end of a session.
    if !stamp.contains(':') {
        return None;
    }
    let civil: jiff::civil::DateTime = stamp.parse().ok()?;
    // The last day of the year 9999 means "never" to some tools, and lies just behind what a timestamp can say.
    let at = civil.to_zoned(jiff::tz::TimeZone::UTC).map_or(Timestamp::MAX, |at| at.timestamp());
    Some(Date { at, zoned: utc, spelt_utc: text.ends_with("UTC") })
}

/// The one form that all clients read: `YYYY-MM-DDTHH:MM:SSZ` (aws-sessions.md 2.3).
pub fn write_date(at: Timestamp) -> String {
    whole_seconds(at).to_string()
}

/// `at` without its fraction of a second, so that what is written and what is compared agree.
pub fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// `at` plus `by`, held inside what a timestamp can say: absurd lifetimes must not stop the program.
pub fn after(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// `at` minus `by`, held inside what a timestamp can say.
pub fn before(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_sub(by).unwrap_or(Timestamp::MIN)
}

/// From `now` until `at`; negative when it is past.
pub fn until(now: Timestamp, at: Timestamp) -> SignedDuration {
    at.duration_since(now)
}

/// `2020-06-14T17:13:26+00:00+0000` has its offset twice; the first one counts.
fn without_second_offset(text: &str) -> &str {
    let Some((head, tail)) = text.split_at_checked(text.len().saturating_sub(5)) else {
        return text;
    };
    let second = tail.starts_with(['+', '-']) && tail.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    let first = head
        .get(head.len().saturating_sub(6)..)
        .is_some_and(|offset| offset.starts_with(['+', '-']) && offset.as_bytes().get(3) == Some(&b':'));
    if second && first { head } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_was_seen_is_read() {
        for (text, seconds, zoned) in [
            ("2026-11-22T02:27:06Z", 1_795_314_426, true),
            ("2026-11-22T02:27:06UTC", 1_795_314_426, true),
            ("2026-11-22T02:27:06 UTC", 1_795_314_426, true),
            ("2026-11-22T02:27:06.123Z", 1_795_314_426, true),
            ("2026-11-22T02:27:06.123456789Z", 1_795_314_426, true),
            ("2026-11-22T02:27:06+00:00", 1_795_314_426, true),
            ("2026-11-22T04:27:06+02:00", 1_795_314_426, true),
            ("2026-11-22T02:27:06+0000", 1_795_314_426, true),
            ("2026-11-22T02:27:06+00:00+0000", 1_795_314_426, true),
            ("2026-11-22 02:27:06", 1_795_314_426, false),
            ("2026-11-22T02:27:06", 1_795_314_426, false),
            ("  2026-11-22T02:27:06Z ", 1_795_314_426, true),
            ("9999-12-31T23:59:59Z", Timestamp::MAX.as_second(), true),
        ] {
            let date = read_date(text);
            assert_eq!(date.map(|date| (date.at.as_second(), date.zoned)), Some((seconds, zoned)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "Z",
            "UTC",
            "soon",
            "2026-11-22",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "1700000000",
            "é+00:00+0000",
            "99999-01-01T00:00:00Z",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_written_in_the_one_form() {
        let at = read_date("2026-11-22T02:27:06.987654Z").map(|date| write_date(date.at));
        assert_eq!(at.as_deref(), Some("2026-11-22T02:27:06Z"));
    }

    #[test]
    fn arithmetic_stays_inside_what_can_be_said() {
        assert_eq!(after(Timestamp::MAX, SignedDuration::MAX), Timestamp::MAX);
        assert_eq!(before(Timestamp::MIN, SignedDuration::MAX), Timestamp::MIN);
    }
}

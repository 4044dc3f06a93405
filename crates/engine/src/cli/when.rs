//! `--at TIME` and `--needs DURATION`.

use relight_core::time::read_date;
use relight_core::time::{SignedDuration, Timestamp, after};

/// `2026-11-22T18:00:00Z`, `18:00` (the next time it is that late here) or `+40m`.
pub(super) fn parse(text: &str, now: Timestamp, zone: &jiff::tz::TimeZone) -> Result<Timestamp, String> {
    let wrong = || format!("'{text}' is not a time. Write 2026-11-22T18:00:00Z, 18:00 or +40m.");
    if let Some(ahead) = text.strip_prefix('+') {
        let ahead: SignedDuration = ahead.parse().map_err(|_| wrong())?;
        return Ok(after(now, ahead));
    }
    if let Some(date) = read_date(text) {
        return Ok(date.at);
    }
    let time: jiff::civil::Time =
        if text.contains(':') && text.len() <= 8 { text.parse().map_err(|_| wrong())? } else { return Err(wrong()) };
    let here = now.to_zoned(zone.clone());
    let today = here.with().time(time).build().map_err(|_| wrong())?;
    let next = if today.timestamp() >= now { Ok(today) } else { today.tomorrow() };
    next.map(|at| at.timestamp()).map_err(|_| wrong())
}

/// `45m`, `1h30m`, `2h`.
pub(super) fn length(text: &str) -> Result<SignedDuration, String> {
    let length = text.parse().ok().filter(|length: &SignedDuration| !length.is_negative());
    length.ok_or_else(|| format!("'{text}' is not a duration. Write 45m, 1h30m or 2h."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_three_ways() {
        let now: Timestamp = "2026-11-22T17:00:00Z".parse().unwrap_or_default();
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
        let at = |text| parse(text, now, &zone).map(|at| at.to_string());
        assert_eq!(at("+40m").as_deref(), Ok("2026-11-22T17:40:00Z"));
        assert_eq!(at("+1h30m").as_deref(), Ok("2026-11-22T18:30:00Z"));
        assert_eq!(at("18:00").as_deref(), Ok("2026-11-22T17:00:00Z"));
        assert_eq!(at("17:59").as_deref(), Ok("2026-11-23T16:59:00Z"), "already past today");
        assert_eq!(at("2026-11-22T18:00:00Z").as_deref(), Ok("2026-11-22T18:00:00Z"));
        assert_eq!(at("2026-11-22T18:00:00+02:00").as_deref(), Ok("2026-11-22T16:00:00Z"));
        assert_eq!(length("1h30m"), Ok(SignedDuration::from_mins(90)));
        assert_eq!(length("45m"), Ok(SignedDuration::from_mins(45)));
        for wrong in ["", "x", "-5m", "45", "1d", "1 month"] {
            assert!(length(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "+", "+x", "noon", "25:00", "18"] {
            assert!(at(wrong).is_err(), "{wrong}");
        }
    }
}

//! Dates: what is read can be written, and is read again as the same second.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight_core::time::{read_date, whole_seconds, write_date};

fuzz_target!(|text: &str| {
    if let Some(date) = read_date(text) {
        let written = write_date(date.at);
        let again = read_date(&written);
        assert!(again.is_some_and(|again| again.zoned && again.at == whole_seconds(date.at)), "{written}");
    }
});

//! The log: Relight's own words at the level asked for, other crates' at warnings and above, because HTTP and SDK
//! traces print bodies with tokens in them.

use std::io::{self, Write};
use std::sync::Mutex;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging to `writer`; `verbosity` counts the `-v`s. A second start does nothing.
pub fn start(verbosity: u8, writer: impl Write + Send + 'static) {
    let own = match verbosity {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let levels = Targets::new().with_default(LevelFilter::WARN).with_targets([
        ("relight", own),
        ("relight_core", own),
        ("relight_engine", own),
        ("relight_tray", own),
    ]);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(writer));
    let _ = tracing_subscriber::registry().with(levels).with(lines).try_init();
}

/// Standard error, for [`start`].
pub fn stderr() -> impl Write + Send + 'static {
    io::stderr()
}

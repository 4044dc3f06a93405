//! The two files, from their bytes to everything that is shown of them. A zero byte parts config and credentials.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight_core::app::{App, Event};
use relight_core::config::Environment;
use relight_core::time::Timestamp;
use relight_core::view::By;
use relight_core::world::{Content, Seen, ShownPaths};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let mut part = || Content::Read(parts.next().unwrap_or_default().to_vec());
    let mut app = App::new(By::Tray, false, ShownPaths::default(), Environment::default());
    let now = Timestamp::from_second(1_795_314_426).expect("a moment of 2026");
    app.handle(Event::Seen(vec![Seen::Config(part()), Seen::Credentials(part())]), now);
    let view = app.view(now);
    let shown = serde_json::to_string(&view).expect("a view is JSON");
    assert!(!shown.contains("HUSH"), "a secret is shown: {shown}");
    let _ = relight_core::menu::menu(&view, now, &jiff::tz::TimeZone::UTC);
    for session in app.world.config.sessions.values() {
        assert!(session.profiles.iter().all(|profile| app.world.config.profiles.contains_key(profile)));
    }
});

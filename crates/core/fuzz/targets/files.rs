//! The two files, from their bytes to everything that is shown of them, as each client reads them, and edited. A zero
//! byte parts config and credentials.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight_core::app::{App, Event};
use relight_core::config::Environment;
use relight_core::ini::{Document, Edit, edit};
use relight_core::reading::{botocore, differences};
use relight_core::time::Timestamp;
use relight_core::view::By;
use relight_core::world::{Content, Seen, ShownPaths};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let (config, credentials) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut app = App::new(By::Tray, false, ShownPaths::default(), Environment::default());
    let now = Timestamp::from_second(1_795_314_426).expect("a moment of 2026");
    let read = |bytes: &[u8]| Content::Read(bytes.to_vec());
    app.handle(Event::Seen(vec![Seen::Config(read(config)), Seen::Credentials(read(credentials))]), now);
    let view = app.view(now);
    serde_json::to_string(&view).expect("a view is JSON");
    let _ = relight_core::menu::menu(&view, now, &jiff::tz::TimeZone::UTC);
    let config = &app.world.config;
    for session in config.sessions.values() {
        assert!(session.profiles.iter().all(|profile| config.profiles.contains_key(profile)));
    }
    for name in config.profiles.keys() {
        let _ = config.steps(name);
    }
    let files = app.world.files();
    let refused = botocore::read(Some(files.config.bytes()), Some(files.credentials.bytes())).is_err();
    assert!(!(refused || !differences(files).is_empty()) || !config.problems.is_empty(), "a difference is no problem");
    edits(&files.config);
});

/// Every edit of the first section and its first key either is refused or leaves the rest.
fn edits(document: &Document) {
    let Some(first) = document.sections.first() else { return };
    let section = first.name.clone();
    let key = first.properties.first().map_or_else(|| "region".to_owned(), |property| property.key.clone());
    let all = [
        Edit::SetKey { section: section.clone(), key: key.clone(), value: "x".into() },
        Edit::RemoveKey { section: section.clone(), key: key.clone() },
        Edit::RenameKey { section: section.clone(), key, to: "other".into() },
        Edit::AddSection { section: "profile new".into(), keys: vec![("region".into(), "x".into())] },
        Edit::RemoveSection { section },
        Edit::ToUtf8,
    ];
    for one in all {
        let Ok(edited) = edit(document.bytes(), &one) else { continue };
        let (mut old, mut new) = (0, 0);
        for span in &edited.spans {
            assert_eq!(document.bytes().get(old..span.old.start), edited.bytes.get(new..span.new.start), "{one:?}");
            (old, new) = (span.old.end, span.new.end);
        }
        assert_eq!(document.bytes().get(old..), edited.bytes.get(new..), "{one:?}");
    }
}

//! Pasted errors: whatever they are, the answer is JSON, and nothing that cannot help is proposed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight_core::action::Action;
use relight_core::app::{App, Event};
use relight_core::config::Environment;
use relight_core::doctor::Surroundings;
use relight_core::explain::explain;
use relight_core::time::Timestamp;
use relight_core::view::By;
use relight_core::world::{Content, Seen, ShownPaths};
use std::sync::LazyLock;

const CONFIG: &str = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
    [profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Developer\n\
    [profile deploy]\nrole_arn = arn:aws:iam::444455556666:role/deploy\nsource_profile = dev\n\
    [profile me]\nlogin_session = arn:aws:iam::111122223333:user/me\n";

fn now() -> Timestamp {
    Timestamp::from_second(1_795_314_426).expect("a moment of 2026")
}

static MACHINE: LazyLock<App> = LazyLock::new(|| {
    let mut app = App::new(By::Terminal, false, ShownPaths::default(), Environment::default());
    app.handle(Event::Seen(vec![Seen::Config(Content::Read(CONFIG.into()))]), now());
    app
});

fuzz_target!(|bytes: &[u8]| {
    let answer = explain(bytes, Surroundings::default(), &MACHINE.world, &MACHINE.view(now()));
    serde_json::to_string(&answer).expect("an answer is JSON");
    let signs_in = answer.fixes.iter().any(|fix| matches!(fix.action, Some(Action::SignIn(_) | Action::Renew(_))));
    assert!(answer.login_helps || !signs_in);
    assert!(!answer.fixes.is_empty() && !answer.explanation.is_empty());
});

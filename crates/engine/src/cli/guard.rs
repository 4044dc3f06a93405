//! `relight guard`: a long command does not lose its credentials half-way.

use super::args::{Guard, Options};
use super::ending::Ending;
use super::person::Person;
use super::started::{NOT_STARTED, drive, not_started};
use super::{check, out, started, when};
use relight_core::app::Event;
use relight_core::config::{Config, RoleSource, Step};
use relight_core::credentials::Lasting;
use relight_core::flow::Wish;
use relight_core::time::SignedDuration;
use relight_engine::clock;
use relight_engine::paths::Paths;
use relight_engine::programs;

pub(super) fn run(chosen: &Guard, options: &Options, paths: &Paths) -> Ending {
    let needs = match when::length(&chosen.needs) {
        Ok(needs) => needs,
        Err(sentence) => return not_started(&sentence),
    };
    let app = super::read(paths);
    let name = check::profile(chosen.profile.as_deref(), &app, paths).to_owned();
    match ready(&name, needs, paths) {
        Ok(()) => {}
        Err(Some(sentence)) => return not_started(&sentence),
        Err(None) => return Ending::Code(NOT_STARTED),
    }
    let mut command = started::command(&chosen.command, options, paths);
    if chosen.profile.is_some() {
        for (variable, value) in surroundings(&name, &app.world.config) {
            match value {
                Some(value) => command.env(variable, value),
                None => command.env_remove(variable),
            };
        }
    }
    match programs::become_command(&mut command) {
        Ok(code) => Ending::Code(code),
        Err(error) => not_started(&started::cannot(&command, &error)),
    }
}

/// Makes the credentials last, if that can be done. The error is a sentence; none where it was said already.
fn ready(name: &str, needs: SignedDuration, paths: &Paths) -> Result<(), Option<String>> {
    let mut lasting = ask(name, needs, paths)?;
    let mut refused = false;
    // A session whose token is past may have ended at AWS: a refresh shows it before the command finds out.
    if lasting.wants_refresh
        && let Some(session) = lasting.session.clone()
    {
        let refreshed = drive(Event::Refresh(vec![session]), Person::new(false).quiet(), paths);
        lasting = ask(name, needs, paths)?;
        match refreshed {
            // Not lasting is said below; what is not known for want of a network is said here.
            Err(Some(sentence)) if lasting.lasts => return Err(Some(sentence)),
            Err(why) => refused = why.is_none(),
            Ok(()) => {}
        }
    }
    if lasting.lasts {
        return Ok(());
    }
    let app = super::read(paths);
    let view = app.view(clock::now());
    let session = view.sessions.iter().find(|view| lasting.session.as_ref() == Some(&view.id) && view.can_sign_in);
    let Some(session) = session.filter(|_| out::is_asked()) else {
        // The refusal said what to do.
        return Err(Some(if refused { lasting.reason } else { lasting.sentence }));
    };
    if !out::agrees(&format!("{} Sign in to {} now?", lasting.reason, session.name)) {
        return Err(Some("The sign-in was not wanted.".to_owned()));
    }
    let person = Person::new(false).signing_in(session.id.clone(), false).quiet();
    // Signing in again to a session that lives would join it, and not move its end.
    let renew = session.can_renew();
    let wish = Wish { profile: Some(name.to_owned()), renew, ..Wish::new(session.id.clone()) };
    drive(Event::SignIn(wish), person, paths)?;
    let lasting = ask(name, needs, paths)?;
    if lasting.lasts { Ok(()) } else { Err(Some(lasting.sentence)) }
}

fn ask(name: &str, needs: SignedDuration, paths: &Paths) -> Result<Lasting, Option<String>> {
    check::ask(&super::read(paths), name, needs).map_err(|ending| match ending {
        Ending::Usage(sentence) | Ending::World(sentence) => Some(sentence),
        Ending::Fine | Ending::No | Ending::Code(_) => None,
    })
}

/// What makes the command use the profile that was named, and nothing that most clients would prefer to it
/// (aws-sessions.md 1.1, 2.1).
fn surroundings<'a>(name: &'a str, config: &Config) -> Vec<(&'static str, Option<&'a str>)> {
    let mut variables = vec![("AWS_PROFILE", Some(name)), ("AWS_DEFAULT_PROFILE", None)];
    let starts_from_environment = config.steps(name).is_some_and(
        |steps| matches!(steps.first(), Some(Step::Assume(_, role)) if role.source == RoleSource::Environment),
    );
    if !starts_from_environment {
        let key = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"];
        variables.extend(key.map(|variable| (variable, None)));
        variables.push(("AWS_CREDENTIAL_EXPIRATION", None));
    }
    variables
}

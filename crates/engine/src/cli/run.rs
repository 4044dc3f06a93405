//! `relight run`: a command as if nobody were there, until it fails for want of credentials.

use super::args::{Options, Run};
use super::ending::Ending;
use super::person::Person;
use super::started::{self, drive, not_started};
use super::{block_on, explain, out};
use relight_core::action::Action;
use relight_core::app::Event;
use relight_core::explain::Answer;
use relight_core::flow::Wish;
use relight_core::view::SessionView;
use relight_engine::overheard::{self, Heard};
use relight_engine::paths::Paths;
use relight_engine::{clock, surroundings};
use std::ffi::OsString;

pub(super) fn run(chosen: &Run, options: &Options, paths: &Paths) -> Ending {
    let mut ran = once(chosen, options, paths);
    if let Ok(heard) = &ran
        && is_cured(heard, &chosen.command, paths)
    {
        ran = once(chosen, options, paths);
        // Signing in was no cure: what is to be done now is said, and not asked again.
        if let Ok(heard) = &ran {
            explained(heard, &chosen.command, paths);
        }
    }
    match ran {
        Ok(heard) => Ending::Code(overheard::end_like(heard.status)),
        Err(ending) => ending,
    }
}

fn once(chosen: &Run, options: &Options, paths: &Paths) -> Result<Heard, Ending> {
    let command = started::command(&chosen.command, options, paths);
    let cannot = started::command(&chosen.command, options, paths);
    block_on(overheard::run(command))?.map_err(|error| not_started(&started::cannot(&cannot, &error)))
}

/// Says what the failure means, if it is one of credentials, and signs in where that helps and somebody wants it.
fn is_cured(heard: &Heard, command: &[OsString], paths: &Paths) -> bool {
    let Some((answer, session)) = explained(heard, command, paths) else { return false };
    let Some(session) = session.filter(|session| session.can_sign_in) else { return false };
    if !out::agrees(&format!("Sign in to {}, and run it again?", session.name)) {
        return false;
    }
    let wish = Wish { profile: answer.profile, renew: session.can_renew(), ..Wish::new(session.id.clone()) };
    match drive(Event::SignIn(wish), Person::new(false).signing_in(session.id, false).quiet(), paths) {
        Ok(()) => true,
        Err(sentence) => {
            if let Some(sentence) = sentence {
                out::complain(&sentence);
            }
            false
        }
    }
}

/// Says what the failure means, and gives the session that a sign-in is for, if that is the first thing to do.
fn explained(heard: &Heard, command: &[OsString], paths: &Paths) -> Option<(Answer, Option<SessionView>)> {
    if heard.status.success() || heard.said.is_empty() {
        return None;
    }
    let app = super::read(paths);
    let view = app.view(clock::now());
    let text = [names(command).as_bytes(), &heard.said].concat();
    let answer = relight_core::explain::explain(&text, surroundings::at_hand(paths, &app.world), &app.world, &view);
    if !answer.credential_problem {
        return None;
    }
    out::say(&format!("\n{}", explain::human(&answer).trim_end()));
    let first = answer.fixes.first().and_then(|fix| fix.action.as_ref());
    let session = match first {
        Some(Action::SignIn(id) | Action::Renew(id)) => view.sessions.into_iter().find(|session| session.id == *id),
        _ => None,
    };
    Some((answer, session))
}

/// The profile that the command's own words name, as it would stand above an error: the error seldom says it. Nothing else
/// of them: what a command looks for may be the text of an error.
fn names(command: &[OsString]) -> String {
    let words: Vec<_> = command.iter().map(|word| word.to_string_lossy()).collect();
    let after = words.windows(2).find_map(|pair| match pair {
        [option, name] if option == "--profile" => Some(name.as_ref()),
        _ => None,
    });
    let within = || words.iter().find_map(|word| word.strip_prefix("--profile=").or(word.strip_prefix("AWS_PROFILE=")));
    let name = after.or_else(within).filter(|name| !name.contains(char::is_whitespace));
    name.map(|name| format!("aws --profile {name}\n")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_taken_from_the_command_and_nothing_else() {
        let names = |words: &[&str]| names(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(names(&["aws", "s3", "ls", "--profile", "acme-dev"]), "aws --profile acme-dev\n");
        assert_eq!(names(&["terraform", "--profile=acme"]), "aws --profile acme\n");
        assert_eq!(names(&["env", "AWS_PROFILE=acme", "make"]), "aws --profile acme\n");
        assert_eq!(names(&["grep", "ExpiredToken", "--profile"]), "");
    }
}

//! `relight add`: an organisation, from the address of its access portal to working profiles.

use super::accounts::{AddedSession, NotListed, Wanted, Written, confirmed, list, offer, with_added, write};
use super::args::Add;
use super::ending::Ending;
use super::person::Person;
use super::{engine, out, read, run_engine};
use relight_core::accounts::{NewSession, SessionError, StartUrl};
use relight_core::action::Action;
use relight_core::app::{App, Event};
use relight_core::config::SessionId;
use relight_core::flow::Wish;
use relight_core::text::shown;
use relight_engine::engine::Engine;
use relight_engine::paths::Paths;
use serde_json::json;

pub(super) fn run(chosen: &Add, json: bool, paths: Paths) -> Ending {
    add(chosen, json, paths).unwrap_or_else(|ending| ending)
}

fn add(chosen: &Add, json: bool, paths: Paths) -> Result<Ending, Ending> {
    let url = StartUrl::read(&chosen.url).map_err(|error| Ending::Usage(error.to_string()))?;
    // What is written wrongly is told before anything is.
    Wanted::read(Some(&chosen.pattern), false, &chosen.chosen)?;
    let app = read(&paths);
    let there = NewSession::there(&url, &app.world.config).map(|session| session.id.clone());
    let (session, added) = match &there {
        Some(session) => {
            out::say(&format!("[sso-session {}] has this address already.", shown(session.name())));
            (session.clone(), None)
        }
        None => add_session(chosen, &url, &app, &paths, json).map(|(session, added)| (session, Some(added)))?,
    };
    let added = added.as_ref();
    let mut engine = engine(paths);
    // A token of that name may be left of another organisation, so a new session is signed in to in any case.
    let mut listed = if there.is_some() { list(&mut engine, &session, None) } else { Err(NotListed::NotSignedIn) };
    if matches!(listed, Err(NotListed::NotSignedIn)) {
        sign_in(&session, chosen, json, &mut engine, added)?;
        // Connections of the sign-in ended with it.
        engine = super::engine(engine.paths().clone());
        listed = list(&mut engine, &session, None);
    }
    let listed = match listed {
        Ok(listed) => listed,
        Err(failed) => return Ok(failed.tell(&session, engine.app(), json, added)),
    };
    let mut options = chosen.chosen.clone();
    if options.region.is_none() && !options.yes && !json {
        let answer = out::ask("The region of the new profiles, such as eu-west-1 (empty for none):");
        options.region = answer.filter(|region| !region.is_empty());
    }
    if !json {
        out::print("\n")?;
    }
    let wanted = Wanted::read(Some(&chosen.pattern), false, &options)?;
    Ok(offer(&listed, &wanted, &session, engine.app(), engine.paths(), json, added))
}

/// Shows the `[sso-session]`, and adds it when the person agrees.
fn add_session(
    chosen: &Add,
    url: &StartUrl,
    app: &App,
    paths: &Paths,
    json: bool,
) -> Result<(SessionId, AddedSession), Ending> {
    let config = &app.world.config;
    let new = |region: Option<&str>| NewSession::new(url, chosen.name.as_deref(), region, config);
    let new = match new(chosen.sso_region.as_deref()) {
        Err(SessionError::NoRegion) if !json => {
            let region = out::ask("The region of the Identity Center, which the address does not say:");
            new(region.as_deref().filter(|region| !region.is_empty()))
        }
        read => read,
    };
    let new = new.map_err(|error| {
        let option = match error {
            SessionError::NoRegion | SessionError::BadRegion(_) | SessionError::NoIdentityCenter(_) => {
                "--sso-region REGION"
            }
            SessionError::NameTaken(_) | SessionError::BadName(_) => "--name NAME",
        };
        Ending::Usage(format!("{error} Give it: {option}"))
    })?;
    let file = paths.show(&paths.config);
    if !json {
        out::print(&format!("{}\n", new.preview(&file)))?;
    }
    if !confirmed(chosen.chosen.yes, json, &format!("Write this to {file}, and sign in? [y/N]")) {
        let message = "Nothing was written. To write it, add --yes.";
        let document =
            json!({ "version": 1, "session": new.id().to_string(), "outcome": "not-written", "message": message });
        if json {
            let added = AddedSession::new(&new, &Written::default(), paths);
            out::json(&with_added(document, Some(&added)))?;
        }
        return Err(Ending::No);
    }
    let written = write(app, paths, &[new.edit()])?;
    Ok((new.id(), AddedSession::new(&new, &written, paths)))
}

fn sign_in(
    session: &SessionId,
    chosen: &Add,
    json: bool,
    engine: &mut Engine,
    added: Option<&AddedSession>,
) -> Result<(), Ending> {
    let mut person = Person::new(false).signing_in(session.clone(), chosen.no_browser);
    let cancel = Event::Act(Action::Cancel(session.clone()));
    let wish = Wish { opens_browser: !chosen.no_browser, ..Wish::new(session.clone()) };
    run_engine(engine, Event::SignIn(wish), cancel, &mut person)?;
    let document = json.then(|| with_added(person.document(), added));
    match (if json { person.worst() } else { person.ending() }, document) {
        (Ending::Fine, _) => Ok(()),
        (ending, None) => Err(ending),
        (ending, Some(document)) => {
            out::json(&document)?;
            Err(ending)
        }
    }
}

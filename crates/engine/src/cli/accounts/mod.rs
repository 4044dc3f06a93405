//! `relight accounts`

mod change;
mod listing;
mod show;

pub(super) use change::{Written, confirmed, write};
pub(super) use listing::{NotListed, list};
pub(super) use show::{AddedSession, with_added};

use super::args::{Accounts, Chosen};
use super::ending::Ending;
use super::{engine, out, select};
use relight_core::accounts::{self as core, Filter, Plan, Wish, preview};
use relight_core::app::App;
use relight_core::config::{SessionId, SessionKind};
use relight_core::endpoint::is_region;
use relight_core::view::{SessionView, View};
use relight_engine::clock;
use relight_engine::paths::Paths;

pub(super) fn run(chosen: &Accounts, json: bool, paths: Paths) -> Ending {
    accounts(chosen, json, paths).unwrap_or_else(|ending| ending)
}

fn accounts(chosen: &Accounts, json: bool, paths: Paths) -> Result<Ending, Ending> {
    let wanted = Wanted::read(chosen.add.as_deref(), chosen.prune, &chosen.chosen)?;
    wanted.check_use()?;
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let (session, profile) = session(chosen.session.as_deref(), engine.app(), &view)?;
    Ok(match list(&mut engine, &session, profile) {
        Ok(listed) => offer(&listed, &wanted, &session, engine.app(), engine.paths(), json, None),
        Err(failed) => failed.tell(&session, engine.app(), json, None),
    })
}

/// What a command line asks of the config file.
pub(super) struct Wanted<'a> {
    chosen: &'a Chosen,
    /// None where no profiles shall be added.
    pattern: Option<core::Pattern>,
    prune: bool,
}

impl<'a> Wanted<'a> {
    /// Says what is written wrongly before anything is called.
    pub(super) fn read(pattern: Option<&str>, prune: bool, chosen: &'a Chosen) -> Result<Self, Ending> {
        if let Some(region) = chosen.region.as_deref().filter(|region| !is_region(region)) {
            return Err(Ending::Usage(format!("'{region}' is not the name of a region, such as eu-west-1.")));
        }
        let pattern = pattern.map(str::parse).transpose();
        let pattern = pattern.map_err(|error: core::PatternError| Ending::Usage(error.to_string()))?;
        Ok(Self { chosen, pattern, prune })
    }

    /// Says which options do nothing.
    fn check_use(&self) -> Result<(), Ending> {
        let adds = self.pattern.is_some();
        Err(Ending::Usage(match (&self.chosen.region, self.chosen.yes) {
            (Some(_), _) if !adds => "--region is for new profiles: give --add too.".to_owned(),
            (_, true) if !adds && !self.prune => {
                "--yes writes without asking, and nothing would be written: give --add or --prune too.".to_owned()
            }
            _ => return Ok(()),
        }))
    }

    fn wish(&self, shown: &core::Accounts) -> Wish {
        let roles = |account: &core::Account| -> Vec<core::Chosen> {
            let one = |role: &String| core::Chosen { account_id: account.id.clone(), role_name: role.clone() };
            account.roles.iter().map(one).collect()
        };
        let add = if self.pattern.is_some() { shown.accounts.iter().flat_map(roles).collect() } else { Vec::new() };
        Wish {
            add,
            pattern: self.pattern.clone().unwrap_or_default(),
            region: self.chosen.region.clone(),
            prune: self.prune,
            prune_only: self.filter(),
        }
    }

    fn filter(&self) -> Filter {
        Filter { accounts: self.chosen.accounts.clone(), roles: self.chosen.roles.clone() }
    }
}

/// Shows what was listed, or what would be changed, and changes it when the person agrees. `added` was written before.
pub(super) fn offer(
    listed: &core::Accounts,
    wanted: &Wanted<'_>,
    session: &SessionId,
    app: &App,
    paths: &Paths,
    json: bool,
    added: Option<&AddedSession>,
) -> Ending {
    let world = &app.world;
    let Some(session) = world.config.sessions.get(session) else {
        return Ending::World("The session is not in the config file any more.".to_owned());
    };
    let filter = wanted.filter();
    if let Err(sentence) = filter.check(listed, session, &world.config, wanted.prune) {
        return Ending::Usage(sentence);
    }
    let shown = filter.of(listed);
    let note = core::someone_else(session, &world.config, listed);
    let document = |change| show::Document { session, app, accounts: &shown, note: note.as_deref(), added, change };
    if wanted.pattern.is_none() && !wanted.prune {
        let printed = if json {
            out::json(&document(None).value())
        } else {
            out::print(&show::text(session, &world.config, &shown, &filter, note.as_deref()))
        };
        return printed.map_or_else(Into::into, |()| Ending::Fine);
    }
    let plan = Plan::new(session, &world.config, world.files(), listed, &wanted.wish(&shown));
    let file = paths.show(&paths.config);
    if !json && let Err(error) = out::print(&preview(&plan, &file)) {
        return error.into();
    }
    let agreed = plan.is_empty() || confirmed(wanted.chosen.yes, json, &format!("\nWrite this to {file}? [y/N]"));
    let written = if agreed { write(app, paths, &plan.edits()) } else { Ok(Written::default()) };
    let written = match written {
        Ok(written) => written,
        Err(ending) => return ending,
    };
    let printed = if json {
        out::json(&document(Some((&plan, &written, paths))).value())
    } else {
        out::print(&written.sentence(paths).map(|line| format!("\n{line}\n")).unwrap_or_default())
    };
    printed.map_or_else(Into::into, |()| if agreed { Ending::Fine } else { Ending::No })
}

/// The session called `name`, with the profile where it is one's name; or the only one.
fn session(name: Option<&str>, app: &App, view: &View) -> Result<(SessionId, Option<String>), Ending> {
    let of_identity_center = |session: &&SessionView| session.kind != SessionKind::Login;
    let (id, profile) = if let Some(name) = name {
        select::session_or_profile(app, view, name)?
    } else {
        let all: Vec<_> = view.sessions.iter().filter(of_identity_center).collect();
        match all.as_slice() {
            [] => return Err(select::no_sessions(app, view)),
            [one] => (one.id.clone(), None),
            several => {
                let names = several.iter().map(|session| session.name.as_str()).collect::<Vec<_>>().join(", ");
                return Err(Ending::Usage(format!("Name a session: relight accounts NAME. There are: {names}.")));
            }
        }
    };
    let Some(found) = view.sessions.iter().find(|session| session.id == id) else {
        return Err(select::no_sessions(app, view));
    };
    if !of_identity_center(&found) {
        return Err(Ending::Usage(format!(
            "{} is a sign-in of 'aws login', which has one account and no list.",
            found.name
        )));
    }
    if !found.can_sign_in {
        let why = found.problems.first().map(|problem| format!("{} {}", problem.message, problem.hint));
        return Err(Ending::Usage(why.unwrap_or_else(|| format!("The files say too little of {}.", found.name))));
    }
    Ok((id, profile))
}

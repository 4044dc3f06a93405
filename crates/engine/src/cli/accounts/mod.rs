//! `relight accounts`

mod change;
mod listing;
mod show;

pub(super) use change::{confirmed, write};
pub(super) use listing::{NotListed, list};

use super::args::{Accounts, Chosen};
use super::ending::Ending;
use super::{engine, out, select};
use change::Written;
use relight_core::accounts::{self as core, Plan, Wish, preview};
use relight_core::app::App;
use relight_core::config::{Session, SessionId, SessionKind};
use relight_core::endpoint::is_region;
use relight_core::view::{SessionView, View};
use relight_engine::clock;
use relight_engine::paths::Paths;

pub(super) fn run(chosen: &Accounts, json: bool, paths: Paths) -> Ending {
    let wanted = match Wanted::read(chosen.add.as_deref(), chosen.prune, &chosen.chosen) {
        Ok(wanted) => wanted,
        Err(ending) => return ending,
    };
    let mut engine = engine(paths);
    let view = engine.app().view(clock::now());
    let session = match session(chosen.session.as_deref(), &view) {
        Ok(session) => session.id.clone(),
        Err(ending) => return ending,
    };
    match list(&mut engine, &session) {
        Ok(listed) => offer(&listed, &wanted, &session, engine.app(), engine.paths(), json),
        Err(failed) => failed.tell(&session, json),
    }
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

    fn wish(&self, shown: &core::Accounts, region: Option<String>) -> Wish {
        let roles = |account: &core::Account| -> Vec<core::Chosen> {
            let one = |role: &String| core::Chosen { account_id: account.id.clone(), role_name: role.clone() };
            account.roles.iter().map(one).collect()
        };
        let add = if self.pattern.is_some() { shown.accounts.iter().flat_map(roles).collect() } else { Vec::new() };
        Wish { add, pattern: self.pattern.clone().unwrap_or_default(), region, prune: self.prune }
    }

    /// The accounts and roles that the options name; the error names one that is not listed.
    fn shown(&self, listed: &core::Accounts) -> Result<core::Accounts, Ending> {
        let is = |account: &core::Account, name: &String| account.id == *name || account.name == *name;
        let no_account = |name: &&String| !listed.accounts.iter().any(|account| is(account, name));
        if let Some(name) = self.chosen.accounts.iter().find(no_account) {
            return Err(Ending::Usage(format!("AWS lists no account '{name}' for you.")));
        }
        let no_role = |name: &&String| !listed.accounts.iter().any(|account| account.roles.contains(name));
        if let Some(name) = self.chosen.roles.iter().find(no_role) {
            return Err(Ending::Usage(format!("AWS lists no role '{name}' for you.")));
        }
        let mut shown = listed.clone();
        if !self.chosen.accounts.is_empty() {
            shown.accounts.retain(|account| self.chosen.accounts.iter().any(|name| is(account, name)));
        }
        if !self.chosen.roles.is_empty() {
            for account in &mut shown.accounts {
                account.roles.retain(|role| self.chosen.roles.contains(role));
            }
            shown.accounts.retain(|account| !account.roles.is_empty());
        }
        Ok(shown)
    }
}

/// Shows what was listed, or what would be changed, and changes it when the person agrees.
pub(super) fn offer(
    listed: &core::Accounts,
    wanted: &Wanted<'_>,
    session: &SessionId,
    app: &App,
    paths: &Paths,
    json: bool,
) -> Ending {
    let world = &app.world;
    let Some(session) = world.config.sessions.get(session) else {
        return Ending::World("The session is not in the config file any more.".to_owned());
    };
    let shown = match wanted.shown(listed) {
        Ok(shown) => shown,
        Err(ending) => return ending,
    };
    if wanted.pattern.is_none() && !wanted.prune {
        let printed = if json {
            out::json(&show::document(session, app, &shown, None))
        } else {
            text(session, app, &shown, listed)
        };
        return printed.map_or_else(Into::into, |()| Ending::Fine);
    }
    let plan =
        Plan::new(session, &world.config, world.files(), listed, &wanted.wish(&shown, wanted.chosen.region.clone()));
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
        out::json(&show::document(session, app, &shown, Some((&plan, &written, paths))))
    } else {
        out::print(&written.sentence(paths).map(|line| format!("\n{line}\n")).unwrap_or_default())
    };
    printed.map_or_else(Into::into, |()| if agreed { Ending::Fine } else { Ending::No })
}

fn text(session: &Session, app: &App, shown: &core::Accounts, listed: &core::Accounts) -> std::io::Result<()> {
    let note = core::someone_else(session, &app.world.config, listed);
    out::print(&show::text(session, &app.world.config, shown, note.as_deref()))
}

/// The session called `name`, or the only one.
fn session<'a>(name: Option<&str>, view: &'a View) -> Result<&'a SessionView, Ending> {
    let of_identity_center = |session: &&SessionView| session.kind != SessionKind::Login;
    let found = if let Some(name) = name {
        let ids = select::sessions(view, &[name.to_owned()])?;
        view.sessions.iter().find(|session| ids.contains(&session.id))
    } else {
        let all: Vec<_> = view.sessions.iter().filter(of_identity_center).collect();
        if all.len() > 1 {
            let names = all.iter().map(|session| session.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Ending::Usage(format!("Name a session: relight accounts NAME. There are: {names}.")));
        }
        all.first().copied()
    };
    let Some(found) = found else { return Err(Ending::Usage(select::no_sessions(view))) };
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
    Ok(found)
}

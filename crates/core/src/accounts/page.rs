//! What the window shows of accounts and roles, and what it asks for.

use super::{Accounts, Chosen, NewSession, Plan, StartUrl, Wish, preview, profiles_for, someone_else};
use crate::config::{Session, SessionId};
use crate::endpoint::is_region;
use crate::flow::Progress;
use crate::world::World;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a person picked for the config file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProfilesWish {
    /// Of which session.
    pub session: SessionId,
    /// Roles that shall have a profile.
    pub add: Vec<Chosen>,
    /// How the profiles are called.
    pub pattern: String,
    /// Their region; empty leaves it out.
    pub region: String,
    /// Whether profiles go whose roles are not assigned any more.
    pub prune: bool,
}

/// What a person typed of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SessionWish {
    /// The address of its access portal, as pasted.
    pub url: String,
    /// The region of its Identity Center; empty where the address says it.
    pub region: String,
    /// What to call it; empty for what the address suggests.
    pub name: String,
}

/// What a session may use, as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountsPage {
    /// Which session.
    pub session: SessionId,
    /// How far AWS was asked, while that goes on.
    pub asking: Option<Progress>,
    /// Why there is no list, in a sentence.
    pub failure: Option<String>,
    /// By name; none until AWS was asked.
    pub accounts: Option<Vec<AccountRow>>,
    /// That another person signed in than the profiles are for.
    pub note: Option<String>,
    /// Profiles whose roles are not assigned any more.
    pub unassigned: Vec<String>,
    /// What would be written, once something is picked.
    pub preview: Option<Preview>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountRow {
    /// Twelve digits.
    pub account_id: String,
    /// Its name; empty where AWS gives none.
    pub account_name: String,
    /// What the person may be there.
    pub roles: Vec<RoleRow>,
    /// Why its roles are not known.
    pub why: Option<String>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RoleRow {
    /// The permission set.
    pub role_name: String,
    /// The profiles that it has.
    pub profiles: Vec<String>,
}

/// A change of the config file in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Preview {
    /// What would be written, or why nothing can.
    pub text: String,
    /// Whether there is something to write.
    pub changes: bool,
}

/// An organisation to add, as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SessionPage {
    /// What was typed.
    pub wish: SessionWish,
    /// What would be written, or what is wrong with what was typed.
    pub preview: Preview,
    /// The session that it is, or will be.
    pub session: Option<SessionId>,
    /// Whether it is in the config file.
    pub there: bool,
}

impl AccountsPage {
    /// Of `session`. `wish` is what was picked for it.
    pub(crate) fn new(
        world: &World,
        session: &SessionId,
        asking: Option<Progress>,
        result: Option<&Result<Accounts, String>>,
        wish: Option<&ProfilesWish>,
    ) -> Self {
        let found = world.config.sessions.get(session);
        let listed = result.and_then(|result| result.as_ref().ok());
        let both = found.zip(listed);
        let unassigned = both.map(|(session, listed)| {
            let wish = Wish { prune: true, ..Wish::default() };
            let plan = Plan::new(session, &world.config, world.files(), listed, &wish);
            plan.remove.into_iter().map(|old| old.profile).collect()
        });
        Self {
            session: session.clone(),
            asking,
            failure: result.and_then(|result| result.as_ref().err().cloned()),
            accounts: both.map(|(session, listed)| rows(world, session, listed)),
            note: both.and_then(|(session, listed)| someone_else(session, &world.config, listed)),
            unassigned: unassigned.unwrap_or_default(),
            preview: both.zip(wish).and_then(|((session, listed), wish)| wish.preview(world, session, listed)),
        }
    }
}

fn rows(world: &World, session: &Session, listed: &Accounts) -> Vec<AccountRow> {
    let profiles = profiles_for(session, &world.config);
    let row = |account: &super::Account| {
        let role = |role: &String| {
            let names = profiles.get(&(account.id.as_str(), role.as_str())).into_iter().flatten();
            RoleRow { role_name: role.clone(), profiles: names.map(ToString::to_string).collect() }
        };
        AccountRow {
            account_id: account.id.clone(),
            account_name: account.name.clone(),
            roles: account.roles.iter().map(role).collect(),
            why: listed.left_out.iter().find(|left| left.account_id == account.id).map(|left| left.why.clone()),
        }
    };
    listed.accounts.iter().map(row).collect()
}

impl ProfilesWish {
    /// The change that it asks for; the error is a sentence.
    pub(crate) fn plan(&self, world: &World, session: &Session, listed: &Accounts) -> Result<Plan, String> {
        let pattern = self.pattern.trim().parse().map_err(|error: super::PatternError| error.to_string())?;
        let region = Some(self.region.trim()).filter(|region| !region.is_empty());
        if region.is_some_and(|region| !is_region(region)) {
            return Err("That is not the name of a region, such as eu-west-1.".into());
        }
        let (add, region) = (self.add.clone(), region.map(Into::into));
        let wish = Wish { add, pattern, region, prune: self.prune, ..Wish::default() };
        Ok(Plan::new(session, &world.config, world.files(), listed, &wish))
    }

    /// None where nothing was picked.
    fn preview(&self, world: &World, session: &Session, listed: &Accounts) -> Option<Preview> {
        if self.add.is_empty() && !self.prune {
            return None;
        }
        Some(match self.plan(world, session, listed) {
            Ok(plan) => Preview { text: preview(&plan, &world.paths.config), changes: !plan.is_empty() },
            Err(text) => Preview { text, changes: false },
        })
    }
}

impl SessionWish {
    /// The session that it asks for; the error is a sentence.
    pub(crate) fn session(&self, world: &World) -> Result<NewSession, String> {
        let url = StartUrl::read(&self.url).map_err(|error| error.to_string())?;
        let typed = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
        let (name, region) = (typed(&self.name), typed(&self.region));
        NewSession::new(&url, name.as_deref(), region.as_deref(), &world.config).map_err(|error| error.to_string())
    }
}

impl SessionPage {
    /// For what was typed.
    pub(crate) fn new(world: &World, wish: &SessionWish) -> Self {
        let there = StartUrl::read(&wish.url).ok().and_then(|url| NewSession::there(&url, &world.config));
        let (preview, session) = match (there, wish.session(world)) {
            (Some(session), _) => {
                let name = session.id.name();
                let text = alloc::format!("[sso-session {name}] in {} has this address.", world.paths.config);
                (Preview { text, changes: false }, Some(session.id.clone()))
            }
            (None, Ok(new)) => (Preview { text: new.preview(&world.paths.config), changes: true }, Some(new.id())),
            (None, Err(text)) => (Preview { text, changes: false }, None),
        };
        Self { wish: wish.clone(), preview, session, there: there.is_some() }
    }
}

//! What would be changed in the config file: profiles to add for roles that a person chose, and profiles to remove
//! whose roles are not assigned any more. What is there stays as it is.

use super::naming::names;
use super::someone::someone_else;
use super::{Account, Accounts, Filter, Pattern};
use crate::config::{Config, Credentials, Files, Merged, Profile, RoleSource, Session, SessionId};
use crate::ini::{Document, Edit};
use crate::text::shown;
use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A role of an account that a person picked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Chosen {
    /// Twelve digits.
    pub account_id: String,
    /// The permission set.
    pub role_name: String,
}

/// What a person wants of the config file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Roles that shall have a profile.
    pub add: Vec<Chosen>,
    /// How new profiles are called.
    pub pattern: Pattern,
    /// The region of new profiles; none leaves it out.
    pub region: Option<String>,
    /// Whether profiles go whose roles are not assigned any more.
    pub prune: bool,
    /// Of which accounts and roles they are.
    pub prune_only: Filter,
}

/// What would be changed, and what not and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Profiles to add.
    pub add: Vec<NewProfile>,
    /// Profiles to remove.
    pub remove: Vec<OldProfile>,
    /// Roles that were chosen and have a profile already.
    pub there: Vec<There>,
    /// Roles that were chosen and get none.
    pub not_added: Vec<NotAdded>,
    /// Profiles without their role that stay.
    pub kept: Vec<Kept>,
    /// What else there is to know, in sentences.
    pub notes: Vec<String>,
}

/// A profile to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewProfile {
    /// Its name.
    pub profile: String,
    /// Its account.
    pub account_id: String,
    /// The account's name.
    pub account_name: String,
    /// Its role.
    pub role_name: String,
    /// What its section says.
    pub keys: Vec<(String, String)>,
}

/// A profile to remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OldProfile {
    /// Its name.
    pub profile: String,
    /// Its account.
    pub account_id: String,
    /// Its role, which is not assigned.
    pub role_name: String,
    /// The line of its header.
    pub line: u32,
    #[serde(skip)]
    section: String,
}

/// A role and the profile that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct There {
    /// Its name.
    pub profile: String,
    /// Its account.
    pub account_id: String,
    /// Its role.
    pub role_name: String,
}

/// A role that gets no profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotAdded {
    /// Its account.
    pub account_id: String,
    /// The role.
    pub role_name: String,
    /// In a sentence, with what to do.
    pub why: String,
}

/// A profile that stays though its role is not assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its name.
    pub profile: String,
    /// In a sentence, with what to do.
    pub why: String,
}

impl Plan {
    /// Works it out from what the files say and the portal listed.
    pub fn new(session: &Session, config: &Config, files: &Files, listed: &Accounts, wish: &Wish) -> Self {
        let mut plan = Self { notes: someone_else(session, config, listed).into_iter().collect(), ..Self::default() };
        plan.plan_to_add(session, config, files, listed, wish);
        if wish.prune {
            plan.plan_to_remove(session, config, files, listed, &wish.prune_only);
        }
        plan
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }

    /// The edits of the config file: first what goes, so that what comes stands at the end.
    pub fn edits(&self) -> Vec<Edit> {
        let remove = self.remove.iter().map(|old| Edit::RemoveSection { section: old.section.clone() });
        let add = self.add.iter().map(|new| Edit::AddSection { section: header(&new.profile), keys: new.keys.clone() });
        remove.chain(add).collect()
    }

    fn plan_to_add(&mut self, session: &Session, config: &Config, files: &Files, listed: &Accounts, wish: &Wish) {
        let there = profiles_for(session, config);
        let mut new: Vec<(&Account, &Chosen)> = Vec::new();
        let mut seen = BTreeSet::new();
        for one in wish.add.iter().filter(|one| seen.insert(*one)) {
            let key = (one.account_id.as_str(), one.role_name.as_str());
            match (there.get(&key).and_then(|names| names.first()), listed.account(&one.account_id)) {
                (Some(name), _) => self.there.push(There {
                    profile: (*name).to_owned(),
                    account_id: one.account_id.clone(),
                    role_name: one.role_name.clone(),
                }),
                (None, Some(account)) if listed.has(&one.account_id, &one.role_name) => new.push((account, one)),
                (None, _) => self.leave(one, "It is not among the roles that AWS lists for you.".into()),
            }
        }
        if new.is_empty() {
            return;
        }
        if matches!(session.id, SessionId::SsoSession(_)) && !config.is_in(&session.id, 0) {
            let why = format!(
                "Its sso-session is not in {}, but in another home folder's file. Add it here first: relight add",
                files.config_path
            );
            return new.into_iter().for_each(|(_, one)| self.leave(one, why.clone()));
        }
        let shared = shared_keys(session, files);
        let names = names(&new, &wish.pattern, session.id.name(), &taken(config, files));
        for ((account, one), name) in new.into_iter().zip(names) {
            match name {
                Ok(profile) => self.add.push(NewProfile {
                    profile,
                    account_id: account.id.clone(),
                    account_name: account.name.clone(),
                    role_name: one.role_name.clone(),
                    keys: keys(session, one, &shared, wish.region.as_deref()),
                }),
                Err(name) => {
                    let why = format!("The name '{}' is taken. Choose another pattern for names.", shown(&name));
                    self.leave(one, why);
                }
            }
        }
    }

    fn leave(&mut self, one: &Chosen, why: String) {
        let (account_id, role_name) = (one.account_id.clone(), one.role_name.clone());
        self.not_added.push(NotAdded { account_id, role_name, why });
    }

    /// Only where the whole list is known, and it is the list of the person that the profiles are for.
    fn plan_to_remove(&mut self, session: &Session, config: &Config, files: &Files, listed: &Accounts, only: &Filter) {
        if !self.notes.is_empty() {
            return self.notes.push("So no profile is removed.".into());
        }
        if !listed.is_complete() {
            let note = "AWS did not tell the roles of every account, so no profile is removed. Try again later.";
            return self.notes.push(note.into());
        }
        let sources = sources(config);
        for ((account_id, role_name), names) in profiles_for(session, config) {
            if listed.has(account_id, role_name) || !only.means(account_id, role_name, listed) {
                continue;
            }
            for name in names {
                match removable(name, files, &sources) {
                    Ok((section, line)) => self.remove.push(OldProfile {
                        profile: name.to_owned(),
                        account_id: account_id.to_owned(),
                        role_name: role_name.to_owned(),
                        line,
                        section,
                    }),
                    Err(why) => self.kept.push(Kept { profile: name.to_owned(), why }),
                }
            }
        }
        self.remove.sort_by_key(|old| old.line);
    }
}

/// The profiles of a session by account and role.
pub fn profiles_for<'a>(session: &Session, config: &'a Config) -> BTreeMap<(&'a str, &'a str), Vec<&'a str>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for profile in config.profiles.values() {
        if let Credentials::Sso { session: Some(id), account_id: Some(account), role_name: Some(role), .. } =
            &profile.credentials
            && *id == session.id
        {
            found.entry((account.as_str(), role.as_str())).or_default().push(profile.name.as_str());
        }
    }
    found
}

fn header(profile: &str) -> String {
    format!("profile {profile}")
}

/// Who reads which profile, by its `source_profile`.
fn sources(config: &Config) -> BTreeMap<&str, &str> {
    let source = |profile: &'_ Profile| match &profile.credentials {
        Credentials::AssumeRole(role) => match &role.source {
            RoleSource::Profile(name) => Some(name.clone()),
            RoleSource::Environment | RoleSource::Machine | RoleSource::Missing => None,
        },
        _ => None,
    };
    let pairs = config.profiles.values().filter_map(|profile| {
        let name = source(profile)?;
        let (name, _) = config.profiles.get_key_value(&name)?;
        Some((name.as_str(), profile.name.as_str()))
    });
    pairs.collect()
}

/// The header and line of a profile's section; the error says why it stays.
fn removable(name: &str, files: &Files, sources: &BTreeMap<&str, &str>) -> Result<(String, u32), String> {
    if let Some(user) = sources.get(name).filter(|user| **user != name) {
        return Err(format!("'{}' starts from it: give that another source_profile first.", shown(user)));
    }
    if files.credentials.sections_named(name).next().is_some() {
        return Err(format!("{} has a section for it too: remove both by hand.", files.credentials_path));
    }
    let bare = (name == "default").then(|| "default".to_string());
    let headers = [Some(header(name)), bare].into_iter().flatten();
    let line = |header: &str| files.config.sections_named(header).next().map(|section| section.line);
    let mut sections = headers.filter_map(|header| line(&header).map(|line| (header, line)));
    sections.next().ok_or_else(|| "Its section is not in the config file.".into())
}

/// Names that a new profile must not have: those of profiles, also as only some clients read them.
fn taken(config: &Config, files: &Files) -> BTreeSet<String> {
    let named = |document: &Document| -> Vec<String> {
        let bare =
            |name: &str| name.strip_prefix("profile").unwrap_or(name).trim_matches([' ', '\t', '"', '\'']).into();
        document.sections.iter().map(|section| bare(&section.name)).collect()
    };
    let mut taken: BTreeSet<String> = config.profiles.keys().cloned().collect();
    taken.extend(named(&files.config));
    taken.extend(named(&files.credentials));
    // It would be used wherever nobody names a profile.
    taken.insert("default".into());
    taken
}

/// What all the session's profiles say of its endpoints: a new one without would send its sign-in elsewhere.
fn shared_keys(session: &Session, files: &Files) -> Vec<(String, String)> {
    let merged = Merged::new(files);
    let profiles: Vec<_> = session.profiles.iter().filter_map(|name| merged.profiles.get(name.as_str())).collect();
    let shared = |key: &str| {
        let first = profiles.first()?.get(key)?;
        let all = profiles.iter().all(|keys| keys.get(key) == Some(first));
        all.then(|| (key.to_owned(), first.to_owned()))
    };
    ["services", "endpoint_url"].into_iter().filter_map(shared).collect()
}

/// The session's address stands in its own section alone (aws-sessions.md 1.4), unless it has none.
fn keys(session: &Session, one: &Chosen, shared: &[(String, String)], region: Option<&str>) -> Vec<(String, String)> {
    let mut keys: Vec<(&str, &str)> = match &session.id {
        SessionId::SsoSession(name) => Vec::from([("sso_session", name.as_str())]),
        SessionId::Legacy(_) | SessionId::Login(_) => {
            Vec::from([("sso_start_url", session.start_url.as_str()), ("sso_region", session.region.as_str())])
        }
    };
    keys.push(("sso_account_id", &one.account_id));
    keys.push(("sso_role_name", &one.role_name));
    keys.extend(region.map(|region| ("region", region)));
    keys.extend(shared.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    keys.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

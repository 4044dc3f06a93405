//! Which accounts and roles a person means.

use super::plan::profiles_for;
use super::{Account, Accounts};
use crate::config::{Config, Session};
use crate::text::shown;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Accounts and roles by their names; an empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Numbers or names of accounts.
    pub accounts: Vec<String>,
    /// Names of roles.
    pub roles: Vec<String>,
}

impl Filter {
    /// Those of `listed` that it means.
    pub fn of(&self, listed: &Accounts) -> Accounts {
        let mut meant = listed.clone();
        meant.accounts.retain(|account| self.means_account(&account.id, listed));
        for account in &mut meant.accounts {
            account.roles.retain(|role| self.means_role(role));
        }
        if !self.roles.is_empty() {
            meant.accounts.retain(|account| !account.roles.is_empty());
        }
        meant
    }

    /// Whether it means this role of this account; `listed` tells the account's name.
    pub fn means(&self, account_id: &str, role_name: &str, listed: &Accounts) -> bool {
        self.means_account(account_id, listed) && self.means_role(role_name)
    }

    /// Whether something has each of its names: AWS lists it or, with `prune`, a profile of `session` has it, whose role is
    /// maybe listed no more. The error is a sentence.
    pub fn check(&self, listed: &Accounts, session: &Session, config: &Config, prune: bool) -> Result<(), String> {
        let profiles = if prune { profiles_for(session, config) } else { BTreeMap::new() };
        let or_profile = if prune { ", and no profile has it" } else { "" };
        let is_account = |name: &&String| {
            listed.accounts.iter().any(|account| is(account, name))
                || profiles.keys().any(|(account, _)| account == name)
        };
        if let Some(name) = self.accounts.iter().find(|name| !is_account(name)) {
            return Err(format!("AWS lists no account '{}' for you{or_profile}.", shown(name)));
        }
        let is_role = |name: &&String| {
            listed.accounts.iter().any(|account| account.roles.contains(name))
                || profiles.keys().any(|(_, role)| role == name)
        };
        match self.roles.iter().find(|name| !is_role(name)) {
            Some(name) => Err(format!("AWS lists no role '{}' for you{or_profile}.", shown(name))),
            None => Ok(()),
        }
    }

    fn means_account(&self, id: &str, listed: &Accounts) -> bool {
        let account = listed.account(id);
        let is_it = |name: &String| name == id || account.is_some_and(|account| is(account, name));
        self.accounts.is_empty() || self.accounts.iter().any(is_it)
    }

    fn means_role(&self, name: &str) -> bool {
        self.roles.is_empty() || self.roles.iter().any(|role| role == name)
    }
}

fn is(account: &Account, name: &str) -> bool {
    account.id == name || account.name == name
}

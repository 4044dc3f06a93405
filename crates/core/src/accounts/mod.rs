//! The accounts and roles that a person may use, and the profiles that the config file has or could have for them.

mod filter;
mod naming;
mod page;
mod pattern;
mod plan;
mod preview;
mod someone;
mod start_url;
#[cfg(test)]
mod tests;

pub use filter::Filter;
pub use page::{AccountRow, AccountsPage, Preview, ProfilesWish, RoleRow, SessionPage, SessionWish};
pub use pattern::{Pattern, PatternError};
pub use plan::{Chosen, Kept, NewProfile, NotAdded, OldProfile, Plan, There, Wish, profiles_for};
pub use preview::preview;
pub use someone::someone_else;
pub use start_url::{NewSession, SessionError, StartUrl, StartUrlError};

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;

/// An account that the portal lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// Its name; empty where AWS gives none.
    pub name: String,
    /// Of its root user.
    pub email: Option<String>,
    /// The names of the roles that the person may take.
    pub roles: Vec<String>,
}

/// All that the portal lists for a session.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    /// By name.
    pub accounts: Vec<Account>,
    /// Accounts whose roles the portal did not tell.
    pub left_out: Vec<LeftOut>,
}

/// An account whose roles are not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Which.
    pub account_id: String,
    /// What AWS said.
    pub why: String,
}

impl Account {
    /// Its name, else its number.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

impl Accounts {
    /// Whether nothing is missing, so that what is not listed is not assigned.
    pub fn is_complete(&self) -> bool {
        self.left_out.is_empty()
    }

    /// The account of this number.
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// Whether the person may take this role.
    pub fn has(&self, account_id: &str, role_name: &str) -> bool {
        self.account(account_id).is_some_and(|account| account.roles.iter().any(|role| role == role_name))
    }

    /// Sorted as a person would look for them, each once: pages may overlap when assignments change meanwhile.
    pub(crate) fn in_order(mut self) -> Self {
        self.accounts.sort_by_cached_key(|account| (account.name.to_lowercase(), account.id.clone()));
        self.accounts.dedup_by(|one, other| one.id == other.id);
        for account in &mut self.accounts {
            account.roles.sort_by_cached_key(|role| (role.to_lowercase(), role.clone()));
            account.roles.dedup();
        }
        self
    }
}

/// A log needs no more of a thousand accounts.
impl fmt::Debug for Accounts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} accounts, {} of them without their roles", self.accounts.len(), self.left_out.len())
    }
}

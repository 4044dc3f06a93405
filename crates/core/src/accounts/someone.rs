//! Whether another person signed in than the profiles are for.

use super::Accounts;
use super::plan::profiles_for;
use crate::config::{Config, Session};
use crate::text::{command_for, listed as joined, shown};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// More account numbers than these say no more.
const MOST: usize = 3;

/// Says so where a session's profiles name accounts, and AWS lists none of them.
pub fn someone_else(session: &Session, config: &Config, listed: &Accounts) -> Option<String> {
    let named: BTreeSet<&str> = profiles_for(session, config).into_keys().map(|(account, _)| account).collect();
    if named.is_empty() || named.iter().any(|account| listed.account(account).is_some()) {
        return None;
    }
    let name = config.name_of(&session.id);
    let shown_accounts: Vec<_> = named.iter().take(MOST).map(|account| shown(account).into_owned()).collect();
    let mut shown_accounts: Vec<&str> = shown_accounts.iter().map(String::as_str).collect();
    let more = named.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("{more} more"));
    shown_accounts.extend(more.as_deref());
    let what = if named.len() == 1 { "the account" } else { "any of the accounts" };
    let cure = format!("Sign out, then sign in as the other person: {}", command_for("relight logout", &name));
    Some(format!(
        "AWS does not list {what} that the profiles of {name} are for ({}): another person signed in than they expect, or all their roles were taken away. {cure}",
        joined(&shown_accounts),
    ))
}

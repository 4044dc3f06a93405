//! The list in words, and as JSON.

use super::change::Written;
use crate::cli::out;
use crate::cli::table::{Row, lines};
use relight_core::accounts::{Accounts, Filter, NewSession, Plan, profiles_for};
use relight_core::app::App;
use relight_core::config::{Config, Session};
use relight_core::text::{command_for, shown};
use relight_engine::paths::Paths;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Each account with its roles, and the profiles that they have.
pub(super) fn text(
    session: &Session,
    config: &Config,
    accounts: &Accounts,
    filter: &Filter,
    note: Option<&str>,
) -> String {
    let profiles = profiles_for(session, config);
    let mut out = String::new();
    let (mut roles, mut without) = (0, 0);
    for account in &accounts.accounts {
        out += &out::heading(&format!("{}  {}", shown(account.called()), shown(&account.id)));
        let row = |role: &String| {
            let names = profiles.get(&(account.id.as_str(), role.as_str()));
            roles += 1;
            without += usize::from(names.is_none());
            Row::new(role).and(names.map(|names| names.join(", ")).unwrap_or_default())
        };
        let rows: Vec<_> = account.roles.iter().map(row).collect();
        out += &lines(&rows);
        if let Some(left) = accounts.left_out.iter().find(|left| left.account_id == account.id) {
            out += &format!("  Its roles are not known: {}.\n", shown(&left.why));
        }
        out.push('\n');
    }
    if let Some(note) = note {
        out += &format!("{note}\n\n");
    }
    out += &summary(session, &config.name_of(&session.id), filter, [accounts.accounts.len(), roles, without]);
    out
}

fn summary(session: &Session, name: &str, filter: &Filter, [accounts, roles, without]: [usize; 3]) -> String {
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let counts = format!("{}, {}", counted(accounts, "account"), counted(roles, "role"));
    if accounts == 0 {
        return format!("AWS lists no account for you in {name}.\n");
    }
    if without == 0 {
        return format!("{counts}; each has a profile.\n");
    }
    // An id begins with no dash, so that options can follow it.
    let name = if name.starts_with('-') { session.id.to_string() } else { name.to_owned() };
    let mut add = command_for("relight accounts", &name);
    let options = filter.accounts.iter().map(|account| ("--account", account));
    for (option, value) in options.chain(filter.roles.iter().map(|role| ("--role", role))) {
        add = command_for(&format!("{add} {option}"), value);
    }
    format!("{counts}; {without} without a profile. To add profiles: {add} --add\n")
}

/// What is printed with `--json`.
pub(super) struct Document<'a> {
    pub(super) session: &'a Session,
    pub(super) app: &'a App,
    pub(super) accounts: &'a Accounts,
    pub(super) note: Option<&'a str>,
    pub(super) added: Option<&'a AddedSession>,
    /// The plan where one was asked for, and what became of it.
    pub(super) change: Option<(&'a Plan, &'a Written, &'a Paths)>,
}

impl Document<'_> {
    /// One document.
    pub(super) fn value(&self) -> Value {
        let Self { session, app, accounts, note, added, change } = self;
        let profiles = profiles_for(session, &app.world.config);
        let listed = accounts.accounts.iter().map(|account| {
            let role = |role: &String| {
                let names = profiles.get(&(account.id.as_str(), role.as_str()));
                json!({ "role_name": role, "profiles": names.cloned().unwrap_or_default() })
            };
            json!({
                "account_id": account.id,
                "account_name": account.name,
                "email": account.email,
                "roles": account.roles.iter().map(role).collect::<Vec<_>>(),
            })
        });
        let plan = change.map(|(plan, written, paths)| Planned {
            plan,
            written: written.is_written,
            backup: written.backup.as_ref().map(|backup| paths.show(backup)),
        });
        let document = json!({
            "version": 1,
            "session": session.id.to_string(),
            "outcome": "listed",
            "message": null,
            "accounts": listed.collect::<Vec<_>>(),
            "left_out": accounts.left_out,
            "note": note,
            "plan": plan,
        });
        with_added(document, *added)
    }
}

/// A plan, and what became of it.
#[derive(Serialize)]
struct Planned<'a> {
    #[serde(flatten)]
    plan: &'a Plan,
    written: bool,
    backup: Option<String>,
}

/// An `[sso-session]` that was added, or would have been.
#[derive(Serialize)]
pub(in crate::cli) struct AddedSession {
    name: String,
    keys: BTreeMap<String, String>,
    written: bool,
    backup: Option<String>,
}

impl AddedSession {
    pub(in crate::cli) fn new(new: &NewSession, written: &Written, paths: &Paths) -> Self {
        let backup = written.backup.as_ref().map(|backup| paths.show(backup));
        Self { name: new.name.clone(), keys: new.keys().into_iter().collect(), written: written.is_written, backup }
    }
}

/// `document`, with the session that was added before.
pub(in crate::cli) fn with_added(mut document: Value, added: Option<&AddedSession>) -> Value {
    if let (Some(added), Some(document)) = (added, document.as_object_mut()) {
        document.insert("added_session".to_owned(), json!(added));
    }
    document
}

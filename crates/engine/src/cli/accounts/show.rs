//! The list in words, and as JSON.

use super::change::Written;
use crate::cli::out;
use crate::cli::table::{Row, lines};
use relight_core::accounts::{Accounts, Plan, profiles_for, someone_else};
use relight_core::app::App;
use relight_core::config::{Config, Session};
use relight_core::text::{command, shown};
use relight_engine::paths::Paths;
use serde::Serialize;
use serde_json::{Value, json};

/// Each account with its roles, and the profiles that they have.
pub(super) fn text(session: &Session, config: &Config, accounts: &Accounts, note: Option<&str>) -> String {
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
    out += &summary(session, accounts.accounts.len(), roles, without);
    out
}

fn summary(session: &Session, accounts: usize, roles: usize, without: usize) -> String {
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let counts = format!("{}, {}", counted(accounts, "account"), counted(roles, "role"));
    if accounts == 0 {
        return format!("AWS lists no account for you in {}.\n", shown(session.id.name()));
    }
    if without == 0 {
        return format!("{counts}; each has a profile.\n");
    }
    let add = command("relight accounts", session.id.name()).unwrap_or_else(|| "relight accounts".to_owned());
    format!("{counts}; {without} without a profile. To add profiles: {add} --add\n")
}

/// One document, with the plan where one was asked for, and what became of it.
pub(super) fn document(
    session: &Session,
    app: &App,
    accounts: &Accounts,
    change: Option<(&Plan, &Written, &Paths)>,
) -> Value {
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
    json!({
        "version": 1,
        "session": session.id.to_string(),
        "outcome": "listed",
        "message": null,
        "accounts": listed.collect::<Vec<_>>(),
        "left_out": accounts.left_out,
        "note": someone_else(session, &app.world.config, accounts),
        "plan": plan,
    })
}

/// A plan, and what became of it.
#[derive(Serialize)]
struct Planned<'a> {
    #[serde(flatten)]
    plan: &'a Plan,
    written: bool,
    backup: Option<String>,
}

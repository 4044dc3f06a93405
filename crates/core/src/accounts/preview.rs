//! A plan as a person reads it before they agree.

use super::plan::{NewProfile, Plan};
use crate::text::shown;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Up to so many sections are shown whole; of more, the first, and a line for each.
const MOST_WHOLE: usize = 6;

/// All of it. `file` is the config file as a person would write its path.
pub fn preview(plan: &Plan, file: &str) -> String {
    let mut parts: Vec<String> = plan.notes.iter().map(|note| format!("{note}\n")).collect();
    if !plan.add.is_empty() {
        parts.push(format!("{} to {file}:\n\n{}", counted("Add", plan.add.len()), added(&plan.add)));
    }
    if !plan.remove.is_empty() {
        let line = |old: &super::OldProfile| {
            let (profile, role, account) = (shown(&old.profile), shown(&old.role_name), shown(&old.account_id));
            format!("  [profile {profile}], line {}: {role} in {account} is not assigned any more\n", old.line)
        };
        let lines: String = plan.remove.iter().map(line).collect();
        parts.push(format!("{} from {file}:\n\n{lines}", counted("Remove", plan.remove.len())));
    }
    let mut left: Vec<String> = Vec::new();
    left.extend(plan.kept.iter().map(|kept| format!("'{}' stays. {}\n", shown(&kept.profile), kept.why)));
    left.extend(
        plan.not_added.iter().map(|not| {
            format!("{} in {} gets no profile. {}\n", shown(&not.role_name), shown(&not.account_id), not.why)
        }),
    );
    match plan.there.len() {
        0 => {}
        count if count > MOST_WHOLE => left.push(format!("{count} roles have a profile already.\n")),
        _ => left.extend(plan.there.iter().map(|there| {
            let (role, account) = (shown(&there.role_name), shown(&there.account_id));
            format!("{role} in {account} has a profile already: {}\n", shown(&there.profile))
        })),
    }
    if !left.is_empty() {
        parts.push(left.concat());
    }
    if plan.is_empty() {
        parts.push(format!("Nothing to change in {file}.\n"));
    }
    parts.join("\n")
}

fn counted(verb: &str, count: usize) -> String {
    if count == 1 { format!("{verb} 1 profile") } else { format!("{verb} {count} profiles") }
}

fn added(all: &[NewProfile]) -> String {
    let whole = if all.len() > MOST_WHOLE { 1 } else { all.len() };
    let sections: Vec<_> = all.iter().take(whole).map(section).collect();
    let lines: String = all.iter().skip(whole).map(line).collect();
    let more = if lines.is_empty() { String::new() } else { format!("\n  and in the same way\n{lines}") };
    sections.join("\n") + &more
}

fn section(new: &NewProfile) -> String {
    let keys = new.keys.iter().map(|(key, value)| format!("  {key} = {}\n", shown(value)));
    format!("  [profile {}]\n{}", new.profile, keys.collect::<String>())
}

fn line(new: &NewProfile) -> String {
    let (role, account, id) = (shown(&new.role_name), shown(&new.account_name), shown(&new.account_id));
    format!("  [profile {}]  {role} in {account} ({id})\n", new.profile)
}

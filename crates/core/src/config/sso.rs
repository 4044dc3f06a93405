//! Profiles of an Identity Center: the session that they name or spell themselves.

use super::endpoint::Endpoints;
use super::{Credentials, Files, Keys, Session, SessionId, SessionKind};
use crate::cache::sso_role_key;
use crate::problem::Problem;
use crate::text::{listed, shown};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What an SSO profile says. Adds the legacy session that it spells, and the profile to its session.
pub(super) fn read(
    name: &str,
    keys: &Keys<'_>,
    sessions: &mut BTreeMap<SessionId, Session>,
    problems: &mut Vec<Problem>,
    files: &Files,
) -> Credentials {
    let session = match keys.get("sso_session") {
        Some(session) => named_session(session, keys, sessions, problems, files),
        None => legacy_session(keys, sessions, problems, files),
    };
    let (account_id, role_name) = (keys.get("sso_account_id"), keys.get("sso_role_name"));
    // Enough to sign in, which other profiles or bearer services use.
    let bearer_only = account_id.is_none() && role_name.is_none() && session.is_some();
    let missing: Vec<_> = [("sso_account_id", account_id), ("sso_role_name", role_name)]
        .iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| *key)
        .collect();
    if !missing.is_empty() && !bearer_only {
        problems.push(files.place(incomplete(&missing), keys.place));
    }
    if let Some(session) = session.as_ref().and_then(|id| sessions.get_mut(id)) {
        session.profiles.push(name.to_owned());
    }
    let cache = match (account_id, role_name, &session) {
        (Some(account_id), Some(role_name), Some(session)) => sso_role_key(account_id, role_name, session),
        _ => None,
    };
    Credentials::Sso {
        session,
        account_id: account_id.map(ToOwned::to_owned),
        role_name: role_name.map(ToOwned::to_owned),
        cache,
    }
}

fn named_session(
    name: &str,
    keys: &Keys<'_>,
    sessions: &BTreeMap<SessionId, Session>,
    problems: &mut Vec<Problem>,
    files: &Files,
) -> Option<SessionId> {
    let id = SessionId::SsoSession(name.to_owned());
    let Some(session) = sessions.get(&id) else {
        let problem = Problem::error(
            "dangling-sso-session",
            format!(
                "sso_session names '{0}', but there is no [sso-session {0}] in {1}.",
                shown(name),
                files.config_path
            ),
            known_sessions(sessions),
        );
        problems.push(files.place(problem, keys.place_of("sso_session")));
        return None;
    };
    let repeated = [("sso_start_url", &session.start_url), ("sso_region", &session.region)];
    let repeated: Vec<_> =
        repeated.into_iter().filter_map(|(key, value)| Some((key, keys.get(key)? == value))).collect();
    for (key, _) in repeated.iter().filter(|(_, is_equal)| !is_equal) {
        let problem = Problem::error(
            "sso-session-inconsistent",
            format!("{key} differs from the one in [sso-session {name}]: boto3 and the AWS CLI refuse this profile."),
            format!("Remove {key} from the profile."),
        );
        problems.push(files.place(problem, keys.place_of(key)));
    }
    let equal: Vec<_> = repeated.iter().filter(|(_, is_equal)| *is_equal).map(|(key, _)| *key).collect();
    if let Some(first) = equal.first() {
        let all = listed(&equal);
        let verb = if equal.len() == 1 { "stands" } else { "stand" };
        let problem = Problem::warning(
            "sso-key-repeated",
            format!("{all} {verb} in the profile and in [sso-session {name}]: the AWS SDK for Rust refuses that."),
            format!("Remove {all} from the profile."),
        );
        problems.push(files.place(problem, keys.place_of(first)));
    }
    Some(id)
}

fn known_sessions(sessions: &BTreeMap<SessionId, Session>) -> String {
    let names: Vec<_> =
        sessions.keys().filter(|id| id.kind() == SessionKind::SsoSession).map(SessionId::name).take(5).collect();
    if names.is_empty() {
        String::from("Add the section with sso_start_url and sso_region, or run 'aws configure sso'.")
    } else {
        format!("Write one that is there ({}), or add the section.", names.join(", "))
    }
}

fn legacy_session(
    keys: &Keys<'_>,
    sessions: &mut BTreeMap<SessionId, Session>,
    problems: &mut Vec<Problem>,
    files: &Files,
) -> Option<SessionId> {
    let (start_url, region) = (keys.get("sso_start_url"), keys.get("sso_region"));
    let missing: Vec<_> = [("sso_start_url", start_url), ("sso_region", region)]
        .iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| *key)
        .collect();
    if !missing.is_empty() {
        problems.push(files.place(incomplete(&missing), keys.place));
    }
    problems.extend(super::session::wrong_values(keys, files));
    let (start_url, region) = (start_url?, region.unwrap_or_default());
    let id = SessionId::Legacy(start_url.to_owned());
    let session = sessions.entry(id.clone()).or_insert_with(|| Session {
        id: id.clone(),
        start_url: start_url.to_owned(),
        region: region.to_owned(),
        scopes: None,
        profiles: Vec::new(),
        endpoints: Endpoints::default(),
        problems: Vec::new(),
        place: keys.place,
    });
    if session.region.is_empty() {
        region.clone_into(&mut session.region);
    } else if !region.is_empty() && session.region != region {
        let problem = Problem::warning(
            "sso-regions-differ",
            format!(
                "sso_region is {} here and {} in another profile with the same sso_start_url; an Identity Center has one region for sign-in.",
                shown(region),
                shown(&session.region)
            ),
            "Write the same sso_region in both.",
        );
        problems.push(files.place(problem, keys.place_of("sso_region")));
    }
    Some(id)
}

fn incomplete(missing: &[&str]) -> Problem {
    let missing = missing.join(" and ");
    Problem::error(
        "sso-config-incomplete",
        format!("This profile is for SSO but lacks {missing}."),
        format!("Add {missing}, or run 'aws configure sso'."),
    )
}

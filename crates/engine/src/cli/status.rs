//! `relight status`

use super::args::Status;
use super::ending::Ending;
use super::table::{Row, lines};
use super::{out, select, when};
use jiff::tz::TimeZone;
use relight_core::problem::Problem;
use relight_core::status::State;
use relight_core::text;
use relight_core::time::{Timestamp, until};
use relight_core::view::{ProfileView, SessionView, View};
use relight_engine::clock;
use relight_engine::paths::Paths;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn run(chosen: &Status, json: bool, paths: &Paths) -> Ending {
    let app = super::read(paths);
    let zone = app.world.zone.clone();
    let at = match chosen.at.as_deref().map(|text| when::parse(text, clock::now(), &zone)) {
        None => clock::now(),
        Some(Ok(at)) => at,
        Some(Err(sentence)) => return Ending::Usage(sentence),
    };
    let mut view = app.view(at);
    if let Some(unknown) =
        chosen.profiles.iter().find(|name| !view.profiles.iter().any(|profile| profile.name == **name))
    {
        return select::no_profile(&app, &view, unknown);
    }
    if !chosen.profiles.is_empty() {
        narrow(&mut view, &chosen.profiles);
    }
    let no = |state: State| matches!(state, State::Expired | State::Broken);
    let answer = match chosen.profiles.as_slice() {
        [] => {
            view.sessions.iter().any(|session| session.attention && no(session.state))
                || view.profiles.iter().any(|profile| profile.attention && no(profile.state))
        }
        _ => view.profiles.iter().any(|profile| no(profile.state)),
    };
    let printed = if json { out::json(&view) } else { out::print(&human(&view, at, &zone, paths)) };
    // The process ends now: taking 10,000 profiles apart piece by piece would cost a tenth of the whole run.
    std::mem::forget((app, view));
    match printed {
        Err(error) => error.into(),
        Ok(()) if answer => Ending::No,
        Ok(()) => Ending::Fine,
    }
}

/// Leaves the profiles asked for, and the sessions they use.
fn narrow(view: &mut View, names: &[String]) {
    view.profiles.retain(|profile| names.contains(&profile.name));
    let used: BTreeSet<_> = view.profiles.iter().filter_map(|profile| profile.session.clone()).collect();
    view.sessions.retain(|session| used.contains(&session.id.to_string()));
    let states = view.profiles.iter().map(|profile| profile.state);
    view.worst = relight_core::status::worst(states);
}

fn human(view: &View, now: Timestamp, zone: &TimeZone, paths: &Paths) -> String {
    if view.sessions.is_empty() && view.profiles.is_empty() && view.problems.is_empty() {
        return format!(
            "No AWS profiles found in {}.\nAdd your organisation: relight add URL\n",
            paths.show(&paths.config)
        );
    }
    let mut of_session: BTreeMap<&str, Vec<&ProfileView>> = BTreeMap::new();
    for profile in &view.profiles {
        of_session.entry(profile.session.as_deref().unwrap_or_default()).or_default().push(profile);
    }
    let mut out = String::new();
    let (loud, quiet): (Vec<_>, Vec<_>) =
        view.sessions.iter().partition(|session| session.attention || session.login.is_some());
    for (heading, sessions) in [("Sessions", loud), ("Not signed in", quiet)] {
        if !sessions.is_empty() {
            out.push_str(&out::heading(heading));
            out.push_str(&lines(
                &sessions.iter().flat_map(|session| session_rows(&of_session, session, now, zone)).collect::<Vec<_>>(),
            ));
        }
    }
    let others: Vec<_> = view.profiles.iter().filter(|profile| profile.session.is_none()).collect();
    if !others.is_empty() {
        out.push_str(&out::heading("Other credentials"));
        out.push_str(&lines(&others.iter().map(|profile| other_row(profile, now, zone)).collect::<Vec<_>>()));
    }
    let mut problems: Vec<_> = problems(view).collect();
    problems.sort_by_key(|(_, problem)| (problem.file.clone(), problem.line));
    if !problems.is_empty() {
        out.push_str(&out::heading("Problems"));
        out.extend(problems.iter().map(|(of, problem)| problem_lines(of.as_deref(), problem)));
    }
    out
}

fn session_rows(
    of_session: &BTreeMap<&str, Vec<&ProfileView>>,
    session: &SessionView,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<Row> {
    let state = session.state;
    let cure = match state {
        State::Expired | State::Expiring | State::SignedOut if session.can_sign_in && session.login.is_none() => {
            text::command_for("relight login", &session.name)
        }
        State::Expired | State::Expiring | State::SignedOut => session.renew.clone().unwrap_or_default(),
        _ => String::new(),
    };
    let standing = match session.problems.first() {
        // The problem itself stands below, with its hint.
        Some(_) if state == State::Broken => "unusable".to_owned(),
        _ => text::standing(session, now, zone),
    };
    let head = Row::new(&session.name).dressed(standing, move |text| out::coloured(text, state)).and(cure);
    let profiles = of_session.get(session.id.to_string().as_str()).into_iter().flatten().map(|profile| {
        let role = [profile.account_id.as_deref(), profile.role_name.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("  ");
        Row::new(format!("  {}", profile.name)).dressed(role, out::faint).and(different(profile, session, now, zone))
    });
    std::iter::once(head).chain(profiles).collect()
}

/// What is to be said of a profile beside its session's standing.
fn different(profile: &ProfileView, session: &SessionView, now: Timestamp, zone: &TimeZone) -> String {
    match (profile.state, profile.role_expires_at) {
        (State::Broken, _) if session.state != State::Broken => "unusable".to_owned(),
        _ if profile.ends_by_itself() || profile.state == State::Unknown => text::credentials(profile, now, zone),
        (_, Some(end)) if end > now => format!("role credentials {}", text::span(until(now, end))),
        _ => String::new(),
    }
}

fn other_row(profile: &ProfileView, now: Timestamp, zone: &TimeZone) -> Row {
    let state = profile.state;
    let what = [
        Some(profile.kind),
        profile.access_key.as_deref(),
        profile.account_id.as_deref(),
        profile.role_name.as_deref(),
    ];
    let what = what.into_iter().flatten().collect::<Vec<_>>().join("  ");
    let cure = match (profile.kind, state) {
        ("credential-process", State::Unknown) => text::command("relight refresh", &profile.name),
        (_, State::Expired | State::Expiring | State::Unknown) => profile.renew.clone(),
        _ => None,
    };
    Row::new(&profile.name)
        .dressed(text::credentials(profile, now, zone), move |text| out::coloured(text, state))
        .dressed(what, out::faint)
        .and(cure.unwrap_or_default())
}

/// Every problem, with the session or profile it is of.
fn problems(view: &View) -> impl Iterator<Item = (Option<String>, &Problem)> {
    let of_files = view.problems.iter().map(|problem| (None, problem));
    let of_sessions = view
        .sessions
        .iter()
        .flat_map(|session| session.problems.iter().map(|problem| (Some(session.name.clone()), problem)));
    let of_profiles = view
        .profiles
        .iter()
        .flat_map(|profile| profile.problems.iter().map(|problem| (Some(profile.name.clone()), problem)));
    of_files.chain(of_sessions).chain(of_profiles)
}

pub(super) fn problem_lines(of: Option<&str>, problem: &Problem) -> String {
    let place = match (&problem.file, problem.line) {
        (Some(file), Some(line)) => format!("{file}:{line}: "),
        (Some(file), None) if !problem.message.contains(file.as_str()) => format!("{file}: "),
        (_, _) => String::new(),
    };
    let of = of.map(|name| format!("{name}: ")).unwrap_or_default();
    format!("  {place}{of}{}\n      {}\n", problem.message, out::faint(&problem.hint))
}

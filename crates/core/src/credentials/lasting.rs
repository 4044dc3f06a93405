//! Whether a profile's credentials last long enough, silent refreshes counted in.

use crate::config::SessionId;
use crate::problem::{Problem, Severity};
use crate::status::{EndsBasis, ExpiresBasis, State};
use crate::text::{clock, command_for, shown, span};
use crate::time::{SignedDuration, Timestamp, after, until};
use crate::view::{ProfileView, SessionView, View};
use crate::world::{Content, World};
use alloc::format;
use alloc::string::{String, ToString};
use serde::Serialize;

/// How surely an answer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// A date says so.
    Known,
    /// Nothing says otherwise: the end of the session is written nowhere.
    AsFarAsKnown,
    /// It cannot be told without a call.
    Unknown,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// Whether they last.
    pub lasts: bool,
    /// Until when, where that is known.
    pub until: Option<Timestamp>,
    /// How surely.
    pub sureness: Sureness,
    /// In a line, with what to do.
    pub sentence: String,
    /// The same without what to do.
    pub reason: String,
    /// The session that they depend on.
    pub session: Option<SessionId>,
    /// Whether a silent refresh of that session would show that it still lives: its token is past, or ends before.
    pub wants_refresh: bool,
}

/// Whether the credentials of the profile `name` last for `needs` from the view's time on; none where there is no such
/// profile.
pub fn lasting(world: &World, view: &View, name: &str, needs: SignedDuration) -> Option<Lasting> {
    let profile = view.profiles.iter().find(|profile| profile.name == name)?;
    let session = view.sessions.iter().find(|session| Some(session.id.to_string()) == profile.session);
    let asking = Asking { world, view, profile, end: after(view.now, needs), needs };
    Some(match session.filter(|_| depends_on_session(profile)) {
        Some(session) => asking.of_session(session),
        None => asking.of_profile(),
    })
}

/// Not where an end of its own is known, as that of a cached role, nor where the profile itself is wrong.
fn depends_on_session(profile: &ProfileView) -> bool {
    match profile.expires_basis {
        ExpiresBasis::SsoToken | ExpiresBasis::LoginToken | ExpiresBasis::SourceProfile => true,
        ExpiresBasis::None => match profile.state {
            State::SignedOut => true,
            State::Broken => error_of(&profile.problems).is_none(),
            State::Valid | State::Expiring | State::Stale | State::Expired | State::Endless | State::Unknown => false,
        },
        ExpiresBasis::RoleCache
        | ExpiresBasis::FileKey
        | ExpiresBasis::Jwt
        | ExpiresBasis::BedrockKey
        | ExpiresBasis::Process => false,
    }
}

fn error_of(problems: &[Problem]) -> Option<&Problem> {
    problems.iter().find(|problem| problem.severity == Severity::Error)
}

struct Asking<'a> {
    world: &'a World,
    view: &'a View,
    profile: &'a ProfileView,
    /// Until then they must last.
    end: Timestamp,
    needs: SignedDuration,
}

impl Asking<'_> {
    fn of_session(&self, session: &SessionView) -> Lasting {
        let cure = match &session.renew {
            Some(command) => format!("Sign in: {command}"),
            None => format!("Sign in: {}", command_for("relight login", &session.name)),
        };
        let mut lasting = match (session.state, session.person_needed_at) {
            (State::Broken, _) => {
                let problem = error_of(&session.problems);
                let why = problem.map(|problem| format!(" {}", problem.message)).unwrap_or_default();
                let hint = problem.map(|problem| problem.hint.as_str()).unwrap_or_default();
                let cure = if session.can_sign_in { &cure } else { hint };
                self.no(&format!("its session {} cannot be used.{why}", session.name), cure)
            }
            (State::SignedOut, _) => self.no(&format!("nobody is signed in to {}.", session.name), &cure),
            (State::Expired, _) => self.no(&format!("the sign-in to {} has ended.", session.name), &cure),
            (_, Some(end)) if session.ends_basis == EndsBasis::Learned => self.of_learned_end(session, end, &cure),
            (_, Some(end)) => self.of_end(end, &cure),
            // The session's own end is written nowhere: until then AWS renews its token.
            (_, None) if session.expires_at.is_some_and(|end| end >= self.end) || self.can_refresh(&session.id) => {
                let far = session.expires_at.is_none_or(|end| end < self.end);
                let sureness = if far { Sureness::AsFarAsKnown } else { Sureness::Known };
                let left =
                    if far { "it renews itself, as far as is known".into() } else { self.left(session.expires_at) };
                Lasting { until: session.expires_at, sureness, ..self.yes(&left) }
            }
            (_, None) => self.no("its token cannot be renewed for that long.", &cure),
        };
        lasting.wants_refresh = session.refreshable && session.expires_at.is_some_and(|end| end < self.end);
        lasting.session = Some(session.id.clone());
        lasting
    }

    fn of_profile(&self) -> Lasting {
        let profile = self.profile;
        let cure = match &profile.renew {
            Some(command) => format!("To renew them, run: {command}"),
            None if profile.kind == "credential-process" => {
                format!("Its program gives new ones: {}", command_for("relight refresh", &profile.name))
            }
            None => String::from("Renew them with what made them."),
        };
        match (profile.state, profile.expires_at) {
            (State::Broken, _) => {
                let problem = error_of(&profile.problems);
                let why = problem.map(|problem| format!(" {}", problem.message)).unwrap_or_default();
                let hint = problem.map(|problem| problem.hint.as_str()).unwrap_or_default();
                self.no(&format!("it cannot be used.{why}"), hint)
            }
            (State::Endless, _) => Lasting { sureness: Sureness::Known, ..self.yes("it never ends") },
            // Whoever writes the token writes a new one in time.
            (State::Valid, Some(end)) if profile.expires_basis == ExpiresBasis::Jwt && end < self.end => Lasting {
                until: Some(end),
                sureness: Sureness::AsFarAsKnown,
                ..self.yes("its token is written anew in time, as far as is known")
            },
            (State::Valid | State::Expiring | State::Expired | State::Stale, Some(end)) => self.of_end(end, &cure),
            (State::SignedOut, _) => self.no("nobody is signed in.", ""),
            (State::Unknown | State::Valid | State::Expiring | State::Expired | State::Stale, _) => {
                match profile.kind {
                    "none" => self.no("it has no credentials.", ""),
                    "assume-role" if profile.needs_mfa => self.not_known(
                        "it needs an MFA code.",
                        &format!("Type it: {}", command_for("relight credentials", &profile.name)),
                    ),
                    "credential-process" => self.not_known(
                        "its program must be run first.",
                        &format!("Run it: {}", command_for("relight refresh", &profile.name)),
                    ),
                    _ => self.not_known("nothing tells its end.", ""),
                }
            }
        }
    }

    fn of_end(&self, end: Timestamp, cure: &str) -> Lasting {
        let answer = if end >= self.end && end > self.view.now {
            self.yes(&self.left(Some(end)))
        } else if end > self.view.now {
            self.no(&format!("only {}.", self.left(Some(end))), cure)
        } else {
            self.no("its credentials have ended.", cure)
        };
        Lasting { until: Some(end), sureness: Sureness::Known, ..answer }
    }

    /// It may come later than what was learned, and what works now is valid now.
    fn of_learned_end(&self, session: &SessionView, end: Timestamp, cure: &str) -> Lasting {
        let works = session.expires_at.is_some_and(|end| end > self.view.now && end >= self.end);
        let answer =
            if works && end < self.end { self.yes("it may end at any moment") } else { self.of_end(end, cure) };
        Lasting { until: Some(end), sureness: Sureness::AsFarAsKnown, ..answer }
    }

    fn left(&self, end: Option<Timestamp>) -> String {
        let now = self.view.now;
        let left = |end| format!("{} left, until {}", span(until(now, end)), clock(end, now, &self.world.zone));
        end.map(left).unwrap_or_default()
    }

    fn can_refresh(&self, session: &SessionId) -> bool {
        let of_token = match self.world.token(session) {
            Content::Read(file) => file.token.as_ref().is_ok_and(|token| token.can_refresh(self.end)),
            Content::Missing | Content::Unreadable { .. } => false,
        };
        let of_login = match self.world.login(session) {
            Content::Read(file) => file.token.as_ref().is_ok_and(|login| !login.is_over(self.end)),
            Content::Missing | Content::Unreadable { .. } => false,
        };
        of_token || of_login
    }

    fn yes(&self, why: &str) -> Lasting {
        let dot = if why.ends_with(['.', ')']) { "" } else { "." };
        answer(true, format!("{} {}: {why}{dot}", shown(&self.profile.name), self.what(true)), "")
    }

    fn no(&self, why: &str, cure: &str) -> Lasting {
        answer(false, format!("{} {}: {why}", shown(&self.profile.name), self.what(false)), cure)
    }

    /// What is not known does not count as lasting.
    fn not_known(&self, why: &str, cure: &str) -> Lasting {
        let reason = format!("It is not known whether {} {}: {why}", shown(&self.profile.name), self.what(true));
        Lasting { sureness: Sureness::Unknown, ..answer(false, reason, cure) }
    }

    fn what(&self, lasts: bool) -> String {
        match (lasts, self.needs.is_positive()) {
            (true, true) => format!("lasts for {}", span(self.needs)),
            (true, false) => "is valid".into(),
            (false, true) => format!("does not last for {}", span(self.needs)),
            (false, false) => "is not valid".into(),
        }
    }
}

fn answer(lasts: bool, reason: String, cure: &str) -> Lasting {
    let sentence = if cure.is_empty() { reason.clone() } else { format!("{reason} {cure}") };
    let (until, sureness) = (None, Sureness::Known);
    Lasting { lasts, until, sureness, sentence, reason, session: None, wants_refresh: false }
}

//! What every check looks at, and the questions that several of them ask.

use super::{About, Finding, Surroundings};
use crate::action::Action;
use crate::config::{Credentials, ENVIRONMENT_KEY, FileKind, Profile, SessionId};
use crate::fix::{Change, Fix, masked, quoted};
use crate::ini::{Document, Edit, Property, Section};
use crate::problem::{Problem, Severity};
use crate::text;
use crate::time::Timestamp;
use crate::view::{ProfileView, SessionView, View};
use crate::world::World;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(crate) struct Look<'a> {
    pub(crate) around: &'a Surroundings,
    pub(crate) world: &'a World,
    pub(crate) view: &'a View,
    pub(crate) now: Timestamp,
}

impl<'a> Look<'a> {
    /// The name of the profile that clients without a name of their own take.
    pub(super) fn selected_name(&self) -> &'a str {
        self.around.profile.as_deref().unwrap_or(&self.around.variables.selected)
    }

    /// That profile, where there is one.
    pub(super) fn selected(&self) -> Option<&'a Profile> {
        self.world.config.profiles.get(self.selected_name())
    }

    /// Whose credentials a program gets that is started now: the key in the environment comes before a selected profile.
    pub(super) fn current(&self) -> Option<&'a Profile> {
        let key = self.environment_key().filter(|_| self.around.profile.is_none());
        key.or_else(|| self.selected())
    }

    /// The key in the environment, where it is whole.
    pub(super) fn environment_key(&self) -> Option<&'a Profile> {
        self.world.config.profiles.get(ENVIRONMENT_KEY).filter(|key| !key.is_broken())
    }

    /// A profile as it stands.
    pub(super) fn profile(&self, name: &str) -> Option<&'a ProfileView> {
        self.view.profiles.iter().find(|profile| profile.name == name)
    }

    /// The session that a profile uses, its own or its source's.
    pub(super) fn session_of(&self, profile: &ProfileView) -> Option<&'a SessionView> {
        let id = profile.session.as_deref()?;
        self.view.sessions.iter().find(|session| alloc::string::ToString::to_string(&session.id) == id)
    }

    /// The profiles that stand in files and have credentials.
    pub(super) fn profiles(&self) -> impl Iterator<Item = &'a Profile> {
        let of_files = |profile: &&Profile| !profile.name.starts_with('(');
        let all = self.world.config.profiles.values().filter(of_files);
        all.filter(|profile| profile.credentials != Credentials::None)
    }

    /// Which of the two files a problem is about.
    pub(super) fn file_of(&self, problem: &Problem) -> Option<(FileKind, &'a Document)> {
        let (file, files) = (problem.file.as_deref()?, self.world.files());
        match file {
            _ if file == files.config_path => Some((FileKind::Config, &files.config)),
            _ if file == files.credentials_path => Some((FileKind::Credentials, &files.credentials)),
            _ => None,
        }
    }

    /// The line that a problem is about, as it may be shown.
    pub(super) fn proof(&self, problem: &Problem) -> Option<String> {
        let (_, document) = self.file_of(problem)?;
        let text = document.bytes().split(|byte| *byte == b'\n').nth(problem.line?.checked_sub(1)? as usize)?;
        Some(masked(&String::from_utf8_lossy(text))).filter(|line| !line.is_empty())
    }

    /// Edits of one of the two files, where they can be made and change something.
    pub(super) fn edit(&self, title: impl Into<String>, file: FileKind, edits: Vec<Edit>) -> Option<Fix> {
        let change = Change::edit(self.world.files(), file, edits).ok().flatten()?;
        Some(Fix::new(title).with_change(change))
    }

    /// Whether a finding is about the selected profile, what it leads to, or no profile.
    pub(super) fn concerns_selected(&self, finding: &Finding) -> bool {
        let way = self.way();
        let is_on_way = |name: &str| way.iter().any(|profile| profile.name == name);
        match &finding.about {
            None => self.owner(finding).is_none_or(|name| is_on_way(&name)),
            Some(About::Profile(name)) => is_on_way(name),
            Some(About::Session(id)) => {
                way.iter().any(|profile| self.session_of(profile).is_some_and(|session| session.id == *id))
            }
            Some(About::Context { profile, .. }) => profile.as_deref().is_some_and(is_on_way),
        }
    }

    /// Whether what is about this profile matters where one profile is judged alone.
    pub(super) fn is_wanted(&self, about: Option<&About>) -> bool {
        match about {
            Some(About::Profile(name)) if self.around.profile.is_some() => {
                self.way().iter().any(|profile| profile.name == *name)
            }
            _ => true,
        }
    }

    /// The profile in whose section something stands that is in the way of that profile alone.
    fn owner(&self, finding: &Finding) -> Option<String> {
        let problem = &finding.problem;
        let line = problem.line.filter(|_| problem.severity < Severity::Error)?;
        let (_, document) = self.file_of(problem)?;
        match about_section(&document.sections.iter().rfind(|section| section.line <= line)?.name) {
            About::Profile(name) => Some(name).filter(|name| self.profile(name).is_some()),
            About::Session(_) | About::Context { .. } => None,
        }
    }

    /// The selected profile and those that its role starts from.
    fn way(&self) -> Vec<&'a ProfileView> {
        let mut way: Vec<&ProfileView> = Vec::new();
        let mut next = self.profile(self.selected_name());
        while let Some(profile) = next.filter(|next| !way.iter().any(|known| known.name == next.name)) {
            way.push(profile);
            next = profile.source_profile.as_deref().and_then(|name| self.profile(name));
        }
        way
    }
}

/// Signs a person in.
pub(crate) fn sign_in(session: &SessionView) -> Fix {
    let fix = Fix::new(format!("Sign in to {}", quoted(&session.name)));
    match (&session.renew, session.can_sign_in) {
        (Some(command), false) => fix.with_command(command.clone()),
        (_, true) => with_sign_in(fix, &session.id, &session.name),
        (None, false) => fix,
    }
}

fn with_sign_in(fix: Fix, id: &SessionId, name: &str) -> Fix {
    fix.with_command(text::command("relight login", name)).with_action(Action::SignIn(id.clone()))
}

/// The section on this line.
pub(super) fn section_at(document: &Document, line: Option<u32>) -> Option<&Section> {
    document.sections.iter().find(|section| Some(section.line) == line)
}

/// The property on this line, and its section.
pub(super) fn property_at(document: &Document, line: Option<u32>) -> Option<(&Section, &Property)> {
    let of = |section: &'_ Section| section.properties.iter().position(|property| Some(property.line) == line);
    let section = document.sections.iter().find(|section| of(section).is_some())?;
    Some((section, section.properties.get(of(section)?)?))
}

/// Whether a key (lower case) stands in a section.
pub(super) fn has(section: &Section, key: &str) -> bool {
    section.properties.iter().any(|property| property.key == key)
}

/// Whose section it is, by its header's text.
pub(super) fn about_section(name: &str) -> About {
    match name.split_once(' ') {
        Some(("sso-session", name)) => About::Session(SessionId::SsoSession(name.trim().into())),
        Some(("profile", name)) => About::Profile(name.trim().into()),
        _ => About::Profile(name.into()),
    }
}

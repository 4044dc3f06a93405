//! What this machine's files and their state say to a cause that a text has: the cause may become a clearer one, and
//! the fixes are those that help here.

mod clock;
mod credentials;
mod expired;
mod files;
mod nothing;
mod others;
mod problems;
mod region;
mod sessions;
mod target;
mod unknown_key;

use super::Recognised;
use super::answer::{Also, Answer, Evidence};
use super::cause::{Cause, LoginHelps};
use super::masked::masked;
use super::phrase::Client;
use crate::action::{Action, Place};
use crate::config::FileKind;
use crate::doctor::look::Look;
use crate::doctor::shell::export;
use crate::doctor::{Finding, Surroundings, findings};
use crate::fix::Fix;
use crate::time::Timestamp;
use crate::view::View;
use crate::world::World;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::OnceCell;
use target::Target;

/// A cause on its way to an answer.
pub(super) struct Case<'a> {
    said: &'a Recognised,
    around: &'a Surroundings,
    world: &'a World,
    view: &'a View,
    now: Timestamp,
    target: Target<'a>,
    /// May become clearer.
    cause: Cause,
    /// Said behind the explanation that the cause has anyway.
    more: Vec<String>,
    evidence: Vec<Evidence>,
    fixes: Vec<Fix>,
    login_helps: bool,
    /// What the doctor finds, once it was asked.
    found: OnceCell<Vec<Finding>>,
}

/// The answer to what was recognised, on this machine.
pub(super) fn join(said: &Recognised, around: Surroundings, world: &World, view: &View) -> Answer {
    let target = Target::find(said, &around, world, view);
    // What the text names is what it is judged by.
    let named = target.profile.filter(|_| target.is_certain()).map(|profile| profile.name.clone());
    let around = &Surroundings { profile: named, ..around };
    let login_helps = said.cause.about().login == LoginHelps::Yes;
    let mut case = Case {
        said,
        around,
        world,
        view,
        now: view.now,
        target,
        cause: said.cause,
        more: Vec::new(),
        evidence: Vec::new(),
        fixes: Vec::new(),
        login_helps,
        found: OnceCell::new(),
    };
    case.look();
    case.answer()
}

impl<'a> Case<'a> {
    fn look(&mut self) {
        match self.cause {
            Cause::SsoSessionExpired
            | Cause::SsoNeverSignedIn
            | Cause::SsoTokenUnreadable
            | Cause::SsoLoginAbandoned
            | Cause::LoginSessionExpired => sessions::look(self),
            Cause::SsoRoleNotAssigned => sessions::not_assigned(self),
            Cause::SsoConfigIncomplete | Cause::PartialCredentials | Cause::SourceProfileBroken => problems::look(self),
            Cause::SsoWrongRegionOrUrl => sessions::wrong(self),
            Cause::TemporaryCredentialsExpired => expired::look(self),
            Cause::CredentialsUnknownToAws => unknown_key::look(self),
            Cause::SecretKeyWrong => credentials::secret(self),
            Cause::AccessDenied => credentials::denied(self),
            Cause::AssumeRoleDenied => credentials::role(self),
            Cause::MfaRequired => credentials::mfa(self),
            Cause::WrongAccount => credentials::account(self),
            Cause::ClockSkew => clock::look(self),
            Cause::NoCredentials => nothing::look(self),
            Cause::ProfileNotFound => files::not_found(self),
            Cause::ConfigUnparsable => files::unparsable(self),
            Cause::CredentialProcessFailed => files::process(self),
            Cause::EnvironmentShadowsProfile => files::shadowed(self),
            Cause::MissingRegion => files::region(self),
            Cause::SdkConfigNotLoaded => files::not_loaded(self),
            Cause::KubernetesCredentials => others::kubernetes(self),
            Cause::ContainerRegistryTokenExpired => others::registry(self),
            Cause::BedrockBearerToken => others::bedrock(self),
            Cause::RegionNotEnabled => others::not_enabled(self),
            Cause::SdkModuleMissing => others::module(self),
            Cause::Network => others::network(self),
            Cause::LoginPermissionMissing
            | Cause::BedrockModelAccess
            | Cause::TlsInterception
            | Cause::Throttled
            | Cause::Unknown => {}
        }
    }

    /// The cause is a clearer one.
    fn turn_into(&mut self, cause: Cause) {
        self.cause = cause;
        self.login_helps = cause.about().login == LoginHelps::Yes;
    }

    fn shows(&mut self, evidence: Evidence) {
        if !self.evidence.contains(&evidence) {
            self.evidence.push(evidence);
        }
    }

    fn fix(&mut self, fix: Fix) {
        let is_same = |known: &Fix| known.title == fix.title || (fix.command.is_some() && known.command == fix.command);
        if !self.fixes.iter().any(is_same) {
            self.fixes.push(fix);
        }
    }

    /// What the doctor looks at.
    fn doctor(&self) -> Look<'a> {
        Look { around: self.around, world: self.world, view: self.view, now: self.now }
    }

    /// What of all that the doctor finds is wanted, whatever profile is meant.
    fn findings(&self, is_wanted: impl Fn(&Finding) -> bool) -> Vec<Finding> {
        let found = self.found.get_or_init(|| {
            let around = Surroundings { profile: None, ..self.around.clone() };
            findings(&around, self.world, self.view)
        });
        found.iter().filter(|finding| is_wanted(finding)).cloned().collect()
    }

    /// What the doctor found is evidence, and what mends it the cure.
    fn takes(&mut self, finding: Finding) {
        self.shows(problems::evidence(&finding.problem));
        if finding.fixes.is_empty() {
            self.fix(problems::by_hand(self.world.files(), &finding.problem));
        }
        for fix in finding.fixes {
            self.fix(fix);
        }
    }

    fn says(&mut self, sentence: impl Into<String>) {
        self.more.push(sentence.into());
    }

    /// Evidence on the target profile, at its header.
    fn of_profile(&self, what: impl Into<String>) -> Evidence {
        let profile = self.target.profile.and_then(|profile| self.world.config.profiles.get(&profile.name));
        let evidence = Evidence::new(what);
        match profile.filter(|profile| profile.place.line > 0) {
            Some(profile) => evidence.at(self.world.files().path(profile.place.file), Some(profile.place.line)),
            None => evidence,
        }
    }

    fn answer(mut self) -> Answer {
        region::instead_of_sign_ins(&mut self);
        let about = self.cause.about();
        if self.fixes.is_empty() {
            let advice = about.advice.iter().map(|advice| Fix::new(*advice));
            self.fixes = advice.collect();
        }
        if !self.login_helps {
            // What cannot help is not proposed.
            self.fixes.retain(|fix| !matches!(fix.action, Some(Action::SignIn(_) | Action::Renew(_))));
        }
        if let Some(basis) = self.target.words(self.world) {
            self.says(basis);
        }
        let mut explanation = about.explanation.to_string();
        if self.cause.is_not_about_credentials() {
            explanation.insert_str(0, "This is not a credential problem. ");
        }
        for sentence in &self.more {
            explanation.push(' ');
            explanation.push_str(sentence);
        }
        let profile = self.target.profile;
        // A name that the files do not have may be anything that was pasted.
        let named = |name: &Option<String>| name.as_deref().map(masked);
        let of_profile = |get: fn(&crate::view::ProfileView) -> Option<String>| profile.and_then(get);
        let text = &self.said.named;
        let is_of_account = text.account.is_none() || text.account == of_profile(|profile| profile.account_id.clone());
        Answer {
            version: 1,
            matched: self.said.matched.clone().filter(|_| self.cause != Cause::Unknown),
            client: self.said.client.filter(|_| self.cause != Cause::Unknown).and_then(Client::code),
            cause: self.cause,
            title: about.title,
            profile: profile.map(|profile| profile.name.clone()).or_else(|| named(&text.profile)),
            session: self.target.session.map(|session| session.id.clone()),
            account: named(&text.account).or_else(|| of_profile(|profile| profile.account_id.clone())),
            region: named(&text.region).or_else(|| of_profile(|profile| profile.region.clone())),
            role: named(&text.role)
                .or_else(|| of_profile(|profile| profile.role_name.clone()).filter(|_| is_of_account)),
            explanation,
            evidence: self.evidence,
            fixes: self.fixes,
            login_helps: self.login_helps,
            credential_problem: self.cause != Cause::Unknown && !self.cause.is_not_about_credentials(),
            also: self
                .said
                .also
                .iter()
                .map(|(cause, matched)| Also { cause: *cause, matched: matched.clone() })
                .collect(),
        }
    }
}

/// What makes programs that are started from this terminal take a profile.
fn select(case: &Case<'_>, profile: &str) -> Option<String> {
    export(case.around.shell, "AWS_PROFILE", profile)
}

/// What shows a file to the person.
fn open(file: FileKind) -> Action {
    Action::OpenFile(match file {
        FileKind::Config => Place::Config,
        FileKind::Credentials => Place::Credentials,
    })
}

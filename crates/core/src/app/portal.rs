//! What a person picks in the window of accounts, roles and organisations.

use super::{App, Effect};
use crate::accounts::{Accounts, AccountsPage, ProfilesWish, SessionPage, SessionWish};
use crate::config::SessionId;
use crate::flow::Outcome;
use crate::ini::Edit;
use crate::text::command_for;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The last list, and what was picked of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Portal {
    session: Option<SessionId>,
    /// The error is a sentence.
    listed: Option<Result<Accounts, String>>,
    profiles: Option<ProfilesWish>,
    organisation: Option<SessionWish>,
}

impl App {
    /// What the session that was asked for last may use; none until one was.
    pub fn accounts_page(&self) -> Option<AccountsPage> {
        let portal = &self.portal;
        let session = portal.session.as_ref()?;
        let wish = portal.profiles.as_ref().filter(|wish| wish.session == *session);
        Some(AccountsPage::new(&self.world, session, self.listing(session), portal.listed.as_ref(), wish))
    }

    /// The organisation that is being added; none until something was typed.
    pub fn session_page(&self) -> Option<SessionPage> {
        self.portal.organisation.as_ref().map(|wish| SessionPage::new(&self.world, wish))
    }

    pub(super) fn list_accounts(&mut self, session: SessionId) -> Vec<Effect> {
        let effects = self.flows.list(&self.world, &session, None, self.by);
        if self.portal.session.as_ref() != Some(&session) {
            self.portal = Portal { organisation: self.portal.organisation.take(), ..Portal::default() };
        }
        if !effects.is_empty() {
            self.portal.listed = None;
        }
        self.portal.session = Some(session);
        effects
    }

    pub(super) fn pick_profiles(&mut self, wish: ProfilesWish) {
        self.portal.profiles = Some(wish);
    }

    pub(super) fn pick_session(&mut self, wish: SessionWish) {
        self.portal.organisation = Some(wish);
    }

    /// Writes what the preview says.
    pub(super) fn write_profiles(&self) -> Vec<Effect> {
        let (Some(wish), Some(Ok(listed))) = (&self.portal.profiles, &self.portal.listed) else {
            return Vec::new();
        };
        // What is listed may be another session's by now.
        let is_listed = self.portal.session.as_ref() == Some(&wish.session);
        let Some(session) = self.world.config.sessions.get(&wish.session).filter(|_| is_listed) else {
            return Vec::new();
        };
        match wish.plan(&self.world, session, listed) {
            Ok(plan) if !plan.is_empty() => vec![self.edit_config(plan.edits())],
            Ok(_) => Vec::new(),
            Err(sentence) => vec![Effect::Trouble(sentence)],
        }
    }

    /// Writes the `[sso-session]` that the preview says.
    pub(super) fn write_session(&self) -> Vec<Effect> {
        let Some(wish) = &self.portal.organisation else { return Vec::new() };
        match wish.session(&self.world) {
            Ok(new) => vec![self.edit_config(vec![new.edit()])],
            Err(sentence) => vec![Effect::Trouble(sentence)],
        }
    }

    /// Keeps what came of a list that was asked for in the window.
    pub(super) fn listed(&mut self, session: &SessionId, outcome: &Outcome) {
        if self.portal.session.as_ref() != Some(session) {
            return;
        }
        self.portal.listed = Some(match outcome {
            Outcome::Listed(accounts) => Ok(accounts.clone()),
            Outcome::Failed { message, .. } | Outcome::Offline { message } => Err(message.clone()),
            _ => {
                let name = self.world.config.name_of(session);
                let cure = command_for("relight login", &name);
                Err(format!("AWS does not take the token of {name} any more. Sign in again, here or with: {cure}"))
            }
        });
    }

    fn edit_config(&self, edits: Vec<Edit>) -> Effect {
        Effect::EditConfig { edits, seen: self.world.files().config.bytes().to_vec() }
    }
}

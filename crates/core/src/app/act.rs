//! What a person asked for.

use super::{App, Effect};
use crate::action::{Action, Part};
use crate::config::{Credentials, Session, SessionId, portal};
use crate::flow::{Do, Wish};
use crate::status::State;
use crate::time::Timestamp;
use alloc::collections::VecDeque;
use alloc::vec;
use alloc::vec::Vec;

impl App {
    pub(super) fn act(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        match action {
            Action::SignIn(session) => self.sign_in(&Wish::new(session), now),
            Action::Renew(session) => self.sign_in(&Wish::renewing(session), now),
            Action::UseCode(session) => self.flows.use_code(&session),
            Action::SignInAll(sessions) => {
                self.queue = sessions.into();
                self.next_in_queue(now)
            }
            Action::Cure => self.cure(now),
            Action::Later(keys) => {
                self.memory.later(&keys, now);
                vec![Effect::Remember(self.memory.clone())]
            }
            Action::Cancel(session) => {
                self.queue.clear();
                self.flows.cancel(&session);
                Vec::new()
            }
            Action::OpenPage(session) => self.open_page(&session),
            Action::OpenPortal(profile) => self.open_portal(&profile),
            Action::SignOut(session) => self.flows.log_out(&self.world, &session),
            Action::RunProcess(profile) => self.run_process(&profile).into_iter().collect(),
            // It counts when the file says so, for all programs.
            Action::Set(setting) => vec![Effect::Change(setting)],
            Action::OpenFile(place) => vec![Effect::OpenFile(place)],
            Action::Explain(pasted) => self.explain(&pasted),
            Action::CheckComputer => self.check_computer(),
            Action::Mend(shown) => self.mend(&shown, now),
            Action::TakeBack => vec![Effect::TakeBack],
            Action::LeaveMending => {
                self.leave_mending();
                Vec::new()
            }
            Action::OpenWindow(part) => vec![Effect::OpenWindow(part)],
            // Whoever shows the window gathers them: only it knows where they go.
            Action::CopyDiagnostics => Vec::new(),
            Action::ListAccounts(session) => self.list_accounts(session),
            Action::PickProfiles(wish) => {
                self.pick_profiles(wish);
                Vec::new()
            }
            Action::WriteProfiles => self.write_profiles(),
            Action::PickSession(wish) => {
                self.pick_session(wish);
                Vec::new()
            }
            Action::WriteSession => self.write_session(),
            Action::RefreshAll => {
                let sessions = self.refreshable(now);
                sessions.iter().flat_map(|session| self.flows.refresh(&self.world, session, true, self.by)).collect()
            }
            Action::Quit => {
                self.silent.stop();
                self.queue.clear();
                self.flows.hurry(now);
                vec![Effect::Quit]
            }
        }
    }

    /// What "Refresh now" renews.
    fn refreshable(&self, now: Timestamp) -> Vec<SessionId> {
        let view = self.view(now);
        view.sessions.into_iter().filter(|session| session.refreshable).map(|session| session.id).collect()
    }

    /// The left click: the page under way once more; else what has ended, one page after another; else what ends soonest.
    fn cure(&mut self, now: Timestamp) -> Vec<Effect> {
        let view = self.view(now);
        if let Some((session, _)) = view.logins().find(|(session, _)| self.flows.has_login(&session.id)) {
            return self.open_page(&session.id);
        }
        let to_cure = view.to_cure();
        let ended = to_cure.iter().filter(|session| session.state != State::Expiring);
        let ended: VecDeque<_> = ended.map(|session| session.id.clone()).collect();
        match (ended.is_empty(), to_cure.first(), view.logins().next()) {
            (false, ..) => {
                self.queue = ended;
                self.next_in_queue(now)
            }
            (true, Some(next), _) => self.sign_in(&Wish::new(next.id.clone()), now),
            (true, None, Some((session, _))) => self.open_page(&session.id),
            (true, None, None) => vec![Effect::OpenWindow(Part::Sessions)],
        }
    }

    pub(super) fn sign_in(&mut self, wish: &Wish, now: Timestamp) -> Vec<Effect> {
        self.failures.retain(|(of, ..)| *of != wish.session);
        if self.flows.has_login(&wish.session) {
            return self.open_page(&wish.session);
        }
        self.flows.sign_in(&self.world, wish, self.by, now)
    }

    /// Opens the page of a sign-in under way once more, whoever sees it through.
    fn open_page(&self, session: &SessionId) -> Vec<Effect> {
        if let Some((ticket, page)) = self.flows.page(session) {
            return vec![Effect::Do(ticket, Do::OpenBrowser(session.clone(), page))];
        }
        let elsewhere =
            self.world.attempts.get(&session.token_file()).and_then(|login| login.verification_uri_complete.clone());
        elsewhere.map(|page| Effect::Browse(session.clone(), page)).into_iter().collect()
    }

    /// The effect that runs a profile's `credential_process`; none where it has none.
    pub fn run_process(&self, profile: &str) -> Option<Effect> {
        let profile = self.world.config.profiles.get(profile)?;
        let Credentials::CredentialProcess { command } = &profile.credentials else { return None };
        Some(Effect::RunProcess {
            profile: profile.name.clone(),
            process: profile.process()?,
            command: command.clone(),
        })
    }

    /// Opens the access portal where a profile's account and role are.
    fn open_portal(&self, profile: &str) -> Vec<Effect> {
        let Some(profile) = self.world.config.profiles.get(profile) else { return Vec::new() };
        let Credentials::Sso { account_id, role_name, .. } = &profile.credentials else { return Vec::new() };
        let session = profile.session().and_then(|id| self.world.config.sessions.get(id));
        let page = |session: &Session| {
            let portal = portal::console(&session.start_url, account_id.as_deref(), role_name.as_deref());
            Effect::Browse(session.id.clone(), portal)
        };
        session.filter(|session| session.is_complete()).map(page).into_iter().collect()
    }
}

//! How the machine in memory carries out what the core asks for.

use crate::simulation::Machine;
use relight_core::app::{Effect, Event, Ticket};
use relight_core::cache::{CacheName, Registration};
use relight_core::flow::{Call, Do, Listening, Lock, Operation, Reply};
use relight_core::secret::Secret;
use relight_core::time::SignedDuration;
use relight_core::world::{Content, Seen};

impl Machine {
    pub(crate) fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Do(ticket, next) => self.step(ticket, next),
                Effect::Finished(session, outcome) => self.outcomes.push((session.to_string(), outcome)),
                Effect::End(_) => self.log.push("end".into()),
                Effect::Learn(fact) => {
                    // Through the file, and back by the watch.
                    self.history.add(&fact);
                    let written = serde_json::to_string(&self.history).unwrap();
                    self.history = serde_json::from_str(&written).unwrap();
                    self.event(Event::Seen(vec![Seen::Learned(self.history.clone())]));
                }
                Effect::RememberRefused(..) => self.log.push("remember the refusal".into()),
                Effect::RememberRevoked(..) => self.log.push("remember that it was revoked".into()),
                Effect::OpenWindow(part) => self.log.push(format!("open the window at {part:?}")),
                Effect::Browse(_, url) => self.pages.push(url),
                Effect::Change(setting) => self.log.push(format!("write {setting:?}")),
                Effect::RunProcess { profile, .. } => self.log.push(format!("run the process of {profile}")),
                Effect::EditConfig { edits, .. } => self.log.push(format!("edit the config file: {edits:?}")),
                Effect::Mend { change, .. } => self.log.push(format!("mend {}: {:?}", change.file, change.diff)),
                Effect::TakeBack => self.log.push("take back".into()),
                Effect::LookAround => self.log.push("look around".into()),
                Effect::OpenFile(place) => self.log.push(format!("open the file of {place:?}")),
                Effect::Remember(_) => {}
                Effect::Trouble(sentence) => self.log.push(sentence),
                Effect::Quit => self.log.push("quit".into()),
            }
        }
    }

    fn step(&mut self, ticket: Ticket, next: Do) {
        self.steps += 1;
        self.now += self.jump.filter(|(step, _)| *step == self.steps).map_or(SignedDuration::ZERO, |(_, by)| by);
        let reply = match next {
            Do::Lock(Lock::Browser) if self.browser_held => Reply::LockHeld,
            Do::Lock(_) if self.held => Reply::LockHeld,
            Do::Lock(_) => Reply::Locked,
            Do::AwaitLock(_) => return self.unanswered.push(ticket),
            Do::ReadLogin(name) => {
                self.meanwhile(&name);
                let content = self.read_login(&name);
                self.event(Event::Seen(vec![Seen::Login(name, content.clone())]));
                Reply::Login(content)
            }
            Do::ReadToken(name) => {
                self.meanwhile(&name);
                let content = self.read(&name);
                self.event(Event::Seen(vec![Seen::Token(name, content.clone())]));
                Reply::Token(content)
            }
            Do::ReadRegistrations(names) => {
                let found = names
                    .iter()
                    .filter_map(|name| Registration::parse(self.files.get(name.as_str())?.0.as_bytes()).ok());
                Reply::Registrations(found.collect())
            }
            Do::Call(call) => return self.call(ticket, &call),
            Do::TestWrite(_) if self.disk_full && !self.fills_up => {
                Reply::Written(Err("no space left on device".into()))
            }
            Do::TestWrite(_) => Reply::Written(Ok(())),
            Do::WriteToken(..) | Do::WriteLogin(..) if self.disk_full => {
                Reply::Written(Err("no space left on device".into()))
            }
            Do::WriteToken(name, text) => {
                self.files.insert(name.as_str().into(), (text.expose().into(), self.now));
                let content = self.read(&name);
                self.event(Event::Seen(vec![Seen::Token(name, content)]));
                Reply::Written(Ok(()))
            }
            Do::WriteLogin(name, text) => {
                self.files.insert(name.as_str().into(), (text.expose().into(), self.now));
                let content = self.read_login(&name);
                self.event(Event::Seen(vec![Seen::Login(name, content)]));
                Reply::Written(Ok(()))
            }
            Do::RemoveLogin { login: name, roles } => {
                self.log.push(format!("remove the login and {} role caches", roles.len()));
                self.files.remove(name.as_str());
                self.event(Event::Seen(vec![Seen::Login(name, Content::Missing)]));
                Reply::Written(Ok(()))
            }
            Do::WriteRegistration(name, text) => {
                self.files.insert(name.as_str().into(), (text.expose().into(), self.now));
                return;
            }
            Do::Remove { token, roles } => {
                self.log.push(format!("remove the token and {} role caches", roles.len()));
                self.files.remove(token.as_str());
                self.event(Event::Seen(vec![Seen::Token(token, Content::Missing)]));
                Reply::Written(Ok(()))
            }
            Do::ForgetRegistration(name) => {
                self.files.remove(name.as_str());
                return;
            }
            Do::Publish(..) => return,
            Do::Unlock(lock) => return self.freed.push(lock),
            Do::OpenBrowser(_, url) => return self.pages.push(url),
            Do::TryFromWindows(..) => {
                self.log.push("try from Windows".into());
                Reply::Tried(self.cut_off.map_or(Ok(()), Err))
            }
            Do::Listen if self.no_port => Reply::ListenFailed("no port is free".into()),
            Do::Listen => {
                self.away.push(ticket);
                Reply::Listening(Listening { port: 4711, state: Secret::new("st"), verifier: Secret::new("ve") })
            }
            Do::Draw => Reply::Drawn { state: Secret::new("st"), verifier: Secret::new("ve") },
            Do::AskForCode => {
                self.asking = Some(ticket);
                return;
            }
            Do::TellBrowser(told) => {
                self.told.push(told.sentence);
                if self.browser_is_slow {
                    return;
                }
                Reply::BrowserTold
            }
        };
        self.event(Event::Reply(ticket, reply));
    }

    /// Another client writes just before the file is read.
    fn meanwhile(&mut self, name: &CacheName) {
        if let Some(Some(text)) = self.meanwhile.pop_front() {
            self.files.insert(name.as_str().into(), (text, self.now));
        }
    }

    fn call(&mut self, ticket: Ticket, call: &Call) {
        self.regions.push(call.target.region.clone());
        self.calls.push(match &call.operation {
            Operation::RegisterClient { redirect: None, .. } => "register",
            Operation::RegisterClient { redirect: Some(_), .. } => "register for the redirect",
            Operation::StartDeviceAuthorization { .. } => "start",
            Operation::CreateToken { .. } => "token",
            Operation::RedeemCode { .. } => "redeem",
            Operation::RefreshToken { .. } => "refresh",
            Operation::RefreshLogin { .. } => "refresh login",
            Operation::RedeemLoginCode { .. } => "redeem login",
            Operation::Logout { .. } => "logout",
            Operation::ResolveStartUrl { .. } => "resolve",
            Operation::ListAccounts { .. } => "accounts",
            Operation::ListAccountRoles { .. } => "roles",
        });
        let answer = self.aws.as_mut().map(|aws| aws.answer(&call.operation, self.now));
        match answer.or_else(|| self.answers.pop_front()) {
            Some(answer) => self.event(Event::Reply(ticket, Reply::Answer(answer))),
            None => self.unanswered.push(ticket),
        }
    }
}

//! What a person wants of a sign-in, and which way that leads.

use crate::config::{Remote, SessionId, SessionKind};
use alloc::format;
use alloc::string::String;

/// A sign-in that a person asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// To what.
    pub session: SessionId,
    /// The profile that was named: its endpoint override counts then.
    pub profile: Option<String>,
    /// How.
    pub flow: Wanted,
    /// End the present session at the portal first, so that a full one begins.
    pub renew: bool,
    /// Whether the page is opened here; else the person opens it, maybe on another device.
    pub opens_browser: bool,
}

/// The ways that a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// What suits session and machine best.
    Auto,
    /// The browser comes back to this machine.
    Pkce,
    /// A code is compared.
    Device,
}

/// The ways there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Authorization code with PKCE (aws-sessions.md 3.4).
    Redirect,
    /// Device authorization (aws-sessions.md 3.3).
    Device,
}

impl Wish {
    /// The usual sign-in.
    pub fn new(session: SessionId) -> Self {
        Self { session, profile: None, flow: Wanted::Auto, renew: false, opens_browser: true }
    }

    /// The usual sign-in, after the present session was ended.
    pub fn renewing(session: SessionId) -> Self {
        Self { renew: true, ..Self::new(session) }
    }

    /// The way, and why it is not the one that the person would expect.
    pub(super) fn way(&self, remote: Option<Remote>) -> (Way, Option<String>) {
        let legacy = self.session.kind() == SessionKind::Legacy;
        match (self.flow, remote) {
            (Wanted::Pkce, _) if legacy => {
                let note = "Profiles that spell sso_start_url themselves sign in with a code: only an [sso-session] can be signed in to by PKCE.";
                (Way::Device, Some(note.into()))
            }
            (Wanted::Device, _) => (Way::Device, None),
            (Wanted::Auto, _) if legacy || !self.opens_browser => (Way::Device, None),
            (Wanted::Pkce, _) | (Wanted::Auto, None | Some(Remote::Wsl)) => (Way::Redirect, None),
            (Wanted::Auto, Some(remote)) => {
                let note =
                    format!("This is {remote}, to which a browser cannot come back, so you sign in with a code.");
                (Way::Device, Some(note))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pkce_is_usual_and_a_code_where_a_browser_cannot_come_back() {
        let corp = Wish::new(SessionId::SsoSession("corp".into()));
        let of = |wish: &Wish, remote| wish.way(remote).0;
        assert_eq!(of(&corp, None), Way::Redirect);
        assert_eq!(of(&corp, Some(Remote::Ssh)), Way::Device);
        assert_eq!(of(&corp, Some(Remote::Wsl)), Way::Redirect);
        assert_eq!(of(&Wish { flow: Wanted::Pkce, ..corp.clone() }, Some(Remote::Ssh)), Way::Redirect);
        assert_eq!(of(&Wish { flow: Wanted::Device, ..corp.clone() }, None), Way::Device);
        assert_eq!(of(&Wish { opens_browser: false, ..corp }, None), Way::Device);
        assert_eq!(of(&Wish::new(SessionId::Legacy("https://x".into())), None), Way::Device);
    }

    #[test]
    fn another_way_than_expected_says_why() {
        let corp = Wish::new(SessionId::SsoSession("corp".into()));
        insta::assert_snapshot!(corp.way(Some(Remote::Ssh)).1.unwrap_or_default(), @"This is a remote shell, to which a browser cannot come back, so you sign in with a code.");
        let old = Wish { flow: Wanted::Pkce, ..Wish::new(SessionId::Legacy("https://x".into())) };
        assert!(old.way(None).1.is_some_and(|note| note.contains("[sso-session]")));
        assert_eq!(corp.way(None).1, None);
    }
}

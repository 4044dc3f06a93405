//! What can be wrong, and what a client's text about it means.

mod files;
mod keys;
mod sso;

use super::clients::Client;
use crate::setting::Result;
use relight_tests::fake_aws::FakeAws;
use relight_tests::world::World;

/// Something that is wrong.
pub(super) struct Situation {
    pub(super) name: &'static str,
    /// The cause that a text about it tells.
    pub(super) cause: &'static str,
    /// Clients whose text tells another cause, because it does not say what is wrong.
    pub(super) but: &'static [(Client, &'static str)],
    /// The config file; `{home}` stands for the home folder.
    pub(super) config: &'static str,
    pub(super) credentials: &'static str,
    pub(super) prepare: fn(&FakeAws, &World) -> Result<()>,
    pub(super) profile: &'static str,
    pub(super) variables: &'static [(&'static str, &'static str)],
    pub(super) way: Way,
    /// Clients that are not asked: because they cannot be turned to the fake for it, or are not of that kind.
    pub(super) without: &'static [Client],
}

/// Where the calls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the fake.
    Fake,
    /// Where nothing listens.
    Refused,
    /// To the fake, behind a certificate of an authority that nobody knows.
    Untrusted,
    /// Through a proxy that is not there.
    Proxy,
}

/// An ordinary profile and nothing wrong with it.
const USUAL: Situation = Situation {
    name: "",
    cause: "",
    but: &[],
    config: sso::CONFIG,
    credentials: "",
    prepare: |_, _| Ok(()),
    profile: "payroll",
    variables: &[],
    way: Way::Fake,
    without: &[],
};

impl Situation {
    pub(super) fn cause_of(&self, client: Client) -> &'static str {
        self.but.iter().find(|(of, _)| *of == client).map_or(self.cause, |(_, cause)| cause)
    }
}

/// All of them.
pub(super) fn all() -> impl Iterator<Item = &'static Situation> {
    sso::SITUATIONS.iter().chain(keys::SITUATIONS).chain(files::SITUATIONS)
}

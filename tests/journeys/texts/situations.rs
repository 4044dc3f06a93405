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
    /// Whether only a whole trace tells that this is about credentials.
    pub(super) only_in_full: bool,
    /// What the AWS CLI is told to do.
    pub(super) words: &'static [&'static str],
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
    only_in_full: false,
    words: &["sts", "get-caller-identity"],
    without: &[],
};

impl Situation {
    pub(super) fn cause_of(&self, client: Client) -> &'static str {
        self.but.iter().find(|(of, _)| *of == client).map_or(self.cause, |(_, cause)| cause)
    }
}

/// So that a test does not wait long for clients that try again.
const TWICE: &[(&str, &str)] = &[("AWS_MAX_ATTEMPTS", "2")];

/// What only the AWS CLI is told to do.
const fn told(name: &'static str, cause: &'static str, words: &'static [&'static str]) -> Situation {
    Situation { name, cause, words, without: &[Client::Boto3, Client::Js, Client::Rust], ..USUAL }
}

/// All of them.
pub(super) fn all() -> impl Iterator<Item = &'static Situation> {
    sso::SITUATIONS.iter().chain(keys::SITUATIONS).chain(files::SITUATIONS)
}

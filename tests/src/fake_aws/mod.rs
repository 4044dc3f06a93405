//! A fake AWS on loopback: sso-oidc, the sso portal, signin and sts, and a little of Bedrock and EKS.
//!
//! It is a model of the server, not a list of canned answers: a device code is pending until
//! someone approves it, a refresh token works once, a session ends when its time is over. Its
//! facts come from `aws-sessions.md`, its shapes from the models in botocore. What goes wrong on
//! the way to AWS is ordered separately, as a [`Fault`].
//!
//! ```no_run
//! # use relight_tests::fake_aws::{FakeAws, Operation, Organisation};
//! # use std::time::Duration;
//! let aws = FakeAws::start();
//! aws.add_organisation(Organisation::example("https://example.awsapps.com/start"));
//! // … start a client with `aws.url()` as its endpoint …
//! aws.wait_for(Operation::CreateToken, 1, Duration::from_secs(5)).unwrap();
//! aws.approve(&aws.pending()[0].user_code).unwrap();
//! ```

mod access_key;
mod answer;
mod authorize;
mod bedrock;
mod client;
mod clock;
mod controls;
mod create_token;
mod device;
mod eks;
mod fault;
mod grant_login;
mod journal;
mod lock;
mod mint;
mod model;
mod operation;
mod organisation;
mod pages;
mod portal;
mod server;
mod session;
mod signin;
mod sts;
mod tls;
mod verify;
mod world;

#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;

pub use controls::{Grant, PendingDevice, UserKey};
pub use fault::{Fault, FaultPlan};
pub use grant_login::LoginGrant;
pub use journal::Request;
pub use operation::Operation;
pub use organisation::{Account, Organisation, Role};
pub use tls::Network;

use server::Server;
use world::World;

/// A running fake AWS. All its services answer at one URL; dropped, it stops.
#[derive(Debug)]
pub struct FakeAws {
    url: String,
    world: Arc<World>,
    _server: Server,
}

impl FakeAws {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Panics
    ///
    /// When the machine has no port or no thread left.
    pub fn start() -> Self {
        Self::start_on(0).expect("the fake AWS starts on a free port")
    }

    /// Starts on this port of 127.0.0.1.
    pub fn start_on(port: u16) -> io::Result<Self> {
        let (listener, url) = server::bind(port)?;
        let world = Arc::new(World::new(url.clone()));
        let server = Server::start(listener, Arc::clone(&world))?;
        Ok(Self { url, world, _server: server })
    }

    /// The endpoint of every service, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

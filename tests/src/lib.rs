//! What Relight's tests share: a fake AWS to sign in to, a sealed world to run programs in, and a private desktop.
//!
//! The fake, as the binary `fake-aws`, also serves people who want to see Relight without an AWS account.

#[cfg(unix)]
pub mod demo;
#[cfg(target_os = "linux")]
pub mod desktop;
pub mod fake_aws;
pub mod world;

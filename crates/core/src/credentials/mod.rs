//! The credentials of a profile: the steps that lead to them, the caches that the AWS CLI shares, and their texts.

mod cached;
mod format;
mod keys;
mod lasting;
mod obtain;
mod plan;
mod sentence;

pub use cached::{Assumed, write_sso};
pub use format::Format;
pub use keys::{AccessKeys, FRESH_FOR, NoKeys};
pub use lasting::{Lasting, Sureness, lasting};
pub use obtain::{Failure, Got, Need, Obtain};
pub use plan::{Plan, Source, Sts};
pub use sentence::CallFailure;

//! A text as a person pasted it. It may hold anything, so it is a secret.

use crate::secret::Secret;
use alloc::string::String;
use serde::{Deserialize, Deserializer};

/// The text of an error, and whatever was copied with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
pub struct Pasted(Secret);

impl Pasted {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Secret::new(text))
    }

    /// For [`super::recognise`].
    pub fn bytes(&self) -> &[u8] {
        self.0.expose().as_bytes()
    }
}

impl<'de> Deserialize<'de> for Pasted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

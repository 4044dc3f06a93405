//! Makes identifiers, codes and secrets, and remembers every secret it made.

use std::hash::{BuildHasher, RandomState};

/// Consonants only, so that no code spells a word (RFC 8628, 6.1).
const USER_CODE_LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";

/// The source of everything the model hands out.
///
/// Each run of the fake draws other values, so that a token file left by an earlier run is not
/// mistaken for a live one. They need to be unique, not hard to guess: the standard library's
/// hash keys suffice.
#[derive(Debug, Default)]
pub(super) struct Mint {
    randomness: RandomState,
    drawn: u64,
    secrets: Vec<String>,
}

impl Mint {
    /// A value that grants something. It is remembered for [`Mint::secrets`].
    pub(super) fn secret(&mut self, prefix: &str) -> String {
        let secret = format!("{prefix}FAKE{}{}", self.digits(), self.digits());
        self.secrets.push(secret.clone());
        secret
    }

    /// The secret half of an access key: 40 characters, as AWS makes them.
    pub(super) fn secret_access_key(&mut self) -> String {
        self.secret("FAKE")
    }

    /// A value that names something and may be shown.
    pub(super) fn identifier(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", self.digits())
    }

    /// A user code such as `KJTX-QWPM`.
    pub(super) fn user_code(&mut self) -> String {
        let mut number = self.number();
        let mut letters = || {
            let letter = USER_CODE_LETTERS[(number % 20) as usize] as char;
            number /= 20;
            letter
        };
        let (left, right): (String, String) = (
            std::iter::repeat_with(&mut letters).take(4).collect(),
            std::iter::repeat_with(&mut letters).take(4).collect(),
        );
        format!("{left}-{right}")
    }

    /// A running number, from 1.
    pub(super) fn serial(&mut self) -> u64 {
        self.drawn += 1;
        self.drawn
    }

    /// Every secret made so far, in order.
    pub(super) fn secrets(&self) -> &[String] {
        &self.secrets
    }

    fn digits(&mut self) -> String {
        format!("{:016X}", self.number())
    }

    fn number(&mut self) -> u64 {
        let serial = self.serial();
        self.randomness.hash_one(serial)
    }
}

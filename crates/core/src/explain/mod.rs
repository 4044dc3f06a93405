//! Explains the errors of programs that use AWS: which cause a text has, what this machine's files say to it, and what
//! to do.
//!
//! First the text alone: `clean` makes it plain, `search` finds what the table in `phrases` lists, `innermost` tells
//! which of that is the cause of the rest, `found` picks out names. Then `join` asks the machine's state.

mod about;
mod answer;
mod bare;
mod cause;
mod clean;
mod cut;
#[cfg(test)]
mod document;
mod found;
mod innermost;
mod join;
mod masked;
mod pasted;
mod pattern;
mod phrase;
mod phrases;
mod regions;
mod registry;
mod search;
mod speaker;
mod squeezed;

pub use answer::{Also, Answer, Evidence};
pub use cause::{About, Cause, LoginHelps};
pub use found::Named;
pub use pasted::Pasted;
pub use phrase::Client;
pub use registry::{Packages, Registry};

use crate::doctor::Surroundings;
use crate::view::View;
use crate::world::World;
use alloc::string::String;
use alloc::vec::Vec;
use innermost::Known;

/// What a text says, without this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Why; [`Cause::Unknown`] where nothing was found.
    pub cause: Cause,
    /// The words that tell it, as they stand in the text but for what may be secret.
    pub matched: Option<String>,
    /// Who says them.
    pub client: Option<Client>,
    /// What else is said, of other causes.
    pub also: Vec<(Cause, String)>,
    /// What the text names.
    pub named: Named,
}

/// What `bytes` mean on this machine: the cause, what its files and what is `around` them say to it, and what to do.
pub fn explain(bytes: &[u8], around: Surroundings, world: &World, view: &View) -> Answer {
    answer(&recognise(bytes), around, world, view)
}

/// What a text that was recognised before means on this machine now.
pub fn answer(recognised: &Recognised, around: Surroundings, world: &World, view: &View) -> Answer {
    join::join(recognised, around, world, view)
}

/// Looks for errors in `bytes`, which may be anything. In linear time.
pub fn recognise(bytes: &[u8]) -> Recognised {
    let text = clean::clean(bytes);
    let Some(said) = innermost::judge(&text, search::search(&text)) else { return bare::recognise(&text) };
    let named = found::named(&text, &said);
    Recognised {
        cause: regions::clearer(said.inner.cause, &text, &said, &named),
        matched: Some(words(&text, &said.inner)),
        client: Some(speaker::speaker(&text, &said)),
        also: said.also.iter().map(|known| (known.cause, words(&text, known))).collect(),
        named,
    }
}

fn words(text: &str, known: &Known) -> String {
    masked::masked(innermost::sentence(text, known.hit.start, known.hit.end))
}

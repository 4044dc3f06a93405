//! Asks AWS who each profile is: politely, a few at a time.

use crate::aws::Aws;
use crate::clock;
use crate::credentials::Getting;
use crate::paths::Paths;
use relight_core::credentials::{Failure, Sts};
use relight_core::doctor::{Asked, Identity, Unknown, whom_to_ask};
use relight_core::time::Timestamp;
use relight_core::view::View;
use relight_core::world::World;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// More calls are not made at once.
const AT_ONCE: usize = 4;

/// All of them, or the one `named`, in the view's order. `progress` is told how many were asked. Blocks.
pub fn ask(
    paths: &Paths,
    world: &World,
    view: &View,
    named: Option<&str>,
    progress: impl Fn(usize) + Sync,
) -> Vec<Asked> {
    let all = whom_to_ask(world, view, named);
    let to_ask = all.iter().filter(|(_, why_not)| why_not.is_none()).map(|(name, _)| name.clone());
    let waiting = Mutex::new(to_ask.collect::<VecDeque<_>>());
    let asked: Mutex<Vec<Asked>> = Mutex::default();
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(name) = next() {
                    let one = identity(paths, world, &name);
                    let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
                    asked.push(one);
                    progress(asked.len());
                }
            });
        }
    });
    let mut asked = asked.into_inner().unwrap_or_else(PoisonError::into_inner);
    let not_asked = all.iter().filter_map(|(name, why_not)| {
        Some(Asked { profile: name.clone(), answer: Err(why_not.clone()?), times: None })
    });
    asked.extend(not_asked);
    let place = |one: &Asked| all.iter().position(|(name, _)| *name == one.profile);
    asked.sort_by_key(place);
    asked
}

fn identity(paths: &Paths, world: &World, name: &str) -> Asked {
    let (answer, times) = match call(paths, world, name) {
        Ok((answer, times)) => (answer, times),
        Err(failure) => (Err(Unknown::NoKeys(failure)), None),
    };
    Asked { profile: name.to_owned(), answer, times }
}

type Answered = (Result<Identity, Unknown>, Option<(Timestamp, Timestamp)>);

fn call(paths: &Paths, world: &World, name: &str) -> Result<Answered, Failure> {
    // Nobody is asked for the code of an MFA device: what is cached serves.
    let keys = Getting::new(paths, |_| None).get(name, world.files(), &world.config)?;
    let sts = Sts::of_profile(name, &world.config, &paths.environment).map_err(Failure::World)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::World(format!("The system gives no resources to start: {error}.")))?;
    let aws = Aws::new(paths.ca_bundle.clone());
    let (answer, date) = runtime.block_on(aws.caller_identity(&sts, &keys));
    Ok((answer.map_err(Unknown::Refused), date.map(|date| (clock::now(), date))))
}

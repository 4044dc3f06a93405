//! Runs `credential_process` programs, because their profiles were named, and keeps the ends that they name.

use super::block_on;
use super::ending::Ending;
use relight_core::app::Effect;
use relight_core::offline::OutputEnd;
use relight_core::text;
use relight_core::time::{Timestamp, until, write_date};
use relight_engine::engine::Engine;
use relight_engine::process::{self, Asker};
use relight_engine::{clock, state};
use serde_json::{Value, json};

/// What became of one.
pub(super) struct Ran {
    profile: String,
    /// The error is a sentence.
    end: Result<OutputEnd, String>,
    at: Timestamp,
}

/// Runs the programs of these profiles, one after another.
pub(super) fn run(profiles: &[&String], engine: &Engine) -> Result<Vec<Ran>, Ending> {
    profiles.iter().map(|profile| run_one(profile, engine)).collect()
}

fn run_one(profile: &str, engine: &Engine) -> Result<Ran, Ending> {
    let ran = |end| Ran { profile: profile.to_owned(), end, at: clock::now() };
    let Some(Effect::RunProcess { process, command, .. }) = engine.app().run_process(profile) else {
        return Ok(ran(Err(format!("{profile} has no credential_process."))));
    };
    let end = block_on(process::end_of(profile, command.expose(), Asker::Terminal))?;
    let kept = match &end {
        Ok(OutputEnd::At(end)) => state::remember_process(engine.paths(), &process, Some(*end), clock::now()),
        Ok(OutputEnd::Never) => state::remember_process(engine.paths(), &process, None, clock::now()),
        Ok(OutputEnd::Unsaid) | Err(_) => Ok(()),
    };
    Ok(ran(match kept {
        Ok(()) => end,
        Err(error) => Err(format!("The end of {profile} cannot be remembered: {error}.")),
    }))
}

impl Ran {
    /// `vendor: 55 min left.`; none for a failure, which is told on standard error.
    pub(super) fn line(&self) -> Option<String> {
        let standing = match self.end.as_ref().ok()? {
            OutputEnd::Never => "its credentials never end".to_owned(),
            OutputEnd::Unsaid => "its program names no end".to_owned(),
            OutputEnd::At(end) if *end > self.at => format!("{} left", text::span(until(self.at, *end))),
            OutputEnd::At(end) => {
                format!("the credentials that its program gave ended {}", text::ago(until(*end, self.at)))
            }
        };
        Some(format!("{}: {standing}.\n", self.profile))
    }

    pub(super) fn document(&self) -> Value {
        let (outcome, expires_at, message) = match &self.end {
            Ok(OutputEnd::At(end)) if *end <= self.at => ("ended", Some(write_date(*end)), None),
            Ok(OutputEnd::At(end)) => ("ran", Some(write_date(*end)), None),
            Ok(OutputEnd::Never | OutputEnd::Unsaid) => ("ran", None, None),
            Err(sentence) => ("failed", None, Some(sentence)),
        };
        json!({ "profile": self.profile, "outcome": outcome, "expires_at": expires_at, "message": message })
    }

    pub(super) fn ending(&self) -> Ending {
        match &self.end {
            Err(sentence) => Ending::World(sentence.clone()),
            Ok(OutputEnd::At(end)) if *end <= self.at => Ending::No,
            Ok(_) => Ending::Fine,
        }
    }
}

//! What a person wants mended in the window: an error that they pasted, or what a look at this computer finds.

use super::{App, Effect};
use crate::doctor::{Finding, Surroundings, findings};
use crate::explain::{Answer, Pasted, Recognised, answer, recognise};
use crate::fix::{Change, Mended, Shown};
use crate::time::Timestamp;
use crate::view::View;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// What is shown. Of a pasted text only what was recognised is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Mending {
    pasted: Option<Recognised>,
    checks: bool,
    around: Option<Box<Surroundings>>,
    mended: Option<Mended>,
}

impl Mending {
    /// Whether anybody wants to see it.
    fn is_open(&self) -> bool {
        self.pasted.is_some() || self.checks
    }
}

impl App {
    /// What the pasted text means now; none until one was, and what is around the files was looked at.
    pub fn answer(&self, view: &View) -> Option<Answer> {
        let Mending { pasted: Some(pasted), around: Some(around), .. } = &self.mending else { return None };
        Some(answer(pasted, (**around).clone(), &self.world, view))
    }

    /// What is wrong on this computer; none until it was looked for.
    pub fn findings(&self, view: &View) -> Option<Vec<Finding>> {
        let around = self.mending.around.as_ref().filter(|_| self.mending.checks)?;
        Some(findings(around, &self.world, view))
    }

    /// What came of the last change.
    pub fn mended(&self) -> Option<&Mended> {
        self.mending.mended.as_ref()
    }

    pub(super) fn explain(&mut self, pasted: &Pasted) -> Vec<Effect> {
        self.mending.mended = None;
        self.mending.pasted = Some(recognise(pasted.bytes()));
        vec![Effect::LookAround]
    }

    pub(super) fn check_computer(&mut self) -> Vec<Effect> {
        self.mending.mended = None;
        self.mending.checks = true;
        vec![Effect::LookAround]
    }

    /// What was looked at arrived.
    pub(super) fn looked_around(&mut self, around: Box<Surroundings>) {
        self.mending.around = self.mending.is_open().then_some(around);
    }

    /// Makes the change where it would still be what was shown.
    pub(super) fn mend(&mut self, shown: &Shown, now: Timestamp) -> Vec<Effect> {
        let view = self.view(now);
        let (answer, found) = (self.answer(&view), self.findings(&view));
        let of_answer = answer.iter().flat_map(|answer| &answer.fixes);
        let of_findings = found.iter().flatten().flat_map(|finding| &finding.fixes);
        let same = of_answer.chain(of_findings).find_map(|fix| fix.as_shown(shown));
        vec![match same.cloned() {
            Some(change) => self.make(change),
            None => {
                Effect::Trouble("The file changed meanwhile, so nothing was written. Look at the change again.".into())
            }
        }]
    }

    fn make(&mut self, change: Change) -> Effect {
        self.mending.mended = None;
        Effect::Mend { change: Box::new(change), seen: Box::new(self.world.files().clone()) }
    }

    /// A change was made, or taken back. What was looked at besides the AWS files may be different now.
    pub(super) fn mended_now(&mut self, mended: Mended) -> Vec<Effect> {
        self.mending.mended = Some(mended);
        if self.mending.is_open() { vec![Effect::LookAround] } else { Vec::new() }
    }

    pub(super) fn leave_mending(&mut self) {
        self.mending = Mending::default();
    }
}

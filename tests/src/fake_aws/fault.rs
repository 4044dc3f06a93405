//! Faults: what goes wrong between a client and AWS, as a test orders it.

use std::time::Duration;

use super::answer::{Answer, Outcome, Refusal};
use super::operation::{Operation, Protocol};

const HUGE: usize = 5 * 1024 * 1024;

/// Something that goes wrong instead of, or along with, the model's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Too many requests: 429, `Throttling` 400 at sts.
    Throttle,
    /// `SlowDownException` of sso-oidc; the same as [`Fault::Throttle`] elsewhere.
    SlowDown,
    /// An internal error, 500.
    ServerError,
    /// The model acts at once, its answer comes this much later (real time).
    Slow(Duration),
    /// No answer, ever, and the model does nothing.
    Hang,
    /// 200 with a web page, as a captive portal gives.
    Html,
    /// 200 with 5 MB of JSON.
    Huge,
    /// The model acts, but the connection breaks in the middle of its answer.
    CloseEarly,
    /// 400 with this message: `InvalidRequestException`, `ValidationError` at sts.
    Refuse(String),
    /// 200 without a body.
    EmptyBody,
    /// 200 with JSON that stops in the middle.
    BrokenJson,
    /// 200 with bytes that are no text.
    Garbage,
    /// This error of the service: its HTTP status and its name in the model.
    Error(u16, &'static str),
    /// The same without the header that names it: only the body tells.
    Unnamed(u16, &'static str),
    /// An error of the service, in these words.
    Words(u16, &'static str, &'static str),
    /// 503 with a web page, as a proxy gives.
    Unavailable,
    /// Leads elsewhere, as a captive portal does.
    Redirect,
    /// The connection breaks without an answer, and the model does nothing.
    Close,
}

impl Fault {
    /// This fault for the next `count` requests only.
    #[must_use]
    pub fn times(self, count: usize) -> FaultPlan {
        FaultPlan { fault: self, left: Some(count) }
    }

    /// What comes of a request that this fault strikes. `act` lets the model act.
    pub(super) fn strike(self, act: impl FnOnce() -> Answer, protocol: Protocol, request_id: &str) -> Outcome {
        let refuse =
            |status, code, message: &str| Refusal::new(status, code, message).in_words_of(protocol, request_id);
        let (is_sts, is_signin) = (protocol == Protocol::Sts, protocol == Protocol::Signin);
        Outcome::Answer(match self {
            Self::Slow(late) => return Outcome::Late(act(), late),
            Self::CloseEarly => return Outcome::Torn(act()),
            Self::Hang => return Outcome::Silence,
            Self::SlowDown if protocol == Protocol::Oidc => refuse(400, "SlowDownException", "Slow down"),
            Self::Throttle | Self::SlowDown if is_sts => refuse(400, "Throttling", "Rate exceeded"),
            Self::Throttle | Self::SlowDown if is_signin => refuse(429, "TooManyRequestsError", "Rate exceeded"),
            Self::Throttle | Self::SlowDown => refuse(429, "TooManyRequestsException", "Rate exceeded"),
            Self::ServerError if is_sts => refuse(500, "InternalFailure", "Try again"),
            Self::ServerError => refuse(500, "InternalServerException", "Try again"),
            Self::Refuse(message) if is_sts => refuse(400, "ValidationError", &message),
            Self::Refuse(message) if is_signin => refuse(400, "ValidationException", &message),
            Self::Refuse(message) => refuse(400, "InvalidRequestException", &message),
            Self::Html => {
                let page = "<!doctype html><title>Welcome</title><p>Please accept our terms.";
                Answer::html(page.to_owned())
            }
            Self::Huge => json(format!("{{\"padding\":\"{}\"}}", "x".repeat(HUGE))),
            Self::EmptyBody => json(String::new()),
            Self::BrokenJson => json("{\"expiresIn\": 28".to_owned()),
            Self::Garbage => Answer::new(200, "application/json", vec![0xff, 0, 0x1b, b'{', 0xfe]),
            Self::Error(status, code) => refuse(status, code, "As ordered"),
            Self::Words(status, code, words) => refuse(status, code, words),
            Self::Unnamed(status, code) => {
                let mut answer = refuse(status, code, "As ordered");
                answer.headers.retain(|(name, _)| *name != "x-amzn-ErrorType");
                answer
            }
            Self::Unavailable => {
                let page = "<!doctype html><title>503</title><p>No server is available.";
                Answer::new(503, "text/html", page)
            }
            Self::Redirect => Answer::redirect("http://portal.invalid/login".to_owned()),
            Self::Close => return Outcome::Closed,
        })
    }
}

/// A fault and how often it strikes. A bare [`Fault`] strikes until the faults are cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlan {
    fault: Fault,
    left: Option<usize>,
}

impl From<Fault> for FaultPlan {
    fn from(fault: Fault) -> Self {
        Self { fault, left: None }
    }
}

/// The plans still to be carried out, oldest first.
#[derive(Debug, Default)]
pub(super) struct Faults {
    plans: Vec<(Operation, FaultPlan)>,
}

impl Faults {
    pub(super) fn add(&mut self, operation: Operation, plan: FaultPlan) {
        self.plans.push((operation, plan));
    }

    pub(super) fn clear(&mut self) {
        self.plans.clear();
    }

    /// The fault that strikes this request, if any.
    pub(super) fn next(&mut self, operation: Operation) -> Option<Fault> {
        self.plans.retain(|(_, plan)| plan.left != Some(0));
        let (_, plan) = self.plans.iter_mut().find(|(of, _)| *of == operation)?;
        plan.left = plan.left.map(|left| left - 1);
        Some(plan.fault.clone())
    }
}

fn json(body: String) -> Answer {
    Answer::new(200, "application/json", body)
}

//! Every request that came in, and waiting for one.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::answer::Refusal;
use super::lock::{lock, unpoisoned};
use super::operation::Operation;

/// A request as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The id that its answer carries in `x-amzn-RequestId`.
    pub id: String,
    /// What it asked for.
    pub operation: Operation,
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query as it was sent, without the `?`; empty when there was none.
    pub query: String,
    /// The headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, bytes that are not UTF-8 replaced.
    pub body: String,
    /// The status of the answer; `None` while there is none.
    pub status: Option<u16>,
    /// When it came, by the fake's clock.
    pub at: Timestamp,
}

impl Request {
    /// The first header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// The body read as the JSON input of an sso-oidc operation.
    pub(super) fn input<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_str(&self.body).map_err(|error| Refusal::invalid_request(format!("Malformed body: {error}")))
    }

    /// One parameter of the query, decoded.
    pub(super) fn query_value(&self, name: &str) -> Option<String> {
        form_value(self.query.as_bytes(), name)
    }

    /// One field of a form body, decoded.
    pub(super) fn form_value(&self, name: &str) -> Option<String> {
        form_value(self.body.as_bytes(), name)
    }
}

/// All requests of this fake's life.
#[derive(Debug, Default)]
pub(super) struct Journal {
    requests: Mutex<Vec<Request>>,
    arrived: Condvar,
}

impl Journal {
    /// Notes a request before it is answered and returns its number for [`Journal::answered`].
    pub(super) fn note(&self, request: Request) -> usize {
        let mut requests = lock(&self.requests);
        requests.push(request);
        self.arrived.notify_all();
        requests.len() - 1
    }

    pub(super) fn answered(&self, number: usize, status: u16) {
        lock(&self.requests)[number].status = Some(status);
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        lock(&self.requests).clone()
    }

    pub(super) fn count(&self, operation: Operation) -> usize {
        count(&lock(&self.requests), operation)
    }

    pub(super) fn wait_for(&self, operation: Operation, wanted: usize, timeout: Duration) -> Result<(), String> {
        let requests = lock(&self.requests);
        let too_few = |requests: &mut Vec<Request>| count(requests, operation) < wanted;
        let waited = self.arrived.wait_timeout_while(requests, timeout, too_few);
        let (requests, waited) = unpoisoned(waited);
        if waited.timed_out() {
            let seen = count(&requests, operation);
            return Err(format!("{seen} of {wanted} {operation:?} within {timeout:?}"));
        }
        Ok(())
    }
}

fn count(requests: &[Request], operation: Operation) -> usize {
    let asked_for = |request: &&Request| request.operation == operation;
    requests.iter().filter(asked_for).count()
}

fn form_value(form: &[u8], name: &str) -> Option<String> {
    let (_, value) = form_urlencoded::parse(form).find(|(known, _)| known == name)?;
    Some(value.into_owned())
}

//! The device authorization grant (aws-sessions.md 3.3, RFC 8628).

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::answer::{Answer, Refusal};
use super::client::DEVICE_CODE;
use super::journal::Request;
use super::model::Model;
use super::session::{SessionId, Tokens};

/// 10 minutes (aws-sessions.md 3.7).
const DEVICE_CODE_LENGTH: Duration = Duration::from_mins(10);

/// How much too early a poll may come, for clients whose timers are not exact.
const POLL_TOLERANCE: Duration = Duration::from_millis(200);

/// What a poll that came too early adds to the interval, for good (RFC 8628, 3.5).
const SLOW_DOWN: Duration = Duration::from_secs(5);

/// A device that asked to be signed in.
#[derive(Debug)]
pub(super) struct DeviceAuthorization {
    pub(super) user_code: String,
    pub(super) start_url: String,
    pub(super) client_id: String,
    pub(super) expires_at: Timestamp,
    device_code: String,
    interval: Duration,
    last_poll: Option<Timestamp>,
    decision: Decision,
}

/// What the person decided so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Pending,
    Approved(SessionId),
    Denied,
    /// Approved, and the device code was exchanged.
    Used,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct StartDeviceAuthorizationInput {
    client_id: String,
    client_secret: String,
    start_url: String,
}

impl Model {
    pub(super) fn start_device_authorization(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let input: StartDeviceAuthorizationInput = request.input()?;
        let client = self.authenticate(&input.client_id, &input.client_secret)?;
        if !client.may_use(DEVICE_CODE) {
            return Err(Refusal::unauthorized_client());
        }
        let organisation = self
            .organisation(&input.start_url)
            .ok_or_else(|| Refusal::invalid_request("Invalid start url provided"))?;

        let device = DeviceAuthorization {
            start_url: organisation.start_url.clone(),
            user_code: self.mint.user_code(),
            device_code: self.mint.secret("device-"),
            client_id: input.client_id,
            expires_at: self.now() + DEVICE_CODE_LENGTH,
            interval: self.poll_interval,
            last_poll: None,
            decision: Decision::Pending,
        };
        let page = format!("{}/device", self.url);
        let answer = json!({
            "deviceCode": device.device_code,
            "userCode": device.user_code,
            "verificationUri": page,
            "verificationUriComplete": format!("{page}?user_code={}", device.user_code),
            "expiresIn": DEVICE_CODE_LENGTH.as_secs(),
            "interval": device.interval.as_secs(),
        });
        self.devices.push(device);
        Ok(Answer::json(&answer))
    }

    /// One poll of a device: CreateToken with a device code.
    pub(super) fn poll_device(&mut self, code: &str, client_id: &str) -> Result<Tokens, Refusal> {
        let now = self.now();
        let refuse = |code, message: &str| Err(Refusal::new(400, code, message));
        let known = |device: &DeviceAuthorization| device.device_code == code && device.client_id == client_id;
        let Some(number) = self.devices.iter().position(known) else {
            return Err(Refusal::invalid_grant("Invalid device code provided"));
        };
        let device = &mut self.devices[number];
        if device.decision == Decision::Pending && device.polled_too_early(now) {
            return refuse("SlowDownException", "Slow down");
        }
        if self.auto_approve {
            let user_code = device.user_code.clone();
            // Fails for a code that is over or decided, and that is told below.
            let _ = self.approve(&user_code);
        }
        let device = &mut self.devices[number];
        match device.decision {
            Decision::Used => Err(Refusal::invalid_grant("The device code was used")),
            Decision::Denied => refuse("AccessDeniedException", "The request was denied"),
            Decision::Pending | Decision::Approved(_) if now >= device.expires_at => {
                refuse("ExpiredTokenException", "The device code has expired")
            }
            Decision::Pending => refuse("AuthorizationPendingException", "The authorization is pending"),
            Decision::Approved(session) => {
                device.decision = Decision::Used;
                Ok(self.issue_tokens(session, client_id))
            }
        }
    }

    /// The devices that wait for a person.
    pub(super) fn pending_devices(&self) -> impl Iterator<Item = &DeviceAuthorization> {
        let now = self.now();
        let pending =
            move |device: &&DeviceAuthorization| device.decision == Decision::Pending && now < device.expires_at;
        self.devices.iter().filter(pending)
    }

    /// The person approves: this is the moment the session starts, or is joined.
    pub(super) fn approve(&mut self, user_code: &str) -> Result<(), String> {
        let start_url = self.pending_device(user_code)?.start_url.clone();
        let session = self.sign_in(&start_url);
        let session = session.ok_or_else(|| format!("no organisation at {start_url}"))?;
        self.pending_device(user_code)?.decision = Decision::Approved(session);
        Ok(())
    }

    pub(super) fn deny(&mut self, user_code: &str) -> Result<(), String> {
        self.pending_device(user_code)?.decision = Decision::Denied;
        Ok(())
    }

    pub(super) fn expire(&mut self, user_code: &str) -> Result<(), String> {
        let now = self.now();
        self.pending_device(user_code)?.expires_at = now;
        Ok(())
    }

    fn pending_device(&mut self, user_code: &str) -> Result<&mut DeviceAuthorization, String> {
        let now = self.now();
        let asked_for = |device: &&mut DeviceAuthorization| {
            device.user_code.eq_ignore_ascii_case(user_code.trim())
                && device.decision == Decision::Pending
                && now < device.expires_at
        };
        let device = self.devices.iter_mut().find(asked_for);
        device.ok_or_else(|| format!("no device waits with the code {user_code}"))
    }
}

impl DeviceAuthorization {
    /// Notes the poll, and slows the device down if it came too early.
    fn polled_too_early(&mut self, now: Timestamp) -> bool {
        let earliest = self.last_poll.map(|last| last + self.interval.saturating_sub(POLL_TOLERANCE));
        self.last_poll = Some(now);
        let early = earliest.is_some_and(|earliest| now < earliest);
        if early {
            self.interval += SLOW_DOWN;
        }
        early
    }
}

//! What the server's thread and the test share, and the way of a request through it.

use std::sync::Mutex;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::answer::{Answer, Outcome, Refusal};
use super::fault::Faults;
use super::journal::{Journal, Request};
use super::lock::lock;
use super::model::Model;
use super::operation::{Operation, Protocol};

/// The model, the faults ordered against it, and the requests seen.
#[derive(Debug)]
pub(super) struct World {
    pub(super) model: Mutex<Model>,
    pub(super) faults: Mutex<Faults>,
    pub(super) journal: Journal,
}

impl World {
    pub(super) fn new(url: String) -> Self {
        Self { model: Mutex::new(Model::new(url)), faults: Mutex::default(), journal: Journal::default() }
    }

    /// The id and the time of a request that just came in.
    pub(super) fn stamp(&self) -> (String, Timestamp) {
        let mut model = lock(&self.model);
        (model.mint.identifier("fake-request-"), model.now())
    }

    /// The header `Date`: time that passes for the fake alone is no wrong clock.
    pub(super) fn date(&self) -> String {
        let now = lock(&self.model).clock.of_clients();
        DateTimePrinter::new().timestamp_to_rfc9110_string(&now).unwrap_or_default()
    }

    /// Lets the model act on a request, unless a fault keeps it from it.
    pub(super) fn respond(&self, request: &Request) -> Outcome {
        let protocol = protocol_of(request);
        let fault = lock(&self.faults).next(request.operation);
        let act = || {
            let answer = perform(&mut lock(&self.model), request);
            answer.unwrap_or_else(|refusal| refusal.in_words_of(protocol, &request.id))
        };
        match fault {
            None => Outcome::Answer(act()),
            Some(fault) => fault.strike(act, protocol, &request.id),
        }
    }
}

fn perform(model: &mut Model, request: &Request) -> Result<Answer, Refusal> {
    match request.operation {
        Operation::RegisterClient => model.register_client(request),
        Operation::StartDeviceAuthorization => model.start_device_authorization(request),
        Operation::CreateToken => model.create_token(request),
        Operation::Authorize => model.authorize(request),
        Operation::Verify => model.verify(request),
        Operation::GetRoleCredentials => model.get_role_credentials(request),
        Operation::ListAccounts => model.list_accounts(request),
        Operation::ListAccountRoles => model.list_account_roles(request),
        Operation::Logout => model.logout(request),
        Operation::SigninAuthorize => model.signin_authorize(request),
        Operation::SigninConfirmation => Ok(model.signin_confirmation(request)),
        Operation::CreateOAuth2Token => model.create_oauth2_token(request),
        Operation::GetCallerIdentity => model.get_caller_identity(request),
        Operation::AssumeRole => model.assume_role(request),
        Operation::AssumeRoleWithWebIdentity => model.assume_role_with_web_identity(request),
        Operation::GetSessionToken => model.get_session_token(request),
        Operation::Converse => model.converse(request),
        Operation::ListNamespaces => model.list_namespaces(request),
        Operation::Unknown if request.path == "/" => {
            Err(Refusal::new(400, "InvalidAction", "Could not find that operation for version 2011-06-15"))
        }
        Operation::Unknown => match model.ways.get(&request.path) {
            Some(start_url) => Ok(Answer::redirect(start_url.clone())),
            None => Err(Refusal::new(
                404,
                "UnknownOperationException",
                format!("The fake AWS has no {} {}", request.method, request.path),
            )),
        },
    }
}

/// An operation that is unknown at `/` was meant for sts.
fn protocol_of(request: &Request) -> Protocol {
    match request.operation {
        Operation::Unknown if request.path == "/" => Protocol::Sts,
        operation => operation.protocol(),
    }
}

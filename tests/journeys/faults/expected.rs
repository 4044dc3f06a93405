//! What each fault is to look like to a person, at each step.

use relight_tests::fake_aws::{Fault, Operation};

/// A step at which something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// For a browser that comes back.
    Enrol,
    /// The code that it brings.
    Redeem,
    /// For a code that is compared.
    Register,
    Start,
    Poll,
    Refresh,
    Logout,
}

pub(super) const STEPS: [Step; 7] =
    [Step::Enrol, Step::Redeem, Step::Register, Step::Start, Step::Poll, Step::Refresh, Step::Logout];

/// Signs in with a code.
pub(super) const BY_CODE: [&str; 4] = ["login", "corp", "--flow", "device"];
/// Signs in by a browser that comes back.
pub(super) const BY_REDIRECT: [&str; 4] = ["login", "corp", "--flow", "pkce"];

impl Step {
    pub(super) fn operation(self) -> Operation {
        match self {
            Self::Enrol | Self::Register => Operation::RegisterClient,
            Self::Start => Operation::StartDeviceAuthorization,
            Self::Redeem | Self::Poll | Self::Refresh => Operation::CreateToken,
            Self::Logout => Operation::Logout,
        }
    }

    pub(super) fn words(self) -> &'static [&'static str] {
        match self {
            Self::Enrol | Self::Redeem => &BY_REDIRECT,
            Self::Register | Self::Start | Self::Poll => &BY_CODE,
            Self::Refresh => &["refresh", "corp"],
            Self::Logout => &["logout", "corp"],
        }
    }
}

/// Every error of aws-sessions.md 3.6 and 4, with its HTTP status, and what networks do.
pub(super) fn faults() -> Vec<(&'static str, Fault)> {
    let of_aws = [
        (400, "AuthorizationPendingException"),
        (400, "SlowDownException"),
        (400, "ExpiredTokenException"),
        (400, "AccessDeniedException"),
        (400, "InvalidGrantException"),
        (401, "InvalidClientException"),
        (400, "UnauthorizedClientException"),
        (400, "UnsupportedGrantTypeException"),
        (400, "InvalidScopeException"),
        (400, "InvalidRequestException"),
        (400, "InvalidClientMetadataException"),
        (400, "InvalidRedirectUriException"),
        (400, "InvalidRequestRegionException"),
        (500, "InternalServerException"),
        (401, "UnauthorizedException"),
        (403, "ForbiddenException"),
        (404, "ResourceNotFoundException"),
        (429, "TooManyRequestsException"),
    ];
    let mut faults: Vec<_> = of_aws.map(|(status, code)| (code, Fault::Error(status, code))).into();
    faults.extend([
        ("invalid_grant in the body alone", Fault::Unnamed(400, "InvalidGrantException")),
        ("503 with a web page", Fault::Unavailable),
        ("200 with a web page", Fault::Html),
        ("a redirect to a portal", Fault::Redirect),
        ("bytes that are no text", Fault::Garbage),
        ("JSON that stops", Fault::BrokenJson),
        ("an empty body", Fault::EmptyBody),
        ("5 MB", Fault::Huge),
        ("closed without an answer", Fault::Close),
        ("closed in the answer", Fault::CloseEarly),
    ]);
    faults
}

/// What a person must see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// Done all the same.
    Done,
    /// Exit code 1, and what to do about it.
    No(&'static str),
    /// Exit code 3, and what to do about it: one of these.
    Failed(&'static [&'static str]),
    /// Done, with this told.
    DoneBut(&'static str),
}

const WAIT: &[&str] = &["Try again in a"];
const LOOK: &[&str] = &["Check the network", "may be in between"];
const ONCE_MORE: &[&str] = &["Sign in once more"];
pub(super) const ASK: &[&str] =
    &["Try again", "ask whoever administers", "Ask whoever administers", "Sign in again", "Check sso_"];

/// `lasting`: each request is struck, not only the first.
pub(super) fn expected(step: Step, name: &str, lasting: bool) -> Expected {
    use Expected::{Done, DoneBut, Failed, No};
    let passing = match name {
        "InternalServerException" | "TooManyRequestsException" | "SlowDownException" | "503 with a web page" => {
            Some(WAIT)
        }
        "200 with a web page"
        | "a redirect to a portal"
        | "bytes that are no text"
        | "JSON that stops"
        | "closed without an answer"
        | "closed in the answer" => Some(LOOK),
        _ => None,
    };
    match (step, name) {
        (Step::Logout, "an empty body" | "5 MB") => Done,
        (Step::Logout, "UnauthorizedException") => DoneBut("a session in the browser may live on"),
        (Step::Logout, _) => DoneBut("may live on at AWS"),
        (Step::Refresh, "InvalidGrantException" | "invalid_grant in the body alone" | "ExpiredTokenException") => {
            No("Sign in: relight login corp")
        }
        (Step::Refresh, "InvalidClientException" | "UnauthorizedClientException" | "AccessDeniedException") => {
            No("Sign in: relight login corp")
        }
        (Step::Poll, "AuthorizationPendingException") => Done,
        (Step::Poll, "ExpiredTokenException") => No("Try again: relight login corp"),
        (Step::Poll, "AccessDeniedException") => No("was denied at AWS's page"),
        // The client is registered anew, and the page opened once more.
        (Step::Poll, "InvalidClientException" | "UnauthorizedClientException") if !lasting => Done,
        // What needs no browser that comes back may be had all the same.
        (
            Step::Enrol | Step::Redeem,
            "UnsupportedGrantTypeException" | "InvalidClientException" | "UnauthorizedClientException",
        ) if !lasting => Done,
        (Step::Redeem, "InvalidGrantException" | "invalid_grant in the body alone" | "ExpiredTokenException") => {
            Failed(ONCE_MORE)
        }
        (Step::Redeem, "closed in the answer") if !lasting => Failed(ONCE_MORE),
        // What AWS gave for the code got lost on the way, and it gives it once.
        (Step::Poll, "closed in the answer") => Failed(ASK),
        (Step::Enrol | Step::Redeem | Step::Register | Step::Start | Step::Poll, _)
            if passing.is_some() && !lasting =>
        {
            Done
        }
        _ => Failed(passing.unwrap_or(ASK)),
    }
}
